"""Runs the graph over batches of sentences of like length.

Graph inputs: `ids`, `case`, `mask` (batch, pieces) int64 and `first` (batch, words + 1) int64, the first piece of each word
after the root. Outputs, named in `OUTPUTS`, have the words of a batch padded to its longest sentence.
The only place for onnxruntime. One thread a session: several cores are used by several processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from hearsay.errors import ModelError
from hearsay.neural.pack import Pack
from hearsay.neural.subwords import Pieces, Subwords

BATCH_SENTENCES = 24
BATCH_PIECES = 1400
RUN = 10
"""What it costs to run the graph once more, in pieces."""
LONGEST = 384
"""Pieces of one row. A longer sentence is read in stretches of this length."""

MARK_STEP = 8
"""Case classes of a marked source begin at 8, of a marked target at 16."""

OUTPUTS = ("upos", "xpos", "lemma", "entity", "arcs", "label_dep", "label_head", "words", "cue", "event", "mood")

Arrays = dict[str, NDArray[Any]]


class Encoder:
    """The graph of a pack, ready to run."""

    def __init__(self, pack: Pack) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(str(pack.path / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises its own unrelated classes
            raise ModelError(f"{pack.path / 'encoder.onnx'}: cannot be run ({error}); install the package again") from error
        self._names = [o.name for o in self._session.get_outputs()]
        self.subwords = Subwords(pack.path / "tokenizer.json")

    def run(
        self, sentences: Sequence[Sequence[str]], marks: Sequence[Sequence[int]] | None = None, hide: bool = False
    ) -> Iterator[tuple[int, Arrays]]:
        """(index, arrays) of each sentence, in no particular order.

        Arrays of a sentence of W words: upos, xpos, lemma (W,) int class numbers; entity (W, 7), cue (W, 3), event (W, E), mood (W, M)
        float32 scores; arcs (W, W + 1) scores of each head, the root first; label_dep, label_head (W + 1, L) and
        words (W + 1, D) float32 vectors, the root first. A sentence must have at least one word and at most `LONGEST` pieces.

        Args:
            sentences: words of each sentence.
            marks: for each word 0, 1 (in a marked source) or 2 (in a marked target); for the pair head only.
            hide: read marked words as unknown ones, so that only the rest of the sentence speaks.
        """
        cut = [self.subwords.cut(s) for s in sentences]
        sizes = [2 + sum(len(p.ids) for p in row) for row in cut]
        for batch in plan_batches(sizes):
            inputs = self._inputs([cut[i] for i in batch], [marks[i] for i in batch] if marks else None, hide)
            outputs = self._session.run(self._names, inputs)
            for row, i in enumerate(batch):
                yield i, {name: out[row] for name, out in zip(self._names, outputs, strict=True)}

    def count_pieces(self, words: Sequence[str]) -> list[int]:
        """Number of pieces of each word."""
        return [len(p.ids) for p in self.subwords.cut(words)]

    def _inputs(self, rows: list[list[Pieces]], marks: list[Sequence[int]] | None, hide: bool = False) -> Arrays:
        width = max(2 + sum(len(p.ids) for p in row) for row in rows)
        ids, case, mask = (np.zeros((len(rows), width), np.int64) for _ in range(3))
        first = np.zeros((len(rows), 1 + max(map(len, rows))), np.int64)
        for b, row in enumerate(rows):
            at, cases, starts = [self.subwords.start], [0], [0]
            for w, piece in enumerate(row):
                starts.append(len(at))
                at.extend([self.subwords.mask] * len(piece.ids) if hide and marks and marks[b][w] else piece.ids)
                cases.extend([piece.case + (MARK_STEP * marks[b][w] if marks else 0)] * len(piece.ids))
            at.append(self.subwords.end)
            ids[b, : len(at)], case[b, : len(cases)], mask[b, : len(at)], first[b, : len(starts)] = at, cases, 1, starts
        return {"ids": ids, "case": case, "mask": mask, "first": first}


def plan_batches(sizes: Sequence[int]) -> list[list[int]]:
    """Sentences in batches, the shortest first, cut where that costs least: a batch costs its rows filled up to the longest, and `RUN`."""
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    cost, begin = [0], [0]  # of the first sentences up to each: the least cost, and where their last batch begins
    for end in range(1, len(order) + 1):
        width = sizes[order[end - 1]]
        most = max(1, min(BATCH_SENTENCES, BATCH_PIECES // width))
        best, start = min((cost[s] + (end - s) * width + RUN, s) for s in range(max(0, end - most), end))
        cost.append(best)
        begin.append(start)
    out: list[list[int]] = []
    end = len(order)
    while end:
        out.append(order[begin[end] : end])
        end = begin[end]
    return out
