"""Every row of the coding table does what its example says: run with -s to see the examples that fail."""

from __future__ import annotations

from functools import cache

import pytest

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.extract.arguments import role_span
from hearsay.extract.clauses import Clauses
from hearsay.extract.events import Coded, code_sentence
from hearsay.extract.triggers import trigger_span
from hearsay.knowledge.codings import Coding, Codings, load_codings
from hearsay.knowledge.markup import strip_marks
from hearsay.knowledge.ontology import load_ontology
from hearsay.neural.decode import Analyser
from hearsay.text.layout import lay_out_sentence
from hearsay.text.sentences import split_sentences

SHARE = 0.955
"""Examples that must code as stated; the rest may be lost to the parser, which reads terse sentences worse than reports (97.0 % do)."""


@cache
def analysed() -> dict[str, tuple[Sentence, ...]]:
    """The analysed example of each row, by the row's place; all go through the encoder at once."""
    table = [(row, strip_marks(row.example)[0]) for row in load_codings().rows if row.example]
    text = "\n".join(example for _, example in table)
    layouts, owners, at = [], [], 0
    for row, example in table:
        for span in split_sentences(text, (at, at + len(example))):
            layouts.append(lay_out_sentence(text, span))
            owners.append((row.place, at))
        at += len(example) + 1
    found: dict[str, tuple[Sentence, ...]] = {}
    for sentence, (place, start) in zip(Analyser().analyse(text, layouts)[0], owners, strict=True):
        found[place] = (*found.get(place, ()), _moved(sentence, start))
    return found


def _moved(sentence: Sentence, start: int) -> Sentence:
    tokens = tuple(t._replace(start=t.start - start, end=t.end - start) for t in sentence.tokens)
    return Sentence(sentence.index, sentence.span.shift(-start), sentence.part, tokens)


def fault_of(row: Coding, sentences: tuple[Sentence, ...], codings: Codings) -> str:
    """What the example codes as instead; empty when all is as stated."""
    text, marks = strip_marks(row.example)
    trigger = next(Span(s, e) for s, e, label in marks if label == "e")
    for sentence in sentences:
        clauses = Clauses(sentence, codings.forms)
        for coded in code_sentence(clauses, codings):
            if trigger_span(clauses, coded.trigger).overlaps(trigger):
                return _compare(row, coded, clauses, text, marks)
    return "" if not row.is_event else "no event"


def _compare(row: Coding, coded: Coded, clauses: Clauses, text: str, marks: list[tuple[int, int, str]]) -> str:
    if coded.type != row.type:
        return f"{coded.type} by {coded.trigger.coding.place}, stated {row.type}"
    fillers = frozenset({*coded.roles.actors, *coded.roles.recipients})
    for label, heads in (("a", coded.roles.actors), ("r", coded.roles.recipients)):
        stated = {text[s:e] for s, e, mark in marks if mark == label}
        found = {role_span(clauses, j, fillers).of(text) for j in heads}
        if stated != found:
            return f"{'actor' if label == 'a' else 'recipient'} {sorted(found)}, stated {sorted(stated)}"
    return ""


def test_examples_code_as_stated() -> None:
    codings = load_codings()
    rows = [row for row in codings.rows if row.example]
    faults = [(row, fault) for row in rows if (fault := fault_of(row, analysed()[row.place], codings))]
    for row, fault in faults:
        print(f"{row.place}: {row.example} -> {fault}")
    print(f"{len(rows) - len(faults)} of {len(rows)} examples code as stated")
    assert len(faults) <= (1 - SHARE) * len(rows)


@pytest.mark.parametrize("row", [r for r in load_codings().rows if r.example], ids=lambda r: r.place.rpartition("/")[2])
def test_examples_are_marked(row: Coding) -> None:
    _, marks = strip_marks(row.example)
    assert {label for _, _, label in marks} <= {"e", "a", "r"}
    assert sum(label == "e" for _, _, label in marks) == 1


def test_codes_exist() -> None:
    ontology = load_ontology()
    for row in load_codings().rows:
        if row.is_event:
            assert ontology.is_mode(row.type, row.mode), f"{row.place}: {row.type} has no mode {row.mode}"
            code = ontology.codes.get(row.cameo) if row.cameo else None
            assert not row.cameo or code, f"{row.place}: no CAMEO code {row.cameo}"
            assert code is None or code.type in ("", row.type), f"{row.place}: CAMEO {row.cameo} is {code.type}, not {row.type}"
