"""Place names -> coordinates and countries, from the gazetteer that ships."""

from __future__ import annotations

import re
from typing import NamedTuple

from hearsay.knowledge.gazetteer import PlaceRow, fold, load_places

KIND_WEIGHT = {"capital": 1.0, "city": 0.8, "region": 0.8, "site": 0.7, "island": 0.7, "water": 0.6}
_LEADING = re.compile(r"^(?:the|a|an|near|in|at|around|outside|northern|southern|eastern|western|central|north|south|east|west)\s+", re.I)
_TRAILING = re.compile(r"\s+(?:province|region|state|city|district|airport|area|governorate|county|port|border)$", re.I)


class Place(NamedTuple):
    """A resolved place; `score` is 0 to 1, lower where the name is shared and nothing tells the bearers apart."""

    name: str
    country: str
    lat: float
    lon: float
    score: float
    rule: str


def resolve_place(text: str, country: str | None = None) -> Place | None:
    """The place that a name or short phrase stands for, or None.

    Args:
        text: such as "Kharkiv", "northern Mali", "a Moscow airport".
        country: a country that the report speaks of; places there win.
    """
    for name in _variants(fold(text)):
        rows = load_places().get(name)
        if rows:
            return _choose(rows, country)
    return None


def _variants(name: str) -> list[str]:
    out = [name]
    short = name
    for _ in range(3):
        short = _TRAILING.sub("", _LEADING.sub("", short))
        if short and short not in out:
            out.append(short)
    return out


def _choose(rows: tuple[PlaceRow, ...], country: str | None) -> Place:
    def weight(row: PlaceRow) -> float:
        return KIND_WEIGHT[row.kind] + (1.0 if country and row.country == country else 0.0)

    best = max(rows, key=weight)
    rivals = sum(weight(r) for r in rows)
    return Place(best.name, best.country, best.lat, best.lon, round(weight(best) / rivals, 2), best.rule)
