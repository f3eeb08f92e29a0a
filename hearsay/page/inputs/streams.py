"""Bytes that are looked at before they are read: the head of a stream, gzip unpacked as it is read, lines of bounded length."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from hearsay.errors import InputError
from hearsay.page.inputs.raw import MAX_BYTES, TOO_LARGE

HEAD_BYTES = 65_536
GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 1_000_000


class _Chain(io.RawIOBase):
    """What was read already, then the rest of a stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        piece, self._head = (self._head[:size], self._head[size:]) if self._head else (self._rest.read(size), b"")
        buffer[: len(piece)] = piece
        return len(piece)


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the same stream from its beginning."""
    head = b""
    while len(head) < HEAD_BYTES and (piece := stream.read(HEAD_BYTES - len(head))):
        head += piece
    if stream.seekable():
        stream.seek(0)
        return head, stream
    return head, io.BufferedReader(_Chain(head, stream))


def unpack_head(head: bytes) -> bytes:
    """The beginning of what a gzip file holds, from its first bytes; empty when they are damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD_BYTES)
    except zlib.error:
        return b""


def unpack(stream: BinaryIO) -> BinaryIO:
    """What a gzip file holds, unpacked piece by piece as it is read; members one after another are one stream."""
    return io.BufferedReader(gzip.GzipFile(fileobj=stream))


def read_all(name: str, stream: BinaryIO, most: int = MAX_BYTES) -> bytes:
    """The whole of a stream. Raises InputError above `most` bytes, without reading the rest."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(name, f"{TOO_LARGE}; split it into one report a file, or give reports as .jsonl")
    return data


def read_lines(name: str, stream: BinaryIO) -> Iterator[tuple[str, bytes | InputError]]:
    """Lines that are not blank, each with `name:number`; an InputError in the place of one that is too long to be a report."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            yield f"{name}:{number}", InputError(f"{name}:{number}", TOO_LARGE)
            while line and not line.endswith(b"\n"):
                line = stream.readline(_PIECE)
        elif line.strip():
            yield f"{name}:{number}", line
