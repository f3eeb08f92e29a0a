"""Events of a report: each trigger with its type, participants, modality, place, quantity and attribution.

A trigger is coded by the most specific row of the coding table whose pattern holds; learned evidence joins through
`evidence`. Time, things and chains are filled in later by the pipeline. Nothing here resolves a mention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hearsay.core.document import READ_KINDS, Document
from hearsay.core.records import Attribution, Event, Participant, Provenance, Timex
from hearsay.core.span import Span
from hearsay.extract.affairs import Affairs, Counts, count_words
from hearsay.extract.arguments import Roles, find_quantity, find_roles, rerank, role_span
from hearsay.extract.clauses import Clauses
from hearsay.extract.dating import Dates
from hearsay.extract.evidence import EventHeads, Seen, open_heads
from hearsay.extract.modality import BACKGROUND_WEIGHT, Effect, find_modality, is_background, join_mood
from hearsay.extract.stances import is_claim
from hearsay.extract.taught import TaughtHeads
from hearsay.extract.triggers import Trigger, find_triggers, trigger_span
from hearsay.knowledge.codings import Coding, Codings, load_classes, load_codings
from hearsay.knowledge.ontology import load_context_words, load_ontology
from hearsay.neural.decode import Evidence
from hearsay.neural.pack import Pack

STAGE = "events"
PLAIN_SCORE, PER_CONSTRAINT, BEST_BY_TABLE = 0.6, 0.1, 0.9


class Coded(NamedTuple):
    """An event of one sentence before it becomes a record."""

    trigger: Trigger
    roles: Roles
    modality: Effect
    background: bool
    score: float

    @property
    def type(self) -> str:
        """Its PLOVER type."""
        return self.trigger.coding.type


class EventCoder:
    """Codes reports with a coding table, the learned heads of a pack where it has them, and a user's taught categories."""

    def __init__(self, pack: Pack | None = None, codings: Codings | None = None, taught: TaughtHeads | None = None) -> None:
        self.codings = codings or load_codings()
        self.heads = open_heads(pack)
        self.taught = taught

    def code(
        self, document: Document, evidence: Sequence[Evidence], attributions: Sequence[Attribution], timexes: Sequence[Timex] = ()
    ) -> tuple[Event, ...]:
        """Events of a report in the order of its text; see `code_events`."""
        return code_events(document, evidence, attributions, timexes, codings=self.codings, heads=self.heads, taught=self.taught)


def code_events(
    document: Document,
    evidence: Sequence[Evidence],
    attributions: Sequence[Attribution],
    timexes: Sequence[Timex] = (),
    *,
    codings: Codings | None = None,
    heads: EventHeads | None = None,
    taught: TaughtHeads | None = None,
) -> tuple[Event, ...]:
    """Events of a report in the order of its text, with ids e1, e2, …

    Args:
        document: the analysed report.
        evidence: what the encoder saw, a piece for each sentence; read only where there are heads.
        attributions: who says what; an event inside the content of one carries its id.
        timexes: time expressions; an event dated after the report is future, one dated months before it background.
        codings: the coding table; the one that ships if None.
        heads: trained heads; None lets the table decide alone.
        taught: a user's categories, which win over what tables and heads say of the same word.
    """
    table = codings or load_codings()
    found: list[tuple[Clauses, str, list[Coded]]] = []
    counts: list[Counts] = []
    for number, sentence in enumerate(document.sentences):
        part = document.part_of(sentence)
        if part.kind not in READ_KINDS:
            continue
        clauses = Clauses(sentence, table.forms)
        counts.append(count_words(clauses))
        dates = Dates(clauses, timexes, document.article.date)
        seen = heads.look(evidence[number]) if heads else None
        own = tuple(taught.find_triggers(clauses, evidence[number].words)) if taught else ()
        coded = [c for c in code_sentence(clauses, table, dates, seen, own) if not _is_date(clauses, c.trigger, timexes)]
        found.append((clauses, part.kind, coded))
    affairs = Affairs(counts)
    kept = [(clauses, kind, c) for clauses, kind, events in found if affairs.admits(clauses, _parties(events)) for c in events]
    return tuple(_record(document, clauses, c, f"e{n}", kind, attributions) for n, (clauses, kind, c) in enumerate(kept, 1))


def _parties(events: Iterable[Coded]) -> Iterator[int]:
    for coded in events:
        yield from (*coded.roles.actors, *coded.roles.recipients)


def _is_date(clauses: Clauses, trigger: Trigger, timexes: Sequence[Timex]) -> bool:
    """Whether a word is part of a date, as in the dateline "KHARTOUM, March 3"."""
    place = clauses.tokens[trigger.token].span
    return any(t.type in {"DATE", "TIME"} and t.span.holds(place) for t in timexes)


def code_sentence(
    clauses: Clauses, codings: Codings, dates: Dates | None = None, seen: Seen | None = None, taught: Sequence[Trigger] = ()
) -> list[Coded]:
    """Events of one sentence, in order of their triggers, each happening once; `taught` triggers win over others of the same word."""
    own = {t.token for t in taught}
    triggers = [*taught, *(t for t in find_triggers(clauses, codings, seen) if t.token not in own)]
    found = [_code(clauses, trigger, dates, seen) for trigger in sorted(triggers, key=lambda t: t.token)]
    return [c for c in found if not _is_told_twice(clauses, c, found) and not _is_result(clauses, c.trigger)]


def _code(clauses: Clauses, trigger: Trigger, dates: Dates | None, seen: Seen | None) -> Coded:
    near = dates.of(trigger) if dates else None
    modality = find_modality(clauses, trigger, is_coming=near == "coming")
    trigger, modality = _turn(clauses, trigger, modality)
    background = near == "long past" or is_background(clauses, trigger)
    roles = find_roles(clauses, trigger)
    if seen is None:
        score = min(BEST_BY_TABLE, PLAIN_SCORE + PER_CONSTRAINT * len(trigger.coding.pattern))
        return Coded(trigger, roles, modality, background, score)
    roles = rerank(clauses, trigger, roles, seen)
    modality = join_mood(modality, seen, trigger.token)
    chance = seen.background(trigger.token) * (BACKGROUND_WEIGHT if background else 1.0)
    return Coded(trigger, roles, modality, chance > 0.5 or near == "long past", trigger.score or PLAIN_SCORE)


def _turn(clauses: Clauses, trigger: Trigger, modality: Effect) -> tuple[Trigger, Effect]:
    """An assent that is plainly withheld is a refusal: "would not agree", "is no longer willing"."""
    row = trigger.coding
    if row.type != "AGREE" or modality.rule != "negation" or clauses.lemmas[trigger.token] not in load_classes()["assent"]:
        return trigger, modality
    return trigger._replace(coding=replace(row, type="REJECT", mode=None, cameo="120")), Effect("asserted", "withheld")


def _is_told_twice(clauses: Clauses, one: Coded, found: Sequence[Coded]) -> bool:
    """Whether another trigger of the sentence names the same happening better.

    A verb that says nothing gives way to its noun ("gave an ultimatum"), any other noun to the verb that governs it ("met for
    talks", "signed an agreement").
    """
    if one.trigger.pos == "NOUN":
        head = clauses.tokens[one.trigger.token].head
        return any(o.trigger.token == head and _says_as_much(clauses, o, one) and not _is_empty(clauses, o, one) for o in found)
    return any(_is_empty(clauses, one, o) for o in found)


def _is_result(clauses: Clauses, trigger: Trigger) -> bool:
    """Whether a verb tells what came of the act or accident before it: "opened fire, killing two and wounding ten"."""
    at = trigger.token
    token = clauses.tokens[at]
    if trigger.coding.type != "ASSAULT" or token.xpos != "VBG" or clauses.lemmas[at] not in load_classes()["result"]:
        return False
    if token.role == "conj" and clauses.tokens[token.head].xpos == "VBG":
        token = clauses.tokens[token.head]
    bare = not any(clauses.tokens[c].role in {"mark", "case", "aux"} for c in clauses.children[at])
    return bare and token.role in {"advcl", "acl"}


def _is_empty(clauses: Clauses, verb: Coded, noun: Coded) -> bool:
    """Whether a verb only carries its noun."""
    carries = noun.trigger.light is not None and noun.trigger.light.verb == verb.trigger.token and verb.type == noun.type
    return carries and clauses.lemmas[verb.trigger.token] in load_classes()["pure_light"]


_AT_A_MEETING = ("obl_for", "obl_in", "obl_at", "obl_on")


def _says_as_much(clauses: Clauses, verb: Coded, noun: Coded) -> bool:
    """Whether a verb names what its noun names."""
    if verb.trigger.pos != "VERB":
        return False
    same = verb.type == noun.type or (verb.type, noun.type) in {("COOPERATE", "AGREE"), ("SUPPORT", "AGREE")}
    slots = clauses.own_slots(verb.trigger.token)
    meets = clauses.lemmas[verb.trigger.token] in load_classes()["meeting"]  # "met for talks"; "arrived for talks" is two events
    return same and any(noun.trigger.token in slots.get(s, ()) for s in (("obj", *_AT_A_MEETING) if meets else ("obj",)))


def _record(document: Document, clauses: Clauses, coded: Coded, key: str, part: str, attributions: Sequence[Attribution]) -> Event:
    coding = coded.trigger.coding
    span = trigger_span(clauses, coded.trigger)
    where = coded.roles.where
    fillers = frozenset({*coded.roles.actors, *coded.roles.recipients})
    quantity = find_quantity(clauses, coded.trigger, coded.roles)
    return Event(
        id=key,
        type=coding.type,
        trigger=span,
        provenance=Provenance(STAGE, coding.place.rpartition("/")[2], round(coded.score, 3)),
        mode=coding.mode,
        contexts=find_contexts(clauses, coding),
        cameo=coding.cameo or load_ontology().types[coding.type].cameo,
        actors=tuple(_participants(document, clauses, coded.roles.actors, fillers)),
        recipients=tuple(_participants(document, clauses, coded.roles.recipients, fillers)),
        modality=coded.modality.value,
        background=coded.background,
        where=None if where is None else _participant(document, role_span(clauses, where)),
        attribution=find_attribution(span, attributions, lambda a: answers_for(clauses, coded, a)),
        quantity=None if quantity is None else " ".join(quantity.of(document.text).split()),
        part=part,
    )


def _participants(document: Document, clauses: Clauses, heads: Iterable[int], fillers: frozenset[int]) -> Iterator[Participant]:
    seen: set[Span] = set()
    for j in heads:
        if clauses.sentence.tokens[j].role in {"det", "case", "punct", "cc"}:
            continue  # a learned role may fall on "the" alone
        span = role_span(clauses, j, fillers)
        if span not in seen:
            seen.add(span)
            yield _participant(document, span)


def _participant(document: Document, span: Span) -> Participant:
    return Participant(span, span.of(document.text))


def find_contexts(clauses: Clauses, coding: Coding) -> tuple[str, ...]:
    """PLOVER contexts of an event: those of its CAMEO code, then those that the words of its sentence show, in the order of the text."""
    code = load_ontology().read_code(coding.cameo) if coding.cameo else None
    words = load_context_words()
    found = [*(code.contexts if code else ()), *(c for lemma in clauses.lemmas for c in words.get(lemma, ()))]
    return tuple(dict.fromkeys(found))


_VOUCHING = frozenset({"asserts", "claims", "believes", "confirms", "shows", "accuses", "threatens"})
"""Stances whose source stands for it that the content is so; who asks, orders, promises or praises does not."""


def find_attribution(
    trigger: Span, attributions: Sequence[Attribution], vouches: Callable[[Attribution], bool] | None = None
) -> str | None:
    """Id of the innermost attribution whose content holds a trigger; None where the report itself speaks.

    A speech act that is itself a cue (accused, urged) belongs to the attribution around its own.

    Args:
        vouches: whether an attribution's source answers for the event; any does if None.
    """
    holding = [a for a in attributions if any(s.holds(trigger) for s in a.content) and not any(c.overlaps(trigger) for c in a.cue)]
    holding = [a for a in holding if vouches is None or vouches(a)]
    if not holding:
        return None
    return min(holding, key=lambda a: sum(s.length for s in a.content)).id


def answers_for(clauses: Clauses, coded: Coded, attribution: Attribution) -> bool:
    """Whether the source of an attribution answers for an event in its content.

    Not for what it only asks for or promises, not for what it takes as known ("condemned the attack"), and not for its own
    speech act, which the report tells: "must leave, he said".
    """
    if attribution.stance not in _VOUCHING or _is_presupposed(clauses, coded.trigger.token, attribution):
        return False
    spoken = any(slot.startswith("said") for slot in coded.trigger.coding.actor)
    return not (spoken and any(_tokens_meet(clauses, j, attribution.source) for j in coded.roles.actors))


def _is_presupposed(clauses: Clauses, at: int, attribution: Attribution) -> bool:
    """Whether a word stands in the noun phrase that an attribution's cue takes as known: "condemned the raid", "referring to the raid".

    What is only claimed is not known: "referring to allegations of torture", "responded with claims of torture".
    """
    while (head := clauses.tokens[at].head) >= 0:
        if _tokens_meet(clauses, head, attribution.cue):
            return _is_taken_as_known(clauses, at, head)
        at = head
    return False


def _is_taken_as_known(clauses: Clauses, at: int, head: int) -> bool:
    """Whether a word names, as object of its head, what somebody speaks of and does not tell."""
    role, inside = clauses.tokens[at].role, {clauses.tokens[c].role for c in clauses.children[at]}
    if inside & {"cop", "nsubj"} or (clauses.is_verb(at) and "det" not in inside):
        return False  # "saying Iran is a friend and never lied"; but "condemned the killing"
    if role == "obl" and "case" in inside:
        return clauses.lemmas[head] in load_classes()["referring"] and not is_claim(clauses.lemmas[at])
    return role in {"obj", "obl", "ccomp", "xcomp"}


def _tokens_meet(clauses: Clauses, j: int, spans: Iterable[Span]) -> bool:
    return any(s.overlaps(clauses.tokens[j].span) for s in spans)
