"""Counts of events: by one column, by pairs of parties for a network, by all facets at once. Merged events count once."""

from __future__ import annotations

from collections import Counter
from typing import Any, Unpack

from hearsay.errors import ArgumentError
from hearsay.ledger.filters import EventsWanted, where_events
from hearsay.ledger.store import Ledger

COLUMNS = {
    "type": "e.type",
    "mode": "e.mode",
    "year": "substr(e.day_from, 1, 4)",
    "month": "substr(e.day_from, 1, 7)",
    "day": "e.day_from",
    "publisher": "r.publisher",
    "modality": "e.modality",
    "part": "e.part",
    "alleged": "CASE WHEN e.attribution IS NULL THEN 'asserted' ELSE 'alleged' END",
}
"""What events can be counted by, and `dyad`: country → country where both are known."""

_DYADS = """FROM events e JOIN reports r ON r.id = e.report JOIN participants x ON x.event = e.id AND x.role = 'actor'
            JOIN participants y ON y.event = e.id AND y.role = 'recipient'"""


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
    sql = f"""SELECT {COLUMNS[by]} AS value, count(DISTINCT e.cluster) AS events FROM events e JOIN reports r ON r.id = e.report
              WHERE {where.sql()} GROUP BY 1 ORDER BY {order} LIMIT ?"""
    return [dict(row) for row in ledger.rows(sql, (*where.values, limit))]


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
    rows = ledger.rows(_country_dyads(where.sql()) if by == "country" else _entity_dyads(where.sql()), where.values)
    pairs: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in rows:
        new = {"actor": row["x"], "recipient": row["y"], "events": 0, "types": {}, "first": None, "last": None}
        pair = pairs.setdefault((row["x"], row["y"]), new)
        pair["events"] += row["events"]
        pair["types"][row["type"]] = row["events"]
        pair["first"] = min(filter(None, (pair["first"], row["first"])), default=None)
        pair["last"] = max(filter(None, (pair["last"], row["last"])), default=None)
    best = sorted(pairs.values(), key=lambda p: -p["events"])[:limit]
    return _name_parties(ledger, best) if by == "entity" else [_as_codes(pair) for pair in best]


def _country_dyads(where: str) -> str:
    return f"""SELECT x.country AS x, y.country AS y, e.type, count(DISTINCT e.cluster) AS events, min(e.day_from) AS first,
               max(e.day_from) AS last {_DYADS} WHERE x.country IS NOT NULL AND y.country IS NOT NULL AND {where} GROUP BY 1, 2, 3"""


def _entity_dyads(where: str) -> str:
    return f"""SELECT n.canonical AS x, m.canonical AS y, e.type, count(DISTINCT e.cluster) AS events, min(e.day_from) AS first,
               max(e.day_from) AS last {_DYADS} JOIN entities n ON n.id = x.entity JOIN entities m ON m.id = y.entity
               WHERE {where} GROUP BY 1, 2, 3"""


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

    Unlike `counts`, merged events count each, which is faster; the page shows them as approximate weights.
    """
    where = where_events(ledger, wanted)
    columns = ("type", "year", "publisher", "modality", "alleged")
    spelled = ", ".join(f"{COLUMNS[c]} AS {c}" for c in columns)
    sql = f"SELECT {spelled}, count(*) AS events FROM events e JOIN reports r ON r.id = e.report WHERE {where.sql()} GROUP BY 1, 2, 3, 4, 5"
    found: dict[str, Counter[str]] = {c: Counter() for c in columns}
    for row in ledger.rows(sql, where.values):
        for column in columns:
            found[column][row[column]] += row["events"]
    out = {column: _ranked(counter, limit) for column, counter in found.items()}
    for role in ("actor", "recipient"):
        out[f"{role}_country"] = _countries(ledger, role, where.sql(), where.values, limit)
    return out


def _ranked(counter: Counter[str], limit: int) -> list[dict[str, Any]]:
    return [{"value": value, "events": number} for value, number in counter.most_common(limit) if value is not None]


def _countries(ledger: Ledger, role: str, where: str, values: list[Any], limit: int) -> list[dict[str, Any]]:
    sql = f"""SELECT x.country AS value, count(DISTINCT x.event) AS events FROM events e JOIN reports r ON r.id = e.report
              JOIN participants x ON x.event = e.id AND x.role = '{role}' WHERE x.country IS NOT NULL AND {where}
              GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"""
    return [dict(row) for row in ledger.rows(sql, (*values, limit))]


def totals(ledger: Ledger) -> dict[str, Any]:
    """How much the ledger holds, and the days between which its reports lie."""
    tables = ("reports", "attributions", "events", "things", "entities", "judgements")
    sql = ", ".join(f"(SELECT count(*) FROM {t}) AS {t}" for t in tables)
    return dict(ledger.rows(f"SELECT {sql}, (SELECT min(date) FROM reports) AS first, (SELECT max(date) FROM reports) AS last")[0])
