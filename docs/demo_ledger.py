"""Reads the example reports, each with its own date, into a small ledger: `python docs/demo_ledger.py build/demo.db`.

Also shows how a ledger is filled from Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hearsay.ledger import Ledger
from hearsay.ledger_cli.add import coder_version, input_key
from hearsay.page.inputs import open_inputs
from hearsay.pipeline import Reader

DATES = {
    "aid_summit.txt": "2023-07-06",
    "border_clash.txt": "2023-06-03",
    "border_clash_morsk.txt": "2023-06-04",
    "cup_final.txt": "2023-05-21",
    "hostages.txt": "2023-03-14",
    "journalist_freed.txt": "2023-09-15",
    "old_wire.txt": "1989-02-14",
    "strike.html": None,  # the page tells its date
}
FOLDER = Path(__file__).resolve().parents[1] / "examples"


def main(path: Path) -> None:
    """Add what the ledger has not yet, and say how to open it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    version, reader = coder_version(), None
    with Ledger.open(path, create=True) as ledger:
        for name, date in DATES.items():
            (report,) = open_inputs([str(FOLDER / name)])
            key = input_key(version, date, report)
            if not ledger.has_input(key):
                reader = reader or Reader()
                ledger.add(reader.read(report, date=date), coder_version=version, input_key=key)
    print(f"\nA small ledger of the example reports is in {path}. Look at it with\n\n    {_command()} serve --ledger {path} --open\n")


def _command() -> Path | str:
    beside = Path(sys.executable).with_name("hearsay")
    return beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else "hearsay"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
