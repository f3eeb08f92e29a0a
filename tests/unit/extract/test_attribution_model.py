"""The attribution weights belong to the encoder that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.errors import ModelError
from hearsay.extract.attribution_model import open_attribution_model
from hearsay.neural.pack import DEFAULT, checksum


def test_weights_were_fitted_on_the_encoder_that_ships() -> None:
    """If this fails, a new encoder came: run `python -m training.train_attribution` again."""
    assert open_attribution_model().encoder == checksum(DEFAULT / "encoder.onnx")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.npz"):
        open_attribution_model(tmp_path / "none.npz")
