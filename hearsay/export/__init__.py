"""Readings in the formats of other tools, one module each with the same names.

    FIELDS       what a row or object holds, in order
    LOSSES       what the format cannot hold, in words (docs/reference/exports.md shows them)
    SUFFIX       how its files are called
    write(readings, sink) -> number of rows
    COMPANIONS   further files, by the word in their name, each with its own write

Codecs know `core` and `knowledge` only, no ledger: any readings will do.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from hearsay.core.records import Reading
from hearsay.errors import ArgumentError

FORMATS = ("jsonl", "csv", "parquet", "plover", "polecat", "gdelt", "ftm", "prov")
Write = Callable[[Iterable[Reading], Any], int]


def codec(name: str) -> ModuleType:
    """The module of a format. Raises ArgumentError."""
    if name not in FORMATS:
        raise ArgumentError(f"no format {name!r}; choose one of {', '.join(FORMATS)}")
    return import_module(f"hearsay.export.{name}")


def write_export(readings: Callable[[], Iterable[Reading]], to: str, output: str | PathLike[str]) -> dict[str, int]:
    """Write files, each whole or not at all.

    Args:
        readings: gives the readings, once for each file that the format needs.
        to: one of `FORMATS`.
        output: path of the main file; companions come to stand beside it.

    Returns:
        Number of rows by file.
    """
    module, path = codec(to), Path(output)
    done = {str(path): _to_file(module.write, readings(), path, module.SUFFIX)}
    for word, write in getattr(module, "COMPANIONS", {}).items():
        beside = path.with_name(f"{path.stem}.{word}{path.suffix or module.SUFFIX}")
        done[str(beside)] = _to_file(write, readings(), beside, module.SUFFIX)
    return done


def write_stream(readings: Iterable[Reading], to: str, stream: BinaryIO) -> int:
    """Write the main file of a format into an open binary stream; number of rows."""
    module = codec(to)
    if module.SUFFIX == ".parquet":
        return int(module.write(readings, stream))
    sink = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        return int(module.write(readings, sink))
    finally:
        sink.flush()
        sink.detach()


def _to_file(write: Write, readings: Iterable[Reading], path: Path, suffix: str) -> int:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") if suffix == ".parquet" else part.open("w", encoding="utf-8", errors="replace", newline="") as sink:
            rows = write(readings, sink)
        part.replace(path)
    except OSError as error:
        raise ArgumentError(f"{path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return rows
