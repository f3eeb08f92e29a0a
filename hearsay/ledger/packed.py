"""Events and their parties as arrays of 32-bit numbers, a row of the table `packed` for each report.

Written with every report and judgement, read by `columns`. Days are numbers such as 20221220, words are numbers of the table
`codes`, what is not known is 0.
"""

from __future__ import annotations

import sqlite3
from array import array

EVENT_COLUMNS = ("id", "report", "publisher", "type", "mode", "modality", "part", "first", "last", "flags")
PARTY_COLUMNS = ("event", "role", "entity", "country", "sector", "sector2")
ALLEGED, BACKGROUND, TEASER, REJECTED, QUANTITY = 1, 2, 4, 8, 16
"""Flags of an event."""
ROLES = ("actor", "recipient", "place")
"""Roles of a party, by number."""

_CODE = "(SELECT id FROM codes WHERE text = {})"
_DAY = "CAST(replace({}, '-', '') AS INTEGER)"
_FLAGS = f"""(e.attribution IS NOT NULL) * {ALLEGED} + (e.background <> 0) * {BACKGROUND} + (e.teaser <> 0) * {TEASER}
             + (e.rejected <> 0) * {REJECTED} + (e.quantity IS NOT NULL) * {QUANTITY}"""
_EVENTS = f"""SELECT pack32(e.id, e.report, {_CODE.format("r.publisher")}, {_CODE.format("e.type")}, {_CODE.format("e.mode")},
              {_CODE.format("e.modality")}, {_CODE.format("e.part")}, {_DAY.format("e.day_from")}, {_DAY.format("e.day_to")}, {_FLAGS})
              FROM events e WHERE e.report = r.id"""
_PARTIES = f"""SELECT pack32(q.event, instr('arp', substr(q.role, 1, 1)) - 1, q.entity, {_CODE.format("q.country")},
               {_CODE.format("q.sector")}, {_CODE.format("q.sector2")})
               FROM events e JOIN participants q ON q.event = e.id WHERE e.report = r.id"""
_OF_EVENTS = ("type", "mode", "modality", "part")
_OF_PARTIES = ("country", "sector", "sector2")


class Pack32:
    """An SQL aggregate: all its arguments, row by row, as 32-bit numbers; NULL is 0."""

    def __init__(self) -> None:
        self._numbers = array("i")

    def step(self, *values: int | None) -> None:
        """One row more."""
        self._numbers.extend([v or 0 for v in values])

    def finalize(self) -> bytes:
        """The rows."""
        return self._numbers.tobytes()


def pack_report(link: sqlite3.Connection, report: int) -> None:
    """Bring a report's row of `packed` in line with its events and parties."""
    _pack(link, "= :report", {"report": report})


def pack_all(link: sqlite3.Connection) -> None:
    """Make every report's row."""
    _pack(link, "IS NOT NULL", {})


def _pack(link: sqlite3.Connection, which: str, values: dict[str, int]) -> None:
    words = [f"SELECT {c} FROM events WHERE report {which}" for c in _OF_EVENTS]
    words += [f"SELECT q.{c} FROM participants q JOIN events e ON e.id = q.event WHERE e.report {which}" for c in _OF_PARTIES]
    words.append(f"SELECT publisher FROM reports WHERE id {which}")
    link.execute(_new_codes(" UNION ".join(words)), values)
    filled = f"SELECT r.id, coalesce(({_EVENTS}), x''), coalesce(({_PARTIES}), x'') FROM reports r WHERE r.id {which}"
    link.execute(f"INSERT OR REPLACE INTO packed {filled}", values)


def _new_codes(union: str) -> str:
    return f"WITH w (text) AS ({union}) INSERT OR IGNORE INTO codes (text) SELECT text FROM w WHERE text IS NOT NULL ORDER BY text"
