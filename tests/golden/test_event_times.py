"""The event's own time, sentence by sentence, in event_times.tsv; and which sentences of a body stay on the report's day."""

from __future__ import annotations

from pathlib import Path

import pytest

import hearsay
from hearsay.api import open_reader
from hearsay.core.document import Article, Document, Part
from hearsay.core.span import Span
from hearsay.knowledge.files import Row, read_table
from hearsay.resolve.timexes import find_timexes
from hearsay.resolve.when import choose_time
from hearsay.text.layout import lay_out_sentence
from tests.golden.excuses import excuse

ROWS = list(read_table(Path(__file__).parent / "event_times.tsv"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['event']}: {r['reason']}" for r in ROWS])
def test_own_time(row: Row, request: pytest.FixtureRequest) -> None:
    excuse(request, row["reason"])
    text = row["sentence"]
    span = Span(0, len(text))
    (sentence,), _ = open_reader().analyser.analyse(text, [lay_out_sentence(text, span)])
    timexes = find_timexes(Document(Article(text, (Part("body", span),)), (sentence,)), row["date"])
    at = next(i for i, t in enumerate(sentence.tokens) if t.text == row["event"])
    when = choose_time(sentence, at, timexes, None)
    assert (when.value if when else "-") == row["value"], row["reason"]


def test_a_body_stays_on_the_reports_day_in_the_simple_past_only() -> None:
    reading = hearsay.read_text(
        "BAMAKO, Dec 20 (Reuters) - Gunmen attacked a convoy in northern Mali on Tuesday.\n\n"
        "The army arrested three men. Rebels have attacked the road before.\n\n"
        "In 2019 rebels killed ten soldiers there. They burned two villages.",
        date="2022-12-20",
    )
    times = {e.trigger.of(reading.text): e.when.value if e.when else None for e in reading.events}
    assert times["arrested"] == "2022-12-20"
    assert times["killed"] == "2019"
    assert times.get("burned") is None, "the sentence before it left the day"
