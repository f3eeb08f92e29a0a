"""Readings of expressions that name a day or a longer time by its distance from the report's day, or from a date read before.

Each function takes what a rule found and the scene, and gives type and value, or None when the words are no time after all.
"""

from __future__ import annotations

from hearsay.resolve.calendar import SEASONS, bounds, floor, parse_day, season_of, shift
from hearsay.resolve.tense import FUTURE
from hearsay.resolve.time_dates import dated, month_day
from hearsay.resolve.time_found import Found, Reading, Scene


def weekday(found: Found, scene: Scene) -> Reading | None:
    """ "Tuesday", "last Friday", "Friday morning": by the tense of its clause, the report's own day included."""
    wanted = int(found.value("weekday") or found.value("weekday", "weekday_short") or "0")
    part = f"T{found.value('part')}" if found.has("part") else ""
    if not found.cut.texts[found.piece("weekday")][0].isupper():
        return None
    kind = "TIME" if part else "DATE"
    if scene.day is None:
        return Reading(kind, f"XXXX-WXX-{wanted}{part}")
    back = (scene.day.isoweekday() - wanted) % 7
    if found.has("shift"):
        by = {-1: -(back or 7), 1: (-back) % 7 or 7, 0: wanted - scene.day.isoweekday()}[found.shift]
    else:
        by = (-back) % 7 if found.tense == FUTURE else -back
    day = shift(scene.day, "D", by)
    return Reading(kind, day.isoformat() + part) if day else None


def this_coming(found: Found, scene: Scene) -> Reading | None:
    """ "this coming Sunday", "this past Sunday"."""
    if found.has("month"):
        return month_day(found, scene)
    wanted = int(found.value("weekday"))
    if scene.day is None:
        return dated(f"XXXX-WXX-{wanted}")
    back = (scene.day.isoweekday() - wanted) % 7
    day = shift(scene.day, "D", -(back or 7) if "past" in found.cut.lower[found.first : found.last] else (-back) % 7 or 7)
    return dated(floor(day, "D"))


def weekday_week(found: Found, scene: Scene) -> Reading | None:
    """ "Thursday of last week"."""
    wanted = int(found.value("weekday"))
    if scene.day is None:
        return dated(f"XXXX-WXX-{wanted}")
    return dated(floor(shift(scene.day, "D", wanted - scene.day.isoweekday() + 7 * found.shift), "D"))


def deictic(found: Found, scene: Scene) -> Reading | None:
    """ "today", "yesterday", "tomorrow morning"."""
    day = shift(scene.day, "D", int(found.value("deictic"))) if scene.day else None
    if found.has("part"):
        return Reading("TIME", f"{floor(day, 'D')}T{found.value('part')}")
    return dated(floor(day, "D"))


def day_before(found: Found, scene: Scene) -> Reading | None:
    """ "the day before yesterday", "the day before last Tuesday"."""
    base = deictic(found, scene) if found.has("deictic") else weekday(found, scene)
    day = parse_day(base.value) if base else None
    is_before = "before" in found.cut.lower[found.first : found.last]
    return dated(floor(shift(day, "D", -1 if is_before else 1) if day else None, "D"))


def unit_shift(found: Found, scene: Scene) -> Reading | None:
    """ "last month", "next week", "this year"."""
    unit = found.value("unit", "period") or "CE"
    if unit[0] == "T" or unit in {"D", "FN"}:
        return _neighbour(found, scene, unit) if unit == "D" and found.shift else None
    day = shift(scene.day, unit, found.shift) if scene.day else None
    return dated(floor(day, unit))


def following_unit(found: Found, scene: Scene) -> Reading | None:
    """ "the following year", "the next day", "the previous month": beside the date read last."""
    return _neighbour(found, scene, found.value("unit", "anaphor_unit"))


def unit_before(found: Found, scene: Scene) -> Reading | None:
    """ "the year before": of the date read last."""
    unit = found.value("unit", "anaphor_unit")
    base = scene.anchor(unit)
    return dated(floor(shift(base, unit, -1) if base else None, unit))


def that_unit(found: Found, scene: Scene) -> Reading | None:
    """ "that year", "later in the day", "the week": the one that holds the date read last."""
    unit = found.value("unit", "anaphor_unit")
    is_the = found.cut.lower[found.first] == "the" and not found.has("that")
    day = scene.day if is_the or not scene.previous else scene.anchor(unit)
    return dated(floor(day, unit))


def end_of(found: Found, scene: Scene) -> Reading | None:
    """ "the end of the month"."""
    unit = found.value("unit", "period")
    day = shift(scene.day, unit, found.shift) if scene.day else None
    return dated(floor(day, unit)) if unit[0] != "T" and unit != "D" else None


def year_end(found: Found, scene: Scene) -> Reading | None:
    """ "year-end": the last day."""
    unit = found.value("unit", "period")
    whole = bounds(floor(scene.day, unit)) if scene.day and unit in {"Y", "M", "Q"} else None
    return dated(whole[1].isoformat()) if whole else None


def weekend(found: Found, scene: Scene) -> Reading | None:
    """ "over the weekend": the last one, or the coming one where the clause looks ahead."""
    if scene.day is None:
        return dated("XXXX-WXX-WE")
    is_on = scene.day.isoweekday() >= 6
    by = found.shift
    if not found.has("shift"):
        by = 0 if is_on or found.tense == FUTURE else -1
    return dated(floor(shift(scene.day, "W", by), "WE"))


def _neighbour(found: Found, scene: Scene, unit: str) -> Reading | None:
    base = scene.anchor(unit)
    by = found.shift or 1
    return dated(floor(shift(base, unit, by) if base else None, unit))


def season_shift(found: Found, scene: Scene) -> Reading | None:
    """ "last fall", "this summer", "next spring"."""
    letters = found.value("season")
    if scene.day is None:
        return dated(f"XXXX-{letters}")
    start = SEASONS[letters][0]
    year = scene.day.year
    begun = scene.day.isoformat()[5:] >= start
    if found.shift < 0 and (not begun or season_of(scene.day)[0] == letters):
        year -= 1
    if found.shift > 0 and begun:
        year += 1
    return dated(f"{year:04d}-{letters}")


def season_alone(found: Found, scene: Scene) -> Reading | None:
    """ "in the summer": the last begun, or the next where the clause looks ahead."""
    letters = found.value("season")
    token = found.token
    if token is not None and token.upos in {"VERB", "AUX"}:
        return None
    if found.cut.word_after(found.last) in {"of", "to", "in"} or (letters in {"FA", "SP"} and "the" not in found.cut.lower[found.first]):
        return None
    if scene.day is None:
        return dated(f"XXXX-{letters}")
    begun = scene.day.isoformat()[5:] >= SEASONS[letters][0]
    is_now = season_of(scene.day)[0] == letters
    year = scene.day.year - (not begun)
    return dated(f"{year + (found.tense == FUTURE and not is_now):04d}-{letters}")
