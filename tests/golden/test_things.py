"""Reports of things.txt: what stands for one thing is one thing, and the thing has its country, sector, kind and name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import hearsay
from hearsay.core.records import Reading, Thing
from hearsay.core.span import Span
from tests.golden.excuses import excuse

_MARK = re.compile(r"\{(\w) ([^{}]*)\}")
_FACTS = re.compile(r"^(\w) (\S+) (\S+) (\S+) (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A report, its marked mentions by letter, and what is said of each letter's thing."""

    date: str
    reason: str
    text: str
    marks: tuple[tuple[str, Span], ...]
    facts: tuple[tuple[str, ...], ...]


def read_cases() -> list[Case]:
    """The cases of the file."""
    whole = (Path(__file__).parent / "things.txt").read_text(encoding="utf-8")
    return [_case(block) for block in re.split(r"^== ", whole, flags=re.MULTILINE)[1:]]


def _case(block: str) -> Case:
    title, _, rest = block.strip().partition("\n")
    facts = tuple(f.groups() for f in _FACTS.finditer(rest))
    marked = _FACTS.sub("", rest).strip()
    text, marks, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        marks.append((mark[1], Span(len(text), len(text) + len(mark[2]))))
        text, at = text + mark[2], mark.end()
    date, _, reason = title.partition(" ")
    return Case(date, reason, text + marked[at:], tuple(marks), facts)


def thing_at(reading: Reading, span: Span) -> Thing | None:
    """The thing with a mention that shares most of its letters with a span."""
    shared = [(overlap(m, span), t.id) for t in reading.things for m in t.mentions]
    best = max(shared, default=(0.0, ""))
    return reading.thing(best[1]) if best[0] > 0.5 else None


def overlap(a: Span, b: Span) -> float:
    """Shared length over joint length."""
    both = min(a.end, b.end) - max(a.start, b.start)
    return both / (max(a.end, b.end) - min(a.start, b.start)) if both > 0 else 0.0


CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[c.reason for c in CASES])
def test_one_thing_with_all_its_mentions(case: Case, request: pytest.FixtureRequest) -> None:
    excuse(request, case.reason)
    reading = hearsay.read_text(case.text, date=case.date)
    found: dict[str, str] = {}
    for letter, span in case.marks:
        thing = thing_at(reading, span)
        words = span.of(case.text)
        assert thing is not None, f"no thing for {letter} {words!r}"
        assert found.setdefault(letter, thing.id) == thing.id, f"{letter} {words!r} is taken for {thing.name!r}"
    assert len(set(found.values())) == len(found), f"two letters share a thing: {found}"
    for letter, country, sector, kind, name in case.facts:
        thing = reading.thing(found[letter])
        assert thing is not None
        told = (thing.country, thing.sector, thing.kind, thing.name)
        for want, got in zip((country, sector, kind, name), told, strict=True):
            assert want == "*" or (got or "-") in (want.split("|") if want != name else [want]), f"{letter}: {told}"
