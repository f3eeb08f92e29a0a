"""CSV and TSV with named columns: one report a row. Columns are known by the names in `data/page/columns.tsv`, or as a user says."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from typing import BinaryIO

from hearsay.core.records import Problem
from hearsay.errors import InputError
from hearsay.knowledge.files import read_table
from hearsay.page.bylines import split_names
from hearsay.page.inputs.raw import MAX_BYTES, TOO_LARGE, RawReport
from hearsay.page.published import first_date

FIELDS = ("text", "html", "title", "date", "url", "publisher", "id", "language", "authors", "tags")


def read_rows(name: str, stream: BinaryIO, *, tabs: bool, columns: Mapping[str, str]) -> Iterator[RawReport | InputError]:
    """A report for each row, an InputError for a row without words.

    Args:
        name: what the user called the table.
        stream: its bytes, UTF-8 or UTF-16 with a mark, else Windows-1252.
        tabs: whether tabs part the cells; else the heading tells comma or semicolon.
        columns: a user's own names of columns by field; they win over the names in the data table.

    Raises:
        InputError: there is no heading, or no column of texts.
    """
    csv.field_size_limit(MAX_BYTES)
    text, problems = _decoded(stream)
    heading = text.readline(100_000)
    text.seek(0)
    mark = "\t" if tabs else max(",;\t|", key=heading.count)
    rows = csv.reader(text, delimiter=mark)
    try:
        place = _places(name, next(rows, []), columns)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _report(f"{name}:{rows.line_num}", row, place, problems)
    except csv.Error as error:
        said = TOO_LARGE if "field larger" in str(error) else str(error)
        raise InputError(f"{name}:{rows.line_num}", f"{said}; the rows before it were read") from error


def _decoded(stream: BinaryIO) -> tuple[io.TextIOWrapper, tuple[Problem, ...]]:
    """The table's text, its encoding found by reading all of it once."""
    if not stream.seekable():
        stream = io.BytesIO(stream.read())
    head = stream.read(4)
    encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    problems: tuple[Problem, ...] = ()
    try:
        while piece := stream.read(1_000_000):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        encoding, problems = "cp1252", (Problem("input", "the table is not valid UTF-8; read as Windows-1252"),)
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=""), problems


@cache
def _known_names() -> dict[str, tuple[str, ...]]:
    rows = list(read_table("page/columns.tsv"))
    return {f: tuple(r["name"] for r in rows if r["field"] == f) for f in FIELDS}


def _places(name: str, heading: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Number of the column of each field."""
    folded = [_fold(cell) for cell in heading]
    place = {f: folded.index(n) for f in FIELDS for n in reversed(_known_names()[f]) if n in folded}
    for wanted, cell in columns.items():
        if _fold(cell) not in folded:
            raise InputError(name, f"no column {cell!r}; the columns are {', '.join(heading)}")
        place[wanted] = folded.index(_fold(cell))
    if not {"text", "html"} & place.keys():
        raise InputError(name, f"no column of texts among: {', '.join(heading)[:300]}; say which with --column text=NAME")
    return place


def _fold(cell: str) -> str:
    return cell.strip().casefold().replace(" ", "_").replace("-", "_")


def _report(place: str, row: list[str], columns: Mapping[str, int], problems: tuple[Problem, ...]) -> RawReport | InputError:
    cells = {f: row[at] for f, at in columns.items() if at < len(row) and row[at].strip()}
    text, page = cells.get("text"), cells.get("html")
    if not text and not page:
        return InputError(place, "a row without a text")
    if max(len(text or ""), len(page or "")) > MAX_BYTES:
        return InputError(place, TOO_LARGE)
    date = cells.get("date")
    return RawReport(
        place, text=text, html=None if text else page, id=cells.get("id"), date=first_date(date) or date, title=cells.get("title"),
        url=cells.get("url"), publisher=cells.get("publisher"), problems=problems, language=cells.get("language"),
        authors=split_names(cells.get("authors", "")), tags=tuple(t for tag in cells.get("tags", "").split(";") if (t := tag.strip())),
    )  # fmt: skip
