"""Cards: other reports in a row inside the story's element, each a linked headline with a deck, in elements of one form.

The form alone tells: no words are looked at. A list of products or of places to visit has longer texts; a single related report is left
to hints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from hearsay.page.blocks import Blocks, ancestors
from hearsay.page.lines import Line

_CARDS_LEAST = 3
_ALIKE = 3
"""Cards of one row are elements of one tag, in elements of the same tags this far up."""
_DECK_WORDS = 60
"""A card has no more running words than this."""
_STORY_WORDS = 100
"""Running words of the story that stand above the first card."""
_TITLE_WORDS = 3


def find_cards(page: Blocks, lines: Sequence[Line], region: Sequence[int]) -> frozenset[int]:
    """Numbers of the region's blocks that stand in cards."""
    held: dict[int, list[int]] = {}
    for i in region:
        node = page.blocks[i].node
        while node >= 0 and page.nodes[node].tag not in ("body", "html", "main"):
            held.setdefault(node, []).append(i)
            node = page.nodes[node].parent
    cards = [node for node, blocks in held.items() if _is_card(page, lines, blocks)]
    rows: dict[tuple[str, ...], list[int]] = {}
    for node in cards:
        rows.setdefault(tuple(page.nodes[n].tag for n in islice(ancestors(page.nodes, node), _ALIKE)), []).append(node)
    found = {i for row in rows.values() if len(row) >= _CARDS_LEAST for node in row for i in held[node]}
    if not found or _running(lines, (i for i in region if i < min(found))) < _STORY_WORDS:
        return frozenset()
    between = [i for i in region if min(found) < i < max(found) and i not in found]
    is_row = 2 * _running(lines, between) < _running(lines, found)
    return frozenset(found.union(between)) if is_row else frozenset(found)


def _is_card(page: Blocks, lines: Sequence[Line], blocks: Sequence[int]) -> bool:
    """Whether blocks are a linked headline (a name or a section may be linked too) and then a short text."""
    titles = [i for i in blocks if page.blocks[i].link_share > 0.9 and lines[i].size >= _TITLE_WORDS and not lines[i].text.endswith(".")]
    texts = [i for i in blocks if lines[i].is_sentence and page.blocks[i].link_share < 0.5]
    return 1 <= len(titles) <= 3 and 0 < len(texts) <= 2 and titles[0] < texts[0] and _running(lines, texts) <= _DECK_WORDS


def _running(lines: Sequence[Line], blocks: Iterable[int]) -> int:
    return sum(lines[i].size for i in blocks if lines[i].is_sentence)
