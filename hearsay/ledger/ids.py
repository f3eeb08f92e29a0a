"""Ids that follow from content: the same report and the same record have the same id in every ledger.

A letter says what it names: r report, e event, a attribution, t thing in a report, n thing across reports; 16 hex digits follow.
The id of a record hangs on the report's text and date, the kind of record, its spans and its type, not on the coder's version:
a judgement on it holds when the report is read again by a better coder that finds the same record.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence

from hearsay.core.records import Attribution, Event, Reading, Thing


def digest(*pieces: str, digits: int = 16) -> str:
    """Hex digits of some strings, kept apart by their lengths."""
    data = "".join(f"{len(p)}:{p}" for p in pieces)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def report_id(reading: Reading) -> str:
    """Id of the report: of its text and date."""
    return "r" + digest(reading.text, reading.date or "")


def reading_hash(reading: Reading, coder_version: str) -> str:
    """What makes a reading the same reading: text, date and coder version."""
    return digest(reading.text, reading.date or "", coder_version, digits=32)


def entity_id(kind: str, name: str) -> str:
    """Id of a thing across reports: of its kind and folded name."""
    return "n" + digest(kind, fold(name))


def fold(name: str) -> str:
    """A name without case, accents and surplus space.

    >>> fold(" José  MUJICA")
    'jose mujica'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def record_ids(report: str, reading: Reading) -> dict[str, str]:
    """Global id of each attribution, event and thing of a reading, by its id there."""
    keys: list[tuple[str, str]] = []
    keys += [(a.id, "a" + digest(report, *_attribution_key(a))) for a in reading.attributions]
    keys += [(e.id, "e" + digest(report, *_event_key(e))) for e in reading.events]
    keys += [(t.id, "t" + digest(report, *_thing_key(t))) for t in reading.things]
    return dict(_number_twins(keys))


def _number_twins(keys: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Two records of one kind, type and place get ids of their own, by their order."""
    seen: dict[str, int] = {}
    for local, key in keys:
        again = seen.get(key, 0)
        seen[key] = again + 1
        yield local, key if not again else key[0] + digest(key, str(again))


def _spell(spans: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{s}-{e}" for s, e in spans)


def _attribution_key(a: Attribution) -> tuple[str, ...]:
    return "attribution", _spell(a.source), _spell(a.cue), _spell(a.content)


def _event_key(e: Event) -> tuple[str, ...]:
    actors, recipients = (_spell([p.span for p in who]) for who in (e.actors, e.recipients))
    return "event", _spell([e.trigger]), actors, recipients, e.type


def _thing_key(t: Thing) -> tuple[str, ...]:
    return "thing", t.kind, t.name, _spell(t.mentions[:1])
