"""The attribution weights belong to the encoder that ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hearsay.errors import ModelError
from hearsay.extract.attribution_model import open_attribution_model
from hearsay.extract.drafts import JUDGED
from hearsay.neural.pack import DEFAULT, checksum


def test_weights_were_fitted_on_the_encoder_that_ships() -> None:
    """If this fails, a new encoder came: run `python -m training.train_attribution` again."""
    assert open_attribution_model().encoder == checksum(DEFAULT / "encoder.onnx")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.npz"):
        open_attribution_model(tmp_path / "none.npz")


def test_the_curve_bends_the_judge_and_keeps_the_order() -> None:
    model = open_attribution_model()
    rows = np.random.default_rng(3).normal(size=(200, JUDGED)).astype(np.float32)
    plain = replace(model, arrays={k: v for k, v in model.arrays.items() if k != "judge.curve"})
    curve = np.array([(0.0, 0.0), (0.5, 0.3), (1.0, 1.0)], np.float32)
    bent = replace(plain, arrays=plain.arrays | {"judge.curve": curve})
    before, after = plain.judge(rows), bent.judge(rows)
    assert np.allclose(after, np.interp(before, curve[:, 0], curve[:, 1]), atol=1e-6)
    assert (np.diff(after[np.argsort(before)]) >= -1e-6).all()
