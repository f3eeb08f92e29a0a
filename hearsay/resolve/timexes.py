"""Time expressions of a report, with TIMEX3 types and values and EDTF where EDTF can say it.

What to look for stands in `data/languages/<code>/time_rules.tsv`; what it means in `time_dates`, `time_relative` and
`time_spans`. Here the longest match at the leftmost place is read first, hours are given their day, ranges their other end,
and records are made. Which event a time belongs to is for `when`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from itertools import zip_longest

from hearsay.core.document import Document, Sentence
from hearsay.core.records import Provenance, Timex
from hearsay.core.span import Span
from hearsay.resolve import time_dates, time_relative, time_spans
from hearsay.resolve.calendar import floor, granularity, holiday, parse_day, shift, to_edtf
from hearsay.resolve.tense import tense_at
from hearsay.resolve.time_found import Found, Reading, Scene
from hearsay.resolve.time_match import find_matches
from hearsay.resolve.time_words import Cut, Phrase, TimeWords, load_time_words
from hearsay.resolve.when import choose_time

__all__ = ["choose_time", "find_timexes"]

_MODULES = (time_dates, time_relative, time_spans)
_JOINING = re.compile(r"[ ,]*(?:on )?")
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s(?:(?:early|late|mid)[ -])?")
_THROUGH = frozenset({"to", "through", "until", "till", "-", "–", "—"})
_DAY_REACH = 60
_FIRST_YEAR, _LAST_YEAR = 1500, 9000
_SURE, _UNSURE = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class _Item:
    """A read expression: its place, its reading and the name of what read it."""

    span: Span
    reading: Reading
    rule: str


def find_timexes(document: Document, date: str | None, language: str = "en") -> tuple[Timex, ...]:
    """Time expressions of all sentences, in order.

    Args:
        document: sentences with or without tags; without them the tense of a clause is told from its words.
        date: the report's own date (ISO, an hour may follow); None leaves what depends on it with X.
        language: whose tables to use.
    """
    words = load_time_words(language)
    scene, story = Scene(_report_day(date)), 0
    out: list[Timex] = []
    for sentence in document.sentences:
        now = _story(document, sentence)
        if now != story:
            story, scene = now, Scene(scene.day)
        out += _read_sentence(document.text, sentence, scene, words)
    return tuple(out)


def _report_day(date: str | None) -> Date | None:
    """The report's day; None for one so far off that its neighbours fall out of the calendar."""
    day = parse_day(date)
    return day if day and _FIRST_YEAR <= day.year < _LAST_YEAR else None


def _story(document: Document, sentence: Sentence) -> int:
    parts = document.article.parts
    return parts[sentence.part].story if 0 <= sentence.part < len(parts) else 0


def _read_sentence(text: str, sentence: Sentence, scene: Scene, words: TimeWords) -> list[Timex]:
    cut = words.cut(sentence.span.of(text), sentence.span.start)
    scene.here = ""
    items = _join_hours(_order_ranges(list(_read_pieces(cut, sentence, scene, words)), text), text, scene)
    return [_record(item, following, text) for item, following in zip_longest(items, items[1:])]


def _read_pieces(cut: Cut, sentence: Sentence, scene: Scene, words: TimeWords) -> Iterator[_Item]:
    """The longest match at each place that its reading accepts, from the left."""
    taken = 0
    for start, end, found in find_matches(cut, sentence, words):
        if start < taken:
            continue
        is_phrase = isinstance(found, Phrase)
        reading = _read_phrase(found, cut, sentence, scene, words, start) if isinstance(found, Phrase) else _read_rule(found, scene)
        span = Span(cut.starts[start], cut.end(end - 1))
        if reading is None or (not is_phrase and _is_in_name(sentence, span)):
            taken = end if is_phrase else taken
            continue
        taken = end
        scene.note(reading)
        yield _Item(span, reading, found.place if isinstance(found, Phrase) else found.rule.name)


def _read_rule(found: Found, scene: Scene) -> Reading | None:
    return _readings()[found.rule.reading](found, scene)


@cache
def _readings() -> dict[str, Callable[[Found, Scene], Reading | None]]:
    """Functions by the names in the column `reading`."""
    own = [(m.__name__, name, f) for m in _MODULES for name, f in vars(m).items() if callable(f)]
    return {name: f for module, name, f in own if f.__module__ == module and not name.startswith("_")}


def _read_phrase(phrase: Phrase, cut: Cut, sentence: Sentence, scene: Scene, words: TimeWords, start: int) -> Reading | None:
    """A holiday by the tense around it or the year after it; None for a name that is no time."""
    end = start + len(phrase.pieces)
    if phrase.kind == "name":
        return None
    if phrase.kind in {"fixed", "ref"}:
        return Reading("DATE", phrase.value)
    year = "".join(cut.texts[end : end + 2]).strip()
    if re.fullmatch(r"[12]\d{3}", year):
        reading = time_dates.dated(floor(holiday(phrase.value, int(year)), "D"))
    else:
        reading = time_dates.find_holiday(phrase.value, scene, _tense(cut, sentence, words, start, end))
    return time_dates.dated(floor(parse_day(reading.value), "W")) if phrase.kind == "week" else reading


def _tense(cut: Cut, sentence: Sentence, words: TimeWords, start: int, end: int) -> str:
    """The tense around a holiday; "last" and "next" before it are as good."""
    before = cut.words_before(start)
    if before and before[0] in {"last", "past"}:
        return "past"
    return "future" if before[:1] == ["next"] else tense_at(sentence, cut, start, end - 1, words)


def _is_in_name(sentence: Sentence, span: Span) -> bool:
    """Whether the tagger takes the words for a piece of a longer name, as in "Sunday Tribune"."""
    return any(name.kind != "LOC" and name.span.holds(span) and name.span.length > span.length for name in sentence.names)


def _order_ranges(items: list[_Item], text: str) -> list[_Item]:
    """ "from Monday to Wednesday": the second day of a range is not before the first."""
    out = items[:1]
    for item in items[1:]:
        first, last = parse_day(out[-1].reading.value), parse_day(item.reading.value)
        gap = text[out[-1].span.end : item.span.start].strip()
        if {out[-1].rule, item.rule} == {"weekday"} and gap in _THROUGH and first and last and last < first:
            item = _Item(item.span, time_dates.dated(floor(shift(last, "D", 7), "D")), item.rule)
        out.append(item)
    return out


def _join_hours(items: list[_Item], text: str, scene: Scene) -> list[_Item]:
    """Hours and parts of the day with their day: that of the expression beside them, of the sentence, or of the report."""
    out: list[_Item] = []
    for i, item in enumerate(items):
        following = items[i + 1] if i + 1 < len(items) else None
        if out and out[-1].span.end > item.span.start:
            continue
        if not item.reading.value.startswith("T"):
            out.append(item)
            continue
        beside = following if following and _is_beside(item, following, text) else None
        day = _day_for(item, beside, out, following, scene)
        span = Span(item.span.start, beside.span.end) if beside else item.span
        out.append(_Item(span, Reading("TIME", day + item.reading.value), item.rule))
    return out


def _is_beside(item: _Item, following: _Item, text: str) -> bool:
    gap = text[item.span.end : following.span.start]
    return granularity(following.reading.value) == "D" and "T" not in following.reading.value and bool(_JOINING.fullmatch(gap))


def _day_for(item: _Item, beside: _Item | None, before: list[_Item], after: _Item | None, scene: Scene) -> str:
    near = [beside, before[-1] if before else None, after]
    for other in near:
        if other and granularity(other.reading.value) == "D" and abs(other.span.start - item.span.start) < _DAY_REACH:
            return other.reading.value[:10]
    return floor(scene.day, "D")


def _record(item: _Item, following: _Item | None, text: str) -> Timex:
    """The record; the first end of a range carries the whole range as EDTF."""
    reading = item.reading
    edtf = to_edtf(reading.value, reading.approximate) if reading.type in {"DATE", "TIME"} else reading.edtf
    if following and edtf and _RANGE.fullmatch(text[item.span.end : following.span.start]):
        edtf = _range(item, following, text) or edtf
    score = _UNSURE if "X" in reading.value else _SURE
    return Timex(item.span, reading.type, reading.value, Provenance("times", item.rule, score), edtf)


def _range(item: _Item, following: _Item, text: str) -> str | None:
    """ "2014/2016" for "from 2014 to 2016" and "between 2014 and 2016"; None for a mere list of two."""
    gap = text[item.span.end : following.span.start].strip()
    opening = text[max(0, item.span.start - 9) : item.span.start].split()
    is_list = gap in {"and", "or"} and opening[-1:] != ["between"]
    is_same = granularity(item.reading.value) == granularity(following.reading.value) in {"D", "M", "Y", "DE"}
    if is_list or not is_same or item.reading.value >= following.reading.value:
        return None
    first, last = to_edtf(item.reading.value), to_edtf(following.reading.value)
    return f"{first}/{last}" if first and last else None
