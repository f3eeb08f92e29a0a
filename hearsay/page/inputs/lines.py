"""JSON as reports: one object a line, or a whole document that is an object or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from hearsay.errors import InputError
from hearsay.page.inputs.ninjs import is_ninjs, report_of_ninjs
from hearsay.page.inputs.raw import RawReport
from hearsay.page.inputs.streams import read_all, read_lines

FIELDS = ("id", "date", "title", "url", "publisher")
DOCUMENT_BYTES = 100_000_000
"""A list of many reports in one document may be longer than a report, though it has to fit into memory."""


def read_json_lines(name: str, stream: BinaryIO) -> Iterator[RawReport | InputError]:
    """A report for each line."""
    for place, line in read_lines(name, stream):
        if isinstance(line, InputError):
            yield line
            continue
        try:
            yield report_of_record(place, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield InputError(place, f"not a JSON object: {error}")
        except InputError as error:
            yield error


def read_json_document(name: str, stream: BinaryIO) -> Iterator[RawReport | InputError]:
    """The reports of a document that is one record or a list of records. Raises InputError when it is no JSON."""
    data = read_all(name, stream, DOCUMENT_BYTES)
    try:
        held = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(name, f"not JSON: {error}") from error
    for number, record in enumerate(held if isinstance(held, list) else [held], 1):
        place = f"{name}:{number}" if isinstance(held, list) else name
        try:
            yield report_of_record(place, record)
        except InputError as error:
            yield error


def report_of_record(place: str, record: Any) -> RawReport:
    """The report of one JSON record, Hearsay's own or ninjs. Raises InputError when it holds no words."""
    if not isinstance(record, dict):
        raise InputError(place, "not a JSON object")
    body = {k: record.get(k) for k in ("text", "html")}
    if any(isinstance(v, str) and v.strip() for v in body.values()):
        return _own_record(place, record, body)
    if is_ninjs(record):
        return report_of_ninjs(place, record)
    raise InputError(place, 'no "text" or "html" with words in it')


def _own_record(place: str, record: dict[str, Any], body: dict[str, Any]) -> RawReport:
    fields = {k: str(record[k]) for k in FIELDS if record.get(k) not in (None, "")}
    text = body["text"] if isinstance(body["text"], str) and body["text"].strip() else None
    return RawReport(place, text=text, html=None if text else body["html"], **fields)  # type: ignore[arg-type]


def opens_json_line(head: bytes) -> bool:
    """Whether the first line of some bytes is a whole JSON object, or begins a long one that only a line could hold."""
    line, has_end, _ = head.lstrip().partition(b"\n")
    if not has_end and len(head) > 60_000:
        return b'"text"' in line or b'"html"' in line or b'"body' in line
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return b'"text":' in line.replace(b" ", b"") and len(line) > 20
