"""The learned part of attribution: small networks in numpy over the encoder's vectors, tags, tree and marks.

    cue    every word: outside, begins, or inside a cue
    part   every word of a cue's sentence: nothing, source or content of that cue
    judge  every candidate: how likely it is an attribution that a trained reader would mark

Weights are fitted by `training/train_attribution.py` for one encoder and say which (`AttributionModel.encoder`).
Arrays: N words laid end to end with `GAP` empty rows between sentences; D = 384; H hidden units.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from hearsay.errors import ModelError
from hearsay.extract.attribution_features import PAIR_TABLES, WORD_TABLES
from hearsay.extract.chains import best_labels, label_shares, stack
from hearsay.knowledge.files import DATA
from hearsay.neural.heads import DISTANCES, squashed_steps

DEFAULT = DATA / "models" / "en-attribution.npz"
GAP = 3
GROUP = 64

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
T = TypeVar("T")


class CueWords(NamedTuple):
    """A sentence for the cue network: words (W, D), cue (W, 3) scores of the encoder, features (W, 5)."""

    words: Floats
    cue: Floats
    features: Ints


class PartWords(NamedTuple):
    """A cue's sentence for the part network: words (W, D), parts (W, 3) scores of the encoder, features (W, 5) and (W, 4)."""

    words: Floats
    parts: Floats
    features: Ints
    pair: Ints
    cue: tuple[int, int]


@dataclass(frozen=True)
class AttributionModel:
    """Fitted weights by name, the vocabularies of the features, and the settings chosen on development data."""

    arrays: dict[str, Floats]
    vocabulary: dict[str, dict[str, int]]
    settings: dict[str, float]
    encoder: str = ""

    def label_cues(self, sentences: Sequence[CueWords]) -> list[tuple[Ints, Floats]]:
        """For each sentence its labels (W,) 0 outside, 1 begins, 2 inside, and their probabilities (W, 3)."""
        w = self.arrays
        out: list[tuple[Ints, Floats]] = []
        for group in _groups(sentences):
            x = np.concatenate([s.words for s in group])
            cue = np.concatenate([s.cue for s in group])
            features = np.concatenate([s.features for s in group])
            h = _floats(x @ w["cue.words"] + cue @ w["cue.scores"] + w["cue.bias"] + self._look_up("cue", WORD_TABLES, features))
            sizes = [len(s.words) for s in group]
            scores = _floats(_convolve(np.maximum(h, 0), sizes, w, "cue") + cue * w["cue.keep"])
            out += self._decode("cue", _cut(scores, sizes), float(self.settings["cue_bias"]))
        return out

    def label_parts(self, cues: Sequence[PartWords]) -> list[tuple[Ints, Floats]]:
        """For each cue the labels (W,) of its sentence, 0 nothing, 1 source, 2 content, and their probabilities (W, 3)."""
        out: list[tuple[Ints, Floats]] = []
        for group in _groups(cues):
            sizes = [len(c.words) for c in group]
            parts = np.concatenate([c.parts for c in group])
            hidden = np.maximum(self._part_hidden(group, parts), 0)
            scores = _floats(_convolve(hidden, sizes, self.arrays, "part") + parts * self.arrays["part.keep"])
            out += self._decode("part", _cut(scores, sizes), 0.0)
        return out

    def judge(self, rows: Floats) -> Floats:
        """(N,) probabilities that candidates are attributions, from their features (N, F).

        The array "judge.curve" (K, 2), if the weights have one, bends them to the shares seen on held-out articles.
        """
        w = self.arrays
        x = (rows - w["judge.mean"]) / w["judge.spread"]
        hidden = np.tanh(x @ w["judge.in"] + w["judge.in_bias"])
        score = (hidden @ w["judge.out"] + w["judge.out_bias"] + x @ w["judge.direct"])[:, 0]
        shares = 1.0 / (1.0 + np.exp(-(score * self.settings["slope"] + self.settings["shift"])))
        curve = w.get("judge.curve")
        return _floats(shares if curve is None else np.interp(shares, curve[:, 0], curve[:, 1]))

    def _part_hidden(self, group: Sequence[PartWords], parts: Floats) -> Floats:
        w = self.arrays
        x = np.concatenate([c.words for c in group])
        sizes = [len(c.words) for c in group]
        cue = np.repeat(np.stack([c.words[slice(*c.cue)].mean(0) for c in group]), sizes, 0)
        place = np.concatenate([squashed_steps(len(c.words), *c.cue) for c in group]) + DISTANCES
        product = ((x @ w["part.left"]) * (cue @ w["part.right"])) @ w["part.product"]
        word = self._look_up("part", WORD_TABLES, np.concatenate([c.features for c in group]))
        pair = self._look_up("part", PAIR_TABLES, np.concatenate([c.pair for c in group]))
        mine = x @ w["part.words"] + cue @ w["part.cue"] + parts @ w["part.scores"] + w["part.bias"]
        return _floats(mine + product + w["part.place"][place] + word + pair)

    def _look_up(self, net: str, tables: Sequence[str], features: Ints) -> Floats:
        out = self.arrays[f"{net}.{tables[0]}"][features[:, 0]]
        for i, table in enumerate(tables[1:], 1):
            out = _floats(out + self.arrays[f"{net}.{table}"][features[:, i]])
        return out

    def _decode(self, net: str, rows: list[Floats], bias: float) -> list[tuple[Ints, Floats]]:
        scores, lengths = stack(rows)
        steps, first = self.arrays[f"{net}.steps"], self.arrays[f"{net}.first"]
        shares = label_shares(scores, lengths, steps, first)
        if bias:
            scores[:, :, 1] += bias
        labels = best_labels(scores, lengths, steps, first)
        return [(labels[i, :n], shares[i, :n]) for i, n in enumerate(lengths)]


def _floats(x: Any) -> Floats:
    return np.asarray(x, np.float32)


def _groups(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[i : i + GROUP] for i in range(0, len(items), GROUP)]


def _convolve(h: Floats, sizes: list[int], w: dict[str, Floats], net: str) -> Floats:
    """Two rounds of looking at neighbours within a sentence, then label scores (N, L)."""
    width = h.shape[1]
    place = np.concatenate([np.arange(n) + GAP * (i + 1) + sum_ for i, (n, sum_) in enumerate(zip(sizes, _starts(sizes), strict=True))])
    for name, reach in (("near", 2), ("far", 1)):
        wide = np.zeros((place[-1] + GAP + 1, width), np.float32)
        wide[place] = h
        seen = np.concatenate([wide[place + step] for step in range(-reach, reach + 1)], 1)
        h = _floats(h + np.maximum(seen @ w[f"{net}.{name}"] + w[f"{net}.{name}_bias"], 0))
    out: Floats = h @ w[f"{net}.out"] + w[f"{net}.out_bias"]
    return out


def _starts(sizes: list[int]) -> list[int]:
    return [0, *np.cumsum(sizes)[:-1].tolist()]


def _cut(scores: Floats, sizes: list[int]) -> list[Floats]:
    return [scores[at : at + n] for at, n in zip(_starts(sizes), sizes, strict=True)]


@lru_cache(maxsize=4)
def open_attribution_model(path: Path = DEFAULT) -> AttributionModel:
    """The weights in a file. Raises ModelError."""
    try:
        with np.load(path) as stored:
            arrays = {k: stored[k] for k in stored.files}
        about = json.loads(bytes(arrays.pop("about")).decode("utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: attribution weights missing or damaged; install the package again") from error
    floats = {k: v.astype(np.float32) for k, v in arrays.items()}
    return AttributionModel(floats, about["vocabulary"], about["settings"], about["encoder"])
