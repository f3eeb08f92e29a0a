"""CSV: one row an event, a companion file with one row a statement. Lists are joined by `; `, chains by ` ← `."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from hearsay.core.records import Attribution, Event, Reading
from hearsay.export.common import event_day, event_key, join, one_line, parties, pieces, report_key, sentence_text

SUFFIX = ".csv"
FIELDS = (
    "event", "report", "report_name", "date", "publisher", "title", "url", "type", "mode", "contexts", "cameo", "modality", "background",
    "alleged", "actor", "actor_words", "actor_country", "actor_sector", "recipient", "recipient_words", "recipient_country",
    "recipient_sector", "when", "day", "place", "quantity", "chain", "part", "sentence", "trigger", "trigger_start", "trigger_end",
    "attribution", "score", "rule",
)  # fmt: skip
STATEMENT_FIELDS = (
    "statement", "report", "report_name", "date", "publisher", "speaker", "source", "cue", "content", "addressee", "kind", "stance",
    "negated", "inside", "content_start", "content_end", "score", "rule",
)  # fmt: skip
LOSSES = (
    "the text, parts, sentences, time expressions, things without a role, problems",
    "spans of parties; of a content in pieces only the first start and the last end",
    "which of several actors has which code, where one has none (lists are joined without gaps)",
    "who judged what, when and why: judgements are applied, not told",
)


def rows_of(reading: Reading) -> Iterator[dict[str, Any]]:
    """One flat row an event."""
    for event in reading.events:
        yield _event(reading, event)


def write(readings: Iterable[Reading | Mapping[str, Any]], sink: TextIO) -> int:
    """Events, with a header. Rows that are flat already (with the names of `FIELDS`) pass as they are."""
    flat = (row for item in readings for row in (rows_of(item) if isinstance(item, Reading) else [item]))
    return _write(sink, FIELDS, flat)


def write_statements(readings: Iterable[Reading], sink: TextIO) -> int:
    """Statements, with a header."""
    return _write(sink, STATEMENT_FIELDS, (_statement(r, a) for r in readings for a in r.attributions))


COMPANIONS = {"statements": write_statements}


def _write(sink: TextIO, fields: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    writer = csv.DictWriter(sink, fields, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def _event(reading: Reading, e: Event) -> dict[str, Any]:
    head = {
        "event": event_key(reading, e), "report": report_key(reading), "report_name": reading.id, "date": reading.date,
        "publisher": reading.publisher, "title": reading.title, "url": reading.url, "type": e.type, "mode": e.mode,
        "contexts": join(e.contexts), "cameo": e.cameo, "modality": e.modality, "background": e.background,
        "alleged": e.attribution is not None,
    }  # fmt: skip
    return head | _role(reading, e, "actor") | _role(reading, e, "recipient") | {
        "when": e.when.value if e.when else None, "day": event_day(reading, e) or None,
        "place": join(p.name for p in parties(reading, (e.where,) if e.where else ())) or None,
        "quantity": e.quantity, "chain": join(e.chain, " ← ") or None, "part": e.part, "sentence": sentence_text(reading, e),
        "trigger": one_line(e.trigger.of(reading.text)), "trigger_start": e.trigger.start, "trigger_end": e.trigger.end,
        "attribution": e.attribution, "score": e.provenance.score, "rule": e.provenance.rule,
    }  # fmt: skip


def _role(reading: Reading, e: Event, role: str) -> dict[str, str | None]:
    who = parties(reading, e.actors if role == "actor" else e.recipients)
    columns = {
        role: (p.name for p in who), f"{role}_words": (p.words for p in who),
        f"{role}_country": (p.thing.code if p.thing else None for p in who),
        f"{role}_sector": (p.thing.sector if p.thing else None for p in who),
    }  # fmt: skip
    return {name: join(words) or None for name, words in columns.items()}


def _statement(reading: Reading, a: Attribution) -> dict[str, Any]:
    speaker = reading.thing(a.speaker)
    words = {k: pieces(reading.text, getattr(a, k)) or None for k in ("source", "cue", "content", "addressee")}
    return words | {
        "statement": f"{report_key(reading)}-{a.id}", "report": report_key(reading), "report_name": reading.id, "date": reading.date,
        "publisher": reading.publisher, "speaker": speaker.name if speaker else None, "kind": a.kind, "stance": a.stance,
        "negated": a.negated, "inside": f"{report_key(reading)}-{a.inside}" if a.inside else None,
        "content_start": a.content[0].start if a.content else None, "content_end": a.content[-1].end if a.content else None,
        "score": a.provenance.score, "rule": a.provenance.rule,
    }  # fmt: skip
