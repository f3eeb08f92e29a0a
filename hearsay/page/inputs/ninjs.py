"""ninjs, the IPTC's news in JSON, generations 1 to 3, as agencies send it: an item -> a report. Pictures and other media are none.

Generation 1 says `headline`, `byline`, `body_text`; 2 says `headlines`, `by`, `bodies`; 3 writes the same names with capitals.
"""

from __future__ import annotations

import html
from typing import Any

from hearsay.errors import InputError
from hearsay.page.inputs.raw import RawReport
from hearsay.page.inputs.wire import authors_of, compose_html, compose_text
from hearsay.page.words import find_agencies

_MARKS = ("versioncreated", "pubstatus", "headlines", "bodies", "standard", "firstcreated")
_WITHDRAWN = ("canceled", "cancelled", "withheld")


def is_ninjs(record: dict[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item."""
    keys = {k.casefold() for k in record}
    return "uri" in keys and (any(k in keys for k in _MARKS) or any(k.startswith("body_") for k in keys))


def report_of_ninjs(place: str, record: dict[str, Any]) -> RawReport:
    """The report in a ninjs item: headline, byline and body one under another, the rest as fields.

    Raises:
        InputError: it holds no text, or its provider has withdrawn it.
    """
    item = {k.casefold(): v for k, v in record.items()}
    if str(item.get("pubstatus", "")).casefold() in _WITHDRAWN:
        raise InputError(place, f"withdrawn by its provider (pubstatus {item['pubstatus']})")
    headline, byline = _words(_first(item, "headline", "headlines")), _words(item.get("byline") or item.get("by"))
    kind, body = _body(item)
    if not body:
        raise InputError(place, f"a ninjs item without a text body (type {item.get('type') or 'unknown'})")
    is_html = kind != "text"
    sources = _names(item.get("infosource") or item.get("infosources"))
    return RawReport(
        place,
        text=None if is_html else compose_text(headline, byline, body),
        html=compose_html(headline, byline, body) if is_html else None,
        id=_words(item.get("uri")),
        date=_words(item.get("contentcreated") or item.get("firstcreated") or item.get("versioncreated")),
        title=headline,
        url=_web_address(item),
        publisher=next(iter(sources), None) or _words(item.get("copyrightholder")),
        language=(_words(item.get("language")) or "")[:2].casefold() or None,
        authors=authors_of(byline),
        tags=tuple(_names(item.get("subject") or item.get("subjects"))),
        agencies=find_agencies(" , ".join([*sources, byline or "", _words(item.get("copyrightholder")) or ""])),
    )


def _first(item: dict[str, Any], one: str, many: str) -> Any:
    """A field of generation 1, or the value of the first (the main one, if any is called so) of generations 2 and 3."""
    if item.get(one):
        return item[one]
    values = [v for v in item.get(many) or () if isinstance(v, dict) and v.get("value")]
    main = next((v for v in values if str(v.get("role", "")).casefold() == "main"), values[0] if values else {})
    return main.get("value")


def _body(item: dict[str, Any]) -> tuple[str, str | None]:
    """Kind (text or html) and words of the body; marked-up before plain, because it keeps the paragraphs."""
    held = {k.removeprefix("body_"): v for k, v in item.items() if k.startswith("body_") and isinstance(v, str) and v.strip()}
    for body in item.get("bodies") or ():
        if isinstance(body, dict) and isinstance(body.get("value"), str) and body["value"].strip():
            keys = {k.casefold(): v for k, v in body.items()}
            held.setdefault(f"{keys.get('contenttype', '')} {keys.get('role', '')}".casefold(), body["value"])
    marked = next((v for k, v in held.items() if "html" in k or "xml" in k), None)
    if marked is not None:
        return "html", marked
    plain = next(iter(held.values()), None)
    return ("html", plain) if plain and plain.lstrip().startswith("<p") else ("text", html.unescape(plain) if plain else None)


def _words(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _names(values: Any) -> list[str]:
    named = (v.get("name") if isinstance(v, dict) else v for v in (values if isinstance(values, list) else [values]))
    return list(dict.fromkeys(n.strip() for n in named if isinstance(n, str) and n.strip()))


def _web_address(item: dict[str, Any]) -> str | None:
    return next((u for k in ("canonical", "url", "uri") if (u := _words(item.get(k))) and u.startswith(("http://", "https://"))), None)
