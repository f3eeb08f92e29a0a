"""One person who speaks alone: whose speech, letter or comment a text is.

The heading tells it ("Remarks by X", "X's inaugural address", "X delivered remarks"), or a signature below, or else the speaker says
at least what he is: "as your President, I …", "I am a Democrat".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hearsay.core.document import Document, Sentence
from hearsay.core.span import Span
from hearsay.resolve.candidates import load_words
from hearsay.resolve.stretches import Person, Stretch, bearers, case_of, paragraphs, persons, spoken_tokens, talk_words, under, whole

HEADING = 4
"""Sentences at a text's beginning that may say whose speech it is."""
LONGEST_SIGNATURE = 10
FIRST_PERSON = 0.1
"""Share of a text's sentences that say "I" outside marks from which the text itself speaks in the first person."""
LONGEST_TITLE = 4
"""Words of a title from its head to the name."""
_LEFT_OUT = ("case", "cop", "nsubj", "acl", "advcl", "punct", "conj", "cc", "mark", "advmod", "parataxis")
_FIRST = frozenset({"i", "me", "my"})


def find_monologue(document: Document, sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """The whole text as one voice, where its heading, its signature or the speaker's own words tell whose; else nothing."""
    name = next((giver[0].span for s in sentences[:HEADING] if (giver := _giver(s))), None)
    if name is None and is_first_person(document, sentences):
        name = _signature(sentences) or next((d for s in sentences for d in _described(s)), None)
    return (Stretch(whole(sentences), name),) if name else ()


def is_first_person(document: Document, sentences: Sequence[Sentence]) -> bool:
    """Whether the text itself, and not only those whom it quotes, says "I", and more than once."""
    telling = sum(any(t.text.lower() in _FIRST for t in spoken_tokens(document.text, [s])) for s in sentences)
    return telling > 1 and telling >= FIRST_PERSON * len(sentences)


def _signature(sentences: Sequence[Sentence]) -> Span | None:
    """The name that opens a last paragraph of a few words without a verb: "Ida Brandt, Harbour Street"."""
    *_, last = paragraphs(sentences)
    tokens = [t for s in last for t in s.tokens]
    if len(tokens) > LONGEST_SIGNATURE or any(t.upos in ("VERB", "AUX") for t in tokens) or last[0] is sentences[0]:
        return None
    return next((n.span for n, _ in persons(last[0]) if n.first <= 1), None)


def _described(sentence: Sentence) -> Iterator[Span]:
    """What the speaker says that he is, in words for a person or with a capital: "as President", "I am a Democrat"."""
    for i, token in enumerate(sentence.tokens):
        if token.upos not in ("NOUN", "PROPN") or token.xpos in ("NNS", "NNPS") or not _is_role(sentence, i):
            continue
        is_predicate = bool(sentence.dependents(i, "cop")) and _is_mine(sentence, i)
        if is_predicate or (case_of(sentence, i) == "as" and _speaks_above(sentence, i)):
            skip = frozenset(sentence.dependents(i, *_LEFT_OUT))
            yield sentence.cover([c for c in sentence.subtree(i, skip) if c <= i or sentence.tokens[c].head == i])


def _is_role(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return token.lemma.lower() in load_words()["person"] or (i > 0 and token.text[:1].isupper() and token.entity == "O")


def _is_mine(sentence: Sentence, i: int) -> bool:
    return any(sentence.tokens[c].text == "I" for c in sentence.dependents(i, "nsubj"))


def _speaks_above(sentence: Sentence, i: int) -> bool:
    """Whether the nearest verb with a subject above a word has "I" for it, or one before it gives something to "me"."""
    for above in sentence.ancestors(i):
        subjects = sentence.dependents(above, "nsubj")
        if _is_mine(sentence, above) or any(sentence.tokens[c].text == "me" for c in sentence.dependents(above, "obj", "iobj")):
            return True
        if subjects and sentence.tokens[subjects[0]].text.lower() != "it":
            return False
    return False


def _titled(sentence: Sentence, i: int) -> list[Person]:
    """ "His Excellency Mr. Tomasi Vuna": the name a few capitals after a title that the tree keeps apart from it."""
    after = [p for p in persons(sentence) if i < p[0].first <= i + LONGEST_TITLE]
    return after[:1] if after and all(t.text[:1].isupper() for t in sentence.tokens[i : after[0][0].first]) else []


def _giver(sentence: Sentence) -> Person | None:
    words = talk_words()
    for i, token in enumerate(sentence.tokens):
        if token.lemma.lower() not in words["speech"] and token.text.lower().rstrip("s") not in words["speech"]:
            continue
        owners = [p for c in sentence.dependents(i, "nmod:poss", "compound") for p in bearers(sentence, c)]
        by = [c for c in sentence.dependents(i, "nmod") if case_of(sentence, c) in ("by", "of")]
        owners += [p for c in by for p in bearers(sentence, c) or _titled(sentence, c)]
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if not owners and above and above.lemma.lower() in words["giving"] and token.role == "obj":
            owners = under(sentence, token.head, "nsubj")
        if owners:
            return owners[0]
    return None
