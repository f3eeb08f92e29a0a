"""Who does it and to whom: the words that fill an event's roles, its place and its quantity.

Roles come from the slots that the coding row names, read from the trigger and from its light verb. Each conjunct is an item
of its own. Slots that modify ("Israeli raid", "rebel attack") fill a role only with a name, a demonym or a word for people.
Where the model's role scorer is at hand, its scores drop doubtful fillers and add sure ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hearsay.core.span import Span, cover
from hearsay.extract.clauses import Clauses, is_demonym
from hearsay.extract.evidence import ADD_ROLE, KEEP_ROLE, TREE_WEIGHT, Floats, Seen
from hearsay.extract.phrases import noun_phrase, phrase_tokens
from hearsay.extract.triggers import Trigger
from hearsay.knowledge.codings import load_classes, load_codings
from hearsay.knowledge.lexicons import load_light_verbs

_MODIFIERS = frozenset({"amod", "compound"})
_PHYSICAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "AID", "SANCTION"})
_OF_PEOPLE = frozenset({"restrict", "censor", "curfew", "withdraw"})
"""Modes of those types that are done to people or states only: what is banned or left is not their recipient."""
_LITTLE = frozenset({"DET", "ADP", "PUNCT", "CCONJ"})
_FOR = ("obl_for.nmod_with", "obl_for.nmod_against", "obl_for.nmod_on")
_FALLBACK = {
    ("REQUEST", "VERB"): ("obj", "ccomp.subj", "xcomp.subj", "obl_from", "obl_to", "obl_on", "obl_for.nmod_of", *_FOR),
    ("ACCUSE", "VERB"): ("obj", "ccomp.subj"),
    ("AGREE", "VERB"): ("obl_with", "obl_to", "xcomp.obj", "xcomp.obl_with", "xcomp.obl_to"),
    ("REJECT", "VERB"): ("obj", "xcomp.obj", "xcomp.obl_with", "xcomp.obl_to"),
    ("SUPPORT", "VERB"): ("obj",),
    ("THREATEN", "VERB"): ("obj", "xcomp.obj", "ccomp.obj", "obl_of", "obl_about", "obl_against"),
    ("ACCUSE", "NOUN"): ("nmod_of", "nmod_into", "nmod_against", "nmod_over"),
    ("REQUEST", "NOUN"): ("nmod_to", "nmod_on", "nmod_from", "nmod_for.nmod_of", "nmod_for.nmod_with", "nmod_for.nmod_against"),
    ("CONSULT", "VERB"): ("obl_with", "obl_to"),
    ("COOPERATE", "VERB"): ("obl_with", "obl_to", "obj.nmod_with"),
    ("COOPERATE", "NOUN"): ("nmod_with",),
    ("PROTEST", "VERB"): ("obl_against", "advcl.obj", "xcomp.obj"),
}
"""Slots in which a recipient is looked for when those of the row are empty; only actors count there."""
_NOUN_ACTORS = ("nmod_by", "nmod_between", "amod", "compound")
"""Slots of a noun in which an actor is looked for when those of the row are empty."""
_PREDICATES = {"in": "actor", "on": "actor", "at": "actor", "behind": "actor", "under": "recipient"}
_HUNG = frozenset({"nmod_by", "nmod_against", "nmod_on"})
"""Slots of a noun that parsers hang on its other complements: "the arrest of the poet by the shah"."""
_DURING = frozenset({"during", "at", "after", "in", "following", "before"})
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "on", "from", "across", "inside", "around", "over", "off", "along")


Heads = tuple[int, ...]
"""Head tokens of role fillers."""


class Roles(NamedTuple):
    """Head tokens of an event's actors, recipients and place."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    where: int | None


def find_roles(clauses: Clauses, trigger: Trigger) -> Roles:
    """The roles of one event, by its coding row."""
    row = trigger.coding
    actors = _fill_role(clauses, trigger, row.actor, (), things=False)
    if not actors and trigger.pos == "VERB" and row.actor[:1] == ("subj",):
        actors = tuple(j for j in clauses.slots(trigger.token).get("subj", []) if _is_doer(clauses, j))
    recipients = _fill_role(clauses, trigger, row.recipient, actors, things=row.type in _PHYSICAL and row.mode not in _OF_PEOPLE)
    recipients = recipients or _fill_role(clauses, trigger, _FALLBACK.get((row.type, trigger.pos), ()), actors, things=False)
    if trigger.pos == "NOUN":
        actors, recipients = _join_around(clauses, trigger, actors, recipients)
    actors = tuple(j for j in actors if j not in recipients)
    return Roles(actors, recipients, find_place(clauses, trigger, {*actors, *recipients}))


def _join_around(clauses: Clauses, trigger: Trigger, actors: Heads, recipients: Heads) -> tuple[Heads, Heads]:
    """The roles of a noun, with those that its light verb and the clause around it fill."""
    for role, found in (*_from_light_verb(clauses, trigger), *_from_predicate(clauses, trigger)):
        parties = _expand(clauses, [k for j in found if j != trigger.token for k in _parties(clauses, j, things=False)])
        if role == "recipient":
            recipients = recipients or tuple(j for j in parties if j not in actors)
        elif not actors:
            actors = tuple(j for j in parties if j not in recipients)
    if not actors and trigger.coding.actor:
        actors = _fill_role(clauses, trigger, _NOUN_ACTORS, recipients, things=False) or _from_participle(clauses, trigger)
    if not actors or (_is_possessive(clauses, actors[0]) and not _stands_before(clauses, trigger.token)):
        actors = _from_matrix(clauses, trigger, recipients) or actors
    return actors, recipients


def _from_light_verb(clauses: Clauses, trigger: Trigger) -> Iterator[tuple[str, list[int]]]:
    """What the light verb of a noun says of its own subject or object."""
    if trigger.light is None or trigger.light.role == "phase":
        return
    verb, role = trigger.light
    slots = clauses.slots(verb)
    if role in {"object", "victim"}:
        yield ("actor" if role == "object" else "recipient"), slots.get("obj", [])
    elif clauses.is_verb(verb) and clauses.is_passive(verb) and "subj" not in slots:  # "was involved in the attack"
        yield role, [j for j in slots.get("obj", []) if trigger.token not in clauses.sentence.subtree(j)]
    else:
        yield role, slots.get("subj", [])


def _from_participle(clauses: Clauses, trigger: Trigger) -> Heads:
    """The agent of a light verb that follows its noun: riots led by students."""
    verbs = [v for v in clauses.own_slots(trigger.token).get("acl", ()) if load_light_verbs().get(clauses.lemmas[v], {}).get("obj") == "actor"]
    agents = [j for v in verbs if clauses.is_passive(v) for j in clauses.own_slots(v).get("subj", ())]
    return _expand(clauses, [k for j in agents for k in _parties(clauses, j, things=False)])


def _from_predicate(clauses: Clauses, trigger: Trigger) -> Iterator[tuple[str, list[int]]]:
    """The subject of a noun that is a predicate: X is in contact with, X is behind the attack, X is under investigation."""
    if clauses.tokens[trigger.token].role in {"root", "ccomp", "conj", "advcl", "acl", "parataxis"}:
        preposition = clauses.preposition(trigger.token)
        if preposition in _PREDICATES:
            yield _PREDICATES[preposition], clauses.slots(trigger.token).get("subj", [])


def rerank(clauses: Clauses, trigger: Trigger, roles: Roles, seen: Seen) -> Roles:
    """The roles that tree and heads agree on: doubtful fillers go, words that the heads are sure of join."""
    chances = seen.roles(trigger.token)
    place = () if roles.where is None else (roles.where,)
    found: list[list[int]] = []
    for k, heads in enumerate((roles.actors, roles.recipients, place), 1):
        chances[list(heads), k] *= TREE_WEIGHT
        kept = [j for j in heads if chances[j, k] >= KEEP_ROLE]
        added = [j for j in _pointed_at(clauses, chances[:, k]) if j != trigger.token and not _is_held(clauses, j, kept)]
        found.append([*kept, *added])
    actors = [j for j in found[0] if j not in found[1] or chances[j, 1] >= chances[j, 2]]
    recipients = [j for j in found[1] if j not in actors]
    return Roles(tuple(actors), tuple(recipients), next(iter(found[2]), None))


def _pointed_at(clauses: Clauses, chances: Floats) -> list[int]:
    """Heads of the stretches of words whose chance to fill a role is good."""
    out: list[int] = []
    stretch: list[int] = []
    for i in range(len(chances) + 1):
        if i < len(chances) and chances[i] >= ADD_ROLE:
            stretch.append(i)
        elif stretch:
            tops = [j for j in stretch if clauses.tokens[j].head not in stretch and clauses.tokens[j].upos not in _LITTLE]
            out.extend(tops[:1])
            stretch = []
    return out


def _is_held(clauses: Clauses, j: int, kept: list[int]) -> bool:
    return any(j in phrase_tokens(clauses.sentence, k) for k in kept)


def _is_possessive(clauses: Clauses, j: int) -> bool:
    return clauses.tokens[j].xpos == "PRP$"


def _from_matrix(clauses: Clauses, trigger: Trigger, taken: tuple[int, ...]) -> tuple[int, ...]:
    """Actors of a noun from the clause around it: "Bertrand said during his visit", "the delegates, after talks, agreed"."""
    at = trigger.token
    if not _shares_subject(clauses, trigger):
        return ()
    anywhere = trigger.coding.type == "CONSULT" or _is_owned(clauses, at)
    for up in clauses.sentence.ancestors(at):
        if clauses.is_verb(up):
            subject = clauses.slots(up).get("obj" if clauses.is_passive(up) else "subj", [])
            found = [j for j in subject if clauses.is_actor(j) and j not in taken and j != at]
            if found or not anywhere:
                return _expand(clauses, found)
    return ()


def _stands_before(clauses: Clauses, at: int) -> bool:
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
    return False


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


def _is_doer(clauses: Clauses, j: int) -> bool:
    """Whether the subject of a verb does what it says, though no class knows it: not a bomb, a storm, a plan or an attack."""
    return (
        clauses.tokens[j].upos in {"NOUN", "PROPN"}
        and is_thing(clauses, j)
        and not any(clauses.lemmas[j] in load_classes()[c] for c in ("weapon", "accident", "agentless", "place"))
    )


def is_thing(clauses: Clauses, j: int) -> bool:
    """Whether a word can be what a deed is done to without being an actor: a hotel, a bridge, not a plan or an attack."""
    token = clauses.tokens[j]
    classes = load_classes()
    return token.upos in {"NOUN", "PROPN", "NUM", "ADJ"} and not any(clauses.lemmas[j] in classes[c] for c in ("abstract", "notparty"))


def role_span(clauses: Clauses, j: int, others: frozenset[int] = frozenset()) -> Span:
    """The noun phrase of a filler, without the other fillers of the event; a modifier fills a role with its own words only."""
    if clauses.tokens[j].role in _MODIFIERS:
        near = [k for k in clauses.sentence.subtree(j) if clauses.tokens[k].role in {"flat", "compound"} or k == j]
        return cover(clauses.tokens[k].span for k in _unbroken(near, j))
    return noun_phrase(clauses.sentence, j, others - {j, *clauses.sentence.ancestors(j)})


def _fill_role(clauses: Clauses, trigger: Trigger, slots: tuple[str, ...], taken: tuple[int, ...], *, things: bool) -> tuple[int, ...]:
    """Fillers of the first slot that has any; `things` lets in what is no actor."""
    for slot in slots:
        modifies = slot.rpartition(".")[2] in _MODIFIERS
        found = [
            k
            for j in _read(clauses, trigger, slot)
            if j not in taken and j != trigger.token
            for k in (_modifying_party(clauses, trigger, j) if modifies else _parties(clauses, j, things=things))
        ]
        if found:
            return tuple(j for j in _expand(clauses, found) if j not in taken)
    return ()


def _modifying_party(clauses: Clauses, trigger: Trigger, j: int) -> list[int]:
    """A modifier as a party: a name, a demonym or a noun for people, "police raid"; not one that only tells the kind, "military raid"."""
    token = clauses.tokens[j]
    named = token.entity != "O" or is_demonym(token.text) or token.upos == "PROPN" or (token.upos == "NOUN" and clauses.is_party_word(j))
    victim = trigger.coding.type == "ASSAULT" and token.entity.endswith("PER")  # "the Palme murder"
    return [j] if named and not victim and clauses.is_actor(j) and clauses.lemmas[j] not in load_classes()["kindword"] else []


def _parties(clauses: Clauses, j: int, *, things: bool) -> list[int]:
    """A filler itself if it is an actor, else the actors that it mentions: "rejected the EU's proposal"."""
    if clauses.is_actor(j) or (things and is_thing(clauses, j)):
        return [j]
    if clauses.lemmas[j] in load_classes()["quantity"]:
        return [j] if any(clauses.is_actor(k) for k in clauses.own_slots(j).get("nmod_of", ())) else []
    for c in clauses.conjuncts(j):
        if clauses.is_actor(c):
            return [c]
    return _inner_parties(clauses, j, 2)


def _inner_parties(clauses: Clauses, j: int, depth: int) -> list[int]:
    """Actors that a noun phrase mentions: whose it is, else with whom or between whom, also deeper: "a renewal of ties with Oman"."""
    own = clauses.own_slots(j)
    assault = _is_assault(clauses, j)
    for slot in ("poss", "nmod_by", "nmod_from", "amod", "compound"):
        inner = [k for k in own.get(slot, ()) if clauses.is_actor(k) and not (assault and clauses.tokens[k].entity.endswith("PER"))]
        if inner:
            return inner
    for slot in ("nmod_between", "nmod_with", "nmod_against"):
        inner = [k for k in own.get(slot, ()) if clauses.tokens[k].entity != "O"]
        if inner:
            return inner
    if assault:  # who condemns a murder does not condemn its victim
        return []
    deeper = [k for at in own.get("nmod_of", ()) for k in _inner_parties(clauses, at, depth - 1)] if depth else []
    return deeper


def _is_assault(clauses: Clauses, j: int) -> bool:
    """Whether a word can name an assault."""
    return any(row.type == "ASSAULT" for row in load_codings().find(clauses.lemmas[j], "NOUN"))


def _read(clauses: Clauses, trigger: Trigger, slot: str) -> list[int]:
    found = clauses.fill(trigger.token, slot)
    if not found and slot in _HUNG and trigger.pos == "NOUN":
        found = [k for inner in ("nmod_of", "nmod_by", "nmod_on") if inner != slot for k in clauses.fill(trigger.token, f"{inner}.{slot}")]
    if found or not trigger.light or not trigger.light.carries:
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
            out.extend(c for c in (*clauses.conjuncts(j), *clauses.listed(j)) if clauses.is_actor(c) or is_thing(clauses, c))
    return tuple(dict.fromkeys(out))


def _unbroken(indices: list[int], j: int) -> list[int]:
    held = set(indices)
    first = last = j
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return list(range(first, last + 1))
