"""All benchmarks, and one table of their figures with their floors: `make bench`, or `python -m eval.bench PART...`.

Each part is a command of its own, whose whole output is kept in build/bench. `figures.toml` says which numbers of it stand in the
table. A figure below its floor in `floors.json`, or one that a part no longer prints, ends the run with status 1. Without the shared data
the parts that need it are skipped with a message. A part that is `asked_for` (it trains models first) runs only when it is named:
`python -m eval.bench "pages by fold"` is what the line model finds on sites that it has not seen.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from eval.shared import shared_folder

HERE = Path(__file__).parent
OUTPUT = Path("build/bench")


class Figure(NamedTuple):
    """A number of the table: the part that printed it, its name, its value (None when it was not printed), its floor."""

    part: str
    name: str
    value: float | None
    floor: float | None

    @property
    def is_low(self) -> bool:
        """Whether it is missing or below its floor; a floor of a figure that should be small is written as a negative number."""
        if self.value is None or self.floor is None:
            return self.value is None
        return self.value > -self.floor if self.floor < 0 else self.value < self.floor


def run_part(part: str, command: list[str]) -> str:
    """What a part prints, also kept in a file."""
    began = time.perf_counter()
    print(f"{part} …", end=" ", flush=True, file=sys.stderr)
    done = subprocess.run([sys.executable, "-m", *command], check=False, capture_output=True, text=True)
    said = done.stdout + done.stderr
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / f"{part.replace(' ', '_')}.txt").write_text(said, encoding="utf-8")
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return said


def read_figures(part: str, said: str, patterns: dict[str, str], floors: dict[str, float]) -> Iterator[Figure]:
    """The figures of one part: the first group of each pattern's first match."""
    for name, pattern in patterns.items():
        match = re.search(pattern, said, re.M | re.S)
        yield Figure(part, name, float(match[1].replace(",", "")) if match else None, floors.get(f"{part}: {name}"))


def print_table(figures: list[Figure]) -> None:
    """One table on standard output."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, side in (("part", "left"), ("figure", "left"), ("value", "right"), ("floor", "right"), ("", "left")):
        table.add_column(name, justify=side, overflow="fold")  # type: ignore[arg-type]
    last = ""
    for f in figures:
        value = "not printed" if f.value is None else f"{f.value:,.0f}" if abs(f.value) >= 1000 else f"{f.value:,.2f}"
        floor = "" if f.floor is None else f"at most {-f.floor:g}" if f.floor < 0 else f"{f.floor:g}"
        table.add_row(f.part if f.part != last else "", f.name, value, floor, "BELOW" if f.is_low else "")
        last = f.part
    Console(width=None if sys.stdout.isatty() else 110).print(table)


def main(wanted: list[str]) -> int:
    """Run the parts; 1 if a figure is missing or below its floor."""
    if shared_folder() is None:
        return 0
    parts = tomllib.loads((HERE / "figures.toml").read_text(encoding="utf-8"))
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    unknown = [w for w in wanted if w not in parts]
    if unknown:
        print(f"no part {', '.join(unknown)}; there are: {', '.join(parts)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for part in wanted or [name for name, item in parts.items() if not item.get("asked_for")]:
        said = run_part(part, parts[part]["command"])
        figures.extend(read_figures(part, said, parts[part]["figures"], floors))
    print_table(figures)
    return 1 if any(f.is_low for f in figures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
