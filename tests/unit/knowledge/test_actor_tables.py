"""The tables of actors parse, name known codes, and say nothing twice."""

from __future__ import annotations

from collections import Counter

from hearsay.knowledge.actors import BODIES, SECTORS, Country, Office, Organization, Term, load_actor_tables
from hearsay.knowledge.files import read_header, read_table


def test_tables_are_broad_enough() -> None:
    tables = load_actor_tables()
    assert sum(c.kind == "state" for c in tables.countries) >= 196, "UN members, Holy See, Palestine, Kosovo and Taiwan"
    assert len(tables.agents) >= 500
    assert {a.sector for a in tables.agents.values()} == SECTORS, "every sector has words"


def test_states_are_whole() -> None:
    for row in read_table("actors/countries.tsv"):
        if row["kind"] == "state":
            assert row["lat"] and row["lon"], f"{row.place}: a state has coordinates of its capital"
            assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row.place


def test_rows_are_unique() -> None:
    names = Counter((r["name"], r["kind"]) for r in read_table("actors/countries.tsv"))
    phrases = Counter(r["phrase"] for r in read_table("actors/agents.tsv"))
    assert [k for k, n in (names + phrases).items() if n > 1] == []


def test_headers_are_whole() -> None:
    for name in ("countries", "agents"):
        assert read_header(f"actors/{name}.tsv")["licence"]


def test_codes_of_places_are_states() -> None:
    tables = load_actor_tables()
    assert [c.place for c in tables.countries if c.code not in tables.by_code] == [], "a city or breakaway belongs to a state of the table"


def test_codes_of_offices_and_organizations_exist() -> None:
    tables = load_actor_tables()
    known = set(tables.by_code) | BODIES
    rows = [n.row for names in tables.names.values() for n in names]
    codes = {r.code if isinstance(r, Office | Country) else r.code or "UNO" for r in rows if isinstance(r, Office | Country | Organization)}
    assert codes - known == set()


def test_a_term_is_as_precise_as_its_limits() -> None:
    assert Term("2001", "").holds("2001-03-04"), "some day of the year"
    assert not Term("2001-05", "").holds("2001-04-30")
    assert Term("", "2001").holds("2001-12-31")
    assert not Term("", "2001-06-01").holds("2001-06-02")
