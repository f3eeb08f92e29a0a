"""Pages drawn with the kind of every part before it: the parts of the text without the marks are exactly these.

A line is `kind [story] | words`; `||` parts a line of the page that is cut in two; `_` is a blank line; `\\n` a line break in a part.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.page.article import read_text

PAGES = sorted(Path(__file__).parent.glob("*.page"))
Drawn = list[tuple[str, int, str]]


def read_page(path: Path) -> tuple[str, Drawn]:
    """The text without its marks, and kind, story and words of every part."""
    lines, parts = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        pieces = [] if line == "_" else [cut_mark(piece) for piece in line.split(" || ")]
        parts += pieces
        lines.append(" ".join(words for _, _, words in pieces))
    return "\n".join(lines), parts


def cut_mark(piece: str) -> tuple[str, int, str]:
    mark, words = piece.split(" | ", 1)
    kind, _, story = mark.partition(" ")
    return kind, int(story or 0), words.replace("\\n", "\n")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_parts(path: Path) -> None:
    text, drawn = read_page(path)
    article = read_text(text)
    assert article.text == text
    assert [(p.kind, p.story, p.span.of(text)) for p in article.parts] == drawn


def test_fields_of_the_full_page() -> None:
    text, _ = read_page(Path(__file__).with_name("strait_times.page"))
    article = read_text(text)
    assert article.title == "Foreign Minister Says Neighbor Keeps 40 Fishermen as ‘Bargaining Chips’"
    assert (article.agencies, article.tags) == (("AFP",), ("Fisheries", "Peru"))
    assert (article.publisher, article.language, article.date, article.date_from) == ("The Meridian Herald", "en", None, None)


def test_fields_of_agency_copy() -> None:
    text, _ = read_page(Path(__file__).with_name("wire.page"))
    article = read_text(text)
    assert article.dateline_place is not None and article.dateline_place.of(text) == "KAMPALA"
    assert (article.agencies, article.authors) == (("Reuters",), ("Jane Mwangi",))


def test_fields_of_a_dense_scrape() -> None:
    text, _ = read_page(Path(__file__).with_name("dense.page"))
    article = read_text(text)
    assert (article.authors, article.tags, article.publisher) == (("Ana Ruiz",), ("Budget", "Bulgaria"), "Sofia Courier")
