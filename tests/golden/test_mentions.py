"""Bare mentions of mentions.tsv: peoples, ministries, militaries by name, ships, courts, old names of states, offices with dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.knowledge.files import Row, read_table
from hearsay.resolve.actors import resolve_actor

ROWS = list(read_table(Path(__file__).parent / "mentions.tsv"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['mention']} {r['date']}".strip() for r in ROWS])
def test_a_mention_stands_for(row: Row) -> None:
    found = resolve_actor(row["mention"], date=row["date"] or None)
    assert (found.country or "-", found.sector or "-") == (row["country"], row["sector"]), f"{row.place}: {found.rule}"


def test_bodies_between_states_share_a_class_and_keep_their_code() -> None:
    for mention, body in (("EU foreign ministers", "EUR"), ("UN peacekeepers", "UNO"), ("NATO warplanes", None), ("French troops", None)):
        found = resolve_actor(mention)
        assert (found.country == "IGO", found.body) == (mention != "French troops", body)
