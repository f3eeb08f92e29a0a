"""Page reading against the benchmark: body from web pages and from plain text, headline, title, date, authors, speed.

    python -m eval.pages                          # the shipped model; its line scores were trained on the visible plain-text pages
    python -m eval.pages --folds DIR              # line scores by models that did not see the page's site
    python -m eval.pages --folds DIR --train      # the same, these models trained first (scikit-learn; about ten minutes)

What is told of plain text is a measure of quality only by folds; `python -m eval.bench "pages by fold"` has these figures. "elsewhere"
are web pages of still other sites, read once as HTML and once as bare lines: their captions are what the HTML says.
Looks for the benchmark in HEARSAY_SHARED or ../shared; says so and ends well when it is not there.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from eval.shared import read_lines
from hearsay.core.document import Article
from hearsay.page import scorer
from hearsay.page.article import read_text
from hearsay.page.hypertext import read_html
from training.sites import site_of

SHARED = Path(os.environ.get("HEARSAY_SHARED", "../shared"))
BODY = frozenset({"lead", "body", "dateline"})
BARS = {
    "seed lines": 1.0, "html body F1": 0.965, "plain whole F1": 0.92, "plain near F1": 0.92, "headline whole": 0.80,
    "headline near": 0.80, "date": 0.89, "authors": 0.65, "pages/s": 40.0,
}  # fmt: skip
CEILINGS = dict.fromkeys((f"{hint} {where}" for hint in ("caption", "related") for where in ("whole", "near", "html")), 0.01)
"""Shares of the words of captions, or of other reports' lines, that may be taken for the story."""
SEED_KINDS = {
    "promo": "solicitation", "title": "headline", "agency": "agency_credit", "related-head": "navigation",
    "teaser-title": "teaser_headline", "teaser-deck": "teaser_deck", "lead": "body",
}  # fmt: skip


def load_score(folder: Path) -> ModuleType:
    """The benchmark's own scorer."""
    spec = importlib.util.spec_from_file_location("pages_score", folder / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def body_of(article: Article) -> str:
    """The story's text, headline left out."""
    return "\n".join(p.span.of(article.text) for p in article.parts if p.kind in BODY)


def label_rows(rows: list[dict[str, Any]]) -> list[str]:
    """body, title or other for each line of a dump, read as one plain text."""
    article = read_text("\n".join(r["text"] for r in rows))
    out, at = [], 0
    for row in rows:
        end = at + len(row["text"])
        kinds = {p.kind for p in article.parts if at <= p.span.start < end or p.span.start <= at < p.span.end}
        out.append("body" if kinds & BODY else "title" if "headline" in kinds else "other")
        at = end + 1
    return out


def fold_models(folder: Path) -> Callable[[str], scorer.Model]:
    """For an address the model that did not see its site."""
    models = [(scorer.read_model(p), set(json.loads(p.with_suffix(".json").read_text()))) for p in sorted(folder.glob("fold*.npz"))]
    return lambda url: next(model for model, sites in models if site_of(url) in sites)


def score_plain(folder: Path, score: ModuleType, choose: Callable[[str], scorer.Model] | None) -> Iterator[tuple[str, float]]:
    """Body F1 and headline on the plain-text dumps."""
    for name, short in (("plaintext", "whole"), ("plaintext_near", "near")):
        gold = score.load_lines(folder / f"{name}.jsonl")
        pred = []
        for page in gold:
            if choose is not None:
                scorer.use_model(choose(page["url"]))
            pred.append({"id": page["id"], "labels": label_rows(page["lines"])})
        result = score.score_plaintext(gold, pred)
        yield f"plain {short} F1", result["f1"]
        yield f"headline {short}", result["title"]
        for hint in ("caption", "related"):
            yield f"{hint} {short}", leaked(gold, pred, hint)
    scorer.use_model(None)


def score_leaks(folder: Path) -> Iterator[tuple[str, float]]:
    """Shares of captions and of other reports in the body of web pages.

    A line counts as taken when its words are a paragraph of the story and no line of the body.
    """
    gold, pred = [], []
    for page in read_lines(folder / "plaintext.jsonl"):
        article = read_html(gzip.decompress((folder / "html" / f"{page['id']}.html.gz").read_bytes()), page["url"])
        body = {plain(p.span.of(article.text)) for p in article.parts if p.kind in BODY}
        body -= {plain(row["text"]) for row in page["lines"] if row["label"] == "body"}
        gold.append(page)
        pred.append({"labels": ["body" if plain(row["text"]) in body else "other" for row in page["lines"]]})
    yield from ((f"{hint} html", leaked(gold, pred, hint)) for hint in ("caption", "related"))


def plain(text: str) -> str:
    """Words alone, in small letters."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def score_elsewhere(folder: Path) -> Iterator[tuple[str, float]]:
    """Captions taken for body in the bare lines of web pages whose sites the line model has not seen."""
    seen = {site_of(page["url"]) for page in read_lines(folder / "plaintext.jsonl")}
    words = taken = 0
    for page in read_lines(folder / "meta" / "meta.jsonl"):
        if site_of(page["url"]) in seen:
            continue
        article = read_html(gzip.decompress((folder / "meta" / "html" / f"{page['id']}.html.gz").read_bytes()), page["url"])
        lines = [(p.span.of(article.text), p.kind) for p in article.parts]
        labels = label_rows([{"text": text} for text, _ in lines])
        sizes = [(len(text.split()), label) for (text, kind), label in zip(lines, labels, strict=True) if kind == "caption"]
        words += sum(size for size, _ in sizes)
        taken += sum(size for size, label in sizes if label == "body")
    yield "caption elsewhere", taken / max(words, 1)


def leaked(gold: list[dict[str, Any]], pred: list[dict[str, Any]], hint: str) -> float:
    """Share of the words of captions, or of other reports' lines, that were taken for body. `hint` is guessed, and often wrong."""
    seen = taken = 0
    for page, answer in zip(gold, pred, strict=True):
        for row, label in zip(page["lines"], answer["labels"], strict=True):
            if row.get("hint") == hint and row["label"] != "body" and not row.get("amb"):
                size = len(row["text"].split())
                seen, taken = seen + size, taken + size * (label == "body")
    return taken / max(seen, 1)


def score_seed(folder: Path) -> Iterator[tuple[str, float]]:
    """Share of the seed's lines that are right, kind and teaser, a caption and its credit apart."""
    page = json.loads((folder / "seed.jsonl").read_text(encoding="utf-8"))
    text = (SHARED / "seed" / "report.txt").read_text(encoding="utf-8")
    article = read_text(text)
    right = 0
    for line in page["lines"]:
        parts = [p for p in article.parts if line["start"] <= p.span.start < line["end"]]
        kinds = [SEED_KINDS.get(p.kind, p.kind) for p in parts]
        if line["hint"] == "caption":
            right += [p.span.of(text) for p in parts] == [line["caption"], line["credit"]]
        else:
            right += kinds == [SEED_KINDS.get(line["hint"], line["hint"])] and parts[0].story == line.get("teaser", 0)
    yield "seed lines", right / len(page["lines"])


def score_pages(folder: Path, score: ModuleType) -> Iterator[tuple[str, float]]:
    """Body of web pages, metadata of others, and pages a second of processor time."""
    gold = score.load_json(folder / "ground-truth.json")
    start, used = time.process_time(), 0
    pred = {}
    for key in gold:
        pred[key] = body_of(read_html(gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()), gold[key]["url"]))
        used += 1
    result = score.score_html(gold, pred)
    yield from (("html body F1", result["f1"]), ("html precision", result["precision"]), ("html recall", result["recall"]))
    wanted = score.load_lines(folder / "meta" / "meta.jsonl")
    found = []
    for page in wanted:
        article = read_html(gzip.decompress((folder / "meta" / "html" / f"{page['id']}.html.gz").read_bytes()), page["url"])
        found.append({"id": page["id"], "title": article.title, "date": article.date, "authors": list(article.authors)})
        used += 1
    seconds = time.process_time() - start
    result = score.score_meta(wanted, found)
    yield from (("title", result["title_accuracy"]), ("date", result["date_accuracy"]), ("date precision", result["date_precision"]))
    yield from (("authors", result["author_accuracy"]), ("pages/s", used / seconds))


def main() -> int:
    """Prints the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=Path, help="folder of models by fold")
    parser.add_argument("--train", action="store_true", help="train the models by fold first")
    options = parser.parse_args()
    folder = SHARED / "bench" / "pages"
    if not folder.exists():
        print(f"skipped: no benchmark at {folder} (set HEARSAY_SHARED)")
        return 0
    score = load_score(folder)
    if options.folds and options.train:
        from training.train_lines import train_into

        train_into(options.folds)
    choose = fold_models(options.folds) if options.folds else None
    figures = (*score_seed(folder), *score_plain(folder, score, choose), *score_elsewhere(folder), *score_leaks(folder),
               *score_pages(folder, score))  # fmt: skip
    return 1 if sum([not print_figure(name, value) for name, value in figures]) else 0


def print_figure(name: str, value: float) -> bool:
    """Prints one figure with its bar; whether it keeps it."""
    bar, most = BARS.get(name), CEILINGS.get(name)
    kept = (bar is None or value >= bar) and (most is None or value <= most)
    told = f"   bar {bar:g}" if bar is not None else f"   at most {most:g}" if most is not None else ""
    print(f"{name:<18} {value:8.3f}{told}{'' if kept else '  MISSED'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
