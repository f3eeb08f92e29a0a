"""What a page says about its report outside the visible text, and where: JSON-LD, meta tags, links, microdata, time elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from hearsay.page.published import first_date

_ARTICLE = re.compile(r"(?:Article|Posting|Report|NewsItem|Review|Recipe)$")
_JSON_MOST = 500_000
_ITEMS_MOST = 5000
_DATE_META = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "date_published", "publishdate", "publish-date", "publish_date",
    "pubdate", "publication_date", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dcterms.issued", "citation_date",
    "citation_publication_date", "sailthru.date", "parsely-pub-date", "article.published", "published-date", "published_time", "date", "originalpublicationdate",
    "article_date_original", "cxenseparse:recs:publishtime", "rnews:datepublished", "og:article:published_time", "og:pubdate", "eomportal-lastupdate-none",
    "article.created", "created", "datecreated", "shareaholic:article_published_time", "bt:pubdate", "vr:published_time", "analyticsattributes.articledate", "last-published",
)  # fmt: skip
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod", "revised")
_AUTHOR_META = ("author", "article:author_name", "dc.creator", "dcterms.creator", "byl", "sailthru.author", "parsely-author", "citation_author", "article.author",
                "twitter:creator_name", "cxenseparse:author", "authors", "dc.contributor", "shareaholic:article_author_name", "article:author", "rbauthors")  # fmt: skip
_TAG_META = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")


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
    url: str | None = None
    body: str | None = None
    found: dict[str, str] = field(default_factory=dict)


def read_metadata(tree: etree._Element) -> Metadata:
    """The metadata of a page's tree."""
    meta = _meta_tags(tree)
    items = list(_json_items(tree))
    article = next((i for i in items if _is_article(i)), None)
    out = Metadata()
    _read_article(out, article or {}, items)
    _read_meta(out, meta)
    _read_tree(out, tree)
    return out


def _meta_tags(tree: etree._Element) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        content = " ".join((element.get("content") or "")[:2000].split())
        if name and content:
            out.setdefault(name[:80].casefold(), []).append(content)
    return out


def _json_items(tree: etree._Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outermost first; broken pieces are left out."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _JSON_MOST:
            continue
        todo: list[Any] = [load_loose(script.text)]
        for _ in range(_ITEMS_MOST):
            if not todo:
                break
            item = todo.pop(0)
            if isinstance(item, list):
                todo.extend(item[:500])
            elif isinstance(item, dict):
                yield item
                todo.extend(v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement") and isinstance(v, (dict, list)))


def load_loose(text: str) -> Any:
    """JSON as pages write it: comment marks around it, bare line breaks inside strings; None when it is past reading."""
    text = re.sub(r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text.strip(), flags=re.S).strip().rstrip(";")
    for trial in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(trial, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(isinstance(k, str) and _ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def _read_article(out: Metadata, article: dict[str, Any], items: list[dict[str, Any]]) -> None:
    headline = _text(article.get("headline")) or _text(article.get("name"))
    if headline:
        out.titles.append(headline)
    out.body = _text(article.get("articleBody"))
    graph = {i["@id"]: i for i in items if isinstance(i.get("@id"), str)}
    out.authors = [name for name in _names(article.get("author"), graph) if name]
    _set(out, "authors", "json-ld", bool(out.authors))
    dated = article or next((i for i in items if i.get("datePublished")), {})
    out.published = first_date(_text(dated.get("datePublished")) or _text(dated.get("dateCreated")))
    _set(out, "published", "json-ld", bool(out.published))
    out.modified = first_date(_text(dated.get("dateModified")))
    publishers = _names(article.get("publisher"), graph)
    out.publisher = publishers[0] if publishers else None
    words = article.get("keywords")
    out.tags = [t for w in (words if isinstance(words, list) else [words]) if isinstance(w, str) for t in _cut_tags(w)]


def _names(value: Any, graph: dict[str, dict[str, Any]]) -> list[str]:
    """Names of persons or organisations in a JSON-LD value: strings, objects, references, lists of them."""
    out: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:50]:
        if isinstance(one, dict):
            named = one if "name" in one else graph.get(str(one.get("@id")), {})
            name = named.get("name")
            out += [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str)]
        elif isinstance(one, str):
            out.append(one)
    return [" ".join(n.split()) for n in out if n.strip()]


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) if isinstance(value, str) and value.strip() else None


def _set(out: Metadata, name: str, place: str, is_found: bool) -> None:
    if is_found:
        out.found.setdefault(name, place)


def _read_meta(out: Metadata, meta: dict[str, list[str]]) -> None:
    out.titles += [t for name in ("og:title", "twitter:title", "dc.title", "headline", "sailthru.title", "parsely-title") for t in meta.get(name, [])[:1]]
    out.site = next((meta[n][0] for n in ("og:site_name", "application-name", "al:ios:app_name", "apple-mobile-web-app-title", "twitter:app:name:iphone") if n in meta), None)
    for name in _DATE_META:
        if not out.published and (day := first_date(meta.get(name, [""])[0])):
            out.published, out.found["published"] = day, f"meta {name}"
    out.modified = out.modified or next((d for n in _MODIFIED_META if (d := first_date(meta.get(n, [""])[0]))), None)
    for name in _AUTHOR_META:
        named = [n for n in meta.get(name, []) if not n.startswith(("http", "@", "www."))]
        if not out.authors and named:
            out.authors, out.found["authors"] = named, f"meta {name}"
    for name in _TAG_META:
        if not out.tags and name in meta:
            out.tags = [t for value in meta[name] for t in _cut_tags(value)]
    out.publisher = out.publisher or out.site or next((meta[n][0] for n in ("dc.publisher", "article:publisher_name", "copyright") if n in meta), None)
    out.language = next((meta[n][0] for n in ("og:locale", "content-language", "dc.language", "language") if n in meta), None)
    out.url = meta.get("og:url", [None])[0]


def _cut_tags(value: str) -> list[str]:
    return [t for tag in re.split(r"[,;|]", value) if (t := tag.strip(" #'\"[]")) and len(t) <= 60]


def _read_tree(out: Metadata, tree: etree._Element) -> None:
    title = next(tree.iter("title"), None)
    if title is not None and title.text and title.text.strip():
        out.titles.append(" ".join(title.text.split()))
    out.language = _code(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")) or _code(out.language)
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and (link.get("href") or "").startswith("http"):
            out.url = link.get("href")
            break
    if not out.published:
        _read_time(out, tree)


def _code(language: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_ ])", language or "")
    return found.group().lower() if found else None


_TIME_NAMES = re.compile(r"publi|post|entry-date|created|issued|article|story|date(?!mod|-mod)|time-?stamp", re.I)
_NOT_TIME = re.compile(r"updat|modif|comment|event", re.I)


def _read_time(out: Metadata, tree: etree._Element) -> None:
    """The date of microdata, or of the first time element that is not of a comment or of an update."""
    seen = 0
    for element in tree.iter("time", "span", "div", "abbr", "p", "meta", "li"):
        prop = (element.get("itemprop") or element.get("property") or "").casefold()
        names = f"{prop} {element.get('class', '')[:200]} {element.get('id', '')[:80]}"
        is_time = element.tag == "time" and not _NOT_TIME.search(names)
        if not is_time and "datepublished" not in prop and "datecreated" not in prop and "published" not in (element.get("class") or "")[:200].split():
            continue
        seen += 1
        stamp = element.get("datetime") or element.get("content") or element.get("title") or "".join(element.itertext())[:80]
        if day := first_date(stamp):
            out.published, out.found["published"] = day, f"{element.tag} element"
            return
        if seen > 20:
            return


def site_names(out: Metadata, url: str | None) -> list[str]:
    """Names under which the page's site may stand in its title: what it calls itself, its publisher, its host."""
    host = (urlsplit(url).hostname or "") if url else ""
    pieces = [p for p in host.removeprefix("www.").split(".")[:-1] if len(p) > 2]
    return [n for n in (out.site, out.publisher, host.removeprefix("www."), *pieces) if n]
