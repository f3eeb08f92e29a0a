"""What Hearsay finds in a report: the ledger's records.

Every record is immutable and carries a `Provenance`. Ids ("a1", "e1", "t1", "x1") number the records of one reading.
`Reading.to_json` gives the record of docs/reference/record.md. Functions that find these records live elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hearsay.core.span import Span

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
MODALITIES = ("asserted", "future", "hypothetical", "negated")
STANCES = (
    "asserts", "claims", "denies", "doubts", "confirms", "asks", "orders", "intends", "believes", "wants", "promises",
    "threatens", "accuses", "praises", "shows",
)  # fmt: skip
THING_KINDS = ("person", "organization", "state", "place", "group")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who decided a record: stage, rule (a function, a `file:line` of a table, or a model head) and score from 0 to 1."""

    stage: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble inside one report. `span` is None when it concerns the whole report."""

    stage: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says, believes, wants, orders or shows something.

    `source`, `cue`, `content` and `addressee` are tuples of spans, empty when the text has none. `speaker` is the id of the
    thing that speaks; `inside` the id of the attribution whose content holds this one.
    """

    id: str
    kind: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    provenance: Provenance
    addressee: tuple[Span, ...] = ()
    stance: str = "asserts"
    negated: bool = False
    speaker: str | None = None
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Words that fill a role of an event, and the id of the thing they stand for."""

    span: Span
    text: str
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """Time of an event: a TIMEX3 value and the words that give it (None: taken from the report's own date)."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One actor does something that bears on another, in one of the 16 PLOVER types."""

    id: str
    type: str
    trigger: Span
    provenance: Provenance
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    modality: str = "asserted"
    background: bool = False
    when: When | None = None
    where: Participant | None = None
    attribution: str | None = None
    chain: tuple[str, ...] = ()
    quantity: str | None = None
    part: str = "body"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 type and value, and the same as EDTF where EDTF can say it."""

    span: Span
    type: str
    value: str
    provenance: Provenance
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, organisation, state, place or group with all its mentions in the report.

    `country` is ISO 3166-1 alpha-3, or the class of a body that belongs to no state: IGO, NGO, IMG, MNC, ISM. `body` tells which of the
    bodies between states it belongs to, where PLOVER has a code for it: UNO (United Nations), EUR (European Union).
    """

    id: str
    kind: str
    name: str
    mentions: tuple[Span, ...]
    provenance: Provenance
    country: str | None = None
    sector: str | None = None
    sector2: str | None = None
    role: str | None = None
    lat: float | None = None
    lon: float | None = None
    body: str | None = None

    @property
    def code(self) -> str | None:
        """The finest actor code: that of its body, else of its country."""
        return self.body or self.country


@dataclass(frozen=True, slots=True)
class PartRecord:
    """A part of the page as it stands in a reading."""

    kind: str
    span: Span
    story: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one report. `date_from` is given, metadata, dateline, text or None."""

    id: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    date: str | None = None
    date_from: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    parts: tuple[PartRecord, ...] = ()
    sentences: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    timexes: tuple[Timex, ...] = ()
    things: tuple[Thing, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary in the form of docs/reference/record.md, ready for `json.dumps`."""
        head = {k: getattr(self, k) for k in ("id", "url", "publisher", "title", "date", "date_from", "language")}
        lists = {k: list(getattr(self, k)) for k in ("authors", "tags", "agencies")}
        return head | lists | {
            "text": self.text,
            "parts": [{"kind": p.kind, "span": list(p.span), "story": p.story} for p in self.parts],
            "sentences": [list(s) for s in self.sentences],
            "attributions": [_attribution(a) for a in self.attributions],
            "events": [_event(e) for e in self.events],
            "timexes": [_timex(t) for t in self.timexes],
            "things": [_thing(t) for t in self.things],
            "problems": [{"stage": p.stage, "message": p.message, "span": _span(p.span)} for p in self.problems],
        }  # fmt: skip

    def thing(self, key: str | None) -> Thing | None:
        """The thing with this id, or None."""
        return next((t for t in self.things if t.id == key), None)

    def attribution(self, key: str | None) -> Attribution | None:
        """The attribution with this id, or None."""
        return next((a for a in self.attributions if a.id == key), None)


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(s) for s in spans]


def _attribution(a: Attribution) -> dict[str, Any]:
    return {
        "id": a.id, "kind": a.kind, "source": _spans(a.source), "cue": _spans(a.cue), "content": _spans(a.content),
        "addressee": _spans(a.addressee), "stance": a.stance, "negated": a.negated, "speaker": a.speaker,
        "inside": a.inside, "score": round(a.provenance.score, 3), "rule": a.provenance.rule,
    }  # fmt: skip


def _participant(p: Participant | None) -> dict[str, Any] | None:
    return None if p is None else {"span": list(p.span), "text": p.text, "thing": p.thing}


def _event(e: Event) -> dict[str, Any]:
    return {
        "id": e.id, "type": e.type, "mode": e.mode, "contexts": list(e.contexts), "cameo": e.cameo,
        "trigger": list(e.trigger), "actors": [_participant(p) for p in e.actors],
        "recipients": [_participant(p) for p in e.recipients], "modality": e.modality, "background": e.background,
        "when": None if e.when is None else {"value": e.when.value, "span": _span(e.when.span)},
        "where": _participant(e.where), "attribution": e.attribution, "chain": list(e.chain), "quantity": e.quantity,
        "part": e.part, "score": round(e.provenance.score, 3), "rule": e.provenance.rule,
    }  # fmt: skip


def _timex(t: Timex) -> dict[str, Any]:
    return {"span": list(t.span), "type": t.type, "value": t.value, "edtf": t.edtf, "rule": t.provenance.rule}


def _thing(t: Thing) -> dict[str, Any]:
    return {
        "id": t.id, "kind": t.kind, "name": t.name, "mentions": _spans(t.mentions), "country": t.country, "body": t.body,
        "sector": t.sector, "sector2": t.sector2, "role": t.role, "lat": t.lat, "lon": t.lon, "rule": t.provenance.rule,
    }  # fmt: skip
