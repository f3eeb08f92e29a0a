"""Datelines: "KYIV, Dec 9 (Reuters) -" before the first paragraph of a report. Dates are found here, not resolved."""

from __future__ import annotations

import re
from typing import NamedTuple

from hearsay.core.span import Span
from hearsay.page.words import find_agencies

_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?"
_DAY = r"(?:(?i:mon|tue|wed|thu|fri|sat|sun)[A-Za-z]{0,6}\.?,?\s+)?"
_DATE = rf"(?P<date>{_DAY}(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})(?:,?\s+(?:(?:19|20)\d\d|\d\d\b))?|NO DATE)"
_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.]*"
_CAPS = rf"(?P<place>{_UPPER}(?:[ /-]{_UPPER}){{0,4}})"
_WORD = r"[A-ZÀ-Þ][\w'’.]+"
_TITLE = rf"(?P<place>{_WORD}(?:[ /-](?:of |de |el |al-|la )?{_WORD}){{0,3}})"
_REGION = rf"(?:\s?\([A-Z][\w .]+\)|,\s+(?!{_MONTH}\s|NO DATE){_WORD}(?: {_WORD})?(?=,|\s+\(|\s*[-—–]))?"
_AGENCY = r"\((?P<agency>[^()\n]{2,60})\)"
_DASH = r"(?:\s*(?:--+|—|–)\s*|\s*-\s+)"
_MARKERS = r"(?:\[[^\]\n]{2,200}\]\s*)*"

_RULES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("dateline_full", rf"{_CAPS}{_REGION},?\s+{_DATE},?(?:\s+{_AGENCY})?{_DASH}{_MARKERS}"),
        ("dateline_agency", rf"{_CAPS}{_REGION},?\s+{_AGENCY}{_DASH}{_MARKERS}"),
        ("dateline_no_dash", rf"{_CAPS}{_REGION},?\s+{_DATE},?\s+{_AGENCY}[:.]?\s+"),
        ("dateline_small", rf"{_TITLE}{_REGION}(?:,?\s+{_DATE},?(?:\s+(?P<agency2>\([^()\n]{{2,60}}\)))?|,?\s+{_AGENCY}){_DASH}"),
        ("dateline_caps", rf"{_CAPS}{_REGION}{_DASH}"),
        ("dateline_place", rf"{_TITLE}\s+[—–]\s+(?=[A-Z“\"‘][^—–]{{40,}})"),
        ("dateline_colon", rf"{_CAPS}{_REGION}(?:,?\s+{_DATE})?(?:\s+{_AGENCY})?:\s+(?=[A-Z“\"‘])"),
        ("dateline_no_place", rf"(?P<place>){_AGENCY}{_DASH}"),
        ("text_marker", r"(?P<place>)(?:\[(?:REPORT|SUMMARY|EXCERPTS?|STATEMENT|COMMUNIQUE)\]\s*(?:\[[^\]\n]{2,200}\]\s*)*)?\[TEXT\]\s*"),
    )
)
_BARE = frozenset({"dateline_caps", "dateline_place", "dateline_colon"})
"""Rules that see neither a date nor an agency: they want more of the place and of the text."""


class Dateline(NamedTuple):
    """A dateline: its whole place, that of the place name (None if it names none), agencies, and the rule."""

    span: Span
    place: Span | None
    agencies: tuple[str, ...]
    rule: str


def find_dateline(paragraph: str, offset: int = 0) -> Dateline | None:
    """The dateline that opens a paragraph, or None. Spans are shifted by `offset`.

    >>> find_dateline("KYIV, Dec 9 (Reuters) - A rocket fell.").agencies
    ('Reuters',)
    """
    head = paragraph[:400]
    for rule, pattern in _RULES:
        found = pattern.match(head)
        if found and found.end() < len(paragraph) and (rule not in _BARE or _is_plain_place(found, paragraph)):
            return _dateline(found, rule, offset)
    return None


def _is_plain_place(found: re.Match[str], paragraph: str) -> bool:
    """ "IMF — the lender — said" and "THE ARMY -- WHICH" are no datelines; nor is anything but a short name."""
    place, rest = found["place"], paragraph[found.end() :]
    letters = sum(map(str.isalpha, place))
    return letters >= 4 and not rest[:200].isupper() and rest[0] in "“\"‘'[(" + rest[0].upper() and not find_agencies(place)


def _dateline(found: re.Match[str], rule: str, offset: int) -> Dateline:
    groups = found.groupdict()
    agency = " ".join(a for a in (groups.get("agency"), groups.get("agency2")) if a)
    place = Span(*found.span("place")).shift(offset) if found["place"] else None
    return Dateline(Span(0, len(found.group().rstrip())).shift(offset), place, find_agencies(agency), rule)
