"""`hearsay add`: inputs -> ledger, with progress; the only place where the pipeline meets the ledger."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from hearsay.core.records import Reading
    from hearsay.ledger.adding import Outcome
    from hearsay.page.inputs import RawReport

DEFAULT = Path("hearsay.db")
SAID = ("id", "date", "title", "url", "publisher", "language", "authors", "tags", "agencies")
"""What an input says of its report, which bears on the reading."""


def add(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, feeds, archives, addresses, or -.", metavar="INPUT...")],
    ledger: Annotated[Path, typer.Option("--ledger", "-l", envvar="HEARSAY_LEDGER", help="The ledger's file; made if absent.")] = DEFAULT,
    date: Annotated[str | None, typer.Option(help="The reports' own date, YYYY-MM-DD; wins over what they say.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read.")] = 1,
    actors: Annotated[Path | None, typer.Option(help="Your own actors; your rows win.")] = None,
    ontology: Annotated[Path | None, typer.Option(help="Folder of your own event categories, taught before.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Fetch the pages that feeds and sitemaps name.")] = False,
    column: Annotated[list[str] | None, typer.Option(help="Name of a table's column: text=Body, date=Published; repeat it.")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Allow addresses inside private networks.")] = False,
) -> None:
    """Read reports into a ledger. Stop it when you like and run it again: what is done is skipped, nothing is doubled."""
    from hearsay.ledger import Ledger
    from hearsay.ledger.adding import Work, add_all
    from hearsay.ledger_cli.reprints import mark_reprints
    from hearsay.page.inputs import open_inputs, read_columns
    from hearsay.pipeline import check_date

    if date:
        check_date(date)
    version = coder_version(actors, ontology)
    work = Work(partial(open_reader, date, actors, ontology), partial(input_key, version, date), lambda report: report.name, version)
    reports = open_inputs(inputs, allow_private=allow_private, follow=follow, columns=read_columns(column or ()))
    with Ledger.open(ledger, create=True) as file:
        came: list[str] = []
        done = _watch(_note(add_all(file, reports, work, jobs=jobs), came))
        done["reprints"] = mark_reprints(file, came)
    print(_summary(done, ledger), file=sys.stderr)
    raise typer.Exit(1 if done["failed"] else 0)


def coder_version(actors: Path | None = None, ontology: Path | None = None) -> str:
    """Who reads: program, model, and a digest of the tables (and of a user's actors and categories), so that better tables read anew."""
    import hearsay
    from hearsay.extract.taught import FILE as HEADS
    from hearsay.knowledge.files import DATA
    from hearsay.knowledge.user_ontology import FILE

    known = hashlib.sha256()
    for path in sorted(p for p in DATA.rglob("*") if p.suffix in (".tsv", ".toml", ".json") and p.name != "tokenizer.json"):
        known.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes())
    for path in [*([actors] if actors else []), *([ontology / FILE, ontology / HEADS] if ontology else [])]:
        known.update(path.read_bytes() if path.exists() else b"")
    return f"hearsay {hearsay.__version__} {known.hexdigest()[:10]}"


def input_key(version: str, date: str | None, report: RawReport) -> str:
    """Hash of a raw report and of all that bears on its reading."""
    body = report.text if report.text is not None else report.html or b""
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    said = tuple(getattr(report, name) for name in SAID)
    known = repr((version, date, report.text is None, report.charset, *said))
    return hashlib.sha256(known.encode("utf-8", "surrogatepass") + b"\0" + data).hexdigest()[:32]


def open_reader(date: str | None, actors: Path | None, ontology: Path | None) -> Callable[[RawReport], Reading]:
    """A function that reads one report; called once in each process."""
    from hearsay.pipeline import Reader

    table: Any = None
    if actors:
        from hearsay.resolve.actors import load_user_actors

        table = load_user_actors(actors)
    return partial(Reader(actors=table, ontology=ontology).read, date=date)


def _note(outcomes: Iterable[Outcome], came: list[str]) -> Iterator[Outcome]:
    """The outcomes as they come; ids of reports that are new or read anew are noted."""
    for outcome in outcomes:
        if outcome.status in ("added", "replaced") and outcome.report:
            came.append(outcome.report)
        yield outcome


def _watch(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Counts by status; progress on standard error when that is a terminal, failures there always."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    done: Counter[str] = Counter()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("adding", total=None)
        for outcome in outcomes:
            done[outcome.status] += 1
            bar.update(task, advance=1, description=_tally(done))
            if outcome.error is not None:
                console.print(f"hearsay: {outcome.error}", markup=False, highlight=False, soft_wrap=True)
    return done


def _tally(done: Counter[str]) -> str:
    return ", ".join(f"{n:,} {status}" for status, n in sorted(done.items())) or "adding"


def _summary(done: Counter[str], ledger: Path) -> str:
    words = {"added": "added", "replaced": "read anew", "present": "there already", "failed": "not readable"}
    words["reprints"] = "of them copies of other reports"
    return f"{ledger}: " + (", ".join(f"{done[k]:,} {w}" for k, w in words.items() if done[k]) or "no reports")
