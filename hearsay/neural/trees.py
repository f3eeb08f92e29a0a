"""Head scores -> a dependency tree with one root.

The best head of each word is taken at once; only where that is no tree does the Chu-Liu-Edmonds algorithm
(Chu and Liu 1965, Edmonds 1967) find the best tree, tried with each likely root (one root a sentence, as UD asks).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
ROOTS_TRIED = 3


def decode_heads(scores: Scores) -> NDArray[np.int64]:
    """Head of each word, 0 for the root, else the number of the head word from 1.

    Args:
        scores: (W, W + 1) float32, the score of each head for each word; column 0 is the root.

    Returns:
        (W,) int64, always a tree with exactly one root.
    """
    words = len(scores)
    scores = scores.copy()
    scores[np.arange(words), np.arange(1, words + 1)] = -np.inf
    heads: NDArray[np.int64] = scores.argmax(1)
    if is_tree(heads):
        return heads
    best, best_score = heads, -np.inf
    rows = np.arange(words)
    for root in np.argsort(-(scores[:, 0] - scores[:, 1:].max(1, initial=-1e9)))[:ROOTS_TRIED]:
        only = scores.copy()
        only[:, 0] = -np.inf
        only[root] = -np.inf
        only[root, 0] = 0.0
        tried = _edmonds(only)
        score = float(scores[rows, tried].sum())
        if score > best_score:
            best, best_score = tried, score
    return best


def is_tree(heads: NDArray[np.int64]) -> bool:
    """Whether heads (0 the root) form a tree with one root: following them long enough always ends there."""
    if (heads == 0).sum() != 1:
        return False
    up = np.concatenate([[0], heads])
    for _ in range(max(1, int(np.ceil(np.log2(len(up))))) + 1):
        up = up[up]
    return not up.any()


def _edmonds(scores: Scores) -> NDArray[np.int64]:
    """Best arborescence over nodes 0..W from node 0; `scores` as in `decode_heads`."""
    full = np.full((len(scores) + 1, len(scores) + 1), -np.inf)
    full[1:] = scores
    return _solve(full)[1:]


def _solve(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    n = len(scores)
    heads = np.zeros(n, np.int64)
    heads[1:] = scores[1:].argmax(1)
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, cycle)]  # heads inside the cycle for words outside
    small[:-1, -1] = leaving.max(1)
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]  # breaking the cycle at each of its words
    small[-1, :-1] = entering.max(0)
    solved = _solve(small)
    for k, word in enumerate(outside):
        if k:
            heads[word] = cycle[leaving[k].argmax()] if solved[k] == len(outside) else outside[solved[k]]
    entry = int(solved[-1])
    heads[cycle[int(entering[:, entry].argmax())]] = outside[entry]
    return heads


def _find_cycle(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return np.array(path[path.index(at) :])
        state[path] = 2
    return None
