"""Counts of events: by one column, by pairs of parties for a network, by all facets at once. Merged events count once."""

from __future__ import annotations

from collections import Counter
from typing import Any, Unpack

from hearsay.errors import ArgumentError
from hearsay.ledger.filters import EventsWanted, Where, where_events
from hearsay.ledger.store import Ledger

COLUMNS = {
    "type": "+e.type",
    "mode": "e.mode",
    "year": "substr(e.day_from, 1, 4)",
    "month": "substr(e.day_from, 1, 7)",
    "day": "e.day_from",
    "publisher": "r.publisher",
    "modality": "e.modality",
    "part": "e.part",
    "alleged": "CASE WHEN e.attribution IS NULL THEN 'asserted' ELSE 'alleged' END",
}
"""What events can be counted by, and `dyad`: country → country where both are known. A + keeps SQLite from walking an index whose
rows lie scattered, where one that holds all the columns can be read straight through."""



def counts(ledger: Ledger, by: str, *, limit: int = 1000, **wanted: Unpack[EventsWanted]) -> list[dict[str, Any]]:
    """Numbers of events: `{"value", "events"}`, times in order, all else the most frequent first.

    Args:
        by: one of `COLUMNS`, or `dyad`.
    """
    if by == "dyad":
        pairs = dyads(ledger, by="country", limit=limit, **wanted)
        return [{"value": f"{p['actor']['name']} → {p['recipient']['name']}", "events": p["events"]} for p in pairs]
    if by not in COLUMNS:
        raise ArgumentError(f"cannot count by {by!r}; choose one of {', '.join((*COLUMNS, 'dyad'))}")
    where = where_events(ledger, wanted)
    order = "1" if by in ("year", "month", "day") else "2 DESC, 1"
    sql = f"""SELECT {COLUMNS[by]} AS value, {_number(ledger)} AS events {where.tables("events e", COLUMNS[by])} WHERE {where.sql()}
              GROUP BY 1 ORDER BY {order} LIMIT ?"""
    return ledger.cached((sql, *where.values, limit), lambda: [dict(row) for row in ledger.rows(sql, (*where.values, limit))])


def _number(ledger: Ledger) -> str:
    """How to count events: merged ones once; as the rows they are, which is faster, while nobody has merged any."""
    merged = ledger.rows("SELECT 1 FROM events WHERE cluster <> id LIMIT 1")
    return "count(DISTINCT e.cluster)" if merged else "count(*)"


def dyads(ledger: Ledger, *, by: str = "entity", limit: int = 200, **wanted: Unpack[EventsWanted]) -> list[dict[str, Any]]:
    """Who does how much to whom, the most frequent first.

    Args:
        by: `entity` (parties by name) or `country`.

    Returns:
        `{"actor": {"id", "name", "kind"}, "recipient": {…}, "events", "types": {type: number}, "first", "last"}`; with `country`,
        `id` and `name` are the code.
    """
    if by not in ("entity", "country"):
        raise ArgumentError(f"dyads by {by!r}: choose entity or country")
    where = where_events(ledger, wanted)
    sql = _dyads_sql(ledger, by, where)
    return ledger.cached((sql, *where.values, limit), lambda: _find_dyads(ledger, by, sql, where, limit))


def _dyads_sql(ledger: Ledger, by: str, where: Where) -> str:
    sides = ("x.country", "y.country") if by == "country" else ("x.entity", "y.entity")
    extra = "x.country IS NOT NULL AND y.country IS NOT NULL" if by == "country" else "1"
    joins = "JOIN participants x ON x.event = e.id AND x.role = 'actor' JOIN participants y ON y.event = e.id AND y.role = 'recipient'"
    if by == "entity" and ledger.rows("SELECT 1 FROM entities WHERE canonical <> id LIMIT 1"):
        sides = ("n.canonical", "m.canonical")
        joins += " JOIN entities n ON n.id = x.entity JOIN entities m ON m.id = y.entity"
    return f"""SELECT {sides[0]} AS x, {sides[1]} AS y, e.type, count(DISTINCT e.cluster) AS events, min(e.day_from) AS first,
               max(e.day_from) AS last {where.tables("events e")} {joins} WHERE {extra} AND {where.sql()} GROUP BY 1, 2, 3"""


def _find_dyads(ledger: Ledger, by: str, sql: str, where: Where, limit: int) -> list[dict[str, Any]]:
    pairs: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in ledger.rows(sql, where.values):
        new = {"actor": row["x"], "recipient": row["y"], "events": 0, "types": {}, "first": None, "last": None}
        pair = pairs.setdefault((row["x"], row["y"]), new)
        pair["events"] += row["events"]
        pair["types"][row["type"]] = row["events"]
        pair["first"] = min(filter(None, (pair["first"], row["first"])), default=None)
        pair["last"] = max(filter(None, (pair["last"], row["last"])), default=None)
    best = sorted(pairs.values(), key=lambda p: -p["events"])[:limit]
    return _name_parties(ledger, best) if by == "entity" else [_as_codes(pair) for pair in best]


def _as_codes(pair: dict[str, Any]) -> dict[str, Any]:
    parties = {side: {"id": pair[side], "name": pair[side], "kind": "state"} for side in ("actor", "recipient")}
    return pair | parties


def _name_parties(ledger: Ledger, pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    numbers = ",".join(str(int(p[side])) for p in pairs for side in ("actor", "recipient"))
    rows = ledger.rows("SELECT id, uid, name, kind FROM entities WHERE id IN (SELECT value FROM json_each(?))", (f"[{numbers}]",))
    names = {row["id"]: {"id": row["uid"], "name": row["name"], "kind": row["kind"]} for row in rows}
    return [pair | {side: names[pair[side]] for side in ("actor", "recipient")} for pair in pairs]


def facets(ledger: Ledger, *, limit: int = 20, **wanted: Unpack[EventsWanted]) -> dict[str, list[dict[str, Any]]]:
    """Numbers of events by type, year, publisher, modality, alleged or asserted, actor's and recipient's country.

    Unlike in `counts`, each of several merged events counts, and each of several actors: faster, and enough for weights on a page.
    """
    where = where_events(ledger, wanted)
    return ledger.cached(("facets", where.sql(), *where.values, limit), lambda: _find_facets(ledger, where, limit))


def _find_facets(ledger: Ledger, where: Where, limit: int) -> dict[str, list[dict[str, Any]]]:
    columns = {c: COLUMNS[c] for c in ("type", "year", "modality", "alleged")} | {"report": "+e.report"}
    found = {column: _tally(ledger, sql, where) for column, sql in columns.items()}
    publishers: Counter[str] = Counter()
    of = {row["id"]: row["publisher"] for row in ledger.rows("SELECT id, publisher FROM reports WHERE publisher IS NOT NULL")}
    for report, number in found.pop("report").items():
        if report in of:
            publishers[of[report]] += number
    for role in ("actor", "recipient"):
        found[f"{role}_country"] = _tally(ledger, "x.country", where, f"JOIN participants x ON x.event = e.id AND x.role = '{role}'")
    return {column: _ranked(counter, limit) for column, counter in (found | {"publisher": publishers}).items()}


def _tally(ledger: Ledger, column: str, where: Where, join: str = "") -> Counter[Any]:
    sql = f"SELECT {column} AS value, count(*) AS events {where.tables('events e')} {join} WHERE {where.sql()} GROUP BY 1"
    return Counter({row["value"]: row["events"] for row in ledger.rows(sql, where.values)})


def _ranked(counter: Counter[Any], limit: int) -> list[dict[str, Any]]:
    ranked = sorted((item for item in counter.items() if item[0] is not None), key=lambda item: (-item[1], item[0]))
    return [{"value": value, "events": number} for value, number in ranked[:limit]]


def totals(ledger: Ledger) -> dict[str, Any]:
    """How much the ledger holds, and the days between which its reports lie."""
    tables = ("reports", "attributions", "events", "things", "entities", "judgements")
    sql = ", ".join(f"(SELECT count(*) FROM {t}) AS {t}" for t in tables)
    return dict(ledger.rows(f"SELECT {sql}, (SELECT min(date) FROM reports) AS first, (SELECT max(date) FROM reports) AS last")[0])
