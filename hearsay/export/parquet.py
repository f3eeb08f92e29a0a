"""Parquet: the event rows of `csv`, typed. Needs pyarrow, which Hearsay does not bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO

from hearsay.core.records import Reading
from hearsay.errors import ArgumentError
from hearsay.export.csv import FIELDS, LOSSES, rows_of

__all__ = ["FIELDS", "LOSSES", "SUFFIX", "write"]

SUFFIX = ".parquet"
_TYPES = {"background": "bool_", "alleged": "bool_", "trigger_start": "int32", "trigger_end": "int32", "score": "float64"}
_ROWS = 50_000


def write(readings: Iterable[Reading | Mapping[str, Any]], sink: BinaryIO) -> int:
    """Events, zstd-compressed. Raises ArgumentError where pyarrow is not installed."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise ArgumentError("Parquet needs pyarrow: `pip install pyarrow`, or export to csv") from error
    schema = arrow.schema([(name, getattr(arrow, _TYPES.get(name, "string"))()) for name in FIELDS])
    flat = (row for item in readings for row in (rows_of(item) if isinstance(item, Reading) else [item]))
    number = 0
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while batch := list(islice(flat, _ROWS)):
            writer.write_table(arrow.Table.from_pylist([dict(row) for row in batch], schema=schema))
            number += len(batch)
    return number
