"""Who stands inside whom, and the chains that follow from it."""

from __future__ import annotations

from hearsay.core.document import Article, Document, Sentence, Token
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


def test_whom_an_outlet_cites_comes_before_it() -> None:
    text = "The Interfax agency reported that the dam broke, citing the mayor."
    words = ("The Interfax agency", "reported", "that the dam broke", "citing", "the mayor")
    at = {w: Span(text.index(w), text.index(w) + len(w)) for w in words}
    tokens = tuple(Token(w.of(text), w.start, w.end, "", "", "", -1, "dep", "O") for w in at.values())
    document = Document(Article(text), (Sentence(0, Span(0, len(text)), 0, tokens),))
    agency, origin = (at["The Interfax agency"],), Provenance("test", "test")
    said = (
        Attribution("a1", "indirect", agency, (at["reported"],), (at["that the dam broke"],), origin),
        Attribution("a2", "indirect", agency, (at["citing"],), (at["the mayor"],), origin),
    )
    assert [s.of(text) for s in chain_of("a1", said, document)] == ["the mayor", "The Interfax agency"]


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
