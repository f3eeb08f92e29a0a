"""Who speaks, drawn into reports: the source marked with a number is given to the thing of the name that `speakers.tsv` asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hearsay.core.records import Reading
from hearsay.core.span import Span
from hearsay.knowledge.files import Row, read_table
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader
from tests.golden.excuses import excuse

CASES = list(read_table(Path(__file__).with_name("speakers.tsv")))
_MARK = re.compile(r"\{(\w) |\}")


def read_marks(marked: str) -> tuple[str, dict[str, Span]]:
    """Text without marks, and the places of the marked words by number."""
    marked = marked.replace("¶", "\n\n")
    text, stack, places, at = "", [], {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() == "}":
            start, number = stack.pop()
            places[number] = Span(start, len(text))
        else:
            stack.append((len(text), mark.group(1)))
    return text + marked[at:], places


def speaker_at(reading: Reading, place: Span) -> str:
    """Name of the thing that speaks through a source; "?" if nobody is named."""
    said = next((a for a in reading.attributions if any(s.overlaps(place) for s in a.source)), None)
    assert said, [(a.source, a.cue[0].of(reading.text)) for a in reading.attributions]
    thing = reading.thing(said.speaker)
    return thing.name if thing else "?"


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.line}: {c['reason']}")
def test_speakers(case: Row, reader: Reader, request: pytest.FixtureRequest) -> None:
    excuse(request, case["reason"])
    text, places = read_marks(case["marked"])
    reading = reader.read(RawReport("case", text=text), date="2024-03-01")
    for pair in case["expects"].split():
        number, _, name = pair.partition("=")
        found = speaker_at(reading, places[number])
        assert name.replace("_", " ") in found, (number, found, [(t.id, t.name, t.kind) for t in reading.things])
