"""The ledger's commands: arguments -> calls, records -> tables, JSON lines or CSV. `register` puts them under `hearsay`.

`hearsay.db`, or the file that $HEARSAY_LEDGER names, is meant when no --ledger is given.
"""

from __future__ import annotations

import csv
import getpass
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from hearsay.errors import ArgumentError
from hearsay.ledger_cli.add import DEFAULT, add
from hearsay.ledger_cli.reprints import reprints as list_reprints

LedgerOption = Annotated[Path, typer.Option("--ledger", "-l", envvar="HEARSAY_LEDGER", help="The ledger's file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a row and a line each on standard output.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV on standard output.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=0, help="Rows at most; 0 for all.")]
OffsetOption = Annotated[int, typer.Option(min=0, help="Rows to leave out first.")]
SinceOption = Annotated[str | None, typer.Option(help="2022, 2022-01 or 2022-01-31: not before.")]
UntilOption = Annotated[str | None, typer.Option(help="2022, 2022-01 or 2022-01-31: not after.")]
PublisherOption = Annotated[list[str] | None, typer.Option(help="Only reports of this publisher.")]
TeasersOption = Annotated[bool, typer.Option("--teasers", help="Also what teasers of other reports tell.")]
ReprintsOption = Annotated[bool, typer.Option("--reprints", help="Also what copies tell as the first report of them does.")]
IdsOption = Annotated[bool, typer.Option("--ids", help="Show the ids that `hearsay judge` takes.")]
NO_LIMIT = 100_000


def register(app: typer.Typer) -> None:
    """Put the ledger's commands under an application."""
    for command in (add, events, statements, timeline, who, search, counts, list_reprints, sql, export, judge):
        app.command(epilog=EPILOGS[command.__name__], rich_help_panel="Ledger")(command)


EPILOGS = {
    "add": "Examples:\n\n  hearsay add reports/ --ledger news.db\n\n  hearsay add 2022.jsonl --jobs 4",
    "events": "Examples:\n\n  hearsay events --actor RUS --recipient USA --type ACCUSE --since 2022-01\n\n"
    '  hearsay events --said-by Vershinin --json\n\n  hearsay events --actor RUS/GOV --text \'"prisoner swap"\' --csv > swap.csv',
    "statements": "Examples:\n\n  hearsay statements --by Vershinin\n\n"
    '  hearsay statements --about "Brittney Griner" --stance denies --since 2022',
    "timeline": 'Example:\n\n  hearsay timeline "Brittney Griner"',
    "who": "Example:\n\n  hearsay who Vershinin",
    "search": "Examples:\n\n  hearsay search 'grain deal'\n\n  hearsay search '\"prisoner swap\" OR exchange -basketball'",
    "counts": "Example:\n\n  hearsay counts month --actor RUS --type ASSAULT",
    "reprints": "Examples:\n\n  hearsay reprints --since 2023-03-01\n\n  hearsay reprints --json > families.jsonl",
    "sql": "Examples:\n\n  hearsay sql 'SELECT type, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC'\n\n"
    "  hearsay sql 'SELECT name, sql FROM sqlite_master' --json",
    "export": "Examples:\n\n  hearsay export --to polecat -o events.tsv\n\n  hearsay export --to ftm -o - | gzip > entities.json.gz",
    "judge": "Examples:\n\n  hearsay judge e0f7c92b2a1aac216 correct --field type --value REJECT --note 'a refusal'\n\n"
    "  hearsay judge e0f7c92b2a1aac216 reject\n\n  hearsay judge nf9589d85f1bc32a9 merge --value n51677f7de94fa634",
}


def events(
    actor: Annotated[list[str] | None, typer.Option(help="Who acts: a name, RUS, GOV or RUS/GOV; several are alternatives.")] = None,
    recipient: Annotated[list[str] | None, typer.Option(help="Who is acted upon.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", "-t", help="A PLOVER type, such as ACCUSE.")] = None,
    mode: Annotated[list[str] | None, typer.Option(help="A PLOVER mode.")] = None,
    modality: Annotated[list[str] | None, typer.Option(help="asserted, future, hypothetical or negated.")] = None,
    said_by: Annotated[list[str] | None, typer.Option(help="Somebody in the chain of those who vouch for it.")] = None,
    place: Annotated[list[str] | None, typer.Option(help="Where.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    text: Annotated[str | None, typer.Option(help="Words of the sentence, as in `hearsay search`.")] = None,
    alleged: Annotated[bool | None, typer.Option("--alleged/--asserted", help="Only what somebody says / the report says.")] = None,
    background: Annotated[bool, typer.Option("--background/--no-background", help="With or without what is told as background.")] = True,
    teasers: TeasersOption = False,
    reprints: ReprintsOption = False,
    limit: LimitOption = 50,
    offset: OffsetOption = 0,
    ids: IdsOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Who did what to whom, newest first."""
    from hearsay.ledger import query

    wanted = {
        "actor": actor, "recipient": recipient, "type": type_, "mode": mode, "modality": modality, "said_by": said_by, "place": place,
        "since": since, "until": until, "publisher": publisher, "text": text, "alleged": alleged,
    }  # fmt: skip
    held: Any = _given(wanted) | {"include_background": background, "include_teasers": teasers} | _copies(reprints)
    with _open(ledger) as file:
        rows = query.events(file, limit=limit or NO_LIMIT, offset=offset, **held)
        total = query.count_events(file, **held) if len(rows) == limit else offset + len(rows)
    _show(rows, "events", as_json, as_csv, ids=ids, total=total)


def statements(
    by: Annotated[list[str] | None, typer.Option(help="Who speaks: a name, RUS, GOV or RUS/GOV.")] = None,
    about: Annotated[list[str] | None, typer.Option(help="Whom or what the content mentions.")] = None,
    text: Annotated[str | None, typer.Option(help="Words of the content, as in `hearsay search`.")] = None,
    stance: Annotated[list[str] | None, typer.Option(help="asserts, denies, asks, …")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    teasers: TeasersOption = False,
    reprints: ReprintsOption = False,
    limit: LimitOption = 50,
    offset: OffsetOption = 0,
    ids: IdsOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Who said what, newest first."""
    from hearsay.ledger import query

    wanted = {"by": by, "about": about, "text": text, "stance": stance, "since": since, "until": until, "publisher": publisher}
    held: Any = _given(wanted) | {"include_teasers": teasers} | _copies(reprints)
    with _open(ledger) as file:
        rows = query.statements(file, limit=limit or NO_LIMIT, offset=offset, **held)
        total = query.count_statements(file, **held) if len(rows) == limit else offset + len(rows)
    _show(rows, "statements", as_json, as_csv, ids=ids, total=total)


def timeline(
    name: Annotated[str, typer.Argument(help="A name, a code or an entity's id.")],
    since: SinceOption = None,
    until: UntilOption = None,
    reprints: ReprintsOption = False,
    limit: LimitOption = 200,
    ids: IdsOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """What somebody did and suffered, oldest first."""
    from hearsay.ledger import query

    held: Any = _given({"since": since, "until": until}) | _copies(reprints)
    with _open(ledger) as file:
        rows = query.timeline(file, name, limit=limit or NO_LIMIT, **held)
    _show(rows, "events", as_json, as_csv, ids=ids)


def who(
    name: Annotated[str, typer.Argument(help="A name or an entity's id.")],
    limit: LimitOption = 10,
    as_json: JsonOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """One entry: roles over time, what it did, suffered, said, and what was said of it."""
    from hearsay.ledger import query

    with _open(ledger) as file:
        found = query.who(file, name, limit=limit or NO_LIMIT)
    if as_json:
        _write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    _show(found["entities"], "entities", False, False)
    _show(found["roles"], "roles", False, False)
    for part, kind in (("did", "events"), ("suffered", "events"), ("said", "statements"), ("about", "statements")):
        _show(found[part], kind, False, False, title=f"{part} ({found['counts'][part]})")


def search(
    text: Annotated[str, typer.Argument(help='Words, "a phrase", OR, -without, begin*.')],
    since: SinceOption = None,
    until: UntilOption = None,
    reprints: ReprintsOption = False,
    limit: LimitOption = 20,
    offset: OffsetOption = 0,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Sentences with these words, best first."""
    from hearsay.ledger import query

    held: Any = _given({"since": since, "until": until}) | _copies(reprints)
    with _open(ledger) as file:
        rows = query.search(file, text, limit=limit or NO_LIMIT, offset=offset, **held)
    _show(rows, "hits", as_json, as_csv)


def counts(
    by: Annotated[str, typer.Argument(help="type, mode, year, month, day, publisher, modality, part, alleged or dyad.")] = "type",
    actor: Annotated[list[str] | None, typer.Option(help="Who acts.")] = None,
    recipient: Annotated[list[str] | None, typer.Option(help="Who is acted upon.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", "-t", help="A PLOVER type.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    reprints: ReprintsOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """How many events there are, by one of their sides."""
    from hearsay.ledger import summary

    held: Any = _given({"actor": actor, "recipient": recipient, "type": type_, "since": since, "until": until}) | _copies(reprints)
    with _open(ledger) as file:
        rows = summary.counts(file, by, **held)
    _show(rows, "counts", as_json, as_csv)


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT.")],
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Your own question in SQL; the ledger cannot be changed by it."""
    from hearsay.ledger.freehand import run_sql

    columns, rows = run_sql(ledger, query)
    records = [dict(zip(columns, (_printable(v) for v in row), strict=True)) for row in rows]
    _show(records, "", as_json, as_csv, columns=columns)


def export(
    to: Annotated[str, typer.Option("--to", help="jsonl, csv, parquet, plover, polecat, gdelt, ftm or prov.")],
    output: Annotated[str, typer.Option("--output", "-o", help="A file, or - for standard output.")] = "-",
    original: Annotated[bool, typer.Option("--original", help="As read: without people's judgements, reprints not folded.")] = False,
    reprints: ReprintsOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Pass the ledger on in a format of another tool, judgements applied, reprints folded."""
    from hearsay.export import write_export, write_stream
    from hearsay.ledger.reprinted import folded_readings

    with _open(ledger) as file:

        def readings() -> Iterable[Any]:
            return file.readings(judged=not original) if original or reprints else folded_readings(file, judged=True)

        if output == "-":
            write_stream(readings(), to, sys.stdout.buffer)
            return
        done = write_export(readings, to, output)
    for path, rows in done.items():
        print(f"{rows:,} rows to {path}", file=sys.stderr)


def judge(
    record: Annotated[str, typer.Argument(help="Id of an event (e…), statement (a…), thing (t…) or entity (n…).")],
    verdict: Annotated[str | None, typer.Argument(help="confirm, correct, merge, split or reject; without one, what was judged.")] = None,
    field: Annotated[str | None, typer.Option(help="What to correct, such as type.")] = None,
    value: Annotated[str | None, typer.Option(help="The right value; for merge and split the other id.")] = None,
    by: Annotated[str | None, typer.Option(envvar="HEARSAY_NAME", help="Who judges; your login if not given.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    as_json: JsonOption = False,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Confirm, correct, merge, split or reject a record; the old value, who, when and why stay."""
    from dataclasses import asdict

    with _open(ledger, readonly=verdict is None) as file:
        if verdict is None:
            _show([asdict(j) for j in file.judgements(record=record)], "judgements", as_json, False)
            return
        plain: Any = {"true": True, "false": False, "null": None}.get(value, value) if value else None
        made = file.judge(record, verdict, field, plain, by=by or getpass.getuser(), note=note)
    _show([asdict(made)], "judgements", as_json, False)


def _open(path: Path, *, readonly: bool = True) -> Any:
    from hearsay.ledger import Ledger

    return Ledger.open(path, readonly=readonly)


def _given(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in wanted.items() if v is not None and v != []}


def _copies(reprints: bool) -> dict[str, bool]:
    """The filter for copies, where they are asked for."""
    return {"include_reprints": True} if reprints else {}


def _printable(value: Any) -> Any:
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else value


def _show(
    rows: Sequence[Mapping[str, Any]], kind: str, as_json: bool, as_csv: bool, *,
    ids: bool = False, total: int = 0, title: str = "", columns: Sequence[str] = (),
) -> None:  # fmt: skip
    if as_json and as_csv:
        raise ArgumentError("--json and --csv: choose one")
    if as_json:
        _write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    elif as_csv:
        _write(_as_csv(rows, columns))
    else:
        from hearsay.ledger_cli.tables import print_table

        print_table(rows, kind, ids=ids, title=title, columns=columns)
        if total > len(rows):
            print(f"{len(rows):,} of {total:,}; --limit 0 shows all", file=sys.stderr)


def show_rows(
    rows: Sequence[Mapping[str, Any]], *, as_json: bool = False, as_csv: bool = False, title: str = "", columns: Sequence[str] = ()
) -> None:
    """Write plain rows as a table, JSON lines or CSV."""
    _show(rows, "rows", as_json, as_csv, title=title, columns=columns)


def _as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    from hearsay.ledger.flat import flatten

    flat = [flatten(row) for row in rows]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns) or list(flat[0] if flat else ()), lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue()


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
