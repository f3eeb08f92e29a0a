"""Arithmetic on the values of time expressions.

A value is a TIMEX3 string: "2022-12-20", "2022-W51", "2022-12", "2022-Q4", "2022-WI", "2022", "199" (a decade), "19" (a
century). Units are the letters of TIMEX3: D, W, M, Q, Y, DE, CE. Nothing here reads text, and nothing asks the machine's clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

SEASONS = {"SP": ("03-01", 3), "SU": ("06-01", 3), "FA": ("09-01", 3), "WI": ("12-01", 3)}
_EDTF_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_DAYS = {"D": 1, "W": 7, "FN": 14, "WE": 7}
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX", "WE": "XXXX-WXX-WE"}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def parse_day(value: str | None) -> date | None:
    """The day with which a value begins, or None when it names none.

    >>> parse_day("2022-12-20T10:00")
    datetime.date(2022, 12, 20)
    """
    found = _DAY.match(value or "")
    return make_day(*map(int, found.groups())) if found else None


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def floor(day: date | None, unit: str) -> str:
    """The value of the week, month, … that holds a day; with X for every unknown figure when the day is None.

    >>> floor(date(2022, 12, 20), "W"), floor(date(2022, 12, 20), "DE"), floor(None, "M")
    ('2022-W51', '202', 'XXXX-XX')
    """
    if day is None:
        return _UNKNOWN.get(unit, "XXXX-XX-XX")
    year, week, _ = day.isocalendar()
    forms = {
        "W": f"{year}-W{week:02d}", "WE": f"{year}-W{week:02d}-WE", "M": f"{day.year:04d}-{day.month:02d}",
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}", "Y": f"{day.year:04d}", "DE": f"{day.year:04d}"[:3], "CE": f"{day.year:04d}"[:2],
    }  # fmt: skip
    return forms.get(unit, day.isoformat())


def shift(day: date, unit: str, by: int) -> date | None:
    """The day so many units away; the last of its month when the month is shorter; None beyond the calendar.

    >>> shift(date(2022, 3, 31), "M", -1)
    datetime.date(2022, 2, 28)
    """
    if unit not in _MONTHS:
        try:
            return day + timedelta(days=_DAYS.get(unit, 1) * by)
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * by
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def bounds(value: str) -> tuple[date, date] | None:
    """First and last day of a dated value; None for references, durations and values with X.

    >>> bounds("2022-W51")
    (datetime.date(2022, 12, 19), datetime.date(2022, 12, 25))
    """
    for pattern, reader in _READERS:
        found = pattern.fullmatch(value)
        if found:
            first = reader(found)
            last = first and _last_day(first, value)
            return (first, last) if first and last else None
    return None


def granularity(value: str) -> str:
    """The unit of a dated value: D, W, WE, M, Q, Y, DE, CE, a season's letters, or "" when it is none."""
    tail = value[5:7]
    if not value[:2].isdigit():
        return ""
    if len(value) <= 4:
        return {2: "CE", 3: "DE", 4: "Y"}.get(len(value), "")
    if tail in SEASONS:
        return tail
    if tail[:1] in {"W", "Q", "H"}:
        return "WE" if value.endswith("WE") else tail[0]
    return "D" if len(value) >= 10 else "M"


def to_edtf(value: str, approximate: bool = False) -> str | None:
    """The same time in EDTF (ISO 8601-2), an interval where EDTF has no name for it; None where it cannot be said.

    >>> to_edtf("199"), to_edtf("2022-Q3"), to_edtf("2022-W51"), to_edtf("P2W")
    ('199X', '2022-35', '2022-12-19/2022-12-25', None)
    """
    mark = "~" if approximate else ""
    unit = granularity(value)
    if re.fullmatch(r"[\dX]{4}(-[\dX]{2}){0,2}", value) and any(c.isdigit() for c in value):
        return value + mark
    if unit in {"DE", "CE"}:
        return value.ljust(4, "X") + mark
    if unit == "Q" and value[6:].isdigit():
        return f"{value[:5]}{32 + int(value[6])}{mark}"
    if unit in SEASONS:
        return f"{value[:5]}{_EDTF_SEASONS[unit]}{mark}"
    return _moment(value) or _interval(value, mark)


def season_of(day: date) -> tuple[str, int]:
    """The season in which a day lies, and the year in which that season began."""
    letters = ("WI", "SP", "SU", "FA")[day.month % 12 // 3]
    return letters, day.year - (letters == "WI" and day.month < 3)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """The day of a holiday in a year, by the notation of `time_phrases.tsv`.

    >>> holiday("11-4-4", 1999), holiday("easter-2", 2022)
    (datetime.date(1999, 11, 25), datetime.date(2022, 4, 15))
    """
    if not 1583 <= year <= 4099:
        return None
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    if rule == "election":
        return date(year, 11, 2) + timedelta(days=(1 - date(year, 11, 2).weekday()) % 7)
    month, _, rest = rule.partition("-")
    if "-" not in rest:
        return make_day(year, int(month), int(rest))
    weekday, _, nth = rest.partition("-")
    return _nth_weekday(year, int(month), int(weekday), int(nth))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _week(found: re.Match[str]) -> date | None:
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 6 if found[3] else 1)
    except ValueError:
        return None


def _season(found: re.Match[str]) -> date | None:
    return parse_day(f"{found[1]}-{SEASONS[found[2]][0]}")


_READERS = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?"), lambda f: make_day(int(f[1]), int(f[2]), int(f[3]))),
    (re.compile(r"(\d{4})-(\d\d)"), lambda f: make_day(int(f[1]), int(f[2]), 1)),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda f: make_day(int(f[1]), int(f[2]) * 3 - 2, 1)),
    (re.compile(r"(\d{4})-H([12])"), lambda f: make_day(int(f[1]), int(f[2]) * 6 - 5, 1)),
    (re.compile(r"(\d{4})-W(\d\d?)(-WE)?"), _week),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), _season),
    (re.compile(r"\d{2,4}"), lambda f: make_day(int(f[0].ljust(4, "0")), 1, 1)),
)
_LENGTHS = {"WE": ("D", 2), "Q": ("M", 3), "H": ("M", 6), **{unit: (unit, 1) for unit in ("D", "W", "M", "Y", "DE", "CE")}}


def _last_day(first: date, value: str) -> date | None:
    unit, by = _LENGTHS.get(granularity(value), ("M", 3))
    after = shift(first, unit, by)
    return after - timedelta(days=1) if after else None


def _moment(value: str) -> str | None:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?", value)
    return f"{found[1]}T{found[2]}:{found[3]}:{found[4] or '00'}{found[5] or ''}" if found else None


def _interval(value: str, mark: str) -> str | None:
    days = bounds(value)
    if days is None or granularity(value) == "D":
        return None
    return f"{days[0].isoformat()}{mark}/{days[1].isoformat()}{mark}"
