"""What questions answer with: plain dictionaries, ready for JSON and for a page. Spans are `[start, end)` in the report's text."""

from __future__ import annotations

from typing import Any, TypedDict

Place = list[int]


class Correction(TypedDict):
    """A field that a person corrected: what it was, and who changed it when and why."""

    was: Any
    by: str
    at: str
    note: str


class ReportInfo(TypedDict):
    """What every row says of the report it comes from."""

    report: str
    report_name: str
    title: str | None
    publisher: str | None
    url: str | None
    report_date: str | None


class PartyRow(TypedDict):
    """Words in a role of an event and whom they stand for. `id` is an entity (`n…`), `thing` the thing of this report (`t…`)."""

    id: str
    thing: str | None
    name: str
    kind: str
    text: str
    span: Place
    country: str | None
    sector: str | None


class EventRow(ReportInfo):
    """An event. `alleged` is False when the report says it in its own voice; `same_as` lists events merged with it."""

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    cameo: str | None
    modality: str
    background: bool
    part: str
    trigger: str
    trigger_span: Place
    actors: list[PartyRow]
    recipients: list[PartyRow]
    where: PartyRow | None
    when: str | None
    when_span: Place | None
    day_from: str | None
    day_to: str | None
    attribution: str | None
    stance: str | None
    alleged: bool
    chain: list[str]
    quantity: str | None
    sentence: str | None
    sentence_span: Place | None
    rule: str
    score: float
    same_as: list[str]
    rejected: bool
    confirmed_by: list[str]
    corrected: dict[str, Correction]


class StatementRow(ReportInfo):
    """A statement. `speaker` is an entity; `source` the report's words for it, None when nobody is named."""

    id: str
    kind: str
    stance: str
    negated: bool
    speaker: str | None
    speaker_name: str | None
    source: str | None
    cue: str
    content: str
    addressee: str | None
    source_spans: list[Place]
    cue_spans: list[Place]
    content_spans: list[Place]
    addressee_spans: list[Place]
    inside: str | None
    chain: list[str]
    about: list[str]
    part: str
    sentence: str | None
    sentence_span: Place | None
    rule: str
    score: float
    rejected: bool
    confirmed_by: list[str]
    corrected: dict[str, Correction]


class Hit(ReportInfo):
    """A sentence (or byline, tag, credit) that a search found; `marks` are the found words, in the report's text."""

    part: str
    sentence: str
    sentence_span: Place
    marks: list[Place]
    snippet: str


class EntityInfo(TypedDict):
    """A thing across reports, with how often it speaks and takes part."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    reports: int


class RoleSpell(TypedDict):
    """A role that reports give a thing, from the first to the last of them."""

    role: str | None
    country: str | None
    sector: str | None
    sector2: str | None
    first: str | None
    last: str | None
    reports: int
