"""Lines of a plain-text page: where they stand, and what can be told from a line alone.

A line of old copy broken at a fixed width is no line of the page: such runs are put together again. Nothing here looks at
neighbours except for that; `page.labels` does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hearsay.core.span import Span
from hearsay.page.words import line_words

WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
STOP = re.compile(r"""[.!?…。！？।۔](?:["'”’»)\]*_]|\s)*(?:\s\[[^\]]{1,60}\])*$""")
MARK_LETTERS = 4000
"""A line longer than this is running text, whatever marks it holds: it is not searched for them."""
LINES_MOST = 6_000
"""Lines that are told apart one by one: no page of one report has so many."""
_VISIBLE = re.compile(r"\S[^\n\r\u2028\u2029]*")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_GAP_LETTERS = 1000
_MARGIN_LETTERS = 200
_WRAP_MIN, _WRAP_MAX = 45, 100


@dataclass(frozen=True)
class Line:
    """One line of the page, trimmed. `gap` counts the blank lines above it."""

    span: Span
    text: str
    gap: int

    @cached_property
    def words(self) -> list[str]:
        """Its words, marks left out."""
        return WORD.findall(self.text)

    @cached_property
    def size(self) -> int:
        """Number of words; for scripts without spaces, of letters by three."""
        wide = 0 if self.text.isascii() or max(self.text) <= "\u3040" else sum(c > "\u3040" for c in self.text)
        return max(len(self.words), wide // 3)

    @cached_property
    def lists(self) -> dict[str, str]:
        """Word lists that it fits, and the row of each."""
        return line_words().find(self.text) if len(self.text) <= MARK_LETTERS else {}

    @cached_property
    def stops(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(STOP.search(self.text)) and not self.text.endswith(("..", "[…]", "[...]"))

    @cached_property
    def titled(self) -> float:
        """Share of its longer words that begin with a capital."""
        long = [w for w in self.words if len(w) > 3]
        return sum(not w[0].islower() for w in long) / len(long) if long else 0.0

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it reads as running text: a final stop and four words or more, or many words in small letters."""
        return (self.stops and self.size >= 4) or (self.size >= 25 and (self.titled < 0.6 or self.text.isupper()))


def split_lines(text: str) -> list[Line]:
    """Non-blank lines in order, up to LINES_MOST; runs of lines that were broken at a fixed width are one line each.

    >>> [line.text for line in split_lines("A headline\\n\\nA sentence.\\n")]
    ['A headline', 'A sentence.']
    """
    lines = list(itertools.islice(_visible_lines(text), LINES_MOST))
    return _join_wrapped(lines, text) if _is_wrapped(lines) else lines


def _visible_lines(text: str) -> Iterator[Line]:
    end, is_first = 0, True
    for found in _VISIBLE.finditer(text):
        span = Span(found.start(), found.start() + len(found.group().rstrip()))
        breaks = len(_BREAK.findall(text[max(end, span.start - _GAP_LETTERS) : span.start]))
        yield Line(span, text[span.start : span.end], breaks if is_first else breaks - 1)
        end, is_first = found.end(), False


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether the text was broken at a fixed width: lines as full as they go, sentences running on over their ends."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if b.gap == 0]
    if len(pairs) < 3 or max(len(line.text) for line in lines) > _WRAP_MAX:
        return False
    runs_on = sum(b.text[0].islower() and not a.stops for a, b in pairs)
    return runs_on >= 0.3 * len(pairs)


def _join_wrapped(lines: list[Line], text: str) -> list[Line]:
    width = max(len(line.text) for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is not None and line.gap == 0 and _goes_on(last, line, width) and not _is_indented(line, last, text):
            groups[-1].append(line)
        else:
            groups.append([line])
    spans = (Span(group[0].span.start, group[-1].span.end) for group in groups)
    return [Line(span, span.of(text), group[0].gap) for span, group in zip(spans, groups, strict=True)]


def _goes_on(last: Line, line: Line, width: int) -> bool:
    """Whether a line is the continuation of the one above: that one was full, or this one begins with a small letter."""
    return line.text[0].islower() or len(last.text) + 1 + len(line.text.split()[0]) > max(_WRAP_MIN, 0.85 * width)


def _is_indented(line: Line, above: Line, text: str) -> bool:
    return _margin(line, text) > _margin(above, text) + 1


def _margin(line: Line, text: str) -> int:
    first = max(0, line.span.start - _MARGIN_LETTERS)
    start = max(text.rfind("\n", first, line.span.start), text.rfind("\r", first, line.span.start), first - 1) + 1
    return line.span.start - start
