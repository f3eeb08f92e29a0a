"""Tells newlines that wrap a line of running text from those that end one.

Looks at the lengths of lines only. A text set to a fixed width breaks a line when the next word no longer fits; a list, a
heading or verse breaks it earlier.
"""

from __future__ import annotations

NARROWEST = 40
WIDEST = 130
SHARE = 0.6
"""At least this share of the newlines must stand where the next word no longer fits."""


def find_wraps(text: str, span: tuple[int, int]) -> frozenset[int]:
    """Places in `text` of the newlines inside `span` that only wrap a line; none unless the lines share a width.

    >>> sorted(find_wraps("eggs\\nmilk", (0, 9)))
    []
    """
    if text.find("\n", *span) < 0:
        return frozenset()
    lines = text[span[0] : span[1]].split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if not NARROWEST <= width <= WIDEST:
        return frozenset()
    full = _full_lines(lines, width, span[0])
    parted = sum(1 for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip())
    return frozenset(full) if parted > 1 and len(full) >= SHARE * parted else frozenset()


def _full_lines(lines: list[str], width: int, at: int) -> list[int]:
    """Places of the newlines after lines that had no room for the first word of the next."""
    out = []
    for line, following in zip(lines, lines[1:], strict=False):
        at += len(line)
        word = following.split(None, 1)[:1]
        if line.strip() and word and len(line.rstrip()) + 1 + len(word[0]) > width:
            out.append(at)
        at += 1
    return out
