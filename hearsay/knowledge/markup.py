"""Marked-up sentences -> text and labelled spans: how event examples are written, the project's own and a user's.

A file holds one item a line, `COUNTRY YEAR | sentence`, with `#` comments and blank lines between. In the sentence `{LABEL words}` marks a
span; marks nest; braces occur nowhere else. Stripping the marks gives the text.

    UKR 2014 | {a1 Ukraine's parliament} {e1:SANCTION/convict condemned} ...

Labels (N is a number that ties the parts of one event or attribution together):
    eN:TYPE[/mode][:modality][:bg]   trigger; modality is asserted (default), future, hypothetical or negated
    aN  rN  wN  tN                   actor, recipient, where, when of event N; `a1,r2` gives one span several roles
    SN  CN  XN  AN                   source, cue, content, addressee of attribution N
    PER ORG LOC                      names
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from hearsay.core.records import MODALITIES, TYPES
from hearsay.errors import DataFormatError

Mark = tuple[int, int, str]
"""Start, end and label of a marked span."""
NAMES = frozenset({"PER", "ORG", "LOC"})
_OPEN = re.compile(r"\{([A-Za-z0-9:/,_+-]+) ")
_TRIGGER = re.compile(rf"e(\d+):([A-Z][A-Z_]*)(?:/([a-z_+-]+))?(?::({'|'.join(MODALITIES)}))?(:bg)?")
_ROLE = re.compile(r"[arwtSCXA]\d+")


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked-up sentence: its text, its spans and where it stands."""

    country: str
    year: int
    text: str
    spans: tuple[Mark, ...]
    file: str
    line: int


def strip_marks(marked: str) -> tuple[str, list[Mark]]:
    """Text without marks, and (start, end, label) for each label of each mark, in order of opening.

    >>> strip_marks("{a1 Kenya} {e1:AID sent} maize.")
    ('Kenya sent maize.', [(0, 5, 'a1'), (6, 10, 'e1:AID')])

    Raises:
        ValueError: a brace without its partner, or a mark without a label.
    """
    out: list[str] = []
    length = 0
    spans: list[Mark] = []
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
    flat = [(s, e, label) for s, e, labels in spans for label in ([labels] if labels.startswith("e") else labels.split(","))]
    return "".join(out), flat


def read_marked(path: Path, types: Collection[str] = TYPES) -> Iterator[Marked]:
    """Sentences of one file, in order.

    Args:
        types: the names that a trigger may bear.

    Raises:
        DataFormatError: a line at fault, with file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield parse_line(line, types, str(path), number)
            except ValueError as error:
                raise DataFormatError(path, number, str(error)) from error


def parse_line(line: str, types: Collection[str] = TYPES, file: str = "", number: int = 0) -> Marked:
    """The sentence of one line. Raises ValueError."""
    head, bar, body = line.partition(" | ")
    match = re.fullmatch(r"([A-Z]{3}) (\d{4})", head.strip())
    if not bar or not match:
        raise ValueError("a line begins 'COUNTRY YEAR | ', as in 'KEN 2008 | '")
    text, spans = strip_marks(body.strip())
    _check(spans, types)
    return Marked(match.group(1), int(match.group(2)), text, tuple(spans), file, number)


def parse_trigger(label: str) -> tuple[int, str, str | None, str, bool] | None:
    """(number, type, mode, modality, background) of a trigger label, or None for another label."""
    match = _TRIGGER.fullmatch(label)
    if not match:
        return None
    number, kind, mode, modality, background = match.groups()
    return int(number), kind, mode, modality or "asserted", bool(background)


def _check(spans: list[Mark], types: Collection[str]) -> None:
    triggers = {t[0]: t for _, _, label in spans if (t := parse_trigger(label))}
    cues = {label[1:] for _, _, label in spans if re.fullmatch(r"[CSX]\d+", label)}
    for _, _, label in spans:
        trigger = parse_trigger(label)
        if trigger and trigger[1] not in types:
            raise ValueError(f"{trigger[1]} is not one of {', '.join(sorted(types))}")
        if trigger or label in NAMES:
            continue
        if not _ROLE.fullmatch(label):
            raise ValueError(f"unknown label {label}")
        if label[0] in "arwt" and int(label[1:]) not in triggers:
            raise ValueError(f"{label} has no trigger e{label[1:]}")
        if label[0] == "A" and label[1:] not in cues:
            raise ValueError(f"{label} has no attribution {label[1:]}")
