"""Marked words that are hidden leave no trace in the vectors of the others."""

from __future__ import annotations

import numpy as np


def test_hidden_mentions_do_not_speak(analyser) -> None:
    def vectors(source: str, hide: bool) -> np.ndarray:
        _, arrays = next(iter(analyser.encoder.run([[source, "met", "Kim"]], [[1, 0, 2]], hide)))
        return np.asarray(arrays["words"])

    assert np.allclose(vectors("Ghana", True), vectors("Kenya", True))
    assert not np.allclose(vectors("Ghana", False), vectors("Kenya", False))
