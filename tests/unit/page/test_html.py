"""Web pages: decoding, blocks, body, metadata, hostile pages. All pages here are invented."""

from __future__ import annotations

import time

import pytest

from hearsay.page.blocks import name_hints, read_blocks
from hearsay.page.decode import decode_page
from hearsay.page.hypertext import read_html
from hearsay.page.jsonld import load_loose
from hearsay.page.published import find_dates, url_date
from hearsay.page.source import bare_text, locate_blocks
from hearsay.page.titles import choose_title, clean_authors, cut_site

PARAGRAPHS = [
    "Kenya and Uganda agreed on Tuesday to reopen the Busia crossing, officials of both countries said after two days of talks.",
    "“We have settled the matter,” Ugandan minister Peter Okello told reporters in Kampala, standing beside his Kenyan colleague.",
    "Traders had waited for three weeks while trucks with milk and maize stood on both sides of the line, and prices rose in the towns.",
]
PAGE = f"""<!DOCTYPE html><html lang="en-KE"><head><meta charset="utf-8"><title>Border reopens - The Lake Gazette</title>
<meta property="og:site_name" content="The Lake Gazette"><meta property="og:title" content="Border reopens | The Lake Gazette">
<link rel="canonical" href="https://lakegazette.example/border">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Border reopens",
"datePublished": "2021-03-02T09:00:00Z",
"author": [{{"@type": "Person", "name": "Jane Mwangi"}}], "publisher": {{"@type": "Organization", "name": "The Lake Gazette"}},
"keywords": "Kenya, Uganda",}}]}}
</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="promo-box"><p>Support our newsroom and become a member today.</p></div>
<article class="post tag-kenya"><h1>Border <em>reopens</em></h1><div class="byline">By Jane Mwangi</div>
<figure><img src="x.jpg"><figcaption>Trucks at Busia on Tuesday. <span class="credit">Ali Noor / Reuters</span></figcaption></figure>
<div class="article-body"><p>BUSIA, Kenya (Reuters) - {PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<div class="related-stories"><h3><a href="/a">Minister visits flooded villages in the west</a></h3>
<p>The flood came at night and took the bridge.</p></div>
<p>{PARAGRAPHS[2]}</p></div></article>
<section id="comments"><p>I was there and it was quite a long wait for all of us, believe me.</p></section>
<footer><p>© 2021 The Lake Gazette</p></footer></body></html>"""


def kinds(page: str) -> list[tuple[str, str]]:
    article = read_html(page)
    return [(p.kind, p.span.of(article.text)) for p in article.parts]


def test_parts_of_a_page() -> None:
    parts = kinds(PAGE)
    story = [(k, t) for k, t in parts if k in ("headline", "lead", "body", "dateline", "byline", "caption", "credit")]
    assert story == [
        ("headline", "Border reopens"), ("byline", "By Jane Mwangi"), ("caption", "Trucks at Busia on Tuesday."),
        ("credit", "Ali Noor / Reuters"),
        ("dateline", "BUSIA, Kenya (Reuters) -"), ("lead", PARAGRAPHS[0]), ("body", PARAGRAPHS[1]), ("body", PARAGRAPHS[2]),
    ]  # fmt: skip
    assert ("teaser_headline", "Minister visits flooded villages in the west") in parts
    assert ("teaser_deck", "The flood came at night and took the bridge.") in parts
    assert ("solicitation", "Support our newsroom and become a member today.") in parts
    assert ("navigation", "World") in parts


def test_fields_of_a_page() -> None:
    article = read_html(PAGE.encode())
    assert (article.title, article.publisher, article.authors) == ("Border reopens", "The Lake Gazette", ("Jane Mwangi",))
    assert (article.date, article.date_from, article.language) == ("2021-03-02", "metadata", "en")
    assert (article.tags, article.agencies, article.url) == (("Kenya", "Uganda"), ("Reuters",), "https://lakegazette.example/border")
    assert article.problems == ()


def test_nothing_is_guessed() -> None:
    article = read_html("<p>One short line</p>")
    assert (article.title, article.date, article.date_from, article.authors, article.publisher) == (None, None, None, (), None)


def test_a_date_in_the_text_is_said_to_be_from_the_text() -> None:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    article = read_html(f"<html lang=en><h1>Border reopens</h1><p>Published March 2, 2021</p><article>{body}</article></html>")
    assert (article.date, article.date_from) == ("2021-03-02", "text")


def test_blocks_stand_in_the_source() -> None:
    blocks = read_blocks(PAGE).blocks
    spans = locate_blocks(PAGE, blocks)
    assert all(span is not None and bare_text(span.of(PAGE)) == block.text for span, block in zip(spans, blocks, strict=True))


@pytest.mark.parametrize(
    ("data", "text", "problems"),
    [
        ("<p>naïve café".encode(), "<p>naïve café", 0),
        ("\ufeff<p>é".encode("utf-16"), "<p>é", 0),
        ('<meta charset="windows-1251"><p>Привет'.encode("cp1251"), '<meta charset="windows-1251"><p>Привет', 0),
        ('<meta charset="iso-8859-1"><p>“x”'.encode("cp1252"), '<meta charset="iso-8859-1"><p>“x”', 0),
        ('<meta charset="latin-1"><p>Привет'.encode(), '<meta charset="latin-1"><p>Привет', 0),
        ("<p>café".encode("latin-1"), "<p>café", 1),
        ('<meta charset="no-such"><p>café'.encode("latin-1"), '<meta charset="no-such"><p>café', 1),
        (b"<p>a\0b", "<p>ab", 1),
    ],
)
def test_decoding(data: bytes, text: str, problems: int) -> None:
    found, said = decode_page(data)
    assert (found.lstrip("\ufeff"), len(said)) == (text, problems)


@pytest.mark.parametrize(
    ("names", "hints"),
    [("related-stories", {"related"}), ("post tag-kenya category-world", set()), ("storyCaption", {"caption"}), ("article__body", {"body"}),
     ("comments-area", {"comments"}), ("headline-promoted", {"promo"}), ("shared-grid", set())],
)  # fmt: skip
def test_hints(names: str, hints: set[str]) -> None:
    assert name_hints(names) == hints


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Nov. 20, 2019", ["2019-11-20"]), ("20th of May 2018", ["2018-05-20"]), ("3. März 2020", ["2020-03-03"]),
        ("5 de mayo de 2018", ["2018-05-05"]), ("12.03.2019", ["2019-03-12"]), ("2019-11-20T08:00Z", ["2019-11-20"]),
        ("2018年5月3日", ["2018-05-03"]), ("25/04/2020", ["2020-04-25"]),
        ("03/04/2020", []), ("May 2019", []), ("31 February 2020", []), ("1. Mai 1889", []),
    ],
)  # fmt: skip
def test_dates(text: str, days: list[str]) -> None:
    assert list(find_dates(text)) == days


def test_dates_in_addresses() -> None:
    assert url_date("https://x.example/2019/11/20/story") == "2019-11-20"
    assert url_date("https://x.example/story-2019") is None
    assert url_date(None) is None


def test_titles_and_authors() -> None:
    assert cut_site("Talks fail | World | The Daily Star", ["The Daily Star"]) == "Talks fail | World"
    assert choose_title(["Talks fail - Star"], ["Star", "Talks fail"], ["Star"]) == "Talks fail"
    assert choose_title([], [], []) is None
    assert clean_authors(["By ANA RUIZ, Staff Writer", "The Daily Star", "admin", "https://x.example/a"], ["The Daily Star"]) == (
        "Ana Ruiz",
    )


def test_loose_json() -> None:
    assert load_loose('<!-- {"a": "b\nc",} -->') == {"a": "b\nc"}
    assert load_loose("[" * 100_000) is None
    assert load_loose("no json") is None


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "<p>Deep text of a page that goes down and down.</p>",
        "<p class='" + "a " * 1_000_000 + f"'>{PARAGRAPHS[0]}</p>",
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + f"<p>&b;&b; {PARAGRAPHS[0]}</p>",
        "<script>" * 20_000 + f"<p>{PARAGRAPHS[0]}</p>",
        "<!--" * 50_000 + f"<p>{PARAGRAPHS[0]}</p>",
        "<" * 200_000,
        "<p>" * 100_000 + PARAGRAPHS[0],
        "<a href=x>" * 20_000 + PARAGRAPHS[0],
        "<table><tr><td>" * 3_000 + PARAGRAPHS[0],
        '<script type="application/ld+json">' + '{"@graph":[' * 5_000 + "</script><p>Text.</p>",
        "\ud800<p>Lone surrogate</p>",
        "",
        "   ",
        "<html></html>",
        "\x00\x01\x02",
    ],
    ids=[
        "deep",
        "attributes",
        "entities",
        "scripts",
        "comments",
        "angles",
        "paragraphs",
        "links",
        "tables",
        "json",
        "surrogate",
        "empty",
        "blank",
        "bare",
        "binary",
    ],
)
def test_hostile_pages_end_soon(page: str) -> None:
    start = time.process_time()
    article = read_html(page)
    assert time.process_time() - start < 5
    assert all(0 <= p.span.start < p.span.end <= len(article.text) for p in article.parts)


def test_a_page_too_deep_is_a_problem() -> None:
    article = read_html("<div>" * 5_000 + "<p>Deep text.</p>")
    assert [p.stage for p in article.problems] == ["page"] and "Deep text." in article.text


def test_results_in_a_story_s_table_are_read_whatever_their_rows_are_called() -> None:
    rows = "".join(
        f"<tr class='row index count'><td>{n}</td><td>{name}</td></tr>" for n, name in enumerate(["Kenya", "Uganda", "Rwanda"], 1)
    )
    page = f"<h1>Games</h1><div class='article-body'><p>{PARAGRAPHS[0]}</p><table>{rows}</table><p>{PARAGRAPHS[2]}</p></div>"
    assert [t for k, t in kinds(page) if k == "body"] == ["1", "Kenya", "2", "Uganda", "3", "Rwanda", PARAGRAPHS[2]]
    outside = f"<div class='article-body'><p>{PARAGRAPHS[0]}</p></div><table class='index'>{rows}</table>"
    assert [k for k, _ in kinds(outside) if k == "body"] == []


def test_boxes_that_hover_over_a_name_are_not_part_of_the_sentence() -> None:
    box = "<span class='rollover-people-block'><a href='/p'>Okello</a><a href='/x'>Okello opens a mill and says more of it soon</a></span>"
    page = f"<h1>Border</h1><div class='article-body'><p>Minister <a href='/p'>Okello</a>{box} came. {PARAGRAPHS[0]}</p></div>"
    assert ("lead", f"Minister Okello came. {PARAGRAPHS[0]}") in kinds(page)


def test_markup_that_a_page_shows_as_text_is_no_story() -> None:
    page = f"&lt;img height=1 src=&quot;x&quot;&gt;<h1>Border</h1><div class='article-body'><p>{PARAGRAPHS[0]}</p></div>"
    assert ("other", '<img height=1 src="x">') in kinds(page)
