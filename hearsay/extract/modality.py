"""Whether an event is told as asserted, future, hypothetical or negated, and whether as background.

Walks from the trigger to the words that govern it: its auxiliaries and negations, the verbs that carry it ("will hold
talks"), the governors of `modality.tsv` ("refused to meet", "a call for talks"), conditionals and purpose clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hearsay.core.document import Token
from hearsay.extract.clauses import Clauses
from hearsay.extract.triggers import Trigger, light_verb
from hearsay.knowledge.lexicons import load_governors

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "hardly", "n’t", "nobody", "none"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_HYPOTHETICAL = frozenset({"could", "may", "might", "should", "must", "can", "ought", "ca"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "in case", "should"})
_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}
_RANK = {"asserted": 0, "future": 1, "hypothetical": 2, "negated": 3}


class Effect(NamedTuple):
    """What one word does to the event's reality, and the rule that says so."""

    value: str
    rule: str


def find_modality(clauses: Clauses, trigger: Trigger) -> Effect:
    """The modality of an event and what decided it. Negation outdoes possibility, which outdoes the future."""
    effects = list(_effects(clauses, trigger.index, trigger.pos))
    if any(e.rule == "condition" for e in effects):
        return Effect("hypothetical", "condition")
    negations = [e for e in effects if e.value == "negated"]
    if negations and len(negations) % 2 == 0:  # "did not rule out talks", "refused to deny"
        return Effect("hypothetical", negations[0].rule)
    return max(effects, key=lambda e: _RANK[e.value], default=Effect("asserted", "plain"))


def _effects(clauses: Clauses, i: int, pos: str) -> Iterator[Effect]:
    if pos == "NOUN":
        yield from _modifiers(clauses, i)
    else:
        yield from _auxiliaries(clauses, i)
    at = i
    for _ in clauses.tokens:
        up = _step(clauses, at, at == i)
        yield from up.effects
        if up.to < 0:
            return
        at = up.to


class _Step(NamedTuple):
    to: int
    effects: tuple[Effect, ...]


_STOP = _Step(-1, ())


def _step(clauses: Clauses, at: int, first: bool) -> _Step:
    """One step up the tree; `to` is -1 where what stands above no longer bears on the event."""
    token = clauses.tokens[at]
    head = token.head
    if head < 0:
        return _STOP
    if token.role == "conj":
        return _conjunct(clauses, at, head)
    if token.role == "advcl":
        return _adverbial(clauses, at, head)
    effect = _governed(clauses, at, head)
    if effect:
        return _Step(head, (effect, *_auxiliaries(clauses, head, only_negation=True)))
    light = light_verb(clauses, at) if not clauses.is_verb(at) else None
    if light and light.verb == head:
        return _Step(head, tuple(_auxiliaries(clauses, head)))
    if token.role == "xcomp":
        return _Step(head, tuple(_auxiliaries(clauses, head)))
    if not clauses.is_verb(at) and not clauses.is_verb(head) and clauses.preposition(at) == "of":
        return _Step(head, tuple(_modifiers(clauses, head)))
    return _STOP


def _conjunct(clauses: Clauses, at: int, head: int) -> _Step:
    """A later conjunct shares what governs the first; it shares its auxiliaries only where it has none."""
    if not clauses.is_verb(at):
        return _Step(head, ())
    own = any(clauses.tokens[c].role in {"aux", "nsubj", "cop"} for c in clauses.children[at])
    if own:
        return _STOP
    bare = clauses.tokens[at].xpos == "VB" or clauses.tokens[at].xpos == clauses.tokens[head].xpos
    return _Step(head, tuple(_auxiliaries(clauses, head)) if bare else ())


def _adverbial(clauses: Clauses, at: int, head: int) -> _Step:
    mark = clauses.mark(at)
    if mark in _CONDITIONS:
        return _Step(-1, (Effect("hypothetical", "condition"),))
    effect = _governed(clauses, at, head)
    if effect and mark in {"to", "from", "against", "of"}:
        return _Step(head, (effect,))
    if mark == "to" and clauses.tokens[at].xpos == "VB":
        return _Step(-1, (Effect("future", "purpose"),))
    if mark == "without":
        return _Step(-1, (Effect("negated", "without"),))
    return _STOP


def _governed(clauses: Clauses, at: int, head: int) -> Effect | None:
    """What a governor of the table does to the slot in which `at` stands."""
    pos = _POS.get(clauses.tokens[head].upos)
    lemma = clauses.tokens[head].lemma.lower()
    rows = load_governors().get((lemma, pos)) if pos else None
    if pos == "VERB":
        for c in clauses.own_slots(head).get("prt", ()):
            rows = load_governors().get((f"{lemma}_{clauses.tokens[c].text.lower()}", pos), rows)
    if not rows:
        return None
    slot = _slot_of(clauses, at, head)
    found = rows.get(slot)
    return Effect(*found) if found else None


def _slot_of(clauses: Clauses, at: int, head: int) -> str:
    for slot, found in clauses.own_slots(head).items():
        if at in found:
            return slot
    return clauses.tokens[at].role


def _auxiliaries(clauses: Clauses, i: int, *, only_negation: bool = False) -> Iterator[Effect]:
    """What the auxiliaries and adverbs of a verb say."""
    perfect = any(clauses.tokens[c].role == "aux" and clauses.tokens[c].lemma.lower() == "have" for c in clauses.children[i])
    for c in clauses.children[i]:
        token = clauses.tokens[c]
        text = token.text.lower()
        if token.role in {"advmod", "det", "cc"} and text in _NEGATIONS and c < i:
            yield Effect("negated", "negation")
        elif not only_negation and token.role == "aux":
            yield from _auxiliary(text, perfect)
        elif not only_negation and token.role == "mark" and text == "to" and clauses.tokens[i].head < 0:
            yield Effect("future", "headline")
    if not only_negation and _goes_to(clauses, i):
        yield Effect("future", "going to")
    subject = clauses.own_slots(i).get("subj", []) + clauses.own_slots(i).get("obj", [])
    if any(clauses.tokens[d].text.lower() in {"no", "neither"} for s in subject for d in clauses.children[s]) or any(
        clauses.tokens[s].text.lower() in _NEGATIONS for s in subject
    ):
        yield Effect("negated", "no")


def _auxiliary(text: str, perfect: bool) -> Iterator[Effect]:
    if text in _FUTURE:
        yield Effect("future", "auxiliary")
    elif text in {"would", "'d"}:
        yield Effect("hypothetical" if perfect else "future", "auxiliary")
    elif text in _HYPOTHETICAL:
        yield Effect("hypothetical", "auxiliary")


def _goes_to(clauses: Clauses, i: int) -> bool:
    head = clauses.tokens[i].head
    return clauses.tokens[i].role == "xcomp" and head >= 0 and clauses.tokens[head].text.lower() == "going"


def _modifiers(clauses: Clauses, i: int) -> Iterator[Effect]:
    """What the determiners and adjectives of an event noun say: planned talks, no deal."""
    rows = load_governors()
    for c in clauses.children[i]:
        if c < i and clauses.tokens[c].role in {"amod", "det", "case", "advmod", "compound"}:
            found = rows.get((clauses.tokens[c].lemma.lower(), "MOD"), {}).get("*")
            if found:
                yield Effect(*found)


def is_background(clauses: Clauses, trigger: Trigger) -> bool:
    """Whether grammar tells the event as history: a past perfect, or a clause that the main one comes after."""
    verb = trigger.light.verb if trigger.light else trigger.index
    if not clauses.is_verb(verb):
        return False
    if _is_past_perfect([clauses.tokens[c] for c in clauses.children[verb]], clauses.tokens[verb]):
        return True
    token = clauses.tokens[verb]
    return token.role == "advcl" and clauses.mark(verb) in {"after", "since"}


def _is_past_perfect(children: list[Token], verb: Token) -> bool:
    return verb.xpos == "VBN" and any(c.role == "aux" and c.text.lower() in {"had", "'d"} for c in children)
