"""CSV and TSV: columns by name, one report a row, faults by line."""

from __future__ import annotations

import pytest

from hearsay.errors import ArgumentError
from hearsay.page.inputs import read_columns

TEXT = "Rebels freed two nurses on Monday, the army said."


def test_named_columns_become_fields(opened) -> None:
    rows = (
        'ID,Headline,Body,Publish-Date,Source,Link,Author\n'
        '7,Two freed,"Rebels freed\n""two"" nurses.",2021-03-04T10:00:00Z,Post,https://e.org/1,Ana Ruiz\n'
    )
    (report,), errors = opened("r.csv", rows)
    assert errors == []
    assert report.text == 'Rebels freed\n"two" nurses.'
    assert (report.id, report.title, report.date, report.publisher, report.url) == ("7", "Two freed", "2021-03-04", "Post", "https://e.org/1")
    assert report.authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("name", "heading", "mark"),
    [("r.tsv", "text\tdate", "\t"), ("semicolons.csv", "text;date", ";"), ("tabs.csv", "text\tdate", "\t")],
)
def test_marks_between_cells(opened, name: str, heading: str, mark: str) -> None:
    (report,), _ = opened(name, f"{heading}\n{TEXT.replace(',', '')}{mark}2021-03-04\n")
    assert report.date == "2021-03-04" and report.text == TEXT.replace(",", "")


def test_html_column(opened) -> None:
    (report,), _ = opened("r.csv", "html,date\n<p>Rain fell.</p>,2020-01-01\n")
    assert report.html == "<p>Rain fell.</p>" and report.text is None


def test_own_names_of_columns(opened) -> None:
    (report,), _ = opened("r.csv", f'words,seen\n"{TEXT}",2021-03-04\n', columns={"text": "Words", "date": "seen"})
    assert report.text == TEXT and report.date == "2021-03-04"


def test_a_table_without_texts_names_its_columns(opened) -> None:
    reports, errors = opened("r.csv", "when,what\n1,2\n")
    assert reports == [] and errors == ["r.csv: no column of texts among: when, what; say which with --column text=NAME"]


def test_an_own_column_that_is_not_there(opened) -> None:
    assert opened("r.csv", "text\nx\n", columns={"date": "day"})[1] == ["r.csv: no column 'day'; the columns are text"]


def test_a_row_without_words_is_named_and_the_rest_goes_on(opened) -> None:
    reports, errors = opened("r.csv", f'text,date\n,2020-01-01\n\n"{TEXT}",2020-01-02\n')
    assert [r.text for r in reports] == [TEXT] and errors == ["r.csv:2: a row without a text"]


def test_a_short_row_lacks_its_last_fields(opened) -> None:
    (report,), _ = opened("r.tsv", f"text\tdate\n{TEXT}\n")
    assert report.date is None


def test_old_encodings(opened) -> None:
    (report,), _ = opened("r.csv", "text\nDer Präsident sprach.\n".encode("cp1252"))
    assert report.text == "Der Präsident sprach." and "Windows-1252" in report.problems[0].message
    (report,), _ = opened("wide.csv", "text\nDer Präsident sprach.\n".encode("utf-16"))
    assert report.text == "Der Präsident sprach." and report.problems == ()


def test_a_cell_beyond_all_bounds_is_an_error(opened) -> None:
    reports, errors = opened("r.csv", "text\nShort.\n" + "a" * 10_000_001 + "\n")
    assert [r.text for r in reports] == ["Short."] and errors == ["r.csv:3: larger than 10 MB; the rows before it were read"]


def test_columns_as_a_user_writes_them() -> None:
    assert read_columns(["text=Full Text", "date=day"]) == {"text": "Full Text", "date": "day"}
    with pytest.raises(ArgumentError, match="FIELD=NAME"):
        read_columns(["words=Body"])
