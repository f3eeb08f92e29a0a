"""A state stays itself, whatever stands beside its name."""

from __future__ import annotations

import pytest

from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader


@pytest.mark.parametrize(
    "text",
    [
        "Also staking its claim in Deir ez-Zor is Iran, with which Russia has partnered. Iran threatened Israel on Friday.",
        "The biggest buyer of Libyan crude is Italy, which condemned the blockade. Italy urged Chad to mediate.",
    ],
)
def test_a_state_keeps_its_own_code(text: str, analyser) -> None:
    reading = Reader(analyser, strict=True).read(RawReport("x", text=text), date="2018-02-24")
    codes = {t.name: (t.country, t.sector) for t in reading.things if t.kind == "state"}
    assert codes.items() >= {("Iran", ("IRN", None))} or codes.items() >= {("Italy", ("ITA", None))}
