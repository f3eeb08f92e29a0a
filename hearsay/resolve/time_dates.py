"""Readings of expressions that name a day, month, quarter, season, year, decade or century by its own name.

Each function takes what a rule found and the scene, and gives type and value, or None when the words are no time after all.
Without the report's date an incomplete expression gets a value with X ("XXXX-12-09").
"""

from __future__ import annotations

from datetime import date

from hearsay.resolve.calendar import floor, holiday, make_day, parse_day, shift
from hearsay.resolve.tense import FUTURE, PAST
from hearsay.resolve.time_found import Found, Reading, Scene
from hearsay.resolve.time_names import full_year, is_month, is_year, spelled_number

_NEAR_DAYS, _FAR_DAYS = 75, 270
_SOON_MONTHS = 3


def dated(value: str, approximate: bool = False) -> Reading:
    """A DATE."""
    return Reading("DATE", value, approximate)


def numeric_date(found: Found, scene: Scene) -> Reading | None:
    """2022-12-09."""
    day = make_day(found.number("year") or 0, found.number("month") or 0, found.number("day") or 0)
    return dated(day.isoformat()) if day else None


def slash_date(found: Found, scene: Scene) -> Reading | None:
    """12/20/2022 and 20.12.2022: month first unless that is no date; with dots the day first."""
    year, a, b = full_year(found, "year"), found.number("a") or 0, found.number("b") or 0
    if year is None or len(found.text("year")) == 3:
        return None
    day = make_day(year, a, b) or make_day(year, b, a)
    return dated(day.isoformat()) if day else None


def september_11(found: Found, scene: Scene) -> Reading | None:
    """ "the Sept. 11 attacks": the day of 2001."""
    is_it = found.value("month") == "09" and found.number("day") == 11 and (scene.day is None or scene.day >= date(2001, 9, 11))
    return dated("2001-09-11") if is_it else None


def month_day(found: Found, scene: Scene) -> Reading | None:
    """ "Dec. 9", "15 September 2022", "Friday, Oct. 23"."""
    month, day = int(found.value("month")), found.number("day") or found.number("nth") or 0
    if not is_month(found, sure=True):
        return None
    if found.has("year"):
        whole = make_day(full_year(found, "year") or 0, month, day)
        return dated(whole.isoformat()) if whole else None
    if scene.day is None:
        return dated(f"XXXX-{month:02d}-{day:02d}") if make_day(2000, month, day) else None
    tense = {-1: PAST, 0: found.tense, 1: FUTURE}[found.shift]
    best = _by_tense([d for k in (-1, 0, 1) if (d := make_day(scene.day.year + k, month, day))], scene.day, tense)
    return dated(best.isoformat()) if best else None


def day_range_end(found: Found, scene: Scene) -> Reading | None:
    """The "5" of "March 3 to 5" and of "March 3 and 5"; not of "March 3 and 5 people"."""
    after = found.cut.word_after(found.last)
    is_counted = after[:1].islower() and "in" not in found.words.values.get(after, {})
    return None if found.has("joint") and is_counted else month_day(found, scene)


def month_range(found: Found, scene: Scene) -> Reading | None:
    """The "January" of "January through March 2020"."""
    return dated(f"{found.number('year'):04d}-{found.value('month')}") if found.number("year") else None


def month_year(found: Found, scene: Scene) -> Reading | None:
    """ "February 2012", "January nineteen ninety-seven"."""
    year = found.number("year") or spelled_number(found)
    return dated(f"{year:04d}-{found.value('month')}") if year and is_month(found, sure=True) else None


def month_shift(found: Found, scene: Scene) -> Reading | None:
    """ "June last year"."""
    year = f"{scene.day.year + found.shift:04d}" if scene.day else "XXXX"
    return dated(f"{year}-{found.value('month')}")


def named_month(found: Found, scene: Scene) -> Reading | None:
    """ "last February", "next March", "this September": strictly before, strictly after, in the report's year."""
    month = int(found.value("month"))
    if not is_month(found):
        return None
    if scene.day is None:
        return dated(f"XXXX-{month:02d}")
    year = scene.day.year
    if found.shift < 0:
        year -= month >= scene.day.month - 1  # in March, "last February" is not the month that has just ended
    elif found.shift > 0:
        year += month <= scene.day.month
    return dated(f"{year:04d}-{month:02d}")


def month_alone(found: Found, scene: Scene) -> Reading | None:
    """ "in February": the last one, or the next where the clause looks ahead.

    A month that comes within the next three is not last year's, whatever the tense: that would be called "last April".
    """
    month = int(found.value("month"))
    if not is_month(found):
        return None
    if scene.day is None:
        return dated(f"XXXX-{month:02d}")
    year, now = scene.day.year, scene.day.month
    if month > now:
        year -= found.tense != FUTURE and month - now > _SOON_MONTHS
    elif month < now and found.tense == FUTURE:
        year += 1
    return dated(f"{year:04d}-{month:02d}")


def year_alone(found: Found, scene: Scene) -> Reading | None:
    """ "2012", "fiscal 1989"; not a quantity ("2000 people") and not part of a name ("Orion 1980")."""
    year = found.number("year") if found.has("year") else full_year(found, "year2")
    if year is None or not (is_year(found, year) or found.match.end() - found.match.start() > 1):
        return None
    return dated(f"{year:04d}")


def year_range(found: Found, scene: Scene) -> Reading | None:
    """The first year of "2001-02"."""
    first, last = _years_of_range(found)
    return dated(f"{first:04d}") if last else None


def year_range_end(found: Found, scene: Scene) -> Reading | None:
    """The last year of "2001-02"."""
    last = _years_of_range(found)[1]
    return dated(f"{last:04d}") if last else None


def spelled_year(found: Found, scene: Scene) -> Reading | None:
    """ "nineteen ninety-one", "the year two thousand"."""
    year = spelled_number(found)
    return dated(f"{year:04d}") if year and 1100 <= year <= 2100 else None


def decade(found: Found, scene: Scene) -> Reading | None:
    """ "the 1990s", "the '90s", "the nineties"."""
    if found.has("decade_word"):
        return dated(found.value("decade_word"))
    year = found.number("year") if found.has("year") else full_year(found, "year2")
    return dated(f"{year:04d}"[:3]) if year and year % 10 == 0 else None


def century(found: Found, scene: Scene) -> Reading | None:
    """ "the 20th century"."""
    nth = found.number("nth") or 0
    return dated(f"{nth - 1:02d}") if 1 < nth <= 30 else None


def season_year(found: Found, scene: Scene) -> Reading | None:
    """ "the winter of 1994", "summer last year"."""
    year = found.number("year") or (spelled_number(found) if found.has("spelled") else None)
    if found.has("yearshift") and scene.day:
        year = scene.day.year + _shift_of(found, "yearshift")
    return dated(f"{year or 'XXXX'}-{found.value('season')}")


def quarter(found: Found, scene: Scene) -> Reading | None:
    """ "the third quarter", "Q3 2021": of the report's year unless it lies ahead and the clause does not."""
    nth = found.number("nth") or 0
    if not 1 <= nth <= 4:
        return None
    year = found.number("year") or found.number("year2")
    for name in ("yearshift", "shift2"):
        if found.has(name) and scene.day:
            year = scene.day.year + _shift_of(found, name)
    if year is None and scene.day:
        year = _year_of_quarter(nth, scene.day, found)
    scene.quarter = f"{year or 'XXXX'}-Q{nth}"
    return dated(scene.quarter)


def same_quarter(found: Found, scene: Scene) -> Reading | None:
    """ "the latest quarter", "the period": the quarter named last, else the last one that is over."""
    if scene.quarter:
        return dated(scene.quarter)
    if found.cut.lower[found.last] != "quarter" and "latest" not in found.cut.lower[found.first : found.last]:
        return None
    back = shift(scene.day, "Q", -1) if scene.day else None
    return dated(floor(back, "Q"))


def year_ago_quarter(found: Found, scene: Scene) -> Reading | None:
    """ "the year-earlier period": a year before the quarter named last, else the year before the report's."""
    if scene.quarter:
        return dated(f"{int(scene.quarter[:4]) - 1:04d}{scene.quarter[4:]}" if scene.quarter[:4].isdigit() else scene.quarter)
    return dated(f"{scene.day.year - 1:04d}" if scene.day else "XXXX")


def half_year(found: Found, scene: Scene) -> Reading | None:
    """ "the first half of 2022"."""
    nth = found.number("nth") or 0
    year = found.number("year") or (scene.day.year + found.shift if scene.day else None)
    return dated(f"{year or 'XXXX'}-H{nth}") if nth in {1, 2} else None


def week_of(found: Found, scene: Scene) -> Reading | None:
    """ "the week of March 6"."""
    named = month_day(found, scene)
    return dated(floor(parse_day(named.value), "W")) if named else None


def find_holiday(rule: str, scene: Scene, tense: str) -> Reading:
    """The holiday nearest to the report's day, on the side that the tense tells."""
    if scene.day is None:
        is_fixed = rule[:2].isdigit() and rule.count("-") == 1
        return dated(f"XXXX-{rule}" if is_fixed else "XXXX-XX-XX")
    days = [d for k in (-1, 0, 1) if (d := holiday(rule, scene.day.year + k))]
    best = _by_tense(days, scene.day, tense)
    return dated(floor(best, "D"))


def _by_tense(days: list[date], day: date, tense: str) -> date | None:
    """The nearest on the side of the tense, unless that is far and the other side is near."""
    if not days:
        return None
    nearest = min(days, key=lambda d: abs(d - day))
    side = [d for d in days if (d <= day if tense == PAST else d >= day)] if tense else days
    best = min(side, key=lambda d: abs(d - day), default=nearest)
    far, near = abs(best - day).days, abs(nearest - day).days
    return nearest if far > _FAR_DAYS and near < _NEAR_DAYS else best


def _shift_of(found: Found, name: str) -> int:
    held = found.words.values.get(found.cut.lower[found.piece(name)], {})
    return int(held.get("last") or held.get("next") or "0")


def _year_of_quarter(nth: int, day: date, found: Found) -> int:
    now = (day.month + 2) // 3
    if nth > now:
        return day.year if found.tense == FUTURE else day.year - 1
    return day.year + (found.tense == FUTURE and now - nth >= 2)


def _years_of_range(found: Found) -> tuple[int, int]:
    """First and last year; the last is 0 where the figures are no range."""
    first, end = found.number("year") or 0, found.text("year2")
    last = int(str(first)[: 4 - len(end)] + end) if len(end) in {2, 4} else 0
    return first, last if first < last <= first + 150 else 0
