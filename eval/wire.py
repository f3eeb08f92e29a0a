"""The whole pipeline against this project's annotated newswire: `python -m eval.wire [--tables] [--errors] [--half A]`.

The event heads were trained on these reports, so their figures flatter; `--tables` switches the heads off and shows what rules
and tables do by themselves. `--errors FILE` writes out every difference, sorted by class: triggers missed and spurious, types,
actors, recipients, modality, sources.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from eval.events import Record, load_scorer, read_reports, score_predictions, wire_reports
from eval.shared import shared_folder


def find_differences(gold: Record, said: Record, scorer: ModuleType) -> Iterator[tuple[str, str]]:
    """(class, what) of everything in which a reading departs from the annotation."""
    text = gold["text"]
    wanted, found = scorer.normal(gold), scorer.normal(said)
    for event, record in zip(found, said["events"], strict=True):
        event["rule"] = record["rule"]
    pairs = scorer.pair(wanted, found, lambda g, p: scorer.overlap(g["trigger"], p["trigger"]) > 0)
    hit = {id(e) for pair in pairs for e in pair}
    for event in wanted:
        if id(event) not in hit:
            yield "missed", _show(text, event)
    for event in found:
        if id(event) not in hit:
            yield "spurious", _show(text, event)
    for event, mine in pairs:
        yield from _compare(text, event, mine, scorer)


def _compare(text: str, wanted: Record, found: Record, scorer: ModuleType) -> Iterator[tuple[str, str]]:
    if wanted["type"] != found["type"]:
        yield "type", f"{found['type']} for {_show(text, wanted)} by {found['rule']}"
        return
    for role in ("actors", "recipients"):
        missed = [s for s in wanted[role] if not any(scorer.same(s, f) for f in found[role])]
        extra = [s for s in found[role] if not any(scorer.same(s, w) for w in wanted[role])]
        if missed or extra:
            yield role, f"missed {_quote(text, missed)} extra {_quote(text, extra)} in {_show(text, wanted)} by {found['rule']}"
    if wanted["modality"] != found["modality"]:
        yield "modality", f"{found['modality']} for {_show(text, wanted)}"
    right = any(scorer.same(a, b) for a in wanted["source"] for b in found["source"])
    if not right and (wanted["source"] or found["source"]):
        yield "source", f"{_quote(text, found['source'])} for {_quote(text, wanted['source'])} in {_show(text, wanted)}"


def _quote(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return " ; ".join(f"[{text[s:e]}]" for s, e in spans) or "nothing"


def _show(text: str, event: Record) -> str:
    """Type, modality and trigger, in its line with participants marked."""
    start, end = event["trigger"]
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    line = f"{text[first:start]}<<{text[start:end]}>>{text[end:last]}"
    return f"{event['type']}/{event['modality']} a {_quote(text, event['actors'])} r {_quote(text, event['recipients'])} | {line}"


def main() -> int:
    """Print the scorer's table, and the differences if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", action="store_true", help="switch the event heads off")
    parser.add_argument("--errors", type=Path, help="write all differences to this file")
    parser.add_argument("--half", choices=("A", "B"), help="only the reports of one annotator")
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    gold = [r for r in wire_reports(folder) if args.half in (None, r["annotator"])]
    said = read_reports(gold, heads=not args.tables)
    print(score_predictions(folder, gold, said))
    if args.errors:
        scorer = load_scorer(folder)
        rows = sorted(pair for g, s in zip(gold, said, strict=True) for pair in find_differences(g, s, scorer))
        args.errors.write_text("".join(f"{kind}\t{what}\n" for kind, what in rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
