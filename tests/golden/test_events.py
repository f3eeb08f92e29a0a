"""Events as drawn into the sentences of events.txt."""

from __future__ import annotations

import re
from pathlib import Path

from hearsay.core.document import Article, Document, Part
from hearsay.core.records import Event
from hearsay.core.span import Span
from hearsay.extract.events import code_events
from hearsay.knowledge.markup import parse_trigger, strip_marks
from hearsay.neural.decode import Analyser
from hearsay.text.layout import lay_out_sentence

FILE = Path(__file__).with_name("events.txt")
LOST = 3
"""Sentences that a change of the model may cost; the tables alone decide here."""

Drawn = set[tuple[str, str, str, frozenset[str], frozenset[str]]]


def cases() -> list[tuple[str, str]]:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(reason, marked) for reason, _, marked in (line.partition(" | ") for line in lines)]


def drawn(marked: str) -> tuple[str, Drawn]:
    text, spans = strip_marks(marked)
    out: Drawn = set()
    for start, end, label in spans:
        trigger = parse_trigger(label)
        if trigger:
            number, kind, _, modality, _ = trigger
            actors, recipients = (frozenset(text[s:e] for s, e, m in spans if m == f"{role}{number}") for role in "ar")
            out.add((text[start:end], kind, modality, actors, recipients))
    return text, out


def found(events: tuple[Event, ...], text: str) -> Drawn:
    return {
        (e.trigger.of(text), e.type, e.modality, frozenset(p.text for p in e.actors), frozenset(p.text for p in e.recipients))
        for e in events
    }


def test_sentences_code_as_drawn(analyser: Analyser) -> None:
    faults = []
    for reason, marked in cases():
        text, wanted = drawn(marked)
        whole = Span(0, len(text))
        sentences, evidence = analyser.analyse(text, [lay_out_sentence(text, whole)])
        said = found(code_events(Document(Article(text, (Part("body", whole),)), sentences), evidence, ()), text)
        if said != wanted:
            faults.append(f"{reason}: {marked} -> {sorted(map(repr, said ^ wanted))}")
    print(*faults, sep="\n")
    assert len(faults) <= LOST


def test_every_sentence_has_its_reason() -> None:
    assert all(reason and not re.search(r"[{}]", reason) for reason, _ in cases())
