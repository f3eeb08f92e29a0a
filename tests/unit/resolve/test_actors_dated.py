"""The date decides who holds an office and what an organisation is."""

from __future__ import annotations

import pytest

from hearsay.resolve.actors import resolve_actor

DATED = [
    ("Angela Merkel", "2017-04-01", "DEU", "GOV", "in office"),
    ("Angela Merkel", "2022-06-01", "DEU", "ELI", "after the office"),
    ("Angela Merkel", None, "DEU", "ELI", "no date: the office has ended"),
    ("Chancellor Angela Merkel", None, "DEU", "GOV", "no date: the title speaks"),
    ("former Chancellor Angela Merkel", "2017-04-01", "DEU", "ELI", "former, whatever the date"),
    ("Merkel", "2017-04-01", "DEU", "GOV", "a rare surname alone"),
    ("Brown", "2009-01-01", None, None, "a common surname alone"),
    ("Merkel's spokesman", "2017-04-01", "DEU", "GOV", "the holder only qualifies"),
    ("President Francois Mitterand", "1994-01-01", "FRA", "GOV", "one letter wrong after a title"),
    ("Taliban", "2022-05-01", "AFG", "GOV", "governs since 2021"),
    ("Taliban", "2010-05-01", "AFG", "REB", "fought from 2001 to 2021"),
    ("Taliban fighters", "2010-05-01", "AFG", "REB", "a weak head takes the organisation's sector"),
]


@pytest.mark.parametrize(("text", "date", "country", "sector", "reason"), DATED, ids=[f"{d[0]} {d[1]}" for d in DATED])
def test_dated(text: str, date: str | None, country: str | None, sector: str | None, reason: str) -> None:
    found = resolve_actor(text, date=date)
    assert (found.country, found.sector) == (country, sector), f"{reason}: {found}"
