"""An address -> its page, fetched politely: robots.txt obeyed, a plain user agent, limits on time and size, no private networks.

Nothing is fetched unless a user names an address. No cache and no retries yet.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
import urllib.robotparser
from dataclasses import dataclass
from urllib.parse import urlsplit

from hearsay.errors import InputError

AGENT = "hearsay-ledger (reads single news pages on request)"
TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its final address, its bytes, whether the server calls it HTML."""

    url: str
    body: bytes
    is_html: bool


class _Guard(urllib.request.HTTPRedirectHandler):
    """Checks every address that a redirect leads to."""

    def __init__(self, allow_private: bool) -> None:
        self.allow_private = allow_private

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _check_host(newurl, self.allow_private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, *, max_bytes: int, allow_private: bool = False) -> Fetched:
    """The page at an address.

    Raises:
        InputError: it cannot or may not be fetched, or is larger than `max_bytes`.
    """
    _check_host(url, allow_private)
    opener = urllib.request.build_opener(_Guard(allow_private))
    _check_robots(url, opener)
    try:
        with opener.open(_request(url), timeout=TIMEOUT_S) as reply:
            body = reply.read(max_bytes + 1)
            final, kind = reply.geturl(), reply.headers.get_content_type()
    except urllib.error.HTTPError as error:
        raise InputError(url, f"the server answered {error.code} {error.reason}") from error
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise InputError(url, f"cannot be fetched: {getattr(error, 'reason', error)}") from error
    if len(body) > max_bytes:
        raise InputError(url, f"larger than {max_bytes // 1_000_000} MB")
    return Fetched(final, body, "html" in kind)


def _request(url: str) -> urllib.request.Request:
    return urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "text/html,text/plain;q=0.9"})


def _check_host(url: str, allow_private: bool) -> None:
    host = urlsplit(url).hostname
    if not host or urlsplit(url).scheme not in ("http", "https"):
        raise InputError(url, "not a web address")
    try:
        found = socket.getaddrinfo(host, None)
    except OSError as error:
        raise InputError(url, f"no such host: {host}") from error
    if not allow_private and any(not ipaddress.ip_address(str(a[4][0]).partition("%")[0]).is_global for a in found):
        raise InputError(url, "an address inside a private network; allow it with --allow-private")


def _check_robots(url: str, opener: urllib.request.OpenerDirector) -> None:
    parts = urlsplit(url)
    rules = urllib.robotparser.RobotFileParser()
    try:
        with opener.open(_request(f"{parts.scheme}://{parts.netloc}/robots.txt"), timeout=TIMEOUT_S) as reply:
            rules.parse(reply.read(500_000).decode("utf-8", errors="replace").splitlines())
    except (urllib.error.URLError, OSError):
        return
    if not rules.can_fetch(AGENT, url):
        raise InputError(url, "the site's robots.txt asks programs not to read this page")
