"""TIMEX3 values as intervals."""

from __future__ import annotations

import pytest

from hearsay.ledger.days import interval

CASES = [
    ("2022-12-20", "2022-12-20 2022-12-20", "a day"),
    ("2022-12-20T10:30", "2022-12-20 2022-12-20", "a time of day"),
    ("2022-12-20TMO", "2022-12-20 2022-12-20", "a part of a day"),
    ("2024-02", "2024-02-01 2024-02-29", "a month of a leap year"),
    ("2022", "2022-01-01 2022-12-31", "a year"),
    ("2022-Q4", "2022-10-01 2022-12-31", "a quarter"),
    ("2022-H1", "2022-01-01 2022-06-30", "a half"),
    ("2022-WI", "2022-12-01 2023-02-28", "winter runs into the next year"),
    ("2022-W52-WE", "2022-12-31 2023-01-01", "a weekend over New Year"),
    ("2022-W51-2", "2022-12-20 2022-12-20", "a day of a week"),
    ("199", "1990-01-01 1999-12-31", "a decade"),
    ("20", "2000-01-01 2099-12-31", "a century"),
    ("2022-12-01/2022-12-05", "2022-12-01 2022-12-05", "a range"),
    ("PAST_REF", None, "open"),
    ("P3D", None, "a duration"),
    ("XXXX-12-20", None, "no year"),
    ("2022-02-30", None, "no such day"),
    ("2022-13", None, "no such month"),
    ("0000", None, "no such year"),
    ("", None, "nothing"),
    (None, None, "nothing"),
]


@pytest.mark.parametrize(("value", "days", "why"), CASES)
def test_interval(value: str | None, days: str | None, why: str) -> None:
    assert interval(value) == (tuple(days.split()) if days else None), why
