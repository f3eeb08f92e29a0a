"""Time expressions drawn into sentences, the tables' own examples, and what holds for any text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.core.document import Article, Document, Sentence
from hearsay.core.records import Timex
from hearsay.core.span import Span
from hearsay.knowledge.files import read_header, read_table
from hearsay.resolve.timexes import find_timexes
from hearsay.text.sentences import split_sentences

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "times.tsv"
TABLES = ["time_words.tsv", "time_rules.tsv", "time_cues.tsv", "time_phrases.tsv"]
VALUE = re.compile(
    r"(?:PRESENT|PAST|FUTURE)_REF"
    r"|P(?:T?(?:\d+(?:\.\d+)?|X)[YMWDHSC])(?:\d+[MYS])?|PXX"
    r"|[\dX]{2,4}|[\dX]{4}-(?:[\dX]{2}|Q[1-4X]|H[12]|SP|SU|FA|WI)|[\dX]{4}-W[\dX]{2}(?:-(?:WE|[1-7](?:T[A-Z]{2})?))?"
    r"|[\dX]{4}-[\dX]{2}-[\dX]{2}(?:T(?:[A-Z]{2}|\d\d:\d\d))?"
)
WORDS = """Tuesday May March last next 2022 12 Dec. two weeks ago the a year quarter third fall , - . / : ' $ 9 p.m. every 1990 s noon later
earlier of and to from 1/2 half hundred few second Christmas weekend night in early ended will said 31 February 0 99999999999 ²"""


def document_of(text: str) -> Document:
    return Document(Article(text), tuple(Sentence(i, s, 0, ()) for i, s in enumerate(split_sentences(text, (0, len(text))))))


def undraw(drawn: str) -> tuple[str, list[tuple[Span, str]]]:
    """The text without its marks, and the marked spans with their values."""
    text, marks, at = "", [], 0
    for found in re.finditer(r"\{(\S+) ([^}]*)\}", drawn):
        text += drawn[at : found.start()]
        marks.append((Span(len(text), len(text) + len(found[2])), found[1]))
        text += found[2]
        at = found.end()
    return text + drawn[at:], marks


def find(text: str, date: str | None = "2022-12-20") -> tuple[Timex, ...]:
    return find_timexes(document_of(text), date)


@pytest.mark.parametrize("row", list(read_table(GOLDEN)), ids=lambda row: row["reason"])
def test_drawn_sentences(row):
    text, marks = undraw(row["text"])
    assert [(t.span, t.value) for t in find(text, row["date"] or None)] == marks


@pytest.mark.parametrize("row", list(read_table("languages/en/time_rules.tsv")), ids=lambda row: row["rule"])
def test_examples_of_rules(row):
    found = [(t.provenance.rule, t.value) for t in find(row["example"])]
    assert (row["rule"], row["value"]) in found


@pytest.mark.parametrize("name", TABLES)
def test_tables_say_where_they_come_from_and_repeat_no_row(name):
    assert read_header(f"languages/en/{name}")["licence"]
    rows = [tuple(row.cells.values()) for row in read_table(f"languages/en/{name}")]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("He left on Tuesday.", "2022-12-20"),
        ("He left in the third quarter.", "2022-35"),
        ("He left last week.", "2022-12-12/2022-12-18"),
        ("He left in the 1990s.", "199X"),
        ("He left last fall.", "2022-23"),
        ("He left about two years ago.", "2020~"),
        ("He ruled from 2014 to 2016.", "2014/2016"),
        ("He came in 2014 and 2016.", "2014"),
        ("He left at 9 p.m. Friday.", "2022-12-16T21:00:00"),
        ("He left for two weeks.", None),
    ],
)
def test_edtf(text, edtf):
    assert find(text)[0].edtf == edtf


def test_a_teaser_does_not_count_from_the_story_above_it():
    from hearsay.core.document import Part

    text = "He fled on Dec. 9.\nTwo days later he came."
    first, second = Span(0, 18), Span(19, len(text))
    article = Article(text, (Part("body", first), Part("teaser_deck", second, story=1)))
    document = Document(article, (Sentence(0, first, 0, ()), Sentence(1, second, 1, ())))
    assert [t.value for t in find_timexes(document, "2022-12-20")] == ["2022-12-09", "2022-12-22"]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)),
    st.sampled_from(["2022-12-20", "9999-12-31", "0001-01-01", None]),
)
def test_any_text(text, date):
    found = find(text, date)
    for t in found:
        assert 0 <= t.span.start < t.span.end <= len(text)
        assert VALUE.fullmatch(t.value), t
        assert t.type in {"DATE", "TIME", "DURATION", "SET"}
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
