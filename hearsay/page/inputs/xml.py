"""XML read safely: no entity that a document defines is resolved, nothing is fetched, depth and size are bounded by the parser.

lxml is loaded when the first document is parsed: a plain text is told by its first bytes and starts sooner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from hearsay.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

    Element: TypeAlias = etree._Element

_ROOT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<\s*(?:[\w.-]+:)?(?P<name>[\w.-]+)", re.S)


def root_name(head: bytes) -> str | None:
    """Name of the outermost element, without prefix, in small letters; None when the bytes do not begin like markup.

    >>> root_name(b'<?xml version="1.0"?> <rss version="2.0">')
    'rss'
    """
    is_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")[:8000].replace("\ufffd", " ")
    found = _ROOT.match(text)
    return found["name"].casefold() if found else None


def parse_xml(name: str, data: bytes) -> Element:
    """The root of a document. Raises InputError naming the line where it cannot be read."""
    from lxml import etree

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    parser = etree.XMLParser(**safe, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(name, f"not readable as XML: {error.msg}") from error
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise InputError(name, f"not readable as XML: {error}") from error
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def local(element: Element) -> str:
    """An element's name without its namespace; empty for what is none (an entity left unresolved)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Direct children of some names, namespaces aside."""
    return (c for c in element if local(c) in names)


def descend(element: Element | None, *path: str) -> Element | None:
    """The first element under a path of names, or None."""
    for step in path:
        element = next(children(element, step), None) if element is not None else None
    return element


def words(element: Element | None) -> str | None:
    """The text inside an element with single spaces; None without any."""
    text = " ".join("".join(element.itertext()).split()) if element is not None else ""
    return text or None


def markup(element: Element) -> str:
    """An element as HTML, namespaces taken away."""
    from lxml import etree

    for inner in element.iter():
        if isinstance(inner.tag, str):
            inner.tag = local(inner)
    etree.cleanup_namespaces(element)
    return str(etree.tostring(element, method="html", encoding="unicode", with_tail=False))
