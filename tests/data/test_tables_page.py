"""The page of tables says what the tables hold; after a change of a table, `python -m eval.tables` writes it anew."""

from __future__ import annotations

from eval.tables import PAGE, describe
from hearsay.knowledge.files import DATA


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe(), "run python -m eval.tables"


def test_every_table_stands_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [p for p in DATA.rglob("*.tsv") if p.relative_to(DATA).as_posix() not in page]
    assert missing == []
