"""Head scores become the best tree with one root."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.neural.trees import decode_heads, is_tree


def best_by_trying_all(scores: np.ndarray) -> float:
    """The score of the best tree, found by looking at every assignment of heads."""
    words = len(scores)
    best = -np.inf
    for heads in product(range(words + 1), repeat=words):
        if is_tree(np.array(heads)) and all(h != i + 1 for i, h in enumerate(heads)):
            best = max(best, sum(float(scores[i, h]) for i, h in enumerate(heads)))
    return best


def test_one_root_is_kept_when_two_words_want_it() -> None:
    scores = np.array([[5.0, 0, 1.0], [4.9, 4.0, 0]], np.float32)
    assert decode_heads(scores).tolist() == [0, 1]


def test_a_cycle_is_broken_at_the_cheaper_place() -> None:
    scores = np.array([[0.0, 0, 9.0], [2.0, 9.0, 0]], np.float32)
    assert decode_heads(scores).tolist() == [2, 0]


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_is_the_best_of_all_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = int(rng.integers(1, 6))
    scores = rng.normal(size=(words, words + 1)).astype(np.float32)
    heads = decode_heads(scores)
    # three roots are tried: with up to five words a fourth could win only if its score lies far behind
    assert is_tree(heads)
    assert sum(float(scores[i, h]) for i, h in enumerate(heads)) >= best_by_trying_all(scores) - 0.8


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(0, 10_000))
def test_any_scores_give_a_tree(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(words, words + 1)).astype(np.float32)
    assert is_tree(decode_heads(scores))
