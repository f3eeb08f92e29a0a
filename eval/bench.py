"""All benchmarks, one after the other, and the floors: `make bench`.

Each part prints its own figures. Those named in `floors.json` are compared with their floors; a figure below its floor ends the run
with status 1. Without the shared data everything is skipped with a message.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from eval.shared import shared_folder

PARTS = {
    "encoder, gold tokens": ["eval.encoder"],
    "sentences and tokens": ["eval.segmentation", "dev"],
    "attributions": ["eval.attributions"],
    "times": ["eval.times"],
    "actors": ["eval.actors"],
    "events": ["eval.events"],
    "who to whom": ["eval.pairs"],
    "false events by genre": ["eval.false_events"],
    "pages": ["eval.pages"],
    "speed and memory": ["eval.speed"],
}
FLOORS = Path(__file__).with_name("floors.json")


def main() -> int:
    """Run every part; 1 if a part fails or a figure lies below its floor."""
    folder = shared_folder()
    if folder is None:
        return 0
    failed = 0
    for name, command in PARTS.items():
        print(f"── {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", *command], check=False).returncode != 0
    print("── floors")
    return 1 if failed + check_floors(folder) else 0


def check_floors(folder: Path) -> int:
    """Print each floored figure of the encoder and the actors; the number below their floors."""
    from eval import actors, encoder

    measured = {f"encoder.{k}": v for k, v in encoder.measure(folder)["all"].items()}
    measured |= {f"actors.{k}": v for k, v in actors.measure(folder / "bench" / "events").items()}
    low = 0
    for key, floor in json.loads(FLOORS.read_text(encoding="utf-8")).items():
        value = measured[key]
        low += value < floor
        print(f"{key:40s} {value:7.2f}   floor {floor:.2f}{'   BELOW' if value < floor else ''}")
    return low


if __name__ == "__main__":
    sys.exit(main())
