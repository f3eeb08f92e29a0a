"""Learned scores of lines: how likely each is body, how likely it is the headline. Small boosted trees, numpy only.

The model is `data/models/lines/trees.npz` (card beside it), trained by `training/train_lines.py` on features without any text. Two
passes: the second sees the scores of the first around each line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hearsay.errors import ModelError
from hearsay.knowledge.files import find_data
from hearsay.page.features import COLUMNS, SECOND_COLUMNS, Array, line_features, second_features
from hearsay.page.labels import Label
from hearsay.page.lines import Line

MODEL = "models/lines/trees.npz"
HEADS = ("body_1", "title_1", "body_2", "title_2")


class Scores(NamedTuple):
    """For each line, from 0 to 1: is it body, is it the headline."""

    body: list[float]
    title: list[float]


@dataclass(frozen=True)
class Trees:
    """Boosted trees as arrays: *(trees, nodes)*. A leaf points at itself and carries the value.

    `feature` int, `threshold` float32 (go left when the feature is not greater), `left` and `right` int, `value` float32 (log-odds).
    """

    feature: NDArray[np.int16]
    threshold: Array
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Array
    base: float
    depth: int

    def score(self, features: Array) -> Array:
        """Probabilities of *(lines, features)*: *(lines,), float32*."""
        rows = np.arange(len(features))[:, None]
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(features), len(self.feature)), dtype=np.int16)
        for _ in range(self.depth):
            goes_left = features[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        odds = self.value[trees, node].sum(axis=1) + self.base
        return np.asarray(1.0 / (1.0 + np.exp(-odds)), dtype=np.float32)


@cache
def load_trees() -> dict[str, Trees]:
    """The four models. Raises ModelError when the file was made for other features."""
    with np.load(find_data(MODEL)) as pack:
        if tuple(pack["columns"].tolist()) != SECOND_COLUMNS:
            raise ModelError(f"{MODEL} was trained on other features; run python -m training.train_lines")
        return {head: trees_from(pack, head) for head in HEADS}


def trees_from(pack: Mapping[str, NDArray[np.generic]], head: str) -> Trees:
    """One model out of a file's arrays."""
    names = ("feature", "threshold", "left", "right", "value")
    arrays = {name: np.asarray(pack[f"{head}.{name}"]) for name in names}
    return Trees(**arrays, base=float(pack[f"{head}.base"]), depth=int(pack[f"{head}.depth"]))  # type: ignore[arg-type]


def score_lines(lines: Sequence[Line], own: Sequence[Label | None]) -> Scores:
    """Scores of a page's lines. `own` holds for each the label that its own words give it, or None."""
    return score_features(line_features(lines, own), load_trees())


def score_features(first: Array, trees: Mapping[str, Trees]) -> Scores:
    """Scores from the features of the first pass, *(lines, len(COLUMNS)), float32*."""
    assert first.shape[1] == len(COLUMNS)
    second = second_features(first, trees["body_1"].score(first), trees["title_1"].score(first))
    return Scores(trees["body_2"].score(second).tolist(), trees["title_2"].score(second).tolist())
