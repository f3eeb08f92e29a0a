"""The explorer as an ASGI application: addresses -> pages, errors -> pages that say what would mend them."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from hearsay.errors import ArgumentError, HearsayError
from hearsay.knowledge.ontology import load_ontology
from hearsay.ledger import Ledger, LedgerBusyError, RecordNotFound
from hearsay.web import entries, judging, lists
from hearsay.web.desk import Desk, desk_of, make_templates
from hearsay.web.shield import LOOPBACK, Refused, Shield

STATIC = Path(__file__).with_name("static")
LOG = logging.getLogger("hearsay.web")

ROUTES: list[BaseRoute] = [
    Route("/", lists.front),
    Route("/search", lists.search),
    Route("/events", lists.events),
    Route("/events.{form:str}", lists.take_events),
    Route("/timeline", lists.timeline),
    Route("/network", lists.network),
    Route("/statements", lists.statements),
    Route("/statements.{form:str}", lists.take_statements),
    Route("/figures", lists.figures),
    Route("/names", lists.names),
    Route("/judgements", lists.judgements),
    Route("/thing/{entity}", entries.thing),
    Route("/report/{report:path}", entries.report),
    Route("/event/{record}", entries.event),
    Route("/statement/{record}", entries.statement),
    Route("/judge/{record}", judging.judge_page),
    Route("/judge", judging.judge, methods=["POST"]),
    Mount("/static", StaticFiles(directory=STATIC)),
]


def make_app(path: Path, *, hosts: Iterable[str] = LOOPBACK, writable: bool = True, name: str = "reader") -> Starlette:
    """The explorer of one ledger.

    Args:
        path: the ledger's file; opened for reading, and for writing only at a judgement.
        hosts: names under which it answers.
        writable: whether records may be judged.
        name: who judges unless the form says otherwise.

    Raises:
        LedgerError: no ledger, or one of another version.
    """
    ontology = load_ontology()
    ledger = Ledger.open(path, readonly=True)
    app = Starlette(
        routes=ROUTES, middleware=[Middleware(Shield, hosts=tuple(hosts))],
        exception_handlers={HearsayError: _told, Refused: _refused, 404: _nowhere, Exception: _failed},
    )  # fmt: skip
    app.state.desk = Desk(ledger, path, ontology, writable, name, secrets.token_urlsafe(24), make_templates(ontology))
    return app


Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


def _told(request: Request, error: Exception) -> Response:
    """Trouble that has a message: whoever asked can mend it."""
    status = 404 if isinstance(error, RecordNotFound) else 400 if isinstance(error, ArgumentError) else 500
    status = 503 if isinstance(error, LedgerBusyError) else status
    return desk_of(request).page(request, "trouble.html", code=status, status=status, message=getattr(error, "what", str(error)))


def _refused(request: Request, error: Exception) -> Response:
    return desk_of(request).page(request, "trouble.html", code=403, status=403, message=str(error))


def _nowhere(request: Request, error: Exception) -> Response:
    return desk_of(request).page(request, "trouble.html", code=404, status=404, message=f"there is no page {request.url.path}")


def _failed(request: Request, error: Exception) -> Response:
    LOG.exception("a page failed: %s", request.url.path, exc_info=error)
    return desk_of(request).page(request, "trouble.html", code=500, status=500, message="the page failed; the terminal tells more")
