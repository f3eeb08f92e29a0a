"""Pages that were fetched, on disk: what a server need not send again, and what asks it whether they have changed.

One file a page: a line of JSON, then the bytes. A damaged file counts as none. The folder is $HEARSAY_CACHE, else the user's cache folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILES_MOST = 20_000
"""Pages that are kept; beyond them the oldest go."""
_PRUNE_EVERY = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A page as it was served: final address, status of the answer, headers that matter, when it came, its bytes."""

    url: str
    content_type: str
    etag: str | None
    modified: str | None
    fresh_until: float
    body: bytes

    @property
    def questions(self) -> dict[str, str]:
        """Headers that ask whether the page has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {k: v for k, v in asked.items() if v}


def cache_folder() -> Path:
    """Where pages are kept."""
    if own := os.environ.get("HEARSAY_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hearsay" / "pages"


class Cache:
    """Pages by address. A folder that cannot be written keeps nothing, and nothing else goes wrong."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder()
        self._kept = 0

    def get(self, url: str) -> Held | None:
        """The page of an address if it is held."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            said: dict[str, Any] = json.loads(head)
            if said.pop("asked") != url or said.pop("size") != len(body):
                return None
            return Held(**said, body=body)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, asked: str, page: Held) -> None:
        """Keep a page under the address that was asked for."""
        said = {f: getattr(page, f) for f in ("url", "content_type", "etag", "modified", "fresh_until")}
        head = json.dumps(said | {"asked": asked, "size": len(page.body)}).encode()
        try:
            self._write(self._path(asked), head + b"\n" + page.body)
        except OSError:
            return
        self._kept += 1
        if self._kept % _PRUNE_EVERY == 1:
            self._prune()

    def _path(self, url: str) -> Path:
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / name[:2] / name

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)

    def _prune(self) -> None:
        files = [p for p in self.folder.glob("*/*") if p.is_file()]
        for path in sorted(files, key=lambda p: p.stat().st_mtime)[: max(0, len(files) - FILES_MOST)]:
            path.unlink(missing_ok=True)


def freshness(headers: Mapping[str, str]) -> float | None:
    """Until when an answer need not be asked for again, seconds since the epoch; None when it must not be kept.

    >>> freshness({"Cache-Control": "no-store"}) is None
    True
    """
    said = (headers.get("Cache-Control") or "").casefold()
    if "no-store" in said:
        return None
    ages = [p.partition("=")[2].strip(' "') for p in said.split(",") if p.strip().startswith("max-age=")]
    is_plain = bool(ages) and ages[0].isdigit() and "no-cache" not in said
    return time.time() + min(int(ages[0]), 86_400) if is_plain else 0.0
