"""No address inside a private network is reached unless allowed: looked at by name before, and by the connected peer after.

The second look is what a name server that answers differently the second time cannot deceive; no byte of a request is sent before it.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from hearsay.errors import InputError

PRIVATE = "an address inside a private network; allow it with --allow-private"
REDIRECTS_MOST = 8


def check_address(url: str, *, allow_private: bool) -> str:
    """The host of an address that may be fetched. Raises InputError for any other."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(url, f"not a web address: {error}") from error
    if not host or parts.scheme not in ("http", "https"):
        raise InputError(url, "not a web address")
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError) as error:
        raise InputError(url, f"no such host: {host}") from error
    if not allow_private and any(is_private(str(a[4][0])) for a in found):
        raise InputError(url, PRIVATE)
    return host


def is_private(address: str) -> bool:
    """Whether a numeric address is not one of the public internet.

    >>> [is_private(a) for a in ("10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "9.9.9.9")]
    [True, True, True, False]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found in ipaddress.ip_network("64:ff9b::/96"):
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return not found.is_global or found.is_multicast


class _Checked(http.client.HTTPConnection):
    """A connection that is given up when its peer turns out to be private."""

    def connect(self) -> None:
        super().connect()
        _check_peer(self)


class _CheckedTls(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _check_peer(self)


def _check_peer(link: http.client.HTTPConnection) -> None:
    if is_private(str(link.sock.getpeername()[0])):
        link.close()
        raise PrivatePeer(PRIVATE)


class PrivatePeer(OSError):
    """The name led to a private address after all."""


class _Http(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(http.client.HTTPConnection if request.has_proxy() else _Checked, request)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> Any:
        kind = http.client.HTTPSConnection if request.has_proxy() else _CheckedTls
        return self.do_open(kind, request, context=self._context)  # type: ignore[attr-defined]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects come back as answers, so that each is checked and counted by whoever asked."""

    def redirect_request(self, *_: Any) -> None:
        return None


def build_opener(*, allow_private: bool) -> urllib.request.OpenerDirector:
    """An opener that follows no redirect by itself and, unless allowed, talks to no private peer."""
    guards: list[Any] = [] if allow_private else [_Http(), _Https()]
    return urllib.request.build_opener(_NoRedirect(), *guards)
