"""Candidate triggers of a sentence: words of the coding table whose pattern holds, and words that the model points at.

A verb counts with its particle ("called off"), a noun with its light verb ("opened fire"). A noun inside a name is no
trigger, nor is one that only modifies another noun ("war veteran"), unless that noun carries the event ("cease-fire deal").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from hearsay.core.span import Span, cover
from hearsay.extract.clauses import Clauses
from hearsay.extract.evidence import ALONE_MALUS, NO_EVENT_MALUS, THRESHOLD, Seen, probability, table_bonus
from hearsay.knowledge.codings import DEFAULT_ROLES, Coding, Codings, Filler, default_coding, load_classes
from hearsay.knowledge.lexicons import load_light_verbs

_AS_NOUN = {"obj": ("nmod_of", "compound"), "subj": ("nmod_by", "poss")}
HEAD_RULE = "event head"
_POS = {"VERB": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "AUX": "AUX"}


class Light(NamedTuple):
    """The verb that carries an event noun, and what its subject or object is to the event (see light_verbs.tsv)."""

    verb: int
    role: str

    @property
    def carries(self) -> bool:
        """Whether the verb says no more than that its subject has a part in the event, so that its other slots are the noun's."""
        return self.role in {"actor", "recipient"}


class Trigger(NamedTuple):
    """A word that names an event: its token, the tokens that make it up, the row that codes it, its light verb.

    `score` is None where the table decided alone."""

    token: int
    words: tuple[int, ...]
    pos: str
    coding: Coding
    light: Light | None = None
    score: float | None = None


def find_triggers(clauses: Clauses, codings: Codings, seen: Seen | None = None) -> Iterator[Trigger]:
    """Triggers in order: by the table alone, or by table and heads weighed together where there is `seen`."""
    hits = {i: hit for i, t in enumerate(clauses.tokens) if t.upos in _POS and (hit := find_trigger(clauses, codings, i))}
    if seen is None:
        yield from (hit for hit in hits.values() if hit.coding.is_event)
        return
    likely = [i for i, odds in enumerate(seen.any) if i in hits or odds - ALONE_MALUS > THRESHOLD]
    weighed = [t for i in likely if (t := _weigh(clauses, codings, i, hits.get(i), seen))]
    for trigger in weighed:
        if trigger.token in hits or not any(_is_same_word(clauses, trigger, other) for other in weighed):
            yield trigger


def _weigh(clauses: Clauses, codings: Codings, i: int, hit: Trigger | None, seen: Seen) -> Trigger | None:
    """The trigger that a word is when the table's row and the heads' scores are added up; None if no event is likelier."""
    if hit is None:
        kind, odds = seen.weigh(i, None, ALONE_MALUS)
        barred = clauses.tokens[i].upos in {"PUNCT", "DET", "SYM", "PART", "CCONJ"} or _is_amid_capitals(clauses, i)
        return None if odds <= THRESHOLD or barred else _by_heads(clauses, codings, i, kind, odds)
    if not hit.coding.is_event:
        kind, odds = seen.weigh(i, None, NO_EVENT_MALUS)
        return None if odds <= THRESHOLD else _by_heads(clauses, codings, i, kind, odds)
    kind, odds = seen.weigh(i, hit.coding.type, -table_bonus(hit.coding.weight))
    if odds <= THRESHOLD:
        return None
    if kind == hit.coding.type:
        return hit._replace(score=probability(odds))
    return _by_heads(clauses, codings, i, kind, odds, hit)


def _by_heads(clauses: Clauses, codings: Codings, i: int, kind: str, odds: float, hit: Trigger | None = None) -> Trigger:
    """A trigger of a type that the heads chose: by a row of its lemma with that type if there is one, else by default slots."""
    pos = hit.pos if hit else _POS.get(clauses.tokens[i].upos, "NOUN")
    lemma = clauses.lemmas[i]
    rows = [row for row in codings.find(lemma, pos) if row.type == kind]
    row = min(rows, key=lambda r: r.weight, default=None) or default_coding(lemma, pos, kind, HEAD_RULE)
    light = light_verb(clauses, i) if pos == "NOUN" else None
    return Trigger(i, hit.words if hit else (i,), pos, row, light, probability(odds))


def _is_same_word(clauses: Clauses, one: Trigger, other: Trigger) -> bool:
    """Whether a word that only the heads point at is part of a neighbour's expression: "called off", "under fire", "tie-up"."""
    if one.token == other.token or abs(one.token - other.token) > 2:
        return False
    between = clauses.tokens[(one.token + other.token) // 2].text
    if abs(one.token - other.token) == 2 and between not in {"-", "–"}:
        return False
    if clauses.tokens[one.token].upos in {"ADP", "ADV", "PART"}:
        return True
    if one.coding.type != other.coding.type:
        return False
    return other.coding.place != HEAD_RULE or clauses.tokens[one.token].head == other.token


def find_trigger(clauses: Clauses, codings: Codings, i: int) -> Trigger | None:
    """What the table makes of one token; its coding may be a sense that is no event."""
    token, lemma = clauses.tokens[i], clauses.lemmas[i]
    pos = _POS.get(token.upos)
    if pos is None or _is_name_word(clauses, i):
        return None
    if lemma in codings.known:
        wanted = codings.only_pos(lemma) or pos  # the tagger errs: "its troop withdrawal" as a verb
        if wanted == "NOUN" and (pos == "NOUN" or lemma == token.text.lower() or token.text.lower() == lemma + "s"):
            return _noun_trigger(clauses, codings, i, lemma)
        if pos == "VERB" or wanted == pos:
            return _plain_trigger(clauses, codings, i, lemma, pos)
    return _gerund_trigger(clauses, codings, i) if pos == "NOUN" and token.text.endswith("ing") else None


def _is_name_word(clauses: Clauses, i: int) -> bool:
    """Whether a word names no happening of its own: Summit, AIDS by their capital; the tail of "UN-backed".

    A headline in capitals shows nothing.
    """
    token = clauses.tokens[i]
    if i > 1 and token.role == "amod" and token.xpos == "VBN" and clauses.tokens[i - 1].text == "-":
        return True
    if token.upos == "PROPN" or (token.text.isupper() and len(token.text) > 3):  # AIDS
        return _is_capital(clauses, i)
    return token.upos == "NOUN" and _is_amid_capitals(clauses, i)


def _is_capital(clauses: Clauses, i: int) -> bool:
    """Whether a word inside a sentence begins with a capital that means something."""
    text = clauses.tokens[i].text
    mixed = not clauses.is_capitalised or (clauses.is_closed and not text.isupper())
    return i > 0 and text[0].isupper() and mixed


def _is_amid_capitals(clauses: Clauses, i: int) -> bool:
    """Whether a noun is part of a long name: "the Treaty on Legal Assistance in Criminal Matters"."""
    words = clauses.tokens
    near = [words[k].text for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return i > 1 and _is_capital(clauses, i) and any(w[0].isupper() and len(w) > 1 for w in near)


def _plain_trigger(clauses: Clauses, codings: Codings, i: int, lemma: str, pos: str) -> Trigger | None:
    particle = _particle(clauses, codings, i, lemma)
    slots = _Reader(clauses, i, None)
    if particle >= 0:
        row = codings.match(f"{lemma}_{clauses.tokens[particle].text.lower()}", pos, slots)
        if row or clauses.tokens[particle].relation == "compound:prt":
            return Trigger(i, (i, particle), pos, row) if row else None
    row = codings.match(lemma, pos, slots)
    return Trigger(i, (i,), pos, row) if row else None


def _gerund_trigger(clauses: Clauses, codings: Codings, i: int) -> Trigger | None:
    """A gerund without rows of its own, by the rows of its verb, where it has a party to it: "the shelling of the town"."""
    verb = codings.forms.verb(clauses.tokens[i].text)
    slots = clauses.own_slots(i)
    if verb is None or clauses.tokens[i].entity != "O" or not any(s in slots for s in ("nmod_of", "nmod_by", "poss")):
        return None
    row = codings.match(verb, "VERB", _Reader(clauses, i, None, of_verb=True))
    if row is None or not row.is_event:
        return None
    actor, recipient = DEFAULT_ROLES["NOUN"]
    return Trigger(i, (i,), "NOUN", replace(row, actor=actor, recipient=recipient), light_verb(clauses, i))


def light_verb(clauses: Clauses, i: int) -> Light | None:
    """The light verb that carries an event noun, if one does."""
    head = clauses.tokens[i].head
    if head < 0:
        return None
    if clauses.tokens[i].role == "conj" and not clauses.is_verb(head):
        return light_verb(clauses, head)
    if clauses.tokens[i].role == "nmod" and _passes_on(clauses, head):
        return light_verb(clauses, head)
    if clauses.tokens[i].role == "nmod" and clauses.is_actor(head) and clauses.tokens[head].role == "obj":
        role = load_light_verbs().get(clauses.lemmas[clauses.tokens[head].head], {}).get(f"obl_{clauses.preposition(i)}")
        return Light(clauses.tokens[head].head, role) if role == "object" else None  # "blames rebels for the raid", hung on the rebels
    slots = load_light_verbs().get(clauses.lemmas[head])
    if slots and (clauses.is_verb(head) or clauses.tokens[head].upos == "ADJ"):
        held = clauses.own_slots(head)
        for slot, role in slots.items():
            if i in held.get(slot, ()):
                return Light(head, role)
    return None


def _passes_on(clauses: Clauses, noun: int) -> bool:
    """Whether a noun says no more of an event than how much of it or what part in it: a series of attacks, a role in talks."""
    classes = load_classes()
    return clauses.lemmas[noun] in classes["quantity"] or clauses.lemmas[noun] in classes["share"]


def trigger_span(clauses: Clauses, trigger: Trigger) -> Span:
    """Where the trigger stands: one word, or verb and particle where these are neighbours."""
    near = [j for j in trigger.words if abs(j - trigger.token) <= 1]
    return cover(clauses.tokens[j].span for j in near)


def _noun_trigger(clauses: Clauses, codings: Codings, i: int, lemma: str) -> Trigger | None:
    if clauses.tokens[i].entity != "O" or _only_modifies(clauses, i):
        return None
    light = light_verb(clauses, i)
    slots = _Reader(clauses, i, light)
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


class _Reader:
    """Fillers of the slots of one token; a noun under a light verb has the verb's slots too, its obliques as nmod.

    With `of_verb` the token is a gerund read by the rows of its verb.
    """

    def __init__(self, clauses: Clauses, i: int, light: Light | None, *, of_verb: bool = False) -> None:
        self._clauses, self._i, self._light, self._of_verb = clauses, i, light, of_verb

    def __call__(self, slot: str) -> Iterator[Filler]:
        if slot == "light":
            if self._light:
                yield self._clauses.filler(self._light.verb)
            return
        yield from self._clauses.fillers(self._i, slot)
        if self._light and self._light.carries and (slot == "subj" or slot.startswith(("obl_", "nmod_"))):
            yield from self._clauses.fillers(self._light.verb, slot.replace("nmod_", "obl_"))
        for other in _AS_NOUN.get(slot, ()) if self._of_verb else ():
            yield from self._clauses.fillers(self._i, other)


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
