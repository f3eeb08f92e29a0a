"""Nouns for several people to whom a "they" that speaks may point back, though they fill no role: "I spoke to border guards. They said …".

Whether they are people who act, a table of actors tells; and a mention found here makes a thing only if a pronoun comes to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hearsay.core.document import Document, Sentence
from hearsay.core.span import Span
from hearsay.resolve.candidates import load_words

REACH = 2
"""Sentences back to which is looked."""
_PRONOUNS = ("they", "he", "she", "it", "first", "second", "relative")
_ROLES = frozenset({"nsubj", "obj", "obl", "conj"})
_OWN = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat")


def find_crowds(document: Document, sources: Iterable[Span]) -> tuple[Span, ...]:
    """Plural noun phrases before each "they" that is a source, in its sentence or the ones before, and after whoever spoke last."""
    words = {s: s.of(document.text).lower() for s in sources}
    places = [s for s, word in words.items() if word in load_words()["they"]]
    if not places:
        return ()
    named = [s for s, word in words.items() if not any(word in load_words()[group] for group in _PRONOUNS)]
    found = {p: max((s.start for s in named if s.start < p.start), default=0) for p in places}
    return tuple(dict.fromkeys(s for place, since in found.items() for s in _before(document, place) if s.start >= since))


def _before(document: Document, place: Span) -> Iterator[Span]:
    around = document.sentence_at(place.start)
    if around is None:
        return
    story = document.part_of(around).story
    for sentence in document.sentences[max(0, around.index - REACH) : around.index + 1]:
        if document.part_of(sentence).story == story:
            yield from (span for span in _plurals(sentence) if span.end <= place.start)


def _plurals(sentence: Sentence) -> Iterator[Span]:
    for i, token in enumerate(sentence.tokens):
        if token.xpos == "NNS" and token.upos == "NOUN" and token.role in _ROLES:
            yield sentence.cover([*(c for c in sentence.dependents(i, *_OWN) if c < i), i])
