"""Lines of a plain text that say they are a picture's."""

from __future__ import annotations

import pytest

from hearsay.page.article import read_text
from hearsay.page.lines import split_lines
from hearsay.page.pictures import CUE_COLUMNS, is_above_credit, is_under_heading, picture_cues, shows_somebody
from hearsay.page.story import _is_barred, _is_pictured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Image caption The envoy waved to the crowd in the port on Monday", True),
        ("Smoke rises over the port of Aden on Monday. Credit: ESA", True),
        ("Ana Ruiz, AP", True),
        ("The envoy leaves the port of Aden on Monday.Ana Ruiz / AP", True),
        ("The envoy met the rebels in the port on Monday, the port's master said.", False),
        ("The army had left the town by Monday, according to the state-run Xinhua News Agency.", False),
    ],
)
def test_pictures(text: str, expected: bool) -> None:
    assert _is_pictured(split_lines(text)[0]) is expected


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("The envoy leaves the port of Aden.", "(Image credit: City of Aden)", True),
        ("The envoy leaves the port of Aden.", "Photo by Ana Ruiz", True),
        ("The envoy leaves the port of Aden.", "Ana Ruiz, AP", True),
        ("The envoy left, the port's master said.", "Photo by Ana Ruiz", False),
        ("The envoy left the port of Aden.", "Image copyright EPA", False),
        ("The envoy left the port of Aden.", "Photos: the ships of Aden", False),
        ("The envoy left the port of Aden.", "Reuters", False),
    ],
)
def test_a_line_above_a_credit_is_the_caption_unless_it_quotes(above: str, below: str, expected: bool) -> None:
    assert is_above_credit(*split_lines(f"{above}\n{below}")) is expected


def test_cues_tell_a_caption_from_running_text() -> None:
    caption = "Envoy Ana Ruiz, left, speaks to sailors in Aden, Tuesday, Nov. 19, 2019."
    rows = picture_cues(split_lines(f"{caption}\nRuiz said that she had talked to the sailors and that they had left.\nAna Ruiz, AP"))
    cues = [dict(zip(CUE_COLUMNS, row, strict=True)) for row in rows.tolist()]
    assert [c["scene"] for c in cues] == [1, 0, 0] and [c["told"] for c in cues] == [0, 1, 0]
    assert [c["full_date"] for c in cues] == [1, 0, 0] and [c["credit_alone"] for c in cues] == [0, 0, 1]


def test_a_caption_above_a_headline_and_byline_is_not_the_story() -> None:
    story = "Rebels freed two nurses on Friday, the army said.\nThey were well, it said."
    article = read_text(
        f"The envoy leaves the hall on Monday in a light rain.\nRebels free two nurses\nBy Ana Ruiz\nMarch 3, 2021\n{story}"
    )
    assert article.title == "Rebels free two nurses" and article.authors == ("Ana Ruiz",)
    assert [p.span.of(article.text) for p in article.parts if p.kind in ("lead", "body")] == story.split("\n")


def test_a_caption_with_its_credit_is_no_part_of_plain_copy() -> None:
    story = "Rebels freed two nurses on Friday, the army said.\nThey were well, it said."
    article = read_text(f"Rebels free two nurses\nBy Ana Ruiz\nThe nurses leave a hall in Aden in light rain.\nJo Lee, AP\n{story}")
    assert [p.span.of(article.text) for p in article.parts if p.kind in ("lead", "body")] == story.split("\n")


_OVER = "The envoy told the council that the ferry would sail again within a week."
_UNDER = "Marlow asked whether the harbour master had known of the leak before the storm."


@pytest.mark.parametrize(
    ("heading", "title", "below", "expected", "why"),
    [
        ("A leak that nobody saw", "Marlow presses the harbour master on the leak", _UNDER, True, "the film's title under the subhead"),
        ("2. A leak that nobody saw", 'Marlow: the leak was "no secret"', _UNDER, True, "the subhead may be numbered"),
        ("Five things to know", "1. Marlow presses the harbour master", _UNDER, False, "a numbered line is a subhead itself"),
        ("A leak that nobody saw", "Weather for the coming weekend", _UNDER, False, "no word of it stands below"),
        ("A leak that nobody saw", "Marlow pressed the harbour master on it.", _UNDER, False, "a sentence"),
        ("A leak that nobody saw", "Marlow on the harbour leak", "Marlow 3, Harbour 2", False, "no running text below"),
        ("The council went on.", "Marlow presses the harbour master on the leak", _UNDER, False, "a subhead alone"),
        ("A leak that nobody saw", "Marlow on the harbour master:", _UNDER, False, "a list is to come"),
    ],
)
def test_the_second_heading_over_a_paragraph_is_a_title_of_a_film(heading: str, title: str, below: str, expected: bool, why: str) -> None:
    assert is_under_heading(split_lines("\n".join((_OVER, heading, title, below))), 2) is expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz, speaking at a school in Aden", True),
        ("Ana M. Ruiz pictured with sailors", True),
        ("© Ana Ruiz Sailors mend a net on the pier of Aden after the storm.", True),
        ("(© Ana Ruiz) Sailors mend a net", True),
        ("© Harbour Media Group 2021 All rights reserved", False),
        ("Ana Ruiz spoke at a school in Aden", False),
        ("Ana Ruiz, speaking at a school in Aden, said that the ferry would sail.", False),
        ("Ana Ruiz finding", False),
    ],
)
def test_somebody_and_what_is_seen_of_him_is_a_caption(text: str, expected: bool) -> None:
    assert shows_somebody(split_lines(text)[0]) is expected


def test_a_line_between_two_paragraphs_tells_what_they_share() -> None:
    lines = split_lines(f"{_OVER}\nHarbour master before the storm\n{_UNDER}")
    row = dict(zip(CUE_COLUMNS, picture_cues(lines)[1].tolist(), strict=True))
    assert row["between"] == 1 and row["under_heading"] == 0
    assert row["shared_above"] == 0 and row["shared_below"] == 1


def test_a_scene_of_a_weekday_is_told_in_the_present() -> None:
    lines = split_lines("Envoy Ana Ruiz leaves the hall on Monday.\nEnvoy Ana Ruiz says that she leaves the hall on Monday.")
    at = CUE_COLUMNS.index("weekday_scene")
    assert picture_cues(lines)[:, at].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "score", "expected", "why"),
    [
        ("Governor Ana Ruiz (R) is defending the port's new fees, the town's paper reported.", 0.97, False, "a party, in running text"),
        ("The move is seen in Aden as a sign that the rebels will not leave the port.", 0.97, False, "words that captions have too"),
        ("The move is seen in Aden as a sign that the rebels will not leave the port.", 0.6, True, "not sure enough"),
        ("In this photo the governor looks on as sailors mend a net in the port.", 0.97, True, "its first words say it"),
        ("A handout image shows the governor, who looks on as sailors mend a net.", 0.97, True, "its first words say it"),
        ("The governor (R) looks on as sailors mend a net. Photo by Jo Lee", 0.97, True, "a credit at its end"),
        ("The governor (R) and the harbour master", 0.97, True, "no sentence"),
    ],
)
def test_a_word_of_captions_in_a_sentence_that_is_surely_body(text: str, score: float, expected: bool, why: str) -> None:
    assert _is_barred(split_lines(text)[0], None, score) is expected, why
