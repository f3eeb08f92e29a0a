"""Who stands inside whom, and the chains that follow from it."""

from __future__ import annotations

from hearsay.core.document import Article, Document
from hearsay.core.records import Attribution, Provenance
from hearsay.core.span import Span
from hearsay.extract.nesting import chain_of, is_outlet, set_inside

TEXT = "The mayor told RIA Novosti that aides said the dam broke, the Interfax agency reported."


def place(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def make(key: str, source: str, cue: str, content: str, addressee: str = "") -> Attribution:
    to = (place(addressee),) if addressee else ()
    return Attribution(key, "indirect", (place(source),), (place(cue),), (place(content),), Provenance("test", "test"), to)


FOUND = (
    make("a1", "the Interfax agency", "reported", "The mayor told RIA Novosti that aides said the dam broke"),
    make("a2", "The mayor", "told", "that aides said the dam broke", "RIA Novosti"),
    make("a3", "aides", "said", "the dam broke"),
)
DOCUMENT = Document(Article(TEXT), ())


def test_inside_is_the_smallest_content_around_the_cue() -> None:
    assert [a.inside for a in set_inside(FOUND)] == [None, "a1", "a2"]


def test_chain_runs_from_the_innermost_source_over_outlets_outwards() -> None:
    chain = chain_of("a3", set_inside(FOUND), DOCUMENT)
    assert [s.of(TEXT) for s in chain] == ["aides", "The mayor", "RIA Novosti", "the Interfax agency"]


def test_two_that_hold_each_other_do_not_loop() -> None:
    one = make("a1", "aides", "told", "said the dam broke")
    other = make("a2", "aides", "said", "told RIA Novosti")
    found = set_inside((one, other))
    assert sum(a.inside is not None for a in found) == 1
    assert chain_of("a1", found, DOCUMENT)


def test_unknown_id_has_an_empty_chain() -> None:
    assert chain_of("a9", FOUND, DOCUMENT) == ()


def test_outlets() -> None:
    assert is_outlet(place("RIA Novosti"), DOCUMENT) and is_outlet(place("the Interfax agency"), DOCUMENT)
    assert not is_outlet(place("The mayor"), DOCUMENT) and not is_outlet(place("aides"), DOCUMENT)
