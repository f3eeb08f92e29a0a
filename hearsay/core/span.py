"""Places in a text.

A `Span` indexes one text, in code points, end exclusive; it does not say which text. This module holds no linguistics.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open place `[start, end)` in a text, in Unicode code points.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start : self.end]

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Whether the two share a code point."""
        return self.start < other[1] and other[0] < self.end

    def holds(self, other: tuple[int, int]) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other[0] and other[1] <= self.end

    def shift(self, by: int) -> Span:
        """The same length, moved."""
        return Span(self.start + by, self.end + by)

    def trim(self, text: str) -> Span:
        """Without white space at its ends; empty at its start if there is nothing else."""
        piece = self.of(text)
        left = len(piece) - len(piece.lstrip())
        return Span(self.start + left, self.start + left + len(piece.strip()))


def cover(spans: Iterable[tuple[int, int]]) -> Span:
    """The smallest span over all of them. Raises ValueError for none."""
    held = list(spans)
    return Span(min(s for s, _ in held), max(e for _, e in held))


def join_spans(spans: Iterable[tuple[int, int]], text: str) -> tuple[Span, ...]:
    """Sorted spans, those parted by nothing but white space made one.

    >>> join_spans([(3, 5), (0, 2)], "ab cd")
    (Span(start=0, end=5),)
    """
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not text[out[-1].end : start].strip():
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Span(start, end))
    return tuple(out)


class Alignment:
    """Maps places in a rewritten text to places in its source.

    Built from runs: `(start in the rewritten text, start in the source)`, each good up to the next run. Rewritten
    code points that stand for nothing in the source map to the place where they were put in.

    >>> a = Alignment([(0, 0), (3, 10)])      # source[0:3] + source[10:]
    >>> a.to_source(Span(1, 5))
    Span(start=1, end=12)
    """

    __slots__ = ("_here", "_there")

    def __init__(self, runs: Sequence[tuple[int, int]]) -> None:
        self._here = [here for here, _ in runs]
        self._there = [there for _, there in runs]

    def to_source(self, span: tuple[int, int]) -> Span:
        """The place in the source that a place in the rewritten text came from."""
        start, end = span
        if start == end:
            at = self._point(start)
            return Span(at, at)
        return Span(self._point(start), self._point(end - 1) + 1)

    def compose(self, inner: Alignment) -> Alignment:
        """The alignment of a text rewritten twice: first as `inner` says, then as this one."""
        cuts = sorted({*self._here, *(h for h in self._back(inner._here))})
        return Alignment([(h, inner._point(self._point(h))) for h in cuts])

    def _back(self, places: Iterable[int]) -> Iterable[int]:
        for place in places:
            for i, there in enumerate(self._there):
                here = self._here[i] + place - there
                last = self._here[i + 1] if i + 1 < len(self._here) else here + 1
                if self._here[i] <= here < last:
                    yield here

    def _point(self, place: int) -> int:
        i = max(0, bisect_right(self._here, place) - 1)
        return self._there[i] + place - self._here[i]
