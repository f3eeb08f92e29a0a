"""Linear chains in numpy: the best labels of many sequences at once, and how sure each label is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def best_labels(scores: Floats, lengths: Ints, steps: Floats, first: Floats) -> Ints:
    """Labels of highest total score.

    Args:
        scores: (B, W, L) of each label; what lies beyond a sequence's length is not looked at.
        lengths: (B,) int64, at least 1.
        steps: (L, L) score of going from one label to another.
        first: (L,) score of beginning with a label.

    Returns:
        (B, W) int64; beyond a sequence's length the numbers mean nothing.
    """
    rows, width, labels = scores.shape
    back = np.zeros((rows, width, labels), np.int64)
    total = scores[:, 0] + first
    for t in range(1, width):
        paths = total[:, :, None] + steps
        back[:, t] = paths.argmax(1)
        live = (t < lengths)[:, None]
        back[:, t] = np.where(live, back[:, t], np.arange(labels))
        total = np.where(live, paths.max(1) + scores[:, t], total)
    out = np.zeros((rows, width), np.int64)
    at = total.argmax(1)
    for t in reversed(range(width)):
        out[:, t] = at
        at = back[np.arange(rows), t, at]
    return out


def label_shares(scores: Floats, lengths: Ints, steps: Floats, first: Floats) -> Floats:
    """(B, W, L) probability of each label at each place, all sequences of labels weighed; arguments as `best_labels`."""
    rows, width, labels = scores.shape
    ahead = np.zeros((rows, width, labels), np.float32)
    behind = np.zeros((rows, width, labels), np.float32)
    ahead[:, 0] = scores[:, 0] + first
    for t in range(1, width):
        ahead[:, t] = _log_sum(ahead[:, t - 1, :, None] + steps, 1) + scores[:, t]
    for t in reversed(range(width - 1)):
        onward = _log_sum(steps[None] + (scores[:, t + 1] + behind[:, t + 1])[:, None, :], 2)
        behind[:, t] = np.where((t + 1 < lengths)[:, None], onward, 0.0)
    both = ahead + behind
    out: Floats = np.exp(both - _log_sum(both, 2)[:, :, None])
    return out


def _log_sum(x: Floats, axis: int) -> Floats:
    top = np.maximum.reduce(x, axis, keepdims=True)
    out: Floats = np.log(np.add.reduce(np.exp(x - top), axis)) + top.squeeze(axis)
    return out


def stack(rows: list[Floats]) -> tuple[Floats, Ints]:
    """Arrays (W_i, L) as one (B, W, L), filled up with zeros, and their lengths."""
    lengths = np.array([len(r) for r in rows], np.int64)
    out = np.zeros((len(rows), int(lengths.max()), rows[0].shape[1]), np.float32)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out, lengths
