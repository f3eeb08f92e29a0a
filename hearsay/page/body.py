"""Which blocks of a web page tell its story.

Every block has a value: words of running text count for the story, furniture against it. The element whose blocks have the greatest
sum is the story's; inside it blocks are taken or left by their own hints and form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hearsay.page.blocks import Blocks, Node
from hearsay.page.cards import find_cards
from hearsay.page.labels import Label
from hearsay.page.lines import Line

_DROPPED = frozenset("caption credit byline nav footer share comments related promo tags hidden tool date".split())  # noqa: SIM905
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_STORY_TAGS = frozenset({"article", "main", "body", "html"})
_PLAIN_TAGS = frozenset(["p", "li", "td", "th", "blockquote", "dd", "dt", "pre"])
_ROWS = frozenset(["tbody", "thead", "tr", "td", "th"])
"""Parts of a table; in a story's table a row named "index" or "count" is no tool."""
_FACTORS = {"p": 1.0, "blockquote": 1.0, "li": 0.6, "dd": 0.6, "td": 0.6}
_WORDS_MOST = 80
_LOSS_MOST = -40.0
"""The most that a child may count against the element around it: a long list in the middle of a story does not break it."""


@dataclass(frozen=True)
class Scene:
    """The blocks of a page with what each inherits: hints that hold for it, and the nodes around it."""

    page: Blocks
    lines: Sequence[Line]
    own: Sequence[Label | None]
    hints: list[frozenset[str]]

    def node_of(self, i: int) -> Node:
        """Element of a block."""
        return self.page.nodes[self.page.blocks[i].node]


def set_scene(page: Blocks, lines: Sequence[Line], own: Sequence[Label | None]) -> Scene:
    """The scene of a page: hints inherited from elements around a block, unless they hold for most of the page's running text."""
    held = _running_words(page, lines)
    total = max(held[0] if held else 0, 1)
    effective: list[frozenset[str]] = []
    for i, node in enumerate(page.nodes):
        above = effective[node.parent] if node.parent >= 0 else frozenset()
        wide = held[i] > 0.3 * total or "body" in node.hints or node.tag in _STORY_TAGS
        hints = node.hints - _DROPPED if wide else node.hints
        if node.tag in _ROWS and "body" in above:
            hints -= {"tool"}
        if held[i] > 0.5 * total:
            hints -= {"sidebar"}
        effective.append(above | hints | ({node.tag} if node.tag in ("li", "table", "figure", "blockquote") else frozenset()))
    return Scene(page, lines, own, [effective[b.node] for b in page.blocks])


def _running_words(page: Blocks, lines: Sequence[Line]) -> list[int]:
    """For each element the words of running text in it."""
    held = [0] * len(page.nodes)
    for block, line in zip(page.blocks, lines, strict=True):
        if line.is_sentence and block.link_share < 0.5:
            held[block.node] += line.size
    for i in range(len(held) - 1, 0, -1):
        if page.nodes[i].parent >= 0:
            held[page.nodes[i].parent] += held[i]
    return held


def choose_body(scene: Scene) -> list[int]:
    """Numbers of the blocks that tell the story, in order."""
    values = [_value(scene, i) for i in range(len(scene.lines))]
    if not values:
        return []
    region = _cut_at_end(scene, _region(scene, values))
    cards = find_cards(scene.page, scene.lines, region)
    kept = _without_side([i for i in region if i not in cards and _is_kept(scene, i)], scene)
    return _trim(scene, _without_repeats(scene, _without_deck(scene, kept)))


def _value(scene: Scene, i: int) -> float:
    line, block, hints = scene.lines[i], scene.page.blocks[i], scene.hints[i]
    words = min(line.size, _WORDS_MOST)
    is_side = "sidebar" in hints and "body" not in hints
    if _DROPPED & hints or is_side or _is_furniture(scene, i):
        return -0.2 * words - 1
    if block.link_share > 0.6:
        return -0.5 * words - 1
    if line.is_sentence:
        return _FACTORS.get(scene.node_of(i).tag, 0.8) * words * (1 - block.link_share)
    return 0.0 if scene.node_of(i).tag in _HEADINGS else 0.5 * words if "body" in hints and scene.node_of(i).tag in _PLAIN_TAGS else -1.0


def _region(scene: Scene, values: Sequence[float]) -> list[int]:
    """Blocks of the element with the greatest sum of values; of equals the innermost, one that is named for a story before others."""
    nodes = scene.page.nodes
    sums = [0.0] * len(nodes)
    for block, value in zip(scene.page.blocks, values, strict=True):
        sums[block.node] += value
    for i in range(len(nodes) - 1, 0, -1):
        if nodes[i].parent >= 0:
            sums[nodes[i].parent] += max(sums[i], _LOSS_MOST)
    best = max(range(len(nodes)), key=lambda i: (round(sums[i] * _named(nodes[i]), 3), i))
    inside = [False] * len(nodes)
    for i, node in enumerate(nodes):
        inside[i] = i == best or (node.parent >= 0 and inside[node.parent])
    return [i for i, block in enumerate(scene.page.blocks) if inside[block.node]]


def _named(node: Node) -> float:
    return 1.6 if "body" in node.hints else 1.25 if node.tag == "article" else 1.1 if node.tag == "main" else 1.0


def _is_furniture(scene: Scene, i: int) -> bool:
    """Whether a block's own words keep it out; a paragraph of the story may begin with "Click here" if it is no mere link."""
    line, label = scene.lines[i], scene.own[i]
    if label is None or label.kind == "agency_credit" or (label.rule in ("count", "date_line") and _is_cell(scene, i)):
        return False
    if label.mark in ("comments", "teasers", "advert", "copyright") or label.kind in ("tags", "byline"):
        return not (line.is_sentence and line.size > 25)
    if label.kind == "solicitation":
        return line.size <= 40
    is_story = scene.node_of(i).tag in ("p", "blockquote") and "body" in scene.hints[i] and scene.page.blocks[i].link_share < 0.4
    return not (line.is_sentence and (is_story or line.size > 25))


def _is_cell(scene: Scene, i: int) -> bool:
    """Whether a block stands in a table of the story: bare numbers and days are its results."""
    return scene.node_of(i).tag in _ROWS and "body" in scene.hints[i]


def _cut_at_end(scene: Scene, region: list[int]) -> list[int]:
    """The region up to the comments, if most of its words stand above them."""
    total = sum(scene.lines[i].size for i in region)
    above = 0
    for k, i in enumerate(region):
        label = scene.own[i]
        if label is not None and label.mark == "comments" and above >= 0.3 * total:
            return region[:k]
        above += scene.lines[i].size
    return region


def _is_kept(scene: Scene, i: int) -> bool:
    line, block, hints = scene.lines[i], scene.page.blocks[i], scene.hints[i]
    if _DROPPED & hints or _is_furniture(scene, i) or scene.node_of(i).tag == "h1":
        return False
    return block.link_share < 0.6 or (line.is_sentence and block.link_share < 0.66)


def _without_side(kept: list[int], scene: Scene) -> list[int]:
    """Without what stands in a side column, if the story does not."""
    main = [i for i in kept if "sidebar" not in scene.hints[i] or "body" in scene.hints[i]]
    words = sum(scene.lines[i].size for i in kept)
    return main if sum(scene.lines[i].size for i in main) > 0.5 * words else kept


def _without_deck(scene: Scene, kept: list[int]) -> list[int]:
    """Without the deck above the story; what is named so further down is a heading of the story."""
    first = next((k for k, i in enumerate(kept) if "deck" not in scene.hints[i]), 0)
    return kept[first:]


def _without_repeats(scene: Scene, kept: list[int]) -> list[int]:
    """Without a paragraph that stands a second time a little below the first; an interview may repeat a question."""
    last: dict[str, int] = {}
    out = []
    for k, i in enumerate(kept):
        text = scene.lines[i].text
        if len(text) < 40 or text.endswith("?") or k - last.get(text, -99) > 12:
            out.append(i)
        last[text] = k
    return out


def _trim(scene: Scene, kept: list[int]) -> list[int]:
    """Without loose lines before the first and after the last running text; what stands in an element named for the story is not loose."""
    firm = [k for k, i in enumerate(kept) if scene.lines[i].is_sentence or _is_firm(scene, i)]
    return kept[firm[0] : firm[-1] + 1] if firm else kept


def _is_firm(scene: Scene, i: int) -> bool:
    return "body" in scene.hints[i] and scene.node_of(i).tag in _PLAIN_TAGS and scene.page.blocks[i].link_share < 0.3
