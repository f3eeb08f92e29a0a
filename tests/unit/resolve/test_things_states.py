"""A state stays itself, whatever stands beside its name."""

from __future__ import annotations

import pytest

from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Also staking its claim in Deir ez-Zor is Iran, with which Russia has partnered. Iran threatened Israel on Friday.", "Iran", "IRN"),
        ("The biggest buyer of Libyan crude is Italy, which condemned the blockade. Italy urged Chad to mediate.", "Italy", "ITA"),
    ],
)
def test_a_state_keeps_its_own_code(text: str, name: str, code: str, analyser) -> None:
    reading = Reader(analyser, strict=True).read(RawReport("x", text=text), date="2018-02-24")
    assert [(t.country, t.sector) for t in reading.things if t.kind == "state" and t.name == name] == [(code, None)]
