"""Distances to a cue, and a scorer that remembers its last sentence."""

import numpy as np
import pytest

from hearsay.neural.heads import PartScorer, squash, squashed_steps
from hearsay.neural.pack import open_pack


@pytest.mark.parametrize(("words", "first", "last"), [(1, 0, 1), (9, 3, 5), (40, 39, 40), (400, 0, 1), (500, 250, 252)])
def test_distances_are_those_to_the_nearest_end(words: int, first: int, last: int) -> None:
    steps = [i - first if i < first else i - last + 1 if i >= last else 0 for i in range(words)]
    assert squashed_steps(words, first, last).tolist() == squash(np.array(steps)).tolist()


def test_scores_of_a_sentence_do_not_hang_on_the_one_before() -> None:
    scorer, rng = PartScorer(open_pack()), np.random.default_rng(0)
    one, other = (rng.normal(size=(7, 384)).astype(np.float32) for _ in range(2))
    first = scorer.score(one, 2)
    scorer.score(other, 2)
    assert np.array_equal(scorer.score(one, 2), first)
    assert np.array_equal(PartScorer(open_pack()).score(one, 2), first)
