"""Accuracy and speed of the shipped encoder on gold tokens: `python -m eval.encoder`.

Held-out text: the development parts of UD English EWT and GUM (GUM's non-commercial genres too, as test text only),
and of the UNER names. Skipped with a message where the shared data is not there.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from eval.shared import shared_folder
from hearsay.core.document import Layout, Sentence
from hearsay.core.span import Span
from hearsay.neural.decode import Analyser

Gold = list[list[str]]


def read_dev(folder: Path) -> Iterator[tuple[str, str, Gold]]:
    """(sentence id, source, rows) of the treebank's development part."""
    key = src = ""
    rows: Gold = []
    with gzip.open(folder / "corpora" / "ud" / "dev.conllu.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                key = line[12:]
            elif line.startswith("# src = "):
                src = line[8:]
            elif not line:
                yield key, src, rows
                rows = []
            elif line[0].isdigit() and line.split("\t")[0].isdigit():
                rows.append(line.split("\t"))


def read_tags(folder: Path) -> dict[str, list[str]]:
    """Gold entity tags by sentence id."""
    tags: dict[str, list[str]] = defaultdict(list)
    key = ""
    with gzip.open(folder / "corpora" / "ner" / "dev.iob.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id = "):
                key = line[12:].strip()
            elif line.strip() and not line.startswith("# "):
                tags[key].append(line.rstrip("\n").rpartition("\t")[2])
    return tags


def layout_words(words: list[str], start: int) -> tuple[str, Layout]:
    """Words joined by spaces, and where they stand from `start` on."""
    spans, at = [], start
    for word in words:
        spans.append(Span(at, at + len(word)))
        at += len(word) + 1
    return " ".join(words), Layout(Span(start, at - 1), 0, tuple(spans))


def spans_of(tags: list[str]) -> set[tuple[int, int, str]]:
    """(first, last + 1, kind) of BIO tags."""
    out, first, kind = set(), 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            out.add((first, i, kind))
            kind = ""
        if tag != "O" and not kind:
            first, kind = i, tag[2:]
    return out


def score(gold: Gold, tags: list[str], sentence: Sentence, count: Counter[str]) -> None:
    """Add one sentence to the counts."""
    for row, token in zip(gold, sentence.tokens, strict=True):
        head = token.head + 1 == int(row[6])
        same = head and token.role == row[7].split(":")[0]
        count["words"] += 1
        count["upos"] += token.upos == row[3]
        count["xpos"] += token.xpos == row[4]
        count["lemma"] += token.lemma.lower() == row[2].lower()
        count["uas"] += head
        count["las"] += same
        if row[3] != "PUNCT":
            count["no punct"] += 1
            count["las no punct"] += same
    if tags:
        said, true = spans_of([t.entity for t in sentence.tokens]), spans_of(tags)
        count["hit"] += len(said & true)
        count["said"] += len(said)
        count["true"] += len(true)


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Percentages by group of text, and words a second under `speed`."""
    analyser = Analyser()
    items = list(read_dev(folder))
    tags = read_tags(folder)
    pieces, layouts, at = [], [], 0
    for _, _, rows in items:
        text, layout = layout_words([r[1] for r in rows], at)
        pieces.append(text)
        layouts.append(layout)
        at += len(text) + 1
    began = time.perf_counter()
    sentences, _ = analyser.analyse("\n".join(pieces), layouts)
    seconds = time.perf_counter() - began
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (key, src, rows), sentence in zip(items, sentences, strict=True):
        for group in ("all", src.split("/")[0], *(["gum news"] if src == "gum/news" else [])):
            score(rows, tags.get(key, []) if src.startswith("ewt") else [], sentence, counts[group])
    out = {group: _percent(c) for group, c in counts.items()}
    out["speed"] = {"words/s": counts["all"]["words"] / seconds}
    return out


def _percent(c: Counter[str]) -> dict[str, float]:
    out = {k: 100 * c[k] / c["words"] for k in ("upos", "xpos", "lemma", "uas", "las")}
    out["las no punct"] = 100 * c["las no punct"] / c["no punct"]
    if c["true"]:
        out["names"] = 200 * c["hit"] / (c["said"] + c["true"])
    return out


def main() -> int:
    """Print the table."""
    folder = shared_folder()
    if folder is None:
        return 0
    for group, figures in measure(folder).items():
        print(f"{group:10s}", "  ".join(f"{k} {v:.2f}" for k, v in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
