"""The Python door: `read` and `read_text`, with one reader that is made at first use."""

from __future__ import annotations

from functools import lru_cache
from os import PathLike, fspath

from hearsay.core.records import Reading
from hearsay.errors import InputError
from hearsay.page.inputs import RawReport, open_inputs
from hearsay.pipeline import Reader


@lru_cache(maxsize=1)
def open_reader() -> Reader:
    """The reader with the model and tables that ship, made once a process.

    Raises:
        ModelError, DataError: the installation is damaged.
    """
    return Reader()


def read(path: str | PathLike[str], *, date: str | None = None) -> Reading:
    """The reading of the first report of a file or address.

    Args:
        path: a text or HTML file, a .jsonl file, or an address.
        date: the report's own date, YYYY-MM-DD.

    Raises:
        InputError: it cannot be read. ArgumentError: `date` is no date.
    """
    for report in open_inputs([fspath(path)]):
        if isinstance(report, InputError):
            raise report
        return open_reader().read(report, date=date)
    raise InputError(fspath(path), "holds no report")


def read_text(text: str, *, date: str | None = None, publisher: str | None = None, title: str | None = None) -> Reading:
    """The reading of a report given as text.

    >>> import hearsay
    >>> reading = hearsay.read_text("Kenya's foreign minister met the Ugandan president in Kampala on Monday.", date="2021-05-12")
    >>> [(e.type, e.when.value) for e in reading.events]
    [('CONSULT', '2021-05-10')]
    """
    if not text.strip():
        raise InputError("text", "empty")
    return open_reader().read(RawReport("text", text=text, publisher=publisher, title=title), date=date)
