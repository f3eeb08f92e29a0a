"""Marked-up training sentences -> text and labelled spans.

A file of marked-up sentences holds one item a line, `COUNTRY YEAR | sentence`, with `#` comments and blank lines between.
In the sentence `{LABEL words}` marks a span; marks nest; braces occur nowhere else. Stripping the marks gives the text.

    UKR 2014 | {a1 Ukraine's parliament} {e1:SANCTION/convict condemned} ...

Event files use these labels (N is a number that ties the parts of one event or attribution together):
    eN:TYPE[/mode][:modality][:bg]   trigger; modality is asserted (default), future, hypothetical or negated
    aN  rN  wN  tN                   actor, recipient, where, when of event N; `a1,r2` gives one span several roles
    SN  CN  XN  AN                   source, cue, content, addressee of attribution N
Name files use PER, ORG and LOC.

Run `python -m training.markup FILE...` to check files: every fault is named with its file and line, the exit status is 1.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TYPES = frozenset(
    ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
     "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
)  # fmt: skip
MODALITIES = frozenset({"asserted", "future", "hypothetical", "negated"})
_OPEN = re.compile(r"\{([A-Za-z0-9:/,_+-]+) ")
_TRIGGER = re.compile(r"e(\d+):([A-Z]+)(?:/([a-z_+-]+))?(?::(asserted|future|hypothetical|negated))?(:bg)?")
_ROLE = re.compile(r"[arwtSCXA]\d+")


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked-up sentence: its text, its spans and where it stands."""

    country: str
    year: int
    text: str
    spans: tuple[tuple[int, int, str], ...]
    file: str
    line: int


def strip_marks(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Text without marks, and (start, end, label) for each label of each mark, in order of opening.

    Raises:
        ValueError: a brace without its partner, or a mark without a label.
    """
    out: list[str] = []
    length = 0
    spans: list[tuple[int, int, str]] = []
    stack: list[tuple[int, str, int]] = []
    i = 0
    while i < len(marked):
        if marked[i] == "{":
            opening = _OPEN.match(marked, i)
            if not opening:
                raise ValueError(f"no label after {{ at {marked[i : i + 25]!r}")
            stack.append((length, opening.group(1), len(spans)))
            spans.append((length, length, ""))
            i = opening.end()
        elif marked[i] == "}":
            if not stack:
                raise ValueError(f"}} without {{ after {marked[max(0, i - 25) : i]!r}")
            start, labels, slot = stack.pop()
            if start == length:
                raise ValueError(f"empty mark {labels}")
            spans[slot] = (start, length, labels)
            i += 1
        else:
            out.append(marked[i])
            length += 1
            i += 1
    if stack:
        raise ValueError(f"{{{stack[-1][1]} is never closed")
    flat = [(s, e, label) for s, e, labels in spans for label in _split(labels)]
    return "".join(out), flat


def _split(labels: str) -> list[str]:
    return [labels] if labels.startswith("e") else labels.split(",")


def read_marked(path: Path) -> Iterator[Marked]:
    """Sentences of one file, in order. Raises ValueError naming file and line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, bar, body = line.partition(" | ")
        match = re.fullmatch(r"([A-Z]{3}) (\d{4})", head.strip())
        if not bar or not match:
            raise ValueError(f"{path}:{number}: a line begins 'COUNTRY YEAR | ', as in 'KEN 2008 | '")
        try:
            text, spans = strip_marks(body.strip())
            _check(spans)
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
        yield Marked(match.group(1), int(match.group(2)), text, tuple(spans), str(path), number)


def parse_trigger(label: str) -> tuple[int, str, str | None, str, bool] | None:
    """(number, type, mode, modality, background) of a trigger label, or None for another label."""
    match = _TRIGGER.fullmatch(label)
    if not match:
        return None
    number, kind, mode, modality, background = match.groups()
    return int(number), kind, mode, modality or "asserted", bool(background)


def _check(spans: list[tuple[int, int, str]]) -> None:
    triggers = {t[0]: t for _, _, label in spans if (t := parse_trigger(label))}
    cues = {label[1:] for _, _, label in spans if re.fullmatch(r"[CSX]\d+", label)}
    for _, _, label in spans:
        if label in {"PER", "ORG", "LOC"}:
            continue
        trigger = parse_trigger(label)
        if trigger and trigger[1] not in TYPES:
            raise ValueError(f"{trigger[1]} is not one of the 16 types")
        if trigger:
            continue
        if not _ROLE.fullmatch(label):
            raise ValueError(f"unknown label {label}")
        if label[0] in "arwt" and int(label[1:]) not in triggers:
            raise ValueError(f"{label} has no trigger e{label[1:]}")
        if label[0] == "A" and label[1:] not in cues:
            raise ValueError(f"{label} has no attribution {label[1:]}")


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
        head, bar, body = line.partition(" | ")
        if not bar or not re.fullmatch(r"[A-Z]{3} \d{4}", head.strip()):
            raise ValueError("a line begins 'COUNTRY YEAR | '")
        text, spans = strip_marks(body.strip())
        _check(spans)
        if text in seen:
            raise ValueError(f"the same sentence as {seen[text]}")
    except ValueError as error:
        print(f"{name}:{number}: {error}")
        return 1
    seen[text] = f"{name}:{number}"
    counts["sentences"] += 1
    counts["sentences without marks"] += not spans
    for _, _, label in spans:
        trigger = parse_trigger(label)
        if trigger:
            counts[f"type {trigger[1]}"] += 1
            counts[f"modality {trigger[3]}"] += 1
        else:
            counts[f"mark {re.sub('[0-9]', '', label)}"] += 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
