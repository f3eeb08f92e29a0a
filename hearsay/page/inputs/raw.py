"""A report before reading, and what bytes alone tell: are they text, are they HTML, in which encoding."""

from __future__ import annotations

from dataclasses import dataclass

from hearsay.core.records import Problem
from hearsay.errors import InputError

MAX_BYTES = 10_000_000
"""A single report above this size is refused: the longest newspaper story is a thousandth of it."""
TOO_LARGE = f"larger than {MAX_BYTES // 1_000_000} MB"


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report before reading: `text`, or `html` as bytes or text; what the input says of it; trouble met on the way.

    `charset` is what an HTTP header said of `html`. What is None or empty here is looked for in the report itself.
    """

    name: str
    text: str | None = None
    html: bytes | str | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    problems: tuple[Problem, ...] = ()
    charset: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def report_of(name: str, data: bytes, *, html: bool = False, url: str | None = None, charset: str | None = None) -> RawReport:
    """The one report that a file or page is. Raises InputError when it is empty, binary or too large."""
    if len(data) > MAX_BYTES:
        raise InputError(name, f"{TOO_LARGE}; split it into one report a file, or give reports as .jsonl")
    if not data.strip():
        raise InputError(name, "empty")
    if looks_binary(data):
        raise InputError(name, "not text (a binary file); give plain text, HTML, or one of the forms in docs/guide/inputs.md")
    if html or looks_html(data):
        return RawReport(name, html=data, url=url, charset=charset)
    text, problems = decode(data)
    if not text.strip():
        raise InputError(name, "empty")
    return RawReport(name, text=text, url=url, problems=problems)


def looks_binary(data: bytes) -> bool:
    """Whether the first kilobytes hold what no text holds: NULs (unless UTF-16) or many control characters."""
    head = data[:8192]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    controls = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in head)
    return b"\0" in head or controls > len(head) // 50


def looks_html(data: bytes) -> bool:
    """Whether bytes are a web page, or a piece of one."""
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
