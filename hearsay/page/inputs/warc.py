"""Web archives (WARC, gzipped or not, such as those of CC-NEWS) -> the pages in them, read one record at a time.

Responses that are web pages or plain text count; pictures, scripts, redirects and errors are passed over. A damaged record is an error in
its place, and reading goes on at the next member of the file. The archive's date is when a page was fetched: it is not the report's.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from hearsay.errors import InputError
from hearsay.page.inputs.raw import MAX_BYTES, TOO_LARGE, RawReport, report_of
from hearsay.page.inputs.streams import GZIP_MAGIC, unpack_head

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PIECE = 1 << 20
_PROBE = 4096
_TYPES = ("text/html", "application/xhtml", "text/plain")


def read_warc(name: str, stream: BinaryIO) -> Iterator[RawReport | InputError]:
    """A report for each page of the archive, in order, called by the archive's name and the page's address.

    Raises:
        InputError: the archive holds no page at all.
    """
    start: int | None = 0
    count = 0
    while start is not None:
        start, goes_on = None, False
        for found in _read_from(name, stream):
            if isinstance(found, int):  # a record that stops the reader began here
                start, goes_on = _next_member(stream, found + 1), True
                break
            count += 1
            yield found
        if not goes_on:
            break
    if count == 0:
        raise InputError(name, "a web archive without any page of text")


def _read_from(name: str, stream: BinaryIO) -> Iterator[RawReport | InputError | int]:
    """Reports from the place where the stream stands; after an error that ends the reader, the place of the record at fault."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    logging.getLogger("warcio").setLevel(logging.ERROR)
    records = ArchiveIterator(stream, block_size=_PROBE * 4)
    try:
        for record in records:
            place = records.offset
            if _is_page(record):
                report = _report(name, record)
                yield report
                if isinstance(report, InputError) and report.reason.startswith(TOO_LARGE) and stream.seekable():
                    yield place
                    return
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError, KeyError, TypeError) as error:
        said = "".join(c for c in str(error)[:80] if c.isprintable()) or type(error).__name__
        yield InputError(f"{name} at byte {records.offset}", f"a damaged record, passed over ({said})")
        if stream.seekable():
            yield records.offset


def _is_page(record: ArcWarcRecord) -> bool:
    """Whether a record is a page that was served, or the text that an archive made of one."""
    head = record.http_headers
    if record.rec_type == "conversion":
        return (record.rec_headers.get_header("Content-Type") or "").startswith(_TYPES)
    if record.rec_type not in ("response", "resource") or (record.rec_type == "response" and head is None):
        return False
    if head is not None and (head.get_statuscode() or "200") != "200":
        return False
    said = head.get_header("Content-Type") if head is not None else record.rec_headers.get_header("Content-Type")
    return not said or said.strip().casefold().startswith(_TYPES)


def _report(name: str, record: ArcWarcRecord) -> RawReport | InputError:
    url = record.rec_headers.get_header("WARC-Target-URI")
    place = f"{name}:{url or record.rec_headers.get_header('WARC-Record-ID')}"
    said = (record.http_headers.get_header("Content-Type") if record.http_headers is not None else None) or ""
    try:
        return report_of(place, _payload(record), html="html" in said.casefold(), url=url, charset=charset_of(said))
    except InputError as error:
        return InputError(place, TOO_LARGE if error.reason.startswith(TOO_LARGE) else error.reason)


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type header names, or None.

    >>> charset_of("text/html; charset=ISO-8859-1")
    'ISO-8859-1'
    """
    for piece in content_type.split(";")[1:]:
        key, _, value = piece.partition("=")
        if key.strip().casefold() == "charset":
            return value.strip(" \"'") or None
    return None


def _payload(record: ArcWarcRecord) -> bytes:
    """The body, chunks joined and unpacked, up to one byte more than is read."""
    stream, out = record.content_stream(), io.BytesIO()
    while out.tell() <= MAX_BYTES and (piece := stream.read(min(_PIECE, MAX_BYTES + 1 - out.tell()))):
        out.write(piece)
    return out.getvalue()


def _next_member(stream: BinaryIO, start: int) -> int | None:
    """Where the next record begins at or after a place; the stream then stands there. None when there is none."""
    stream.seek(start)
    at, held = start, b""
    while piece := stream.read(_PIECE):
        held += piece
        found = next((k for k in _marks(held) if _opens_record(held[k : k + _PROBE])), None)
        if found is not None:
            stream.seek(at + found)
            return at + found
        at += max(0, len(held) - _PROBE)
        held = held[-_PROBE:]
    return None


def _marks(held: bytes) -> Iterator[int]:
    """Places that look like the beginning of a record, packed or not."""
    for mark in (GZIP_MAGIC + b"\x08", b"WARC/1"):
        at = held.find(mark)
        while at >= 0:
            yield at
            at = held.find(mark, at + 1)


def _opens_record(head: bytes) -> bool:
    return head.startswith(b"WARC/1") or unpack_head(head).startswith(b"WARC/")
