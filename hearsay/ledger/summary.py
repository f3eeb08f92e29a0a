"""Counts of events: by one column, by pairs of parties for a network, by all facets at once. Merged events count once."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np

from hearsay.errors import ArgumentError
from hearsay.ledger.columns import ACTOR, RECIPIENT, Columns, Mask, Numbers, chosen, distinct
from hearsay.ledger.filters import EventsWanted
from hearsay.ledger.packed import ALLEGED
from hearsay.ledger.store import Ledger

COLUMNS = ("type", "mode", "year", "month", "day", "publisher", "modality", "part", "alleged")
"""What events can be counted by, and `dyad`: country → country where both are known."""

_UNITS = {"year": 10_000, "month": 100, "day": 1}
Found = list[dict[str, Any]]


def counts(ledger: Ledger, by: str, *, limit: int = 1000, **wanted: Unpack[EventsWanted]) -> Found:
    """Numbers of events: `{"value", "events"}`, times in order, all else the most frequent first.

    Args:
        by: one of `COLUMNS`, or `dyad`.
    """
    if by == "dyad":
        pairs = dyads(ledger, by="country", limit=limit, **wanted)
        return [{"value": f"{p['actor']['name']} → {p['recipient']['name']}", "events": p["events"]} for p in pairs]
    if by not in COLUMNS:
        raise ArgumentError(f"cannot count by {by!r}; choose one of {', '.join((*COLUMNS, 'dyad'))}")
    held, mask = chosen(ledger, wanted)
    return _tally(held, by, mask)[:limit]


def _values(held: Columns, by: str) -> Numbers:
    """The number of each event's value."""
    if by in _UNITS:
        return held.event["first"] // _UNITS[by]
    return held.event["flags"] & ALLEGED if by == "alleged" else held.event[by]


def _spelt(held: Columns, by: str, number: int) -> str | None:
    if by == "alleged":
        return "alleged" if number else "asserted"
    if number == 0:
        return None
    if by in _UNITS:
        digits = str(number)
        return "-".join(filter(None, (digits[:-4] if by == "day" else digits[:4], digits[4:6], digits[6:8])))
    return held.codes[number]


def _tally(held: Columns, by: str, mask: Mask) -> Found:
    values, clusters = _values(held, by)[mask], held.event["cluster"][mask]
    if held.merged:
        values = _distinct(values, clusters)
    numbers, times = np.unique(values, return_counts=True)
    rows = [{"value": _spelt(held, by, int(v)), "events": int(n)} for v, n in zip(numbers, times, strict=True)]
    return rows if by in _UNITS else sorted(rows, key=_most_first)


def _most_first(row: dict[str, Any]) -> tuple[int, str]:
    return -row["events"], row["value"] or ""


def _distinct(values: Numbers, clusters: Numbers) -> Numbers:
    """Each value once for each cluster that has it."""
    both = distinct(values.astype(np.int64) << 32 | clusters)
    return (both >> 32).astype(np.int32)


def dyads(ledger: Ledger, *, by: str = "entity", limit: int = 200, **wanted: Unpack[EventsWanted]) -> Found:
    """Who does how much to whom, the most frequent first.

    Args:
        by: `entity` (parties by name) or `country`.

    Returns:
        `{"actor": {"id", "name", "kind"}, "recipient": {…}, "events", "types": {type: number}, "first", "last"}`; with `country`,
        `id` and `name` are the code.
    """
    if by not in ("entity", "country"):
        raise ArgumentError(f"dyads by {by!r}: choose entity or country")
    return ledger.cached(("dyads", by, limit, repr(sorted(wanted.items()))), lambda: _find_dyads(ledger, by, limit, wanted))


def _find_dyads(ledger: Ledger, by: str, limit: int, wanted: EventsWanted) -> Found:
    held, mask = chosen(ledger, wanted)
    pairs = _best_pairs(held, mask, "canonical" if by == "entity" else "country", limit)
    return _name_parties(ledger, pairs) if by == "entity" else [_as_codes(held, pair) for pair in pairs]


def _best_pairs(held: Columns, mask: Mask, column: str, limit: int) -> Found:
    at, actors, recipients = _pairs(held, mask, column)
    keys, pair = np.unique(actors.astype(np.int64) << 32 | recipients, return_inverse=True)
    once = np.unique(pair.astype(np.int64) << 32 | held.event["cluster"][at], return_index=True)[1]
    at, pair = at[once], pair[once]
    sizes = np.bincount(pair, minlength=len(keys))
    best = np.argsort(-sizes, kind="stable")[:limit]
    order = np.argsort(pair, kind="stable")
    ends = np.cumsum(sizes)
    return [_pair(held, int(keys[i]), at[order[ends[i] - sizes[i] : ends[i]]]) for i in best]


def _pairs(held: Columns, mask: Mask, column: str) -> tuple[Numbers, Numbers, Numbers]:
    """Row of the event, actor and recipient of every pair: each *(pairs,) int32*."""
    party = held.party
    use = mask[party["at"]] & (party[column] > 0)
    one, two = use & (party["role"] == ACTOR), use & (party["role"] == RECIPIENT)
    at, others = party["at"][one], party["at"][two]
    first = np.searchsorted(others, at, "left")
    number = np.searchsorted(others, at, "right") - first
    again = np.repeat(np.arange(len(at)), number)
    step = np.arange(len(again)) - np.repeat(np.cumsum(number) - number, number)
    return at[again], party[column][one][again], party[column][two][first[again] + step]


def _pair(held: Columns, key: int, events: Numbers) -> dict[str, Any]:
    types, numbers = np.unique(held.event["type"][events], return_counts=True)
    days = held.event["first"][events]
    dated = days[days > 0]
    return {
        "actor": key >> 32, "recipient": key & 0xFFFFFFFF, "events": len(events),
        "types": {held.codes[int(t)]: int(n) for t, n in zip(types, numbers, strict=True)},
        "first": _spelt(held, "day", int(dated.min())) if dated.size else None,
        "last": _spelt(held, "day", int(dated.max())) if dated.size else None,
    }  # fmt: skip


def _as_codes(held: Columns, pair: dict[str, Any]) -> dict[str, Any]:
    names = {side: held.codes[pair[side]] for side in ("actor", "recipient")}
    return pair | {side: {"id": name, "name": name, "kind": "state"} for side, name in names.items()}


def _name_parties(ledger: Ledger, pairs: Found) -> Found:
    numbers = ",".join(str(int(p[side])) for p in pairs for side in ("actor", "recipient"))
    rows = ledger.rows("SELECT id, uid, name, kind FROM entities WHERE id IN (SELECT value FROM json_each(?))", (f"[{numbers}]",))
    names = {row["id"]: {"id": row["uid"], "name": row["name"], "kind": row["kind"]} for row in rows}
    return [pair | {side: names[pair[side]] for side in ("actor", "recipient")} for pair in pairs]


def busiest(ledger: Ledger, *, limit: int = 20, **wanted: Unpack[EventsWanted]) -> Found:
    """Who acts or is acted upon most: `{"id", "name", "kind", "events"}`; words that nobody resolved are left out."""
    held, mask = chosen(ledger, wanted)
    party = held.party
    use = mask[party["at"]] & np.isin(party["role"], (ACTOR, RECIPIENT))
    both = distinct(party["canonical"][use].astype(np.int64) << 32 | held.event["cluster"][party["at"][use]])
    entities, numbers = np.unique(both >> 32, return_counts=True)
    best = [(int(entities[i]), int(numbers[i])) for i in np.argsort(-numbers, kind="stable")[: 4 * limit]]
    ids = ",".join(str(number) for number, _ in best)
    sql = "SELECT id, uid, name, kind FROM entities WHERE kind <> 'words' AND id IN (SELECT value FROM json_each(?))"
    names = {row["id"]: {"id": row["uid"], "name": row["name"], "kind": row["kind"]} for row in ledger.rows(sql, (f"[{ids}]",))}
    return [names[number] | {"events": events} for number, events in best if number in names][:limit]


FACETS = ("type", "year", "modality", "alleged", "publisher")


def facets(ledger: Ledger, *, limit: int = 20, **wanted: Unpack[EventsWanted]) -> dict[str, Found]:
    """Numbers of events by type, year, publisher, modality, alleged or asserted, actor's and recipient's country.

    An event with two actors of one country counts twice there; that is enough for weights on a page.
    """
    held, mask = chosen(ledger, wanted)
    found = {by: sorted(_tally(held, by, mask), key=_most_first) for by in FACETS}
    for name, role in (("actor_country", ACTOR), ("recipient_country", RECIPIENT)):
        party = held.party
        use = mask[party["at"]] & (party["role"] == role)
        numbers, times = np.unique(party["country"][use], return_counts=True)
        rows = [{"value": held.codes.get(int(c)), "events": int(n)} for c, n in zip(numbers, times, strict=True)]
        found[name] = sorted(rows, key=_most_first)
    return {by: [row for row in rows if row["value"] is not None][:limit] for by, rows in found.items()}


def totals(ledger: Ledger) -> dict[str, Any]:
    """How much the ledger holds, and the days between which its reports lie."""
    tables = ("reports", "attributions", "events", "things", "entities", "judgements")
    sql = ", ".join(f"(SELECT count(*) FROM {t}) AS {t}" for t in tables)
    sql = f"SELECT {sql}, (SELECT min(date) FROM reports) AS first, (SELECT max(date) FROM reports) AS last"
    return ledger.cached("totals", lambda: dict(ledger.rows(sql)[0]))
