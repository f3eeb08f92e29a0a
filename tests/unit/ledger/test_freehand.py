"""SQL of a person's own reads and cannot write."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.errors import ArgumentError
from hearsay.ledger import Ledger
from hearsay.ledger.freehand import run_sql
from tests.unit.ledger.story import STORY


@pytest.fixture
def place(path: Path) -> Path:
    with Ledger.open(path, create=True) as ledger:
        ledger.add(STORY, coder_version="1")
    return path


def test_a_select_gives_columns_and_rows(place: Path) -> None:
    columns, rows = run_sql(place, "SELECT type, count(*) AS n FROM events GROUP BY 1 ORDER BY 1")
    assert columns == ["type", "n"] and rows == [("ASSAULT", 1), ("REJECT", 1), ("SANCTION", 1)]
    words = "SELECT p.text FROM passage_words w JOIN passages p ON p.id = w.rowid WHERE passage_words MATCH 'ruiz'"
    assert run_sql(place, words)[1] == [("By José Ruiz",)]
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n"
    assert run_sql(place, numbers)[1] == [(1,), (2,), (3,)]
    assert run_sql(place, "PRAGMA table_info(events)")[0][1] == "name"


WRITING = [
    "DELETE FROM events",
    "DROP TABLE events",
    "UPDATE events SET type = 'AID'",
    "INSERT INTO inputs VALUES ('a', 1)",
    "ATTACH 'other.db' AS o",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 9",
    "VACUUM INTO 'copy.db'",
    "CREATE TEMP TABLE t (x)",
    "BEGIN IMMEDIATE",
    "SELECT 1; DELETE FROM events",
    "SELECT load_extension('x')",
    "SELECT nothing FROM events",
    "nonsense",
    "",
]


@pytest.mark.parametrize("sql", WRITING)
def test_nothing_else_is_let_through(place: Path, sql: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    before = run_sql(place, "SELECT * FROM events")
    with pytest.raises(ArgumentError, match="SQL: "):
        run_sql(place, sql)
    assert run_sql(place, "SELECT * FROM events") == before
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("news.db")) == []
