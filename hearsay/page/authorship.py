"""Elements of a page that are marked as its author's: by their link, by microdata, by their class."""

from __future__ import annotations

import re
from itertools import islice

from hearsay.page.blocks import Element
from hearsay.page.titles import is_author

_TAGS = ("a", "span", "div", "p", "cite", "strong", "b", "address", "li", "td", "h3", "h4", "h5", "h6", "em")
_NAMES = re.compile(
    r"(?<![a-z])(?:author|byline|autor|auteur|writer|reporter)s?(?:[-_]{0,2}(?:name|link|title|info|txt|text|meta))*(?![a-z])"
    r"|(?<![a-z])(?:authorname|bylineauthor)",
    re.I,
)
_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autore|contributors?|profile|people|staff|reporter|by|redaktion|redakteur)/[\w%.-]+/?(?:$|[?#])",
    re.I,
)
_ELSEWHERE = re.compile(r"comment|related|recommend|popular|respond|reply|trending|recirc|most-read", re.I)
_BY_CLASS = 3
_NEAR_MOST = 60
"""How many elements may stand between the authors of one report."""
_TEXT_MOST = 90
_ELEMENTS_MOST, _PIECES_MOST, _HELD_MOST = 50_000, 100, 500
_ABOVE_MOST = 15


def find_author_elements(tree: Element) -> list[str]:
    """What stands in the elements that are marked as the author's; those of the surest mark alone."""
    held: dict[int, list[tuple[int, str]]] = {}
    for at, element in enumerate(islice(tree.iter(*_TAGS), _ELEMENTS_MOST)):
        if sum(map(len, held.values())) > _HELD_MOST:
            break
        rank = _rank(element)
        if rank is None or len(element) > 30:
            continue
        text = " ".join("".join(islice(element.itertext(), _PIECES_MOST)).split())
        if 2 < len(text) <= _TEXT_MOST and is_author(text) and not _is_elsewhere(element):
            held.setdefault(rank, []).append((at, text))
    return _nearest(held[min(held)], min(held)) if held else []


def _nearest(found: list[tuple[int, str]], rank: int) -> list[str]:
    """The names that stand close to the first; of a crowd (comments, a list of reports) the first at most."""
    crowd = len({text for _, text in found}) > (4 if rank == _BY_CLASS else 12)
    names = list(dict.fromkeys(text for at, text in found if at - found[0][0] <= _NEAR_MOST))
    return ([] if rank == _BY_CLASS else names[:1]) if crowd else names[:6]


def _rank(element: Element) -> int | None:
    get = element.get
    if element.tag == "a":
        if "author" in (get("rel") or ""):
            return 0
        if _ADDRESS.search((get("href") or "")[:300]):
            return 1
    if "author" in (get("itemprop") or ""):
        return 2
    return _BY_CLASS if _NAMES.search(f"{get('class', '')[:200]} {get('id', '')[:80]}") else None


def _is_elsewhere(element: Element) -> bool:
    """Whether an element stands among comments, in a side column or in a list of other reports."""
    above: Element | None = element
    for _ in range(_ABOVE_MOST):
        if above is None or above.tag in ("body", "html", "article", "main"):
            return False
        if above.tag in ("aside", "nav") or _ELSEWHERE.search(f"{above.get('class', '')[:200]} {above.get('id', '')[:80]}"):
            return True
        above = above.getparent()
    return False
