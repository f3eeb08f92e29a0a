"""One mention a party and side; times carried between mentions of one happening."""

from __future__ import annotations

import pytest

from hearsay.core.document import Article, Document, Sentence, Token
from hearsay.core.records import Event, Participant, Provenance, When
from hearsay.core.span import Span
from hearsay.resolve.happenings import carry_times, keep_one_mention


def document(text: str) -> Document:
    """A text of one sentence whose words carry their own lemma, and a tag for "his"."""
    tokens, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        lemma = {"killed": "kill", "met": "meet", "meetings": "meeting"}.get(word, word)
        tokens.append(Token(word, start, at, lemma, "X", "PRP$" if word == "his" else "NN", -1, "root", "O"))
    return Document(Article(text, ()), (Sentence(0, Span(0, len(text)), 0, tuple(tokens)),))


def participants(text: str, *pairs: tuple[str, str]) -> tuple[Participant, ...]:
    out, at = [], 0
    for words, thing in pairs:
        at = text.index(words, at)
        out.append(Participant(Span(at, at + len(words)), words, thing))
        at += len(words)
    return tuple(out)


def event(text: str, trigger: str, **fields: object) -> Event:
    at = text.index(trigger)
    return Event("e1", "CONSULT", Span(at, at + len(trigger)), Provenance("events", "test"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "trigger", "pairs", "kept"),
    [
        ("Ban said he would meet envoys", "meet", [("Ban", "t1"), ("he", "t1")], ["he"]),
        ("Ban went home after his visit", "visit", [("Ban", "t1"), ("his", "t1")], ["Ban"]),
        ("Laura and I met the envoy", "met", [("Laura", "t1"), ("I", "t1")], ["Laura", "I"]),
        ("Leaders of the Union (EU) met", "met", [("the Union", "t1"), ("EU", "t1")], ["the Union"]),
        ("Rebels met the rebels", "met", [("Rebels", "t1"), ("rebels", "t2")], ["Rebels", "rebels"]),
    ],
)
def test_the_nearest_mention_of_a_party_stays(text: str, trigger: str, pairs: list[tuple[str, str]], kept: list[str]) -> None:
    found = keep_one_mention(document(text), event(text, trigger, actors=participants(text, *pairs)))
    assert [p.text for p in found.actors] == kept


TEXT = "Ban met Kim Monday ; the meetings with Kim ; Ban killed talks"
MONDAY = When("2022-12-19", Span(12, 18))


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"recipients": participants(TEXT, ("Kim", "t2"))}, MONDAY),
        ({}, MONDAY),
        ({"recipients": participants(TEXT, ("Kim", "t9"))}, None),
        ({"modality": "hypothetical"}, None),
        ({"when": When("2021", Span(0, 3))}, When("2021", Span(0, 3))),
    ],
    ids=["same party", "no party", "another party", "not told as done", "a time of its own"],
)
def test_a_time_is_carried_to_another_mention_of_the_happening(fields: dict, when: When | None) -> None:
    first = event(TEXT, "met", actors=participants(TEXT, ("Ban", "t1")), recipients=participants(TEXT, ("Kim", "t2")), when=MONDAY)
    assert carry_times(document(TEXT), [first, event(TEXT, "meetings", **fields)])[1].when == when


def test_no_time_is_carried_to_another_kind_of_happening() -> None:
    first = event(TEXT, "met", actors=participants(TEXT, ("Ban", "t1")), when=MONDAY)
    other = event(TEXT, "killed", actors=participants(TEXT, ("Ban", "t1")))
    assert carry_times(document(TEXT), [first, other])[1].when is None
    headline = event(TEXT, "killed", actors=participants(TEXT, ("Ban", "t1")), part="headline")
    assert carry_times(document(TEXT), [first, headline])[1].when == MONDAY
