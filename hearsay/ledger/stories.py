"""The stories of a ledger's reports, as reprints are looked for: words of the body, date, publisher, agencies, other appearances.

What was found is written down here too, one row of `reprints` for each copy, and its sentences that the first report has are folded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hearsay.ledger.folding import fold_copies
from hearsay.ledger.store import Ledger
from hearsay.page.words import find_agencies

_SOURCED = "('agency_credit', 'dateline', 'byline')"


@dataclass(frozen=True, slots=True)
class ReportStory:
    """A report's id in the ledger, its facts, and its body's words; `elsewhere` are publishers or addresses of the very same text."""

    id: str
    text: str
    date: str | None
    publisher: str | None
    title: str | None
    url: str | None
    agencies: tuple[str, ...]
    elsewhere: tuple[str, ...]


def read_stories(ledger: Ledger, *, since: str | None = None, until: str | None = None) -> Iterator[ReportStory]:
    """Stories in the order in which the reports came.

    Args:
        since, until: days; a report without a date is left out when one is given.
    """
    sql = "SELECT id, uid, date, publisher, title, url FROM reports WHERE coalesce(date >= ?, 1) AND coalesce(date <= ?, 1) ORDER BY id"
    for row in ledger.rows(sql, (since, until)):
        if (since or until) and row["date"] is None:
            continue
        words = "SELECT text FROM passages WHERE report = ? AND story = 0 AND part IN ('lead', 'body') ORDER BY start"
        credits = f"SELECT text FROM passages WHERE report = ? AND part IN {_SOURCED}"
        named = " , ".join(r["text"] for r in ledger.rows(credits, (row["id"],)))
        other = ledger.rows("SELECT publisher, url FROM appearances WHERE report = ?", (row["id"],))
        body = "\n".join(r["text"] for r in ledger.rows(words, (row["id"],)))
        elsewhere = tuple(dict.fromkeys(o["publisher"] or o["url"] for o in other if o["publisher"] or o["url"]))
        facts = (row["date"], row["publisher"], row["title"], row["url"])
        yield ReportStory(row["uid"], body, *facts, find_agencies(named), elsewhere)


@dataclass(frozen=True, slots=True)
class Reprint:
    """A report of the ledger that is a copy of an earlier one: both ids, how alike they are, and the agency whose report it is."""

    report: str
    original: str
    similarity: float
    held: float
    agency: str | None


def write_reprints(ledger: Ledger, found: Iterable[Reprint], among: Iterable[str]) -> int:
    """Marks copies in the ledger and says how many.

    Args:
        found: the copies.
        among: ids of all reports that were compared. A mark between two of them that is not found any more is taken away; one that
            names an original outside of them stays, and copies of that copy are put under that original.
    """
    ids = {row["uid"]: row["id"] for row in ledger.rows("SELECT id, uid FROM reports")}
    seen = {ids[uid] for uid in among}
    with ledger.writing() as link:
        held = {row["report"]: row["original"] for row in link.execute("SELECT report, original FROM reprints")}
        link.executemany("DELETE FROM reprints WHERE report = ?", [(r,) for r, o in held.items() if r in seen and o in seen])
        kept = {r: o for r, o in held.items() if o not in seen}
        rows = [(ids[f.report], kept.get(ids[f.original], ids[f.original]), f.similarity, f.held, f.agency) for f in found]
        link.executemany("INSERT OR REPLACE INTO reprints VALUES (?, ?, ?, ?, ?)", rows)
        fold_copies(link, _to_fold(link, held))
    return len(rows)


def _to_fold(link: sqlite3.Connection, held: Mapping[int, int]) -> set[int]:
    """Reports whose mark is new, has changed or is gone, and copies that were read anew, which are not folded yet."""
    now = {row["report"]: row["original"] for row in link.execute("SELECT report, original FROM reprints")}
    sql = "SELECT DISTINCT p.report FROM copied c JOIN passages p ON p.id = c.passage"
    folded = {row["report"] for row in link.execute(sql)}
    return {r for r in held.keys() | now.keys() if held.get(r) != now.get(r)} | (now.keys() - folded)


def days_around(ledger: Ledger, reports: Iterable[str], *, days: int) -> tuple[str | None, str | None]:
    """The first and the last day within some days of the reports' own dates; both None when one of them has no date."""
    sql = "SELECT date FROM reports WHERE uid IN (SELECT value FROM json_each(?))"
    dates = [row["date"] for row in ledger.rows(sql, (json.dumps(list(reports)),))]
    if not dates or not all(dates):
        return None, None
    first, last = date.fromisoformat(min(dates)), date.fromisoformat(max(dates))
    return (first - timedelta(days)).isoformat(), (last + timedelta(days)).isoformat()
