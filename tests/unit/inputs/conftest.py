"""Shared by the tests of inputs: a folder to write in, and what comes out of an input."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hearsay.errors import InputError
from hearsay.page.inputs import RawReport, open_inputs

Opened = tuple[list[RawReport], list[str]]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Opened]:
    """Writes a file and opens it: its reports, and the messages of what could not be read."""

    def write_and_open(name: str, data: bytes | str, **options: Any) -> Opened:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        found = list(open_inputs([str(path)], **options))
        errors = [str(e).replace(f"{tmp_path}/", "") for e in found if isinstance(e, InputError)]
        return [r for r in found if isinstance(r, RawReport)], errors

    return write_and_open
