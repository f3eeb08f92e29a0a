"""Figures on the same matter, side by side: who says how many, and when. They are never averaged, nor is one preferred.

Two figures are on one matter when their events have one type, lie within `NEAR_DAYS` of each other, count the same kind of thing
("soldiers", "foreign sailors") and share a report, a party, a country, or one more word of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Unpack

from hearsay.ledger import query
from hearsay.ledger.filters import EventsWanted
from hearsay.ledger.ids import fold
from hearsay.ledger.shapes import EventRow
from hearsay.ledger.store import Ledger

NEAR_DAYS = 3
LOOKED_AT = 200
"""Events with a figure that one question compares, the newest of those that it means."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Events that tell a figure on one matter, oldest report first; `counted` are the words for what is counted."""

    counted: str
    events: tuple[EventRow, ...]

    @property
    def disputed(self) -> bool:
        """Whether the figures differ in words."""
        return len({fold(e["quantity"] or "") for e in self.events}) > 1


@dataclass(frozen=True, slots=True)
class _Figure:
    event: EventRow
    counted: tuple[str, ...]
    words: tuple[str, ...]
    parties: frozenset[str]
    countries: frozenset[str]
    days: tuple[str, str]


def matters(ledger: Ledger, *, limit: int = LOOKED_AT, offset: int = 0, **wanted: Unpack[EventsWanted]) -> list[Matter]:
    """Matters with more than one figure, among the newest events that a question means; disputed ones first."""
    rows = query.events(ledger, limit=limit, offset=offset, **(wanted | {"quantity": True}))
    found = [m for m in group(rows) if len(m.events) > 1]
    return sorted(found, key=lambda m: not m.disputed)


def same_matter(ledger: Ledger, event: EventRow) -> Matter | None:
    """The matter of an event with a figure; None where no other event tells one."""
    if not event["quantity"] or not event["day_from"] or not event["day_to"]:
        return None
    since, until = _shifted(event["day_from"], -NEAR_DAYS), _shifted(event["day_to"], NEAR_DAYS)
    rows = query.events(ledger, type=event["type"], quantity=True, since=since, until=until, limit=LOOKED_AT, include_teasers=True)
    held = [m for m in group(rows) if len(m.events) > 1 and event["id"] in [e["id"] for e in m.events]]
    return held[0] if held else None


def group(rows: Iterable[EventRow]) -> list[Matter]:
    """Events with figures by matter, in the order of their first."""
    groups: list[list[_Figure]] = []
    for figure in map(_figure, rows):
        near = [g for g in groups if any(_is_same(figure, other) for other in g)]
        groups = [g for g in groups if not any(g is n for n in near)] + [[*(f for g in near for f in g), figure]]
    return [_matter(g) for g in groups]


def _matter(figures: Sequence[_Figure]) -> Matter:
    ordered = sorted((f.event for f in figures), key=lambda e: (e["report_date"] or "", e["report"], e["trigger_span"]))
    longest = max((f.counted for f in figures), key=len)
    return Matter(" ".join(longest), tuple(ordered))


def _figure(e: EventRow) -> _Figure:
    parties = [*e["actors"], *e["recipients"], *([e["where"]] if e["where"] else [])]
    resolved = frozenset(p["id"] for p in parties if p["kind"] not in ("words", "group"))
    countries = frozenset(p["country"] for p in parties if p["country"])
    counted = _counted(e)
    return _Figure(e, counted, tuple(fold(w) for w in counted), resolved, countries, (e["day_from"] or "", e["day_to"] or ""))


def _counted(e: EventRow) -> tuple[str, ...]:
    """Words for what a figure counts: of the party that holds the figure's words, without them."""
    figure = [fold(w) for w in _words(e["quantity"] or "")]
    parties = [_words(p["text"]) for p in (*e["recipients"], *e["actors"])]
    words = next((w for w in parties if _place(w, figure) is not None), None) or _following(e, figure)
    return tuple(w for w in words if fold(w) not in figure and not w[0].isdigit())


def _following(e: EventRow, figure: Sequence[str]) -> list[str]:
    """The word behind a figure that stands in the sentence but in no party."""
    words = _words(e["sentence"] or "")
    at = _place(words, figure)
    return words[at + len(figure) :][:1] if at is not None else []


def _place(words: Sequence[str], figure: Sequence[str]) -> int | None:
    """Where a figure stands among words."""
    plain = [fold(w) for w in words]
    return next((i for i in range(len(plain)) if figure and plain[i : i + len(figure)] == list(figure)), None)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def _is_same(one: _Figure, two: _Figure) -> bool:
    a, b = one.event, two.event
    if a["type"] != b["type"] or not one.words or not two.words or _singular(one.words[-1]) != _singular(two.words[-1]):
        return False
    if not _is_near(one.days, two.days):
        return False
    other_words = set(one.words[:-1]) & set(two.words[:-1])
    return bool(a["report"] == b["report"] or one.parties & two.parties or one.countries & two.countries or other_words)


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _is_near(one: tuple[str, str], two: tuple[str, str]) -> bool:
    if not all((*one, *two)):
        return False
    return _shifted(one[0], -NEAR_DAYS) <= two[1] and two[0] <= _shifted(one[1], NEAR_DAYS)


def _shifted(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return day

