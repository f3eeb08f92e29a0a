"""All events as arrays in memory, so that counts over a hundred thousand of them take milliseconds; and which of them a question means.

What the arrays hold (days, types, parties, …) is decided here in numpy; for the rest (words, vouchers, one report, a score) the
database is asked which events they are. The arrays are read again when the ledger has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from hearsay.ledger.filters import EventsWanted, Words, check_events, days_of, each, where_events
from hearsay.ledger.folding import COPIED
from hearsay.ledger.packed import ALLEGED, BACKGROUND, EVENT_COLUMNS, PARTY_COLUMNS, QUANTITY, REJECTED, ROLES, TEASER
from hearsay.ledger.parties import find_party
from hearsay.ledger.store import Ledger

Numbers = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
N = TypeVar("N", bound=np.generic)

ACTOR, RECIPIENT, PLACE = range(len(ROLES))
PARTIES = {"actor": (ACTOR,), "recipient": (RECIPIENT,), "either": (ACTOR, RECIPIENT), "place": (PLACE,)}
_CODED = ("type", "mode", "modality", "publisher")
_FLAGGED = ("alleged", "quantity", "include_background", "include_teasers", "include_rejected", "include_reprints", "since", "until")
NATIVE = frozenset((*PARTIES, *_CODED, *_FLAGGED))
"""Filters that need no database."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Events by id, and their parties.

    Args:
        event: *(events,) int32* by column name, see `EVENT_COLUMNS`; `cluster` is the id of the event that stands for its like, `copied`
            is 1 for an event that a copy tells as the first report does.
        party: *(parties,) int32* by column name, see `PARTY_COLUMNS`; `at` is the row of its event in `event`, `canonical` the
            entity that stands for those merged with it.
        codes: words by number.
        merged: whether anybody has merged events.
    """

    event: dict[str, Numbers]
    party: dict[str, Numbers]
    codes: dict[int, str]
    numbers: dict[str, int]
    merged: bool

    def numbers_of(self, words: Words) -> list[int]:
        """Numbers of some words; -1 for one that the ledger has not."""
        return [self.numbers.get(word, -1) for word in each(words)]


def columns(ledger: Ledger) -> Columns:
    """The events of a ledger as arrays. They are shared: do not change them."""
    return ledger.shared("columns", lambda: _load(ledger))


def _load(ledger: Ledger) -> Columns:
    rows = ledger.rows("SELECT events, parties FROM packed ORDER BY report")
    event = _table(EVENT_COLUMNS, [row["events"] for row in rows], "id")
    party = _table(PARTY_COLUMNS, [row["parties"] for row in rows], "event")
    standing = {row["id"]: row["cluster"] for row in ledger.rows("SELECT id, cluster FROM events WHERE cluster <> id")}
    merged = {row["id"]: row["canonical"] for row in ledger.rows("SELECT id, canonical FROM entities WHERE canonical <> id")}
    event["cluster"] = _replaced(event["id"], standing)
    copied = [row[0] for row in ledger.rows(f"SELECT id FROM events WHERE passage IN ({COPIED})")]
    event["copied"] = np.isin(event["id"], np.array(copied, np.int32)).astype(np.int32)
    party["canonical"] = _replaced(party["entity"], merged)
    party["at"] = np.searchsorted(event["id"], party["event"]).astype(np.int32)
    codes = {row["id"]: row["text"] for row in ledger.rows("SELECT id, text FROM codes")}
    return Columns(event, party, codes, {text: number for number, text in codes.items()}, bool(standing))


def _table(names: Sequence[str], blobs: Iterable[bytes], key: str) -> dict[str, Numbers]:
    """Arrays by name, in the order of one of them."""
    flat: Numbers = np.frombuffer(b"".join(blobs), np.int32).reshape(-1, len(names))
    keys = flat[:, names.index(key)]
    ordered = flat if (keys[1:] >= keys[:-1]).all() else flat[np.argsort(keys, kind="stable")]
    return {name: np.ascontiguousarray(ordered[:, i]) for i, name in enumerate(names)}


def _replaced(ids: Numbers, by: dict[int, int]) -> Numbers:
    if not by:
        return ids
    out = ids.copy()
    old = np.fromiter(by, np.int32, len(by))
    new = np.fromiter(by.values(), np.int32, len(by))
    order = np.argsort(old)
    place = np.searchsorted(old[order], ids).clip(max=len(by) - 1)
    hit = old[order][place] == ids
    out[hit] = new[order][place][hit]
    return out


def chosen(ledger: Ledger, wanted: EventsWanted) -> tuple[Columns, Mask]:
    """The events as arrays, and which of them a question means: *(events,) bool*."""
    check_events(wanted)
    held = columns(ledger)
    mask = _plain(held, wanted)
    for name, roles in PARTIES.items():
        if name in wanted:
            mask &= _with_parties(ledger, held, wanted[name], roles)  # type: ignore[literal-required]
    rest: Any = {k: v for k, v in wanted.items() if k not in NATIVE}
    if rest:
        where = where_events(ledger, rest | {"include_teasers": True, "include_rejected": True, "include_reprints": True})
        ids = [row[0] for row in ledger.rows(f"SELECT e.id {where.tables('events e')} WHERE {where.sql()}", where.values)]
        mask &= np.isin(held.event["id"], np.array(ids, np.int32))
    return held, mask


def _plain(held: Columns, wanted: EventsWanted) -> Mask:
    """What the columns of events decide."""
    event, flags = held.event, held.event["flags"]
    unwanted = TEASER * (not wanted.get("include_teasers", False)) + REJECTED * (not wanted.get("include_rejected", False))
    unwanted += BACKGROUND * (not wanted.get("include_background", True))
    mask: Mask = (flags & unwanted) == 0
    if not wanted.get("include_reprints", bool(wanted.get("report"))):
        mask &= event["copied"] == 0
    for name in _CODED:
        words: Words | None = wanted.get(name)  # type: ignore[assignment]
        if words is not None:
            mask &= np.isin(event[name], held.numbers_of([w.upper() for w in each(words)] if name == "type" else words))
    if "alleged" in wanted:
        mask &= ((flags & ALLEGED) != 0) == wanted["alleged"]
    if wanted.get("quantity"):
        mask &= (flags & QUANTITY) != 0
    if since := wanted.get("since"):
        mask &= event["last"] >= _day_number(days_of(since)[0])
    if until := wanted.get("until"):
        mask &= (event["first"] > 0) & (event["first"] <= _day_number(days_of(until)[1]))
    return mask


def _day_number(day: str) -> int:
    return int(day.replace("-", ""))


def _with_parties(ledger: Ledger, held: Columns, words: Words, roles: Sequence[int]) -> Mask:
    party, found = held.party, np.zeros(len(held.party["at"]), np.bool_)
    for word in each(words):
        meant = find_party(ledger, word)
        if not (meant.country or meant.sector):
            found |= np.isin(party["entity"], np.array(meant.entities, np.int32))
            continue
        coded = np.ones(len(found), np.bool_)
        if meant.country:
            coded &= party["country"] == held.numbers.get(meant.country, -1)
        if meant.sector:
            number = held.numbers.get(meant.sector, -1)
            coded &= (party["sector"] == number) | (party["sector2"] == number)
        found |= coded
    mask = np.zeros(len(held.event["id"]), np.bool_)
    mask[party["at"][found & np.isin(party["role"], roles)]] = True
    return mask


def number_of_events(ledger: Ledger, wanted: EventsWanted) -> int:
    """How many events a question means; merged ones count once."""
    held, mask = chosen(ledger, wanted)
    return int(distinct(held.event["cluster"][mask]).size) if held.merged else int(mask.sum())


def distinct(values: npt.NDArray[N]) -> npt.NDArray[N]:
    """Each value once, in order. Sorts, which is many times faster here than the hash table of `np.unique`."""
    ordered = np.sort(values)
    keep = np.ones(len(ordered), np.bool_)
    keep[1:] = ordered[1:] != ordered[:-1]
    return ordered[keep]
