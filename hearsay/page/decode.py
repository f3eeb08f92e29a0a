"""Bytes of a page → text, by its byte-order mark, by what is valid, by what it declares; a guess is reported as a problem."""

from __future__ import annotations

import codecs
import re

from hearsay.core.records import Problem

MAX_SIZE = 8_000_000
_HEAD = 4096
_CHARSET = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.I
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932",
          "iso8859-9": "cp1254", "iso8859-11": "cp874", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8"}  # fmt: skip
"""What browsers read a declared charset as."""
_NO_CHARSETS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "utf_7", "mbcs", "oem"})
"""Codecs of the language, not of the web: slow without bound, or not able to lose a letter."""


def decode_page(data: bytes | str, *, header_charset: str | None = None) -> tuple[str, list[Problem]]:
    """The page as text, and the problems met on the way. `header_charset` is what an HTTP header said.

    >>> decode_page("<p>naïve".encode("latin-1"))[0]
    '<p>naïve'
    """
    problems = []
    if len(data) > MAX_SIZE:
        problems.append(Problem("page", f"the page is longer than {MAX_SIZE} characters: cut there"))
        data = data[:MAX_SIZE]
    guess: str | None = None
    if isinstance(data, str):
        text = data.removeprefix("\ufeff")
    else:
        text, guess = _decode(data, header_charset)
    if guess:
        problems.append(Problem("page", guess))
    if "\0" in text:
        problems.append(Problem("page", "the page holds NUL characters: left out"))
        text = text.replace("\0", "")
    return text, problems


def _decode(data: bytes, header_charset: str | None) -> tuple[str, str | None]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), None
    text = _strict(data, "utf-8")
    if text is not None:
        return text, None
    declared = declared_charset(data) or header_charset
    known = _known(declared)
    if known is None:
        why = f"an unknown charset ({declared})" if declared else "no charset"
        return _loose(data, "cp1252"), f"the page declares {why} and is not UTF-8: read as Windows-1252"
    text = _strict(data, known)
    if text is not None:
        return text, None
    if known == "utf-8" and data.count(b"\xc3") + data.count(b"\xe2") == 0:
        return _loose(data, "cp1252"), "the page declares UTF-8 and is not: read as Windows-1252"
    return _loose(data, known), f"the page declares {declared}, which does not fit all of it: some letters are lost"


def declared_charset(data: bytes) -> str | None:
    """The charset that the page's head names, or None."""
    found = _CHARSET.search(data[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name or "")
    except LookupError:
        return None
    plain = _WIDER.get(found.name, found.name)
    return plain if found._is_text_encoding and found.name.replace("-", "_") not in _NO_CHARSETS else None


def _strict(data: bytes, name: str) -> str | None:
    """The text if all of it fits; a letter that the cut at MAX_SIZE broke is left out."""
    try:
        return codecs.getincrementaldecoder(name)().decode(data, final=len(data) < MAX_SIZE)
    except (UnicodeError, LookupError):
        return None


def _loose(data: bytes, name: str) -> str:
    return data.decode(name, errors="replace")
