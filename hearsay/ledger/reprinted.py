"""What became of a report elsewhere: its reprints, and readings of reprints without what the first report tells (see `folding`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hearsay.core.records import Attribution, Reading
from hearsay.ledger.folding import COPIED
from hearsay.ledger.ids import report_id
from hearsay.ledger.store import Ledger


def reprints_of(ledger: Ledger, reports: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The copies of each of some reports (by id, `r…`), the earliest first: id, publisher, title, date, agency."""
    sql = """SELECT o.uid AS original, r.uid AS report, r.publisher, r.title, r.date, x.agency FROM reprints x
             JOIN reports o ON o.id = x.original JOIN reports r ON r.id = x.report
             WHERE o.uid IN (SELECT value FROM json_each(?)) ORDER BY r.date IS NULL, r.date, r.id"""
    out: dict[str, list[dict[str, Any]]] = {report: [] for report in reports}
    for row in ledger.rows(sql, (json.dumps(list(reports)),)):
        out[row["original"]].append({k: row[k] for k in ("report", "publisher", "title", "date", "agency")})
    return out


def folded_readings(ledger: Ledger, *, judged: bool = False) -> Iterator[Reading]:
    """Every report's current reading as `Ledger.readings` gives it; those of copies without what the first report tells."""
    marked = "SELECT r.uid, r.id FROM reprints x JOIN reports r ON r.id = x.report"
    copies = {row["uid"]: _locals(ledger, row["id"]) for row in ledger.rows(marked)}
    for reading in ledger.readings(judged=judged):
        gone = copies.get(report_id(reading)) if copies else None
        yield without(reading, gone) if gone else reading


def _locals(ledger: Ledger, report: int) -> frozenset[str]:
    """Ids, in the reading, of a report's folded events and statements."""
    tables = (f"SELECT local FROM {table} WHERE report = ?1 AND passage IN ({COPIED})" for table in ("events", "attributions"))
    return frozenset(row["local"] for row in ledger.rows(" UNION ALL ".join(tables), (report,)))


def without(reading: Reading, gone: frozenset[str]) -> Reading:
    """A reading without some events and statements; a statement stays where one that stays stands inside it."""
    events = tuple(e for e in reading.events if e.id not in gone)
    kept = {a.id for a in reading.attributions if a.id not in gone} | {e.attribution for e in events if e.attribution}
    held = {a.id: a for a in reading.attributions}
    for attribution in list(kept):
        kept |= set(_around(held, attribution))
    return replace(reading, events=events, attributions=tuple(a for a in reading.attributions if a.id in kept))


def _around(held: dict[str, Attribution], attribution: str) -> Iterator[str]:
    """The statements around one, from the nearest."""
    seen = {attribution}
    while (inner := held.get(attribution)) is not None and inner.inside and inner.inside not in seen:
        attribution = inner.inside
        seen.add(attribution)
        yield attribution
