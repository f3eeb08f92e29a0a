"""Shared by all tests: one reader with the model that ships, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.neural.decode import Analyser

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="session")
def reader(analyser: Analyser):
    from hearsay.pipeline import Reader

    return Reader(analyser, strict=True)


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES
