"""Who does it to whom in single sentences: `python -m eval.pairs [--errors]`.

PETRARCH2's own tests, with its toy actors loaded as a user's actor file, through the whole pipeline: a pair is right where the things that
fill an event's roles have the country or group of the gold codes. CAMEO-tagged sentences: the share of marked sources and targets found.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from eval.shared import read_lines, shared_folder
from hearsay.core.records import Event, Participant, Reading
from hearsay.core.span import Span
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader
from hearsay.resolve.user_actors import load_user_actors

Pair = tuple[str, str]


def parties(event: Event) -> Iterator[tuple[Participant, Participant]]:
    """Who -> whom of an event; each with each where all are actors."""
    if event.recipients:
        return ((a, b) for a in event.actors for b in event.recipients)
    return ((a, b) for a in event.actors for b in event.actors if a != b)


def code_of(reading: Reading, p: Participant) -> str:
    """Country, or else nothing, of what a participant stands for."""
    thing = reading.thing(p.thing)
    return (thing.country or "") if thing else ""


def is_right(gold: Pair, found: Pair, texts: Pair) -> bool:
    """Whether a pair of countries (and words) is the pair of codes: three letters for a country or kind of group, then sectors."""
    return all(_fits(*side) for side in zip(gold, found, texts, strict=True))


def _fits(code: str, country: str, words: str) -> bool:
    if code.startswith('"'):
        return code.strip('"').split()[-1].lower() in words.lower()
    if code.startswith("---"):
        return not country  # a party whose country the sentence does not tell
    return bool(country) and country in {code[i : i + 3] for i in range(0, len(code), 3)}


def measure_petrarch(folder: Path, errors: bool = False) -> dict[str, dict[str, float]]:
    """Recall and precision of who -> whom pairs in percent, over all records and by what a record tests."""
    reader = Reader(actors=load_user_actors(folder / "petrarch2_toy_actors.jsonl"), strict=True)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_lines(folder / "petrarch2.jsonl"):
        reading = reader.read(RawReport(row["id"], text=row["text"]), date=row["date"])
        wanted = {(e["source"], e["target"]) for e in row["events"]}
        said = {(code_of(reading, a), code_of(reading, b)): (a.text, b.text) for e in reading.events for a, b in parties(e)}
        said = {pair: texts for pair, texts in said.items() if pair[0] != pair[1] or not all(pair)}
        hit = {gold for gold in wanted if any(is_right(gold, pair, texts) for pair, texts in said.items())}
        good = sum(any(is_right(gold, pair, texts) for gold in wanted) for pair, texts in said.items())
        for kind in ("all", row["category"]):
            counts[kind].update(pairs=len(wanted), found=len(hit), said=len(said), right=good)
        if errors and (wanted - hit or good < len(said)):
            print(f"{row['id']}\t{row['text']}\n\tmissed {sorted(wanted - hit)}\tsaid {said}")
    return {kind: _shares(c) for kind, c in counts.items()}


def _shares(c: Counter[str]) -> dict[str, float]:
    return {"pairs": c["pairs"], "recall": 100 * c["found"] / max(1, c["pairs"]), "precision": 100 * c["right"] / max(1, c["said"])}


def measure_tags(folder: Path, errors: bool = False) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in percent of sources and targets, a mention matching where half of the shorter one overlaps."""
    reader = Reader(strict=True)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_lines(folder / "cameo_tags.jsonl"):
        reading = reader.read(RawReport(row["id"], text=row["text"]))
        gold = {role: [(s["start"], s["end"]) for s in row["spans"] if s["role"] == role] for role in ("source", "target")}
        both = [p.span for e in reading.events if not e.recipients for p in e.actors]
        said = {
            "source": {p.span for e in reading.events for p in e.actors},
            "target": {p.span for e in reading.events for p in e.recipients} | set(both),
        }
        missed = []
        for role, wanted in gold.items():
            found = [s for s in wanted if any(_same(s, f) for f in said[role])]
            missed += [(role, row["text"][s:e]) for s, e in wanted if (s, e) not in found]
            # a word that may be either, source or target, is no fault where it is the other
            wrong = [f for f in said[role] if not any(_same(s, f) for s in (gold["source"] + gold["target"] if f in both else wanted))]
            counts[role].update(gold=len(wanted), found=len(found), said=len(found) + len(wrong))
        if errors and missed:
            print(f"{row['text']}\n\tmissed {missed}\tevents {[_shown(reading, e) for e in reading.events]}")
    return {role: _scores(c) for role, c in counts.items()}


def _shown(reading: Reading, e: Event) -> str:
    return f"{e.type} {e.trigger.of(reading.text)}: {[p.text for p in e.actors]} -> {[p.text for p in e.recipients]}"


def _same(a: Sequence[int], b: Span) -> bool:
    shared = min(a[1], b.end) - max(a[0], b.start)
    return 2 * shared >= min(a[1] - a[0], b.length) > 0


def _scores(c: Counter[str]) -> dict[str, float]:
    precision, recall = c["found"] / max(1, c["said"]), c["found"] / max(1, c["gold"])
    both = 200 * precision * recall / max(1e-9, precision + recall)
    return {"gold": c["gold"], "precision": 100 * precision, "recall": 100 * recall, "F1": both}


def report(title: str, rows: dict[str, dict[str, float]]) -> Iterable[str]:
    """Lines of the table."""
    for name, row in rows.items():
        yield f"{title:12s} {name:10s} " + "  ".join(f"{k} {v:,.1f}" for k, v in row.items())


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true", help="show every record that is not right")
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    bench = folder / "bench" / "events"
    print(*report("petrarch2", measure_petrarch(bench, args.errors)), sep="\n")
    print(*report("cameo tags", measure_tags(bench, args.errors)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
