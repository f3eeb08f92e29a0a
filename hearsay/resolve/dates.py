"""The report's own date where nobody gave it: from a dateline, or from a date that stands like one.

Nothing is guessed: a date without a year is whole only beside a year that is known from elsewhere, a date inside a running sentence is
never the report's own, and the machine's clock is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hearsay.core.document import Document
from hearsay.core.span import Span
from hearsay.resolve.calendar import make_day
from hearsay.resolve.time_words import load_time_words
from hearsay.resolve.when import choose_time, stays_on_day

__all__ = ["choose_time", "date_of_dateline", "infer_date", "stays_on_day"]

_LINES = 12
"""A date that stands like a dateline stands in one of so many first lines."""
_DATELINES, _WIDTH, _HEAD = 5, 90, 4_000
"""A dateline opens one of the first five lines; such dates stand in lines of at most 90 code points, within the first 4,000."""
_CENTURY_TURN = 40
_LABEL = r"(?:(?:last )?(?:published|updated|posted|modified|issued|released|date|on|at)[\s:]*(?:on |at )?)*"
_CLOCK = r"(?:[\s,|•·-]*(?:at\s+)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,5}\)?)?)?"
_DATELINE_END = re.compile(r"\s(?:--|—|–|-)\s|\)\s*(?:--|—|–|-|:)|\[text\]", re.IGNORECASE)


def date_of_dateline(text: str, span: tuple[int, int], year: int | None = None) -> str | None:
    """The date in a dateline: whole ("2022-12-09"), or with an open year ("XXXX-12-09"); None when it has none.

    Args:
        text: the report.
        span: where the dateline stands in it.
        year: the year to take for a date that names none.

    >>> date_of_dateline("SAN SALVADOR, 3 JAN 90 --", (0, 25))
    '1990-01-03'
    >>> date_of_dateline("KYIV, Dec 9 (Reuters) -", (0, 23)), date_of_dateline("KYIV, Dec 9 (Reuters) -", (0, 23), 2022)
    ('XXXX-12-09', '2022-12-09')
    """
    found = _date_pattern().search(text, *span)
    return _value(found, year) if found else None


def infer_date(document: Document) -> tuple[str, str] | None:
    """The report's date with "dateline" or "text", where it stands in full in such a place; None otherwise."""
    for span in _datelines(document):
        value = date_of_dateline(document.text, span)
        if value and value[0] != "X":
            return value, "dateline"
    for span in _first_lines(document):
        found = _date_line().fullmatch(document.text, *span)
        value = _value(found, None) if found else None
        if value and value[0] != "X":
            return value, "text"
    return None


def _datelines(document: Document) -> Iterator[Span]:
    """Datelines of the report itself, and what stands before the dash at the start of one of its first lines."""
    for part in document.article.parts:
        if part.kind == "dateline" and part.story == 0:
            yield part.span
    for line in _lines(document.text)[:_DATELINES]:
        opening = _DATELINE_END.search(document.text, line.start, min(line.end, line.start + _WIDTH))
        if opening and _is_opening(document.text[line.start : opening.start()]):
            yield Span(line.start, opening.end())


def _is_opening(words: str) -> bool:
    """Whether words before a dash look like a place and date, not like a sentence."""
    return bool(re.match(r"[\[(\s]*[A-Z][A-Z.'’ ]{2,}[,(\s]", words)) and not re.search(r"\b(?:is|was|were|has|had|said)\b", words)


def _first_lines(document: Document) -> Iterator[Span]:
    """The first lines of the report that are short and no piece of its running text."""
    running = [p.span for p in document.article.parts if p.kind in {"body", "caption", "teaser_deck"}]
    for line in _lines(document.text):
        if line.length <= _WIDTH and not any(r.holds(line) and r.length > line.length for r in running):
            yield line


def _lines(text: str) -> list[Span]:
    """The first lines that are not blank, without the white space around them."""
    out: list[Span] = []
    for found in re.finditer(r"[^\n]*\S[^\n]*", text[:_HEAD]):
        out.append(Span(*found.span()).trim(text))
        if len(out) == _LINES:
            break
    return out


@cache
def _date_pattern() -> re.Pattern[str]:
    return re.compile(_date(), re.IGNORECASE)


@cache
def _date_line() -> re.Pattern[str]:
    """A line that holds a date and, apart from a byline before a bar, little else."""
    return re.compile(rf"(?:[^\n]{{0,60}}?[|•·–—]\s*)?{_LABEL}{_date()}{_CLOCK}\s*(?:[|•·][^\n]{{0,40}})?\.?", re.IGNORECASE)


def _date() -> str:
    """A date in words or figures; the year may be missing, or of two figures after day and month."""
    words = load_time_words().values
    months = "|".join(sorted((w for w, held in words.items() if "month" in held), key=len, reverse=True))
    days = "|".join(sorted((w for w, held in words.items() if "weekday" in held or "weekday_short" in held), key=len, reverse=True))
    return (
        rf"(?:\b(?:{days})\b\.?,?\s+)?(?:"
        rf"(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)"
        rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m2>{months})\b\.?,?(?:[\s-]+'?(?P<y2>\d{{4}}|\d{{2}})\b(?!:))?"
        rf"|\b(?P<m3>{months})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>\d{{4}})\b)?"
        rf"|(?<!\d)(?P<m4>\d{{1,2}})/(?P<d4>\d{{1,2}})/(?P<y4>\d{{4}})(?!\d))"
    )


def _value(found: re.Match[str], year: int | None) -> str | None:
    which = next(k for k in "1234" if found[f"d{k}"])
    day, month = int(found[f"d{which}"]), _month(found[f"m{which}"])
    if which == "4" and month > 12:
        day, month = month, day
    named = found[f"y{which}"]
    if named is None and year is None:
        return f"XXXX-{month:02d}-{day:02d}" if make_day(2000, month, day) else None
    whole = make_day(_full(int(named)) if named else year or 0, month, day)
    return whole.isoformat() if whole else None


def _month(words: str) -> int:
    return int(words) if words.isdigit() else int(load_time_words().values[words.lower()]["month"])


def _full(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)
