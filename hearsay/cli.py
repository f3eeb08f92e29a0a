"""The command `hearsay`: arguments -> API calls, nothing else.

Exit status: 0 all read; 1 some input could not be read, or a check failed; 2 wrong usage; 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hearsay.errors import ArgumentError, HearsayError, InputError
from hearsay.ledger_cli import register
from hearsay.web.serve import EPILOG, serve

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Reads news reports and keeps a ledger of who did what to whom, when, where, and according to whom.",
)

READ_EPILOG = """Examples:

  hearsay read report.txt --date 2022-12-20

  hearsay read reports/ --json > readings.jsonl

  cat report.txt | hearsay read - --show attributions
"""

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a report and a line each on standard output.")]
OntologyOption = Annotated[Path | None, typer.Option(help="Folder of your own event categories, taught before (hearsay teach).")]
DateOption = Annotated[str | None, typer.Option(help="The report's own date, YYYY-MM-DD; wins over what the report says.")]
View = Literal["summary", "parts", "attributions", "events", "times", "things"]


@app.command(epilog=READ_EPILOG)
def read(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, feeds, archives, addresses, or -.", metavar="INPUT...")],
    date: DateOption = None,
    as_json: JsonOption = False,
    show: Annotated[View, typer.Option(help="What a person sees.")] = "summary",
    actors: Annotated[Path | None, typer.Option(help="Your own actors: TSV, PETRARCH dictionary or FollowTheMoney file.")] = None,
    ontology: OntologyOption = None,
    follow: Annotated[bool, typer.Option("--follow", help="Fetch the pages that feeds and sitemaps name.")] = False,
    column: Annotated[list[str] | None, typer.Option(help="Name of a table's column: text=Body, date=Published; repeat it.")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Allow addresses inside private networks.")] = False,
) -> None:
    """Read reports: who says what, what happened, according to whom."""
    from hearsay.page.inputs import open_inputs, read_columns

    reports = open_inputs(inputs, allow_private=allow_private, follow=follow, columns=read_columns(column or ()))
    failed = 0
    for item in _readings(reports, date, actors, ontology, len(inputs) > 1 or not Path(inputs[0]).is_file()):
        if isinstance(item, InputError):
            _complain(item)
            failed += 1
        elif as_json:
            _write_line(item.to_json())
        else:
            from hearsay.show import print_reading

            print_reading(_console(), item, show)
    raise typer.Exit(1 if failed else 0)


def _readings(reports: Iterator[Any], date: str | None, actors: Path | None, ontology: Path | None, many: bool) -> Iterator[Any]:
    from hearsay.pipeline import Reader, check_date

    if date:
        check_date(date)
    table = None
    if actors:
        from hearsay.resolve.actors import load_user_actors

        table = load_user_actors(actors)
    reader: Reader | None = None
    for report in _progress(reports, many):
        if isinstance(report, InputError):
            yield report
            continue
        reader = reader or Reader(actors=table, ontology=ontology)
        yield reader.read(report, date=date)


def _progress(items: Iterator[Any], many: bool) -> Iterator[Any]:
    """Items as they are, counted on standard error when that is a terminal and the work is long."""
    if not (many and sys.stderr.isatty() and not sys.stdout.isatty()):
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        for item in items:
            yield item
            bar.advance(task)


RELATE_EPILOG = """Example:

  echo '{"id": "1", "text": "Iran condemned the ban.", "source_span": [0, 4], "target_span": [15, 22]}' | hearsay relate -
"""


@app.command(epilog=RELATE_EPILOG)
def relate(
    inputs: Annotated[list[str], typer.Argument(help="Files of JSON lines, or -.", metavar="INPUT...")],
    as_json: JsonOption = True,
) -> None:
    """Say what the first marked mention does to the second, for each line {"id", "text", "source_span", "target_span"}."""
    from hearsay.lines import relate_lines

    raise typer.Exit(_answer(relate_lines(inputs)))


@app.command(epilog='Example:\n\n  echo \'{"id": "1", "text": "retired vice president of Kenya"}\' | hearsay actors -')
def actors(
    inputs: Annotated[list[str], typer.Argument(help="Files of JSON lines, or -.", metavar="INPUT...")],
    as_json: JsonOption = True,
    table: Annotated[Path | None, typer.Option("--actors", help="Your own actors; your rows win.")] = None,
) -> None:
    """Say country, sector and name of each mention, for each line {"id", "text", "context"?, "date"?}."""
    from hearsay.lines import actor_lines

    raise typer.Exit(_answer(actor_lines(inputs, table)))


@app.command(epilog="Example:\n\n  hearsay explain report.txt e2 --date 2022-12-20")
def explain(
    report: Annotated[str, typer.Argument(help="A file, address or - that holds the report.", metavar="REPORT")],
    event: Annotated[str, typer.Argument(help="Id of the event, as `hearsay read` prints it: e2.", metavar="EVENT")],
    date: DateOption = None,
    as_json: JsonOption = False,
    ontology: OntologyOption = None,
) -> None:
    """Say why an event was coded as it is: trigger, table row, heads, roles, modality, source."""
    from hearsay.page.inputs import open_inputs
    from hearsay.pipeline import Reader

    for raw in open_inputs([report]):
        if isinstance(raw, InputError):
            raise raw
        explanation = Reader(ontology=ontology).explain(raw, event, date=date)
        if as_json:
            _write_line(explanation.to_json())
        else:
            from hearsay.show import print_explanation

            print_explanation(_console(), explanation)
        return
    raise InputError(report, "holds no report")


@app.command(epilog="Example:\n\n  hearsay teach my-ontology/\n\n  hearsay read report.txt --ontology my-ontology/")
def teach(
    folder: Annotated[Path, typer.Argument(help="Folder with ontology.toml and marked-up example sentences (.txt).", metavar="ONTOLOGY")],
    as_json: JsonOption = False,
) -> None:
    """Learn your own event categories from ten or so example sentences each, and say how well that works."""
    from hearsay.extract.taught import FILE
    from hearsay.extract.teaching import teach as fit
    from hearsay.knowledge.user_ontology import load_user_ontology
    from hearsay.neural.decode import Analyser

    ontology = load_user_ontology(folder)
    analyser = Analyser()
    heads, lessons = fit(ontology, analyser)
    heads.save(folder / FILE, analyser.pack)
    if as_json:
        for lesson in lessons:
            _write_line(lesson._asdict())
        return
    from hearsay.show import print_lessons

    print_lessons(_console(), ontology.name, lessons)
    print(f"Taught: {folder / FILE}. Use it with: hearsay read REPORT --ontology {folder}")


@app.command()
def check() -> None:
    """Check every data file and the model pack that ship, naming file, line and cure of each fault."""
    from hearsay.check import check_data

    faults = 0
    for fault in check_data():
        print(fault, file=sys.stderr)
        faults += 1
    print(f"{faults} faults" if faults else "all data files and the model pack are sound")
    raise typer.Exit(1 if faults else 0)


register(app)
app.command(epilog=EPILOG, rich_help_panel="Ledger")(serve)


def _answer(answers: Iterator[dict[str, Any] | InputError]) -> int:
    failed = 0
    for answer in answers:
        if isinstance(answer, InputError):
            _complain(answer)
            failed += 1
        else:
            _write_line(answer)
    return 1 if failed else 0


def _console() -> Console:
    """Standard output for a person: as wide as the terminal, else wide enough for the tables."""
    from rich.console import Console

    return Console(soft_wrap=False, width=None if sys.stdout.isatty() else 160)


def _write_line(record: dict[str, Any]) -> None:
    """One whole line or nothing: written in one call, so that Ctrl-C cannot cut it."""
    data = json.dumps(record, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(data.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _complain(error: HearsayError) -> None:
    print(f"hearsay: {error}", file=sys.stderr)


def main() -> None:
    """Entry point: errors become one line on standard error and an exit status."""
    try:
        app()
    except ArgumentError as error:
        _complain(error)
        sys.exit(2)
    except HearsayError as error:
        _complain(error)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
