"""Addresses -> pages, fetched politely; nothing is fetched unless a user names an address or asks to follow a feed."""

from hearsay.page.fetch.cache import Cache
from hearsay.page.fetch.fetcher import AGENT, Fetched, Fetcher

__all__ = ["AGENT", "Cache", "Fetched", "Fetcher"]
