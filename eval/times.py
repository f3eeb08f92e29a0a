"""Scores time expressions against the TIMEX3 reports of the shared bench, and event times against the annotated reports.

The reports are sorted by id: rules were written on the first two thirds, the last third was never read. Both figures are printed.
Run: `python eval/times.py [dev|held|all]`; the bench is looked for at $HEARSAY_SHARED or ../shared.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hearsay.core.document import Article, Document, Part, Sentence
from hearsay.core.span import Span
from hearsay.resolve.timexes import find_timexes

SHARED = Path(os.environ.get("HEARSAY_SHARED", Path(__file__).resolve().parents[2] / "shared"))
BENCH = SHARED / "bench" / "time"
_END = re.compile(r"(?<=[.!?])['\")”]*\s+(?=[A-Z\"'`“(&])|\n\s*\n")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Lt|Col|St|vs|Corp|Inc|Co|Ltd|a\.m|p\.m|No)\.$")


def split_plainly(text: str) -> list[Span]:
    """Sentences by a plain rule; stands in where `hearsay.text` is not used, so that the figure depends on the time rules alone."""
    cuts, start = [], 0
    for found in _END.finditer(text):
        if not _ABBREVIATION.search(text[start : found.start()].rstrip("'\")”")) or "\n" in found[0]:
            cuts.append(Span(start, found.start()))
            start = found.end()
    return [s.trim(text) for s in [*cuts, Span(start, len(text))] if s.trim(text).length]


def document_of(text: str) -> Document:
    """A document of untagged sentences."""
    article = Article(text, (Part("body", Span(0, len(text))),))
    return Document(article, tuple(Sentence(i, span, 0, ()) for i, span in enumerate(split_plainly(text))))


def read_report(report: dict[str, Any]) -> dict[str, Any]:
    """The bench's form of a report's time expressions."""
    found = find_timexes(document_of(report["text"]), report["dct"])
    timexes = [{"span": list(t.span), "type": t.type, "value": t.value, "rule": t.provenance.rule} for t in found]
    return {"id": report["id"], "timexes": timexes}


def score(name: str, reports: list[dict[str, Any]]) -> None:
    """Prints what the bench's own score.py says of some reports."""
    start = time.perf_counter()
    found = [read_report(r) for r in reports]
    taken = time.perf_counter() - start
    words = sum(len(r["text"].split()) for r in reports)
    with tempfile.TemporaryDirectory() as folder:
        gold, ours = Path(folder, "gold.jsonl"), Path(folder, "ours.jsonl")
        _write(gold, reports)
        _write(ours, found)
        done = subprocess.run([sys.executable, str(BENCH / "score.py"), str(gold), str(ours)], capture_output=True, text=True, check=True)
    print(f"{name}: {len(reports)} reports, {words / taken:,.0f} words/s\n{done.stdout}")


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def main(which: str = "all") -> None:
    """Prints the figures of the part read in development and of the part kept unread."""
    if not (BENCH / "timebank.jsonl").exists():
        print(f"skipped: {BENCH / 'timebank.jsonl'} is not there (set HEARSAY_SHARED)")
        return
    lines = (BENCH / "timebank.jsonl").read_text(encoding="utf-8").splitlines()
    reports = sorted(map(json.loads, lines), key=lambda r: r["id"])
    cut = len(reports) * 2 // 3
    if which in {"dev", "all"}:
        score("read in development (first two thirds by id)", reports[:cut])
    if which in {"held", "all"}:
        score("kept unread (last third by id)", reports[cut:])


if __name__ == "__main__":
    main(*sys.argv[1:2])
