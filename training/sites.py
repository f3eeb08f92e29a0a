"""The site that a page's address belongs to, by which pages are parted into those seen and those held out."""

from __future__ import annotations

from urllib.parse import urlsplit


def site_of(url: str) -> str:
    """Registered domain, roughly: the last two pieces of the host, three under co.uk and its like."""
    pieces = (urlsplit(url).hostname or url).split(".")
    return ".".join(pieces[-3:] if len(pieces) > 2 and pieces[-2] in ("co", "com", "org", "net", "ac") else pieces[-2:])
