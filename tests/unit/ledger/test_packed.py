"""The packed copy of events says what the tables say: after adding, judging, reading again and migrating an older file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.ledger import make_reading
from hearsay.ledger import Ledger, query, schema, summary
from hearsay.ledger.packed import pack_all
from tests.unit.ledger.story import LATER, STORY


def assert_in_step(ledger: Ledger) -> None:
    """What lies packed is what packing everything anew would give."""
    before = [tuple(row) for row in ledger.rows("SELECT * FROM packed ORDER BY report")]
    with ledger.writing() as link:
        pack_all(link)
    assert before == [tuple(row) for row in ledger.rows("SELECT * FROM packed ORDER BY report")] != []


STEPS = [
    ("e1", "correct", "type", "ACCUSE"),
    ("e1", "correct", "when", "2023-02"),
    ("e1", "correct", "modality", "negated"),
    ("e2", "correct", "background", False),
    ("e2", "reject", None, None),
    ("t2", "correct", "country", "BLR"),
    ("t2", "correct", "sector", "MIL"),
    ("t1", "split", None, None),
    ("t2", "split", None, None),
    ("a1", "reject", None, None),
]


@pytest.mark.parametrize(("record", "verdict", "field", "value"), STEPS)
def test_judgements_reach_the_counts(ledger: Ledger, record: str, verdict: str, field: str | None, value: object) -> None:
    for reading in (STORY, LATER):
        ledger.add(reading, coder_version="1")
    ledger.judge(query.report(ledger, "story")["ids"][record], verdict, field, value, by="Ann")
    assert_in_step(ledger)
    ledger.add(replace(STORY, timexes=()), coder_version="2")
    assert_in_step(ledger)
    assert sum(c["events"] for c in summary.counts(ledger, "type")) == len(query.events(ledger)) == query.count_events(ledger)


WANTED = [
    {}, {"type": ["ACCUSE", "assault"]}, {"actor": "RUS"}, {"recipient": "GOV"}, {"either": "USA/GOV"},
    {"since": "2022-06", "until": "2023-03"},
    {"modality": "negated"}, {"alleged": True}, {"alleged": False, "quantity": True}, {"publisher": ["Paper 1", "Paper 2"]},
    {"include_background": False}, {"text": "prisoner OR swap"}, {"said_by": "RIA Novosti", "type": "ACCUSE"}, {"report": "made-3"},
    {"min_score": 0.5}, {"actor": "Nobody At All"}, {"actor": "Russia", "include_teasers": True, "include_rejected": True}, {"mode": "x"},
]  # fmt: skip


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_counts_and_lists_mean_the_same_events(full: Ledger, wanted: dict) -> None:
    rows = query.events(full, limit=100_000, **wanted)
    assert query.count_events(full, **wanted) == len(rows)
    types = {c["value"]: c["events"] for c in summary.counts(full, "type", **wanted)}
    assert types == {t: sum(r["type"] == t for r in rows) for t in {r["type"] for r in rows}}


def test_an_older_file_is_packed_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    known = schema.migrations()
    with Ledger.open(path, create=True) as ledger:
        for number in range(3):
            ledger.add(make_reading(number), coder_version="made")
        ledger.judge(query.events(ledger)[0]["id"], "reject", by="Ann")
        counted = summary.counts(ledger, "type")
        with ledger.writing() as link:
            for table in ("packed", "codes", "reprints", "copied"):
                link.execute(f"DROP TABLE {table}")
            for index in ("events_quantity", "things_brief"):
                link.execute(f"DROP INDEX {index}")
            link.execute("CREATE INDEX things_entity ON things (entity)")
            link.execute("PRAGMA user_version = 1")
    with Ledger.open(path) as ledger:
        assert summary.counts(ledger, "type") == counted
        assert ledger.rows("PRAGMA user_version")[0][0] == known[-1][0]
        assert_in_step(ledger)


def test_merged_entities_are_one_end_of_the_network(ledger: Ledger) -> None:
    ledger.add(STORY, coder_version="1")
    russia, ukraine = (query.names(ledger, name)[0]["id"] for name in ("Russia", "Ukraine"))
    ledger.judge(russia, "merge", value=ukraine, by="Ann")
    (pair,) = summary.dyads(ledger, type="REJECT")
    assert pair["actor"]["id"] == pair["recipient"]["id"]
