"""Lines of a plain text that say they are a picture's."""

from __future__ import annotations

import pytest

from hearsay.page.article import read_text
from hearsay.page.lines import split_lines
from hearsay.page.pictures import CUE_COLUMNS, is_above_credit, picture_cues
from hearsay.page.story import _is_pictured


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
