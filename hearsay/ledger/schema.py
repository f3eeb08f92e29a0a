"""Opens a ledger file: finds its version, brings it up to date, and turns SQLite's errors into ours.

The tables are in `sql/NNNN_*.sql`, run in order, each in a transaction of its own; `PRAGMA user_version` is the number of the
last. Nothing here knows what the tables hold.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from hearsay.ledger.errors import LedgerBusyError, LedgerError, LedgerVersionError
from hearsay.ledger.folding import fold_all
from hearsay.ledger.packed import Pack32, pack_all

APPLICATION_ID = 0x48536179
"""'HSay' in the header of the file: tells a ledger from any other SQLite database."""

BUSY_TIMEOUT_S = 20.0

_AFTER = {2: pack_all, 4: fold_all}
"""What a migration does that SQL alone cannot, by its number."""


def migrations() -> list[tuple[int, str]]:
    """Number and SQL of each migration, in order."""
    folder = resources.files("hearsay.ledger").joinpath("sql")
    files = sorted((f for f in folder.iterdir() if re.match(r"\d{4}_.*\.sql$", f.name)), key=lambda f: f.name)
    return [(int(f.name[:4]), f.read_text(encoding="utf-8")) for f in files]


def current_version() -> int:
    """The schema version that this Hearsay writes."""
    return migrations()[-1][0]


def connect(path: Path, *, readonly: bool, timeout_s: float = BUSY_TIMEOUT_S) -> sqlite3.Connection:
    """An open connection to a file of any schema version; autocommit, so that transactions are ours to begin."""
    mode = "ro" if readonly else "rwc"
    link = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout_s, isolation_level=None, check_same_thread=False
    )
    link.row_factory = sqlite3.Row
    link.create_aggregate("pack32", -1, Pack32)  # type: ignore[arg-type]
    link.execute("PRAGMA cache_size = -65536")
    link.execute("PRAGMA mmap_size = 268435456")
    return link


def prepare(link: sqlite3.Connection, path: Path, *, create: bool, readonly: bool) -> None:
    """Check the version of an opened file and migrate it.

    Raises:
        LedgerVersionError: newer than this Hearsay, or older and opened for reading only.
        LedgerError: no ledger at all.
    """
    version = _version(link)
    if _is_foreign(link, version):
        raise LedgerError(path, "this is an SQLite database but no Hearsay ledger; give another path")
    if version == 0 and not create:
        raise LedgerError(path, "an empty file, no ledger; `hearsay add INPUT... --ledger FILE` makes one")
    if version > current_version():
        known = f"schema {version}, this one knows {current_version()}"
        raise LedgerVersionError(path, f"written by a newer Hearsay ({known}); upgrade with `pip install -U hearsay-ledger`")
    if 0 < version < current_version() and readonly:
        old = f"schema {version} is older than {current_version()}"
        raise LedgerVersionError(path, f"{old}; run any `hearsay add` on it once to bring it up to date")
    if not readonly:
        _write_settings(link)
        _migrate(link)


def _version(link: sqlite3.Connection) -> int:
    return int(link.execute("PRAGMA user_version").fetchone()[0])


def _is_foreign(link: sqlite3.Connection, version: int) -> bool:
    mark = int(link.execute("PRAGMA application_id").fetchone()[0])
    tables = int(link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    return mark != APPLICATION_ID and (version > 0 or tables > 0)


def _write_settings(link: sqlite3.Connection) -> None:
    """WAL, so that readers never wait. The switch does not honour the busy timeout, hence the loop."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            link.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    link.execute("PRAGMA synchronous = NORMAL")
    link.execute("PRAGMA foreign_keys = OFF")


def _migrate(link: sqlite3.Connection) -> None:
    for number, script in migrations():
        if number <= _version(link):
            continue
        link.execute("BEGIN IMMEDIATE")
        try:
            if number > _version(link):  # another process may have been first
                for statement in _statements(script):
                    link.execute(statement)
                if number in _AFTER:
                    _AFTER[number](link)
                link.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                link.execute(f"PRAGMA user_version = {number}")
            link.execute("COMMIT")
        except BaseException:
            link.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


@contextmanager
def guard(path: Path | str) -> Iterator[None]:
    """Turns SQLite's errors into a `LedgerError` that names the file and the cure."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translate(path, error) from error


def _translate(path: Path | str, error: sqlite3.DatabaseError) -> LedgerError:
    said = str(error)
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerBusyError(path, "busy: another process is writing to this ledger; wait for it to finish and run the command again")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        cure = f"restore a copy, save what can be saved with `sqlite3 {path} .recover | sqlite3 new.db`, or add the inputs to a new ledger"
        return LedgerError(path, f"damaged or no ledger ({said}); {cure}")
    if name.startswith("SQLITE_CANTOPEN"):
        return LedgerError(path, "cannot be opened; check that the folder exists and that you may read and write there")
    if name.startswith("SQLITE_READONLY"):
        return LedgerError(path, "is read-only; copy it to a place where you may write")
    if name.startswith("SQLITE_FULL"):
        return LedgerError(path, "the disk is full; everything added before is safe, make room and run the same command again")
    return LedgerError(path, f"{said} ({name or type(error).__name__})")
