"""The test set of `relate` is whole, apart from what is trained on, and folds part PLV's sentences cleanly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.relate import FOLDS, OWN, figures, held_out, read_own
from hearsay.core.records import TYPES
from hearsay.knowledge.markup import read_marked

SENTENCES = Path(__file__).parents[2] / "training" / "data" / "sentences"


@pytest.mark.parametrize("path", sorted(OWN.glob("*.txt")), ids=lambda path: path.stem)
def test_ten_pairs_of_each_type(path: Path) -> None:
    pairs = list(read_own(path))
    kinds = Counter(p.kind for p in pairs)
    assert kinds.pop("YIELD") == 20  # CONCEDE and RETREAT
    assert kinds == dict.fromkeys(set(TYPES) - {"CONCEDE", "RETREAT"}, 10)
    for pair in pairs:
        assert pair.source and pair.target and not pair.source.overlaps(pair.target)


def test_no_pair_stands_in_the_training_sentences() -> None:
    trained = {_words(m.text) for path in SENTENCES.glob("*.txt") for m in read_marked(path)}
    texts = [pair.text for path in OWN.glob("*.txt") for pair in read_own(path)]
    assert len(trained) > 3000 and len(set(texts)) == 320
    assert not [t for t in texts if any(len(_words(t) & other) > 0.7 * len(_words(t)) for other in trained)]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def test_folds_part_the_keys() -> None:
    keys = [str(n // 2) for n in range(101)]
    parts = [held_out(keys, fold) for fold in range(FOLDS)]
    assert set.union(*parts) == set(keys) and sum(map(len, parts)) == len(set(keys))


def test_macro_f1_weighs_classes_alike() -> None:
    pairs = [p._replace(kind=kind) for p, kind in zip(read_own(OWN / "news.txt"), ("AID", "AID", "AID", "YIELD"), strict=False)]
    assert "macro F1  42.9  accuracy  75.0" in figures("x", pairs, ["AID"] * 4)
