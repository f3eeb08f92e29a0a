"""RSS and Atom feeds and news sitemaps -> reports: what the feed itself holds, or with `follow` the pages that it names.

Without `follow` nothing is fetched: an entry of a feed is read as its headline and its summary or full text, an entry of a news sitemap as
its headline. What a feed says of a page (its title, its day) holds for the page that is fetched, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from hearsay.errors import InputError
from hearsay.page.inputs.raw import RawReport
from hearsay.page.inputs.wire import compose_html
from hearsay.page.inputs.xml import children, descend, local, parse_xml, words

if TYPE_CHECKING:
    from hearsay.page.inputs.xml import Element

Follow = Callable[[str], Iterator[RawReport | InputError]]
"""Fetches an address and gives the reports there."""

ENTRIES_MOST = 50_000
"""The limit of the sitemap protocol; feeds are shorter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or a sitemap says of one page."""

    url: str | None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: str = ""


def read_feed(name: str, data: bytes, follow: Follow | None = None) -> Iterator[RawReport | InputError]:
    """The reports of an RSS or Atom feed. Raises InputError when it holds no entry."""
    import feedparser

    parse_xml_head(name, data)
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        why = f": {found.bozo_exception}" if found.get("bozo") else ""
        raise InputError(name, f"a feed without entries{why}")
    site = found.feed.get("title")
    language = (found.feed.get("language") or "")[:2].casefold() or None
    for number, entry in enumerate(found.entries[:ENTRIES_MOST], 1):
        yield from _reports(f"{name}:{number}", _entry(entry, site, language), follow)


def parse_xml_head(name: str, data: bytes) -> None:
    """Refuses a document that defines entities of its own: no feed needs them, and they can grow without bound."""
    if re.search(rb"<!ENTITY", data[:100_000], re.I):
        raise InputError(name, "defines XML entities of its own, which no feed needs: not read")


def _entry(entry: Any, site: str | None, language: str | None) -> Entry:
    content = [c for c in entry.get("content") or () if "html" in c.get("type", "") or "text" in c.get("type", "")]
    body = max([c.get("value") or "" for c in content] + [entry.get("summary") or ""], key=len)
    names = [a.get("name") for a in entry.get("authors") or ()]
    source = (entry.get("source") or {}).get("title")
    return Entry(
        url=entry.get("link"),
        title=_plain(entry.get("title")),
        date=_day(entry.get("published") or entry.get("created") or entry.get("updated"), entry.get("published_parsed")),
        publisher=_plain(source or site),
        language=language,
        authors=tuple(n for n in names if n),
        tags=tuple(t["term"] for t in entry.get("tags") or () if t.get("term")),
        body=body,
    )


def _plain(value: str | None) -> str | None:
    """A title without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^<>]{1,200}>", "", value)).split()) or None if value else None


def _day(said: str | None, parsed: Any) -> str | None:
    """The day in the zone of whoever published; in UTC where the stamp cannot be read so."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read((said or "").strip()).date().isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else None


def _reports(place: str, entry: Entry, follow: Follow | None) -> Iterator[RawReport | InputError]:
    if follow is None:
        yield _own_report(place, entry)
    elif entry.url:
        for page in follow(entry.url):
            yield _with_entry(page, entry) if isinstance(page, RawReport) else page
    else:
        yield InputError(place, "an entry without an address to follow")


def _own_report(place: str, entry: Entry) -> RawReport | InputError:
    """The entry itself as a report: its headline over its text."""
    if not entry.title and not entry.body.strip():
        return InputError(place, "names an address only; read the page itself with --follow")
    body = entry.body if "<" in entry.body else "".join(f"<p>{p}</p>" for p in entry.body.split("\n\n") if p.strip())
    said = {f: getattr(entry, f) for f in ("url", "title", "date", "publisher", "language", "authors", "tags")}
    if not body:
        return RawReport(place, text=entry.title, **said)
    return RawReport(place, html=compose_html(entry.title, None, body), **said)


def _with_entry(page: RawReport, entry: Entry) -> RawReport:
    """A fetched page with what the feed says of it and the page's own record does not; tags and language the page knows better."""
    return replace(page, title=page.title or entry.title, date=page.date or entry.date, publisher=page.publisher or entry.publisher)


def read_sitemap(name: str, data: bytes, follow: Follow | None = None) -> Iterator[RawReport | InputError]:
    """The reports of a sitemap or of an index of sitemaps (which has to be followed).

    Raises:
        InputError: it is no XML, or names no address.
    """
    root = parse_xml(name, data)
    inner = "sitemap" if local(root) == "sitemapindex" else "url"
    entries = [e for e in (_url_entry(u) for u in children(root, inner)) if e.url]
    if not entries:
        raise InputError(name, "a sitemap that names no address")
    for number, entry in enumerate(entries[:ENTRIES_MOST], 1):
        yield from _reports(f"{name}:{number}", entry, follow)


def _url_entry(url: Element) -> Entry:
    news = descend(url, "news")
    where = descend(news, "publication")
    tags = (words(descend(news, "keywords")) or "").split(",")
    return Entry(
        url=words(descend(url, "loc")),
        title=words(descend(news, "title")),
        date=_day(words(descend(news, "publication_date")), None),
        publisher=words(descend(where, "name")),
        language=(words(descend(where, "language")) or "")[:2].casefold() or None,
        tags=tuple(t.strip() for t in tags if t.strip()),
    )
