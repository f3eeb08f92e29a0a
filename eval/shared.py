"""Where the shared reference data lies, and how its records are read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def shared_folder() -> Path | None:
    """The folder of benchmarks and corpora: `HEARSAY_SHARED`, or `shared` beside the checkout; None, with a message, if absent."""
    folder = Path(os.environ.get("HEARSAY_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if folder.is_dir():
        return folder
    print(f"skipped: no benchmark data at {folder} (set HEARSAY_SHARED)")
    return None


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Records of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
