"""Place names -> coordinates and countries, from the gazetteer that ships; namesakes are told apart by what stands around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from math import log10
from typing import NamedTuple

from hearsay.knowledge.files import read_table
from hearsay.knowledge.gazetteer import PlaceRow, fold, places_called

WORDS = "languages/en/place_words.tsv"
KIND_WEIGHT = {"capital": 1.0, "city": 0.8, "region": 0.8, "site": 0.7, "island": 0.7, "water": 0.6}
_STATED, _AROUND = 2.0, 0.8
"""What a country told beside the name weighs, and what the countries that the report speaks of weigh together."""
_SITE, _CLOSER = 0.6, 0.95
_SMALL = 0.5
"""Least weight of a city by its people: 50,000 weigh this, a million 0.7."""


class Place(NamedTuple):
    """A resolved place; `score` is 0 to 1, lower where the name is shared and little tells the bearers apart, and for a site in a city."""

    name: str
    country: str
    lat: float
    lon: float
    score: float
    rule: str


def resolve_place(text: str, country: str | None = None, around: Mapping[str, float] | None = None) -> Place | None:
    """The place that a name or short phrase stands for, or None.

    Args:
        text: such as "Kharkiv", "northern Mali", "a Moscow airport", "an airport near Moscow".
        country: the country told beside the name ("Tripoli, Lebanon"); places there win.
        around: countries that the report speaks of, with their shares; they decide between namesakes.
    """
    for name, trust, is_site in _variants(text):
        rows = places_called(name)
        if rows:
            best, score = _choose(rows, country, around or {})
            shown = " ".join(text.split()) if is_site else best.name
            return Place(shown, best.country, best.lat, best.lon, round(score * trust, 2), best.rule)
    return None


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row["group"]: frozenset(row["words"].split()) for row in read_table(WORDS)}


def _variants(text: str) -> Iterator[tuple[str, float, bool]]:
    """Ever shorter names with the trust each keeps, and whether the words speak of a site and the name of where it is."""
    words, known = fold(text).split(), _words()
    trust, is_site = 1.0, False
    while words:
        yield " ".join(words), trust, is_site
        if words[0] in known["leading"]:
            words = words[1:]
        elif words[-1] in known["area"] | known["site"]:
            is_site = is_site or words[-1] in known["site"]
            trust *= _SITE if words[-1] in known["site"] else _CLOSER
            words = words[:-1]
        else:
            break
    tail = _after_site(fold(text).split())
    if tail:
        yield from ((name, _SITE, True) for name, _, _ in _variants(tail))


def _after_site(words: list[str]) -> str:
    """ "an airport near Moscow": what follows the preposition after a site."""
    known = _words()
    for at in range(1, len(words) - 1):
        if words[at] in known["of"] and words[at - 1] in known["site"]:
            return " ".join(words[at + 1 :])
    return ""


def _choose(rows: tuple[PlaceRow, ...], country: str | None, around: Mapping[str, float]) -> tuple[PlaceRow, float]:
    def weight(row: PlaceRow) -> float:
        stated = _STATED if country and row.country == country else 0.0
        return _own_weight(row) + stated + _AROUND * around.get(row.country, 0.0)

    best = max(rows, key=weight)
    return best, weight(best) / sum(weight(r) for r in rows)


def _own_weight(row: PlaceRow) -> float:
    if not row.population:
        return KIND_WEIGHT[row.kind]
    return min(KIND_WEIGHT["city"], _SMALL + 0.15 * log10(max(1.0, row.population / 50)))
