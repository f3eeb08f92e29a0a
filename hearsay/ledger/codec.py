"""A `Reading` as bytes and back, exactly: zlib over JSON of its fields by name.

Fields at their default are left out; a field that a later Hearsay adds reads as its default, one that it drops is ignored.
Lone surrogates survive. `Reading.to_json`, the public record, rounds scores and leaves stages out, so it is not used here.
"""

from __future__ import annotations

import json
import re
import types
import zlib
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from hearsay.core.records import Reading
from hearsay.core.span import Span

LEVEL = 6
_SIMPLE = frozenset({str, int, float, bool, type(None)})
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def encode(reading: Reading) -> bytes:
    """The bytes of a reading."""
    return pack(reading)[0]


def pack(reading: Reading) -> tuple[bytes, Reading]:
    """The bytes of a reading, and the reading with U+FFFD for each NUL and lone surrogate, which SQLite cannot search; offsets stay."""
    plain = _plain(reading)
    words = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    shown = reading if "\\u0000" not in words and not _UNSTORABLE.search(words) else _decoder(Reading)(_map_text(plain))
    return zlib.compress(words.encode("utf-8", "surrogatepass"), LEVEL), shown


def _map_text(plain: Any) -> Any:
    if isinstance(plain, str):
        return _UNSTORABLE.sub("\ufffd", plain)
    if isinstance(plain, list):
        return [_map_text(v) for v in plain]
    return {k: _map_text(v) for k, v in plain.items()} if isinstance(plain, dict) else plain


def decode(data: bytes) -> Reading:
    """The reading of bytes. Raises ValueError for bytes that `encode` did not make."""
    try:
        words = zlib.decompress(data).decode("utf-8", "surrogatepass")
    except zlib.error as error:
        raise ValueError(f"a stored reading is damaged: {error}") from error
    reading = _decoder(Reading)(json.loads(words))
    assert isinstance(reading, Reading)
    return reading


def _plain(value: Any) -> Any:
    if value.__class__ in _SIMPLE:
        return value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value):
        held = ((f, getattr(value, f.name)) for f in _fields(value.__class__))
        return {f.name: _plain(v) for f, v in held if f.default is MISSING or v != f.default or type(v) is not type(f.default)}
    return value


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


@cache
def _decoder(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of this type out of plain JSON."""
    origin = get_origin(hint)
    if hint is Span:
        return lambda v: Span(v[0], v[1])
    if origin in (Union, types.UnionType):
        (inner,) = (_decoder(a) for a in get_args(hint) if a is not type(None))
        return lambda v: None if v is None else inner(v)
    if origin is tuple:
        item = _decoder(get_args(hint)[0])
        return lambda v: tuple(item(x) for x in v)
    if is_dataclass(hint):
        return _record_decoder(hint)
    return lambda v: v


def _record_decoder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    makers = {f.name: _decoder(hints[f.name]) for f in fields(kind)}

    def make(plain: dict[str, Any]) -> Any:
        return kind(**{k: makers[k](v) for k, v in plain.items() if k in makers})

    return make
