"""Annotated newswire: a working file in which an annotator quotes words -> stand-off offsets, without any text.

A working file (kept out of the project, because it quotes reports) looks like this; `python -m training.wire show ID...`
prints a report with its lines numbered, and `python -m training.wire convert WORK.txt OUT.jsonl` turns the file into offsets.

    = AFP_ENG_19970429.0522
    1 | sworn in | SUPPORT | asserted | a: Peterson | r: Vietnam | when: 1997-04-29 | where: | by: a US official
    = XIN_ENG_...            (a report without events: the line with its id alone)

The first field is the line number, the second the trigger. `a:`, `r:` and `by:` take several mentions parted by ` ; `.
Every quoted piece is looked up in its line; `words#2` means its second occurrence there; `words@3` means line 3
(for participants or sources that another line names). `bg` as a last field marks background. Empty fields may be left out.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

from hearsay.core.records import MODALITIES, TYPES

SHARED = Path(os.environ.get("HEARSAY_SHARED", "../shared"))


SOURCES = {"newswire/wire": "date", "time/timebank": "dct", "newswire/muc3": "date", "attribution/polnear_train": "date"}
"""Files of the benchmark whose reports are annotated, and what they call a report's date."""
BEGINNING = 2400
"""Letters of a report that an annotator reads, to the end of a paragraph; a wire report is read whole."""


def load_reports() -> dict[str, dict]:
    """Reports of the benchmark by id, each as far as annotators read it."""
    out = {}
    for name, date in SOURCES.items():
        with (SHARED / "bench" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = row["text"] if name.endswith("wire") else row["text"][: _beginning(row["text"])]
                out[row["id"]] = row | {"date": (row[date] or "")[:10], "text": text}
    return out


def _beginning(text: str) -> int:
    return len(text) if len(text) <= BEGINNING else max(text.rfind("\n", 0, BEGINNING), 0) or BEGINNING


def number_lines(text: str) -> dict[int, tuple[int, str]]:
    """Line number -> (offset, line) for the lines of a text that are not blank."""
    out: dict[int, tuple[int, str]] = {}
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            out[len(out) + 1] = (offset, line)
        offset += len(line) + 1
    return out


def find_quote(quote: str, home: int, lines: dict[int, tuple[int, str]]) -> list[int]:
    """[start, end] of a quoted piece; raises ValueError when it is not there."""
    where = home
    if "@" in quote and quote.rpartition("@")[2].isdigit():
        quote, _, number = quote.rpartition("@")
        where = int(number)
    nth = 1
    if "#" in quote and quote.rpartition("#")[2].isdigit():
        quote, _, count = quote.rpartition("#")
        nth = int(count)
    if where not in lines:
        raise ValueError(f"no line {where}")
    offset, line = lines[where]
    at = -1
    for _ in range(nth):
        at = line.find(quote, at + 1)
        if at < 0:
            raise ValueError(f"{quote!r} (no. {nth}) is not in line {where}: {line[:70]!r}")
    end = at + len(quote)
    if (line[at - 1 : at].isalnum() and quote[0].isalnum()) or (line[end : end + 1].isalnum() and quote[-1].isalnum()):
        raise ValueError(f"{quote!r} (no. {nth}) lies inside a longer word in line {where}; count on with #{nth + 1}")
    return [offset + at, offset + end]


def read_event(fields: list[str], lines: dict[int, tuple[int, str]]) -> dict:
    """One event record with offsets only."""
    home = int(fields[0])
    kind, modality = fields[2], fields[3]
    if kind not in TYPES or modality not in MODALITIES:
        raise ValueError(f"type {kind!r} or modality {modality!r} unknown")
    event: dict = {"trigger": find_quote(fields[1], home, lines), "type": kind, "modality": modality, "actors": [],
                   "recipients": [], "when": None, "where": None, "attributed_to": [], "background": False}
    for field in fields[4:]:
        key, _, value = field.partition(":")
        key, value = key.strip(), value.strip()
        if key == "bg":
            event["background"] = True
        elif not value or value == "null":
            continue
        elif key in ("a", "r", "by"):
            name = {"a": "actors", "r": "recipients", "by": "attributed_to"}[key]
            event[name] = [find_quote(piece.strip(), home, lines) for piece in value.split(" ; ")]
        elif key == "when":
            event["when"] = value
        elif key == "where":
            event["where"] = find_quote(value, home, lines)
        else:
            raise ValueError(f"unknown field {field!r}")
    return event


def convert(work: Path, out: Path, annotator: str) -> int:
    """Write stand-off records; print every fault with its line; return their number."""
    reports = load_reports()
    records: list[dict] = []
    faults = 0
    lines: dict[int, tuple[int, str]] = {}
    for number, raw in enumerate(work.read_text(encoding="utf-8").splitlines(), 1):
        raw = raw.strip()
        if not raw or raw.startswith("//"):
            continue
        try:
            if raw.startswith("= "):
                key = raw[2:].strip()
                lines = number_lines(reports[key]["text"])
                records.append({"id": key, "annotator": annotator, "events": []})
            else:
                records[-1]["events"].append(read_event([f.strip() for f in raw.split(" | ")], lines))
        except (ValueError, KeyError, IndexError) as error:
            print(f"{work}:{number}: {error!r}")
            faults += 1
    with out.open("w", encoding="utf-8") as sink:
        for record in records:
            sink.write(json.dumps(record) + "\n")
    types = Counter(e["type"] for r in records for e in r["events"])
    print(f"{len(records)} reports, {sum(types.values())} events, {faults} faults", dict(types))
    return faults


def show(ids: list[str]) -> None:
    """Print reports with numbered lines."""
    reports = load_reports()
    for key in ids:
        print(f"= {key}   [{reports[key]['date']}]")
        for number, (_, line) in number_lines(reports[key]["text"]).items():
            print(f"{number}: {line}")
        print()


if __name__ == "__main__":
    if sys.argv[1:2] == ["show"]:
        show(sys.argv[2:])
    elif sys.argv[1:2] == ["convert"]:
        sys.exit(1 if convert(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else "A") else 0)
    else:
        sys.exit(__doc__)
