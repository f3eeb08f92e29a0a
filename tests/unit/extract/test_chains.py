"""Best labels and label shares against all sequences written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from hearsay.extract.chains import best_labels, label_shares, stack


def every(scores: np.ndarray, steps: np.ndarray, first: np.ndarray) -> dict[tuple[int, ...], float]:
    out = {}
    for labels in product(range(scores.shape[1]), repeat=len(scores)):
        total = first[labels[0]] + sum(scores[t, k] for t, k in enumerate(labels))
        out[labels] = total + sum(steps[a, b] for a, b in pairwise(labels))
    return out


@pytest.mark.parametrize("seed", range(5))
def test_against_all_sequences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = [rng.normal(size=(n, 3)).astype(np.float32) for n in (1, 4, 5)]
    steps, first = rng.normal(size=(3, 3)).astype(np.float32), rng.normal(size=3).astype(np.float32)
    scores, lengths = stack(rows)
    labels, shares = best_labels(scores, lengths, steps, first), label_shares(scores, lengths, steps, first)
    for i, row in enumerate(rows):
        totals = every(row, steps, first)
        assert tuple(labels[i, : len(row)].tolist()) == max(totals, key=totals.__getitem__)
        weights = {k: np.exp(v) for k, v in totals.items()}
        for t, k in product(range(len(row)), range(3)):
            wanted = sum(w for s, w in weights.items() if s[t] == k) / sum(weights.values())
            assert shares[i, t, k] == pytest.approx(wanted, abs=1e-4)
