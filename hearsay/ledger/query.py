"""Questions to a ledger, answered with plain records (see `shapes`); judgements are applied.

Rejected records are left out, corrected fields show the new value with the old one beside it, merged things answer to one name.
Every row carries its report, spans, sentence, chain, rule and score. Counts and networks are in `summary`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from hearsay.errors import ArgumentError
from hearsay.ledger.answers import EVENTS, LIT, REPORT, SENTENCE, STATEMENTS, entity_infos, event_rows, hit, report_info, statement_rows
from hearsay.ledger.columns import number_of_events
from hearsay.ledger.errors import RecordNotFound
from hearsay.ledger.filters import (
    EventsWanted,
    StatementsWanted,
    Where,
    Words,
    add_days,
    match_expression,
    where_events,
    where_statements,
)
from hearsay.ledger.folding import COPIED_WORDS
from hearsay.ledger.judgements import Judgement
from hearsay.ledger.parties import entities_named
from hearsay.ledger.reprinted import reprints_of
from hearsay.ledger.shapes import EntityInfo, EventRow, Hit, RoleSpell, StatementRow
from hearsay.ledger.store import Ledger

MAX_LIMIT = 100_000
COMMON = 10_000
COUNTED = 2_000


def events(
    ledger: Ledger, *, limit: int = 50, offset: int = 0, newest_first: bool = True, **wanted: Unpack[EventsWanted]
) -> list[EventRow]:
    """Events, by the first day they may have happened; undated ones last.

    >>> events(ledger, actor="RUS", recipient="USA", type="ACCUSE", since="2022-01")  # doctest: +SKIP
    """
    order = "e.day_from DESC, e.id DESC" if newest_first else "e.day_from IS NULL, e.day_from, e.id"
    page = _page_of(ledger, "events e", where_events(ledger, wanted), order, _page(limit, offset))
    return event_rows(ledger, ledger.rows(f"{EVENTS} WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY {order}", (page,)))


def count_events(ledger: Ledger, **wanted: Unpack[EventsWanted]) -> int:
    """How many events there are; merged ones count once."""
    return number_of_events(ledger, wanted)


def event(ledger: Ledger, record: str) -> EventRow:
    """One event by its id, rejected or not. Raises RecordNotFound."""
    found = event_rows(ledger, ledger.rows(f"{EVENTS} WHERE e.uid = ?", (record,)))
    if not found:
        raise RecordNotFound(ledger.path, f"no event {record!r}")
    return found[0]


def statements(
    ledger: Ledger, *, limit: int = 50, offset: int = 0, newest_first: bool = True, **wanted: Unpack[StatementsWanted]
) -> list[StatementRow]:
    """Statements, by the date of their report; undated ones last."""
    order = "a.date DESC, a.id DESC" if newest_first else "a.date IS NULL, a.date, a.id"
    page = _page_of(ledger, "attributions a", where_statements(ledger, wanted), order, _page(limit, offset))
    return statement_rows(ledger, ledger.rows(f"{STATEMENTS} WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY {order}", (page,)))


def count_statements(ledger: Ledger, **wanted: Unpack[StatementsWanted]) -> int:
    """How many statements there are."""
    where = where_statements(ledger, wanted)
    sql = f"SELECT count(*) {where.tables('attributions a')} WHERE {where.sql()}"
    return int(ledger.rows(sql, where.values)[0][0])


def statement(ledger: Ledger, record: str) -> StatementRow:
    """One statement by its id, rejected or not. Raises RecordNotFound."""
    found = statement_rows(ledger, ledger.rows(f"{STATEMENTS} WHERE a.uid = ?", (record,)))
    if not found:
        raise RecordNotFound(ledger.path, f"no statement {record!r}")
    return found[0]


def timeline(ledger: Ledger, name: str, *, limit: int = 200, offset: int = 0, **wanted: Unpack[EventsWanted]) -> list[EventRow]:
    """Events in which a party acts or is acted upon, oldest first."""
    return events(ledger, limit=limit, offset=offset, newest_first=False, **(wanted | {"either": name}))


def who(ledger: Ledger, name: str, *, limit: int = 20) -> dict[str, Any]:
    """Everything on a name: `entities` it means (most reported first), `roles` over time, `did`, `suffered`, `said`, `about`.

    Raises:
        RecordNotFound: nobody of this name.
    """
    ids = entities_named(ledger, name)
    found = entity_infos(ledger, ids)
    if not found:
        raise RecordNotFound(ledger.path, f"nobody called {name!r}")
    uids = [e["id"] for e in found]
    return {
        "name": found[0]["name"], "id": found[0]["id"], "kind": found[0]["kind"], "entities": found,
        "roles": roles(ledger, ids),
        "counts": {
            "did": count_events(ledger, actor=uids), "suffered": count_events(ledger, recipient=uids),
            "said": count_statements(ledger, by=uids), "about": count_statements(ledger, about=uids),
        },
        "did": events(ledger, actor=uids, limit=limit), "suffered": events(ledger, recipient=uids, limit=limit),
        "said": statements(ledger, by=uids, limit=limit), "about": statements(ledger, about=uids, limit=limit),
    }  # fmt: skip


def roles(ledger: Ledger, entities: Sequence[int]) -> list[RoleSpell]:
    """Roles that reports give to some entities, by the first report that does."""
    sql = """SELECT t.role, t.country, t.sector, t.sector2, min(r.date) AS first, max(r.date) AS last, count(DISTINCT r.id) AS reports
             FROM things t JOIN reports r ON r.id = t.report WHERE t.rejected = 0 AND t.entity IN (SELECT value FROM json_each(?))
             GROUP BY 1, 2, 3, 4 ORDER BY first, reports DESC"""
    return [RoleSpell(**dict(row)) for row in ledger.rows(sql, (json.dumps(list(entities)),))]  # type: ignore[typeddict-item]


def members(ledger: Ledger, entity: str) -> list[EntityInfo]:
    """The entities that people merged with this one and itself, each under its own name."""
    sql = """SELECT m.uid AS id, m.name, m.kind, max(t.country) AS country, max(t.sector) AS sector, count(DISTINCT t.report) AS reports
             FROM entities n JOIN entities m ON m.canonical = n.canonical LEFT JOIN things t ON t.entity = m.id AND t.rejected = 0
             WHERE n.uid = ? GROUP BY m.id ORDER BY m.id <> m.canonical, m.name"""
    return [EntityInfo(**dict(row)) for row in ledger.rows(sql, (entity,))]  # type: ignore[typeddict-item]


THINGS = f"""SELECT {REPORT}, t.uid AS id, n.uid AS entity, t.local, t.kind, t.name, t.country, t.sector, t.sector2, t.role, t.mentions,
             t.rule, t.score, t.rejected, t.judged FROM things t JOIN entities n ON n.id = t.entity JOIN reports r ON r.id = t.report"""


def thing(ledger: Ledger, record: str) -> dict[str, Any]:
    """One thing of a report by its id (`t…`), rejected or not. Raises RecordNotFound."""
    found = ledger.rows(f"{THINGS} WHERE t.uid = ?", (record,))
    if not found:
        raise RecordNotFound(ledger.path, f"no thing {record!r}")
    return dict(found[0])


def things_of(ledger: Ledger, *, report: str | None = None, entity: str | None = None, limit: int = 500) -> list[dict[str, Any]]:
    """Things of a report in the order of its reading, or of an entity with all merged ones, the newest report first."""
    where = "r.uid = :report" if report else "n.canonical = (SELECT canonical FROM entities WHERE uid = :entity)"
    order = "t.id" if report else "r.date DESC, t.id"
    rows = ledger.rows(f"{THINGS} WHERE {where} ORDER BY {order} LIMIT :limit", {"report": report, "entity": entity, "limit": limit})
    return [dict(row) for row in rows]


def names(ledger: Ledger, beginning: str, *, limit: int = 20) -> list[EntityInfo]:
    """Entities with a word that begins so, for completion."""
    sql = f"SELECT rowid AS id FROM entity_names WHERE entity_names MATCH ? LIMIT {COUNTED}"
    ids = [r["id"] for r in ledger.rows(sql, (match_expression(beginning.rstrip("*") + "*"),))]
    return entity_infos(ledger, ids)[:limit]


class SearchWanted(TypedDict, total=False):
    """Filters of a search for words."""

    since: str
    until: str
    publisher: Words
    part: Words
    include_reprints: bool
    """Default False: a sentence that a copy has as the first report does is found there alone."""


def search(ledger: Ledger, text: str, *, limit: int = 20, offset: int = 0, **wanted: Unpack[SearchWanted]) -> list[Hit]:
    """Sentences with all words of the text, best first. `"a phrase"`, `OR`, `-without`, `begin*` as usual.

    Where more than `COMMON` sentences have them, the latest added come first: ranking all of them would take long and tell little.
    """
    where = _where_search(text, wanted)
    is_joined = any(column in c for c in where.conditions for column in ("r.", "p."))
    joined = "JOIN passages p ON p.id = w.rowid JOIN reports r ON r.id = p.report" if is_joined else ""
    order = "w.rowid DESC" if _is_common(ledger, text) else "w.rank"
    best = f"SELECT w.rowid FROM passage_words w {joined} WHERE {where.sql()} ORDER BY {order} {_page(limit, offset)}"
    ids = [row[0] for row in ledger.rows(best, where.values)]
    sql = f"""SELECT {REPORT}, {SENTENCE}, p.part, p.id, highlight(passage_words, 0, ?, ?) AS lit,
              snippet(passage_words, 0, '[', ']', ' … ', 24) AS snippet
              FROM passage_words JOIN passages p ON p.id = passage_words.rowid JOIN reports r ON r.id = p.report
              WHERE passage_words MATCH ? AND passage_words.rowid IN (SELECT value FROM json_each(?))"""
    rows = {row["id"]: row for row in ledger.rows(sql, (*LIT, match_expression(text), json.dumps(ids)))}
    return [hit(rows[i]) for i in ids if i in rows]


def _where_search(text: str, wanted: SearchWanted) -> Where:
    where = Where()
    where.add("passage_words MATCH ?", match_expression(text))
    add_days(where, "r.date", "r.date", wanted.get("since"), wanted.get("until"))
    where.one_of("r.publisher", wanted.get("publisher"))
    where.one_of("p.part", wanted.get("part"))
    if not wanted.get("include_reprints", False):
        where.add(f"w.rowid NOT IN ({COPIED_WORDS})")
    return where


def search_facets(ledger: Ledger, text: str, *, limit: int = 20, **wanted: Unpack[SearchWanted]) -> dict[str, Any]:
    """Numbers of sentences with all words of the text: `total`, and by `publisher`, `part` and `year` `{"value", "sentences"}`.

    Of more than `COUNTED` sentences the latest added are counted, and `total` is `COUNTED`.
    """
    where = _where_search(text, wanted)
    joined = "passage_words w JOIN passages p ON p.id = w.rowid JOIN reports r ON r.id = p.report"
    sql = f"""SELECT r.publisher AS publisher, p.part AS part, substr(r.date, 1, 4) AS year FROM {joined} WHERE {where.sql()}
              ORDER BY w.rowid DESC LIMIT {COUNTED}"""
    rows = ledger.rows(sql, where.values)
    found: dict[str, Any] = {"total": len(rows)}
    for column in ("publisher", "part", "year"):
        tally = Counter(row[column] for row in rows if row[column])
        found[column] = [{"value": value, "sentences": number} for value, number in tally.most_common(limit)]
    return found


def _is_common(ledger: Ledger, text: str) -> bool:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT {COMMON})"
    return int(ledger.rows(sql, (match_expression(text),))[0][0]) == COMMON


def report(ledger: Ledger, report: str) -> dict[str, Any]:
    """One report for a page.

    Returns:
        `info`; `record` as docs/reference/record.md, unjudged; `ids`, global by local id; `judgements` by global id; `events` and
        `statements` as judged, rejected ones too; `appearances` of the same text elsewhere; `reprint_of`, the report that this one is a
        copy of, as `hearsay add` found it, or None; `reprints`, its own copies.

    Raises:
        RecordNotFound: no such report.
    """
    sql = f"SELECT r.id, r.version, r.added, {REPORT} FROM reports r WHERE r.uid = ?1 OR r.name = ?1 ORDER BY r.uid = ?1 DESC"
    found = ledger.rows(sql, (report,))
    if not found:
        raise RecordNotFound(ledger.path, f"no report {report!r}")
    head = found[0]
    shown: Any = {"limit": MAX_LIMIT, "newest_first": False, "report": head["report"], "include_teasers": True, "include_rejected": True}
    elsewhere = ledger.rows("SELECT name, url, publisher, title FROM appearances WHERE report = ?", (head["id"],))
    return {
        "info": dict(report_info(head)) | {"version": head["version"], "added": head["added"]},
        "record": ledger.get(head["report"]).to_json(),
        "ids": _ids(ledger, head["id"]),
        "judgements": _judgements(ledger, head["report"]),
        "events": events(ledger, **shown),
        "statements": statements(ledger, **shown),
        "appearances": [dict(row) for row in elsewhere],
        "reprint_of": _original(ledger, head["id"]), "reprints": reprints_of(ledger, [head["report"]])[head["report"]],
    }


def _original(ledger: Ledger, number: int) -> dict[str, Any] | None:
    """The report that a copy was made of: its id and facts, how alike they are, the agency."""
    sql = """SELECT o.uid AS report, o.publisher, o.title, o.date, o.url, x.similarity, x.held, x.agency
             FROM reprints x JOIN reports o ON o.id = x.original WHERE x.report = ?"""
    return next((dict(row) for row in ledger.rows(sql, (number,))), None)


def _ids(ledger: Ledger, number: int) -> dict[str, str]:
    sql = " UNION ALL ".join(f"SELECT local, uid FROM {table} WHERE report = ?1" for table in ("events", "attributions", "things"))
    return {row["local"]: row["uid"] for row in ledger.rows(sql, (number,))}


def _judgements(ledger: Ledger, report: str) -> dict[str, list[Judgement]]:
    out: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in ledger.judgements(report=report):
        out[judgement.record].append(judgement)
    return dict(out)


def reports(ledger: Ledger, *, limit: int = 50, offset: int = 0, include_reprints: bool = False) -> list[dict[str, Any]]:
    """Reports by date, newest first, with how much was found in each, and `reprints`, their copies; copies themselves only if asked for."""
    first = "" if include_reprints else "WHERE id NOT IN (SELECT report FROM reprints)"
    page = f"SELECT id FROM reports {first} ORDER BY date DESC, id DESC {_page(limit, offset)}"
    sql = f"""SELECT {REPORT}, r.version, r.problems, (SELECT count(*) FROM events e WHERE e.report = r.id AND +e.rejected = 0) AS events,
              (SELECT count(*) FROM attributions a WHERE a.report = r.id AND +a.rejected = 0) AS statements
              FROM reports r WHERE r.id IN ({page}) ORDER BY r.date DESC, r.id DESC"""
    rows = [dict(row) for row in ledger.rows(sql)]
    copies = reprints_of(ledger, [row["report"] for row in rows])
    return [row | {"reprints": copies[row["report"]]} for row in rows]


def _page_of(ledger: Ledger, main: str, where: Where, order: str, page: str) -> str:
    """Ids of one page, as JSON: found first, so that whole rows are fetched and sorted for the page alone."""
    sql = f"SELECT {main.split()[1]}.id {where.tables(main)} WHERE {where.sql()} ORDER BY {order} {page}"
    return json.dumps([row[0] for row in ledger.rows(sql, where.values)])


def _page(limit: int, offset: int) -> str:
    if not 0 <= int(limit) <= MAX_LIMIT or int(offset) < 0:
        raise ArgumentError(f"limit must lie between 0 and {MAX_LIMIT:,}, offset must not be negative")
    return f"LIMIT {int(limit)} OFFSET {int(offset)}"
