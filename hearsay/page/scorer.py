"""Learned scores of lines: how likely each is body, how likely it is the headline. Small boosted trees, numpy only.

The model is `data/models/lines/trees.npz` (card beside it), trained by `training/train_lines.py` on features without any text. Two
passes: the second sees the scores of the first around each line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hearsay.errors import ModelError
from hearsay.knowledge.files import find_data
from hearsay.page.features import SECOND_COLUMNS, Array, line_features, second_features
from hearsay.page.headline import RANK_COLUMNS, rank_features
from hearsay.page.labels import Label
from hearsay.page.lines import Line

MODEL = "models/lines/trees.npz"
HEADS = ("body_1", "title_1", "body_2")


class Scores(NamedTuple):
    """For each line how likely it is body, from 0 to 1, and its rank as the headline (higher is better)."""

    body: list[float]
    headline: Array


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


@dataclass(frozen=True)
class Model:
    """The trees by head and the weights of the headline's ranking, *(len(RANK_COLUMNS),), float32*."""

    trees: dict[str, Trees]
    rank: Array


_others: list[Model] = []


@cache
def load_model() -> Model:
    """The model that ships. Raises ModelError when it was made for other features."""
    return read_model(find_data(MODEL))


def use_model(model: Model | None) -> None:
    """Makes this process score by another model, or by the one that ships again: for evaluation by folds."""
    _others[:] = [] if model is None else [model]


def read_model(path: Path) -> Model:
    """A model from its file. Raises ModelError when it was made for other features."""
    with np.load(path) as pack:
        if tuple(pack["columns"].tolist()) != (*SECOND_COLUMNS, *RANK_COLUMNS):
            raise ModelError(f"{path} was trained on other features; run python -m training.train_lines")
        return Model({head: trees_from(pack, head) for head in HEADS}, np.asarray(pack["rank"], dtype=np.float32))


def trees_from(pack: Mapping[str, NDArray[Any]], head: str) -> Trees:
    """One head out of a file's arrays."""
    arrays = {name: np.asarray(pack[f"{head}.{name}"]) for name in ("feature", "threshold", "left", "right", "value")}
    return Trees(**arrays, base=float(pack[f"{head}.base"]), depth=int(pack[f"{head}.depth"]))


def score_lines(lines: Sequence[Line], own: Sequence[Label | None]) -> Scores:
    """Scores of a page's lines. `own` holds for each the label that its own words give it, or None."""
    model = _others[-1] if _others else load_model()
    first = line_features(lines, own)
    body, title = model.trees["body_1"].score(first), model.trees["title_1"].score(first)
    second = model.trees["body_2"].score(second_features(first, body, title))
    ranks = rank_features(lines, own, first, body, title) @ model.rank
    return Scores(((body + 2 * second) / 3).tolist(), ranks)
