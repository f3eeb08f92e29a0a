"""What all pages share: the open ledger, the templates, who judges; and how a page is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from hearsay.knowledge.ontology import Ontology
from hearsay.ledger import Ledger
from hearsay.ledger.columns import columns
from hearsay.ledger.shapes import EventRow, StatementRow
from hearsay.web.asked import Asked, address
from hearsay.web.days import spell_day, spell_days
from hearsay.web.marks import marks_of_event, marks_of_statement, sentence_pieces

NAME_COOKIE = "hearsay_name"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a reader sits.

    Args:
        ledger: opened for reading.
        path: its file, opened for writing at each judgement.
        ontology: types with their definitions and classes.
        writable: whether records may be judged here.
        name: who judges unless the form says otherwise.
        token: what forms of this run carry.
        templates: see `make_templates`.
    """

    ledger: Ledger
    path: Path
    ontology: Ontology
    writable: bool
    name: str
    token: str
    templates: Environment

    def page(self, request: Request, template: str, /, *, code: int = 200, **values: Any) -> Response:
        """A drawn page."""
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        shared = {"desk": self, "path": request.url.path, "here": here, "judge_name": request.cookies.get(NAME_COOKIE) or self.name}
        return HTMLResponse(self.templates.get_template(template).render(**shared, **values), code)


def warm(desk: Desk) -> None:
    """Compile the templates and read the arrays that counts need, before the first reader asks."""
    for name in desk.templates.list_templates(extensions=["html"]):
        desk.templates.get_template(name)
    columns(desk.ledger)


def desk_of(request: Request) -> Desk:
    """The desk of the application that answers."""
    desk: Desk = request.app.state.desk
    return desk


def make_templates(ontology: Ontology) -> Environment:
    """The templates, everything in them escaped, an unknown name an error."""
    made = Environment(
        loader=PackageLoader("hearsay.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Callable[..., Any]] = {
        "day": spell_day, "days": event_time, "quad": lambda kind: quad_class(ontology, kind), "web_address": web_address,
        "number": lambda n: f"{n:,}", "words": lambda code: code.replace("_", " "), "event_pieces": event_pieces,
        "statement_pieces": statement_pieces, "codes": codes, "segment": lambda text: quote(text, safe=""),
    }  # fmt: skip
    made.filters.update(filters)
    made.globals.update({"address": address, "types": ontology.types})
    return made


def quad_class(ontology: Ontology, kind: str) -> str:
    """Class of a type for the style sheet: `verbal-conflict` and the like."""
    return ontology.types[kind].quad.replace(" ", "-")


def event_time(event: EventRow) -> str:
    """When it happened; told as the report's date where nothing else is known."""
    days = spell_days(event["day_from"], event["day_to"])
    return f"reported {days}" if days and not event["when"] else days or "no date"


def event_pieces(event: EventRow) -> Any:
    """Pieces of the sentence of an event."""
    return sentence_pieces(event, marks_of_event(event))


def statement_pieces(row: StatementRow) -> Any:
    """Pieces of the sentence of a statement."""
    return sentence_pieces(row, marks_of_statement(row))


def codes(party: Any) -> str:
    """Country and sector of a party, as `RUS/GOV`."""
    return "/".join(c for c in (party["country"], party["sector"]) if c)


def web_address(url: str | None) -> str | None:
    """An address that may be a link: of the web, nothing that runs."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def pages_of(asked: Asked, total: int, size: int) -> dict[str, Any]:
    """The numbers under a list, and the addresses of its neighbours."""
    last = max(1, -(-total // size))
    before = asked.link(page=str(asked.page - 1)) if 1 < asked.page <= last + 1 else None
    after = asked.link(page=str(asked.page + 1)) if asked.page < last else None
    return {"number": asked.page, "last": last, "total": total, "before": before, "after": after}
