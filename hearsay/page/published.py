"""When a report came out: dates as pages write them → ISO days. Only whole dates count; a day without its year is none.

This reads the dates of pages, in ten languages; expressions inside a report ("Tuesday") are the business of `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = (
    "jan|january|januar|jänner|janvier|enero|janeiro|gennaio|januari|января|січня|ene|gen",
    "feb|february|februar|février|fevrier|febrero|fevereiro|febbraio|februari|февраля|лютого|fév|fev",
    "mar|march|märz|mars|marzo|março|maart|марта|березня|mär|mrz|maret",
    "apr|april|avril|abril|aprile|апреля|квітня|avr|abr",
    "may|mai|mayo|maio|maggio|mei|мая|травня|mag",
    "jun|june|juni|juin|junio|junho|giugno|июня|червня|giu",
    "jul|july|juli|juillet|julio|julho|luglio|июля|липня|juil|lug",
    "aug|august|août|aout|agosto|augustus|августа|серпня|ago|agustus",
    "sep|sept|september|septembre|septiembre|setembro|settembre|сентября|вересня|set",
    "oct|october|oktober|octobre|octubre|outubro|ottobre|октября|жовтня|okt|out|ott",
    "nov|november|novembre|noviembre|novembro|ноября|листопада",
    "dec|december|dezember|décembre|decembre|diciembre|dezembro|dicembre|декабря|грудня|dez|dic|déc|desember|des",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_NAME = "(?P<month>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_FORMS = (
    re.compile(rf"(?<!\d){_YEAR}[-./](?P<month>0?[1-9]|1[0-2])[-./]{_DAY}(?!\d)"),
    re.compile(rf"(?<!\w){_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s+{_YEAR}\b", re.I),
    re.compile(rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|º)?\.?\s*(?:of |de |di )?[\s/-]?{_NAME},?\s*(?:de |del |/|-)?\s*{_YEAR}\b", re.I),
    re.compile(rf"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])[.](?P<month>0?[1-9]|1[0-2])[.]{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}\s*[년年]\s*(?P<month>\d{{1,2}})\s*[월月]\s*{_DAY}\s*[일日]"),
    re.compile(rf"(?<!\d)(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}\.(?P<month>0?[1-9]|1[0-2])\.(?P<short>\d\d)(?!\d)"),
)
_IN_URL = re.compile(
    rf"/{_YEAR}/?(?P<month>0[1-9]|1[0-2]|[1-9])/?{_DAY}(?=[/_.-]|$)|[/_-](?P<year2>(?:19|20)\d\d)-(?P<month2>\d\d)-(?P<day2>\d\d)(?!\d)"
)
_FIRST_DAY = date(1990, 1, 1)


def find_dates(text: str, *, day_first: bool | None = None) -> Iterator[str]:
    """Whole dates in a text, as ISO days, in order of place.

    Args:
        text: any text; its first 2000 letters are read.
        day_first: what "03/04/2020" means; None leaves such a date out, unless one number is over 12.

    >>> list(find_dates("Published Nov. 20, 2019, updated 21 November 2019"))
    ['2019-11-20', '2019-11-21']
    """
    found = [(m.start(), iso) for form in _FORMS for m in form.finditer(text[:2000]) if (iso := _iso(m, day_first))]
    yield from (iso for _, iso in sorted(set(found)))


def first_date(text: str | None, *, day_first: bool | None = None) -> str | None:
    """The first whole date of a text, or None."""
    return next(find_dates(text, day_first=day_first), None) if text else None


def url_date(url: str | None) -> str | None:
    """The day that an address names (`/2019/11/20/`), or None."""
    found = _IN_URL.search(url or "")
    if not found:
        return None
    return _day(found["year"] or found["year2"], found["month"] or found["month2"], found["day"] or found["day2"])


def _iso(found: re.Match[str], day_first: bool | None) -> str | None:
    named = found.groupdict()
    if "short" in named:
        return _day(f"20{named['short']}", named["month"], named["day"])
    if "first" not in named:
        month = named["month"]
        return _day(named["year"], _MONTH.get(month.casefold(), month), named["day"])
    first, second = int(named["first"]), int(named["second"])
    if max(first, second) <= 12 and first != second and day_first is None:
        return None
    is_day_first = first > 12 or (second <= 12 and bool(day_first))
    return _day(named["year"], second if is_day_first else first, first if is_day_first else second)


def _day(year: str | int | None, month: str | int, day: str | int) -> str | None:
    try:
        found = date(int(year or 0), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if _FIRST_DAY <= found <= date.today() + timedelta(days=2) else None
