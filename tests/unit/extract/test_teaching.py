"""A user's categories: what is learned, what is measured, what reading does with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from hearsay.errors import DataFormatError, DataNotFound
from hearsay.extract.taught import FILE, open_taught
from hearsay.extract.teaching import fit_logistic, teach
from hearsay.knowledge.user_ontology import load_user_ontology
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "borders"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, analyser) -> Path:
    """The worked example of docs/guide/ontologies.md, taught."""
    out = tmp_path_factory.mktemp("taught") / "borders"
    shutil.copytree(GUIDE, out, ignore=shutil.ignore_patterns(FILE))
    heads, lessons = teach(load_user_ontology(out), analyser)
    heads.save(out / FILE, analyser.pack)
    (out / "lessons").write_text("\n".join(f"{x.code} {x.examples} {x.found} {x.false_per_1000}" for x in lessons))
    return out


def test_cross_validation_counts_every_example_and_finds_some(folder: Path) -> None:
    rows = [line.split() for line in (folder / "lessons").read_text().splitlines()]
    assert [(code, int(n)) for code, n, _, _ in rows] == [("BORDER_CLOSURE", 13), ("NETWORK_SHUTDOWN", 12)]
    assert all(0.25 * int(n) <= int(found) <= int(n) for _, n, found, _ in rows)
    assert all(float(false) < 20 for *_, false in rows)


def test_reading_uses_what_was_taught(folder: Path, analyser) -> None:
    text = "Sudan closed its border with Chad on Tuesday, the interior ministry said. Police arrested three smugglers near the frontier."
    plain = Reader(analyser, strict=True).read(RawReport("x", text=text))
    taught = Reader(analyser, ontology=folder, strict=True).read(RawReport("x", text=text))
    found = [e for e in taught.events if e.mode == "border-closure"]
    assert not any(e.mode == "border-closure" for e in plain.events)
    assert [(e.type, e.trigger.of(text), e.provenance.rule) for e in found] == [("COERCE", "closed", "BORDER_CLOSURE")]
    assert "arrested" in {e.trigger.of(text) for e in taught.events}


def test_nothing_taught_and_another_model_are_told_apart(folder: Path, analyser, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(GUIDE, bare, ignore=shutil.ignore_patterns(FILE))
    with pytest.raises(DataNotFound, match="hearsay teach"):
        open_taught(bare, analyser.pack)
    with np.load(folder / FILE) as stored:
        np.savez(bare / FILE, **{k: stored[k] for k in stored.files if k != "pack"}, pack=np.array("0" * 64))
    with pytest.raises(DataFormatError, match="another model"):
        open_taught(bare, analyser.pack)


def test_logistic_regression_parts_what_a_line_parts() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 5)).astype(np.float32)
    positive = x[:, 0] + x[:, 1] > 1
    weights, bias = fit_logistic(x * 30, positive)
    said = x * 30 @ weights + bias > 0
    assert (said == positive).mean() > 0.93
