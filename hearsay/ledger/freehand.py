"""SQL of a person's own, on a ledger that it cannot change: read-only file, reading statements only, no other file."""

from __future__ import annotations

import sqlite3
from os import PathLike
from pathlib import Path
from typing import Any

from hearsay.errors import ArgumentError
from hearsay.ledger.schema import connect, guard
from hearsay.ledger.store import Ledger

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_PRAGMAS = {"table_info", "table_list", "table_xinfo", "index_list", "index_info", "data_version", "user_version"}
_VIRTUAL = ("passage_words", "content_words", "entity_names")
_STEPS = 200_000
"""Virtual-machine steps between looks at Ctrl-C."""


def run_sql(path: str | PathLike[str], sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows that a SELECT gives. The tables are described in docs/guide/ledger.md.

    Raises:
        ArgumentError: no statement, several, one that writes, or one that SQLite does not understand.
    """
    with Ledger.open(path, readonly=True):
        pass
    place = Path(path)
    with guard(place):
        link = connect(place, readonly=True)
        try:
            return _run(link, sql)
        finally:
            link.close()


def _run(link: sqlite3.Connection, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    link.row_factory = None
    for table in _VIRTUAL:  # opening one needs rights that its reader shall not have
        link.execute(f"SELECT 1 FROM {table} LIMIT 0").fetchall()
    link.set_authorizer(_authorize)
    link.set_progress_handler(lambda: 0, _STEPS)
    try:
        cursor = link.execute(sql)
    except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
        raise ArgumentError(f"SQL: {error}") from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_AUTH":
            raise ArgumentError("SQL: only statements that read the ledger are allowed; use `hearsay judge` to correct it") from error
        raise
    if cursor.description is None:
        raise ArgumentError("SQL: give one SELECT")
    return [column[0] for column in cursor.description], cursor.fetchall()


def _authorize(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
