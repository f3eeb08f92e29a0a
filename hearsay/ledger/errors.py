"""What can go wrong with a ledger.

    HearsayError
    └── LedgerError            names the file and the cure
        ├── LedgerVersionError the file is newer (or older and opened for reading only)
        ├── LedgerBusyError    another process holds the write lock for longer than the timeout
        └── RecordNotFound     no record with this id
"""

from __future__ import annotations

from pathlib import Path

from hearsay.errors import HearsayError


class LedgerError(HearsayError):
    """A ledger that cannot be used.

    Args:
        path: the file.
        what: the fault and its cure.
    """

    def __init__(self, path: Path | str, what: str) -> None:
        self.path, self.what = str(path), what
        super().__init__(f"{path}: {what}")


class LedgerVersionError(LedgerError):
    """A ledger of another schema version."""


class LedgerBusyError(LedgerError):
    """Another process writes to the ledger and did not finish in time."""


class RecordNotFound(LedgerError):
    """No report or record with this id in the ledger."""
