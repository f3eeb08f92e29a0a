"""Where the shared reference data lies."""

from __future__ import annotations

import os
from pathlib import Path


def shared_folder() -> Path | None:
    """The folder of benchmarks and corpora: `HEARSAY_SHARED`, or `shared` beside the checkout; None, with a message, if absent."""
    folder = Path(os.environ.get("HEARSAY_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if folder.is_dir():
        return folder
    print(f"skipped: no benchmark data at {folder} (set HEARSAY_SHARED)")
    return None
