"""NewsML-G2 and NITF, as agencies send them -> reports. Pictures, packages of links and what has been withdrawn are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hearsay.errors import InputError
from hearsay.page.inputs.raw import RawReport
from hearsay.page.inputs.wire import authors_of, compose_html, compose_text
from hearsay.page.inputs.xml import children, descend, local, markup, parse_xml, words
from hearsay.page.words import find_agencies

if TYPE_CHECKING:
    from hearsay.page.inputs.xml import Element

_AS_HTML = {"hl1": ("h1", ""), "hl2": ("h2", ""), "byline": ("div", "byline"), "media-caption": ("div", "caption"),
            "media-producer": ("div", "credit"), "tagline": ("p", ""), "byttl": ("span", "")}  # fmt: skip
"""What the elements of NITF are on a page: tag and class."""


def read_newsml(name: str, data: bytes) -> Iterator[RawReport | InputError]:
    """The reports of a `newsMessage`, a `newsItem` or an `nitf` document; an InputError for each item without a text.

    Raises:
        InputError: it is no XML, or holds no item.
    """
    root = parse_xml(name, data)
    if local(root) == "nitf":
        yield _of_nitf(name, root)
        return
    items = [e for e in root.iter() if local(e) == "newsItem"]
    if not items:
        raise InputError(name, f"<{local(root)}> holds no newsItem")
    for number, item in enumerate(items, 1):
        try:
            yield _of_item(name if len(items) == 1 else f"{name}:{number}", item)
        except InputError as error:
            yield error


def _of_item(place: str, item: Element) -> RawReport:
    about, content = descend(item, "itemMeta"), descend(item, "contentMeta")
    status = descend(about, "pubStatus")
    if status is not None and (status.get("qcode") or "").rpartition(":")[2] in ("canceled", "withheld"):
        raise InputError(place, f"withdrawn by its provider (pubStatus {status.get('qcode')})")
    held = descend(item, "contentSet")
    inner = [] if held is None else [*children(held, "inlineXML"), *children(held, "inlineData")]
    body = next((b for b in inner if words(b)), None)
    if body is None:
        kind = descend(about, "itemClass")
        raise InputError(place, f"a newsItem without a text body (class {kind.get('qcode') if kind is not None else 'unknown'})")
    headline = words(descend(content, "headline")) or words(descend(about, "title"))
    byline = words(descend(content, "by"))
    provider = _named(descend(about, "provider")) or _named(descend(content, "infoSource"))
    credit = words(descend(content, "creditline"))
    first = next((e for e in body if local(e)), None)
    is_marked = local(body) == "inlineXML" and first is not None
    return RawReport(
        place,
        text=None if is_marked else compose_text(headline, byline, "".join(body.itertext()).strip("\n")),
        html=compose_html(headline, byline, _page(first)) if is_marked and first is not None else None,
        id=item.get("guid"),
        date=_day(content, "contentCreated") or _day(about, "firstCreated") or _day(about, "versionCreated"),
        title=headline,
        publisher=provider,
        language=_language(content, first),
        authors=authors_of(byline),
        tags=_subjects(content),
        agencies=find_agencies(" , ".join(filter(None, (provider, credit, byline)))),
    )


def _of_nitf(place: str, root: Element) -> RawReport:
    head = descend(root, "body", "body.head")
    byline = words(descend(head, "byline"))
    if not words(descend(root, "body", "body.content")):
        raise InputError(place, "an NITF document without body.content")
    issued = next((e for e in root.iter() if local(e) in ("date.issue", "story.date")), None)
    title = words(descend(head, "hedline", "hl1")) or words(descend(root, "head", "title"))
    distributor = words(descend(head, "distributor"))
    identity = next((e.get("id-string") for e in root.iter() if local(e) == "doc-id"), None)
    return RawReport(
        place, html=compose_html(title, None, _page(root)), id=identity, title=title,
        date=_stamp(issued.get("norm")) if issued is not None else None, publisher=distributor,
        authors=authors_of(byline), agencies=find_agencies(" , ".join(filter(None, (distributor, byline)))),
    )  # fmt: skip


def _page(element: Element) -> str:
    """The body of XHTML or NITF as HTML, its head left out."""
    for inner in list(element.iter()):
        name = local(inner)
        if name == "head" and (above := inner.getparent()) is not None:
            above.remove(inner)
        elif name in _AS_HTML:
            inner.tag, kind = _AS_HTML[name]
            if kind:
                inner.set("class", kind)
    return markup(element)


def _named(element: Element | None) -> str | None:
    """Name of a party: its name element, else its literal, else the code without its scheme."""
    if element is None:
        return None
    code = element.get("literal") or (element.get("qcode") or "").rpartition(":")[2]
    return words(descend(element, "name")) or code or None


def _day(element: Element | None, name: str) -> str | None:
    return words(descend(element, name))


def _stamp(norm: str | None) -> str | None:
    """ "20221209T083000Z" as a day."""
    day = (norm or "")[:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day.isdigit() and len(day) == 8 else norm


def _language(content: Element | None, body: Element | None) -> str | None:
    tag = descend(content, "language")
    said = tag.get("tag") if tag is not None else None
    said = said or (body.get("{http://www.w3.org/XML/1998/namespace}lang") if body is not None else None)
    return said[:2].casefold() if said else None


def _subjects(content: Element | None) -> tuple[str, ...]:
    named = (_name_of(s) for s in children(content, "subject")) if content is not None else ()
    return tuple(dict.fromkeys(n for n in named if n))


def _name_of(subject: Element) -> str | None:
    return words(descend(subject, "name")) or subject.get("literal")
