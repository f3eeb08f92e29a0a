"""Whether a report tells of public affairs. Only there is every accusation, promise or attack a political event.

In a report of a storm or a marriage the same words name none, unless a party to them is a government, an army, a court or a country; in a
report of a match, where countries play, a country is not enough. The words are the classes `public` and `sport` of classes.tsv and
the names of countries and peoples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hearsay.extract.words import Words, country_names
from hearsay.knowledge.codings import load_classes

LEAST_WORDS = 60
"""A shorter text shows too little of its matter to be judged."""
LEAST_SHARE = 0.015
"""Share of public words from which a report is one of public affairs: 111 of 115 annotated wire reports with events have it."""


LEAST_SPORT = 0.02
"""Share of words of sport from which a report is one of sport: of 60 such annotated wire reports 55 have no event."""


class Counts(NamedTuple):
    """Public words, words of sport and all words of a stretch of text, punctuation left out."""

    public: int
    sport: int
    words: int


def count_words(words: Words) -> Counts:
    """The counts of a sentence."""
    counted = [i for i, t in enumerate(words.tokens) if t.upos != "PUNCT"]
    sport = load_classes()["sport"]
    return Counts(sum(_is_public(words, i) for i in counted), sum(words.lemmas[i].lower() in sport for i in counted), len(counted))


class Affairs:
    """What the counts of its sentences make of a report: "public", "private", "sport", or "short" where it has too few words."""

    def __init__(self, counts: Sequence[Counts]) -> None:
        public, sport, words = (sum(c[k] for c in counts) for k in range(3))
        if words < LEAST_WORDS:
            self.kind = "short"
        elif sport >= LEAST_SPORT * words:
            self.kind = "sport"
        else:
            self.kind = "public" if public >= LEAST_SHARE * words else "private"

    def admits(self, words: Words, parties: Iterable[int]) -> bool:
        """Whether the events of a sentence are political.

        In a private report one of its parties must be a public word or a country, in one of sport a public word; in a short text the
        sentence must have such a word, or a party with a name or of the people classes.
        """
        if self.kind == "public":
            return True
        if self.kind == "sport":
            return any(words.lemmas[j] in load_classes()["public"] for j in _with_modifiers(words, parties))
        if self.kind == "private":
            return any(_is_public(words, j) for j in _with_modifiers(words, parties))
        return count_words(words).public > 0 or any(
            words.tokens[j].upos == "PROPN" or words.tokens[j].entity != "O" or words.is_party_word(j) for j in parties
        )


def _with_modifiers(words: Words, parties: Iterable[int]) -> Iterator[int]:
    for j in parties:
        yield j
        yield from words.children[j]


def _is_public(words: Words, j: int) -> bool:
    return words.lemmas[j] in load_classes()["public"] or words.tokens[j].text in country_names()
