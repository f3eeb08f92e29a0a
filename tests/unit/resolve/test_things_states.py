"""Countries of things: a state stays itself, and nobody is lent a country merely for standing in a sentence that names one."""

from __future__ import annotations

import pytest

from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Also staking its claim in Deir ez-Zor is Iran, with which Russia has partnered. Iran threatened Israel.", "Iran", "IRN"),
        ("The biggest buyer of Libyan crude is Italy, which condemned the blockade. Italy urged Chad to mediate.", "Italy", "ITA"),
    ],
)
def test_a_state_keeps_its_own_code(text: str, name: str, code: str, analyser) -> None:
    reading = Reader(analyser, strict=True).read(RawReport("x", text=text), date="2018-02-24")
    assert [(t.country, t.sector) for t in reading.things if t.kind == "state" and t.name == name] == [(code, None)]


@pytest.mark.parametrize(
    ("text", "words", "country", "score"),
    [
        ("His parents accused the police of delay after their son went to Syria.", "His parents", None, 1.0),
        ("Sally Lane denied that the family had sent money to Syria.", "Sally Lane", None, 1.0),
        ("In Kenya, police arrested four editors on Friday.", "police", "KEN", 0.6),
        ("In Kenya, protesters attacked a courthouse on Friday.", "protesters", "KEN", 0.6),
        ("She left Bow in east London to join the terrorist organisation.", "the terrorist organisation", "GBR", 0.6),
    ],
)
def test_a_country_is_lent_by_the_sentence_only_to_who_belongs_there(text: str, words: str, country: str, score: float, analyser) -> None:
    reading = Reader(analyser, strict=True).read(RawReport("x", text=text), date="2018-02-24")
    start = text.index(words)
    thing = next(t for t in reading.things if any(m.start == start for m in t.mentions))
    assert (thing.country, thing.provenance.score) == (country, score)
