"""Checks files of marked-up sentences: `python -m training.markup FILE...`.

Every fault is named with its file and line (exit status 1), then what the files hold is counted. The markup: `hearsay.knowledge.markup`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from hearsay.knowledge.markup import Marked, parse_line, parse_trigger


def main(paths: list[str]) -> int:
    """Check files and print what they hold; 1 if any line is at fault."""
    counts: Counter[str] = Counter()
    seen: dict[str, str] = {}
    faults = 0
    for name in paths:
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            faults += _check_line(name, number, line, counts, seen)
    for key, value in sorted(counts.items()):
        print(f"{key:32s} {value}")
    print(f"{faults} faults")
    return 1 if faults else 0


def _check_line(name: str, number: int, line: str, counts: Counter[str], seen: dict[str, str]) -> int:
    if not line.strip() or line.startswith("#"):
        return 0
    try:
        marked = parse_line(line)
        if marked.text in seen:
            raise ValueError(f"the same sentence as {seen[marked.text]}")
    except ValueError as error:
        print(f"{name}:{number}: {error}")
        return 1
    seen[marked.text] = f"{name}:{number}"
    _count(marked, counts)
    return 0


def _count(marked: Marked, counts: Counter[str]) -> None:
    counts["sentences"] += 1
    counts["sentences without marks"] += not marked.spans
    for _, _, label in marked.spans:
        trigger = parse_trigger(label)
        if trigger:
            counts[f"type {trigger[1]}"] += 1
            counts[f"modality {trigger[3]}"] += 1
        else:
            counts[f"mark {re.sub('[0-9]', '', label)}"] += 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
