"""Candidate triggers of a sentence: words of the coding table whose pattern holds, and words that the model points at.

A verb counts with its particle ("called off"), a noun with its light verb ("opened fire"). A noun inside a name is no
trigger, nor is one that only modifies another noun ("war veteran"), unless that noun carries the event ("cease-fire deal").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hearsay.core.span import Span, cover
from hearsay.extract.clauses import Clauses
from hearsay.knowledge.codings import Coding, Codings, Filler, load_classes
from hearsay.knowledge.lexicons import load_light_verbs

_POS = {"VERB": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}


class Light(NamedTuple):
    """The verb that carries an event noun, and what its subject is to the event: actor, recipient or phase."""

    verb: int
    role: str


class Trigger(NamedTuple):
    """A word that names an event: its token, the tokens that make it up, the row that codes it, its light verb."""

    token: int
    words: tuple[int, ...]
    pos: str
    coding: Coding
    light: Light | None = None


def find_triggers(clauses: Clauses, codings: Codings) -> Iterator[Trigger]:
    """Triggers by the table, in order; senses that are no events are left out."""
    for i, token in enumerate(clauses.tokens):
        if token.upos in _POS:
            trigger = find_trigger(clauses, codings, i)
            if trigger and trigger.coding.is_event:
                yield trigger


def find_trigger(clauses: Clauses, codings: Codings, i: int) -> Trigger | None:
    """What the table makes of one token; its coding may be a sense that is no event."""
    lemma = clauses.lemmas[i]
    if lemma not in codings.known:
        return None
    pos = _POS.get(clauses.tokens[i].upos)
    if pos == "NOUN":
        return _noun_trigger(clauses, codings, i, lemma)
    if pos is None:
        return None
    particle = _particle(clauses, codings, i, lemma)
    slots = _reader(clauses, i)
    if particle >= 0:
        row = codings.match(f"{lemma}_{clauses.tokens[particle].text.lower()}", pos, slots)
        if row:
            return Trigger(i, (i, particle), pos, row)
    row = codings.match(lemma, pos, slots)
    return Trigger(i, (i,), pos, row) if row else None


def light_verb(clauses: Clauses, i: int) -> Light | None:
    """The light verb that carries an event noun, if one does."""
    head = clauses.tokens[i].head
    if clauses.tokens[i].role == "conj" and head >= 0 and not clauses.is_verb(head):
        return light_verb(clauses, head)
    if head < 0:
        return None
    if clauses.tokens[i].role == "nmod" and clauses.preposition(i) == "of" and clauses.lemmas[head] in load_classes()["quantity"]:
        return light_verb(clauses, head)
    slots = load_light_verbs().get(clauses.lemmas[head])
    if slots and clauses.is_verb(head):
        for slot, role in slots.items():
            if i in clauses.own_slots(head).get(slot, ()):
                return Light(head, role)
    return None


def trigger_span(clauses: Clauses, trigger: Trigger) -> Span:
    """Where the trigger stands: one word, or verb and particle where these are neighbours."""
    near = [j for j in trigger.words if abs(j - trigger.token) <= 1]
    return cover(clauses.tokens[j].span for j in near)


def _noun_trigger(clauses: Clauses, codings: Codings, i: int, lemma: str) -> Trigger | None:
    if clauses.tokens[i].entity != "O" or _only_modifies(clauses, i):
        return None
    light = light_verb(clauses, i)
    slots = _reader(clauses, i, light)
    head = clauses.tokens[i].head
    if head >= 0 and lemma in codings.light.get(clauses.lemmas[head], ()):
        row = codings.match(f"{clauses.lemmas[head]}+{lemma}", "NOUN", slots)
        if row:
            return Trigger(i, (i,), "NOUN", row, light or Light(head, "actor"))
    row = codings.match(lemma, "NOUN", slots)
    return Trigger(i, (i,), "NOUN", row, light) if row else None


def _only_modifies(clauses: Clauses, i: int) -> bool:
    token = clauses.tokens[i]
    if token.role != "compound" or token.head < 0:
        return False
    return clauses.lemmas[token.head] not in load_classes()["carrier"]


def _reader(clauses: Clauses, i: int, light: Light | None = None) -> _Reader:
    return _Reader(clauses, i, light)


class _Reader:
    """Fillers of the slots of one token; a noun under a light verb has the verb's slots too, its obliques as nmod."""

    def __init__(self, clauses: Clauses, i: int, light: Light | None) -> None:
        self._clauses, self._i, self._light = clauses, i, light

    def __call__(self, slot: str) -> Iterator[Filler]:
        yield from self._clauses.fillers(self._i, slot)
        if self._light and self._light.role != "phase" and (slot == "subj" or slot.startswith("obl_")):
            yield from self._clauses.fillers(self._light.verb, slot)


def _particle(clauses: Clauses, codings: Codings, i: int, lemma: str) -> int:
    """Index of the particle of a verb, -1 if it has none that the table knows."""
    wanted = codings.particles.get(lemma)
    if not wanted:
        return -1
    for c in clauses.children[i]:
        if clauses.tokens[c].text.lower() in wanted and c > i and clauses.tokens[c].upos in {"ADP", "ADV", "PART", "SCONJ", "ADJ"}:
            return c
    following = clauses.tokens[i + 1] if i + 1 < len(clauses.tokens) else None
    if following and following.text.lower() in wanted and following.upos in {"ADP", "ADV", "SCONJ"}:
        return i + 1
    return -1
