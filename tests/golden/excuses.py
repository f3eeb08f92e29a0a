"""Golden cases that are known to fail say so in their reason."""

from __future__ import annotations

import pytest


def excuse(request: pytest.FixtureRequest, reason: str) -> None:
    """Let the test fail, or pass, where the reason of its case says "fails:"."""
    if "fails:" in reason:
        request.applymarker(pytest.mark.xfail(strict=False, reason=reason))
