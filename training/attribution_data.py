"""PolNeAR articles -> analysed documents with their gold attributions, kept on disk between runs.

The encoder is slow beside what is fitted on top of it, so its outputs are stored once for each pack (float16, one file an article).
"""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.attributions import paragraphs
from eval.shared import read_lines
from hearsay.core.document import Article, Document, Layout, Part
from hearsay.core.span import Span
from hearsay.neural.decode import Analyser, Evidence
from hearsay.text.layout import lay_out
from training.corpora import SHARED, own_articles, split_hyphens

FOLDER = SHARED / "bench" / "attribution"


@dataclass(frozen=True)
class Case:
    """One article: the benchmark's own row, and what the encoder saw."""

    row: dict[str, Any]
    document: Document
    evidence: tuple[Evidence, ...]


def read_rows(name: str) -> list[dict[str, Any]]:
    """Rows of a benchmark file, `polnear_dev` for example, or the project's own articles under the name `own`."""
    if name == "own":
        return list(own_articles())
    return read_lines(FOLDER / f"{name}.jsonl")


def given_layouts(name: str) -> dict[str, dict[str, Any]]:
    """Tokens and sentences that the benchmark gives, by article."""
    with gzip.open(FOLDER / f"{name}_tokens.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {r["id"]: r for r in map(json.loads, lines)}


def lay_out_given(text: str, parts: tuple[Part, ...], given: dict[str, Any]) -> list[Layout]:
    """Layouts from given tokens, hyphens apart as the treebanks have them."""
    out = []
    for first, last in given["sentences"]:
        tokens = [Span(*w) for i in range(first, last + 1) for w in split_hyphens(text, tuple(given["tokens"][i]))]
        if not tokens:
            continue
        part = next((i for i, p in enumerate(parts) if p.span.start <= tokens[0].start < p.span.end), 0)
        out.append(Layout(Span(tokens[0].start, tokens[-1].end), part, tuple(tokens)))
    return out


def analyse(row: dict[str, Any], given: dict[str, Any] | None, analyser: Analyser) -> Case:
    """An article laid out (from given tokens if there are any) and analysed."""
    text = row["text"]
    parts = paragraphs(text)
    layouts = lay_out_given(text, parts, given) if given else lay_out(text, [p.span for p in parts])
    sentences, evidence = analyser.analyse(text, layouts)
    return Case(row, Document(Article(text, parts), sentences), evidence)


def cases(name: str, analyser: Analyser | None, store: Path, limit: int = 0, given: bool = False) -> Iterator[Case]:
    """Articles of a benchmark file, from the store or analysed and stored."""
    layouts = given_layouts(name) if given else {}
    for row in read_rows(name)[: limit or None]:
        if given and row["id"] not in layouts:
            continue
        path = store / f"{row['id'].replace('/', '_')}.pickle"
        if path.exists():
            yield _read(row, path)
        elif analyser is not None:
            case = analyse(row, layouts.get(row["id"]), analyser)
            _write(case, path)
            yield case


def _write(case: Case, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [(e.words.astype(np.float16), e.cue.astype(np.float16)) for e in case.evidence]
    tokens = [[tuple(t) for t in s.tokens] for s in case.document.sentences]
    places = [(s.index, tuple(s.span), s.part) for s in case.document.sentences]
    path.write_bytes(pickle.dumps((places, tokens, rows), protocol=5))


def _read(row: dict[str, Any], path: Path) -> Case:
    from hearsay.core.document import Sentence, Token

    places, tokens, rows = pickle.loads(path.read_bytes())
    sentences = tuple(
        Sentence(i, Span(*span), part, tuple(Token(*t) for t in words)) for (i, span, part), words in zip(places, tokens, strict=True)
    )
    none = np.zeros((0, 0), np.float32)
    evidence = tuple(Evidence(w.astype(np.float32), c.astype(np.float32), none, none) for w, c in rows)
    return Case(row, Document(Article(row["text"], paragraphs(row["text"])), sentences), evidence)
