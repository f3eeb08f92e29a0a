"""A reading with people's judgements applied. The ledger keeps the reading itself as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hearsay.core.records import Attribution, Event, Reading, Thing, When
from hearsay.ledger.ids import record_ids
from hearsay.ledger.judgements import Judgement, corrections, is_rejected


def apply_judgements(reading: Reading, report: str, judged: Sequence[Judgement]) -> Reading:
    """A reading with judgements applied: corrected, and without what was rejected (see docs/guide/ledger.md)."""
    by_record: dict[str, list[Judgement]] = {}
    for j in judged:
        by_record.setdefault(j.record, []).append(j)
    ids = record_ids(report, reading)
    held = {local: by_record[uid] for local, uid in ids.items() if uid in by_record}
    gone = {local for local, js in held.items() if is_rejected(js)}
    said = tuple(_mend_attribution(reading, a, held, gone) for a in reading.attributions if a.id not in gone)
    events = tuple(_mend_event(reading, e, held, gone) for e in reading.events if e.id not in gone)
    things = tuple(_mend(t, held) for t in reading.things if t.id not in gone)
    return replace(reading, attributions=said, events=events, things=things)


def _mend(record: Any, held: dict[str, list[Judgement]]) -> Any:
    values = {field: j.new for field, j in corrections(held.get(record.id, ())).items()}
    if isinstance(record, Event) and "when" in values:
        when = values.pop("when")
        values["when"] = When(when, record.when.span if record.when else None) if when else None
    return replace(record, **values) if values else record


def _outer(reading: Reading, attribution: str | None, gone: set[str]) -> str | None:
    """The nearest attribution around that was not rejected."""
    for _ in reading.attributions:
        if attribution not in gone:
            break
        inner = reading.attribution(attribution)
        attribution = inner.inside if inner else None
    return attribution


def _mend_attribution(reading: Reading, a: Attribution, held: dict[str, list[Judgement]], gone: set[str]) -> Attribution:
    speaker = None if a.speaker in gone else a.speaker
    made: Attribution = _mend(replace(a, speaker=speaker, inside=_outer(reading, a.inside, gone)), held)
    return made


def _mend_event(reading: Reading, e: Event, held: dict[str, list[Judgement]], gone: set[str]) -> Event:
    actors, recipients = (tuple(replace(p, thing=None if p.thing in gone else p.thing) for p in who) for who in (e.actors, e.recipients))
    where = replace(e.where, thing=None if e.where.thing in gone else e.where.thing) if e.where else None
    moved = replace(e, actors=actors, recipients=recipients, where=where, attribution=_outer(reading, e.attribution, gone))
    if moved.attribution != e.attribution:
        moved = replace(moved, chain=_shorter(reading, e))
    made: Event = _mend(moved, held)
    return made


def _shorter(reading: Reading, e: Event) -> tuple[str, ...]:
    speaker = reading.attribution(e.attribution)
    thing: Thing | None = reading.thing(speaker.speaker) if speaker else None
    return tuple(n for n in e.chain if not thing or n != thing.name)
