"""Who fills which slot, on hand-made trees."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from hearsay.core.document import Sentence
from hearsay.extract.clauses import Clauses
from hearsay.extract.phrases import noun_phrase

_spec = importlib.util.spec_from_file_location("conll", Path(__file__).with_name("conll.py"))
assert _spec and _spec.loader
conll = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(conll)

PASSIVE = """
The the DET DT 2 det
editor editor NOUN NN 4 nsubj:pass
was be AUX VBD 4 aux:pass
arrested arrest VERB VBN 0 root
by by ADP IN 6 case
police police NOUN NNS 4 obl
and and CCONJ CC 8 cc
jailed jail VERB VBN 4 conj
"""
CONTROL = """
Peru Peru PROPN NNP 2 nsubj B-LOC
urged urge VERB VBD 0 root
Chile Chile PROPN NNP 2 obj B-LOC
to to PART TO 5 mark
withdraw withdraw VERB VB 2 xcomp
"""
PROMISE = """
Peru Peru PROPN NNP 2 nsubj B-LOC
promised promise VERB VBD 0 root
Chile Chile PROPN NNP 2 obj B-LOC
to to PART TO 5 mark
help help VERB VB 2 xcomp
"""
RELATIVE = """
rebels rebel NOUN NNS 6 nsubj
who who PRON WP 3 nsubj
attacked attack VERB VBD 1 acl:relcl
the the DET DT 5 det
base base NOUN NN 3 obj
fled flee VERB VBD 0 root
"""
PARTICIPLE = """
Police police NOUN NNS 2 nsubj
freed free VERB VBD 0 root
the the DET DT 5 det
detained detain VERB VBN 5 amod
monks monk NOUN NNS 2 obj
"""
GERUND = """
Chad Chad PROPN NNP 2 nsubj B-LOC
accused accuse VERB VBD 0 root
Sudan Sudan PROPN NNP 2 obj B-LOC
of of SCONJ IN 5 mark
arming arm VERB VBG 2 advcl
rebels rebel NOUN NNS 5 obj
"""
NOUN = """
Iran Iran PROPN NNP 3 nmod:poss B-LOC
's 's PART POS 1 case
talks talk NOUN NNS 0 root
with with ADP IN 5 case
Oman Oman PROPN NNP 3 nmod B-LOC
"""


@pytest.mark.parametrize(
    ("rows", "at", "slots", "why"),
    [
        (PASSIVE, 3, {"subj": ["police"], "obj": ["editor"]}, "a passive's agent is its subject"),
        (PASSIVE, 7, {"obj": ["editor"]}, "a passive conjunct shares the object, an agent before it is not its own"),
        (CONTROL, 4, {"subj": ["Chile"]}, "object control"),
        (PROMISE, 4, {"subj": ["Peru"]}, "promise: subject control"),
        (RELATIVE, 2, {"subj": ["rebels"], "obj": ["base"]}, "the antecedent stands for who"),
        (RELATIVE, 5, {"subj": ["rebels"]}, ""),
        (PARTICIPLE, 3, {"obj": ["monks"]}, "a past participle before its noun"),
        (GERUND, 4, {"subj": ["Sudan"], "obj": ["rebels"]}, "accused X of doing"),
        (NOUN, 2, {"poss": ["Iran"], "nmod_with": ["Oman"]}, ""),
    ],
)
def test_slots(rows: str, at: int, slots: dict[str, list[str]], why: str) -> None:
    sentence = conll.tree(rows)
    found = Clauses(sentence).slots(at)
    assert {k: conll.words(sentence, v) for k, v in found.items() if k in {"subj", "obj", "poss", "nmod_with"}} == slots, why


def test_paths_lead_into_complements() -> None:
    sentence: Sentence = conll.tree(GERUND)
    clauses = Clauses(sentence)
    assert conll.words(sentence, clauses.fill(1, "advcl.obj")) == ["rebels"]
    assert list(clauses.fillers(1, "obj")) == [("sudan", "STATE")]


def test_a_wrong_lemma_is_mended() -> None:
    sentence = conll.tree("Russia Russia PROPN NNP 2 nsubj B-LOC\nfreed fre VERB VBD 0 root\nhim he PRON PRP 2 obj")
    assert Clauses(sentence).lemmas[1] == "free"


MINISTER = """
the the DET DT 2 det
minister minister NOUN NN 0 root
of of ADP IN 4 case
trade trade NOUN NN 2 nmod
who who PRON WP 6 nsubj
resigned resign VERB VBD 2 acl:relcl
"""
JUDGE = """
Ann Ann PROPN NNP 0 root B-PER
, , PUNCT , 4 punct
the the DET DT 4 det
judge judge NOUN NN 1 appos
"""
RUSSIANS = """
of of ADP IN 3 case
more more ADJ JJR 3 amod
Russians Russian PROPN NNPS 0 root
and and CCONJ CC 5 cc
Poles Pole PROPN NNPS 3 conj
"""


@pytest.mark.parametrize(
    ("rows", "at", "phrase"), [(MINISTER, 1, "the minister of trade"), (JUDGE, 0, "Ann"), (RUSSIANS, 2, "more Russians")]
)
def test_noun_phrases_end_before_clauses_appositions_and_conjuncts(rows: str, at: int, phrase: str) -> None:
    sentence = conll.tree(rows)
    text = " ".join(t.text for t in sentence.tokens)
    assert noun_phrase(sentence, at).of(text) == phrase
