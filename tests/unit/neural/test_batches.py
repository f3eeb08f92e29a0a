"""Batches hold every sentence once, keep their limits, and fill up fewer pieces than one batch of all."""

import random

import pytest

from hearsay.neural.encoder import BATCH_PIECES, BATCH_SENTENCES, LONGEST, RUN, plan_batches


def cost(batches: list[list[int]], sizes: list[int]) -> int:
    """Pieces with those filled up, and the runs."""
    return sum(len(b) * max(sizes[i] for i in b) + RUN for b in batches)


@pytest.mark.parametrize("seed", range(20))
def test_every_sentence_once_within_the_limits(seed: int) -> None:
    drawn = random.Random(seed)
    sizes = [drawn.randint(3, LONGEST) for _ in range(drawn.randint(1, 120))]
    batches = plan_batches(sizes)
    assert sorted(i for b in batches for i in b) == list(range(len(sizes)))
    assert all(len(b) <= BATCH_SENTENCES and len(b) * max(sizes[i] for i in b) <= BATCH_PIECES for b in batches)


@pytest.mark.parametrize("seed", range(20))
def test_no_other_cut_of_few_sentences_costs_less(seed: int) -> None:
    drawn = random.Random(seed)
    sizes = sorted(drawn.randint(3, 60) for _ in range(8))
    cuts = [[k for k in range(1, 8) if number >> (k - 1) & 1] for number in range(1 << 7)]
    ways = [[list(range(a, b)) for a, b in zip([0, *cut], [*cut, 8], strict=True)] for cut in cuts]
    assert cost(plan_batches(sizes), sizes) == min(cost(way, sizes) for way in ways)


def test_nothing_to_read() -> None:
    assert plan_batches([]) == []
