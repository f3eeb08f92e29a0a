"""The address of a page <-> what it asks of the ledger. An address tells everything that a view shows, so it can be shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from hearsay.errors import ArgumentError

Params = dict[str, list[str]]
PAGE_SIZE = 40
MAX_PAGE = 2500

EVENT_LISTS = ("actor", "recipient", "either", "said_by", "place", "type", "mode", "modality", "publisher")
STATEMENT_LISTS = ("by", "about", "stance", "publisher")
SINGLE = ("since", "until", "text", "report")
"""Filters with one value, of events and statements."""

_SWITCHES: dict[str, dict[str, tuple[str, bool]]] = {
    "voice": {"alleged": ("alleged", True), "asserted": ("alleged", False)},
    "background": {"no": ("include_background", False)},
    "teasers": {"yes": ("include_teasers", True)},
    "rejected": {"yes": ("include_rejected", True)},
    "reprints": {"yes": ("include_reprints", True)},
    "figures": {"yes": ("quantity", True)},
    "negated": {"yes": ("negated", True), "no": ("negated", False)},
}
"""Parameters of an address with their values, and what these mean as filters."""

LABELS = {
    "actor": "who", "recipient": "to whom", "either": "either side", "said_by": "according to", "place": "where", "type": "type",
    "mode": "mode", "modality": "modality", "publisher": "publisher", "by": "said by", "about": "about", "stance": "stance",
    "since": "since", "until": "until", "text": "words", "report": "report", "part": "part", "voice": "voice",
    "background": "background", "teasers": "teasers", "rejected": "rejected", "reprints": "reprints", "figures": "with figures",
    "negated": "negated",
}  # fmt: skip
"""What filters are called on a page."""

EVENT_SWITCHES = ("voice", "background", "teasers", "rejected", "reprints", "figures")
STATEMENT_SWITCHES = ("negated", "teasers", "rejected", "reprints")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for.

    Args:
        path: of the page.
        params: the parameters that it knows, as given, without empty ones.
        wanted: the same as filters of the ledger.
        page: number of the page, from 1.
    """

    path: str
    params: Params
    wanted: dict[str, Any] = field(default_factory=dict)
    page: int = 1

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * PAGE_SIZE

    def link(self, path: str | None = None, /, **changes: str | None) -> str:
        """This address with some parameters changed (None: without); back to the first page unless `page` is among them."""
        kept = {k: v for k, v in self.params.items() if k not in changes and k != "page"}
        new = {k: [v] for k, v in changes.items() if v not in (None, "")}
        return address(path or self.path, kept | new)

    def without(self, name: str, value: str) -> str:
        """This address with one value of a filter taken out."""
        kept = {k: [v for v in values if (k, v) != (name, value)] for k, values in self.params.items() if k != "page"}
        return address(self.path, kept)

    def toggle(self, name: str, value: str) -> str:
        """This address with a filter that has just this value, or without it where it is in use; `year` is a time from and to."""
        names = ("since", "until") if name == "year" else (name,)
        used = all(self.has(n, value) for n in names)
        return self.link(**dict.fromkeys(names, None if used else value))

    def has(self, name: str, value: str) -> bool:
        """Whether a filter has this value."""
        return value in self.params.get(name, ())

    def first(self, name: str) -> str:
        """The only value of a filter, or nothing."""
        return next(iter(self.params.get(name, ())), "")

    def chips(self) -> list[tuple[str, str, str]]:
        """Each value of each filter, and the address without it."""
        named = [(k, v) for k, values in self.params.items() if k in LABELS for v in values]
        return [(LABELS[k], v, self.without(k, v)) for k, v in named]


def address(path: str, params: Mapping[str, Iterable[str]]) -> str:
    """A path with parameters.

    >>> address("/events", {"actor": ["RUS", "Iran Air"], "page": []})
    '/events?actor=RUS&actor=Iran+Air'
    """
    pairs = [(k, v) for k, values in params.items() for v in values]
    return f"{quote(path)}?{urlencode(pairs)}" if pairs else quote(path)


def events_asked(path: str, query: QueryParams, *extra: str) -> Asked:
    """What an address asks of events; `extra` are parameters of the page itself. Raises ArgumentError."""
    return _asked(path, query, EVENT_LISTS, EVENT_SWITCHES, extra)


def statements_asked(path: str, query: QueryParams) -> Asked:
    """What an address asks of statements. Raises ArgumentError."""
    return _asked(path, query, STATEMENT_LISTS, STATEMENT_SWITCHES, ())


def plain_asked(path: str, query: QueryParams, *names: str, switches: Iterable[str] = ()) -> Asked:
    """An address of a page with parameters of its own only, and of the filters only some switches."""
    return _asked(path, query, (), switches, names)


def _asked(path: str, query: QueryParams, lists: Iterable[str], switches: Iterable[str], extra: Iterable[str]) -> Asked:
    params: Params = {}
    wanted: dict[str, Any] = {}
    for name in lists:
        if values := _values(query, name):
            params[name] = wanted[name] = values
    for name in SINGLE if lists else ():
        if values := _values(query, name):
            params[name], wanted[name] = values[-1:], values[-1]
    for name in switches:
        if values := _values(query, name):
            params[name] = values[-1:]
            wanted |= [_switch(name, values[-1])]
    for name in extra:
        if values := _values(query, name):
            params[name] = values[-1:]
    page = _page(query.get("page", "1"))
    return Asked(path, params | ({"page": [str(page)]} if page > 1 else {}), wanted, page)


def _values(query: QueryParams, name: str) -> list[str]:
    return [v for v in dict.fromkeys(v.strip() for v in query.getlist(name)) if v]


def _switch(name: str, value: str) -> tuple[str, bool]:
    if value not in _SWITCHES[name]:
        raise ArgumentError(f"{name}={value}: choose from {', '.join(_SWITCHES[name])}")
    return _SWITCHES[name][value]


def _page(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_PAGE:
        raise ArgumentError(f"page {text!r}: a number from 1 to {MAX_PAGE:,}")
    return int(text)
