"""Attributions drawn into the text: the shipped model finds exactly the spans that `attributions.tsv` marks.

What stands inside another's content and is not drawn may be found besides; nothing else may.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hearsay.core.document import Article, Document, Part
from hearsay.core.records import Attribution
from hearsay.core.span import Span
from hearsay.extract.attributions import find_attributions
from hearsay.extract.quotations import split_paragraphs
from hearsay.knowledge.files import Row, read_table
from hearsay.neural.decode import Analyser
from hearsay.neural.heads import PartScorer
from hearsay.text.layout import lay_out
from tests.golden.excuses import excuse

CASES = list(read_table(Path(__file__).with_name("attributions.tsv")))
_MARK = re.compile(r"\{([SCXA])(\d?) |\}")
_PARTS = {"S": "source", "C": "cue", "X": "content", "A": "addressee"}
Gold = dict[int, dict[str, list[tuple[int, int]]]]


def read_marks(marked: str) -> tuple[str, Gold]:
    """Text without marks, and for each attribution its spans by part."""
    marked = marked.replace("¶", "\n\n")
    text, stack, gold, at = "", [], {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() == "}":
            start, part, number = stack.pop()
            gold.setdefault(number, {}).setdefault(part, []).append((start, len(text)))
        else:
            stack.append((len(text), _PARTS[mark.group(1)], int(mark.group(2) or 1)))
    return text + marked[at:], gold


class Reader:
    """Text -> attributions with the shipped model."""

    def __init__(self) -> None:
        self.analyser = Analyser()
        self.scorer = PartScorer(self.analyser.pack)

    def read(self, text: str) -> tuple[Attribution, ...]:
        parts = tuple(Part("body", p) for p in split_paragraphs(text, Span(0, len(text))))
        layouts = lay_out(text, [p.span for p in parts])
        sentences, evidence = self.analyser.analyse(text, layouts)
        return find_attributions(Document(Article(text, parts), sentences), evidence, self.scorer)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def spans_of(attribution: Attribution) -> dict[str, list[tuple[int, int]]]:
    out = {part: [tuple(s) for s in getattr(attribution, part)] for part in _PARTS.values()}
    return {k: v for k, v in out.items() if v}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.line}: {c['reason']}")
def test_spans_and_readings(case: Row, reader: Reader, request: pytest.FixtureRequest) -> None:
    excuse(request, case["reason"])
    text, gold = read_marks(case["marked"])
    found = reader.read(text)
    shown = [{k: [text[s:e] for s, e in v] for k, v in spans_of(a).items()} for a in found]
    by_number: dict[int, Attribution] = {}
    for number, parts in gold.items():
        wanted = {k: sorted(v) for k, v in parts.items()}
        match = next((a for a in found if spans_of(a) == wanted), None)
        assert match, shown
        by_number[number] = match
    outer = [a for a in found if a.inside is None]
    assert len(outer) == sum(a.inside is None for a in by_number.values()), shown
    for word in case["expects"].split():
        check(word, by_number)


def check(word: str, found: dict[int, Attribution]) -> None:
    """One expectation: "direct", "2:denies", "negated", "2in1", "none"."""
    if word == "none":
        assert not found
        return
    if inner := re.fullmatch(r"(\d)in(\d)", word):
        assert found[int(inner[1])].inside == found[int(inner[2])].id
        return
    number, _, value = word.rpartition(":")
    one = found[int(number or 1)]
    assert value in (one.kind, one.stance, "negated" if one.negated else ""), (one.kind, one.stance, one.negated)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
