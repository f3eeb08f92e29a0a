"""Scores time expressions against the TIMEX3 reports of the shared bench, and event times against the annotated reports.

The reports are sorted by id: rules were written on the first two thirds, the last third was never read. Both figures are printed.
Run: `python -m eval.times [dev|held|all|events] [plain|tagged]`: plain cuts the text into untagged sentences, tagged runs
the encoder first.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eval.shared import read_lines, shared_folder
from hearsay.core.document import Article, Document, Part, Sentence
from hearsay.core.records import Timex
from hearsay.core.span import Span
from hearsay.neural.decode import Analyser
from hearsay.resolve.timexes import find_timexes
from hearsay.resolve.when import choose_time, stays_on_day
from hearsay.text.layout import lay_out
from hearsay.text.sentences import split_sentences


def document_of(text: str, analyser: Analyser | None) -> Document:
    """A document of the text's sentences; untagged, as the rules were developed, unless an analyser is given."""
    article = Article(text, (Part("body", Span(0, len(text))),))
    if analyser is None:
        return Document(article, tuple(Sentence(i, span, 0, ()) for i, span in enumerate(split_sentences(text, (0, len(text))))))
    return Document(article, analyser.analyse(text, lay_out(text, [(0, len(text))]))[0])


def read_report(report: dict[str, Any], analyser: Analyser | None = None) -> dict[str, Any]:
    """The bench's form of a report's time expressions."""
    found = find_timexes(document_of(report["text"], analyser), report["dct"])
    timexes = [{"span": list(t.span), "type": t.type, "value": t.value, "rule": t.provenance.rule} for t in found]
    return {"id": report["id"], "timexes": timexes}


def score(name: str, reports: list[dict[str, Any]], bench: Path, analyser: Analyser | None) -> None:
    """Prints what the bench's own score.py says of some reports."""
    start = time.perf_counter()
    found = [read_report(r, analyser) for r in reports]
    taken = time.perf_counter() - start
    words = sum(len(r["text"].split()) for r in reports)
    with tempfile.TemporaryDirectory() as folder:
        gold, ours = Path(folder, "gold.jsonl"), Path(folder, "ours.jsonl")
        _write(gold, reports)
        _write(ours, found)
        done = subprocess.run([sys.executable, str(bench / "score.py"), str(gold), str(ours)], capture_output=True, text=True, check=True)
    print(f"{name}: {len(reports)} reports, {words / taken:,.0f} words/s\n{done.stdout}")


def score_events(bench: Path, analyser: Analyser) -> None:
    """Prints how often the time chosen for an annotated trigger agrees with the annotators' (their month holds our day)."""
    counts: Counter[str] = Counter()
    for report in read_lines(bench / "reports_dev.jsonl"):
        document = document_of(report["text"], analyser)
        timexes = find_timexes(document, report["date"])
        for event in report["events"]:
            sentence = document.sentence_at(event["trigger"][0])
            if sentence is not None:
                counts[_agreement(document, sentence, event, timexes, report["date"])] += 1
    print("event times (gold triggers):", ", ".join(f"{name} {n}" for name, n in sorted(counts.items())))


def _agreement(document: Document, sentence: Sentence, event: dict[str, Any], timexes: tuple[Timex, ...], date: str) -> str:
    trigger = next(i for i, t in enumerate(sentence.tokens) if t.end > event["trigger"][0])
    in_body = sentence.index > 1
    serves = not in_body or stays_on_day(document, sentence, timexes, date)
    when = choose_time(sentence, trigger, timexes, date if serves else None, event["modality"] == "asserted", in_body)
    gold = event["when"]
    if when is None or gold is None:
        return "none, rightly" if when is gold else "missed" if when is None else "wrong, none wanted"
    return "right" if when.value[: len(gold)] == gold else "wrong"


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def main(which: str = "all", how: str = "plain") -> None:
    """Prints the figures of the part read in development and of the part kept unread."""
    shared = shared_folder()
    if shared is None:
        return
    bench = shared / "bench" / "time"
    reports = sorted(read_lines(bench / "timebank.jsonl"), key=lambda r: r["id"])
    analyser = Analyser() if how == "tagged" else None
    cut = len(reports) * 2 // 3
    if which in {"dev", "all"}:
        score("read in development (first two thirds by id)", reports[:cut], bench, analyser)
    if which in {"held", "all"}:
        score("kept unread (last third by id)", reports[cut:], bench, analyser)
    if which == "events":
        score_events(shared / "bench" / "events", Analyser())


if __name__ == "__main__":
    main(*sys.argv[1:3])
