"""Why an event was coded as it is: what table, tree and heads said, and how it was weighed.

Nothing is decided here: the sentence is coded once more, and what the coder saw is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from hearsay.core.document import Document, Sentence
from hearsay.core.records import TYPES, Attribution, Event, Timex
from hearsay.extract.arguments import role_span
from hearsay.extract.clauses import Clauses
from hearsay.extract.dating import Dates
from hearsay.extract.events import Coded, EventCoder, code_sentence
from hearsay.extract.evidence import ALONE_MALUS, THRESHOLD, Seen, table_bonus
from hearsay.extract.modality import find_modality
from hearsay.extract.triggers import find_trigger, trigger_span
from hearsay.knowledge.codings import Coding, Constraint
from hearsay.neural.decode import Evidence

_SHOWN_TYPES = 3


class Reason(NamedTuple):
    """One reason: what it is about, and what was seen."""

    about: str
    seen: str


class Explanation(NamedTuple):
    """An event with its sentence and the reasons for what it says."""

    event: Event
    sentence: str
    reasons: tuple[Reason, ...]

    def to_json(self) -> dict[str, Any]:
        """The explanation as one JSON object."""
        reasons = [r._asdict() for r in self.reasons]
        return {"id": self.event.id, "type": self.event.type, "mode": self.event.mode, "sentence": self.sentence, "reasons": reasons}


def explain_event(
    document: Document,
    evidence: Sequence[Evidence],
    coder: EventCoder,
    event: Event,
    *,
    said: Sequence[Attribution],
    timexes: Sequence[Timex],
) -> Explanation:
    """The reasons for one event of a report that `coder` has coded; the other arguments are those of the coding."""
    number, sentence = _place(document, event)
    clauses = Clauses(sentence, coder.codings.forms)
    seen = coder.heads.look(evidence[number]) if coder.heads else None
    dates = Dates(clauses, timexes, document.article.date)
    taught = tuple(coder.taught.find_triggers(clauses, evidence[number].words)) if coder.taught else ()
    found = code_sentence(clauses, coder.codings, dates, seen, taught)
    coded = next(c for c in found if trigger_span(clauses, c.trigger) == event.trigger)
    reasons = [Reason("trigger", event.trigger.of(document.text))]
    reasons += _type_reasons(clauses, coder, coded, seen, is_taught=coded.trigger in taught)
    reasons += _role_reasons(clauses, coded, seen, document.text)
    reasons += _modality_reasons(clauses, coded, seen, dates)
    reasons += _frame_reasons(event, said, document.text)
    return Explanation(event, " ".join(sentence.span.of(document.text).split()), tuple(reasons))


def _place(document: Document, event: Event) -> tuple[int, Sentence]:
    return next((n, s) for n, s in enumerate(document.sentences) if s.span.start <= event.trigger.start < s.span.end)


def _type_reasons(clauses: Clauses, coder: EventCoder, coded: Coded, seen: Seen | None, *, is_taught: bool) -> Iterator[Reason]:
    at, row = coded.trigger.token, coded.trigger.coding
    hit = find_trigger(clauses, coder.codings, at)
    if is_taught:
        yield Reason("taught category", f"{row.place}, {coded.score:.2f}: {row.example}")
    if hit is not None:
        yield Reason("table row", describe_row(hit.coding))
        if hit.coding.is_event and seen is not None:
            yield Reason("weight of the row", f"{table_bonus(hit.coding.weight):+.1f} log-odds for {hit.coding.type}")
    else:
        yield Reason("table row", f"none for this word here; heads alone count {-ALONE_MALUS:+.1f} log-odds")
    if seen is not None:
        odds = sorted(zip(map(float, seen.odds[at]), TYPES, strict=True), reverse=True)[:_SHOWN_TYPES]
        heard = ", ".join(f"{kind} {value:+.1f}" for value, kind in odds)
        yield Reason("event heads", f"{heard} log-odds; an event from {THRESHOLD:+.1f}")
    yield Reason("type", f"{row.type}{f'/{row.mode}' if row.mode else ''}, score {coded.score:.2f}")


def describe_row(row: Coding) -> str:
    """A row of a coding table in words, with its place and its example."""
    pattern = " ".join(_describe(c) for c in row.pattern)
    name = row.lemma.replace("_", " ").replace("+", " + ")
    kind = row.type if row.is_event else "a sense without event"
    return f"{row.place.rpartition('/')[2]}: {name} ({row.pos.lower()}){f' with {pattern}' if pattern else ''} is {kind}" + (
        f", as in “{row.example}”" if row.example else ""
    )


def _describe(constraint: Constraint) -> str:
    values = sorted(constraint.words)[:4] + ["…"] * (len(constraint.words) > 4) + sorted(constraint.kinds)
    return f"{'' if constraint.wanted else 'no '}{' or '.join(constraint.slots)}{f' = {chr(124).join(values)}' if values else ''}"


def _role_reasons(clauses: Clauses, coded: Coded, seen: Seen | None, text: str) -> Iterator[Reason]:
    chances = seen.roles(coded.trigger.token) if seen else None
    slots = clauses.slots(coded.trigger.token)
    for k, (role, heads) in enumerate((("actor", coded.roles.actors), ("recipient", coded.roles.recipients)), 1):
        for j in heads:
            slot = next((name for name, found in slots.items() if j in found or any(j in clauses.conjuncts(f) for f in found)), None)
            tree = f"{slot} of the trigger" if slot else "no slot of the trigger itself"
            heard = "" if chances is None else f"; role head {float(chances[j, k]):.2f}"
            yield Reason(role, f"{role_span(clauses, j).of(text)}: {tree}{heard}")


def _modality_reasons(clauses: Clauses, coded: Coded, seen: Seen | None, dates: Dates) -> Iterator[Reason]:
    near = dates.of(coded.trigger)
    ruled = find_modality(clauses, coded.trigger, is_coming=near == "coming")
    moods = seen.mood(coded.trigger.token) if seen else {}
    heard = ", ".join(f"{k} {v:.2f}" for k, v in moods.items() if v >= 0.05)
    rule = f"by rule {ruled.value} ({ruled.rule.rpartition('/')[2]})"
    yield Reason("modality", f"{coded.modality.value}; {rule}{f'; mood head {heard}' if heard else ''}")
    if coded.background:
        yield Reason("background", f"its date is {near}" if near else "told as history (tense or head)")


def _frame_reasons(event: Event, said: Sequence[Attribution], text: str) -> Iterator[Reason]:
    if event.when:
        words = event.when.span.of(text) if event.when.span else "the report's own date"
        yield Reason("when", f"{event.when.value}, from {words!r}")
    holder = next((a for a in said if a.id == event.attribution), None)
    if holder is not None:
        cue = " … ".join(s.of(text) for s in holder.cue)
        rule = f"{holder.provenance.rule} {holder.provenance.score:.2f}"
        yield Reason("according to", f"{' ← '.join(event.chain)} (inside {holder.id}, cue “{cue}”, {rule})")
    else:
        yield Reason("according to", "the report itself: no attribution holds the trigger")
