"""Readings of expressions that name a day, week, month, quarter, season, year, decade or century.

Each function takes what a rule found and the scene, and gives type and value, or None when the words are no time after all.
Without the report's date a relative expression gets a value with X ("XXXX-WXX-2").
"""

from __future__ import annotations

from datetime import date, timedelta

from hearsay.resolve.calendar import SEASONS, bounds, floor, holiday, make_day, parse_day, season_of, shift
from hearsay.resolve.tense import FUTURE, PAST
from hearsay.resolve.time_found import Found, Reading, Scene

_NEAR_DAYS, _FAR_DAYS = 60, 270
_SURE_YEARS = range(1900, 2040)
_NAMELIKE = frozenset({"may", "march", "mar", "april", "june", "august", "jan", "dec", "sun"})
_YEAR_SIGNS = frozenset({"in", "since", "of", "by", "until", "from", "year", "before", "after", "circa", "between", "to", "and", "through"})
_MONTH_SIGNS = frozenset({
    "in", "of", "since", "until", "till", "by", "from", "through", "during", "before", "after", "between", "early", "late", "mid", "last",
    "next", "this", "every", "each", "for", ",", "(", "to", "around",
})  # fmt: skip


def dated(value: str, approximate: bool = False) -> Reading:
    """A DATE."""
    return Reading("DATE", value, approximate)


def numeric_date(found: Found, scene: Scene) -> Reading | None:
    """2022-12-09."""
    day = make_day(found.number("year") or 0, found.number("month") or 0, found.number("day") or 0)
    return dated(day.isoformat()) if day else None


def slash_date(found: Found, scene: Scene) -> Reading | None:
    """12/20/2022 and 20.12.2022: month first unless that is no date; with dots the day first."""
    year, a, b = _full_year(found, "year"), found.number("a") or 0, found.number("b") or 0
    if year is None or len(found.text("year")) == 3:
        return None
    day = make_day(year, a, b) or make_day(year, b, a)
    return dated(day.isoformat()) if day else None


def september_11(found: Found, scene: Scene) -> Reading | None:
    """"the Sept. 11 attacks": the day of 2001."""
    is_it = found.value("month") == "09" and found.number("day") == 11 and (scene.day is None or scene.day >= date(2001, 9, 11))
    return dated("2001-09-11") if is_it else None


def month_day(found: Found, scene: Scene) -> Reading | None:
    """"Dec. 9", "15 September 2022", "Friday, Oct. 23"."""
    month, day = int(found.value("month")), found.number("day") or found.number("nth") or 0
    if not _is_month(found, sure=True):
        return None
    if found.has("year"):
        whole = make_day(_full_year(found, "year") or 0, month, day)
        return dated(whole.isoformat()) if whole else None
    if scene.day is None:
        return dated(f"XXXX-{month:02d}-{day:02d}") if make_day(2000, month, day) else None
    best = _nearest([make_day(scene.day.year + k, month, day) for k in (-1, 0, 1)], scene.day, found)
    return dated(best.isoformat()) if best else None


def month_year(found: Found, scene: Scene) -> Reading | None:
    """"February 2012", "January nineteen ninety-seven"."""
    year = found.number("year") or _spelled(found)
    return dated(f"{year:04d}-{found.value('month')}") if year and _is_month(found, sure=True) else None


def month_shift(found: Found, scene: Scene) -> Reading | None:
    """"June last year"."""
    year = f"{scene.day.year + found.shift:04d}" if scene.day else "XXXX"
    return dated(f"{year}-{found.value('month')}")


def named_month(found: Found, scene: Scene) -> Reading | None:
    """"last February", "next March", "this September": strictly before, strictly after, in the report's year."""
    month = int(found.value("month"))
    if not _is_month(found):
        return None
    if scene.day is None:
        return dated(f"XXXX-{month:02d}")
    year = scene.day.year
    if found.shift < 0:
        year -= month >= scene.day.month
    elif found.shift > 0:
        year += month <= scene.day.month
    return dated(f"{year:04d}-{month:02d}")


def month_alone(found: Found, scene: Scene) -> Reading | None:
    """"in February": the last one, or the next where the clause looks ahead."""
    month = int(found.value("month"))
    if not _is_month(found):
        return None
    if scene.day is None:
        return dated(f"XXXX-{month:02d}")
    year, now = scene.day.year, scene.day.month
    year += month < now if found.tense == FUTURE else -(month > now)
    return dated(f"{year:04d}-{month:02d}")


def year_alone(found: Found, scene: Scene) -> Reading | None:
    """"2012", "fiscal 1989"; not a quantity ("2000 people") and not part of a name ("Orion 1980")."""
    year = found.number("year") if found.has("year") else _full_year(found, "year2")
    if year is None or not (_is_year(found, year) or found.match.end() - found.match.start() > 1):
        return None
    return dated(f"{year:04d}")


def year_range(found: Found, scene: Scene) -> Reading | None:
    """The first year of "2001-02"."""
    first, end = found.number("year") or 0, found.text("year2")
    last = int(str(first)[: 4 - len(end)] + end) if len(end) in {2, 4} else 0
    return dated(f"{first:04d}") if first < last <= first + 150 else None


def spelled_year(found: Found, scene: Scene) -> Reading | None:
    """"nineteen ninety-one", "the year two thousand"."""
    year = _spelled(found)
    return dated(f"{year:04d}") if year and 1100 <= year <= 2100 else None


def decade(found: Found, scene: Scene) -> Reading | None:
    """"the 1990s", "the '90s", "the nineties"."""
    if found.has("decade_word"):
        return dated(found.value("decade_word"))
    year = found.number("year") if found.has("year") else _full_year(found, "year2")
    return dated(f"{year:04d}"[:3]) if year and year % 10 == 0 else None


def century(found: Found, scene: Scene) -> Reading | None:
    """"the 20th century"."""
    nth = found.number("nth") or 0
    return dated(f"{nth - 1:02d}") if 1 < nth <= 30 else None


def season_year(found: Found, scene: Scene) -> Reading | None:
    """"the winter of 1994", "summer last year"."""
    year = found.number("year") or (_spelled(found) if found.has("spelled") else None)
    if found.has("yearshift") and scene.day:
        year = scene.day.year + _shift_of(found, "yearshift")
    return dated(f"{year or 'XXXX'}-{found.value('season')}")


def season_shift(found: Found, scene: Scene) -> Reading | None:
    """"last fall", "this summer", "next spring"."""
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
    """"in the summer": the last begun, or the next where the clause looks ahead."""
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


def quarter(found: Found, scene: Scene) -> Reading | None:
    """"the third quarter", "Q3 2021": of the report's year unless it lies ahead and the clause does not."""
    nth = found.number("nth") or 0
    if not 1 <= nth <= 4:
        return None
    year = found.number("year") or found.number("year2")
    for name in ("yearshift", "shift2"):
        if found.has(name) and scene.day:
            year = scene.day.year + _shift_of(found, name)
    if year is None and scene.day:
        year = _year_of_quarter(nth, scene.day, found)
    return dated(f"{year or 'XXXX'}-Q{nth}")


def same_quarter(found: Found, scene: Scene) -> Reading | None:
    """"the latest quarter", "the period": the quarter named last, else the last one that is over."""
    if scene.quarter:
        return dated(scene.quarter)
    if "quarter" not in found.cut.lower[found.last]:
        return None
    back = shift(scene.day, "Q", -1) if scene.day else None
    return dated(floor(back, "Q"))


def year_ago_quarter(found: Found, scene: Scene) -> Reading | None:
    """"the year-earlier period": a year before the quarter named last, else the year before the report's."""
    if scene.quarter:
        return dated(f"{int(scene.quarter[:4]) - 1:04d}{scene.quarter[4:]}" if scene.quarter[:4].isdigit() else scene.quarter)
    return dated(f"{scene.day.year - 1:04d}" if scene.day else "XXXX")


def half_year(found: Found, scene: Scene) -> Reading | None:
    """"the first half of 2022"."""
    nth = found.number("nth") or 0
    year = found.number("year") or (scene.day.year + found.shift if scene.day else None)
    return dated(f"{year or 'XXXX'}-H{nth}") if nth in {1, 2} else None


def weekday(found: Found, scene: Scene) -> Reading | None:
    """"Tuesday", "last Friday", "Friday morning": by the tense of its clause, the report's own day included."""
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
    """"this coming Sunday", "this past Sunday"."""
    wanted = int(found.value("weekday"))
    if scene.day is None:
        return dated(f"XXXX-WXX-{wanted}")
    back = (scene.day.isoweekday() - wanted) % 7
    day = shift(scene.day, "D", -(back or 7) if "past" in found.cut.lower[found.first : found.last] else (-back) % 7 or 7)
    return dated(floor(day, "D"))


def weekday_week(found: Found, scene: Scene) -> Reading | None:
    """"Thursday of last week"."""
    wanted = int(found.value("weekday"))
    if scene.day is None:
        return dated(f"XXXX-WXX-{wanted}")
    return dated(floor(shift(scene.day, "D", wanted - scene.day.isoweekday() + 7 * found.shift), "D"))


def week_of(found: Found, scene: Scene) -> Reading | None:
    """"the week of March 6"."""
    named = month_day(found, scene)
    return dated(floor(parse_day(named.value), "W")) if named else None


def deictic(found: Found, scene: Scene) -> Reading | None:
    """"today", "yesterday", "tomorrow morning"."""
    day = shift(scene.day, "D", int(found.value("deictic"))) if scene.day else None
    if found.has("part"):
        return Reading("TIME", f"{floor(day, 'D')}T{found.value('part')}")
    return dated(floor(day, "D"))


def day_before(found: Found, scene: Scene) -> Reading | None:
    """"the day before yesterday", "the day before last Tuesday"."""
    base = deictic(found, scene) if found.has("deictic") else weekday(found, scene)
    day = parse_day(base.value) if base else None
    is_before = "before" in found.cut.lower[found.first : found.last]
    return dated(floor(day + timedelta(days=-1 if is_before else 1) if day else None, "D"))


def unit_shift(found: Found, scene: Scene) -> Reading | None:
    """"last month", "next week", "this year"."""
    unit = found.value("unit", "period") or "CE"
    if unit[0] == "T" or unit in {"D", "FN"}:
        return _neighbour(found, scene, unit) if unit == "D" and found.shift else None
    day = shift(scene.day, unit, found.shift) if scene.day else None
    return dated(floor(day, unit))


def following_unit(found: Found, scene: Scene) -> Reading | None:
    """"the following year", "the next day", "the previous month": beside the date read last."""
    return _neighbour(found, scene, found.value("unit", "anaphor_unit"))


def that_unit(found: Found, scene: Scene) -> Reading | None:
    """"that year", "later in the day", "the week": the one that holds the date read last."""
    unit = found.value("unit", "anaphor_unit")
    is_the = found.cut.lower[found.first] == "the" and not found.has("that")
    day = scene.day if is_the or not scene.previous else scene.anchor(unit)
    return dated(floor(day, unit))


def end_of(found: Found, scene: Scene) -> Reading | None:
    """"the end of the month"."""
    unit = found.value("unit", "period")
    day = shift(scene.day, unit, found.shift) if scene.day else None
    return dated(floor(day, unit)) if unit[0] != "T" and unit != "D" else None


def year_end(found: Found, scene: Scene) -> Reading | None:
    """"year-end": the last day."""
    unit = found.value("unit", "period")
    whole = bounds(floor(scene.day, unit)) if scene.day and unit in {"Y", "M", "Q"} else None
    return dated(whole[1].isoformat()) if whole else None


def weekend(found: Found, scene: Scene) -> Reading | None:
    """"over the weekend": the last one, or the coming one where the clause looks ahead."""
    if scene.day is None:
        return dated("XXXX-WXX-WE")
    is_on = scene.day.isoweekday() >= 6
    by = found.shift
    if not found.has("shift"):
        by = 0 if is_on or found.tense == FUTURE else -1
    return dated(floor(shift(scene.day, "W", by), "WE"))


def find_holiday(rule: str, scene: Scene, tense: str) -> Reading:
    """The holiday nearest to the report's day, on the side that the tense tells."""
    if scene.day is None:
        is_fixed = rule[:2].isdigit() and rule.count("-") == 1
        return dated(f"XXXX-{rule}" if is_fixed else "XXXX-XX-XX")
    days = [d for k in (-1, 0, 1) if (d := holiday(rule, scene.day.year + k))]
    best = _by_tense(days, scene.day, tense)
    return dated(floor(best, "D"))


def _neighbour(found: Found, scene: Scene, unit: str) -> Reading | None:
    base = scene.anchor(unit)
    by = found.shift or 1
    return dated(floor(shift(base, unit, by) if base else None, unit))


def _nearest(days: list[date | None], day: date, found: Found) -> date | None:
    return _by_tense([d for d in days if d], day, found.tense)


def _by_tense(days: list[date], day: date, tense: str) -> date | None:
    """The nearest on the side of the tense, unless that is far and the other side is near."""
    if not days:
        return None
    nearest = min(days, key=lambda d: abs(d - day))
    side = [d for d in days if (d <= day if tense == PAST else d >= day)] if tense else days
    best = min(side, key=lambda d: abs(d - day), default=nearest)
    far, near = abs(best - day).days, abs(nearest - day).days
    return nearest if far > _FAR_DAYS and near < _NEAR_DAYS else best


def _full_year(found: Found, name: str) -> int | None:
    """A year of four figures, or of two: of the century that keeps it before 2040."""
    year, figures = found.number(name), found.text(name)
    if year is None or len(figures) not in {2, 4}:
        return None
    return year if len(figures) == 4 else year + (2000 if year < 40 else 1900)


def _shift_of(found: Found, name: str) -> int:
    held = found.words.values.get(found.cut.lower[found.piece(name)], {})
    return int(held.get("last") or held.get("next") or "0")


def _year_of_quarter(nth: int, day: date, found: Found) -> int:
    now = (day.month + 2) // 3
    if nth > now:
        return day.year if found.tense == FUTURE else day.year - 1
    return day.year + (found.tense == FUTURE and now - nth >= 2)


def _spelled(found: Found) -> int | None:
    """The year that words spell: "nineteen ninety-seven", "two thousand and four"."""
    start, end = found.match.span("spelled")
    words = found.cut.lower[start:end]
    numbers = [n for i in range(start, end) if (n := found.number_at(i)) is not None]
    if "thousand" in words:
        return 2000 + (numbers[1] if len(numbers) > 1 else 0)
    if len(numbers) < 2 or not 11 <= numbers[0] <= 20:
        return None
    return numbers[0] * 100 + sum(numbers[1:])


def _is_month(found: Found, sure: bool = False) -> bool:
    """Whether a month's name is one here: not "may fall", "a march", "Theresa May", "June Carter".

    Args:
        sure: a day or a year stands beside it.
    """
    at = found.piece("month")
    text, token = found.cut.texts[at], found.token
    if not text[0].isupper():
        return sure and text.lower() not in {"may", "march"}
    if sure:
        return True
    if token is not None and (token.xpos == "MD" or token.entity.endswith("PER")):
        return False
    before = found.cut.words_before(at)
    if text.lower() not in _NAMELIKE or (before and before[0] in _MONTH_SIGNS):
        return True
    if text.lower() in {"mar", "sun", "jan", "dec", "may"}:
        return token is not None and token.xpos.startswith("NNP") and bool(before) and before[0] == "the"
    after = found.cut.word_after(found.last)
    return not after[:1].isupper() and after not in {"on", "for", "against", "to", "of"} and not _follows_name(found)


def _follows_name(found: Found) -> bool:
    at = found.first - 1
    while at >= 0 and found.cut.texts[at].isspace():
        at -= 1
    return at > 0 and found.cut.texts[at][0].isupper() and not found.cut.texts[at].isupper()


def _is_year(found: Found, year: int) -> bool:
    before = (found.before() or [""])[0]
    after = found.cut.word_after(found.last)
    if before in {"$", "#", "£", "€", "%", "at", "@", "no"} or after[:1] in {"%", "$", "°"}:
        return False
    if before not in _YEAR_SIGNS:
        if year not in _SURE_YEARS or _follows_name(found):
            return False
        if after[:1].islower() and after.endswith("s") and after not in {"was", "is", "has", "as", "does", "this"}:
            return False
    return 1000 <= year <= 2100
