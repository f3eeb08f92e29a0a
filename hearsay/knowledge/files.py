"""Data files: find, open, read row by row, every fault with its file and line.

A table is UTF-8 text, columns parted by tabs. It opens with comment lines: `# columns: a b c`, `# source: …`,
`# licence: …`, `# version: …`; `#` at the start of a line comments, blank lines are skipped. An ontology is TOML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hearsay.errors import DataFormatError, DataNotFound

DATA = Path(__file__).resolve().parent.parent / "data"
REQUIRED = ("columns", "source", "licence", "version")


class Row:
    """One row of a table: its cells by column, and where it stands. Nothing changes it; a frozen dataclass takes twice as long to make."""

    __slots__ = ("cells", "file", "line")

    def __init__(self, cells: dict[str, str], file: str, line: int) -> None:
        self.cells, self.file, self.line = cells, file, line

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def place(self) -> str:
        """`file:line`, as it appears in the `rule` of records that this row decided."""
        return f"{self.file}:{self.line}"


def find_data(name: str) -> Path:
    """Path of a data file that ships. Raises DataNotFound."""
    path = DATA / name
    if not path.exists():
        raise DataNotFound(f"{path}: a data file of Hearsay is missing; install the package again")
    return path


def read_table(name: str | Path) -> Iterator[Row]:
    """Rows of a table, in order.

    Args:
        name: a name under `hearsay/data`, or the path of a user's file.

    Raises:
        DataNotFound: no such file.
        DataFormatError: no header, or a row whose number of cells is not that of the columns (missing last cells are empty).
    """
    path = name if isinstance(name, Path) else find_data(name)
    columns: list[str] = []
    shown = path.relative_to(DATA).as_posix() if path.is_relative_to(DATA) else path.name
    for number, line in enumerate(_lines(path), 1):
        if line.startswith("# columns:"):
            columns = line.partition(":")[2].split()
        elif line.strip() and not line.startswith("#"):
            yield _row(path, shown, number, columns, line)


def read_header(name: str | Path) -> dict[str, str]:
    """`columns`, `source`, `licence`, `version` of a table. Raises DataFormatError when one is missing."""
    path = name if isinstance(name, Path) else find_data(name)
    out: dict[str, str] = {}
    for line in _lines(path):
        if line.startswith("# ") and ":" in line:
            key, _, value = line[2:].partition(":")
            out.setdefault(key.strip(), value.strip())
    for key in REQUIRED:
        if not out.get(key):
            raise DataFormatError(path, 1, f"the table does not say its {key}: add a line '# {key}: …'")
    return out


def read_toml(name: str | Path) -> dict[str, Any]:
    """A TOML file as a dictionary. Raises DataNotFound or DataFormatError."""
    path = name if isinstance(name, Path) else find_data(name)
    try:
        return tomllib.loads("\n".join(_lines(path)))
    except tomllib.TOMLDecodeError as error:
        raise DataFormatError(path, None, f"not valid TOML: {error}") from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise DataNotFound(f"{path}: no such file") from error
    except UnicodeDecodeError as error:
        raise DataFormatError(path, None, "not UTF-8 text: save it as UTF-8") from error


def _row(path: Path, shown: str, number: int, columns: list[str], line: str) -> Row:
    if not columns:
        raise DataFormatError(path, number, "a row before the line '# columns: …' that names the columns")
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) == len(columns) and " \t" not in line and "\t " not in line and line[0] != " " != line[-1]:
        return Row(dict(zip(columns, cells, strict=True)), shown, number)  # nearly always
    if " \t" in line or "\t " in line or line[0] == " " or line[-1] == " ":
        cells = [c.strip() for c in cells]
    if len(cells) > len(columns):
        raise DataFormatError(path, number, f"{len(cells)} cells for {len(columns)} columns ({', '.join(columns)})")
    cells += [""] * (len(columns) - len(cells))
    return Row(dict(zip(columns, cells, strict=False)), shown, number)
