"""Places with coordinates, by folded name. Which of several places of one name is meant is said in `hearsay.resolve.places`.

Two tables: places.tsv, written here, with aliases, regions, waters, islands and sites; and cities.tsv, the cities of GeoNames. The second
is long: its lines are indexed when the first place is asked for and read when their name is.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from hearsay.errors import DataFormatError
from hearsay.knowledge.files import DATA, Row, find_data, read_table

PLACES, CITIES = "places/places.tsv", "places/cities.tsv"
KINDS = frozenset({"city", "capital", "region", "water", "island", "site"})


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: name, country (ISO 3166-1 alpha-3, empty for waters shared by many), coordinates in degrees, kind, `file:line`.

    `population` is in thousands, 0 where the table does not say it.
    """

    name: str
    country: str
    lat: float
    lon: float
    kind: str
    rule: str
    population: int = 0


def fold(name: str) -> str:
    """A name in small letters without accents, dots and doubled blanks.

    >>> fold("São  Tomé"), fold("St. Petersburg")
    ('sao tome', 'st petersburg')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name.replace("’", "'")) if not unicodedata.combining(c))
    return " ".join(name.lower().replace(".", " ").split())


def places_called(name: str) -> tuple[PlaceRow, ...]:
    """Places of a folded name: those of places.tsv in its order, then cities by their population. Raises DataFormatError."""
    return load_places().get(name, ()) + _cities_called(name)


@cache
def load_places() -> dict[str, tuple[PlaceRow, ...]]:
    """Places of places.tsv by folded name and alias, in the order of the table. Raises DataFormatError."""
    found: dict[str, list[PlaceRow]] = {}
    for row in read_table(PLACES):
        place = _place(row)
        for name in {fold(row["name"]), *(fold(a) for a in row["aliases"].split(";") if a.strip())}:
            found.setdefault(name, []).append(place)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _cities_called(name: str) -> tuple[PlaceRow, ...]:
    cities = [_city(*line) for line in _city_lines().get(name, ())]
    return tuple(sorted(cities, key=lambda c: -c.population))


@cache
def _city_lines() -> dict[str, list[tuple[int, str]]]:
    """Numbers and lines of cities.tsv by folded name."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(find_data(CITIES).read_text(encoding="utf-8").split("\n"), 1):
        if line and line[0] != "#":
            name = line[: line.find("\t")]
            key = name.lower() if name.isascii() and "." not in name and "  " not in name else fold(name)
            found.setdefault(key, []).append((number, line))
    return found


def load_cities() -> tuple[PlaceRow, ...]:
    """Every city of cities.tsv, for checks. Raises DataFormatError."""
    return tuple(_city(*line) for lines in _city_lines().values() for line in lines)


def _city(number: int, line: str) -> PlaceRow:
    try:
        name, country, lat, lon, population = line.rstrip("\r").split("\t")
        return PlaceRow(name, country, *_degrees(lat, lon), "city", f"{CITIES}:{number}", int(population))
    except ValueError:
        fault = "five cells: name, country, latitude, longitude, population in thousands"
        raise DataFormatError(DATA / CITIES, number, fault) from None


def _degrees(lat: str, lon: str) -> tuple[float, float]:
    north, east = float(lat), float(lon)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError
    return north, east


def _place(row: Row) -> PlaceRow:
    try:
        lat, lon = _degrees(row["lat"], row["lon"])
    except ValueError:
        fault = "latitude -90 to 90 and longitude -180 to 180, in degrees"
        raise DataFormatError(DATA / row.file, row.line, fault, column="lat lon") from None
    if row["kind"] not in KINDS:
        raise DataFormatError(DATA / row.file, row.line, f"one of {', '.join(sorted(KINDS))}", column="kind")
    return PlaceRow(row["name"], row["country"], lat, lon, row["kind"], row.place)
