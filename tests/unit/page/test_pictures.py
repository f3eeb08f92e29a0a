"""Lines of a plain text that say they are a picture's."""

from __future__ import annotations

import pytest

from hearsay.page.lines import split_lines
from hearsay.page.story import _is_pictured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Image caption The envoy waved to the crowd in the port on Monday", True),
        ("Smoke rises over the port of Aden on Monday. Credit: ESA", True),
        ("Ana Ruiz, AP", True),
        ("The envoy met the rebels in the port on Monday, the port's master said.", False),
        ("The army had left the town by Monday, according to the state-run Xinhua News Agency.", False),
    ],
)
def test_pictures(text: str, expected: bool) -> None:
    assert _is_pictured(split_lines(text)[0]) is expected
