"""Every row of the cue table: its example, read by the shipped encoder, has the row's stance; the table is well formed."""

from __future__ import annotations

import re

import pytest

from hearsay.core.document import Sentence
from hearsay.core.records import STANCES
from hearsay.extract.stances import CUES, find_stance
from hearsay.knowledge.files import Row, read_header, read_table
from hearsay.neural.decode import Analyser
from hearsay.text.layout import lay_out_sentence

ROWS = list(read_table(CUES))


def plain(example: str) -> tuple[str, int, int]:
    """Text without braces, and the place of the cue."""
    found = re.search(r"\{(.+?)\}", example)
    assert found, example
    return example.replace("{", "").replace("}", ""), found.start(), found.end() - 2


@pytest.fixture(scope="module")
def sentences() -> dict[str, Sentence]:
    analyser = Analyser()
    texts = [plain(r["example"])[0] for r in ROWS]
    starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(len(texts))]
    whole = "\n".join(texts)
    layouts = [lay_out_sentence(whole, (s, s + len(t))) for s, t in zip(starts, texts, strict=True)]
    found, _ = analyser.analyse(whole, layouts)
    return {r.place: s for r, s in zip(ROWS, found, strict=True)}


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['cue']}/{r['frame']}")
def test_example_has_the_stance_of_its_row(row: Row, sentences: dict[str, Sentence]) -> None:
    _, start, end = plain(row["example"])
    sentence = sentences[row.place]
    at = sentence.span.start
    cue = [i for i, t in enumerate(sentence.tokens) if t.start < at + end and t.end > at + start]
    found = find_stance(sentence, cue[0], cue[-1] + 1)
    assert found.stance == row["stance"], (found, [(t.text, t.lemma, t.upos) for t in sentence.tokens])


def test_table_is_well_formed() -> None:
    read_header(CUES)
    assert {r["stance"] for r in ROWS} == set(STANCES)
    keys = [(r["cue"], r["frame"]) for r in ROWS]
    assert len(set(keys)) == len(keys), sorted(k for k in keys if keys.count(k) > 1)
    assert len({r["cue"] for r in ROWS}) >= 350
    examples = [r["example"] for r in ROWS]
    assert len(set(examples)) == len(examples)
