"""Who vouches for an event, drawn up in `chains.tsv`: read end to end, without a publisher."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.knowledge.files import Row, read_table
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader
from tests.golden.excuses import excuse

CASES = list(read_table(Path(__file__).with_name("chains.tsv")))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.line}: {c['reason']}")
def test_chain(case: Row, reader: Reader, request: pytest.FixtureRequest) -> None:
    excuse(request, case["reason"])
    reading = reader.read(RawReport("case", text=case["text"]), date="2024-03-05")
    chains = {e.trigger.of(reading.text): e.chain for e in reading.events}
    wanted = () if case["chain"] == "-" else tuple(case["chain"].split(" < "))
    assert chains.get(case["word"]) == wanted, (chains, [(a.id, a.inside, a.cue[0].of(reading.text)) for a in reading.attributions])
