"""Shared by all tests: one reader with the model that ships, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.ledger import Ledger
from hearsay.neural.decode import Analyser
from tests.unit.ledger.story import LATER, STORY

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


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """The file of a ledger with the story and what came later."""
    with Ledger.open(tmp_path / "news.db", create=True) as ledger:
        ledger.add(STORY, coder_version="1")
        ledger.add(LATER, coder_version="1")
    return tmp_path / "news.db"
