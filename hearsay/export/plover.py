"""PLOVER JSON: one event a line, with the field names of the manual of 2021 ("Data Fields").

Our own additions stand under one key, `hearsay`, which other readers of the format pass over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from hearsay.core.records import Event, Reading
from hearsay.core.span import Span
from hearsay.export.common import CODEBOOK, QUADS, Party, event_day, event_key, full_day, happened, parties, sentence_of, sentence_text
from hearsay.knowledge.ontology import load_ontology

SUFFIX = ".jsonl"
FIELDS = (
    "id", "date", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "mode", "context", "link", "text", "text_info",
    "cite_info", "coder", "coded_date", "comment",
)  # fmt: skip
REQUIRED = ("id", "date", "actor", "event")
LOSSES = (
    "negated, future and hypothetical events, and those of teasers: the format cannot tell them from what happened",
    "events without an actor or a date, which the format requires",
    "statements (CAMEO 01 and 02 have no place in PLOVER); the chain of an event stands under `hearsay`",
    "spans of parties; time finer than a day; size (dead, injured, arrested) other than as words under `hearsay`",
    "`coded_date` (always null): the clock is not asked",
)


def write(readings: Iterable[Reading], sink: TextIO) -> int:
    """One line an event."""
    rows = 0
    for reading, event in happened(readings):
        if event.actors and event_day(reading, event):
            sink.write(json.dumps(_record(reading, event), ensure_ascii=False) + "\n")
            rows += 1
    return rows


def _record(reading: Reading, e: Event) -> dict[str, Any]:
    found = sentence_of(reading, e.trigger)
    number, span = found or (0, Span(*e.trigger))
    quad = load_ontology().types[e.type].quad
    return {
        "id": event_key(reading, e), "date": full_day(event_day(reading, e)), "actor": _entities(parties(reading, e.actors)),
        "recipient": _entities(parties(reading, e.recipients)), "event": [e.type], "event_loc": _place(reading, e),
        "event_text": [e.trigger.of(reading.text)], "quad_code": QUADS.index(quad) + 1, "mode": [e.mode] if e.mode else [],
        "context": list(e.contexts), "link": None, "text": sentence_text(reading, e),
        "text_info": {"sequence": number, "start": span.start, "end": span.end}, "cite_info": _citation(reading), "coder": "hearsay",
        "coded_date": None, "comment": None,
        "hearsay": {
            "chain": list(e.chain), "alleged": e.attribution is not None, "background": e.background,
            "when": e.when.value if e.when else None, "quantity": e.quantity, "trigger": list(e.trigger),
            "score": round(e.provenance.score, 3), "rule": e.provenance.rule,
        },
    }  # fmt: skip


def _entities(who: Sequence[Party]) -> list[dict[str, Any]]:
    return [
        {
            "code": p.thing.code if p.thing else None, "sector": [s for s in (p.thing.sector, p.thing.sector2) if s] if p.thing else [],
            "entity_text": p.words, "identifier_id": None, "identifier_text": p.name, "office": p.thing.role if p.thing else None,
        }
        for p in who
    ]  # fmt: skip


def _place(reading: Reading, e: Event) -> dict[str, Any] | None:
    if e.where is None:
        return None
    party = parties(reading, [e.where])[0]
    known = {k: getattr(party.thing, k, None) for k in ("name", "country", "lat", "lon")}
    names = {"resolved_place": known.pop("name"), "country_code": known.pop("country")}
    return {"extracted_place": party.words} | names | known


def _citation(reading: Reading) -> dict[str, Any]:
    return {
        "corpus": None, "citation": reading.id, "url": reading.url, "title": reading.title, "language": reading.language,
        "publication": reading.publisher, "coder": "hearsay", "codebook": CODEBOOK, "version": load_ontology().version,
    }  # fmt: skip
