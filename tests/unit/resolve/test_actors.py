"""What bare mentions resolve to: text, country, sector, and why it should be so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.knowledge.actors import BODIES, SECTORS, load_actor_tables
from hearsay.resolve.actors import resolve_actor

MENTIONS = [
    ("Peru", "PER", None, "a country alone has no sector"),
    ("Transnistria", "MDA", "PRE", "an unrecognised state: the state that claims it, sector PRE"),
    ("Peruvian", "PER", None, "a demonym alone says nothing of a sector"),
    ("Lima", "PER", "GOV", "a capital stands for its government"),
    ("in downtown Lima", "PER", "CVL", "a place in a capital is no government"),
    ("Arequipa", "PER", "CVL", "another city stands for its people"),
    ("the Elysee", "FRA", "GOV", "a seat of government"),
    ("Élysée Palace", "FRA", "GOV", "accents do not matter"),
    ("Whitehall", "GBR", "GOV", "a street that stands for a government"),
    ("Norwegian soldiers", "NOR", "MIL", "demonym and role"),
    ("Norway's soldiers", "NOR", "MIL", "possessive and role"),
    ("Norway’s soldiers", "NOR", "MIL", "curly apostrophe"),
    ("soldiers from Norway", "NOR", "MIL", "the country follows the head"),
    ("Norway 's soldiers", "NOR", "MIL", "tokenised text"),
    ("four Belgian men", "BEL", "UNK", "a number and people without a role"),
    ("retired vice president", None, "ELI", "who left office is elite"),
    ("ex-finance minister of Ghana", "GHA", "ELI", "ex- joined by a hyphen"),
    ("Chile's president-elect", "CHL", "ELI", "not yet in office"),
    ("crowd control police", None, "COP", "the longest phrase wins"),
    ("riot police in Athens", "GRC", "COP", "a capital after the head gives the country only"),
    ("rebel leader", None, "REB", "a weak head gives way to its modifier"),
    ("union official", None, "LAB", "an official of a union is no official of a state"),
    ("chief of the Zambian army", "ZMB", "MIL", "a weak head gives way to its complement"),
    ("a spokesman for the interior ministry", None, "GOV", "a weak head of a strong complement, no country needed"),
    ("a gang of burglars", None, "CRM", "what a group is made of"),
    ("Nigeria's leader", "NGA", "GOV", "a country's leader governs"),
    ("Ecuador's ambassador to Denmark", "ECU", "GOV", "the country an envoy goes to is not his own"),
    ("ambassador to Denmark", None, "GOV", "no country is better than the host's"),
    ("Belarus-backed hackers in Poland", "POL", "CRM", "-backed names a patron, not a home"),
    ("Belarus-backed hackers", "BLR", "CRM", "the patron when nothing else is said"),
    ("the Kenya-based aid group", "KEN", "SOC", "-based names a home"),
    ("Portugal's Defence Ministry", "PRT", "GOV", "a ministry"),
    ("the official Cuban newspaper", "CUB", "GOV", "official press is the government's"),
    ("a Cuban newspaper", "CUB", "JRN", "press otherwise"),
    ("Bosnian Croats", "BIH", "CVL", "a people told apart"),
    ("protesters in Minsk", "BLR", "CVL", "the capital does not govern the crowd"),
    ("US troops", "USA", "MIL", "an acronym in capitals"),
    ("us", None, "UNK", "a pronoun is no country"),
    ("turkey", None, None, "a bird"),
    ("polish farmers", "POL", "AGR", "a text without capitals"),
    ("Michael Jordan", None, None, "a family name is no country"),
    ("Julia Tyler", None, None, "an unknown person"),
    ("Roumania", "ROU", None, "an old spelling"),
    ("Tajikstan", "TJK", None, "a letter is missing"),
    ("the Soviet army", "RUS", "MIL", "a dissolved state goes to its successor"),
    ("British Defence Secretary Tom King", "GBR", "GOV", "a family name that is a title"),
    ("Ivory Coast's Supreme Court", "CIV", "JUD", "another country's court of a known name"),
    ("a cat", None, None, "no actor at all"),
]


@pytest.mark.parametrize(("text", "country", "sector", "reason"), MENTIONS, ids=[m[0] for m in MENTIONS])
def test_mentions(text: str, country: str | None, sector: str | None, reason: str) -> None:
    found = resolve_actor(text)
    assert (found.country, found.sector) == (country, sector), f"{reason}: {found}"


def test_title_country_and_name_are_told_apart() -> None:
    found = resolve_actor("Russian Deputy Foreign Minister Sergei Vershinin")
    assert (found.country, found.sector, found.kind) == ("RUS", "GOV", "person")
    assert (found.name, found.role) == ("Sergei Vershinin", "Deputy Foreign Minister")
    assert all(".tsv:" in part for part in found.rule.split("+"))


def test_defence_minister_has_two_sectors() -> None:
    found = resolve_actor("the Portuguese defence minister")
    assert (found.country, found.sector, found.sector2) == ("PRT", "GOV", "MIL")


def test_apposition_after_the_name_gives_the_office() -> None:
    found = resolve_actor("Ana Lopes, Angola's health minister")
    assert (found.country, found.sector) == ("AGO", "GOV")


def test_sentence_gives_the_country_when_it_names_one() -> None:
    sentence = "In Peru, the foreign minister resigned."
    assert resolve_actor("the foreign minister", sentence).country == "PER"
    assert resolve_actor("the foreign minister", "Between Peru and Chile the foreign minister chose.").country is None


def test_apposition_in_the_sentence_gives_office_and_country() -> None:
    found = resolve_actor("Jane Roe", "Jane Roe, the Peruvian foreign minister, resigned.")
    assert (found.country, found.sector, found.role) == ("PER", "GOV", "foreign minister")


def test_entity_kind_keeps_a_person_from_being_a_state() -> None:
    assert resolve_actor("Chad Miller", entity="PERSON").country is None


def test_names_for_display() -> None:
    assert resolve_actor("the U.K.").name == "United Kingdom"
    assert resolve_actor("Downing Street").name == "Downing Street"
    assert resolve_actor("the French president").name == "French president"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([None, "2020-05-01", "", "2020"]))
def test_any_text_resolves_to_known_codes(text: str, context: str, date: str | None) -> None:
    found = resolve_actor(text, context, date)
    assert found.sector is None or found.sector in SECTORS
    assert found.kind in {"person", "organization", "state", "place", "group"}
    assert found.rule


_PIECES = (
    "the",
    "former",
    "US",
    "Israeli",
    "President",
    "Putin",
    "'s",
    "of",
    ",",
    "-",
    "led",
    "police",
    "in",
    "Paris",
    "leader",
    "(",
    "Hamas",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=8), st.sampled_from([None, "2003-01-01"]))
def test_any_order_of_words_resolves(pieces: list[str], date: str | None) -> None:
    codes = set(load_actor_tables().by_code) | BODIES
    found = resolve_actor(" ".join(pieces), "The " + " ".join(pieces), date)
    assert found.country is None or found.country in codes
