"""Events as records: attribution, dates, and how learned evidence joins the table."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from hearsay.core.document import Article, Document, Part, Sentence
from hearsay.core.records import TYPES, Attribution, Event, Provenance, Timex
from hearsay.core.span import Span
from hearsay.extract.events import code_events, find_attribution
from hearsay.extract.evidence import EventHeads
from hearsay.neural.decode import Evidence

_spec = importlib.util.spec_from_file_location("conll", Path(__file__).with_name("conll.py"))
assert _spec and _spec.loader
conll = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(conll)

VISIT = """
The the DET DT 2 det
king king NOUN NN 3 nsubj
visits visit VERB VBZ 0 root
Mali Mali PROPN NNP 3 obj B-LOC
in in ADP IN 6 case
June June PROPN NNP 3 obl
"""


def document(sentence: Sentence, date: str | None = "2021-05-12") -> Document:
    text = " ".join(t.text for t in sentence.tokens)
    return Document(Article(text, (Part("body", sentence.span),), date=date), (sentence,))


def timex(text: str, words: str, value: str) -> Timex:
    at = text.index(words)
    return Timex(Span(at, at + len(words)), "DATE", value, Provenance("times", "test"))


def code(sentence: Sentence, *, value: str = "2021-05", **rest: object) -> tuple[Event, ...]:
    whole = document(sentence)
    return code_events(whole, (), (), [timex(whole.text, "June", value)] if "June" in whole.text else [], **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "modality", "background"),
    [("2021-06", "future", False), ("2021-05", "asserted", False), ("2020-06", "asserted", True), ("2019", "asserted", True)],
)
def test_dates_make_events_future_or_history(value: str, modality: str, background: bool) -> None:
    (event,) = code(conll.tree(VISIT), value=value)
    assert (event.type, event.mode, event.cameo) == ("CONSULT", "visit", "042")
    assert ([p.text for p in event.actors], [p.text for p in event.recipients]) == (["The king"], ["Mali"])
    assert (event.modality, event.background) == (modality, background)


def test_the_rule_names_the_row() -> None:
    (event,) = code(conll.tree(VISIT))
    assert event.provenance.stage == "events"
    assert event.provenance.rule.startswith("codings")
    assert 0 < event.provenance.score <= 1


def attribution(key: str, cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
    return Attribution(key, "indirect", (), (Span(*cue),), (Span(*content),), Provenance("attributions", "test"))


def test_the_innermost_attribution_holds() -> None:
    outer, inner = attribution("a1", (0, 4), (5, 60)), attribution("a2", (10, 14), (15, 40))
    assert find_attribution(Span(20, 25), [outer, inner]) == "a2"
    assert find_attribution(Span(50, 55), [outer, inner]) == "a1"
    assert find_attribution(Span(70, 75), [outer, inner]) is None


def test_a_speech_act_belongs_to_the_attribution_around_its_own() -> None:
    outer, own = attribution("a1", (0, 4), (5, 60)), attribution("a2", (10, 17), (10, 40))
    assert find_attribution(Span(10, 17), [outer, own]) == "a1"


CONDEMN = """
Rome Rome PROPN NNP 2 nsubj B-LOC
condemned condemn VERB VBD 0 root
the the DET DT 4 det
murder murder NOUN NN 2 obj
of of ADP IN 7 case
the the DET DT 7 det
judge judge NOUN NN 4 nmod
"""
CLAIM = """
Rome Rome PROPN NNP 2 nsubj B-LOC
claimed claim VERB VBD 0 root
Oslo Oslo PROPN NNP 4 nsubj B-LOC
murdered murder VERB VBD 2 ccomp
the the DET DT 6 det
judge judge NOUN NN 4 obj
"""
REFER = """
Rome Rome PROPN NNP 2 nsubj B-LOC
referred refer VERB VBD 0 root
to to ADP IN 4 case
{0} {0} NOUN NN 2 obl
of of ADP IN 7 case
the the DET DT 7 det
murder murder NOUN NN 4 nmod
of of ADP IN 10 case
the the DET DT 10 det
judge judge NOUN NN 7 nmod
"""


@pytest.mark.parametrize(
    ("rows", "stance", "vouched"),
    [
        (REFER.format("night"), "asserts", False),
        (REFER.format("allegation"), "asserts", True),
        (CONDEMN, "accuses", False),
        (CLAIM, "claims", True),
        (CLAIM, "orders", False),
        (CLAIM, "denies", False),
    ],
)
def test_a_source_answers_for_what_it_claims_not_for_what_it_judges_or_asks(rows: str, stance: str, vouched: bool) -> None:
    sentence = conll.tree(rows)
    content = Span(sentence.tokens[2].start, sentence.tokens[-1].end)
    source, cue = sentence.tokens[0].span, sentence.tokens[1].span
    said = Attribution("a1", "indirect", (source,), (cue,), (content,), Provenance("attributions", "test"), stance=stance)
    found = {e.trigger.of(document(sentence).text): e.attribution for e in code_events(document(sentence), (), [said])}
    word = next(w for w in ("murder", "murdered") if w in found)
    assert (found[word] == "a1") == vouched


class Fake:
    """A role scorer that is sure of what it is told."""

    def __init__(self, roles: dict[int, int]) -> None:
        self.roles = roles

    def score(self, words: np.ndarray, cue: int) -> np.ndarray:
        out = np.zeros((len(words), 5), np.float32)
        for i in range(len(words)):
            out[i, self.roles.get(i, 0)] = 9.0
        return out


def evidence(count: int, events: dict[int, str], mood: int = 0) -> Evidence:
    scores, moods = np.zeros((count, 17), np.float32), np.zeros((count, 5), np.float32)
    scores[:, 0] = 12.0
    for i, kind in events.items():
        scores[i, TYPES.index(kind) + 1] = 24.0
    moods[:, mood], moods[:, 4] = 6.0, -6.0
    return Evidence(np.zeros((count, 4), np.float32), np.zeros((count, 3), np.float32), scores, moods)


def heads(sentence: Sentence, events: dict[int, str], roles: dict[int, int], mood: int = 0) -> tuple[Event, ...]:
    seen = evidence(len(sentence.tokens), events, mood)
    return code_events(document(sentence), (seen,), (), (), heads=EventHeads(Fake(roles)))


def test_heads_drop_what_only_the_table_sees() -> None:
    assert heads(conll.tree(VISIT), {}, {}) == ()


def test_heads_add_what_the_table_does_not_know() -> None:
    sentence = conll.tree("Oslo Oslo PROPN NNP 2 nsubj B-LOC\nzorbs zorb VERB VBZ 0 root\nChad Chad PROPN NNP 2 obj B-LOC")
    (event,) = heads(sentence, {1: "AID"}, {0: 1, 2: 2}, mood=1)
    assert (event.type, event.modality, event.provenance.rule) == ("AID", "future", "event head")
    assert ([p.text for p in event.actors], [p.text for p in event.recipients]) == (["Oslo"], ["Chad"])


def test_heads_correct_roles() -> None:
    (event,) = heads(conll.tree(VISIT), {2: "CONSULT"}, {1: 1, 0: 1})
    assert ([p.text for p in event.actors], event.recipients) == (["The king"], ())


TALKS = """
US US PROPN NNP 3 compound B-LOC
- - PUNCT HYPH 1 punct
Russia Russia PROPN NNP 4 compound B-LOC
talks talk NOUN NNS 5 nsubj
resumed resume VERB VBD 0 root
"""
LEADER = """
The the DET DT 2 det
leader leader NOUN NN 5 nsubj
of of ADP IN 4 case
Chad Chad PROPN NNP 2 nmod B-LOC
visits visit VERB VBZ 0 root
Mali Mali PROPN NNP 5 obj B-LOC
"""
TROOPS = """
Over over ADV RB 3 advmod
100 100 NUM CD 3 nummod
rebels rebel NOUN NNS 4 nsubj
attacked attack VERB VBD 0 root
Aden Aden PROPN NNP 4 obj B-LOC
"""


@pytest.mark.parametrize(
    ("rows", "trigger", "roles", "actors", "why"),
    [
        (TALKS, (3, "CONSULT"), {0: 1, 2: 1}, {"US", "Russia"}, "both whom a hyphen joins"),
        (LEADER, (4, "CONSULT"), {1: 1, 3: 1}, {"The leader of Chad"}, "not whose leader he is besides"),
        (TROOPS, (3, "ASSAULT"), {0: 1, 2: 1}, {"Over 100 rebels"}, "no adverb"),
    ],
)
def test_heads_fill_a_role_with_whole_parties(
    rows: str, trigger: tuple[int, str], roles: dict[int, int], actors: set[str], why: str
) -> None:
    (event,) = heads(conll.tree(rows), dict([trigger]), roles)
    assert {p.text for p in event.actors} == actors, why
