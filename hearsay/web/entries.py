"""Pages of one record: a thing across reports, a report with everything marked, an event, a statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hearsay.ledger import RecordNotFound, query, summary
from hearsay.ledger.figures import same_matter
from hearsay.ledger.shapes import EventRow
from hearsay.web import timeline as times
from hearsay.web.asked import plain_asked
from hearsay.web.desk import Desk, desk_of
from hearsay.web.marks import cut, marks_of_event, marks_of_statement

IN_ENTRY = 8
COUNTERPARTS = 10
LIKELY = 8
ALIKE_DAYS = 3


def thing(request: Request) -> Response:
    """Everything on one thing."""
    desk = desk_of(request)
    key = request.path_params["entity"]
    asked = plain_asked(f"/thing/{key}", request.query_params, "same")
    found = query.who(desk.ledger, key, limit=IN_ENTRY)
    months = summary.counts(desk.ledger, "month", either=key)
    pairs = summary.dyads(desk.ledger, either=key, limit=COUNTERPARTS)
    members = query.members(desk.ledger, key)
    called = query.names(desk.ledger, asked.first("same"), limit=12) if asked.first("same") else []
    own = {m["id"] for m in members}
    return desk.page(
        request, "thing.html", asked=asked, entry=found, bars=times.bars(months), pairs=pairs, members=members,
        like=[n for n in called if n["id"] not in own],
        things=query.things_of(desk.ledger, entity=key, limit=40),
    )  # fmt: skip


def report(request: Request) -> Response:
    """One report, its parts in order, with who says what and what happened marked in its text."""
    desk = desk_of(request)
    found = query.report(desk.ledger, request.path_params["report"])
    things = query.things_of(desk.ledger, report=found["info"]["report"])
    marks = [m for e in found["events"] if not e["rejected"] for m in marks_of_event(e)]
    marks += [m for s in found["statements"] if not s["rejected"] for m in marks_of_statement(s)]
    text = found["record"]["text"]
    parts = [p | {"pieces": cut(text, p["span"][0], p["span"][1], marks)} for p in _parts(found["record"])]
    cards = sorted((*found["statements"], *found["events"]), key=_place)
    return desk.page(request, "report.html", info=found["info"], record=found["record"], parts=parts, cards=cards, things=things,
                     appearances=found["appearances"], original=found["reprint_of"], reprints=found["reprints"])  # fmt: skip


def _parts(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Parts in the order of the text, with whatever lies between them, so that no word is left out."""
    text, out, at = record["text"], [], 0
    for part in sorted(record["parts"], key=lambda p: p["span"]):
        start, stop = max(part["span"][0], at), part["span"][1]
        if text[at:start].strip():
            out.append({"kind": "other", "story": 0, "span": [at, start]})
        if start < stop:
            out.append({**part, "span": [start, stop]})
        at = max(at, stop)
    if text[at:].strip():
        out.append({"kind": "other", "story": 0, "span": [at, len(text)]})
    return out


def _place(row: Any) -> tuple[int, int]:
    """Where a record's head stands."""
    if "trigger_span" in row:
        return row["trigger_span"][0], 1
    spans = row["cue_spans"] or row["source_spans"] or row["content_spans"]
    return (min(s[0] for s in spans) if spans else 0), 0


def event(request: Request) -> Response:
    """One event: its words, who says so, why it is here, what is like it."""
    desk = desk_of(request)
    row = query.event(desk.ledger, request.path_params["record"])
    same = [query.event(desk.ledger, key) for key in row["same_as"]]
    return desk.page(
        request, "event.html", row=row, same=same, matter=same_matter(desk.ledger, row), like=_alike(desk, row),
        judged=desk.ledger.judgements(record=row["id"]), **_why(desk, row),
    )  # fmt: skip


def _alike(desk: Desk, row: EventRow) -> list[EventRow]:
    """Events of the same type, days and a party in common, which may be the same one."""
    parties = list(dict.fromkeys(p["id"] for p in (*row["actors"], *row["recipients"])))
    if not parties or not row["day_from"] or not row["day_to"]:
        return []
    since = (date.fromisoformat(row["day_from"]) - timedelta(ALIKE_DAYS)).isoformat()
    until = (date.fromisoformat(row["day_to"]) + timedelta(ALIKE_DAYS)).isoformat()
    found = query.events(desk.ledger, type=row["type"], either=parties, since=since, until=until, limit=LIKELY * 2)
    known = {row["id"], *row["same_as"]}
    return [e for e in found if e["id"] not in known][:LIKELY]


def statement(request: Request) -> Response:
    """One statement: its words, its chain, the statement around it and those inside it."""
    desk = desk_of(request)
    row = query.statement(desk.ledger, request.path_params["record"])
    others = query.statements(desk.ledger, report=row["report"], limit=500, include_teasers=True)
    happened = query.events(desk.ledger, report=row["report"], limit=500, include_teasers=True)
    return desk.page(
        request, "statement.html", row=row, inside=[s for s in others if s["inside"] == row["id"]],
        around=next((s for s in others if s["id"] == row["inside"]), None),
        events=[e for e in happened if e["attribution"] == row["id"]], judged=desk.ledger.judgements(record=row["id"]), **_why(desk, row),
    )  # fmt: skip


def _why(desk: Desk, row: Any) -> dict[str, Any]:
    """The coder that read the report, and when."""
    sql = "SELECT version, added FROM reports WHERE uid = ?"
    return {"read_by": dict(desk.ledger.rows(sql, (row["report"],))[0])}


def find_record(desk: Desk, record: str) -> dict[str, Any]:
    """An event, statement or thing of a report by its id. Raises RecordNotFound."""
    readers: dict[str, Any] = {"e": query.event, "a": query.statement, "t": query.thing}
    if record[:1] not in readers:
        raise RecordNotFound(desk.path, f"no record {record!r}")
    return dict(readers[record[0]](desk.ledger, record))
