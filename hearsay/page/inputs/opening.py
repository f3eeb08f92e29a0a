"""What a user names -> raw reports: files, folders, addresses, standard input, whatever form the reports are in.

The form is told by the bytes first and by the ending of the name second. Trouble with one input is an `InputError` in its place, so
that the others go on. Which forms there are stands in `docs/guide/inputs.md`.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hearsay.errors import ArgumentError, InputError
from hearsay.page.inputs.feeds import Follow, read_feed, read_sitemap
from hearsay.page.inputs.lines import DOCUMENT_BYTES, opens_json_line, read_json_document, read_json_lines
from hearsay.page.inputs.newsml import read_newsml
from hearsay.page.inputs.raw import MAX_BYTES, RawReport, report_of
from hearsay.page.inputs.streams import GZIP_MAGIC, peek, read_all, unpack, unpack_head
from hearsay.page.inputs.tables import FIELDS, read_rows
from hearsay.page.inputs.warc import charset_of, read_warc
from hearsay.page.inputs.xml import root_name

if TYPE_CHECKING:
    from hearsay.page.fetch import Fetched, Fetcher

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ""})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
XML_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".nitf"})
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | LINE_SUFFIXES | TABLE_SUFFIXES | XML_SUFFIXES | {".json", ".warc"}
FEED_ROOTS, MAP_ROOTS, ITEM_ROOTS = ("rss", "feed", "rdf"), ("urlset", "sitemapindex"), ("newsmessage", "newsitem", "packageitem", "nitf")
STDIN = "standard input"
Reports = Iterator[RawReport | InputError]


@dataclass
class Opener:
    """How inputs are opened.

    Args:
        allow_private: whether addresses inside private networks may be fetched.
        follow: whether the pages that feeds and sitemaps name are fetched; else feeds are read as they are.
        columns: names of a table's columns by field, where they are not the usual ones.
        fetcher: who fetches; made when the first address is met.
    """

    allow_private: bool = False
    follow: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    fetcher: Fetcher | None = None

    def open(self, name: str) -> Reports:
        """The reports of one input. Raises InputError when it cannot be read at all."""
        if name == "-":
            yield from self._read(STDIN, sys.stdin.buffer, "")
        elif name.startswith(("http://", "https://")):
            yield from self._read_address(name, depth=0)
        else:
            yield from self._read_path(Path(name), name)

    def _read_path(self, path: Path, name: str) -> Reports:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and _suffix(p.name) in SUFFIXES)
            if not files:
                raise InputError(name, "no file in this folder that could be reports (.txt, .html, .jsonl, .csv, .xml, .warc.gz …)")
            for file in files:
                yield from _guarded(str(file), self._read_path(file, str(file)))
        elif not path.exists():
            raise InputError(name, "no such file or folder")
        else:
            with path.open("rb") as stream:
                yield from self._read(name, stream, _suffix(path.name))

    def _read_address(self, url: str, depth: int) -> Reports:
        from hearsay.page.fetch import Fetcher  # sockets and robots.txt are loaded where an address is read

        if self.fetcher is None:
            self.fetcher = Fetcher(allow_private=self.allow_private)
        page = self.fetcher.fetch(url, max_bytes=MAX_BYTES)
        found = self._read(url, io.BytesIO(page.body), _served_suffix(page), depth=depth, charset=charset_of(page.content_type))
        for report in found:
            is_page = isinstance(report, RawReport) and report.name == url
            yield replace(report, url=report.url or page.url) if is_page and isinstance(report, RawReport) else report

    def _follow(self, depth: int) -> Follow | None:
        """How addresses in a feed are read; an index of sitemaps names sitemaps, which name pages: no deeper."""
        if not self.follow or depth > 2:
            return None
        return lambda url: _guarded(url, self._read_address(url, depth + 1))

    def _read(
        self, name: str, stream: BinaryIO, suffix: str, *, depth: int = 0, charset: str | None = None, packed: bool = False
    ) -> Reports:
        head, stream = peek(stream)
        if head.startswith(GZIP_MAGIC):
            yield from self._unpacked(name, stream, head, suffix, depth, packed)
        elif head.startswith(b"WARC/"):
            yield from read_warc(name, stream)
        elif suffix in TABLE_SUFFIXES or (self.columns and name == STDIN):
            yield from read_rows(name, stream, tabs=suffix != ".csv", columns=self.columns)
        elif suffix in LINE_SUFFIXES or (_is_json(head, suffix) and opens_json_line(head)):
            yield from read_json_lines(name, stream)
        elif suffix == ".json" or (_is_json(head, suffix) and head.rstrip()[-1:] in b"}]" and b'":' in head.replace(b" ", b"")):
            yield from read_json_document(name, stream)
        else:
            yield from self._read_one(name, stream, head, suffix, depth, charset)

    def _unpacked(self, name: str, stream: BinaryIO, head: bytes, suffix: str, depth: int, packed: bool) -> Reports:
        if packed:
            raise InputError(name, "gzip inside gzip: unpack it once")
        if unpack_head(head).startswith(b"WARC/"):
            yield from read_warc(name, stream)
            return
        try:
            yield from self._read(name, unpack(stream), suffix, depth=depth, packed=True)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(name, f"damaged or cut gzip: {error}; what stands before that was read") from error

    def _read_one(self, name: str, stream: BinaryIO, head: bytes, suffix: str, depth: int, charset: str | None) -> Reports:
        """XML of a known kind, else one report: a page or a text."""
        root = root_name(head)
        if suffix not in HTML_SUFFIXES and root in FEED_ROOTS:
            yield from read_feed(name, read_all(name, stream, DOCUMENT_BYTES), self._follow(depth))
        elif suffix not in HTML_SUFFIXES and root in MAP_ROOTS:
            yield from read_sitemap(name, read_all(name, stream, DOCUMENT_BYTES), self._follow(depth))
        elif suffix not in HTML_SUFFIXES and root in ITEM_ROOTS:
            yield from read_newsml(name, read_all(name, stream, DOCUMENT_BYTES))
        elif suffix in XML_SUFFIXES and root not in ("html", None):
            raise InputError(name, f"XML of a kind that Hearsay does not know (<{root}>); it reads RSS, Atom, sitemaps, NewsML-G2 and NITF")
        else:
            yield report_of(name, read_all(name, stream), html=suffix in HTML_SUFFIXES, charset=charset)


def open_inputs(
    names: Sequence[str],
    *,
    allow_private: bool = False,
    follow: bool = False,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Reports:
    """Reports of the inputs in order, an `InputError` standing where one cannot be read.

    Args:
        names: paths of files or folders, addresses beginning http:// or https://, or `-` for standard input.
        allow_private: whether addresses inside private networks may be fetched.
        follow: whether the pages that feeds and sitemaps name are fetched.
        columns: names of a table's columns by field (`{"text": "Body"}`), where they are not the usual ones.
        fetcher: who fetches addresses; by default one with a cache on disk.
    """
    opener = Opener(allow_private, follow, columns or {}, fetcher)
    for name in names:
        yield from _guarded(name, opener.open(name))


def read_columns(said: Sequence[str]) -> dict[str, str]:
    """Columns by field out of `field=NAME` as a user writes them. Raises ArgumentError for an unknown field."""
    out = {}
    for one in said:
        wanted, mark, name = one.partition("=")
        if wanted not in FIELDS or not mark or not name:
            raise ArgumentError(f"--column {one!r}: write FIELD=NAME, with one of {', '.join(FIELDS)}")
        out[wanted] = name
    return out


def _guarded(name: str, reports: Reports) -> Reports:
    """Reports, and in place of an exception the error that stands for it."""
    try:
        yield from reports
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(name, error.strerror or str(error))


def _suffix(name: str) -> str:
    """The ending of a file's name in small letters, that of packing left out."""
    return Path(name.casefold().removesuffix(".gz")).suffix


def _is_json(head: bytes, suffix: str) -> bool:
    return suffix in ("", ".json") and head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _served_suffix(page: Fetched) -> str:
    """The ending by which a fetched page is read: what the server calls it, unless its bytes or its name say better."""
    if "html" in page.content_type.casefold() and root_name(page.body[:8000]) in (None, "html"):
        return ".html"
    suffix = _suffix(page.url.partition("?")[0].rpartition("/")[2])
    return suffix if suffix in SUFFIXES else ""
