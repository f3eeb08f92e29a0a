"""Heads that read the encoder's word vectors in numpy: parts of an attribution or an event, and the type of a pair."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hearsay.neural.pack import Pack

Floats = NDArray[np.float32]
DISTANCES = 24


def gelu(x: Floats) -> Floats:
    """Gaussian error linear unit, in the tanh form (within 1e-3 of the exact one)."""
    return np.asarray(0.5 * x * (1.0 + np.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * x * x * x))), np.float32)


def squash(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Signed distances in words -> -DISTANCES..DISTANCES: exact up to 12, then four steps a doubling."""
    size = np.abs(steps)
    grown = 12 + (np.log2(np.maximum(size, 12) / 12) * 4).astype(np.int64)
    out: NDArray[np.int64] = np.clip(np.where(size <= 12, steps, np.sign(steps) * grown), -DISTANCES, DISTANCES)
    return out


_REACH = 400
_SQUASHED = squash(np.arange(-_REACH, _REACH + 1))


def squashed_steps(words: int, first: int, last: int) -> NDArray[np.int64]:
    """(words,) `squash` of the signed distance of each word to the nearest of the words first to last - 1."""
    at = np.arange(words)
    steps: NDArray[np.int64] = np.minimum(at - first, 0) + np.maximum(at - last + 1, 0)
    return _SQUASHED[steps + _REACH] if words <= _REACH else squash(steps)


class PartScorer:
    """Scores the words of a sentence as parts of something that one of its words names: a pair head of the encoder.

    The head `part` knows nothing, source and content of a cue; the head `role` nothing, actor, recipient, place and time of a trigger.
    """

    def __init__(self, pack: Pack, head: str = "part") -> None:
        self._w = pack.head(head)
        self._last: tuple[Floats, Floats] | None = None

    @property
    def trained(self) -> bool:
        """Whether the pack holds this head."""
        return bool(self._w)

    def score(self, words: Floats, cue: int) -> Floats:
        """(W, labels) float32 scores of each label for each word.

        Args:
            words: (W, D) word vectors of the sentence.
            cue: index of the first word of the cue or trigger.
        """
        w = self._w
        mine = self._look(words)
        its = words[cue] @ w["cue"] + w["cue_bias"]
        place = w["place"][squashed_steps(len(words), cue, cue + 1) + DISTANCES]
        out: Floats = np.concatenate([gelu(mine + its + place), mine * its], 1) @ w["out"] + w["out_bias"]
        return out

    def _look(self, words: Floats) -> Floats:
        """What the head sees in each word whatever the cue; kept for the next cue of the same sentence."""
        if self._last is None or self._last[0] is not words:
            self._last = words, words @ self._w["word"] + self._w["word_bias"]
        return self._last[1]


class PairTyper:
    """Scores the 16 event types for what a marked source does to a marked target, on one pass with marked words."""

    def __init__(self, pack: Pack) -> None:
        self._w = pack.head("pair")

    @property
    def trained(self) -> bool:
        """Whether the pack holds this head."""
        return bool(self._w)

    def score(self, words: Floats, source: Sequence[int], target: Sequence[int]) -> Floats:
        """(16,) float32 scores in the order of `core.records.TYPES`.

        Args:
            words: (W + 1, D) vectors of the root and the words, from a pass in which the mentions were marked.
            source: indices of the source's words in the sentence, from 0; empty when it is implicit.
            target: the same of the target.
        """
        w = self._w
        look = words @ w["look"] + w["look_bias"]
        look = np.exp(look - look.max(0))
        seen = (look / look.sum(0)).T @ words
        ends = [words[[i + 1 for i in m]].mean(0) if len(m) else np.zeros(words.shape[1], np.float32) for m in (source, target)]
        held = gelu(np.concatenate([words[0], *ends, seen.ravel()]) @ w["in"] + w["in_bias"])
        out: Floats = held @ w["out"] + w["out_bias"]
        return out
