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
    assert count_words(Words(PUBLIC)) == Counts(2, 0, 4)


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ([(0, 0, LEAST_WORDS - 1)], "short"),
        ([(0, 0, 200), (1, 0, 100)], "private"),
        ([(0, 0, 200), (9, 0, 100)], "public"),
        ([(0, 5, 200), (9, 5, 100)], "sport"),
    ],
)
def test_the_share_decides_unless_the_text_is_short(counts: list[tuple[int, int, int]], kind: str) -> None:
    assert Affairs([Counts(*c) for c in counts]).kind == kind


def test_a_private_report_admits_only_sentences_with_public_words() -> None:
    private = Affairs([Counts(0, 0, 300)])
    assert not private.admits(Words(PRIVATE), [0, 2])
    assert private.admits(Words(PUBLIC), [1, 3])


def test_a_short_text_admits_named_parties() -> None:
    short = Affairs([Counts(0, 0, 4)])
    assert short.admits(Words(PRIVATE), [0])
    assert not short.admits(Words(PRIVATE), [2])


def test_a_report_of_sport_admits_governments_but_no_country_that_plays() -> None:
    sport = Affairs([Counts(9, 12, 300)])
    assert not sport.admits(Words(PUBLIC), [3])
    assert sport.admits(Words(PUBLIC), [1, 3])
