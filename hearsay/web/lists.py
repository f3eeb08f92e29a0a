"""Pages that list: front page, search, events, time line, network, statements, figures, names, judgements; and lists to take away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hearsay.core.records import MODALITIES, STANCES
from hearsay.errors import ArgumentError
from hearsay.ledger import query, summary
from hearsay.ledger.figures import LOOKED_AT, matters
from hearsay.ledger.flat import flatten
from hearsay.ledger.reprinted import reprints_of
from hearsay.web import network as drawing
from hearsay.web import timeline as times
from hearsay.web.asked import PAGE_SIZE, Asked, events_asked, plain_asked, statements_asked
from hearsay.web.desk import Desk, desk_of, pages_of

NEWEST = 6
IN_LANES = 150
PAIRS = 100
TAKEN_AWAY = 10_000


def front(request: Request) -> Response:
    """What is new."""
    desk = desk_of(request)
    total = summary.totals(desk.ledger)
    recent: Any = {"until": total["last"]} if total["last"] else {}
    return desk.page(
        request, "front.html", total=total,
        statements=query.statements(desk.ledger, limit=NEWEST),
        events=query.events(desk.ledger, limit=NEWEST, modality="asserted", include_background=False, **recent),
        reports=query.reports(desk.ledger, limit=NEWEST),
        busiest=summary.busiest(desk.ledger, limit=14), by_type=summary.counts(desk.ledger, "type"), asked=Asked("/events", {}),
        **_bars(desk, {}),
    )  # fmt: skip


def _bars(desk: Desk, wanted: Any) -> dict[str, Any]:
    """Bars of how many events there were in each year, month or day."""
    years = summary.counts(desk.ledger, "year", **wanted)
    unit = times.unit_for(years)
    counted = years if unit == "year" else summary.counts(desk.ledger, unit, **wanted)
    if unit == "month" and len(counted) <= 3:
        counted = summary.counts(desk.ledger, "day", **wanted)
    return {"bars": times.bars(counted)}


def search(request: Request) -> Response:
    """Sentences with some words, with facets, and whoever is called so."""
    desk = desk_of(request)
    asked = plain_asked("/search", request.query_params, "q", "publisher", "part", "since", "until", switches=("reprints",))
    words = asked.first("q")
    wanted: Any = {k: v[0] for k, v in asked.params.items() if k not in ("q", "page", "reprints")} | asked.wanted
    if not words:
        return desk.page(request, "search.html", asked=asked, hits=[], facets={}, names=[], pages=None)
    hits = query.search(desk.ledger, words, limit=PAGE_SIZE, offset=asked.offset, **wanted)
    facets = query.search_facets(desk.ledger, words, **wanted)
    pages = pages_of(asked, facets["total"], PAGE_SIZE)
    return desk.page(
        request, "search.html", asked=asked, hits=hits, facets=facets, names=_called(desk, words), pages=pages,
        copies=_copies(desk, asked, hits),
    )  # fmt: skip


def _copies(desk: Desk, asked: Asked, rows: Iterable[Any]) -> dict[str, list[dict[str, Any]]]:
    """The reprints folded under each report of a page; none where they are shown themselves."""
    return {} if asked.has("reprints", "yes") else reprints_of(desk.ledger, list({row["report"] for row in rows}))


def _called(desk: Desk, words: str) -> list[Any]:
    try:
        return [n for n in query.names(desk.ledger, words, limit=8) if n["kind"] != "words"]
    except ArgumentError:
        return []


def events(request: Request) -> Response:
    """Events with facets."""
    desk = desk_of(request)
    asked = events_asked("/events", request.query_params, "order")
    oldest = asked.first("order") == "oldest"
    rows = query.events(desk.ledger, limit=PAGE_SIZE, offset=asked.offset, newest_first=not oldest, **asked.wanted)
    facets = summary.facets(desk.ledger, limit=12, **asked.wanted)
    pages = pages_of(asked, query.count_events(desk.ledger, **asked.wanted), PAGE_SIZE)
    return desk.page(
        request, "events.html", asked=asked, rows=rows, facets=facets, pages=pages, modalities=MODALITIES,
        folded=_with_copies(desk, query.count_events, asked) - pages["total"], copies=_copies(desk, asked, rows),
        **_bars(desk, asked.wanted),
    )  # fmt: skip


def _with_copies(desk: Desk, count: Callable[..., int], asked: Asked) -> int:
    """How many records there are with those of reprints."""
    return count(desk.ledger, **(asked.wanted | {"include_reprints": True}))


def timeline(request: Request) -> Response:
    """Events in time: bars, lanes and the list, oldest first."""
    desk = desk_of(request)
    asked = events_asked("/timeline", request.query_params)
    total = query.count_events(desk.ledger, **asked.wanted)
    rows = query.events(desk.ledger, limit=IN_LANES, offset=(asked.page - 1) * IN_LANES, newest_first=False, **asked.wanted)
    return desk.page(
        request, "timeline.html", asked=asked, rows=rows, lanes=times.lanes(rows), pages=pages_of(asked, total, IN_LANES),
        modalities=MODALITIES, **_bars(desk, asked.wanted),
    )  # fmt: skip


def network(request: Request) -> Response:
    """Who does how much to whom."""
    desk = desk_of(request)
    asked = events_asked("/network", request.query_params, "ends")
    by = asked.first("ends") or "entity"
    pairs = summary.dyads(desk.ledger, by=by, limit=PAIRS, **asked.wanted)
    pairs = [p for p in pairs if p["actor"]["kind"] != "words" and p["recipient"]["kind"] != "words"] or pairs
    drawn = drawing.draw(pairs, {name: kind.quad for name, kind in desk.ontology.types.items()})
    return desk.page(
        request, "network.html", asked=asked, by=by, pairs=pairs, drawn=drawn, modalities=MODALITIES, **_bars(desk, asked.wanted)
    )


def statements(request: Request) -> Response:
    """Who said what, with the chain."""
    desk = desk_of(request)
    asked = statements_asked("/statements", request.query_params)
    rows = query.statements(desk.ledger, limit=PAGE_SIZE, offset=asked.offset, **asked.wanted)
    pages = pages_of(asked, query.count_statements(desk.ledger, **asked.wanted), PAGE_SIZE)
    return desk.page(
        request, "statements.html", asked=asked, rows=rows, pages=pages, stances=STANCES,
        folded=_with_copies(desk, query.count_statements, asked) - pages["total"], copies=_copies(desk, asked, rows),
    )  # fmt: skip


def figures(request: Request) -> Response:
    """Figures on the same matter side by side."""
    desk = desk_of(request)
    asked = events_asked("/figures", request.query_params)
    offset = (asked.page - 1) * LOOKED_AT
    held = matters(desk.ledger, offset=offset, **asked.wanted)
    total = query.count_events(desk.ledger, **(asked.wanted | {"quantity": True}))
    return desk.page(
        request, "figures.html", asked=asked, matters=held, pages=pages_of(asked, total, LOOKED_AT), modalities=MODALITIES
    )


def names(request: Request) -> Response:
    """Things by name: those that begin so, or the busiest."""
    desk = desk_of(request)
    asked = plain_asked("/names", request.query_params, "q")
    found = query.names(desk.ledger, asked.first("q"), limit=60) if asked.first("q") else []
    busiest = [] if asked.first("q") else summary.busiest(desk.ledger, limit=60)
    return desk.page(request, "names.html", asked=asked, found=found, busiest=busiest)


def judgements(request: Request) -> Response:
    """What people decided, newest first."""
    desk = desk_of(request)
    asked = plain_asked("/judgements", request.query_params)
    made = desk.ledger.judgements()[::-1]
    shown = made[asked.offset : asked.offset + PAGE_SIZE]
    return desk.page(request, "judgements.html", asked=asked, rows=shown, pages=pages_of(asked, len(made), PAGE_SIZE))


def take_events(request: Request) -> Response:
    """A list of events as CSV or JSON lines."""
    asked = events_asked("/events", request.query_params, "order")
    return _taken(request, query.events(desk_of(request).ledger, limit=TAKEN_AWAY, **asked.wanted), "events")


def take_statements(request: Request) -> Response:
    """A list of statements as CSV or JSON lines."""
    asked = statements_asked("/statements", request.query_params)
    return _taken(request, query.statements(desk_of(request).ledger, limit=TAKEN_AWAY, **asked.wanted), "statements")


def _taken(request: Request, rows: list[Any], name: str) -> Response:
    form = request.path_params["form"]
    if form not in ("csv", "jsonl"):
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if form == "jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return Response(text.encode("utf-8", "replace"), media_type="application/jsonl", headers=headers)
    out = io.StringIO()
    flat = [flatten(row) for row in rows]
    writer = csv.DictWriter(out, list(flat[0]) if flat else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return Response(out.getvalue().encode("utf-8", "replace"), media_type="text/csv", headers=headers)
