"""What each line of a plain-text page is by itself: the marks that decide without its neighbours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from hearsay.core.span import Span
from hearsay.page.bylines import find_byline, is_date_line
from hearsay.page.credits import agency_credit_rule
from hearsay.page.lines import MARK_LETTERS, Line

_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+(?:\s+\([A-Z .&-]+\))?")
_RULE_LINE = re.compile(r"[\W_]{1,200}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_MARKUP = re.compile(r"<[A-Za-z!/][^<>]{0,500}>[\W\d]{0,40}")
_APPEAL = re.compile(
    r"(?:please )?(?:support|subscribe to|donate to|contribute to|help|back|join|follow)\s+(?:the |our |us\b|[A-Z]).{0,60}"
    r"(?:!|\btoday|\bnow)$",
    re.I,
)
_FOLLOW = re.compile(r"(?:follow|find|like|join) .{2,50} on (?:twitter|facebook|instagram|x|telegram|linkedin|youtube|google)\W*$", re.I)
_COMMENTS = re.compile(
    r"\W*(?:(?:view |show |all |top(?: rated)? |reader |user |latest |\d+ )+comments?|"
    r"\d+ (?:kommentare?|commentaires?|comentários?|comentarios?|commenti|replies|responses?))\W*",
    re.I,
)
_CACHED_LETTERS = 60
_COUNT = re.compile(r"(?:image|photo|slide|page)?\s*\d+\s*(?:of|/)?\s*\d*", re.I)


class Label(NamedTuple):
    """What a line is, the rule that says so, the story it belongs to (0: the report itself), and the word list it fits."""

    kind: str
    rule: str
    story: int = 0
    mark: str = ""


FURNITURE = frozenset({"solicitation", "navigation", "tags", "teaser_headline", "other"})


def own_label(line: Line) -> Label | None:
    """The label that a line's own words give it; None when only its place can tell."""
    if len(line.text) > _CACHED_LETTERS:
        return _find_label(line) if len(line.text) <= MARK_LETTERS else None
    return _find_short(line.text)


@lru_cache(maxsize=8192)
def _find_short(text: str) -> Label | None:
    """The label of a short line: menus stand on every page of a site."""
    return _find_label(Line(Span(0, len(text)), text, 0))


def _find_label(line: Line) -> Label | None:
    lists = line.lists
    for find in (_bare_mark, _credit, _tags, _head, _furniture, _byline):
        label = find(line, lists)
        if label is not None:
            return label
    return None


def is_teaser_head(label: Label | None) -> bool:
    """Whether a line opens a list of other reports."""
    return label is not None and label.mark == "teasers"


def _bare_mark(line: Line, lists: dict[str, str]) -> Label | None:
    for name, pattern in (
        ("document_code", _CODE),
        ("rule_line", _RULE_LINE),
        ("address", _ADDRESS),
        ("count", _COUNT),
        ("markup", _MARKUP),
    ):
        if pattern.fullmatch(line.text):
            return Label("other", name)
    if _COMMENTS.fullmatch(line.text):
        return Label("other", "comments_head", mark="comments")
    return Label("other", "date_line") if is_date_line(line.text) else None


def _credit(line: Line, lists: dict[str, str]) -> Label | None:
    rule = agency_credit_rule(line)
    return Label("agency_credit", rule) if rule else None


def _tags(line: Line, lists: dict[str, str]) -> Label | None:
    return Label("tags", lists["tags"]) if "tags" in lists and not (line.stops and line.size > 8) else None


def _head(line: Line, lists: dict[str, str]) -> Label | None:
    if "teasers" in lists and line.size <= 7 and not line.text.endswith((".", "?")):
        return Label("navigation", lists["teasers"], mark="teasers")
    if "inline_teaser" in lists and 2 <= line.size <= 30:
        return Label("teaser_headline", lists["inline_teaser"])
    return None


def _furniture(line: Line, lists: dict[str, str]) -> Label | None:
    if line.size <= 12 and (_APPEAL.match(line.text) or _FOLLOW.match(line.text)):
        return Label("solicitation", "appeal")
    if "solicitation" in lists and line.size <= 60 and not line.text.startswith(("“", '"', "‘")):
        return Label("solicitation", lists["solicitation"])
    for kind in ("navigation", "advert", "comments", "copyright"):
        if kind in lists and line.size <= (60 if kind == "copyright" else 12):
            return Label("navigation" if kind == "navigation" else "other", lists[kind], mark=kind)
    return None


def _byline(line: Line, lists: dict[str, str]) -> Label | None:
    if "byline" in lists and line.size <= 3 and find_byline(line.text) is None and line.text[:2].casefold() != "by":
        return Label("byline", lists["byline"])
    return Label("byline", "find_byline") if find_byline(line.text) is not None else None
