"""Copies of one wire report: whole, cut, edited, under other headlines; and reports on one event that are no copies."""

from __future__ import annotations

import random

import pytest

from hearsay.merge.reprints import Family, Story, find_reprints, story_of

STEMS = ("war", "port", "ship", "crew", "envoy", "rebel", "talk", "law", "army", "aid")
WORDS = [a + b for a in STEMS for b in ("", "s", "ing", "er", "ed", "ly")]


def story(seed: int, size: int = 300) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(WORDS) for _ in range(size)]


def named(families: list[Family]) -> list[tuple[str, list[str], str | None]]:
    return [(f.first.id, [c.story.id for c in f.copies], f.agency) for f in families]


def edited(words: list[str], every: int) -> str:
    return " ".join("other" if i % every == every - 1 else w for i, w in enumerate(words))


def test_copies_are_folded_under_the_earliest_and_the_agency_is_named() -> None:
    words = story(1)
    found = find_reprints([
        Story("cut", " ".join(words[:90]), "2023-03-16", "Local Post"),
        Story("edited", edited(words, 40), "2023-03-15", "Harbour Post", ("AFP",)),
        Story("other", " ".join(story(2)), "2023-03-14", "Wire", ("AP",)),
        Story("whole", " ".join(words), "2023-03-14", "Gazette", ("AFP",)),
    ])  # fmt: skip
    assert named(found) == [("whole", ["edited", "cut"], "AFP")]
    cut = found[0].copies[1]
    assert cut.held == 1.0 and cut.similarity < 0.5


def test_an_agency_is_before_its_clients_of_the_same_day() -> None:
    text = " ".join(story(3))
    found = find_reprints([Story("client", text, "2023-03-14", "Gazette"), Story("wire", text, "2023-03-14", "Reuters")])
    assert named(found) == [("wire", ["client"], "Reuters")]


def test_without_a_date_a_report_is_nobody_s_original() -> None:
    text = " ".join(story(4))
    assert named(find_reprints([Story("undated", text), Story("dated", text, "2023-03-14")])) == [("dated", ["undated"], None)]


def test_copies_of_copies_stay_in_one_family() -> None:
    words = story(5, 400)
    chain = [Story(str(i), edited(words, 20)[: 2600 - 150 * i], f"2023-03-{10 + i}") for i in range(6)]
    assert named(find_reprints(chain)) == [("0", ["1", "2", "3", "4", "5"], None)]


@pytest.mark.parametrize("every", [2, 4])
def test_texts_of_the_same_words_in_other_order_are_no_copies(every: int) -> None:
    words = story(6)
    assert find_reprints([Story("a", " ".join(words)), Story("b", edited(words, every)), Story("c", " ".join(reversed(words)))]) == []


def test_a_short_quotation_of_a_report_is_no_copy_and_empty_ones_are_none() -> None:
    words = story(7)
    assert find_reprints([Story("a", " ".join(words)), Story("b", " ".join(words[:20])), Story("c", ""), Story("d", "")]) == []


def test_order_of_input_does_not_matter() -> None:
    held = [Story(f"{n}{k}", " ".join(story(n)[: 300 - 60 * k]), f"2023-03-1{k}") for n in range(20) for k in range(3)]
    expected = sorted(named(find_reprints(held)))
    assert len(expected) == 20 and all(len(copies) == 2 for _, copies, _ in expected)
    for seed in range(3):
        random.Random(seed).shuffle(held)
        assert sorted(named(find_reprints(held))) == expected


def test_headlines_and_teasers_are_not_compared(reader) -> None:
    from hearsay.page.inputs import RawReport

    body = "The envoy met the rebels on Monday, the port's master said.\n\nThey spoke for an hour about the crew of the ship, he said."
    reading = reader.read(RawReport("x", text=f"Envoy meets rebels in port\n\nADEN, March 14 (AFP) - {body}", date="2023-03-14"))
    found = story_of(reading)
    assert found.text == body.replace("\n\n", "\n") and found.agencies == ("AFP",) and found.date == "2023-03-14"
