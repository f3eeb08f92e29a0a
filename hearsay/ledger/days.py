"""TIMEX3 values as intervals of days, so that a database can compare them. An open value has none; no clock is asked."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_FORMS = re.compile(r"(?P<year>\d{4})(?:-(?P<rest>.+))?$")
_QUARTER, _HALF, _SEASON = re.compile(r"Q([1-4])$"), re.compile(r"H([12])$"), re.compile(r"(SP|SU|FA|WI)$")
_WEEK, _DAY = re.compile(r"W(\d\d)(-WE|-[1-7])?$"), re.compile(r"(\d\d)-(\d\d)(?:T.*)?$")
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def interval(value: str | None) -> tuple[str, str] | None:
    """First and last day of a value, both YYYY-MM-DD; None where it names no interval (`PAST_REF`, `P3D`, `XXXX-12`).

    >>> interval("2022-02"), interval("2022-W51"), interval("2022-12-20TMO"), interval("199")
    (('2022-02-01', '2022-02-28'), ('2022-12-19', '2022-12-25'), ('2022-12-20', '2022-12-20'), ('1990-01-01', '1999-12-31'))
    """
    text = (value or "").strip()
    if "/" in text:
        first, last = (interval(piece) for piece in text.split("/", 1))
        return (first[0], last[1]) if first and last else None
    try:
        days = _decade(text) or _dated(text)
    except ValueError:  # 2022-02-30
        return None
    return (days[0].isoformat(), days[1].isoformat()) if days else None


def _decade(text: str) -> tuple[date, date] | None:
    if re.fullmatch(r"\d{2,3}", text):
        width = 10 ** (4 - len(text))
        first = max(1, int(text) * width)
        return date(first, 1, 1), date(int(text) * width + width - 1, 12, 31)
    return None


def _dated(text: str) -> tuple[date, date] | None:
    found = _FORMS.match(text)
    if not found:
        return None
    year, rest = int(found["year"]), found["rest"]
    if rest is None:
        return _months(year, 1, 12)
    if m := _DAY.match(rest):
        day = date(year, int(m[1]), int(m[2]))
        return day, day
    if m := _WEEK.match(rest):
        return _week(year, int(m[1]), m[2])
    return _part_of_year(year, rest)


def _part_of_year(year: int, rest: str) -> tuple[date, date] | None:
    if m := _QUARTER.match(rest):
        return _months(year, int(m[1]) * 3 - 2, 3)
    if m := _HALF.match(rest):
        return _months(year, int(m[1]) * 6 - 5, 6)
    if m := _SEASON.match(rest):
        return _months(year, _SEASON_MONTHS[m[1]], 3)
    return _months(year, int(rest), 1) if re.fullmatch(r"\d\d", rest) else None


def _week(year: int, week: int, day: str | None) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    if day == "-WE":
        return monday + timedelta(5), monday + timedelta(6)
    if day:
        monday += timedelta(int(day[1]) - 1)
        return monday, monday
    return monday, monday + timedelta(6)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])
