"""What one mention does to another: always one of the 16."""

from __future__ import annotations

import pytest

from hearsay.core.records import TYPES
from hearsay.core.span import Span
from hearsay.extract.relations import Relator
from hearsay.neural.decode import Analyser


@pytest.fixture(scope="module")
def relator(analyser: Analyser) -> Relator:
    return Relator(analyser)


def relate(relator: Relator, text: str, source: str | None, target: str | None) -> tuple[str, str, dict[str, float]]:
    spans = [Span(text.index(m), text.index(m) + len(m)) if m else None for m in (source, target)]
    return relator.relate(text, *spans)


@pytest.mark.parametrize(
    ("text", "source", "target", "kind", "modality"),
    [
        ("Chad accused Sudan of arming the rebels.", "Chad", "Sudan", "ACCUSE", "asserted"),
        ("Police arrested the editor on Monday.", "Police", "the editor", "COERCE", "asserted"),
        ("Norway will help the refugees.", "Norway", "the refugees", "AGREE", "future"),
        ("The rebels refused to meet the envoy.", "The rebels", "the envoy", "REJECT", "asserted"),
    ],
)
def test_the_event_between_decides(relator: Relator, text: str, source: str, target: str, kind: str, modality: str) -> None:
    found = relate(relator, text, source, target)
    assert found[:2] == (kind, modality)


def test_scores_cover_the_types_and_sum_to_one(relator: Relator) -> None:
    _, _, scores = relate(relator, "Chad accused Sudan.", "Chad", "Sudan")
    assert set(scores) == set(TYPES)
    assert sum(scores.values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("text", ["Chad.", "Chad and Sudan are far apart.", "x " * 900])
def test_there_is_always_an_answer(relator: Relator, text: str) -> None:
    assert relator.relate(text, Span(0, 1), None)[0] in TYPES
