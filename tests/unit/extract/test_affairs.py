"""Which reports tell of public affairs, and which events are let in elsewhere."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from hearsay.extract.affairs import LEAST_WORDS, Affairs, Counts, count_words
from hearsay.extract.words import Words

_spec = importlib.util.spec_from_file_location("conll", Path(__file__).with_name("conll.py"))
assert _spec and _spec.loader
conll = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(conll)

PRIVATE = conll.tree("Ann Ann PROPN NNP 2 nsubj B-PER\nthanked thank VERB VBD 0 root\nhim he PRON PRP 2 obj\n. . PUNCT . 2 punct")
PUBLIC = conll.tree("The the DET DT 2 det\nparliament parliament NOUN NN 3 nsubj\nthanked thank VERB VBD 0 root\nPeru Peru PROPN NNP 3 obj")


def test_public_words_and_countries_are_counted() -> None:
    assert count_words(Words(PRIVATE)) == Counts(0, 0, 3)
    assert count_words(Words(PUBLIC)) == Counts(1, 1, 4)


def test_scores_of_people_are_no_sport() -> None:
    scores = "scores score NOUN NNS 0 root\nof of ADP IN 3 case\npeople people NOUN NNS 1 nmod"
    assert count_words(Words(conll.tree(scores))).sport == ()
    assert count_words(Words(conll.tree("scores score NOUN NNS 0 root"))).sport == ("score",)


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ([Counts(0, 0, LEAST_WORDS - 1)], "short"),
        ([Counts(0, 0, 200), Counts(1, 0, 100)], "private"),
        ([Counts(0, 0, 200), Counts(3, 6, 100)], "public"),
        ([Counts(0, 9, 200, ("match",) * 5), Counts(4, 0, 100, ("cup",) * 5)], "sport"),
        ([Counts(5, 9, 200, ("match",) * 5), Counts(5, 0, 100, ("cup",) * 5)], "public"),
        ([Counts(0, 9, 300, ("penalty",) * 10)], "public"),
    ],
)
def test_the_share_decides_unless_the_text_is_short(counts: list[Counts], kind: str) -> None:
    assert Affairs(counts).kind == kind


def test_a_private_report_admits_only_sentences_with_public_words() -> None:
    private = Affairs([Counts(0, 0, 300)])
    assert not private.admits(Words(PRIVATE), [0, 2])
    assert private.admits(Words(PUBLIC), [1, 3])


def test_a_short_text_admits_named_parties() -> None:
    short = Affairs([Counts(0, 0, 4)])
    assert short.admits(Words(PRIVATE), [0])
    assert not short.admits(Words(PRIVATE), [2])


def test_a_report_of_sport_admits_governments_but_no_country_that_plays() -> None:
    sport = Affairs([Counts(4, 5, 300, ("match", "cup") * 6)])
    assert not sport.admits(Words(PUBLIC), [3])
    assert sport.admits(Words(PUBLIC), [1, 3])
