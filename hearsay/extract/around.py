"""Who takes part in an event that a noun names, told by the words around it: light verbs, predicates, the subject of its clause."""

from __future__ import annotations

from collections.abc import Iterator

from hearsay.extract.clauses import Clauses
from hearsay.extract.parties import find_parties, with_conjuncts
from hearsay.extract.triggers import Trigger
from hearsay.knowledge.codings import load_classes
from hearsay.knowledge.lexicons import load_light_verbs

Heads = tuple[int, ...]
"""Head tokens of role fillers."""
_PREDICATES = {"in": "actor", "on": "actor", "at": "actor", "behind": "actor", "under": "recipient"}
"""What the subject of a noun is to it, by the noun's preposition."""
_DURING = frozenset({"during", "at", "after", "in", "following", "before"})
_TRAVELLING = frozenset({"on", "for"})
"""Prepositions with which the subject of a clause is on its way: "in Oslo on a visit", "flew to Oslo for talks"."""
_WHERE_TO = ("obl_to", "obl_in", "obl_at")


def from_light_verb(clauses: Clauses, trigger: Trigger) -> Iterator[tuple[str, list[int]]]:
    """What the light verb of a noun says of its own subject or object."""
    if trigger.light is None or trigger.light.role == "phase":
        return
    verb, role = trigger.light
    slots = clauses.slots(verb)
    if role == "victim" and trigger.coding.type != "ASSAULT":
        return
    if role in {"object", "victim"}:
        yield ("actor" if role == "object" else "recipient"), slots.get("obj", [])
    elif clauses.is_verb(verb) and clauses.is_passive(verb) and "subj" not in slots:  # "was involved in the attack"
        yield role, [j for j in slots.get("obj", []) if trigger.token not in clauses.sentence.subtree(j)]
    else:
        yield role, slots.get("subj", [])


def from_predicate(clauses: Clauses, trigger: Trigger) -> Iterator[tuple[str, list[int]]]:
    """The subject of a noun that is a predicate: X is in contact with, X is behind the attack, X is under investigation."""
    if clauses.tokens[trigger.token].role in {"root", "ccomp", "conj", "advcl", "acl", "parataxis"}:
        preposition = clauses.preposition(trigger.token)
        if preposition in _PREDICATES:
            yield _PREDICATES[preposition], clauses.slots(trigger.token).get("subj", [])


def from_participle(clauses: Clauses, trigger: Trigger) -> Heads:
    """The agent of a light verb that follows its noun: riots led by students."""
    verbs = [
        v for v in clauses.own_slots(trigger.token).get("acl", ()) if load_light_verbs().get(clauses.lemmas[v], {}).get("obj") == "actor"
    ]
    agents = [j for v in verbs if clauses.is_passive(v) for j in clauses.own_slots(v).get("subj", ())]
    for v in clauses.own_slots(trigger.token).get("amod", ()):  # "rebel-led violence"
        agents += [
            c
            for c in clauses.children[v]
            if clauses.lemmas[v] in {"lead", "back"} and clauses.tokens[c].role in {"compound", "obl", "nsubj"}
        ]
    return with_conjuncts(clauses, [k for j in agents for k in find_parties(clauses, j, things="")])


def from_part(clauses: Clauses, trigger: Trigger) -> Iterator[tuple[str, list[int]]]:
    """Who takes part in a noun by its neighbours: victims of rape, perpetrators of the attack, a raid that killed two."""
    at = trigger.token
    head = clauses.tokens[at].head
    if head >= 0 and clauses.preposition(at) in {"of", "in", "behind"} and clauses.tokens[at].role == "nmod":
        for name, role in (("doer", "actor"), ("sufferer", "recipient")):
            if clauses.lemmas[head] in load_classes()[name]:
                predicate = [j for j in clauses.slots(head).get("subj", []) if clauses.is_actor(j)]
                yield role, predicate or [head]
    if trigger.coding.type == "ASSAULT":
        for verb in clauses.own_slots(at).get("acl", ()):
            if load_light_verbs().get(clauses.lemmas[verb], {}).get("subj") == "victim":
                yield "recipient", clauses.own_slots(verb).get("obj", [])
    if trigger.coding.type == "REQUEST" and clauses.preposition(at) == "at" and head >= 0 and clauses.is_verb(head):
        yield "recipient", clauses.slots(head).get("subj", [])


def from_matrix(clauses: Clauses, trigger: Trigger, taken: tuple[int, ...]) -> tuple[int, ...]:
    """Actors of a noun from the clause around it: "Bertrand said during his visit", "the delegates, after talks, agreed"."""
    at = trigger.token
    if not _shares_subject(clauses, trigger):
        return ()
    if clauses.tokens[at].role == "nmod" and not _is_owned(clauses, at):
        return ()  # "presents a compromise at the talks"
    anywhere = trigger.coding.type == "CONSULT" or _is_owned(clauses, at)
    for up in clauses.sentence.ancestors(at):
        if clauses.is_verb(up) or "subj" in clauses.own_slots(up):
            subject = clauses.slots(up).get("obj" if clauses.is_verb(up) and clauses.is_passive(up) else "subj", [])
            found = [j for j in subject if clauses.is_actor(j) and j not in taken and j != at]
            if found or not anywhere:
                return with_conjuncts(clauses, found)
    return ()


def from_host(clauses: Clauses, trigger: Trigger) -> Heads:
    """Where somebody is or goes on a visit: "arrived in Dhaka on a visit", "is in Dhaka for a state visit"."""
    at = trigger.token
    if trigger.coding.mode != "visit" or clauses.preposition(at) not in {*_DURING, *_TRAVELLING}:
        return ()
    for up in clauses.sentence.ancestors(at):
        if clauses.is_verb(up):
            return tuple(j for slot in _WHERE_TO for j in clauses.slots(up).get(slot, ()) if clauses.tokens[j].entity.endswith("LOC"))[:1]
        if clauses.tokens[up].entity.endswith("LOC") and "subj" in clauses.own_slots(up):
            return (up,)
    return ()


def stands_before(clauses: Clauses, at: int) -> bool:
    """Whether a noun comes before, or is part of, the subject of the clause around it: there "his visit" names the visitor best."""
    verb = next((up for up in clauses.sentence.ancestors(at) if clauses.is_verb(up)), None)
    if verb is None:
        return True
    subject = clauses.slots(verb).get("obj" if clauses.is_passive(verb) else "subj", [])
    return not any(j < at and at not in clauses.sentence.subtree(j) for j in subject)


def _is_owned(clauses: Clauses, at: int) -> bool:
    """Whether a possessive pronoun stands before a noun."""
    return any(clauses.tokens[c].xpos == "PRP$" for c in clauses.children[at])


def _shares_subject(clauses: Clauses, trigger: Trigger) -> bool:
    """Whether the subject around a noun takes part in it: during his visit, after talks with, in defiance of."""
    at = trigger.token
    if _is_owned(clauses, at):
        return True
    preposition = clauses.preposition(at)
    if preposition in _DURING:
        slots = clauses.own_slots(at)
        bare = preposition == "in" and not any(clauses.tokens[c].role in {"det", "amod", "compound"} for c in clauses.children[at])
        return trigger.coding.type == "CONSULT" or "nmod_with" in slots or bare
    return trigger.coding.type == "CONSULT" and preposition in _TRAVELLING


def is_possessive(clauses: Clauses, j: int) -> bool:
    return clauses.tokens[j].xpos == "PRP$"
