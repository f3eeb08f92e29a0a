"""Events -> places on a drawing: bars of how many there were, and lanes in which each stands at its time. Numbers only; templates draw.

An event whose time is an interval (a month, a year, "last week") is drawn as long as the interval, not as a point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hearsay.ledger.shapes import EventRow

WIDTH = 960.0
BAR_HEIGHT = 90.0
ROW, SHORTEST, GAP = 12.0, 8.0, 3.0
MOST_ROWS = 26
MOST_BARS = 72
TICKS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """How many events in one year, month or day, and where its bar stands."""

    value: str
    events: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stripe:
    """An event on the lanes."""

    event: EventRow
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the lanes."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """Events in time; `left_out` had no time or no room."""

    stripes: tuple[Stripe, ...]
    ticks: tuple[Tick, ...]
    height: float
    left_out: int


def unit_for(years: Sequence[Mapping[str, Any]]) -> str:
    """Whether to count by year, month or day, from the counts by year."""
    dated = [c for c in years if c["value"]]
    if len(dated) > 6:
        return "year"
    return "month" if dated else "year"


def bars(counted: Sequence[Mapping[str, Any]], *, width: float = WIDTH, height: float = BAR_HEIGHT) -> list[Bar]:
    """Bars of counts by year, month or day, in their order, with room for empty times between; the last `MOST_BARS`."""
    shown = _without_gaps([c for c in counted if c["value"]][-MOST_BARS:])
    most = max((c["events"] for c in shown), default=1)
    step = width / max(len(shown), 12)
    return [_bar(c, i * step, step, most, height) for i, c in enumerate(shown)]


def _without_gaps(counted: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The same with nothing counted for times between, unless these are too many to draw."""
    if not counted:
        return []
    held = {c["value"]: c for c in counted}
    values = [counted[0]["value"]]
    while values[-1] < counted[-1]["value"] and len(values) <= MOST_BARS:
        values.append(_following(values[-1]))
    return [held.get(v, {"value": v, "events": 0}) for v in values] if len(values) <= MOST_BARS else list(counted)


def _following(value: str) -> str:
    """The next year, month or day."""
    if len(value) == 10:
        return (date.fromisoformat(value) + timedelta(1)).isoformat()
    year, _, month = value.partition("-")
    if not month:
        return f"{int(year) + 1:04}"
    return f"{int(year) + (month == '12'):04}-{int(month) % 12 + 1:02}"


def _bar(counted: Mapping[str, Any], x: float, step: float, most: int, height: float) -> Bar:
    tall = max(2.0, round(height * counted["events"] / most, 1)) if counted["events"] else 0.0
    return Bar(counted["value"], counted["events"], round(x, 1), round(height - tall, 1), round(step * 0.82, 1), tall)


def lanes(events: Sequence[EventRow], *, width: float = WIDTH) -> Lanes:
    """Events in time, each in the first lane that has room for it."""
    dated = sorted((e for e in events if e["day_from"] and e["day_to"]), key=lambda e: (e["day_from"] or "", e["day_to"] or ""))
    days = [(_number(e["day_from"]), _number(e["day_to"]) + 1) for e in dated]
    if not days:
        return Lanes((), (), 0.0, len(events))
    first, last = min(d[0] for d in days), max(d[1] for d in days)
    scale = (width - SHORTEST) / max(1, last - first)
    ends: list[float] = []
    stripes = []
    for event, (start, stop) in zip(dated, days, strict=True):
        x, long = (start - first) * scale, max(SHORTEST, (stop - start) * scale)
        row = next((i for i, end in enumerate(ends) if end + GAP <= x), len(ends))
        if row >= MOST_ROWS:
            continue
        ends[row : row + 1] = [x + long]
        stripes.append(Stripe(event, round(x, 1), row * ROW, round(min(long, width - x), 1)))
    ticks = tuple(Tick(round((day - first) * scale, 1), label) for day, label in _ticks(first, last))
    return Lanes(tuple(stripes), ticks, len(ends) * ROW, len(events) - len(stripes))


def _number(day: str | None) -> int:
    return date.fromisoformat(day or "0001-01-01").toordinal()


def _ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Days with a label: years, months or days, at most about `TICKS`."""
    start, stop = date.fromordinal(first), date.fromordinal(last)
    if stop.year - start.year >= 3:
        step = max(1, -(-(stop.year - start.year) // TICKS))
        return [(date(y, 1, 1).toordinal(), str(y)) for y in range(start.year + 1, stop.year + 1, step)]
    months = (stop.year - start.year) * 12 + stop.month - start.month
    if months >= 3:
        step = max(1, -(-months // TICKS))
        firsts = [divmod(start.year * 12 + start.month - 1 + i, 12) for i in range(1, months + 1, step)]
        return [(date(y, m + 1, 1).toordinal(), date(y, m + 1, 1).isoformat()[:7]) for y, m in firsts]
    step = max(1, -(-(last - first) // TICKS))
    return [(day, date.fromordinal(day).isoformat()) for day in range(first, last, step)]
