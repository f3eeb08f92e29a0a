"""The stories of a ledger's reports, as reprints are looked for: words of the body, date, publisher, agencies, other appearances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
