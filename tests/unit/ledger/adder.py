"""A process that adds made readings and is killed: `python adder.py LEDGER FIRST LAST [JOBS]`. Run by test_kill.py."""

from __future__ import annotations

import sys
from pathlib import Path

from hearsay.core.records import Event, Participant, Provenance, Reading, Thing
from hearsay.core.span import Span

BY = Provenance("made", "made:1", 0.5)


def made(number: int) -> Reading:
    """A small reading with a row in every table."""
    text = f"Iran condemned ban number {number}. " * 3
    things = (Thing("t1", "state", "Iran", (Span(0, 4),), BY, country="IRN"),)
    event = Event("e1", "ACCUSE", Span(5, 14), BY, actors=(Participant(Span(0, 4), "Iran", "t1"),), chain=("Iran",))
    return Reading(f"made-{number}", text, date="2022-12-20", sentences=(Span(0, 20),), events=(event,), things=things)


def open_reader():
    """The fake reader; a module-level function, as processes need."""
    return made


def main() -> None:
    from hearsay.ledger import Ledger
    from hearsay.ledger.adding import Work, add_all

    path, first, last, *jobs = sys.argv[1:]
    work = Work(open_reader, lambda n: f"input-{n}", str, "made")
    with Ledger.open(Path(path), create=True) as ledger:
        for outcome in add_all(ledger, range(int(first), int(last)), work, jobs=int(jobs[0]) if jobs else 1):
            print(outcome.status, outcome.report, flush=True)


if __name__ == "__main__":
    main()
