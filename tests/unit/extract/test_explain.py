"""Explanations say what decided, in words of the report and rows of the tables."""

from __future__ import annotations

import pytest

from hearsay.errors import ArgumentError
from hearsay.page.inputs import RawReport

TEXT = "Kenyan police arrested two smugglers near Lamu on Monday, the interior ministry said."


def test_an_explanation_names_trigger_row_roles_modality_and_source(reader) -> None:
    report = RawReport("x", text=TEXT)
    event = next(e for e in reader.read(report, date="2020-05-06").events if e.trigger.of(TEXT) == "arrested")
    explanation = reader.explain(report, event.id, date="2020-05-06")
    seen = {r.about: r.seen for r in explanation.reasons}
    assert explanation.sentence == TEXT
    assert seen["trigger"] == "arrested"
    assert "COERCE" in seen["table row"] and ".tsv:" in seen["table row"]
    assert seen["actor"].startswith("Kenyan police: subj") and seen["recipient"].startswith("two smugglers")
    assert seen["modality"].startswith("asserted") and seen["when"].startswith("2020-05-04")
    assert (event.attribution or "the report itself") in seen["according to"]


def test_every_event_of_the_examples_can_be_explained(reader, examples) -> None:
    for path in sorted(examples.glob("*.txt")):
        report = RawReport(path.name, text=path.read_text(encoding="utf-8"))
        for event in reader.read(report).events:
            assert reader.explain(report, event.id).reasons


def test_an_event_that_is_not_there_is_an_argument_error(reader) -> None:
    with pytest.raises(ArgumentError, match="it has e1"):
        reader.explain(RawReport("x", text=TEXT), "e77")
