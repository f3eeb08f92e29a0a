"""Event coding against annotated reports: `python -m eval.events [--errors N]`.

One line a measure. `reports_dev` is read by the whole pipeline; it was never looked at while the tables grew. `wire`, this project's own
annotated newswire (training data), is coded alone: cut into headline and paragraphs, without attributions and times.
Skipped with a message where the shared data is not there.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: its threads cost more than they give

from eval.shared import read_lines, shared_folder
from hearsay import pipeline
from hearsay.core.document import Article, Document, Part
from hearsay.core.records import Event, Reading
from hearsay.core.span import Span
from hearsay.extract.events import EventCoder
from hearsay.neural.decode import Analyser, Evidence
from hearsay.page.inputs import RawReport
from hearsay.text.layout import lay_out

Record = dict[str, Any]
WIRE = Path(__file__).resolve().parents[1] / "training" / "data" / "wire"
SHOWN = ("trigger", "type", "sentence", "quad", "who-whom", "actors", "recipients")
SHARES = ("modality", "when", "source")


class Reader:
    """Text -> events, with the words and the seconds that coding alone took."""

    def __init__(self) -> None:
        self.analyser = Analyser()
        self.coder = EventCoder(self.analyser.pack)
        self.words, self.seconds = 0, 0.0

    def read(self, text: str, headline: bool = True) -> tuple[Event, ...]:
        """Events of a text."""
        document, evidence = self.analyse(text, headline)
        began = time.perf_counter()
        found = self.coder.code(document, evidence, ())
        self.seconds += time.perf_counter() - began
        self.words += sum(len(s.tokens) for s in document.sentences)
        return found

    def analyse(self, text: str, headline: bool) -> tuple[Document, tuple[Evidence, ...]]:
        """A text with a part for each line that is not blank, the first the headline if there is one."""
        parts, at = [], 0
        for line in text.split("\n"):
            span = Span(at, at + len(line)).trim(text)
            if span.length:
                parts.append(Part("headline" if headline and not parts else "body", span))
            at += len(line) + 1
        sentences, evidence = self.analyser.analyse(text, lay_out(text, [p.span for p in parts]))
        return Document(Article(text, tuple(parts)), sentences), evidence


def wire_reports(folder: Path) -> list[Record]:
    """Annotated newswire with its texts."""
    texts = {r["id"]: r for r in read_lines(folder / "bench" / "newswire" / "wire.jsonl")}
    found = [r for name in ("annotator_a", "annotator_b") for r in read_lines(WIRE / f"{name}.jsonl")]
    return [r | {k: texts[r["id"]][k] for k in ("text", "date")} for r in found]


def prediction(report: Record, events: Iterable[Event]) -> Record:
    """One line for the scorer of events that were coded alone, without sources."""
    return {"id": report["id"], "text": report["text"], "events": [_event(e, ()) for e in events]}


def predict(reading: Reading) -> Record:
    """A reading as a line for the scorer, sources and times included."""
    sources = {a.id: a.source for a in reading.attributions}
    events = [_event(e, sources[e.attribution] if e.attribution else ()) for e in reading.events]
    return {"id": reading.id, "text": reading.text, "events": events}


def _event(e: Event, source: Sequence[Span]) -> Record:
    return {
        "trigger": e.trigger, "type": e.type, "modality": e.modality, "when": e.when.value if e.when else None, "rule": e.provenance.rule,
        "actors": [p.span for p in e.actors], "recipients": [p.span for p in e.recipients], "attributed_to": list(source),
    }  # fmt: skip


def read_reports(gold: Sequence[Record], *, heads: bool) -> list[Record]:
    """The pipeline's reading of each report, with or without the event heads."""
    reader = pipeline.Reader(strict=True)
    if not heads:
        reader._events.heads = None
    return [predict(reader.read(RawReport("wire", text=r["text"]), date=r["date"])) | {"id": r["id"]} for r in gold]


def load_scorer(folder: Path) -> ModuleType:
    """The benchmark's own scorer."""
    spec = importlib.util.spec_from_file_location("score_reports", folder / "bench" / "events" / "score_reports.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_reports(folder: Path, gold: Sequence[Record], reader: Reader, errors: int = 0) -> tuple[dict[str, float], str]:
    """F1 (modality: accuracy) in percent by measure, and the scorer's whole output; events coded alone have no sources and times."""
    said = score_predictions(folder, gold, [prediction(r, reader.read(r["text"])) for r in gold], errors)
    return read_figures(said, ("modality",)), said


def read_figures(said: str, shares: Sequence[str] = SHARES) -> dict[str, float]:
    """What the scorer prints as numbers in percent: F1 by measure, shares of right modalities, times and sources."""
    out = {name: 100 * float(m[1]) for name in SHOWN if (m := re.search(rf"^{name} .*F1 ([\d.]+)", said, re.M))}
    return out | {name: 100 * float(m[1]) for name in shares if (m := re.search(rf"{name} ([\d.]+)", said))}


def score_predictions(folder: Path, gold: Sequence[Record], predicted: Sequence[Record], errors: int = 0) -> str:
    """What the benchmark's scorer prints."""
    with tempfile.TemporaryDirectory() as room:
        paths = [Path(room) / "gold.jsonl", Path(room) / "predicted.jsonl"]
        for path, records in zip(paths, (gold, predicted), strict=True):
            path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            load_scorer(folder).main(str(paths[0]), str(paths[1]), errors)
    return said.getvalue()


def false_events(reports: Sequence[Record], reader: Reader) -> dict[str, float]:
    """Events in a thousand words of reports that the annotators found without events."""
    empty = [r for r in reports if not r["events"]]
    before = reader.words
    found = sum(len(reader.read(r["text"])) for r in empty)
    return {"reports": len(empty), "words": reader.words - before, "false in 1,000 words": 1000 * found / max(1, reader.words - before)}


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=int, default=0, help="show so many missed and spurious events of the wire")
    parser.add_argument("--types", action="store_true", help="show the scorer's whole output for the wire")
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    reader = Reader()
    wire = wire_reports(folder)
    figures, said = score_reports(folder, wire, reader, args.errors)
    rows = {"wire": figures}
    dev = read_lines(folder / "bench" / "events" / "reports_dev.jsonl")
    rows["reports_dev"] = read_figures(score_predictions(folder, dev, read_reports(dev, heads=True)))
    rows["wire without events"] = false_events(wire, reader)
    rows["speed"] = {"words/s, coding alone": reader.words / reader.seconds}
    for name, row in rows.items():
        print(f"{name:20s}", "  ".join(f"{k} {v:,.1f}" for k, v in row.items()))
    if args.errors or args.types:
        print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
