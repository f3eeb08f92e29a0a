"""Attributions against PolNeAR and GUM dev, from raw text: `python -m eval.attributions [--gum]`.

PolNeAR marks only the outermost attribution, so those with `inside` are left out there, as its README asks. Skipped with a
message where the shared data is not there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.shared import read_lines, shared_folder
from hearsay.core.document import Article, Document, Part
from hearsay.core.records import Attribution
from hearsay.core.span import Span
from hearsay.extract.attribution_model import DEFAULT as WEIGHTS
from hearsay.extract.attribution_model import AttributionModel, open_attribution_model
from hearsay.extract.attributions import find_attributions
from hearsay.neural.decode import Analyser
from hearsay.neural.heads import PartScorer
from hearsay.neural.pack import DEFAULT, open_pack
from hearsay.text.layout import lay_out


def paragraphs(text: str) -> tuple[Part, ...]:
    """A part for each line that is not blank; the first is the headline."""
    parts, at = [], 0
    for line in text.split("\n"):
        span = Span(at, at + len(line)).trim(text)
        if span.length:
            parts.append(Part("body" if parts else "headline", span))
        at += len(line) + 1
    return tuple(parts)


class Reader:
    """Text -> attributions, with the seconds that each stage took."""

    def __init__(self, pack: Path, weights: Path) -> None:
        self.analyser = Analyser(open_pack(pack))
        self.scorer = PartScorer(self.analyser.pack)
        self.model: AttributionModel = open_attribution_model(weights)
        self.seconds = {"encoder": 0.0, "attributions": 0.0}
        self.words = 0

    def read(self, text: str) -> tuple[Attribution, ...]:
        """All attributions of a text."""
        parts = paragraphs(text)
        layouts = lay_out(text, [p.span for p in parts])
        began = time.perf_counter()
        sentences, evidence = self.analyser.analyse(text, layouts)
        middle = time.perf_counter()
        found = find_attributions(Document(Article(text, parts), sentences), evidence, self.scorer, self.model)
        self.seconds["encoder"] += middle - began
        self.seconds["attributions"] += time.perf_counter() - middle
        self.words += sum(len(s.tokens) for s in sentences)
        return found


def prediction(row: dict[str, Any], found: tuple[Attribution, ...], nested: bool) -> dict[str, Any]:
    """One line of a prediction file."""
    kept = [a for a in found if nested or a.inside is None]
    return {
        "id": row["id"],
        "attributions": [
            {"id": a.id, "source": a.source, "cue": a.cue, "content": a.content, "stance": a.stance, "negated": a.negated,
             "score": a.provenance.score, "inside": a.inside}
            for a in kept
        ],
    }  # fmt: skip


def reliability(rows: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> list[str]:
    """A table by tenth of the score: mean score, share of predictions whose cue shares a letter with a gold cue, and how many there are.

    The last line is the mean distance of the two, weighted by number. What the annotators set aside is left out.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for row, prediction_ in zip(rows, predicted, strict=True):
        gold = [tuple(p) for a in row["attributions"] for p in a["cue"]]
        for one in prediction_["attributions"]:
            if not any(_meet(p, one["cue"]) for p in row.get("discard") or []):
                bins.setdefault(min(9, int(one["score"] * 10)), []).append((one["score"], any(_meet(g, one["cue"]) for g in gold)))
    shown, distance = ["score band   mean  right  number"], 0.0
    for key in sorted(bins):
        scores, hits = zip(*bins[key], strict=True)
        mean, right = sum(scores) / len(scores), sum(hits) / len(hits)
        distance += abs(mean - right) * len(scores)
        shown.append(f"{key / 10:.1f} to {(key + 1) / 10:.1f}   {mean:5.2f}  {right:5.2f}  {len(hits):6d}")
    return [*shown, f"mean distance {distance / max(1, sum(map(len, bins.values()))):.3f}"]


def _meet(one: Sequence[int], spans: Sequence[Sequence[int]]) -> bool:
    return any(max(one[0], s) < min(one[1], e) for s, e in spans)


def main() -> int:
    """Print the scorer's table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path, default=DEFAULT)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--gum", action="store_true")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    bench = folder / "bench" / "attribution"
    gold = bench / f"{'gum_attribution' if args.gum else 'polnear'}_{args.part}.jsonl"
    reader = Reader(args.pack, args.weights)
    rows = read_lines(gold)
    with tempfile.TemporaryDirectory() as room:
        path = args.out or Path(room) / "predictions.jsonl"
        with path.open("w", encoding="utf-8") as out:
            predicted = [prediction(row, reader.read(row["text"]), args.gum) for row in rows]
            out.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in predicted)
        extra = ["--align", "any"] if args.gum else []
        extra += ["--json"] if args.json else []
        done = subprocess.run([sys.executable, str(bench / "score.py"), str(gold), str(path), *extra], check=False)
    if not args.gum:
        print("\n".join(reliability(rows, predicted)), file=sys.stderr)
    for stage, seconds in reader.seconds.items():
        print(f"{stage}: {reader.words / max(seconds, 1e-9):,.0f} words/s", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
