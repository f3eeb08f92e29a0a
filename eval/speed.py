"""Speed, memory and cold start of the whole pipeline on one core: `python -m eval.speed`.

Words are counted by white space. Every figure comes with the speed of a fixed numpy reference in the same run, because machines are
noisy: compare `words per reference` between machines, not seconds.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from eval.shared import shared_folder
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader

SETS = {"raw_texts": ("bench/events/raw_texts.jsonl", 60), "muc3 (capitals)": ("bench/newswire/muc3.jsonl", 60)}


def reference_s() -> float:
    """Seconds of a fixed piece of matrix work, the best of three."""
    a = np.random.default_rng(0).normal(size=(384, 1536)).astype(np.float32)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        for _ in range(40):
            a @ a.T
        times.append(time.perf_counter() - began)
    return min(times)


def texts(path: Path, most: int) -> Iterator[tuple[str, str | None]]:
    """(text, date) of the first reports of a file."""
    with path.open(encoding="utf-8") as lines:
        for _, line in zip(range(most), lines, strict=False):
            record = json.loads(line)
            yield record["text"], (record.get("date") or "")[:10] or None


def measure(folder: Path) -> dict[str, float]:
    """Words a second by set, words a reference, problems a report, peak memory in MB."""
    reader = Reader()
    reader.read(RawReport("warm", text="Police arrested the mayor."))
    out: dict[str, float] = {}
    for name, (file, most) in SETS.items():
        reports = list(texts(folder / file, most))
        words = sum(len(t.split()) for t, _ in reports)
        reference = reference_s()
        began = time.process_time()
        problems = sum(len(reader.read(RawReport("x", text=t), date=d).problems) for t, d in reports)
        seconds = time.process_time() - began
        out[f"{name} words/s"] = words / seconds
        out[f"{name} words per reference"] = words / seconds * reference
        out[f"{name} problems"] = problems
    out["peak memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return out


def cold_start_s() -> float:
    """Seconds from starting the command to its answer on a short text, the best of four.

    Modules are compiled once, as they are in an installed package, even where the environment forbids Python to keep what it compiled.
    """
    command = [sys.executable, "-m", "hearsay", "read", "-", "--json"]
    times = []
    with tempfile.TemporaryDirectory() as compiled:
        own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": compiled}
        for _ in range(4):
            began = time.perf_counter()
            subprocess.run(command, input=b"Police arrested the mayor.", capture_output=True, check=True, env=own)
            times.append(time.perf_counter() - began)
    return min(times)


def main() -> int:
    """Print the figures."""
    print(f"cold start to first result {cold_start_s():.2f} s")
    folder = shared_folder()
    if folder is None:
        return 0
    for name, value in measure(folder).items():
        print(f"{name:36s} {value:,.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
