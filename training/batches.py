"""Sentences -> padded tensors, bucketed by length."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from hearsay.neural.subwords import Subwords
from training.corpora import ENTITY_TAGS, IGNORE, PART_TAGS, Sentence


@dataclass(frozen=True, slots=True)
class Labels:
    """Label lists of the heads, in order."""

    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    label: list[str]

    @classmethod
    def collect(cls, sentences: Sequence[Sentence], rare_lemma: int = 3) -> Labels:
        """The labels of the treebanks; lemma rules seen fewer than `rare_lemma` times are left out."""
        lemma = Counter(r for s in sentences for r in s.lemma)
        return cls(
            sorted({t for s in sentences for t in s.upos}),
            sorted({t for s in sentences for t in s.xpos}),
            ["0|", *sorted(r for r, n in lemma.items() if n >= rare_lemma and r != "0|")],
            sorted({t for s in sentences for t in s.label}),
        )


class Batcher:
    """Makes batches of about `pieces` padded pieces."""

    def __init__(self, subwords: Subwords, labels: Labels, pieces: int = 1500, longest: int = 180) -> None:
        self.subwords, self.pieces, self.longest = subwords, pieces, longest
        self.tables = {name: {t: i for i, t in enumerate(getattr(labels, name))} for name in ("upos", "xpos", "lemma", "label")}

    def batches(self, sentences: Sequence[Sentence], rng: random.Random | None) -> Iterator[list[Sentence]]:
        """Lists of sentences of like length; shuffled when `rng` is given."""
        sized = [(2 + sum(len(p.ids) for p in self.subwords.cut(s.words)), s) for s in sentences]
        sized = [(n, s) for n, s in sized if n <= self.longest]
        sized.sort(key=lambda pair: pair[0] + (rng.random() * 4 if rng else 0))
        out: list[list[Sentence]] = [[]]
        for n, sentence in sized:
            if out[-1] and n * (len(out[-1]) + 1) > self.pieces:
                out.append([])
            out[-1].append(sentence)
        if rng:
            rng.shuffle(out)
        yield from (b for b in out if b)

    def inputs(self, batch: Sequence[Sentence], rng: random.Random | None = None) -> dict[str, Tensor]:
        """ids, case, mask (B, P) and first (B, W + 1); with `rng`, letter case is changed now and then."""
        rows = [self.subwords.cut(s.words) for s in batch]
        width = max(2 + sum(len(p.ids) for p in row) for row in rows)
        words = max(len(row) for row in rows)
        ids, case, mask = (torch.zeros(len(rows), width, dtype=torch.long) for _ in range(3))
        first = torch.zeros(len(rows), words + 1, dtype=torch.long)
        for b, row in enumerate(rows):
            change = _change_case(rng)
            at = [self.subwords.start]
            cases = [0]
            for w, piece in enumerate(row, 1):
                first[b, w] = len(at)
                at.extend(piece.ids)
                cases.extend([change(piece.case)] * len(piece.ids))
            at.append(self.subwords.end)
            ids[b, : len(at)] = torch.tensor(at)
            case[b, : len(cases)] = torch.tensor(cases)
            mask[b, : len(at)] = 1
        return {"ids": ids, "case": case, "mask": mask, "first": first}

    def gold(self, batch: Sequence[Sentence]) -> dict[str, Tensor]:
        """(B, W) label numbers of each layer, IGNORE where unknown."""
        words = max(len(s.words) for s in batch)
        out = {}
        for name, table in self.tables.items():
            out[name] = _grid([[table.get(t, IGNORE) for t in getattr(s, name)] for s in batch], words)
        out["head"] = _grid([s.head for s in batch], words)
        for n, prefix in enumerate(("ewt own", "gum")):
            rows = [[ENTITY_TAGS.index(t) for t in s.entity] if s.src.split("/")[0] in prefix else [] for s in batch]
            out[f"entity{n}"] = _grid(rows, words)
        out["cue"] = _grid([["OBI".index(t) for t in s.cue] for s in batch], words)
        pairs = [(b, cue, roles) for b, s in enumerate(batch) for cue, roles in s.parts]
        out["rows"] = torch.tensor([b for b, _, _ in pairs], dtype=torch.long)
        out["cues"] = torch.tensor([c for _, c, _ in pairs], dtype=torch.long)
        out["parts"] = _grid([[PART_TAGS.index(r) for r in roles] for _, _, roles in pairs], words)
        return out


def _grid(rows: list[list[int]], width: int) -> Tensor:
    out = torch.full((len(rows), width), IGNORE, dtype=torch.long)
    for i, row in enumerate(rows):
        if row:
            out[i, : len(row)] = torch.tensor(row)
    return out


def _change_case(rng: random.Random | None):
    """Now and then a sentence is seen in capitals, in title case or in small letters."""
    roll = rng.random() if rng else 1.0
    if roll < 0.05:
        return lambda case: case if case in (0, 3, 6, 7) else 4
    if roll < 0.09:
        return lambda case: 2 if case == 1 else case
    if roll < 0.11:
        return lambda case: case if case in (0, 6, 7) else 1
    return lambda case: case
