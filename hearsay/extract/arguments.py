"""Who does it and to whom: the words that fill an event's roles, its place and its quantity.

Roles come from the slots that the coding row names, read from the trigger and from its light verb. Each conjunct is an item
of its own. Slots that modify ("Israeli raid", "rebel attack") fill a role only with a name, a demonym or a word for people.
Where the model's role scorer is at hand, its scores drop doubtful fillers and add sure ones.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from hearsay.core.span import Span, cover
from hearsay.extract.clauses import Clauses, noun_phrase, phrase_tokens
from hearsay.extract.triggers import Trigger
from hearsay.knowledge.codings import load_classes
from hearsay.knowledge.files import read_table

_PARTY_CLASSES = ("people", "civilian", "military", "official", "envoy", "assailant", "prisoner", "party")
_MODIFIERS = frozenset({"amod", "compound"})
_PHYSICAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "AID", "SANCTION"})
_NEVER = frozenset({"ADV", "PUNCT", "SYM", "VERB", "AUX", "INTJ", "ADP", "CCONJ", "SCONJ", "PART"})
_AGENT_ENDINGS = ("er", "or", "ist", "man", "men", "woman", "women", "ian", "eer", "ants")
_FALLBACK = {
    ("REQUEST", "VERB"): ("obj", "ccomp.subj", "xcomp.subj", "obl_from", "obl_to", "obl_on"),
    ("ACCUSE", "VERB"): ("obj", "ccomp.subj"),
    ("AGREE", "VERB"): ("obl_with", "obl_to", "xcomp.obj", "xcomp.obl_with", "xcomp.obl_to"),
    ("REJECT", "VERB"): ("obj", "xcomp.obj", "xcomp.obl_with", "xcomp.obl_to"),
    ("SUPPORT", "VERB"): ("obj",),
    ("THREATEN", "VERB"): ("obj", "xcomp.obj", "ccomp.obj"),
    ("ACCUSE", "NOUN"): ("nmod_of", "nmod_into", "nmod_against", "nmod_over"),
    ("REQUEST", "NOUN"): ("nmod_to", "nmod_on", "nmod_from"),
    ("CONSULT", "VERB"): ("obl_with", "obl_to"),
    ("COOPERATE", "VERB"): ("obl_with", "obl_to", "obj.nmod_with"),
    ("COOPERATE", "NOUN"): ("nmod_with",),
}
"""Slots in which a recipient is looked for when those of the row are empty; only actors count there."""
_DURING = frozenset({"during", "at", "after", "in", "following", "before"})
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "on", "from", "across", "inside", "around", "over", "off", "along")


class Roles(NamedTuple):
    """Head tokens of an event's actors, recipients and place."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    where: int | None


def find_roles(clauses: Clauses, trigger: Trigger) -> Roles:
    """The roles of one event, by its coding row."""
    row = trigger.coding
    actors = _fill_role(clauses, trigger, row.actor, (), things=False)
    recipients = _fill_role(clauses, trigger, row.recipient, actors, things=row.type in _PHYSICAL)
    recipients = recipients or _fill_role(clauses, trigger, _FALLBACK.get((row.type, trigger.pos), ()), actors, things=False)
    if trigger.light and trigger.light.role != "phase":
        side = "obj" if trigger.light.role == "object" else "subj"
        subject = [k for j in clauses.slots(trigger.light.verb).get(side, []) for k in _parties(clauses, j, things=False)]
        if trigger.light.role == "recipient":
            recipients = recipients or _expand(clauses, subject)
        elif not actors:
            actors = tuple(j for j in _expand(clauses, subject) if j not in recipients)
    if trigger.pos == "NOUN" and (not actors or _is_possessive(clauses, actors[0])):
        actors = _from_matrix(clauses, trigger, recipients) or actors
    actors = tuple(j for j in actors if j not in recipients)
    return Roles(actors, recipients, find_place(clauses, trigger, {*actors, *recipients}))


def _is_possessive(clauses: Clauses, j: int) -> bool:
    return clauses.tokens[j].xpos == "PRP$"


def _from_matrix(clauses: Clauses, trigger: Trigger, taken: tuple[int, ...]) -> tuple[int, ...]:
    """Actors of a noun from the clause around it: "Bertrand said during his visit", "the delegates, after talks, agreed"."""
    at = trigger.token
    own = any(clauses.tokens[c].xpos == "PRP$" for c in clauses.children[at])
    if not own and (trigger.coding.type != "CONSULT" or clauses.preposition(at) not in _DURING):
        return ()
    for up in clauses.sentence.ancestors(at):
        if clauses.is_verb(up):
            subject = clauses.slots(up).get("obj" if clauses.is_passive(up) else "subj", [])
            found = [j for j in subject if is_actor_word(clauses, j) and j not in taken and j != at]
            if found:
                return _expand(clauses, found)
    return ()


def find_place(clauses: Clauses, trigger: Trigger, taken: set[int]) -> int | None:
    """Head token of the place that the clause names for the event, or None."""
    verbs = [trigger.token, *([trigger.light.verb] if trigger.light else [])]
    found: list[int] = []
    for at in verbs:
        slots = clauses.slots(at)
        for preposition in _PLACE_PREPOSITIONS:
            found += slots.get(f"obl_{preposition}", []) + slots.get(f"nmod_{preposition}", [])
    found = [j for j in found if j not in taken]
    named = [j for j in found if clauses.filler(j)[1] == "LOC"]
    common = [j for j in found if clauses.lemmas[j] in load_classes()["place"]]
    return next(iter(named or common), None)


def find_quantity(clauses: Clauses, trigger: Trigger, roles: Roles) -> str | None:
    """Words that count the event: "more than 60" of its people, "nine-year" of its sentence."""
    words = clauses.tokens
    for at in (trigger.token, *roles.recipients, *roles.actors):
        for c in clauses.children[at]:
            if words[c].role == "nummod" or (words[c].role in _MODIFIERS and "-year" in words[c].text):
                return " ".join(words[j].text for j in clauses.sentence.subtree(c) if words[j].upos != "PUNCT")
    return None


def is_actor_word(clauses: Clauses, j: int) -> bool:
    """Whether a word names people or their bodies: a name, a demonym, a pronoun, a word of the people classes or formed like one."""
    token = clauses.tokens[j]
    if token.role == "expl" or token.upos in _NEVER:
        return False
    if token.entity != "O" or token.text in _demonyms():
        return True
    lemma, classes = clauses.lemmas[j], load_classes()
    if lemma in classes["notparty"]:
        return False
    if token.upos == "PRON" or any(lemma in classes[c] for c in _PARTY_CLASSES):
        return True
    return lemma.endswith(_AGENT_ENDINGS) and lemma not in classes["agentless"]


def is_thing(clauses: Clauses, j: int) -> bool:
    """Whether a word can be what a deed is done to without being an actor: a hotel, a bridge, not a plan or an attack."""
    token = clauses.tokens[j]
    classes = load_classes()
    return token.upos in {"NOUN", "PROPN", "NUM", "ADJ"} and not any(clauses.lemmas[j] in classes[c] for c in ("abstract", "notparty"))


def role_span(clauses: Clauses, j: int) -> Span:
    """The noun phrase of a filler; a modifier fills a role with its own words only."""
    if clauses.tokens[j].role in _MODIFIERS:
        near = [k for k in clauses.sentence.subtree(j) if clauses.tokens[k].role in {"flat", "compound"} or k == j]
        return cover(clauses.tokens[k].span for k in _unbroken(near, j))
    return noun_phrase(clauses.sentence, j)


def phrase_words(clauses: Clauses, j: int) -> list[int]:
    """Tokens of the phrase of a filler."""
    return phrase_tokens(clauses.sentence, j)


def _fill_role(clauses: Clauses, trigger: Trigger, slots: tuple[str, ...], taken: tuple[int, ...], *, things: bool) -> tuple[int, ...]:
    """Fillers of the first slot that has any; `things` lets in what is no actor."""
    for slot in slots:
        modifies = slot.rpartition(".")[2] in _MODIFIERS
        found = [
            k
            for j in _read(clauses, trigger, slot)
            if j not in taken and j != trigger.token
            for k in ([j] if modifies and is_actor_word(clauses, j) else [] if modifies else _parties(clauses, j, things=things))
        ]
        if found:
            return tuple(j for j in _expand(clauses, found) if j not in taken)
    return ()


def _parties(clauses: Clauses, j: int, *, things: bool) -> list[int]:
    """A filler itself if it is an actor, else the actors that it mentions: "rejected the EU's proposal"."""
    if is_actor_word(clauses, j) or (things and is_thing(clauses, j)):
        return [j]
    if clauses.lemmas[j] in load_classes()["quantity"]:
        return [j] if any(is_actor_word(clauses, k) for k in clauses.own_slots(j).get("nmod_of", ())) else []
    for c in clauses.conjuncts(j):
        if is_actor_word(clauses, c):
            return [c]
    for slot in ("poss", "nmod_by", "nmod_from", "amod", "compound"):
        inner = [k for k in clauses.own_slots(j).get(slot, ()) if is_actor_word(clauses, k)]
        if inner:
            return inner
    return []


def _read(clauses: Clauses, trigger: Trigger, slot: str) -> list[int]:
    found = clauses.fill(trigger.token, slot)
    if not found and slot.startswith("obl_"):  # parsers hang "to Sudan" in "offered loans to Sudan" on the loans
        found = clauses.fill(trigger.token, "obj.nmod_" + slot.removeprefix("obl_"))
    if found or not trigger.light or trigger.light.role == "phase":
        return found
    verb = trigger.light.verb
    if slot.startswith("nmod_"):
        return clauses.fill(verb, "obl_" + slot.removeprefix("nmod_"))
    return clauses.fill(verb, slot) if slot.startswith("obl_") or slot in {"subj", "iobj"} else []


def _expand(clauses: Clauses, found: list[int]) -> tuple[int, ...]:
    out: list[int] = []
    for j in found:
        out.append(j)
        if clauses.tokens[j].role not in _MODIFIERS:
            out.extend(c for c in clauses.conjuncts(j) if is_actor_word(clauses, c) or is_thing(clauses, c))
    return tuple(dict.fromkeys(out))


def _unbroken(indices: list[int], j: int) -> list[int]:
    held = set(indices)
    first = last = j
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return list(range(first, last + 1))


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("page/demonyms.tsv"))
