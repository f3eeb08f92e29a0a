"""A reading as rows of the ledger's tables. Writes nothing: `store` gives the first free ids and inserts what comes out."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hearsay.core.records import Attribution, Event, Participant, Reading, Thing
from hearsay.core.span import Span
from hearsay.ledger.days import interval
from hearsay.ledger.ids import fold

Row = tuple[Any, ...]
EntityOf = Callable[[str, str], int]
"""Kind and name -> id of the entity, made if it is new."""

WORDS = "words"
"""Kind of an entity that stands for words nobody resolved."""


@dataclass(slots=True)
class Tables:
    """Rows of one report, by table, in the order of the columns of sql/0001_ledger.sql up to the judgement columns."""

    passages: list[Row] = field(default_factory=list)
    things: list[Row] = field(default_factory=list)
    attributions: list[Row] = field(default_factory=list)
    abouts: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    participants: list[Row] = field(default_factory=list)
    vouchers: list[Row] = field(default_factory=list)
    problems: list[Row] = field(default_factory=list)


def spans_json(spans: Iterable[tuple[int, int]]) -> str:
    """A list of spans as JSON."""
    return json.dumps([list(s) for s in spans], separators=(",", ":"))


class Tabulator:
    """Makes the rows of one reading.

    Args:
        reading: what was read, as `codec.pack` shows it.
        report: id of its row in `reports`.
        first: first free id of passages, things, attributions and events.
        uids: global id by the reading's own id.
        entity_of: finds or makes entities.
    """

    def __init__(self, reading: Reading, report: int, first: Mapping[str, int], uids: Mapping[str, str], entity_of: EntityOf) -> None:
        self.reading, self.report, self.uids, self.entity_of = reading, report, uids, entity_of
        self.tables = Tables()
        self._first = first
        self._things = {t.id: first["things"] + i for i, t in enumerate(reading.things)}
        self._entities = {t.id: entity_of(t.kind, _name(t.name)) for t in reading.things}
        self._by_name = {fold(t.name): self._entities[t.id] for t in reversed(reading.things)}
        self._said = {a.id: first["attributions"] + i for i, a in enumerate(reading.attributions)}
        self._starts: list[int] = []

    def tabulate(self) -> Tables:
        """All rows."""
        self._passages()
        self.tables.things = [self._thing(t) for t in self.reading.things]
        for a in self.reading.attributions:
            self.tables.attributions.append(self._attribution(a))
            self.tables.abouts.extend(self._abouts(a))
        for number, event in enumerate(self.reading.events, self._first["events"]):
            self.tables.events.append(self._event(number, event))
            self.tables.participants.extend(self._participants(number, event))
            self.tables.vouchers.extend((number, n, self._named(name)) for n, name in enumerate(event.chain))
        self.tables.problems = [(self.report, p.stage, _name(p.message), *(p.span or (None, None))) for p in self.reading.problems]
        return self.tables

    def _passages(self) -> None:
        places = sorted(_passage_places(self.reading))
        for number, (start, stop, part, story) in enumerate(places, self._first["passages"]):
            self.tables.passages.append((number, self.report, start, stop, part, story, self.reading.text[start:stop]))
        self._starts = [p[0] for p in places]

    def _passage_at(self, place: int) -> Row | None:
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return None
        row = self.tables.passages[at]
        return row if row[2] <= place < row[3] else None

    def _thing(self, t: Thing) -> Row:
        head = (self._things[t.id], self.uids[t.id], self.report, t.id, self._entities[t.id], t.kind, _name(t.name))
        facts = (t.code, t.sector, t.sector2, t.role, t.lat, t.lon)
        return *head, *facts, spans_json(t.mentions), t.provenance.rule, t.provenance.score

    def _attribution(self, a: Attribution) -> Row:
        places = (*a.cue, *a.content, *a.source)
        passage = self._passage_at(min(s.start for s in places)) if places else None
        words = [self._words(spans) for spans in (a.source, a.cue, a.content, a.addressee)]
        part, teaser = _part(passage)
        return (
            self._said[a.id], self.uids[a.id], self.report, a.id, passage and passage[0], self.reading.date,
            a.kind, a.stance, int(a.negated), self._speaker(a), self._things.get(a.speaker or ""),
            *(spans_json(s) for s in (a.source, a.cue, a.content, a.addressee)), *words, self._said.get(a.inside or ""),
            json.dumps(self._chain(a)), part, teaser, a.provenance.rule, a.provenance.score,
        )  # fmt: skip

    def _speaker(self, a: Attribution) -> int | None:
        if a.speaker in self._entities:
            return self._entities[a.speaker]
        return self.entity_of(WORDS, self._words(a.source)) if a.source else None

    def _chain(self, a: Attribution) -> list[str]:
        """Who vouches for a statement: its speaker, then whoever reports that one, last the publisher."""
        names: list[str] = []
        at: Attribution | None = a
        for _ in self.reading.attributions:
            if at is None:
                break
            thing = self.reading.thing(at.speaker)
            names.append(_name(thing.name) if thing else self._words(at.source))
            at = self.reading.attribution(at.inside)
        return list(dict.fromkeys(n for n in (*names, _name(self.reading.publisher or "")) if n))

    def _abouts(self, a: Attribution) -> Iterable[Row]:
        for t in self.reading.things:
            if t.id != a.speaker and any(c.holds(m) for c in a.content for m in t.mentions):
                yield self._said[a.id], self._entities[t.id], self._things[t.id]

    def _event(self, number: int, e: Event) -> Row:
        passage = self._passage_at(e.trigger.start)
        days = (interval(e.when.value) if e.when else None) or interval(self.reading.date) or (None, None)
        time = (e.when.value, *(e.when.span or (None, None))) if e.when else (None, None, None)
        return (
            number, self.uids[e.id], self.report, e.id, passage and passage[0], e.type, e.mode, json.dumps(e.contexts), e.cameo,
            e.modality, int(e.background), *days, *time, *e.trigger, self._words((e.trigger,)), self._said.get(e.attribution or ""),
            json.dumps([_name(n) for n in e.chain]), e.quantity, e.part, int(e.part.startswith("teaser")),
            e.provenance.rule, e.provenance.score, number,
        )  # fmt: skip

    def _participants(self, number: int, e: Event) -> Iterable[Row]:
        for role, who in (("actor", e.actors), ("recipient", e.recipients), ("place", (e.where,) if e.where else ())):
            for n, p in enumerate(who):
                yield number, role, n, *self._participant(p)

    def _participant(self, p: Participant) -> Row:
        thing = self.reading.thing(p.thing)
        words = _name(p.text)
        if thing is None:
            return self.entity_of(WORDS, words), None, words, *p.span, None, None, None
        codes = (thing.code, thing.sector, thing.sector2)
        return self._entities[thing.id], self._things[thing.id], words, *p.span, *codes

    def _named(self, name: str) -> int:
        found = self._by_name.get(fold(name))
        return self.entity_of(WORDS, _name(name)) if found is None else found

    def _words(self, spans: Iterable[Span]) -> str:
        return " … ".join(_name(s.of(self.reading.text)) for s in spans)


def _name(words: str) -> str:
    return " ".join(words.split())


def _part(passage: Row | None) -> tuple[str, int]:
    part = str(passage[4]) if passage else "other"
    return part, int(part.startswith("teaser"))


def _passage_places(reading: Reading) -> Iterable[tuple[int, int, str, int]]:
    """Each sentence in its part; each part without a sentence; the whole text where there is neither."""
    parts = sorted(reading.parts, key=lambda p: p.span)
    filled: set[int] = set()
    starts = [p.span.start for p in parts]
    for s in reading.sentences:
        at = bisect_right(starts, s.start) - 1
        inside = at >= 0 and s.start < parts[at].span.end
        filled.add(at if inside else -1)
        yield s.start, s.end, parts[at].kind if inside else "other", parts[at].story if inside else 0
    for i, p in enumerate(parts):
        if i not in filled and p.span.of(reading.text).strip():
            yield p.span.start, p.span.end, p.kind, p.story
    if not parts and not reading.sentences and reading.text.strip():
        yield 0, len(reading.text), "other", 0
