"""Quoted sentences without a cue of their own -> content of the attribution they belong to.

"“We will stay,” Chan said. “We have no choice.”" is one attribution with content in two pieces. A paragraph that is wholly
a quotation belongs to whoever spoke last. Cues inside such quotations are nested in that attribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from hearsay.core.document import READ_KINDS, Document, Sentence
from hearsay.extract.attribution_spans import is_word
from hearsay.extract.drafts import Draft
from hearsay.extract.quotations import Quotes

FULL = 0.9
"""Share of a sentence's words inside marks from which it counts as wholly quoted."""


class Continuations:
    """Who speaks in each wholly quoted sentence of a document; made once, then read by `owners`."""

    def __init__(self, document: Document, quotes: Quotes, drafts: Sequence[Draft]) -> None:
        self._document, self._quotes = document, quotes
        self._speaking: dict[int, list[Draft]] = {}
        self._claims: dict[int, list[Draft]] = {}
        for draft in drafts:
            sentence = document.sentences[draft.sentence]
            if quotes.number[sentence.tokens[draft.first].start] < 0 and not draft.extra:
                self._speaking.setdefault(draft.sentence, []).append(draft)
                for number in _numbers(sentence, draft.content, quotes):
                    self._claims.setdefault(number, []).append(draft)
        self.owners: dict[int, Draft] = {}
        self._owned = {index for d in drafts for index, _ in d.extra}
        for group in stories(document):
            self._read_story(group)

    def _read_story(self, sentences: Sequence[Sentence]) -> None:
        before: Sentence | None = None
        for at, sentence in enumerate(sentences):
            if self._is_quoted(sentence):
                owner = self._owner(sentences, at, before)
                if owner:
                    self.owners[sentence.index] = owner
            before = sentence

    def _is_quoted(self, sentence: Sentence) -> bool:
        if sentence.index in self._speaking or sentence.index in self._owned:
            return False
        words = [t.start for t in sentence.tokens if is_word(t.text)]
        return bool(words) and float((self._quotes.number[words] >= 0).mean()) >= FULL

    def _owner(self, sentences: Sequence[Sentence], at: int, before: Sentence | None) -> Draft | None:
        sentence = sentences[at]
        numbers = list(_numbers(sentence, range(len(sentence.tokens)), self._quotes))
        for number in numbers:
            if claimed := self._claims.get(number):
                return min(claimed, key=lambda d: abs(d.sentence - sentence.index))
        if before is not None and (before.part == sentence.part or self._continues(numbers, sentence)):
            spoken = self.owners.get(before.index) or self._speaker_of(before, same=before.part == sentence.part)
            if spoken:
                return spoken
        return self._next_speaker(sentences, at) or self._speaker_before(sentences, at)

    def _continues(self, numbers: Sequence[int], sentence: Sentence) -> bool:
        """Whether a new paragraph begins with the quotation."""
        return bool(numbers) and self._quotes.found[numbers[0]].span.start <= sentence.tokens[0].end

    def _speaker_of(self, sentence: Sentence, *, same: bool) -> Draft | None:
        """The attribution of a sentence that quotes, or that leads up to a quotation with a colon."""
        drafts = self._speaking.get(sentence.index, [])
        quoting = [d for d in drafts if _numbers(sentence, d.content, self._quotes)]
        leads = sentence.tokens[-1].text == ":" or not any(d.content for d in drafts)
        chosen = quoting or (drafts if same or leads else [])
        return max(chosen, key=lambda d: d.score, default=None)

    def _next_speaker(self, sentences: Sequence[Sentence], at: int) -> Draft | None:
        """The first speaker further on whose content is quoted: in the paragraph, or in one reached through quotations alone."""
        for before, sentence in pairwise(sentences[at:]):
            if before.part != sentence.part and not (self._is_quoted(before) and self._begins_quoted(sentence)):
                return None
            quoting = [d for d in self._speaking.get(sentence.index, []) if _numbers(sentence, d.content, self._quotes)]
            if quoting:
                return quoting[0]
        return None

    def _speaker_before(self, sentences: Sequence[Sentence], at: int) -> Draft | None:
        """The last speaker of the sentence before, though that did not quote."""
        drafts = self._speaking.get(sentences[at - 1].index, []) if at else []
        return max((d for d in drafts if d.source), key=lambda d: d.first, default=None)

    def _begins_quoted(self, sentence: Sentence) -> bool:
        return bool(self._quotes.number[sentence.tokens[0].start] >= 0)


def _numbers(sentence: Sentence, tokens: Iterable[int], quotes: Quotes) -> dict[int, None]:
    """Numbers of the quotations that some tokens lie in, in order."""
    numbers = quotes.number[np.array([sentence.tokens[i].start for i in tokens], np.int64)]
    return dict.fromkeys(int(n) for n in numbers if n >= 0)


def stories(document: Document) -> list[list[Sentence]]:
    """Sentences that are read, story by story, those of headlines and captions apart from the running text."""
    groups: dict[tuple[int, str], list[Sentence]] = {}
    for sentence in document.sentences:
        part = document.part_of(sentence)
        if not sentence.tokens or part.kind not in READ_KINDS:
            continue
        kind = part.kind if part.kind in ("headline", "deck", "caption", "teaser_headline", "teaser_deck") else "body"
        groups.setdefault((part.story, kind), []).append(sentence)
    return list(groups.values())


def join_quoted(document: Document, quotes: Quotes, drafts: Sequence[Draft]) -> None:
    """Give wholly quoted sentences to the drafts they belong to; drafts inside them become nested."""
    owners = Continuations(document, quotes, drafts).owners
    beside: dict[int, list[Draft]] = {}
    for draft in drafts:
        beside.setdefault(draft.sentence, []).append(draft)
    for index, owner in owners.items():
        sentence = document.sentences[index]
        inside = quotes.number[[t.start for t in sentence.tokens]] >= 0
        tokens = np.flatnonzero(inside).tolist()
        if index == owner.sentence:
            owner.content = sorted({*owner.content, *tokens})
        else:
            owner.extra.append((index, tokens))
        for draft in beside.get(index, []):
            draft.nested = draft.nested or draft is not owner
