"""The title of a report without its site's name, and its authors without offices and handles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hearsay.page.bylines import split_names, tidy_name
from hearsay.page.words import agency_names

_BAR = re.compile(r"\s+[|»›·•:—–-]+\s+|\s*[|»›]\s*|\s+::\s+")
_FOLLOW = re.compile(r"(?<=[a-z])Follow(?:ing)?$")
"""A button's word that stands glued to the name."""
_ROLE = re.compile(r"\s*(?:[,|/(•·].*|\s[-–—]\s.*|\b(?:for|of|at|from|via|in)\b\s+[A-Z].*)$")
_NOT_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|\.(?:com|org|net|de|fr|it|es|co)\b|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d|"
    r"^(?:admin|administrator|editors?|staff|webmaster|redaktion|redaction|redazione|redacción|news desk|newsroom|author|contributor|guest|"
    r"super user|root|user|by|von|par|por|like|follow|reply|share|more|biography|about|profile|view .*|author archives?|all posts.*|"
    r"more articles.*|\d+ .*)$",
    re.I,
)


def fold(text: str) -> str:
    """Letters and figures alone, in small letters: how titles and names are compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def choose_title(named: Sequence[str], headings: Sequence[str], sites: Sequence[str]) -> str | None:
    """The title of a report.

    Args:
        named: titles that the page's head gives, the most trusted first.
        headings: headings of the first rank in the visible text, in order.
        sites: names under which the site may stand in a title.
    """
    cut = [cut_site(t, sites) for t in named]
    heads = [h for h in headings if 2 <= len(h) <= 300 and fold(h) not in {fold(s) for s in sites}]
    folded = [fold(t) for t in (*named, *cut)]
    for head in heads:
        key = fold(head)
        if key in folded or any(_is_most(key, c) or (len(c) > 15 and _is_most(c, key)) for c in folded[len(named) :]):
            # "Money A thousand dollars is gone, says bank" over the title "A thousand dollars is gone, says bank": the kicker goes.
            shorter = (c for c in cut if len(fold(c)) > 15 and _is_most(fold(c), key))
            return next(shorter, head) if len(key) > 60 else head
    return next((c for c in cut if c), None) or (heads[0] if heads else None)


def _is_most(piece: str, text: str) -> bool:
    """Whether a folded piece stands in a folded text and is half of it or more."""
    return len(piece) > 5 and 2 * len(piece) >= len(text) and f" {piece} " in f" {text} "


def cut_site(title: str, sites: Sequence[str]) -> str:
    """A title without the name of its site at its end or its beginning.

    >>> cut_site("Talks fail in Geneva - The Daily Star", ["The Daily Star"])
    'Talks fail in Geneva'
    """
    keys = {fold(s).replace(" ", "") for s in sites if fold(s)}
    text = title.strip()
    for _ in range(3):
        bars = list(_BAR.finditer(text))
        if not bars:
            return text
        head, tail = text[: bars[0].start()].strip(), text[bars[-1].end() :].strip()
        if _is_site(tail, keys):
            text = text[: bars[-1].start()].strip()
        elif _is_site(head, keys):
            text = text[bars[0].end() :].strip()
        else:
            return text
    return text


def _is_site(piece: str, keys: set[str]) -> bool:
    key = fold(piece).replace(" ", "")
    if not key:
        return True
    near = any(len(k) > 3 and (key in k or k in key) and len(key) < 3 * len(k) + 8 for k in keys)
    return key in keys or near


def clean_authors(names: Sequence[str], sites: Sequence[str]) -> tuple[str, ...]:
    """Authors as names alone: "By ANA RUIZ, Staff Writer" → "Ana Ruiz"; the site itself and addresses are no authors."""
    out: list[str] = []
    keys = {fold(s) for s in sites}
    for name in filter(is_author, names):
        name = _FOLLOW.sub("", name)
        bare = re.sub(r"^\W*(?:written |posted |story )?(?:by|von|par|por|di|da)\b[:\s]+", "", name.strip(), flags=re.I)
        pieces = split_names(bare) or _single(bare)
        out += [tidy_name(p) for p in pieces if fold(p) not in keys and is_author(p) and p not in agency_names()]
    return tuple(dict.fromkeys(out))


def is_author(name: str) -> bool:
    """Whether words in the author's place may be a name at all: no address, no button, no "Author Archives"."""
    return not _NOT_NAME.search(name.strip()) and bool(re.search(r"[^\W\d_]{2}", name))


def _single(name: str) -> tuple[str, ...]:
    """A name that is not of the usual form, such as a single word or one with a title, if it is short."""
    bare = _ROLE.sub("", name).strip(" .,;:")
    return (bare,) if 2 <= len(bare) <= 40 and len(bare.split()) <= 4 else ()
