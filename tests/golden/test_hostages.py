"""A scrape with furniture, teasers, a lost quotation mark and a three-step chain, read end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.core.records import Event, Reading
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader

CHAIN = ("Khalid al-Rawahi", "Oman News Agency", "The Harbour Post")


@pytest.fixture(scope="module")
def reading(reader: Reader, examples: Path) -> Reading:
    return reader.read(RawReport("hostages", text=(examples / "hostages.txt").read_text(encoding="utf-8")), date="2023-03-14")


def event(reading: Reading, word: str) -> Event:
    return next(e for e in reading.events if e.trigger.of(reading.text) == word)


def test_furniture_stays_out_of_the_story(reading: Reading) -> None:
    kinds = [p.kind for p in reading.parts]
    counted = ("headline", "caption", "credit", "lead", "body", "agency_credit", "solicitation")
    assert [kinds.count(k) for k in counted] == [1, 1, 1, 1, 8, 1, 4]
    assert [kinds.count(k) for k in ("kicker", "teaser_headline", "teaser_deck")] == [3, 3, 3]
    assert (reading.publisher, reading.agencies, reading.tags) == ("The Harbour Post", ("Reuters",), ("Oman", "Houthis"))


def test_the_accusation_and_what_it_alleges_hang_on_the_chain(reading: Reading) -> None:
    assert event(reading, "accused").chain == CHAIN  # the lead only describes whom the next line names
    assert event(reading, "holding").chain == CHAIN
    assert event(reading, "holding").attribution is not None


def test_a_quotation_with_a_lost_opening_mark_is_direct(reading: Reading) -> None:
    said = next(a for a in reading.attributions if any(c.of(reading.text) == "added" for c in a.cue))
    assert said.kind == "direct"
    assert said.content[0].of(reading.text).startswith("The number of sailors")


def test_times_are_resolved_against_the_report(reading: Reading) -> None:
    values = {t.span.of(reading.text): t.value for t in reading.timexes}
    assert (values["Tuesday"], values["Feb. 24"], values["October"]) == ("2023-03-14", "2023-02-24", "2022-10")
    assert event(reading, "detained").when.value == "2022-10"  # type: ignore[union-attr]


def test_teaser_events_are_marked(reading: Reading) -> None:
    assert {e.part for e in reading.events if e.trigger.start > reading.text.index("Read more\n")} == {"teaser_headline", "teaser_deck"}
