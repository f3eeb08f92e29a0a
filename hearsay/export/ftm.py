"""FollowTheMoney 4 entities, one JSON object a line; the library is not needed.

Article, Person, Organization, PublicBody, LegalEntity, Event, UnknownLink (who → whom, beside each Event), Mention, Note (a
statement). An entity that several reports name is written once for each set of properties, under one id, as FtM's own tools expect.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from hearsay.core.records import Attribution, Event, Reading, Thing
from hearsay.export.common import countries, event_day, one_line, parties, pieces, report_key, sentence_text

SUFFIX = ".ftm.json"
FIELDS = ("id", "schema", "properties")
LOSSES = (
    "character offsets of everything",
    "places as entities (an Event's `location` is text), time expressions, parts, problems",
    "direction inside an Event (`involved` has none): an UnknownLink beside it tells who → whom, its role as free text",
    "a statement's cue, stance and chain, other than as words of its Note",
    "modes, contexts and modality, other than as words in an Event's summary; negated, future and hypothetical events are left out",
    "rules and scores",
)
LANGUAGES = {
    "en": "eng", "ar": "ara", "de": "deu", "es": "spa", "fr": "fra", "it": "ita", "pt": "por", "ru": "rus", "uk": "ukr", "zh": "zho",
}  # fmt: skip
PUBLIC = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO"})
Entity = dict[str, Any]


def write(readings: Iterable[Reading], sink: TextIO) -> int:
    """One line an entity."""
    rows = 0
    seen: set[bytes] = set()
    for reading in readings:
        for entity in _entities(reading):
            line = json.dumps(entity, ensure_ascii=False)
            mark = hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=12).digest()
            if mark not in seen:
                seen.add(mark)
                sink.write(line + "\n")
                rows += 1
    return rows


def _make(key: str, schema: str, **properties: str | Iterable[str | None] | None) -> Entity:
    held = {}
    for name, value in properties.items():
        values = [value] if isinstance(value, str) else list(value or ())
        if kept := [v for v in dict.fromkeys(values) if v]:
            held[name] = kept
    return {"id": key, "schema": schema, "properties": held}


def _entities(reading: Reading) -> Iterator[Entity]:
    article = _article(reading)
    yield article
    for thing in reading.things:
        if thing.kind != "place":
            yield _thing(thing)
            yield from _mentions(reading, thing, article["id"])
    for event in reading.events:
        if event.modality == "asserted":
            yield from _event(reading, event, article["id"])
    for attribution in reading.attributions:
        yield _note(reading, attribution)


def _article(reading: Reading) -> Entity:
    return _make(
        f"hearsay-{report_key(reading)}", "Article", fileName=one_line(reading.id) or "report", title=reading.title, author=reading.authors,
        publisher=reading.publisher, publishedAt=reading.date, sourceUrl=reading.url, language=LANGUAGES.get(reading.language or ""),
        bodyText=reading.text, contentHash=hashlib.sha1(reading.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )  # fmt: skip


def _key(thing: Thing) -> str:
    data = f"{thing.kind}\0{' '.join(thing.name.casefold().split())}"
    return f"hearsay-{thing.kind}-{hashlib.sha256(data.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _schema(thing: Thing) -> str:
    if thing.kind == "person":
        return "Person"
    if thing.kind == "group":
        return "LegalEntity"
    return "PublicBody" if thing.kind == "state" or thing.sector in PUBLIC else "Organization"


def _thing(thing: Thing) -> Entity:
    country = countries().get(thing.country or "")
    extra = {"position": thing.role} if thing.kind == "person" else {"summary": thing.role}
    return _make(_key(thing), _schema(thing), name=one_line(thing.name), country=country.iso2.lower() if country else None, **extra)


def _mentions(reading: Reading, thing: Thing, article: str) -> Iterator[Entity]:
    country = countries().get(thing.country or "")
    for words in dict.fromkeys(one_line(m.of(reading.text)) for m in thing.mentions):
        key = hashlib.sha256(f"{_key(thing)}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        yield _make(
            f"{article}-m{key}", "Mention", document=article, name=words, resolved=_key(thing), detectedSchema=_schema(thing),
            contextCountry=country.iso2.lower() if country else None,
        )  # fmt: skip


def _event(reading: Reading, e: Event, article: str) -> Iterator[Entity]:
    actors, recipients = parties(reading, e.actors), parties(reading, e.recipients)
    day = event_day(reading, e) or None
    who = ", ".join(p.name for p in actors)
    whom = ", ".join(p.name for p in recipients)
    said = f" (according to {', '.join(e.chain)})" if e.chain else ""
    title = f"{who or '?'}: {e.type}" + (f" → {whom}" if whom else "")
    place = parties(reading, (e.where,) if e.where else ())
    yield _make(
        f"{article}-{e.id}", "Event", name=title, date=day, location=[p.name for p in place], proof=article, publisher=reading.publisher,
        involved=[_key(p.thing) for p in (*actors, *recipients) if p.thing and p.thing.kind != "place"],
        summary=sentence_text(reading, e) + said, sourceUrl=reading.url, keywords=[e.type, e.mode, *e.contexts],
    )  # fmt: skip
    for i, actor in enumerate(actors):
        for j, recipient in enumerate(recipients):
            if actor.thing and recipient.thing and "place" not in (actor.thing.kind, recipient.thing.kind):
                ends = {"subject": _key(actor.thing), "object": _key(recipient.thing)}
                yield _make(f"{article}-{e.id}-{i}-{j}", "UnknownLink", **ends, role=e.type, date=day, proof=article)


def _note(reading: Reading, a: Attribution) -> Entity:
    speaker = reading.thing(a.speaker)
    source, cue, content = (pieces(reading.text, spans) for spans in (a.source, a.cue, a.content))
    named = speaker.name if speaker else source or "(nobody named)"
    verb = f"not: {cue or a.stance}" if a.negated else cue or a.stance
    about = [_key(speaker)] if speaker and speaker.kind != "place" else []
    key = f"hearsay-{report_key(reading)}"
    return _make(f"{key}-{a.id}", "Note", name=f"{named}: {a.stance}", entity=[*about, key], description=f"{named} {verb}: {content}")
