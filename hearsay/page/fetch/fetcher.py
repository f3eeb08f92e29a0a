"""An address -> its page: robots.txt obeyed, a plain user agent, a pause between two requests to one host, what is held asked for by its
tag or date, and bounds on time, size, redirects and private networks. No cookies, no scripts.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from protego import Protego

from hearsay.errors import InputError
from hearsay.page.fetch.cache import Cache, Held, freshness
from hearsay.page.fetch.guard import REDIRECTS_MOST, build_opener, check_address

AGENT = "hearsay-ledger/0.1 (reads single news pages on request)"
AGENT_NAME = "hearsay-ledger"
ROBOTS_BYTES = 500_000
ROBOTS_S = 3600.0
_PIECE = 65_536
_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its final address, its bytes, what the server calls them."""

    url: str
    body: bytes
    content_type: str


@dataclass
class Fetcher:
    """Fetches pages and remembers whom it asked what, and when.

    Args:
        allow_private: whether addresses inside private networks may be fetched.
        cache: where pages are kept; by default the user's cache folder.
        timeout_s: how long a server may be silent; a whole page may take `total_s`.
        pause_s: between two requests to one host; a site's own Crawl-delay is honoured if it is longer, up to `patience_s`.
        patience_s: how long a server may ask us to wait (Retry-After) before the page is given up.
        tries: how often a page is asked for when the server says "later".
    """

    allow_private: bool = False
    cache: Cache = field(default_factory=Cache)
    timeout_s: float = 15.0
    total_s: float = 60.0
    pause_s: float = 1.0
    patience_s: float = 20.0
    tries: int = 3
    _robots: dict[str, tuple[float, Protego]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """The page at an address.

        Raises:
            InputError: it cannot or may not be fetched, or is larger than `max_bytes`.
        """
        address = _plain(url)
        held = self.cache.get(address)
        if held is not None and held.fresh_until > time.time():
            check_address(address, allow_private=self.allow_private)
            return Fetched(held.url, held.body, held.content_type)
        page = self._walk(address, max_bytes, held)
        return Fetched(page.url, page.body, page.content_type)

    def _walk(self, url: str, max_bytes: int, held: Held | None) -> Held:
        """Follows redirects, each looked at like an address that a user gave."""
        at, deadline = url, time.monotonic() + self.total_s
        for _ in range(REDIRECTS_MOST + 1):
            self._check_robots(at)
            asked = held.questions if held is not None and at in (url, held.url) else {}
            status, headers, body = self._ask(at, asked, max_bytes, deadline)
            if status in _MOVED and headers.get("Location"):
                at = _plain(urljoin(at, headers["Location"]))
                continue
            if status == 304 and held is not None:
                page = replace(held, fresh_until=freshness(headers) or 0.0)
            elif status == 200:
                page = _held(at, headers, body)
            else:
                raise InputError(url, f"the server answered {status} {http.client.responses.get(status, '')}".rstrip())
            if freshness(headers) is not None and (page.questions or page.fresh_until):
                self.cache.put(url, page)
            return page
        raise InputError(url, f"more than {REDIRECTS_MOST} redirects")

    def _ask(self, url: str, questions: Mapping[str, str], max_bytes: int, deadline: float) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of an answer; asked again when the server says "later" and when is soon."""
        for left in range(self.tries - 1, -1, -1):
            self._wait_turn(url)
            status, headers, body = self._request(url, questions, max_bytes, deadline)
            wait = _retry_after(headers, default=2.0 * (self.tries - left))
            if status not in _LATER or not left or wait > self.patience_s:
                break
            time.sleep(wait)
        return status, headers, body

    def _request(self, url: str, questions: Mapping[str, str], max_bytes: int, deadline: float) -> tuple[int, Mapping[str, str], bytes]:
        check_address(url, allow_private=self.allow_private)
        known = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"}
        request = urllib.request.Request(url, headers=known | {"Accept-Encoding": "gzip"} | dict(questions))
        try:
            with closing(self._open(request)) as answer:
                return answer.status, answer.headers, _read(url, answer, max_bytes, deadline)
        except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError, zlib.error) as error:
            raise InputError(url, f"cannot be fetched: {getattr(error, 'reason', None) or error}") from error
        finally:
            self._asked[_site(url)] = time.monotonic()

    def _open(self, request: urllib.request.Request) -> Any:
        try:
            return build_opener(allow_private=self.allow_private).open(request, timeout=self.timeout_s)
        except urllib.error.HTTPError as answer:  # every status but 200; it is an answer all the same
            return answer

    def _wait_turn(self, url: str) -> None:
        """Waits until the site's last request is long enough ago."""
        site = _site(url)
        _, rules = self._robots.get(site, (0.0, None))
        delay = min(float((rules.crawl_delay(AGENT_NAME) if rules else None) or 0.0), self.patience_s)
        wait = self._asked.get(site, -1e9) + max(self.pause_s, delay) - time.monotonic()
        if wait > 0:
            time.sleep(wait)

    def _check_robots(self, url: str) -> None:
        site = _site(url)
        since, rules = self._robots.get(site, (-1e9, None))
        if rules is None or time.monotonic() - since > ROBOTS_S:
            rules = self._read_robots(url, site)
            self._robots[site] = (time.monotonic(), rules)
            self._asked.pop(site, None)  # the rules are no page: the first page need not wait for them
        if not rules.can_fetch(url, AGENT_NAME):
            raise InputError(url, "the site's robots.txt asks programs not to read this page")

    def _read_robots(self, url: str, site: str) -> Protego:
        """The site's rules as RFC 9309 has them: none there, all is allowed; the server fails, nothing is."""
        at = f"{site}/robots.txt"
        for _ in range(REDIRECTS_MOST):
            status, headers, body = self._request(at, {}, ROBOTS_BYTES, time.monotonic() + self.timeout_s)
            if status not in _MOVED or not headers.get("Location"):
                break
            at = _plain(urljoin(at, headers["Location"]))
        if status >= 500 or status == 429:
            why = f"the site's robots.txt cannot be read (the server answered {status})"
            raise InputError(url, f"{why}, so the page is left alone; try again later")
        return Protego.parse(body.decode("utf-8", errors="replace") if status == 200 else "")


def _held(url: str, headers: Mapping[str, str], body: bytes) -> Held:
    """An answer as it is kept."""
    return Held(url, headers.get("Content-Type") or "", headers.get("ETag"), headers.get("Last-Modified"), freshness(headers) or 0.0, body)


def _read(url: str, answer: Any, max_bytes: int, deadline: float) -> bytes:
    """The body, unpacked, up to `max_bytes`. Raises InputError when it is larger or takes too long."""
    is_packed = (answer.headers.get("Content-Encoding") or "").casefold() in ("gzip", "x-gzip")
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16) if is_packed else None
    body = b""
    while piece := answer.read1(_PIECE):
        if time.monotonic() > deadline:
            raise InputError(url, "took too long to arrive")
        body += packed.decompress(piece, max_bytes + 1 - len(body)) if packed else piece
        if len(body) > max_bytes:
            raise InputError(url, f"larger than {max_bytes / 1_000_000:g} MB")
    return body


def _retry_after(headers: Mapping[str, str], *, default: float) -> float:
    """Seconds that a server asks us to wait."""
    said = (headers.get("Retry-After") or "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError, IndexError):
        return default


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _plain(url: str) -> str:
    """An address as it goes over the wire: no fragment, letters beyond ASCII quoted."""
    bare = url.strip().partition("#")[0]
    return quote(bare, safe="%/:=&?~#+!$,;'@()*[]")
