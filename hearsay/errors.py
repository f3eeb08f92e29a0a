"""Every exception that Hearsay raises on purpose.

    HearsayError
    ├── ArgumentError (also ValueError)   a caller asked for something that cannot be, such as a date of 2022-13-40
    ├── DataError                         a data file that ships or that a user brings
    │   ├── DataNotFound
    │   └── DataFormatError               names file, line and column
    ├── ModelError                        a model pack that is missing, damaged or of another protocol
    └── InputError                        an input that cannot be read as a report

Trouble inside one report is never an exception: it is a `Problem` of its `Reading`.
"""

from __future__ import annotations

from pathlib import Path


class HearsayError(Exception):
    """Base of all errors below; its message says what is wrong and what would mend it."""


class ArgumentError(HearsayError, ValueError):
    """An argument that cannot be used."""


class DataError(HearsayError):
    """Trouble with a data file."""


class DataNotFound(DataError):
    """A data file that is not where it should be."""


class DataFormatError(DataError):
    """A data file with a line that cannot be read.

    Args:
        path: the file.
        line: number of the line, from 1; None when the fault has no line.
        what: the fault and its cure.
        column: name of the column at fault.
    """

    def __init__(self, path: Path | str, line: int | None, what: str, *, column: str | None = None) -> None:
        self.path, self.line, self.what, self.column = str(path), line, what, column
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {f'column {column}: ' if column else ''}{what}")


class ModelError(HearsayError):
    """A model pack that cannot be used."""


class InputError(HearsayError):
    """An input that holds no readable report.

    Args:
        name: what the user called it.
        reason: why it cannot be read.
    """

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")
