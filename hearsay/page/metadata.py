"""What a page says about its report outside the visible text, and where: JSON-LD, meta tags, links, microdata, time elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from hearsay.knowledge.files import read_table
from hearsay.page.authorship import find_author_elements
from hearsay.page.blocks import Element
from hearsay.page.jsonld import SCRIPT_MOST, is_article, names_of, read_items, words_of
from hearsay.page.published import first_date

_DAY_FIRST = frozenset("gb uk au in ie nz za ng ke gh pk bd sg my hk lk eu de fr es it nl be at ch".split())  # noqa: SIM905
_IN_SCRIPT = re.compile(
    r"""["'](?:datePublished|publishedDate|publishDate|published_at|publish_date|publicationDate|published_time|datePosted|pubDate)["']"""
    r"""\s*:\s*["'](?P<day>[^"']{8,40})["']"""
)
_WRITTEN_BY = re.compile(
    r"(?:written by|verfasst von|geschrieben von|escrito por|écrit par|scritto da|geschreven door|автор|oleh|yazan|napisane przez)", re.I
)
_NOT_PUBLISHED = re.compile(r"updat|modif|comment|event", re.I)
_DATED_TAGS = ("time", "span", "div", "abbr", "p", "meta", "li")
_DATED_MOST = 20


@dataclass
class Metadata:
    """Fields as the page's head gives them; None or empty where it says nothing. `found` names the place of each field."""

    titles: list[str] = field(default_factory=list)
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    tags: list[str] = field(default_factory=list)
    language: str | None = None
    region: str | None = None
    url: str | None = None
    found: dict[str, str] = field(default_factory=dict)

    def is_day_first(self, url: str | None) -> bool:
        """Whether "03/04/2020" means the third of April here: anywhere but where English is read in America."""
        host = (_split(url or self.url)[0]).rsplit(".", 1)[-1]
        return (self.language or "en") != "en" or (self.region or host) in _DAY_FIRST or "/en-gb/" in (url or "")

    def note(self, name: str, place: str) -> None:
        """Keeps where a field was found, if it has been found."""
        if getattr(self, name):
            self.found.setdefault(name, place)


def read_metadata(tree: Element) -> Metadata:
    """The metadata of a page's tree."""
    out = Metadata()
    scripts = [s.text for s in tree.iter("script") if "ld+json" in (s.get("type") or "") and s.text]
    items = list(read_items(scripts))
    _read_article(out, next((i for i in items if is_article(i)), {}), items)
    _read_meta(out, _meta_tags(tree))
    _read_head(out, tree)
    _read_elements(out, tree)
    return out


def site_names(meta: Metadata, url: str | None) -> list[str]:
    """Names under which the page's site may stand in its title: what it calls itself, its publisher, its host."""
    host = _split(url)[0].removeprefix("www.")
    pieces = [p for p in host.split(".")[:-1] if len(p) > 2]
    return [n for n in (meta.site, meta.publisher, host, *pieces) if n]


def _split(url: str | None) -> tuple[str, str]:
    """Host and path of an address; empty for one that is none."""
    try:
        parts = urlsplit(url or "")
        return parts.hostname or "", parts.path
    except ValueError:
        return "", ""


def _read_article(out: Metadata, article: dict[str, Any], items: list[dict[str, Any]]) -> None:
    headline = words_of(article.get("headline")) or words_of(article.get("name"))
    out.titles += [headline] if headline else []
    graph = {i["@id"]: i for i in items if isinstance(i.get("@id"), str)}
    out.authors = names_of(article.get("author"), graph)
    dated = article or next((i for i in items if i.get("datePublished")), {})
    out.published = first_date(words_of(dated.get("datePublished")) or words_of(dated.get("dateCreated")))
    out.modified = first_date(words_of(dated.get("dateModified")))
    publisher = article.get("publisher")
    is_person = isinstance(publisher, dict) and "Person" in str(publisher.get("@type"))
    out.publisher = next(iter([] if is_person else names_of(publisher, graph)), None)
    words = article.get("keywords")
    out.tags = [t for w in (words if isinstance(words, list) else [words]) if isinstance(w, str) for t in _cut_tags(w)]
    for name in ("authors", "published", "modified", "publisher", "tags"):
        out.note(name, "json-ld")


def _meta_tags(tree: Element) -> dict[str, list[str]]:
    """Contents of the meta tags by name; a name of microdata stands as "itemprop:name"."""
    out: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or f"itemprop:{element.get('itemprop') or ''}"
        content = " ".join((element.get("content") or "")[:2000].split())
        if content:
            out.setdefault(name[:80].casefold(), []).append(content)
    return out


@cache
def _meta_names() -> dict[str, tuple[str, ...]]:
    held: dict[str, list[str]] = {}
    for row in read_table("page/meta_names.tsv"):
        held.setdefault(row["field"], []).append(row["name"])
    return {name: tuple(names) for name, names in held.items()}


def _values(meta: dict[str, list[str]], kind: str) -> Iterator[tuple[str, list[str]]]:
    """Names and contents of the page's meta tags of one field, the most trusted first."""
    return ((name, meta[name]) for name in _meta_names()[kind] if name in meta)


def _read_meta(out: Metadata, meta: dict[str, list[str]]) -> None:
    out.titles += [values[0] for _, values in _values(meta, "title")]
    out.site = next((values[0] for _, values in _values(meta, "site")), None)
    out.publisher = out.publisher or out.site or next((values[0] for _, values in _values(meta, "publisher")), None)
    out.language = next((values[0] for _, values in _values(meta, "language")), None)
    out.url = meta.get("og:url", [None])[0]
    for kind, name in (("published", "published"), ("modified", "modified")):
        found = next(((place, day) for place, values in _values(meta, kind) if (day := first_date(values[0]))), None)
        if found and not getattr(out, name):
            setattr(out, name, found[1])
            out.note(name, f"meta {found[0]}")
    if not out.authors:
        _read_meta_authors(out, meta)
    if not out.tags:
        out.tags = next(([t for value in values for t in _cut_tags(value)] for _, values in _values(meta, "tags")), [])


def _read_meta_authors(out: Metadata, meta: dict[str, list[str]]) -> None:
    for place, values in _values(meta, "author"):
        named = [n for n in values if not n.startswith(("http", "@", "www."))]
        if named:
            out.authors = named
            out.note("authors", f"meta {place}")
            return
    labels = ((meta.get(f"twitter:label{n}", [""])[0], meta.get(f"twitter:data{n}", [])) for n in (1, 2))
    out.authors = next((value for label, value in labels if _WRITTEN_BY.match(label) and value), [])
    out.note("authors", "meta twitter:data")


def _cut_tags(value: str) -> list[str]:
    return [t for tag in re.split(r"[,;|]", value) if (t := tag.strip(" #'\"[]")) and len(t) <= 60]


def _read_head(out: Metadata, tree: Element) -> None:
    title = next(tree.iter("title"), None)
    if title is not None and title.text and title.text.strip():
        out.titles.append(" ".join(title.text[:2000].split()))
    said = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or out.language or ""
    locale = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?(?![A-Za-z])", said)
    out.language = locale[1].lower() if locale else None
    out.region = locale[2].lower() if locale and locale[2] else None
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and (link.get("href") or "").startswith("http"):
            out.url = link.get("href")
            return


def _read_elements(out: Metadata, tree: Element) -> None:
    if not out.published:
        out.published = _element_date(tree)
        out.note("published", "time element")
    if not out.published:
        out.published = _script_date(tree)
        out.note("published", "script data")
    if not out.authors:
        out.authors = find_author_elements(tree)
        out.note("authors", "author element")


def _element_date(tree: Element) -> str | None:
    """The date of microdata, or of the first time element that is not of a comment or of an update."""
    marked = (e for e in tree.iter(*_DATED_TAGS) if _is_dated(e))
    for element, _ in zip(marked, range(_DATED_MOST), strict=False):
        stamp = element.get("datetime") or element.get("content") or element.get("title") or "".join(islice(element.itertext(), 20))[:80]
        if day := first_date(stamp):
            return day
    return None


def _is_dated(element: Element) -> bool:
    prop = (element.get("itemprop") or element.get("property") or "").casefold()
    classes = element.get("class", "")[:200]
    if "datepublished" in prop or "datecreated" in prop or "published" in classes.split():
        return True
    return element.tag == "time" and not _NOT_PUBLISHED.search(f"{prop} {classes} {element.get('id', '')[:80]}")


def _script_date(tree: Element) -> str | None:
    """The date in other data that the page carries for its own scripts."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "ubli" in text[:SCRIPT_MOST] or "datePosted" in text[:SCRIPT_MOST]:
            found = _IN_SCRIPT.search(text, 0, SCRIPT_MOST)
            if found and (day := first_date(found["day"])):
                return day
    return None
