"""Speech told by layout alone: "NAME: …" in a transcript, and a quotation with a dash and a name after it.

A transcript is at least two paragraphs of a story that begin with a name and a colon. Its turns run to the next turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from hearsay.core.document import Document, Sentence
from hearsay.extract.attribution_spans import is_word
from hearsay.extract.continuations import stories
from hearsay.extract.drafts import Draft
from hearsay.extract.quotations import Quotes

SCORE = 0.95
"""All 33 such turns in PolNeAR dev are marked."""
MOST_NAME_WORDS = 8
_DASHES = frozenset({"-", "--", "–", "—", "―", "~"})
_TURN = re.compile(r"[\"“”']?(?P<name>(?:[A-Z][\w.'’-]*|[A-Z]{1,3}\.)(?: (?:[A-Z(][\w.'’()-]*|de|van|von|al|bin|of)){0,5}) ?: ?(?=\S)")


def find_turns(document: Document, quotes: Quotes) -> list[Draft]:
    """Drafts of transcript turns and of quotations signed with a dash and a name."""
    out: list[Draft] = []
    for sentences in stories(document):
        out += _transcript(document, sentences)
        out += [d for i in range(len(sentences)) if (d := _signed(sentences, i, quotes))]
    return out


def _transcript(document: Document, sentences: Sequence[Sentence]) -> list[Draft]:
    heads: dict[int, tuple[int, int]] = {}
    names: Counter[str] = Counter()
    for at, sentence in enumerate(sentences):
        opens = at == 0 or sentences[at - 1].part != sentence.part
        found = _TURN.match(document.text, sentence.span.start, sentence.span.end) if opens else None
        colon = next((i for i, t in enumerate(sentence.tokens) if found and t.text == ":" and t.start >= found.end("name")), 0)
        if found and 0 < colon < len(sentence.tokens) - 1:
            heads[at] = (colon, at)
            names[found["name"]] += 1
    if len(heads) < 3 or max(names.values()) < 2:
        return []
    places = sorted(heads)
    ends = [_turn_end(sentences, at, after) for at, after in zip(places, [*places[1:], -1], strict=True)]
    return [_turn(sentences, at, heads[at][0], end) for at, end in zip(places, ends, strict=True)]


def _turn_end(sentences: Sequence[Sentence], at: int, after: int) -> int:
    """Where a turn ends: at the next turn, the last one with its paragraph."""
    if after >= 0:
        return after
    return next((i for i in range(at, len(sentences)) if sentences[i].part != sentences[at].part), len(sentences))


def _turn(sentences: Sequence[Sentence], at: int, colon: int, end: int) -> Draft:
    sentence = sentences[at]
    name = [i for i in range(colon) if is_word(sentence.tokens[i].text) or i]
    draft = _draft(sentence, colon, name, "turns:transcript")
    draft.content = list(range(colon + 1, len(sentence.tokens)))
    draft.extra = [(s.index, list(range(len(s.tokens)))) for s in sentences[at + 1 : end]]
    return draft


def _signed(sentences: Sequence[Sentence], at: int, quotes: Quotes) -> Draft | None:
    """A quotation before "— Name": a dash and a few capitalised words end the sentence, and a quotation ends right before the dash."""
    sentence = sentences[at]
    dash = next((i for i in reversed(range(len(sentence.tokens))) if sentence.tokens[i].text in _DASHES), -1)
    words = [t for t in sentence.tokens[dash + 1 :] if is_word(t.text)]
    if dash < 0 or not 0 < len(words) <= MOST_NAME_WORDS or not words[0].text[:1].isupper():
        return None
    if any(t.upos in ("VERB", "AUX") for t in words) or any(quotes.number[t.start] >= 0 for t in words):
        return None
    if not dash and (not at or sentence.part - sentences[at - 1].part > 1):
        return None
    spoken = _quotation_before(sentences, at, dash, quotes)
    if not spoken:
        return None
    draft = _draft(sentence, dash, [i for i in range(dash + 1, len(sentence.tokens)) if sentence.tokens[i].text != "."], "turns:signed")
    draft.content = next((tokens for index, tokens in spoken if index == sentence.index), [])
    draft.extra = [(index, tokens) for index, tokens in spoken if index != sentence.index]
    return draft


def _quotation_before(sentences: Sequence[Sentence], at: int, dash: int, quotes: Quotes) -> list[tuple[int, list[int]]]:
    """Words right before a dash that are wholly quoted, in one quotation or in those it carries on, by sentence."""
    out: list[tuple[int, list[int]]] = []
    wanted = -1
    pieces = [(sentences[at], dash), *((s, len(s.tokens)) for s in reversed(sentences[:at]))]
    for sentence, end in pieces if dash else pieces[1:]:
        numbers = [int(quotes.number[t.start]) for t in sentence.tokens[:end] if is_word(t.text)]
        if not numbers or min(numbers) < 0:
            break
        if wanted >= 0 and numbers[-1] != wanted and numbers[-1] != quotes.found[wanted].before:
            break
        wanted = numbers[0]
        out.append((sentence.index, list(range(end))))
    return out[::-1]


def _draft(sentence: Sentence, cue: int, source: list[int], rule: str) -> Draft:
    blank = np.zeros((len(sentence.tokens), 3), np.float32)
    return Draft(sentence.index, cue, cue + 1, source, [], blank, blank, SCORE, rule)


def merge_turns(kept: list[Draft], turns: Sequence[Draft]) -> list[Draft]:
    """Kept drafts and turns; a draft at a turn's cue gives way, one inside a turn's content is nested."""
    held = {index: set(tokens) for t in turns for index, tokens in [(t.sentence, t.content), *t.extra]}
    cues = {(t.sentence, t.first) for t in turns}
    out = [d for d in kept if not any((d.sentence, i) in cues for i in range(d.first, d.last))]
    for draft in out:
        draft.nested = draft.nested or draft.first in held.get(draft.sentence, set())
    return sorted([*out, *turns], key=lambda d: d.key)
