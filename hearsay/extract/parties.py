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
    told = _is_victim(clauses, kind, j) or _tells_where(clauses, kind, j)
    return [j] if names_party(clauses, j) and clauses.is_actor(j) and not told else []


def names_party(clauses: Clauses, j: int) -> bool:
    """Whether a word may stand for a party: a modifier only if a name, a demonym or a noun for people that tells more than the kind."""
    token = clauses.tokens[j]
    named = token.entity != "O" or is_demonym(token.text) or token.upos == "PROPN" or (token.upos == "NOUN" and clauses.is_party_word(j))
    return token.role not in MODIFIERS or (named and clauses.lemmas[j] not in load_classes()["kindword"])


def _tells_where(clauses: Clauses, kind: str, j: int) -> bool:
    """Whether a name before an event's noun is where it happened: "the Amman bombings", "the Oslo talks", not "a US raid"."""
    token = clauses.tokens[j]
    placed = kind in {"ASSAULT", "PROTEST", "CONSULT"} and token.role == "compound" and token.entity.endswith("LOC")
    return placed and not is_demonym(token.text) and not token.text.replace(".", "").isupper() and not paired(clauses, j)


def find_parties(clauses: Clauses, j: int, *, things: str) -> list[int]:
    """A filler itself if it is an actor, else the actors that it mentions: "rejected the EU's proposal"."""
    inside = clauses.own_slots(j).get("nmod_of", ())
    if inside and clauses.tokens[j].entity == "O" and clauses.lemmas[j] in load_classes()["quantity"]:
        fits = any(clauses.is_actor(k) or (things == "any" and is_thing(clauses, k)) for k in inside)
        return [j] if fits else []
    if clauses.is_actor(j) or (things and is_thing(clauses, j) and (things == "any" or clauses.lemmas[j] in load_classes()[things])):
        return [j]
    for c in clauses.conjuncts(j):
        if clauses.is_actor(c):
            return [c]
    return _inner_parties(clauses, j, 2)


def _inner_parties(clauses: Clauses, j: int, depth: int) -> list[int]:
    """Actors that a noun phrase mentions: whose it is, else with whom or between whom, also deeper: "a renewal of ties with Oman"."""
    own = clauses.own_slots(j)
    kind = "ASSAULT" if _is_assault(clauses, j) else ""
    found = [
        [k for k in own.get("poss", ()) if clauses.is_actor(k) and not _is_reflexive(clauses, k) and not _is_victim(clauses, kind, k)],
        *([k for k in own.get(slot, ()) if clauses.is_actor(k)] for slot in ("nmod_by", "nmod_from")),
        *([m for k in own.get(slot, ()) for m in modifying_party(clauses, kind, k)] for slot in ("amod", "compound")),
    ]
    if not kind:  # who condemns a murder does not condemn its victim
        agents = [k for verb in own.get("acl", ()) if clauses.is_passive(verb) for k in clauses.own_slots(verb).get("subj", ())]
        found.append([k for k in agents if clauses.is_actor(k)])  # "the appeal filed by the union"
    found.append([k for k in own.get("nmod_between", ()) if clauses.is_actor(k)])
    for slot in ("nmod_with", "nmod_against"):
        found.append([k for k in own.get(slot, ()) if clauses.tokens[k].entity != "O"])
    if depth and not kind:
        found.append([k for at in own.get("nmod_of", ()) for k in _inner_parties(clauses, at, depth - 1)])
    return next(filter(None, found), [])


def _is_reflexive(clauses: Clauses, k: int) -> bool:
    """Whether a possessive means the subject of its own clause more likely than another: "refused to change its position"."""
    return clauses.tokens[k].xpos == "PRP$" and clauses.tokens[k].text.lower() in {"its", "their", "our", "my"}


def _is_victim(clauses: Clauses, kind: str, k: int) -> bool:
    return kind == "ASSAULT" and clauses.tokens[k].entity.endswith("PER")


def _is_assault(clauses: Clauses, j: int) -> bool:
    """Whether a word can name an assault."""
    return any(row.type == "ASSAULT" for row in load_codings().find(clauses.lemmas[j], "NOUN"))


def with_conjuncts(clauses: Clauses, found: list[int]) -> tuple[int, ...]:
    """Fillers with those that are joined to them."""
    out: list[int] = []
    for j in found:
        out.append(j)
        if clauses.tokens[j].role in MODIFIERS:
            out.extend(paired(clauses, j))
        else:
            out.extend(c for c in (*clauses.conjuncts(j), *listed(clauses, j)) if clauses.is_actor(c) or is_thing(clauses, c))
    return tuple(dict.fromkeys(out))


def listed(clauses: Clauses, i: int) -> list[int]:
    """In a headline, the names that stand beside a name with a bare comma: "Oman, Qatar to sign accord"."""
    if clauses.is_closed or clauses.tokens[i].upos != "PROPN":
        return []
    words = clauses.tokens
    found = [c for c in clauses.children[i] if words[c].role in {"appos", "flat", "list"} and c > i and words[c - 1].text == ","]
    return [c for c in found if words[c].upos == "PROPN" and words[c].entity == words[i].entity == "B-LOC"]


def paired(clauses: Clauses, i: int) -> list[int]:
    """The names that a hyphen joins to a name: "the Cairo-Amman talks", not the parts of one name such as "Al-Qaeda"."""
    out = []
    for k in (i - 2, i + 2):
        if 0 <= k < len(clauses.tokens) and clauses.tokens[(i + k) // 2].text in {"-", "–"}:
            first, last = clauses.tokens[min(i, k)], clauses.tokens[max(i, k)]
            parted = last.entity.startswith("B-") or (last.entity == "O" and len(first.text) > 2)
            if parted and first.upos == last.upos == "PROPN" and last.text[0].isupper():
                out.append(k)
    return out
