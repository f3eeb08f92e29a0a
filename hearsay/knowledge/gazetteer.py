"""Places with coordinates, by folded name. Which of several places of one name is meant is said in `hearsay.resolve.places`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from hearsay.errors import DataFormatError
from hearsay.knowledge.files import DATA, Row, read_table

PLACES = "places/places.tsv"
KINDS = frozenset({"city", "capital", "region", "water", "island", "site"})


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: name, country (ISO 3166-1 alpha-3, empty for waters shared by many), coordinates in degrees, kind, `file:line`."""

    name: str
    country: str
    lat: float
    lon: float
    kind: str
    rule: str


def fold(name: str) -> str:
    """A name in small letters without accents, dots and doubled blanks.

    >>> fold("São  Tomé"), fold("St. Petersburg")
    ('sao tome', 'st petersburg')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.lower().replace(".", " ").replace("’", "'").split())


@cache
def load_places() -> dict[str, tuple[PlaceRow, ...]]:
    """Places by folded name and alias, in the order of the table. Raises DataFormatError."""
    found: dict[str, list[PlaceRow]] = {}
    for row in read_table(PLACES):
        place = _place(row)
        for name in {fold(row["name"]), *(fold(a) for a in row["aliases"].split(";") if a.strip())}:
            found.setdefault(name, []).append(place)
    return {name: tuple(rows) for name, rows in found.items()}


def _place(row: Row) -> PlaceRow:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError
    except ValueError:
        fault = "latitude -90 to 90 and longitude -180 to 180, in degrees"
        raise DataFormatError(DATA / row.file, row.line, fault, column="lat lon") from None
    if row["kind"] not in KINDS:
        raise DataFormatError(DATA / row.file, row.line, f"one of {', '.join(sorted(KINDS))}", column="kind")
    return PlaceRow(row["name"], row["country"], lat, lon, row["kind"], row.place)
