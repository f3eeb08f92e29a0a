"""JSON lines: the record of docs/reference/record.md, one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from hearsay.core.records import Reading

SUFFIX = ".jsonl"
FIELDS = (
    "id", "url", "publisher", "title", "date", "date_from", "language", "authors", "tags", "agencies", "text", "parts", "sentences",
    "attributions", "events", "timexes", "things", "problems",
)  # fmt: skip
LOSSES = (
    "the stage that decided a record (its rule stays)",
    "scores beyond three decimals; scores of time expressions and things",
    "lone surrogates, which become `?`",
    "who judged what, when and why: judgements are applied, not told",
)


def write(readings: Iterable[Reading], sink: TextIO) -> int:
    """One line a report."""
    rows = 0
    for reading in readings:
        sink.write(json.dumps(reading.to_json(), ensure_ascii=False) + "\n")
        rows += 1
    return rows
