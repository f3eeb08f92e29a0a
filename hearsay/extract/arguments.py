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
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "on", "from", "across", "inside", "around", "over", "off", "along")


class Roles(NamedTuple):
    """Head tokens of an event's actors, recipients and place."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    where: int | None


def find_roles(clauses: Clauses, trigger: Trigger) -> Roles:
    """The roles of one event, by its coding row."""
    row = trigger.coding
    actors = _first_filled(clauses, trigger, row.actor, ())
    recipients = _first_filled(clauses, trigger, row.recipient, actors)
    if trigger.light and trigger.light.role != "phase":
        subject = [j for j in clauses.slots(trigger.light.verb).get("subj", []) if is_party(clauses, j)]
        if trigger.light.role == "recipient":
            recipients = recipients or _expand(clauses, subject)
        elif not actors:
            actors = tuple(j for j in _expand(clauses, subject) if j not in recipients)
    actors = tuple(j for j in actors if j not in recipients)
    return Roles(actors, recipients, find_place(clauses, trigger, {*actors, *recipients}))


def find_place(clauses: Clauses, trigger: Trigger, taken: set[int]) -> int | None:
    """Head token of the place that the clause names for the event, or None."""
    verbs = [trigger.index, *([trigger.light.verb] if trigger.light else [])]
    found: list[int] = []
    for at in verbs:
        slots = clauses.slots(at)
        for preposition in _PLACE_PREPOSITIONS:
            found += slots.get(f"obl_{preposition}", []) + slots.get(f"nmod_{preposition}", [])
    found = [j for j in found if j not in taken]
    named = [j for j in found if clauses.filler(j)[1] == "LOC"]
    common = [j for j in found if clauses.tokens[j].lemma.lower() in load_classes()["place"]]
    return (named or common or [None])[0]


def find_quantity(clauses: Clauses, trigger: Trigger, roles: Roles) -> str | None:
    """Words that count the event: "more than 60" of its people, "nine-year" of its sentence."""
    words = clauses.tokens
    for at in (trigger.index, *roles.recipients, *roles.actors):
        for c in clauses.children[at]:
            if words[c].role == "nummod" or (words[c].role in _MODIFIERS and "-year" in words[c].text):
                return " ".join(words[j].text for j in clauses.sentence.subtree(c) if words[j].upos != "PUNCT")
    return None


def is_party(clauses: Clauses, j: int) -> bool:
    """Whether a word can be a participant at all: not a time, not an expletive, not a number of money."""
    token = clauses.tokens[j]
    if token.role == "expl" or token.upos in {"ADV", "PUNCT", "SYM", "VERB", "AUX", "INTJ"}:
        return False
    return token.lemma.lower() not in load_classes()["notparty"]


def is_actor_word(clauses: Clauses, j: int) -> bool:
    """Whether a word names people or their bodies: a name, a demonym, a word of the people classes."""
    token = clauses.tokens[j]
    lemma = token.lemma.lower()
    return token.entity != "O" or token.text in _demonyms() or any(lemma in load_classes()[c] for c in _PARTY_CLASSES)


def role_span(clauses: Clauses, j: int) -> Span:
    """The noun phrase of a filler; a modifier fills a role with its own words only."""
    if clauses.tokens[j].role in _MODIFIERS:
        near = [k for k in clauses.sentence.subtree(j) if clauses.tokens[k].role in {"flat", "compound"} or k == j]
        return cover(clauses.tokens[k].span for k in _unbroken(near, j))
    return noun_phrase(clauses.sentence, j)


def phrase_words(clauses: Clauses, j: int) -> list[int]:
    """Tokens of the phrase of a filler."""
    return phrase_tokens(clauses.sentence, j)


def _first_filled(clauses: Clauses, trigger: Trigger, slots: tuple[str, ...], taken: tuple[int, ...]) -> tuple[int, ...]:
    for slot in slots:
        found = [j for j in _read(clauses, trigger, slot) if j not in taken and j != trigger.index and _may_fill(clauses, j, slot)]
        if found:
            return tuple(j for j in _expand(clauses, found) if j not in taken)
    return ()


def _read(clauses: Clauses, trigger: Trigger, slot: str) -> list[int]:
    found = clauses.fill(trigger.index, slot)
    if found or not trigger.light or trigger.light.role == "phase":
        return found
    verb = trigger.light.verb
    if slot.startswith("nmod_"):
        return clauses.fill(verb, "obl_" + slot.removeprefix("nmod_"))
    return clauses.fill(verb, slot) if slot.startswith("obl_") or slot in {"subj", "iobj"} else []


def _may_fill(clauses: Clauses, j: int, slot: str) -> bool:
    if slot.rpartition(".")[2] in _MODIFIERS:
        return is_actor_word(clauses, j)
    return is_party(clauses, j)


def _expand(clauses: Clauses, found: list[int]) -> tuple[int, ...]:
    out: list[int] = []
    for j in found:
        out.append(j)
        if clauses.tokens[j].role not in _MODIFIERS:
            out.extend(c for c in clauses.conjuncts(j) if is_party(clauses, c))
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
