"""Other reports inside the story's element: rows of cards below it, a ticker above its headline."""

from __future__ import annotations

import pytest

from hearsay.page.hypertext import read_html

MET = "<p>The envoy met rebels of group {} in the port on Monday, and they spoke about the crew that they hold.</p>"
STORY = "".join(MET.format(i) for i in range(8))
CARD = (
    "<h5><a href=/{0}>Minister {0} leaves the cabinet</a></h5><div>{1}</div>"
    "<div>The minister left the cabinet in week {0}, aides said.</div>"
)
HEAD = "<html><head><title>Envoy meets rebels</title></head><body>"


def body(page: str) -> list[str]:
    article = read_html(page)
    return [p.span.of(article.text) for p in article.parts if p.kind in ("lead", "body")]


@pytest.mark.parametrize("date", ["", "<a href=/a>Ana Maria Ruiz</a>", "Monday, November 18, 2019"])
def test_rows_of_cards_are_no_story(date: str) -> None:
    cards = "".join(f"<li>{CARD.format(i, date)}</li>" for i in range(4))
    found = body(f"<body><article>{STORY}<h5>More from us</h5><ul>{cards}</ul></article></body>")
    assert len(found) == 8 and not any("cabinet" in t or "More" in t for t in found)


def test_a_list_whose_items_are_the_story_stays() -> None:
    texts = ["".join(MET.format(10 * i + k) for k in range(4)) for i in range(1, 5)]
    items = "".join(f"<li><h5><a href=/{i}>Place to visit {i}</a></h5>{text}</li>" for i, text in enumerate(texts))
    assert len(body(f"<body><article>{STORY}<ul>{items}</ul></article></body>")) >= 24


def test_two_linked_headings_with_texts_are_sections_of_the_story() -> None:
    sections = "".join(f"<div>{CARD.format(i, '')}</div>" for i in range(2))
    assert any("cabinet" in t for t in body(f"<body><article>{STORY}{sections}</article></body>"))


def test_a_ticker_above_the_headline_is_no_story() -> None:
    ticker = "".join(f"<li>Other news {i}: the minister of region {i} left the cabinet on Friday, his aides said.</li>" for i in range(9))
    page = f"{HEAD}<div><ul>{ticker}</ul><h2>Envoy meets rebels</h2>{STORY}</div></body></html>"
    assert len(body(page)) == 8


def test_a_headline_repeated_below_the_story_cuts_nothing() -> None:
    page = f"{HEAD}<h1>Envoy meets rebels</h1>{STORY}<h2>Envoy meets rebels</h2></body></html>"
    assert len(body(page)) == 8


def test_a_button_glued_to_a_name_is_cut() -> None:
    page = '<html><head><meta name="author" content="{}"></head><body>' + STORY + "</body></html>"
    assert read_html(page.format("Ana RuizFollow")).authors == ("Ana Ruiz",)
