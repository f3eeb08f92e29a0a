"""Who does it and to whom: the words that fill an event's roles, its place and its quantity.

Roles come from the slots that the coding row names, read from the trigger and from its light verb. Each conjunct is an item
of its own. Slots that modify ("Israeli raid", "rebel attack") fill a role only with a name, a demonym or a word for people.
Where the model's role scorer is at hand, its scores drop doubtful fillers and add sure ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hearsay.core.span import Span, cover
from hearsay.extract.around import (
    Heads,
    from_host,
    from_light_verb,
    from_matrix,
    from_part,
    from_participle,
    from_predicate,
    is_possessive,
    stands_before,
)
from hearsay.extract.clauses import Clauses
from hearsay.extract.evidence import ADD_ROLE, KEEP_ROLE, ROLES, TREE_WEIGHT, Floats, Seen
from hearsay.extract.parties import MODIFIERS, find_parties, is_doer, modifying_party, names_party, paired, speaks, with_conjuncts
from hearsay.extract.phrases import noun_phrase, phrase_tokens
from hearsay.extract.triggers import Trigger
from hearsay.knowledge.codings import Coding, load_classes

_PHYSICAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "AID", "SANCTION"})
_DONE_TO = {"restrict": "place", "censor": "place", "curfew": "place"}
"""What else than an actor is a recipient of those types: anything, or with these modes only places."""
_NOBODY = frozenset({"MOBILIZE", "CONCEDE", "PROTEST", "RETREAT"})
"""Types of which a row without a recipient has none."""
_MATTER = frozenset({"over", "concerning", "regarding"})
"""Prepositions before what an event is about: heads alone make no party of it."""
_LENGTHS = ("obl_to", "obl_for", "obj")
"""Slots of a verb that tell for how long: sentenced to 25 years, jailed for two weeks."""
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
_HUNG = frozenset({"nmod_by", "nmod_against", "nmod_on"})
"""Slots of a noun that parsers hang on its other complements: "the arrest of the poet by the shah"."""
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "on", "from", "across", "inside", "around", "over", "off", "along")
_PLACE_SLOTS = tuple(f"{kind}_{preposition}" for preposition in _PLACE_PREPOSITIONS for kind in ("obl", "nmod"))


class Roles(NamedTuple):
    """Head tokens of an event's actors, recipients and place."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    where: int | None


def find_roles(clauses: Clauses, trigger: Trigger) -> Roles:
    """The roles of one event, by its coding row."""
    row = trigger.coding
    actors = _fill_role(clauses, trigger, row.actor, (), things="")
    if not actors and trigger.pos == "VERB" and row.actor[:1] == ("subj",):
        subject = clauses.slots(trigger.token).get("subj", [])
        actors = tuple(j for j in subject if is_doer(clauses, j) or (row.type not in _PHYSICAL and speaks(clauses, j)))
    recipients = _fill_role(clauses, trigger, row.recipient, actors, things=_done_to(row))
    if not recipients and row.type == "REQUEST" and trigger.pos == "VERB" and _has_asked(clauses, trigger.token):
        recipients = _fill_role(clauses, trigger, ("obj",), actors, things="any")  # "ordered the mines to close"
    recipients = recipients or _fill_role(clauses, trigger, _FALLBACK.get((row.type, trigger.pos), ()), actors, things="")
    if trigger.pos == "NOUN":
        actors, recipients = _join_around(clauses, trigger, actors, recipients)
    actors = tuple(j for j in actors if j not in recipients)
    return Roles(actors, recipients, find_place(clauses, trigger, {*actors, *recipients}))


def _has_asked(clauses: Clauses, verb: int) -> bool:
    """Whether what a verb asks is said of its object, which is to do it: not in "urged the sentence to be carried out"."""
    return any(not clauses.is_passive(j) for j in clauses.slots(verb).get("xcomp", ()))


def _done_to(row: Coding) -> str:
    """What besides actors may be the recipient of a row's events."""
    if row.type == "RETREAT" and row.mode != "release":
        return ""
    return _DONE_TO.get(row.mode or "", "any") if row.type in _PHYSICAL else ""


def _join_around(clauses: Clauses, trigger: Trigger, actors: Heads, recipients: Heads) -> tuple[Heads, Heads]:
    """The roles of a noun, with those that its light verb and the clause around it fill."""
    for role, found in (*from_light_verb(clauses, trigger), *from_predicate(clauses, trigger), *from_part(clauses, trigger)):
        parties = with_conjuncts(clauses, [k for j in found if j != trigger.token for k in find_parties(clauses, j, things="")])
        if role == "recipient":
            recipients = recipients or tuple(j for j in parties if j not in actors)
        elif not actors:
            actors = tuple(j for j in parties if j not in recipients)
    if not actors and trigger.coding.actor:
        slots = _NOUN_ACTORS if trigger.coding.type in _PHYSICAL else (*_NOUN_ACTORS, "nmod_from")
        actors = _fill_role(clauses, trigger, slots, recipients, things="") or from_participle(clauses, trigger)
    if not actors or (is_possessive(clauses, actors[0]) and not stands_before(clauses, trigger.token)):
        actors = from_matrix(clauses, trigger, recipients) or actors
    return actors, recipients or from_host(clauses, trigger)


def rerank(clauses: Clauses, trigger: Trigger, roles: Roles, seen: Seen) -> Roles:
    """The roles that tree and heads agree on: doubtful fillers go, words that the heads are sure of join."""
    chances = seen.roles(trigger.token)
    place = () if roles.where is None else (roles.where,)
    found: list[list[int]] = []
    for k, heads in enumerate((roles.actors, roles.recipients, place), 1):
        chances[list(heads), k] *= TREE_WEIGHT
        chances[[j for j in heads if paired(clauses, j)], k] = 1.0  # "the Cairo-Amman talks" leaves no doubt
        kept = _with_mates(clauses, heads, [j for j in heads if chances[j, k] >= KEEP_ROLE])
        added = [j for j in _pointed_at(clauses, chances[:, k]) if j != trigger.token and not _is_held(clauses, j, kept)]
        added = [j for j in added if names_party(clauses, j) and clauses.preposition(j) not in _MATTER]
        found.append([*kept, *(j for j in added if _can_fill(clauses, trigger, j, ROLES[k]))])
    apart = clauses.fill(trigger.token, "compound")  # "U.S. diplomat expulsions": parsers hang the first on the second
    owned = [[k for k in heads if k not in apart] for heads in found[:2]]
    found[:2] = [_without_owners(clauses, found[0], owned[1]), _without_owners(clauses, found[1], owned[0])]
    actors = _outermost(clauses, [j for j in found[0] if j not in found[1] or chances[j, 1] >= chances[j, 2]])
    recipients = [] if _has_none(clauses, trigger, actors) else _outermost(clauses, [j for j in found[1] if j not in actors])
    return Roles(tuple(actors), tuple(recipients), next(iter(found[2]), None))


def _can_fill(clauses: Clauses, trigger: Trigger, j: int, role: str) -> bool:
    """Whether a word can be a party: never "over" of "over 100 men"; the doer of a verb is none that only modifies another noun."""
    token = clauses.tokens[j]
    if token.role in {"advmod", "nummod"} or (role == "recipient" and trigger.pos == "VERB" and token.role == "amod"):
        return False
    return not (role == "actor" and trigger.pos == "VERB" and (token.role in MODIFIERS or token.xpos == "PRP$"))


def _with_mates(clauses: Clauses, heads: Sequence[int], kept: list[int]) -> list[int]:
    """What is kept of a role, with what is joined to it by "and": a list fills a role as a whole."""
    return [j for j in heads if any(j == k or j in clauses.conjuncts(k) or k in clauses.conjuncts(j) for k in kept)]


def _outermost(clauses: Clauses, heads: Sequence[int]) -> list[int]:
    """Fillers of one role without those that stand inside the phrase of another: one name taken apart, or whose leader it is.

    Both of "the Cairo-Amman talks" stay.
    """
    phrases = {k: phrase_tokens(clauses.sentence, k) for k in heads}
    return [j for j in heads if not any(j != k and j in held and j not in paired(clauses, k) for k, held in phrases.items())]


def _without_owners(clauses: Clauses, mine: Sequence[int], others: Sequence[int]) -> list[int]:
    """Fillers of one role without those that only tell whose or which a filler of the other is: Chad in "Chad's government"."""

    def belongs(j: int) -> bool:
        within = clauses.tokens[j].role in MODIFIERS or clauses.tokens[j].relation == "nmod:poss"
        return within and any(j != k and clauses.tokens[j].head == k for k in others)

    return [j for j in mine if not belongs(j)]


def _has_none(clauses: Clauses, trigger: Trigger, actors: list[int]) -> bool:
    """Whether an event has no recipient, whatever the heads say: troops sent, an office left, a clash between those who are its actors."""
    if trigger.coding.type in _NOBODY and not trigger.coding.recipient:
        return True
    between = clauses.fill(trigger.token, "nmod_between") if trigger.pos == "NOUN" else []
    return "nmod_between" not in trigger.coding.recipient and any(j in actors for j in between)


def _pointed_at(clauses: Clauses, chances: Floats) -> list[int]:
    """Heads of the stretches of words whose chance to fill a role is good."""
    out: list[int] = []
    stretch: list[int] = []
    for i, chance in enumerate([*chances.tolist(), 0.0]):
        if chance >= ADD_ROLE:
            stretch.append(i)
        elif stretch:
            tops = [j for j in stretch if clauses.tokens[j].head not in stretch and clauses.tokens[j].upos not in _LITTLE]
            out.extend(tops[:1])
            stretch = []
    return out


def _is_held(clauses: Clauses, j: int, kept: list[int]) -> bool:
    return any(j in phrase_tokens(clauses.sentence, k) for k in kept)


def find_place(clauses: Clauses, trigger: Trigger, taken: set[int]) -> int | None:
    """Head token of the place that the clause names for the event, or None."""
    verbs = [trigger.token, *([trigger.light.verb] if trigger.light else [])]
    found: list[int] = []
    for at in verbs:
        slots = clauses.slots(at)
        found += [j for slot in _PLACE_SLOTS if slot in slots for j in slots[slot]]
    found = [j for j in found if j not in taken]
    named = [j for j in found if clauses.tokens[j].entity.endswith("LOC")]
    common = [j for j in found if clauses.lemmas[j] in load_classes()["place"]]
    return next(iter(named or common), None)


def find_quantity(clauses: Clauses, trigger: Trigger, roles: Roles) -> Span | None:
    """Words that count the event: "more than 60" of its people, "nine-year" of a sentence, "25 years" to which somebody is sentenced."""
    words = clauses.tokens
    for at in (trigger.token, *roles.recipients, *roles.actors):
        for c in clauses.children[at]:
            if words[c].role == "nummod" or (words[c].role in MODIFIERS and (_is_length(clauses, c) or "-year" in words[c].text)):
                return cover(words[j].span for j in clauses.sentence.subtree(c) if words[j].upos != "PUNCT")
    lengths = list(_lengths(clauses, trigger.token)) if trigger.coding.type in {"COERCE", "SANCTION"} else []
    where = frozenset(clauses.own_slots(lengths[0]).get("nmod_in", ())) if lengths else frozenset()  # "20 years in prison"
    return noun_phrase(clauses.sentence, lengths[0], where) if lengths else None


def _lengths(clauses: Clauses, verb: int) -> Iterator[int]:
    """For how long: a length after a verb, also where parsers hang it on the verb before ("convicted and sentenced to ten years")."""
    token = clauses.tokens[verb]
    for at in (verb, token.head) if token.role == "conj" and clauses.is_verb(token.head) else (verb,):
        joined = [c for c in clauses.children[at] if clauses.tokens[c].role == "conj" and c > verb]
        slots = clauses.own_slots(at)
        for j in (j for slot in _LENGTHS for j in slots.get(slot, ())):
            if j > verb and _is_length(clauses, j) and not any(c < j for c in joined):
                yield j


def _is_length(clauses: Clauses, j: int) -> bool:
    """Whether a word is a unit of time with its number: nine-year, 25 years."""
    return clauses.lemmas[j] in load_classes()["timeunit"] and any(clauses.tokens[c].role == "nummod" for c in clauses.children[j])


def role_span(clauses: Clauses, j: int, others: frozenset[int] = frozenset()) -> Span:
    """The noun phrase of a filler, without the other fillers of the event; a modifier fills a role with its own words only."""
    if clauses.tokens[j].role in MODIFIERS or paired(clauses, j):
        name = next((n for n in clauses.sentence.names if n.first <= j < n.last), None)
        if name:
            return cover(clauses.tokens[k].span for k in range(name.first, name.last))
        near = [k for k in clauses.sentence.subtree(j) if clauses.tokens[k].role in {"flat", "compound"} or k == j]
        return cover(clauses.tokens[k].span for k in _unbroken(near, j))
    apart = frozenset(k for k in others if clauses.tokens[k].role not in MODIFIERS)
    return noun_phrase(clauses.sentence, j, apart - {j, *clauses.sentence.ancestors(j)})


def _fill_role(clauses: Clauses, trigger: Trigger, slots: tuple[str, ...], taken: tuple[int, ...], *, things: str) -> tuple[int, ...]:
    """Fillers of the first slot that has any; `things` lets in what is no actor: `any` thing, or words of that class."""
    for slot in slots:
        modifies = slot.rpartition(".")[2] in MODIFIERS
        found = [
            k
            for j in _read(clauses, trigger, slot)
            if j not in taken and j != trigger.token
            for k in (modifying_party(clauses, trigger.coding.type, j) if modifies else find_parties(clauses, j, things=things))
        ]
        if found:
            return tuple(j for j in with_conjuncts(clauses, found) if j not in taken)
    return ()


def _read(clauses: Clauses, trigger: Trigger, slot: str) -> list[int]:
    found = clauses.fill(trigger.token, slot)
    if not found and slot in _HUNG and trigger.pos == "NOUN":
        found = [k for inner in ("nmod_of", "nmod_by", "nmod_on") if inner != slot for k in clauses.fill(trigger.token, f"{inner}.{slot}")]
    if not found and slot == "nmod_by" and trigger.pos == "NOUN":
        found = _agent_before_verb(clauses, trigger.token)
    if found or not trigger.light or not trigger.light.carries:
        return found
    verb = trigger.light.verb
    if slot.startswith("nmod_"):
        return clauses.fill(verb, "obl_" + slot.removeprefix("nmod_"))
    return clauses.fill(verb, slot) if slot.startswith("obl_") or slot in {"subj", "iobj"} else []


def _agent_before_verb(clauses: Clauses, noun: int) -> list[int]:
    """By whom, where parsers hang it on the verb that follows: "The arrest of the priest by soldiers surprised the town"."""
    verb = clauses.tokens[noun].head
    if clauses.tokens[noun].role != "nsubj" or verb < noun or clauses.is_passive(verb):
        return []
    return [j for j in clauses.own_slots(verb).get("obl_by", ()) if noun < j < verb]


def _unbroken(indices: list[int], j: int) -> list[int]:
    held = set(indices)
    first = last = j
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return list(range(first, last + 1))
