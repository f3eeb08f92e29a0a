"""A web page → its visible blocks in order, each with the hints that its elements give. lxml is imported here alone.

The tree is walked without recursion, whatever its depth; entities that a page defines itself are never resolved; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import TypeAlias

from lxml import etree

from hearsay.core.records import Problem
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table
from hearsay.page.lines import LINES_MOST
from hearsay.page.tags import tag_end

Element: TypeAlias = etree._Element

_SKIPPED = frozenset(
    """script style noscript template svg math iframe object embed canvas audio video map head select option optgroup datalist textarea
    input""".split()  # noqa: SIM905
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark meta nobr picture q rp rt ruby s samp small source
    span strike strong sub sup time tt u var wbr amp-img o:p st1:place g-emoji custom""".split()  # noqa: SIM905
)
_STRUCTURE = {
    "nav": "nav", "footer": "footer", "aside": "sidebar", "figcaption": "caption", "figure": "figure", "form": "tool", "button": "tool",
    "address": "byline", "blockquote": "quotation", "table": "table", "dialog": "promo",
}  # fmt: skip
_HOVERING = frozenset({"span", "div", "aside"})
"""What may hold a box that is seen only while the pointer is on a word; its words stand in the middle of a sentence."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES_MOST = 300
_STEPS_MOST = 200_000
"""Twice the elements that are walked through; a large news page has five thousand."""
_LONG_LETTERS = 50_000
_LONG_TAG = re.compile(rf"<(?P<name>[A-Za-z][\w-]{{0,30}})\s[^<>]{{{_LONG_LETTERS},}}")
_ENDING = (
    r"(?:-(?:\d+|list|wrap|wrapper|container|box|section|block|area|text|content|inner|outer|item|items|widget|links?|name|info|headers?|heading|label|module|"
    r"component|row|col|column|group|cards?|holder|primary|secondary|desktop|mobile|left|right|top|bottom|main|html|region|panel|bar|line|menu|nav|v\d))*(?=\s|$)"
)
"""What may follow a name that gives a hint: "tags-list" are tags, "tag-ukraine" on a whole post is none."""
_BREAKING = frozenset({"caption", "credit"})
"""Hints that make an inline element a block of its own: a credit in a span after its caption."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the page that may hold blocks: its parent's number (-1: none), its tag and its own hints."""

    parent: int
    tag: str
    hints: frozenset[str]


@dataclass(slots=True)
class Block:
    """A visible block: its text with single spaces, the number of its element, and the share of its letters that are links."""

    text: str
    node: int
    link_share: float
    raw: str
    source: Span | None = field(default=None)


@dataclass(frozen=True)
class Blocks:
    """The visible blocks of a page, in order, and the elements around them. `tree` is None when the page could not be parsed."""

    nodes: list[Node]
    blocks: list[Block]
    tree: Element | None
    problems: list[Problem]


def read_blocks(text: str) -> Blocks:
    """The blocks of a decoded page.

    >>> [b.text for b in read_blocks("<p>One &amp; <b>two</b><p>Three").blocks]
    ['One & two', 'Three']
    """
    tree = parse_page(text)
    if tree is None:
        plain = [Block(t, 0, 0.0, t) for t in islice(_bare_lines(text), LINES_MOST)]
        said = [Problem("page", "the page cannot be parsed as HTML (too deep or broken): read as text without its tags")] if plain else []
        return Blocks([Node(-1, "body", frozenset())], plain, None, said)
    walker = _Walker()
    walker.walk(tree)
    return Blocks(walker.nodes, walker.blocks, tree, walker.problems)


def parse_page(text: str) -> Element | None:
    """The page's tree; None when there is none with any text."""
    # The parser looks for the end of every comment left open, each time to the end of the page: those that never close are taken away.
    closed = text.rfind("-->") + 3 if "-->" in text else 0
    if text.count("<!--", closed) > 1:
        text = text[:closed] + text[closed:].replace("<!--", "")
    text = _without_long_tags(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    if tree is None:
        return None
    is_lost = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return None if is_lost else tree


def _without_long_tags(text: str) -> str:
    """The page without the attributes of tags longer than any needs: the parser compares each attribute with all before it."""
    if max(map(len, text.split("<"))) < _LONG_LETTERS:
        return text
    out, at = [], 0
    for found in _LONG_TAG.finditer(text):
        end = tag_end(text, found.start(), most=len(text))
        if found.start() >= at and end:
            out += [text[at : found.start()], f"<{found['name']}>"]
            at = end
    return "".join([*out, text[at:]]) if out else text


def _bare_lines(text: str) -> Iterator[str]:
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->", "\n", text) if text.count("<script") < 5000 else text
    lines = re.sub(r"<[^<>]*>", "\n", bare).split("\n")
    return (kept for line in lines if (kept := " ".join(line.split())))


class _Walker:
    """Goes through a tree once and collects nodes and blocks."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self._open: list[int] = [-1]
        self._inside: list[str] = []
        self._pieces: list[str] = []
        self._links = 0
        self._in_link = 0
        self.problems: list[Problem] = []

    def walk(self, tree: Element) -> None:
        """Collects the tree, up to the bounds above."""
        walk = etree.iterwalk(tree, events=("start", "end"))
        for steps, (event, element) in enumerate(walk):
            if len(self.blocks) >= LINES_MOST or steps > _STEPS_MOST:
                most = f"{LINES_MOST:,} lines or {_STEPS_MOST // 2:,} elements"
                self.problems.append(Problem("page", f"more than {most}: the rest is not read"))
                break
            if event == "start":
                if self._start(element):
                    walk.skip_subtree()
            else:
                self._end(element)
        self._flush()

    def _start(self, element: Element) -> bool:
        """Enters an element; True when its content is not to be seen."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or _is_hidden(element) or (tag in _HOVERING and "hover" in element_hints(element)):
            self._inside.append("skipped")
            return True
        kind = "inline"
        if tag == "br" or tag == "hr":
            self._flush()
        elif self._breaks(tag, element):
            kind = "block"
            self._flush()
            self._open.append(len(self.nodes))
            self.nodes.append(Node(self._open[-2], tag, element_hints(element)))
        elif tag == "a":
            kind = "link"
            self._in_link += 1
        self._inside.append(kind)
        self._add(element.text)
        return False

    def _end(self, element: Element) -> None:
        kind = self._inside.pop()
        if kind == "link":
            self._in_link -= 1
        elif kind == "block":
            self._flush()
            self._open.pop()
        self._add(element.tail)

    @staticmethod
    def _breaks(tag: str, element: Element) -> bool:
        return tag not in _INLINE or (tag == "span" and bool(_BREAKING & element_hints(element)))

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            if self._in_link:
                self._links += len(text.strip())

    def _flush(self) -> None:
        if self._pieces:
            raw = "".join(self._pieces)
            text = " ".join(raw.split())
            if text:
                self.blocks.append(Block(text, max(self._open[-1], 0), min(1.0, self._links / len(text)), raw))
            self._pieces = []
        self._links = 0


def _is_hidden(element: Element) -> bool:
    get = element.get
    if get("hidden") is not None:
        return True
    style = get("style")
    return style is not None and bool(_HIDDEN_STYLE.search(style[:_NAMES_MOST]))


def element_hints(element: Element) -> frozenset[str]:
    """Hints of one element, by its tag, class, id, role and itemprop."""
    get = element.get
    names = f"{get('class', '')[:_NAMES_MOST]} {get('id', '')[:80]} {get('role', '')[:40]} {get('itemprop', '')[:40]}"
    hints = name_hints(names)
    extra = _STRUCTURE.get(element.tag)
    return hints | {extra} if extra else hints


@lru_cache(maxsize=20000)
def name_hints(names: str) -> frozenset[str]:
    """Hints that some names of classes give.

    >>> sorted(name_hints("storyCaption wp-caption-text"))
    ['caption']
    """
    if not names.strip():
        return frozenset()
    low = re.sub(r"[_-]+", "-", _CAMEL.sub("-", names).casefold())
    return frozenset(hint for hint, pattern in _hint_patterns() if pattern.search(low))


@cache
def _hint_patterns() -> list[tuple[str, re.Pattern[str]]]:
    held: dict[str, list[str]] = {}
    for row in read_table("page/class_hints.tsv"):
        held.setdefault(row["hint"], []).append(row["pattern"])
    return [(hint, re.compile(rf"(?<![a-z0-9])(?:{'|'.join(patterns)}){_ENDING}")) for hint, patterns in held.items()]


def ancestors(nodes: list[Node], node: int) -> Iterator[int]:
    """Numbers of an element and of those around it, innermost first."""
    while node >= 0:
        yield node
        node = nodes[node].parent
