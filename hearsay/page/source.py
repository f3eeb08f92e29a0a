"""Where the blocks of a page stand in its source: each block's text found again among the source's letters, in order.

Done when asked, not while reading. Spans index the decoded source. White space and tags inside a block belong to its span.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from hearsay.core.span import Span
from hearsay.page.blocks import Block
from hearsay.page.tags import tag_end

_PIECE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[^<&]+|[<&]")
_SILENT = re.compile(r"<(script|style|noscript|template|textarea|svg|iframe)\b", re.I)


def locate_blocks(source: str, blocks: Sequence[Block]) -> list[Span | None]:
    """The place of every block in the source; None for one that cannot be found again.

    >>> from hearsay.page.blocks import read_blocks
    >>> source = "<p>Fish &amp; <b>chips</b></p>"
    >>> locate_blocks(source, read_blocks(source).blocks)[0].of(source)
    'Fish &amp; <b>chips'
    """
    letters, starts, ends = _letters(source)
    out: list[Span | None] = []
    cursor = 0
    for block in blocks:
        key = "".join(block.raw.split())
        at = letters.find(key, cursor)
        if at < 0:
            at = letters.find(key)
        if at < 0 or not key:
            out.append(None)
            continue
        cursor = at + len(key)
        out.append(Span(starts[at], ends[cursor - 1]))
    return out


def bare_text(piece: str) -> str:
    """The visible text of a piece of source: tags away, entities read, single spaces. It equals the text of the block there."""
    kept = (text if not text.startswith("&") else html.unescape(text) for text, _ in _pieces(piece))
    return " ".join("".join(kept).split())


def _letters(source: str) -> tuple[str, list[int], list[int]]:
    """The source's visible letters without white space, and where each begins and ends."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for text, at in _pieces(source):
        if text.startswith("&") and len(text) > 1:
            shown = "".join(html.unescape(text).split())
            letters += shown
            starts += [at] * len(shown)
            ends += [at + len(text)] * len(shown)
            continue
        held = [(c, k) for k, c in enumerate(text, at) if not c.isspace()]
        letters += [c for c, _ in held]
        starts += [k for _, k in held]
        ends += [k + 1 for _, k in held]
    return "".join(letters), starts, ends


def _pieces(source: str) -> Iterator[tuple[str, int]]:
    """Text and entities of a source with their places; tags, comments and scripts are left out. Linear, whatever is left open."""
    at = 0
    unclosed: set[str] = set()
    while at < len(source):
        if source[at] == "<" and (after := _skip(source, at, unclosed)) > at:
            at = after
            continue
        found = _PIECE.match(source, at)
        assert found is not None
        yield found.group(), at
        at = found.end()


def _skip(source: str, at: int, unclosed: set[str]) -> int:
    """The end of a tag, comment or silent element that begins here; the same place when there is none.

    `unclosed` remembers the elements that do not close below, so that none is looked for twice.
    """
    if source.startswith("<!--", at):
        end = source.find("-->", at)
        return end + 3 if end >= 0 else len(source)
    if not re.match(r"</?[A-Za-z!?]", source[at : at + 3]):
        return at
    end = tag_end(source, at) or len(source)
    silent = _SILENT.match(source, at)
    if silent is None or source[end - 2 : end] == "/>" or (name := silent[1].lower()) in unclosed:
        return end
    close = re.compile(rf"</{name}[^>]*>", re.I).search(source, end)
    if close is None:
        unclosed.add(name)
    return close.end() if close else end
