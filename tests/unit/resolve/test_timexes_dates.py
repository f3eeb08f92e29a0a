"""The report's date from datelines and from dates that stand like one, and never from elsewhere."""

from __future__ import annotations

import pytest

from hearsay.core.document import Article, Document, Part
from hearsay.core.span import Span
from hearsay.resolve.dates import date_of_dateline, infer_date


@pytest.mark.parametrize(
    ("dateline", "year", "value"),
    [
        ("KYIV, Dec 9 (Reuters) -", None, "XXXX-12-09"),
        ("KYIV, Dec 9 (Reuters) -", 2022, "2022-12-09"),
        ("SAN SALVADOR, 3 JAN 90 --", None, "1990-01-03"),
        ("LONDON, March 3, 2021 (AP) —", None, "2021-03-03"),
        ("GENEVA, Tuesday, 20 December 2022 -", None, "2022-12-20"),
        ("MAY TOWN (AP) --", None, None),
        ("OSLO, Feb. 30, 2021 --", None, None),
    ],
)
def test_dateline(dateline, year, value):
    assert date_of_dateline(dateline, (0, len(dateline)), year) == value


def document_of(text: str) -> Document:
    """Paragraphs as parts: the first of several is the headline."""
    parts, at = [], 0
    for paragraph in text.split("\n\n"):
        parts.append(Part("headline" if at == 0 and "\n\n" in text else "body", Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return Document(Article(text, tuple(parts)), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Minister quits\n\nBy Ann Lee | December 20, 2022\n\nShe left after a vote.", ("2022-12-20", "text")),
        ("Minister quits\n\nPublished: 20 Dec 2022 10:33 GMT\n\nShe left.", ("2022-12-20", "text")),
        ("SAN SALVADOR, 3 JAN 90 -- [TEXT] A BOMB EXPLODED TODAY.", ("1990-01-03", "dateline")),
        ("KYIV, Dec 9 (Reuters) - The army left on 3 March 2020.", None),
        ("The treaty of December 8, 1987 was signed in Washington.", None),
        ("She was born on 3 May 1970.", None),
        ("", None),
    ],
)
def test_infer_date(text, found):
    assert infer_date(document_of(text)) == found
