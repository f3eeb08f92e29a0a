"""Records of the ledger as tables on a terminal. Decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, Any]
Column = tuple[str, int, Callable[[Row], str | Text]]


def print_table(rows: Sequence[Row], kind: str, *, ids: bool = False, title: str = "", columns: Sequence[str] = ()) -> None:
    """Write records of a kind (a key of `COLUMNS`), or of plain columns."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    if not rows:
        console.print(Text(f"{title}: nothing" if title else "Nothing found.", style="dim"))
        return
    shown: Sequence[Column] = COLUMNS.get(kind) or [_plain_column(name) for name in columns or rows[0]]
    if ids:
        shown = [("id", 5, lambda row: str(row["id"])), *shown]
    table = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    table.padding = (0, 2, 0, 0)
    for name, ratio, _ in shown:
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(*(_safe(cell(row)) for _, _, cell in shown))
    console.print(table)


def _safe(cell: str | Text) -> Text:
    """Text as it is: square brackets of a report are no markup, control characters do not reach the terminal."""
    text = cell if isinstance(cell, Text) else Text(cell)
    return text if text.plain.isprintable() else Text("".join(c if c.isprintable() else " " for c in text.plain), style=text.style)


def _plain_column(name: str) -> Column:
    return name, 1, lambda row: "" if row[name] is None else str(row[name])


def _value(name: str) -> Callable[[Row], str]:
    return lambda row: "" if row[name] is None else str(row[name])


def _who(parties: Sequence[Row]) -> str:
    return ", ".join(_party(p) for p in parties)


def _party(p: Row) -> str:
    code = "/".join(c for c in (p["country"], p["sector"]) if c)
    return f"{p['name']} ({code})" if code else str(p["name"])


def _dyad(row: Row) -> str:
    actors, recipients = _who(row["actors"]) or "?", _who(row["recipients"])
    return f"{actors} → {recipients}" if recipients else actors


def _kind(row: Row) -> Text:
    return Text(row["type"] + (f"/{row['mode']}" if row["mode"] else "") + _was(row, "type"), style="bold")


def _was(row: Row, field: str) -> str:
    changed = row["corrected"].get(field)
    return f" (was {changed['was']}, {changed['by']})" if changed else ""


def _status(row: Row) -> Text:
    first = row["modality"] if row["modality"] != "asserted" else ("alleged" if row["alleged"] else "asserted")
    words = [first, *["background"] * row["background"], *["confirmed"] * bool(row["confirmed_by"]), *["rejected"] * row["rejected"]]
    return Text(", ".join(words), style={"alleged": "yellow", "negated": "red", "future": "cyan", "hypothetical": "magenta"}.get(first, ""))


def _day(row: Row) -> str:
    return row["when"] or (f"~{row['day_from']}" if row["day_from"] else "")


def _speaker(row: Row) -> Text:
    return Text(row["speaker_name"] or row["source"] or "(nobody named)", style="bold")


COLUMNS: dict[str, list[Column]] = {
    "events": [
        ("when", 3, _day), ("type", 4, _kind), ("who → whom", 9, _dyad), ("sentence", 14, lambda r: r["sentence"] or r["trigger"]),
        ("status", 4, _status), ("according to", 6, lambda r: " ← ".join(r["chain"]) or r["publisher"] or "the report"),
    ],
    "statements": [
        ("date", 3, _value("report_date")), ("who", 6, _speaker), ("cue", 4, lambda r: ("not: " if r["negated"] else "") + r["cue"]),
        ("content", 15, _value("content")), ("stance", 3, lambda r: r["stance"] + _was(r, "stance")),
        ("via", 5, lambda r: " ← ".join(r["chain"][1:])),
    ],
    "hits": [
        ("date", 3, _value("report_date")), ("publisher", 4, _value("publisher")), ("part", 3, _value("part")),
        ("words", 16, _value("snippet")),
    ],
    "entities": [
        ("id", 4, _value("id")), ("name", 7, _value("name")), ("kind", 3, _value("kind")), ("country", 2, _value("country")),
        ("sector", 2, _value("sector")), ("reports", 2, _value("reports")),
    ],
    "roles": [
        ("role", 8, _value("role")), ("country", 2, _value("country")), ("sector", 2, _value("sector")), ("first", 3, _value("first")),
        ("last", 3, _value("last")), ("reports", 2, _value("reports")),
    ],
    "judgements": [
        ("when", 4, _value("at")), ("record", 4, _value("record")), ("verdict", 3, _value("verdict")), ("field", 3, _value("field")),
        ("old", 4, _value("old")), ("new", 4, _value("new")), ("by", 3, _value("by")), ("why", 6, _value("note")),
    ],
}  # fmt: skip
