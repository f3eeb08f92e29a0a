"""Whether a report tells of public affairs. Only there is every accusation, promise or attack a political event.

In a report of a storm or a marriage the same words name none, unless a party to them is a government, an army, a court or a country; in a
report of a match, where countries play, a country is not enough. Sportsmen may be what politics is about: a report in which public words
weigh as much as those of sport is none of sport. The words are the classes `public` and `sport` of classes.tsv and the names of countries
and peoples.
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
LEAST_KINDS = 2
"""Different words of sport that it must have: "penalty" again and again is that of a court."""


class Counts(NamedTuple):
    """How many public words, other words that name a country and words in all a stretch of text has, and its words of sport."""

    public: int
    countries: int
    words: int
    sport: tuple[str, ...] = ()


def count_words(words: Words) -> Counts:
    """The counts of a sentence, punctuation left out."""
    counted = [i for i, t in enumerate(words.tokens) if t.upos != "PUNCT"]
    public = sum(_is_public(words, i) for i in counted)
    countries = sum(_is_country(words, i) and not _is_public(words, i) for i in counted)
    return Counts(public, countries, len(counted), tuple(words.lemmas[i] for i in counted if _is_of_sport(words, i)))


class Affairs:
    """What the counts of its sentences make of a report: "public", "private", "sport", or "short" where it has too few words."""

    def __init__(self, counts: Sequence[Counts]) -> None:
        public, countries, words = sum(c.public for c in counts), sum(c.countries for c in counts), sum(c.words for c in counts)
        sport = [word for c in counts for word in c.sport]
        if words < LEAST_WORDS:
            self.kind = "short"
        elif len(sport) >= LEAST_SPORT * words and len(sport) > public and len(set(sport)) >= LEAST_KINDS:
            self.kind = "sport"
        else:
            self.kind = "public" if public + countries >= LEAST_SHARE * words else "private"

    def admits(self, words: Words, parties: Iterable[int]) -> bool:
        """Whether the events of a sentence are political.

        In a private report one of its parties must be a public word or a country, in one of sport a public word; in a short text the
        sentence must have such a word, or a party with a name or of the people classes.
        """
        if self.kind == "public":
            return True
        if self.kind == "short":
            counts = count_words(words)
            return counts.public + counts.countries > 0 or any(_may_act(words, j) for j in parties)
        playing = self.kind == "sport"
        return any(_is_public(words, j) or (not playing and _is_country(words, j)) for j in _with_modifiers(words, parties))


def _with_modifiers(words: Words, parties: Iterable[int]) -> Iterator[int]:
    for j in parties:
        yield j
        yield from words.children[j]


def _is_public(words: Words, j: int) -> bool:
    return words.lemmas[j] in load_classes()["public"]


def _is_country(words: Words, j: int) -> bool:
    return words.tokens[j].text in country_names()


def _is_of_sport(words: Words, j: int) -> bool:
    """Whether a word is of the class `sport`, not "scores of people"."""
    counts = words.lemmas[j] in load_classes()["quantity"] and any(words.tokens[c].role == "nmod" for c in words.children[j])
    return words.lemmas[j] in load_classes()["sport"] and not counts


def _may_act(words: Words, j: int) -> bool:
    return words.tokens[j].upos == "PROPN" or words.tokens[j].entity != "O" or words.is_party_word(j)
