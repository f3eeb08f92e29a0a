"""Whether a month's name is a month here, whether four figures are a year, and what year words spell."""

from __future__ import annotations

from hearsay.core.document import Token
from hearsay.resolve.time_found import Found

_SURE_YEARS = range(1900, 2040)
_CENTURY_TURN = 40


def is_month(found: Found, sure: bool = False) -> bool:
    """Whether a month's name is one here: not "may fall", "a march", "Theresa May", "June Carter".

    Args:
        sure: a day or a year stands beside it.
    """
    at = found.piece("month")
    text, token, cues = found.cut.texts[at], found.token, found.words.cues
    if not text[0].isupper():
        return sure and text.lower() not in {"may", "march"}
    if sure:
        return True
    if token is not None and (token.xpos == "MD" or token.entity.endswith("PER")):
        return False
    before = (found.cut.words_before(at) or [""])[0]
    if len(text) <= 4 and text.lower() not in {"june", "july"}:
        return _is_short_month(found, text.lower(), before, token)
    if text.lower() not in cues["namelike"] or before in cues["month_sign"]:
        return True
    after = found.cut.word_after(found.last)
    return not after[:1].isupper() and after not in cues["not_after_month"] and not _follows_name(found)


def _is_short_month(found: Found, text: str, before: str, token: Token | None) -> bool:
    """ "May" and the abbreviations "Jan", "Mar", …: with a stop or a word before them that goes with months."""
    after = found.cut.word_after(found.piece("month"))
    if text != "may":
        return after == "."
    if before in found.words.cues["short_month_sign"] and not after[:1].isupper():
        return True
    return text == "may" and token is not None and token.xpos.startswith("NNP") and before == "the"


def _follows_name(found: Found) -> bool:
    at = found.first - 1
    while at >= 0 and found.cut.texts[at].isspace():
        at -= 1
    return at > 0 and found.cut.texts[at][0].isupper() and not found.cut.texts[at].isupper()


def is_year(found: Found, year: int) -> bool:
    """Whether four figures are a year here: not "$2000", "2000 people", "Orion 1980", "Kopp's 1987 Chevrolet"."""
    before = (found.before() or [""])[0]
    after = found.cut.word_after(found.last)
    cues = found.words.cues
    if before in cues["not_before_year"] or after[:1] in {"%", "$", "°"}:
        return False
    if before == "s" and after[:1].isupper():  # "Kopp's 1987 Chevrolet"
        return False
    if before not in cues["year_sign"]:
        if year not in _SURE_YEARS or _follows_name(found):
            return False
        is_plural = after[:1].islower() and after.endswith("s") and after not in cues["not_counted"]
        if is_plural or after in cues["counted"] or "about" in found.words.values.get(before, {}):
            return False
    return 1000 <= year <= 2100


def full_year(found: Found, name: str) -> int | None:
    """A year of four figures, or of two: of the century that keeps it before 2040."""
    year, figures = found.number(name), found.text(name)
    if year is None or len(figures) not in {2, 4}:
        return None
    return year if len(figures) == 4 else year + (2000 if year < _CENTURY_TURN else 1900)


def spelled_number(found: Found) -> int | None:
    """The year that words spell: "nineteen ninety-seven", "two thousand and four"."""
    start, end = found.match.span("spelled")
    words = found.cut.lower[start:end]
    numbers = [n for i in range(start, end) if (n := found.number_at(i)) is not None]
    if "thousand" in words:
        return 2000 + (numbers[1] if len(numbers) > 1 else 0)
    if len(numbers) < 2 or not 11 <= numbers[0] <= 20:
        return None
    return numbers[0] * 100 + sum(numbers[1:])
