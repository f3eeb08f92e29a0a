"""Whether a report tells of public affairs. Only there is every accusation, promise or attack a political event.

In a report of a match, a storm or a marriage the same words name none, unless their own sentence names a government, an army, a court or a
country. The words are the class `public` of classes.tsv and the names of countries and peoples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hearsay.extract.words import Words, country_names
from hearsay.knowledge.codings import load_classes

LEAST_WORDS = 60
"""A shorter text shows too little of its matter to be judged."""
LEAST_SHARE = 0.015
"""Share of public words from which a report is one of public affairs: 111 of 115 annotated wire reports with events have it."""


def count_public(words: Words) -> tuple[int, int]:
    """(public words, all words) of a sentence, punctuation left out."""
    counted = [i for i, t in enumerate(words.tokens) if t.upos != "PUNCT"]
    return sum(_is_public(words, i) for i in counted), len(counted)


class Affairs:
    """What the counts of its sentences make of a report: "public", "private", or "short" where it has too few words to be judged."""

    def __init__(self, counts: Sequence[tuple[int, int]]) -> None:
        found, words = (sum(c[k] for c in counts) for k in (0, 1))
        self.kind = "short" if words < LEAST_WORDS else "public" if found >= LEAST_SHARE * words else "private"

    def admits(self, words: Words, parties: Iterable[int]) -> bool:
        """Whether the events of a sentence are political.

        In a private report one of its parties must be a public word or a country; in a short text the sentence must have such a word, or a
        party with a name or of the people classes.
        """
        if self.kind == "public":
            return True
        if self.kind == "private":
            return any(_is_public(words, j) for j in _with_modifiers(words, parties))
        return count_public(words)[0] > 0 or any(
            words.tokens[j].upos == "PROPN" or words.tokens[j].entity != "O" or words.is_party_word(j) for j in parties
        )


def _with_modifiers(words: Words, parties: Iterable[int]) -> Iterator[int]:
    for j in parties:
        yield j
        yield from words.children[j]


def _is_public(words: Words, j: int) -> bool:
    return words.lemmas[j] in load_classes()["public"] or words.tokens[j].text in country_names()
