"""Days as a person reads them."""

from __future__ import annotations

from calendar import monthrange

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spell_day(day: str | None) -> str:
    """A day, month or year.

    >>> spell_day("2022-12-05"), spell_day("2022-12"), spell_day("1989"), spell_day(None)
    ('5 Dec 2022', 'Dec 2022', '1989', '')
    """
    pieces = (day or "").split("-")
    try:
        words = [str(int(pieces[2])) if len(pieces) > 2 else "", MONTHS[int(pieces[1]) - 1] if len(pieces) > 1 else "", pieces[0]]
    except (ValueError, IndexError):
        return day or ""
    return " ".join(w for w in words if w)


def spell_days(first: str | None, last: str | None) -> str:
    """An interval of days, as short as it can be told.

    >>> spell_days("2022-12-05", "2022-12-05"), spell_days("2022-02-01", "2022-02-28"), spell_days("2018-01-01", "2018-12-31")
    ('5 Dec 2022', 'Feb 2022', '2018')
    >>> spell_days("2022-12-05", "2022-12-11"), spell_days("1990-01-01", "1999-12-31"), spell_days(None, None)
    ('5 Dec – 11 Dec 2022', '1990 – 1999', '')
    """
    if not first or not last or first == last:
        return spell_day(first or last)
    if first[5:] == "01-01" and last[5:] == "12-31":
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} – {last[:4]}"
    if first[:7] == last[:7] and first[8:] == "01" and int(last[8:]) == monthrange(int(last[:4]), int(last[5:7]))[1]:
        return spell_day(first[:7])
    start = spell_day(first)
    return f"{start.rpartition(' ')[0] if first[:4] == last[:4] else start} – {spell_day(last)}"
