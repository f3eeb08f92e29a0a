"""Readings of expressions that name a length, a repetition, an hour, or just past, present and future."""

from __future__ import annotations

from hearsay.resolve.calendar import floor, parse_day, shift, to_edtf
from hearsay.resolve.tense import FUTURE, is_present_at, token_at
from hearsay.resolve.time_found import Found, Reading, Scene

_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S", "DE": "5Y", "CE": "50Y"}
_MANY = {"FN": ("W", 2), "Q": ("M", 3), "DE": ("Y", 10), "CE": ("Y", 100), "WE": ("D", 2)}
_VAGUE_LETTERS = {"FN": "W", "Q": "M", "DE": "Y", "CE": "C", "WE": "W"}


def period_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units; X for a vague number.

    >>> period_value(2.5, "Y"), period_value(3, "Q"), period_value(None, "W"), period_value(16, "TH")
    ('P2Y6M', 'P9M', 'PXW', 'PT16H')
    """
    head = "PT" if unit[0] == "T" else "P"
    if count is None:
        return f"{head}X{_VAGUE_LETTERS.get(unit, unit[-1])}"
    letter, by = _MANY.get(unit, (unit[-1], 1))
    if count % 1 == 0.5 and unit in _HALVES and by == 1:
        whole = f"{int(count)}{letter}" if count >= 1 else ""
        return f"{head if unit[0] == 'T' else 'P'}{whole}{_HALVES[unit]}"
    total = count * by
    return f"{head}{int(total) if total == int(total) else round(total, 2)}{letter}"


def duration(found: Found, scene: Scene) -> Reading | None:
    """ "two weeks", "nine-year", "the past three months"; not an age ("34-year-old", "52 years old")."""
    if _is_age(found) or _is_part_of_number(found) or (found.text("count") in {"a", "an"} and found.value("unit", "units")):
        return None
    return Reading("DURATION", period_value(found.count(), found.value("unit")), found.is_hedged, _time_before(found, scene))


def duration_set(found: Found, scene: Scene) -> Reading | None:
    """ "every two weeks"."""
    return Reading("SET", period_value(found.count(), found.value("unit")))


def old_thing(found: Found, scene: Scene) -> Reading | None:
    """ "an eight-month-old truce"; the age of a person in years is no time expression."""
    return Reading("DURATION", period_value(found.count(), found.value("unit"))) if found.value("unit") != "Y" else None


def half_duration(found: Found, scene: Scene) -> Reading | None:
    """ "half an hour"."""
    unit = found.value("unit")
    return Reading("DURATION", period_value(0.5, unit)) if unit in _HALVES else None


def past_unit(found: Found, scene: Scene) -> Reading | None:
    """ "the past decade"."""
    return Reading("DURATION", period_value(1, found.value("unit", "period")))


def vague_duration(found: Found, scene: Scene) -> Reading | None:
    """ "for weeks", "in recent years", "decades-long"."""
    return Reading("DURATION", period_value(None, found.value("unit", "units")), True)


def some_time(found: Found, scene: Scene) -> Reading | None:
    """ "a while", "for some time"."""
    return Reading("DURATION", "PXX", True)


def unit_long(found: Found, scene: Scene) -> Reading | None:
    """ "day-long"."""
    return Reading("DURATION", period_value(1, found.value("unit", "period")))


def ago(found: Found, scene: Scene) -> Reading | None:
    """ "three days ago", counted from the report's day, as fine as its unit."""
    count, unit = found.count(), found.value("unit")
    if count is None:
        return Reading("DATE", "PAST_REF")
    if count == 1 and unit == "Y" and scene.quarter[:4].isdigit():
        return Reading("DATE", f"{int(scene.quarter[:4]) - 1:04d}{scene.quarter[4:]}")
    return _counted(found, scene, -count, use_report=True)


def earlier(found: Found, scene: Scene) -> Reading | None:
    """ "a year earlier", counted from the date read last."""
    count, unit = found.count(), found.value("unit")
    if count == 1 and unit == "Y" and scene.quarter[:4].isdigit():
        return Reading("DATE", f"{int(scene.quarter[:4]) - 1:04d}{scene.quarter[4:]}")
    return _counted(found, scene, None if count is None else -count)


def later(found: Found, scene: Scene) -> Reading | None:
    """ "two days later", counted from the date read last."""
    return _counted(found, scene, found.count())


def from_now(found: Found, scene: Scene) -> Reading | None:
    """ "two days from now", "a week from tomorrow"."""
    count = found.count()
    if count is None:
        return Reading("DATE", "FUTURE_REF")
    extra = int(found.value("deictic") or "0")
    day = shift(scene.day, "D", extra) if scene.day else None
    unit = "D" if found.has("deictic") else found.value("unit")
    moved = shift(day, found.value("unit"), int(count)) if day else None
    return Reading("DATE", floor(moved, unit), found.is_hedged)


def tonight(found: Found, scene: Scene) -> Reading | None:
    """ "tonight", "overnight"."""
    return Reading("TIME", f"{floor(scene.day, 'D')}TNI")


def part_shift(found: Found, scene: Scene) -> Reading | None:
    """ "this morning", "last night", "that evening"."""
    by = found.shift
    day = parse_day(scene.previous) if found.has("that") and scene.previous else scene.day
    moved = shift(day, "D", by) if day else None
    return Reading("TIME", f"{floor(moved, 'D')}T{found.value('part')}")


def part_next(found: Found, scene: Scene) -> Reading | None:
    """ "the next morning"."""
    base = scene.anchor("D")
    moved = shift(base, "D", 1) if base else None
    return Reading("TIME", f"{floor(moved, 'D')}T{found.value('part')}")


def part_alone(found: Found, scene: Scene) -> Reading | None:
    """ "in the morning": of the day named in the sentence, else of the report's."""
    return Reading("TIME", f"T{found.value('part')}")


def clock(found: Found, scene: Scene) -> Reading | None:
    """ "10:35 p.m.", "noon", "5 o'clock in the afternoon": an hour that still wants its day."""
    if found.has("clock_word"):
        return Reading("TIME", f"T{found.value('clock_word')}")
    hour, minute = found.number("hour"), found.number("minute") or 0
    if hour is None or minute > 59 or (found.has("minute") and len(found.text("minute")) != 2):
        return None
    half = found.text("half").lower()[:1] or ("p" if found.value("part") in {"AF", "EV"} else "")
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return Reading("TIME", f"T{hour:02d}:{minute:02d}") if hour < 24 else None


def military(found: Found, scene: Scene) -> Reading | None:
    """ "0735 GMT"."""
    figures = found.text("military")
    hour, minute = int(figures[:-2] or "99"), int(figures[-2:])
    is_time = len(figures) in {3, 4} and hour < 24 and minute < 60
    return Reading("TIME", f"T{hour:02d}:{minute:02d}") if is_time else None


def set_weekday(found: Found, scene: Scene) -> Reading | None:
    """ "every Monday", "Tuesday nights"."""
    wanted = found.value("weekday") or found.value("weekday", "weekdays")
    part = found.value("part") or found.value("part", "parts")
    return Reading("SET", f"XXXX-WXX-{wanted}{'T' + part if part else ''}")


def set_month(found: Found, scene: Scene) -> Reading | None:
    """ "each July"."""
    return Reading("SET", f"XXXX-{found.value('month')}")


def set_season(found: Found, scene: Scene) -> Reading | None:
    """ "every winter"."""
    return Reading("SET", f"XXXX-{found.value('season') or found.value('season', 'seasons')}")


def set_part(found: Found, scene: Scene) -> Reading | None:
    """ "every night"."""
    return Reading("SET", f"XXXX-XX-XXT{found.value('part')}")


def set_unit(found: Found, scene: Scene) -> Reading | None:
    """ "every day", "twice a week"."""
    return Reading("SET", period_value(1, found.value("unit", "period")))


def rate(found: Found, scene: Scene) -> Reading | None:
    """ "$1 billion a year", "flights per week"; not "after a year"."""
    before = (found.before() or [""])[0]
    cues = found.words.cues
    is_rate = before in cues["rated"] or before.isdigit() or (len(before) > 3 and before.endswith("s") and before not in cues["not_rated"])
    if found.cut.lower[found.first] != "per" and not is_rate:
        return None
    return Reading("SET", period_value(1, found.value("unit", "period")))


def repeated(found: Found, scene: Scene) -> Reading | None:
    """ "daily", "annually"."""
    return Reading("SET", found.value("repeated"))


def reference(found: Found, scene: Scene) -> Reading | None:
    """ "now", "recently"."""
    return Reading("DATE", found.value("ref", "present") or found.value("ref", "recent"))


def one_day(found: Found, scene: Scene) -> Reading | None:
    """ "will one day leave"."""
    return Reading("DATE", "FUTURE_REF" if found.tense == FUTURE or found.before()[0] in found.words.cues["subject"] else "PAST_REF")


def _counted(found: Found, scene: Scene, by: float | None, use_report: bool = False) -> Reading | None:
    """The date so many units from the anchor; a length of time when there is nothing to count from."""
    unit = found.value("unit")
    base = scene.day if use_report else scene.anchor(unit)
    is_unknown = base is None and scene.day is None and not scene.previous
    if by is None or unit[0] == "T" or (base is None and not is_unknown):
        return Reading("DURATION", period_value(None if by is None else abs(by), unit), found.is_hedged)
    fine = {"DE": "Y", "CE": "Y", "FN": "W", "WE": "W", "Q": "M"}.get(unit, unit)
    moved = shift(base, unit, int(by)) if base else None
    return Reading("DATE", floor(moved, fine), found.is_hedged)


def _time_before(found: Found, scene: Scene) -> str | None:
    """For "comes two weeks after …", told in the present: about two weeks before the report, as EDTF."""
    count, unit = found.count(), found.value("unit")
    after = found.cut.lower[found.last + 1 : found.last + 3]
    if scene.day is None or scene.here or count is None or unit[0] == "T" or after != (" ", "after"):
        return None
    if not is_present_at(found.sentence, _place_after(found)):
        return None
    before = shift(scene.day, unit, -int(count))
    return to_edtf(floor(before, unit if unit in {"M", "Y"} else "D"), approximate=True) if before else None


def _place_after(found: Found) -> int:
    """Where what "after" belongs to stands: parsers hang "two weeks" in "comes two weeks after Russia freed her" on "freed"."""
    place = found.cut.starts[found.last + 2]
    token = token_at(found.sentence, place)
    head = -1 if token is None else found.sentence.tokens[token].head
    return found.sentence.tokens[head].start if head >= 0 else place


def _is_age(found: Found) -> bool:
    """ "a 6-year-old boy", "37 years old"."""
    after = "".join(found.cut.lower[found.last + 1 : found.last + 3]).strip(" -")
    return after == "old" and found.value("unit") == "Y"


def _is_part_of_number(found: Found) -> bool:
    """ "a quarter of", "a quarter-century", "three-quarters of": fractions, no times."""
    unit = found.cut.lower[found.piece("unit")]
    return unit == "quarter" or (unit == "quarters" and "-" in found.cut.codes[found.first : found.last])
