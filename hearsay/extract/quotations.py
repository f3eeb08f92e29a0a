"""Quotation marks -> quotations, over sentences and paragraphs, lost marks included.

A quotation is a stretch of one paragraph; one that runs over paragraphs is several, each pointing at the one before.
Marks never need to balance: a closing mark alone opens its quotation at the paragraph's start, an opening mark alone
closes it at the paragraph's end. Nothing here asks who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hearsay.core.document import READ_KINDS, Document
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table

MARKS = "languages/en/quote_marks.tsv"
SPEECH_VERBS = "languages/en/speech_verbs.tsv"
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u200b\u2009([{<-–—―/=*>“‘«„\"'‚‹…:")
_DIGITS = frozenset("0123456789")
_OPENERS = frozenset("“\"„«‟＂″”")
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?…])[’'](?=\s|$)")
_SINGLE_MARKS = frozenset("’'")
_SINGLE_OPEN = re.compile(r"[‘']")
_STOP = re.compile(r"[.!?…]\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks in one paragraph.

    `span` includes its marks; `opened` and `closed` say whether the marks are there. `level` is double or single.
    `before` is the index of the quotation in an earlier paragraph that this one carries on.
    """

    span: Span
    level: str = "double"
    opened: bool = True
    closed: bool = True
    before: int | None = None
    paragraph: int = 0

    @property
    def inner(self) -> Span:
        """Without its marks (marks of two letters keep one)."""
        return Span(self.span.start + self.opened, self.span.end - self.closed)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Closing marks by opening mark, straight marks, closing marks: of one level."""

    pairs: dict[str, frozenset[str]]
    straight: frozenset[str]
    closing: frozenset[str]
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def _marks(level: str) -> _Marks:
    rows = [r for r in read_table(MARKS) if r["level"] == level]
    pairs = {r["open"]: frozenset(s["close"] for s in rows if s["open"] == r["open"]) for r in rows}
    straight = frozenset(r["open"] for r in rows if r["kind"] == "straight")
    closing = frozenset(r["close"] for r in rows)
    every = sorted({*pairs, *closing}, key=lambda m: (-len(m), m))
    return _Marks(pairs, straight, closing, re.compile("|".join(map(re.escape, every))))


def split_paragraphs(text: str, span: Span) -> list[Span]:
    """Lines of a place in a text that are not blank, without white space at their ends."""
    out, at = [], span.start
    for line in span.of(text).split("\n"):
        place = Span(at, at + len(line)).trim(text)
        if place.length:
            out.append(place)
        at += len(line) + 1
    return out


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Quotations of one story, in text order.

    Args:
        paragraphs: its paragraphs in order, as spans of `text`.
    """
    out: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found = _find_double(text, paragraph, goes_on=after is not None and text[after.start] in _OPENERS)
        taken = [q.span for q in found]
        found += [q for q in _find_single(text, paragraph) if not any(_crosses(q.span, t) for t in taken)]
        begin = len(out)
        out.extend(replace(q, paragraph=number) for q in sorted(found, key=lambda q: (q.span.start, -q.span.end)))
        _join_paragraphs(text, paragraphs, out, begin, number)
    return tuple(out)


def _join_paragraphs(text: str, paragraphs: Sequence[Span], out: list[Quotation], begin: int, number: int) -> None:
    """A paragraph that opens with a mark carries on the one before, if that was left open."""
    first = next((i for i in range(begin, len(out)) if out[i].level == "double"), None)
    last = next((i for i in reversed(range(begin)) if out[i].level == "double"), None)
    if first is None or last is None or out[last].closed or out[last].paragraph != number - 1:
        return
    if out[first].span.start == paragraphs[number].start:
        out[first] = replace(out[first], before=last)


def _crosses(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.holds(other) and not other.holds(one)


def _find_double(text: str, paragraph: Span, *, goes_on: bool = False) -> list[Quotation]:
    """Quotations between double marks of a paragraph.

    Args:
        goes_on: whether the next paragraph opens with a mark, so that a lost closing mark is no slip.
    """
    marks = _marks("double")
    out: list[Quotation] = []
    start, wanted, free = -1, frozenset[str](), paragraph.start
    for found in marks.pattern.finditer(text, *paragraph):
        mark, at, end = found.group(), found.start(), found.end()
        if mark in marks.straight and at > paragraph.start and text[at - 1] in _DIGITS and start < 0 and not _closes_number(text, at):
            continue
        if start >= 0:
            if mark in wanted and not (mark in marks.pairs and mark not in marks.straight and _opens(text, at, end, paragraph)):
                out.append(Quotation(Span(start, end)))
                start, free = -1, end
        elif at == paragraph.start and mark in marks.closing and text[end : end + 1].strip():
            start, wanted = at, marks.closing  # a closing mark typed as the opening one
        elif mark in marks.closing and (mark not in marks.pairs or not _opens(text, at, end, paragraph)):
            out.append(Quotation(Span(_lost_start(text, free, at), end), opened=False))
            free = end
        else:
            start, wanted = at, marks.pairs[mark]
    if start >= 0:
        slip = 0 if goes_on else _mistyped_end(text, start, paragraph) or _reported_end(text, start, paragraph)
        closed = bool(slip) and text[slip - 1] in _SINGLE_MARKS
        out.append(Quotation(Span(start, slip or paragraph.end), closed=closed))
    return out


def _mistyped_end(text: str, start: int, paragraph: Span) -> int:
    """Where a quotation without a closing double mark ends at a single one after a stop; 0 if there is none, or a single one opened it."""
    for found in _SINGLE_CLOSE.finditer(text, start, paragraph.end):
        opened = any(_opens(text, m.start(), m.end(), paragraph) for m in _SINGLE_OPEN.finditer(text, start + 1, found.start()))
        return 0 if opened else found.end()
    return 0


def _closes_number(text: str, at: int) -> bool:
    """'in 2014" …' closes; '6 feet 2" tall' and '5'10"' are inches."""
    before = _WORD.findall(text[max(0, at - 6) : at])
    return bool(before) and len(before[-1]) >= 3 and text[at - 1 - len(before[-1])] not in "'’"


def _opens(text: str, at: int, end: int, paragraph: Span) -> bool:
    """Whether the neighbours of a mark are those of an opening one."""
    left = at <= paragraph.start or text[at - 1] in _BEFORE_OPENING
    right = end < paragraph.end and not text[end].isspace() and text[end] not in ",.;:!?)”’"
    return left and right


def _lost_start(text: str, free: int, at: int) -> int:
    """Where a quotation begins whose opening mark is lost: at the paragraph's start, or at a sentence after the last one closed."""
    if free and text[free - 1 : free].strip() and text[free - 1] in '”"»“':
        stop = _STOP.search(text, free, at)
        return stop.end() if stop else free + len(text[free:at]) - len(text[free:at].lstrip())
    return free


def _find_single(text: str, paragraph: Span) -> Iterator[Quotation]:
    marks = _marks("single")
    at = paragraph.start
    while found := marks.pattern.search(text, at, paragraph.end):
        at = found.end()
        double = "''" in text[max(0, found.start() - 1) : at + 1]
        if double or found.group() not in marks.pairs or not _opens(text, found.start(), at, paragraph) or text[at] in _DIGITS:
            continue
        end = _single_end(text, at, paragraph, marks.pairs[found.group()])
        if end:
            yield Quotation(Span(found.start(), end), level="single")
            at = end


def _single_end(text: str, at: int, paragraph: Span, closing: frozenset[str]) -> int:
    """End of a single quotation opened before `at`; 0 if none closes it. A mark after a stop or comma is surer than one after a letter."""
    weak = 0
    for found in re.finditer("|".join(map(re.escape, sorted(closing))), text[at : paragraph.end]):
        place = at + found.start()
        if place == at or "''" in text[place - 1 : place + 2] or text[place - 1].isspace():
            continue
        if place + 1 < paragraph.end and text[place + 1].isalnum():
            continue
        if text[place - 1] in ".,!?…":
            return weak if weak and _STOP.search(text, weak, place) else place + 1
        if not weak or text[weak - 2] == "s":
            weak = place + 1
        if text[place - 1] != "s":
            break
    return weak


@lru_cache(maxsize=1)
def _reporting() -> re.Pattern[str]:
    """A comma with a reporting clause of a few words up to a stop: ", the mayor of Ruhl said." """
    verbs = "|".join(sorted(r["form"] for r in read_table(SPEECH_VERBS)))
    name = r"(?:[A-Z][\w.’'-]*|the|a|an|of|for|he|she|they|it|[a-z]+)"
    return re.compile(rf"(?<=[,?!])\s+(?:(?:{name}\s+){{1,6}}(?:{verbs})|(?:{verbs})(?:\s+{name}){{1,6}})(?=\.(?:\s|$))")


def _reported_end(text: str, start: int, paragraph: Span) -> int:
    """Where a quotation ends whose closing mark is lost before a reporting clause: "“We stay, she said."; 0 if none follows."""
    found = _reporting().search(text, start, paragraph.end)
    return found.start() if found else 0


@dataclass(frozen=True)
class Quotes:
    """The quotations of a document, and for each code point the number of the double one around it (-1: none).

    Single quotations count where no double one is around them and they hold at least four words.
    """

    found: tuple[Quotation, ...]
    number: NDArray[np.int32]

    def at(self, place: int) -> Quotation | None:
        """The quotation around a place."""
        n = int(self.number[place]) if 0 <= place < len(self.number) else -1
        return self.found[n] if n >= 0 else None


def mark_quotes(document: Document) -> Quotes:
    """Quotations of every story of a document."""
    parts = [p for p in document.article.parts if p.kind in READ_KINDS] or list(document.article.parts)
    found: list[Quotation] = []
    for story in sorted({p.story for p in parts}):
        lines = [q for p in parts if p.story == story for q in split_paragraphs(document.text, p.span)]
        shift = len(found)
        found += [replace(q, before=None if q.before is None else q.before + shift) for q in find_quotations(document.text, lines)]
    number = np.full(len(document.text) + 1, -1, np.int32)
    for i, q in enumerate(found):
        if q.level == "double" or (number[q.span.start] < 0 and len(_WORD.findall(q.span.of(document.text))) >= 4):
            number[q.span.start : q.span.end] = i
    return Quotes(tuple(found), number)
