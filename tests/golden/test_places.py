"""Places of places.tsv by context, and places as things of a report: datelines, sites, namesakes."""

from __future__ import annotations

from pathlib import Path

import pytest

import hearsay
from hearsay.knowledge.files import Row, read_table
from hearsay.knowledge.gazetteer import load_cities, load_places
from hearsay.resolve.places import resolve_place

ROWS = list(read_table(Path(__file__).parent / "places.tsv"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['text']}: {r['reason']}" for r in ROWS])
def test_a_name_stands_for(row: Row) -> None:
    around = {k: float(v) for k, _, v in (pair.partition("=") for pair in row["around"].split(";") if pair)}
    found = resolve_place(row["text"], row["stated"] or None, around)
    assert (found.name if found else "-", found.country if found else "-") == (row["name"], row["country"])
    assert (found.score if found else 0.0) >= float(row["least"])


def test_a_dateline_is_a_place_and_tells_namesakes_apart() -> None:
    text = "BEIRUT, Jan 3 (Reuters) - Gunmen attacked an army post in Tripoli on Friday, Lebanese police said."
    reading = hearsay.read_text(text, date="2014-01-04")
    places = {t.name: (t.country, t.lat is not None) for t in reading.things if t.kind == "place"}
    assert places["Beirut"] == ("LBN", True)
    assert places["Tripoli"] == ("LBN", True)


def test_a_country_told_after_a_place_wins() -> None:
    reading = hearsay.read_text("Police arrested two men in Birmingham, Alabama, on Friday.", date="2014-01-04")
    assert {t.country for t in reading.things if t.name == "Birmingham"} == {"USA"}


def test_every_city_has_its_degrees_and_country() -> None:
    cities = load_cities()
    assert len(cities) > 10_000
    assert all(len(c.country) == 3 and c.population >= 50 for c in cities)
    assert not [c for c in cities if any(p.country == c.country for p in load_places().get(c.name.lower(), ()))], "left to places.tsv"
