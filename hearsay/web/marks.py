"""Spans of a text -> pieces of it, each with what it belongs to, so that a page can mark sources, cues, contents and events.

Spans may overlap and nest: the text is cut wherever one begins or ends. Nothing of it is lost or moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hearsay.ledger.shapes import EventRow, StatementRow


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the report's text that plays a role in a record."""

    start: int
    stop: int
    role: str
    record: str
    alleged: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: the roles it plays, the records it belongs to (the narrowest first), whether a record's head begins in it."""

    text: str
    roles: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    head: str | None = None
    alleged: bool = False


HEADS = ("trigger", "cue")
"""Roles that stand for their record: a page makes them links to it."""


def cut(text: str, start: int, stop: int, marks: Iterable[Mark]) -> list[Piece]:
    """The pieces of `text[start:stop]`.

    >>> [(p.text, p.roles) for p in cut("He said no.", 0, 11, [Mark(3, 7, "cue", "a1"), Mark(8, 10, "content", "a1")])]
    [('He ', ()), ('said', ('cue',)), (' ', ()), ('no', ('content',)), ('.', ())]
    """
    inside = sorted((m for m in marks if m.start < stop and m.stop > start and m.start < m.stop), key=lambda m: m.start)
    edges = sorted({start, stop, *(e for m in inside for e in (m.start, m.stop) if start < e < stop)})
    pieces = []
    open_marks: list[Mark] = []
    waiting = 0
    for first, last in pairwise(edges):
        while waiting < len(inside) and inside[waiting].start <= first:
            open_marks.append(inside[waiting])
            waiting += 1
        open_marks = [m for m in open_marks if m.stop > first]
        pieces.append(_piece(text[first:last], first, open_marks))
    return pieces


def _piece(text: str, start: int, marks: Sequence[Mark]) -> Piece:
    if not marks:
        return Piece(text)
    narrow = sorted(marks, key=lambda m: (m.stop - m.start, m.role not in HEADS))
    roles = tuple(dict.fromkeys(m.role for m in narrow))
    head = next((m.record for m in narrow if m.role in HEADS and m.start == start), None)
    return Piece(text, roles, tuple(dict.fromkeys(m.record for m in narrow)), head, any(m.alleged for m in marks if m.role == "trigger"))


def marks_of_event(row: EventRow) -> list[Mark]:
    """Where an event's trigger, parties, time and place stand."""
    record, alleged = row["id"], row["alleged"]
    spans: list[tuple[str, Any]] = [("trigger", row["trigger_span"])]
    spans += [("actor", p["span"]) for p in row["actors"]] + [("recipient", p["span"]) for p in row["recipients"]]
    if row["when_span"]:
        spans.append(("time", row["when_span"]))
    if row["where"]:
        spans.append(("place", row["where"]["span"]))
    return [Mark(start, stop, role, record, alleged) for role, (start, stop) in spans]


def marks_of_statement(row: StatementRow) -> list[Mark]:
    """Where a statement's source, cue, content and addressee stand."""
    places = {role: row[f"{role}_spans"] for role in ("source", "cue", "content", "addressee")}  # type: ignore[literal-required]
    return [Mark(start, stop, role, row["id"]) for role, spans in places.items() for start, stop in spans]


def sentence_pieces(row: EventRow | StatementRow | Any, marks: Sequence[Mark]) -> list[Piece]:
    """The pieces of a row's sentence."""
    if not row["sentence"] or not row["sentence_span"]:
        return []
    start, stop = row["sentence_span"]
    moved = [Mark(m.start - start, m.stop - start, m.role, m.record, m.alleged) for m in marks]
    return cut(row["sentence"], 0, stop - start, moved)
