"""What a user names -> raw reports: files, folders, JSON lines, addresses, standard input.

A `RawReport` is still bytes or text; `hearsay.pipeline` reads it. Trouble with one input is an `InputError` in its place, so that
the others go on.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from hearsay.core.records import Problem
from hearsay.errors import InputError
from hearsay.page.fetch import fetch

MAX_BYTES = 10_000_000
"""A single report above this size is refused: the longest newspaper story is a thousandth of it."""

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ""})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
JSON_FIELDS = ("id", "date", "title", "url", "publisher")


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report before reading: `text`, or `html` as bytes or text; what the input says of it; trouble met on the way."""

    name: str
    text: str | None = None
    html: bytes | str | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    problems: tuple[Problem, ...] = ()


def open_inputs(names: Sequence[str], *, allow_private: bool = False) -> Iterator[RawReport | InputError]:
    """Reports of the inputs in order, an `InputError` standing where one cannot be read.

    Args:
        names: paths of files or folders, addresses beginning http:// or https://, or `-` for standard input.
        allow_private: whether addresses inside private networks may be fetched.
    """
    for name in names:
        try:
            yield from _open(name, allow_private)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(name, error.strerror or str(error))


def _open(name: str, allow_private: bool) -> Iterator[RawReport | InputError]:
    if name == "-":
        yield from _from_stream("standard input", sys.stdin.buffer)
    elif name.startswith(("http://", "https://")):
        page = fetch(name, max_bytes=MAX_BYTES, allow_private=allow_private)
        yield RawReport(name, html=page.body, url=page.url) if page.is_html else _from_bytes(name, page.body)
    else:
        yield from _from_path(Path(name), name)


def _from_path(path: Path, name: str) -> Iterator[RawReport | InputError]:
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in TEXT_SUFFIXES | HTML_SUFFIXES | LINE_SUFFIXES)
        if not files:
            raise InputError(name, "no .txt, .html or .jsonl file in this folder")
        yield from open_inputs([str(p) for p in files])
    elif not path.exists():
        raise InputError(name, "no such file or folder")
    elif path.suffix.lower() in LINE_SUFFIXES:
        with path.open("rb") as lines:
            yield from _from_lines(name, lines)
    else:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(name, f"larger than {MAX_BYTES // 1_000_000} MB; split it into one report a file, or give reports as .jsonl")
        yield _from_bytes(name, path.read_bytes(), html=path.suffix.lower() in HTML_SUFFIXES)


def _from_stream(name: str, stream: BinaryIO) -> Iterator[RawReport | InputError]:
    data = stream.read(MAX_BYTES + 1)
    start = data.lstrip()[:1]
    if (start == b"{" and b'"text"' in data[:100_000]) or (start == b"{" and b'"html"' in data[:100_000]):
        yield from _from_lines(name, _Chain(data, stream))
    elif len(data) > MAX_BYTES:
        raise InputError(name, f"larger than {MAX_BYTES // 1_000_000} MB; give reports as JSON lines")
    else:
        yield _from_bytes(name, data)


class _Chain:
    """Lines of what was read already and of the rest of a stream."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def __iter__(self) -> Iterator[bytes]:
        lines = list(io.BytesIO(self._head))
        if lines and not lines[-1].endswith(b"\n"):
            lines[-1] += self._stream.readline()
        yield from lines
        yield from self._stream


def _from_lines(name: str, lines: Any) -> Iterator[RawReport | InputError]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            if len(line) > MAX_BYTES:
                raise InputError(place, f"larger than {MAX_BYTES // 1_000_000} MB")
            yield _from_record(place, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield InputError(place, f"not a JSON object: {error}")
        except InputError as error:
            yield error


def _from_record(place: str, record: Any) -> RawReport:
    if not isinstance(record, dict):
        raise InputError(place, "not a JSON object")
    body = {k: record.get(k) for k in ("text", "html")}
    if not any(isinstance(v, str) and v.strip() for v in body.values()):
        raise InputError(place, 'no "text" or "html" with words in it')
    fields = {k: str(record[k]) for k in JSON_FIELDS if record.get(k) not in (None, "")}
    text = body["text"] if isinstance(body["text"], str) else None
    return RawReport(
        place,
        text=text,
        html=None if text else body["html"],
        id=fields.get("id"),
        date=fields.get("date"),
        title=fields.get("title"),
        url=fields.get("url"),
        publisher=fields.get("publisher"),
    )


def _from_bytes(name: str, data: bytes, *, html: bool = False) -> RawReport:
    if not data.strip():
        raise InputError(name, "empty")
    if looks_binary(data):
        raise InputError(name, "not text (a binary file); give plain text, HTML or JSON lines")
    if html or _looks_html(data):
        return RawReport(name, html=data)
    text, problems = decode(data)
    if not text.strip():
        raise InputError(name, "empty")
    return RawReport(name, text=text, problems=problems)


def looks_binary(data: bytes) -> bool:
    """Whether the first kilobytes hold what no text holds: NULs (unless UTF-16) or many control characters."""
    head = data[:8192]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    controls = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in head)
    return b"\0" in head or controls > len(head) // 50


def _looks_html(data: bytes) -> bool:
    head = data[:2000].lower()
    return b"<!doctype html" in head or b"<html" in head or (head.lstrip().startswith(b"<") and b"<p" in data[:20_000].lower())


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Text of bytes, and a problem if they are not the UTF-8 they ought to be. Line ends stay as they are."""
    for encoding, mark in (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
    try:
        return data.decode("cp1252"), (Problem("input", f"not valid UTF-8 at {where}; read as Windows-1252"),)
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), (Problem("input", f"not valid UTF-8 at {where}; unreadable bytes became U+FFFD"),)
