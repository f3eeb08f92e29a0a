"""The benchmark's table: every figure has a pattern that reads one number, every floor a figure, and a figure that is gone is a fault."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from eval.bench import HERE, Figure, read_figures

PARTS = tomllib.loads((HERE / "figures.toml").read_text(encoding="utf-8"))


def test_every_part_is_a_module_with_figures() -> None:
    for part, item in PARTS.items():
        assert Path(HERE.parent, *item["command"][0].split(".")).with_suffix(".py").exists(), part
        assert item["figures"], part
        assert all(re.compile(p).groups == 1 for p in item["figures"].values()), part


def test_every_floor_belongs_to_a_figure() -> None:
    named = {f"{part}: {name}" for part, item in PARTS.items() for name in item["figures"]}
    assert set(json.loads((HERE / "floors.json").read_text(encoding="utf-8"))) <= named


def test_figures_are_read_and_a_missing_one_counts_as_low() -> None:
    said = "country  91.9\nwords/s 3,640.5\n"
    patterns = {"country": r"country\s+([\d.]+)", "speed": r"words/s ([\d.,]+)", "gone": r"gone (\d)"}
    found = list(read_figures("x", said, patterns, {"x: country": 92.0}))
    assert [f.value for f in found] == [91.9, 3640.5, None]
    assert [f.is_low for f in found] == [True, False, True]


def test_a_floor_below_nought_is_a_ceiling() -> None:
    assert not Figure("x", "false events", 2.9, -3.0).is_low
    assert Figure("x", "false events", 3.1, -3.0).is_low
