"""What stands between the explorer and other people's pages: host names, headers, and whether a request may change the ledger.

A page elsewhere may make the browser ask this address. It may not read answers (no CORS), not reach it under a name of its own (host
names are checked), not frame it, not post to it (origin and token are checked), and no script but ours runs in it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
MAX_FORM_BYTES = 64_000
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser calls the origin of our own forms null
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Shield:
    """ASGI middleware: refuses unknown host names, and puts the `HEADERS` on every answer.

    Args:
        app: what it shields.
        hosts: names under which the explorer may be asked for, without port.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, frozenset(h.lower().strip("[]") for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if host_name(Headers(scope=scope).get("host", "")) in self.hosts:
            await self.app(scope, receive, send_shielded)
        else:
            refused = PlainTextResponse("This explorer does not answer to that host name.\n", 421)
            await refused(scope, receive, send_shielded)


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets.

    >>> host_name("[::1]:8000"), host_name("LocalHost:8000"), host_name("a@localhost")
    ('::1', 'localhost', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "") if parts.netloc == host and "@" not in host else ""
    except ValueError:
        return ""


class Refused(Exception):
    """A request that may not change the ledger; the message says why."""


async def read_form(request: Request, token: str) -> dict[str, str]:
    """Fields of a posted form of this explorer's own pages.

    Raises:
        Refused: from another page, without its token, of another kind or too large.
    """
    _check_origin(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Refused("this is not a form of the explorer")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM_BYTES:
            raise Refused("the form is too large")
    fields = {k: v[-1] for k, v in parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True).items()}
    if not hmac.compare_digest(fields.pop("token", "").encode(), token.encode()):
        raise Refused("the page is from an earlier run of the explorer; load it again and repeat what you did")
    return fields


def _check_origin(request: Request) -> None:
    """Browsers tell where a post comes from; one from elsewhere is refused."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if (origin is not None and origin.lower() != own.lower()) or site not in (None, "same-origin"):
        raise Refused("the request comes from another page")
