"""Which words are parties: who or what fills a role when a slot is filled, and the parties that a noun phrase mentions."""

from __future__ import annotations

from hearsay.extract.clauses import Clauses
from hearsay.extract.words import is_demonym
from hearsay.knowledge.codings import load_classes, load_codings

MODIFIERS = frozenset({"amod", "compound"})


def is_doer(clauses: Clauses, j: int) -> bool:
    """Whether the subject of a verb does what it says, though no class knows it: not a bomb, a storm, a plan or an attack."""
    return (
        clauses.tokens[j].upos in {"NOUN", "PROPN"}
        and is_thing(clauses, j)
        and not any(clauses.lemmas[j] in load_classes()[c] for c in ("weapon", "accident", "agentless", "place"))
    )


def speaks(clauses: Clauses, j: int) -> bool:
    """Whether a word names a writing that accuses, asks or promises: a report, a resolution."""
    return clauses.lemmas[j] in load_classes()["document"]


def is_thing(clauses: Clauses, j: int) -> bool:
    """Whether a word can be what a deed is done to without being an actor: a hotel, a bridge, not a plan or an attack."""
    token = clauses.tokens[j]
    classes = load_classes()
    return token.upos in {"NOUN", "PROPN", "NUM", "ADJ"} and not any(clauses.lemmas[j] in classes[c] for c in ("abstract", "notparty"))


def modifying_party(clauses: Clauses, kind: str, j: int) -> list[int]:
    """A modifier as a party: a name, a demonym or a noun for people, "police raid"; not one that only tells the kind, "military raid"."""
    token = clauses.tokens[j]
    named = token.entity != "O" or is_demonym(token.text) or token.upos == "PROPN" or (token.upos == "NOUN" and clauses.is_party_word(j))
    victim = kind == "ASSAULT" and token.entity.endswith("PER")  # "the Palme murder"
    return [j] if named and not victim and clauses.is_actor(j) and clauses.lemmas[j] not in load_classes()["kindword"] else []


def find_parties(clauses: Clauses, j: int, *, things: str) -> list[int]:
    """A filler itself if it is an actor, else the actors that it mentions: "rejected the EU's proposal"."""
    if clauses.is_actor(j) or (things and is_thing(clauses, j) and (things == "any" or clauses.lemmas[j] in load_classes()[things])):
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
    partner = any(slot in own for slot in ("nmod_with", "nmod_against"))  # in "their talks with Oman" they are the actors
    assault = _is_assault(clauses, j)
    for slot in ("poss", "nmod_by", "nmod_from", "amod", "compound"):
        inner = [
            k
            for k in own.get(slot, ())
            if clauses.is_actor(k)
            and not (partner and clauses.tokens[k].xpos == "PRP$")
            and not (assault and clauses.tokens[k].entity.endswith("PER"))
        ]
        if inner:
            return inner
    agents = [k for verb in own.get("acl", ()) if clauses.is_passive(verb) for k in clauses.own_slots(verb).get("subj", ())]
    inner = [k for k in agents if clauses.is_actor(k)]  # "the appeal filed by the union"
    if inner and not assault:
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


def with_conjuncts(clauses: Clauses, found: list[int]) -> tuple[int, ...]:
    out: list[int] = []
    for j in found:
        out.append(j)
        if clauses.tokens[j].role not in MODIFIERS:
            out.extend(c for c in (*clauses.conjuncts(j), *clauses.listed(j)) if clauses.is_actor(c) or is_thing(clauses, c))
    return tuple(dict.fromkeys(out))
