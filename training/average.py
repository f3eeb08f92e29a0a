"""Averages a checkpoint with the one that it went on from: `python -m training.average BEFORE AFTER SHARE OUT`.

What a run learns anew and what it forgets lie on one line between the two; a point on the line often does both tasks better
(Wortsman and others, "Robust fine-tuning of zero-shot models", 2022). SHARE is the weight of AFTER, 0 to 1.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import torch


def average(before: Path, after: Path, share: float, out: Path) -> None:
    """Write the weighted mean of two checkpoints, with the labels of the later one."""
    old, new = (torch.load(folder / "kept.pt", weights_only=True) for folder in (before, after))
    mean = {k: old[k].lerp(v, share) if k in old and v.is_floating_point() else v for k, v in new.items()}
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, out / "kept.pt")
    for path in after.glob("*.json"):
        shutil.copy(path, out / path.name)


if __name__ == "__main__":
    average(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]))
