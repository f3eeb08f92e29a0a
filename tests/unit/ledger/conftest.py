"""A ledger with made readings, and readings out of anything that a Reading may hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.ledger import make_reading
from hearsay.ledger import Ledger

MADE = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, create=True) as file:
        yield file


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Thirty made readings, for questions only."""
    place = tmp_path_factory.mktemp("ledger") / "full.db"
    with Ledger.open(place, create=True) as file:
        for number in range(MADE):
            file.add(make_reading(number), coder_version="made")
    with Ledger.open(place, readonly=True) as file:
        yield file
