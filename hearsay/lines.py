"""`hearsay relate` and `hearsay actors`: JSON lines in, answers out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hearsay.core.span import Span
from hearsay.errors import InputError

Answer = dict[str, Any]


def relate_lines(names: list[str]) -> Iterator[Answer | InputError]:
    """Answers `{"id", "type", "modality", "scores"}` in order; an InputError for a line that cannot be used."""
    from hearsay.extract.relations import Relator

    relator: Relator | None = None
    for item in _records(names):
        if isinstance(item, InputError):
            yield item
            continue
        place, record = item
        try:
            source, target = (_span(place, record, key) for key in ("source_span", "target_span"))
        except InputError as error:
            yield error
            continue
        relator = relator or Relator()
        kind, modality, scores = relator.relate(record["text"], source, target)
        yield {"id": record.get("id"), "type": kind, "modality": modality, "scores": {k: round(v, 4) for k, v in scores.items()}}


def actor_lines(names: list[str], table: Path | None) -> Iterator[Answer | InputError]:
    """Answers `{"id", "country", "sector", "sector2", "name", "kind", "rule"}` in order."""
    from hearsay.resolve.actors import load_user_actors, resolve_actor

    own = load_user_actors(table) if table else None
    for item in _records(names):
        if isinstance(item, InputError):
            yield item
            continue
        _, record = item
        code = resolve_actor(record["text"], context=record.get("context") or "", date=record.get("date"), actors=own)
        fields = ("country", "sector", "sector2", "name", "kind", "rule", "body")
        yield {"id": record.get("id")} | {k: getattr(code, k) or None for k in fields}


def _records(names: list[str]) -> Iterator[tuple[str, Answer] | InputError]:
    for name in names:
        try:
            stream = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115
        except OSError as error:
            yield InputError(name, error.strerror or str(error))
            continue
        with stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _record(f"{name}:{number}", line)


def _record(place: str, line: bytes) -> tuple[str, Answer] | InputError:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(place, f"not a JSON object: {error}")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return InputError(place, 'a line is an object with a "text"')
    return place, record


def _span(place: str, record: Answer, key: str) -> Span | None:
    value = record.get(key)
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value)):
        raise InputError(place, f'"{key}" is [start, end] or null')
    start, end = value
    if not 0 <= start < end <= len(record["text"]):
        raise InputError(place, f'"{key}" {value} does not lie in the text')
    return Span(start, end)
