"""Scores -> tags, lemmas, trees and entities, and the vectors that further heads read.

`Analyser` is the one door to the encoder: a report's sentences go in once, analysed sentences and their `Evidence` come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hearsay.core.document import Layout, Sentence, Token
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table
from hearsay.knowledge.forms import Forms
from hearsay.neural.encoder import LONGEST, Arrays, Encoder
from hearsay.neural.pack import Pack, open_pack
from hearsay.neural.trees import decode_heads

Floats = NDArray[np.float32]


class Evidence(NamedTuple):
    """What the encoder saw in one sentence of W words, for the heads of the extractors.

    words (W, D) float32 vectors; cue (W, 3), event (W, E) and mood (W, M) float32 scores.
    """

    words: Floats
    cue: Floats
    event: Floats
    mood: Floats


class Analyser:
    """An opened pack with its graph. Slow to make (about 0.2 s), so make one and keep it."""

    def __init__(self, pack: Pack | None = None) -> None:
        self.pack = pack or open_pack()
        self.encoder = Encoder(self.pack)
        self._labels = self.pack.labels
        self._rules = [_split_rule(r) for r in self._labels["lemma"]]
        self._label = self.pack.head("label")
        self._root = self._labels["label"].index("root")
        self._verbs = Forms(lemma for row in read_table("languages/en/verbs.tsv") for lemma in row["lemmas"].split())

    def analyse(self, text: str, layouts: Sequence[Layout]) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
        """Analysed sentences in the order given, and their evidence.

        Args:
            text: what the spans of `layouts` index. A sentence without tokens is left out.
        """
        layouts = [piece for layout in layouts if layout.tokens for piece in self._cut(text, layout)]
        words = [[text[s:e] for s, e in layout.tokens] for layout in layouts]
        found: dict[int, tuple[tuple[Token, ...], Evidence]] = {}
        for i, arrays in self.encoder.run(words):
            found[i] = self._decode(words[i], layouts[i].tokens, arrays)
        sentences = tuple(Sentence(i, layouts[i].span, layouts[i].part, found[i][0]) for i in range(len(layouts)))
        return sentences, tuple(found[i][1] for i in range(len(layouts)))

    def _cut(self, text: str, layout: Layout) -> list[Layout]:
        """A sentence of more pieces than a row holds, in stretches; nearly always the sentence itself."""
        sizes = self.encoder.count_pieces([text[s:e] for s, e in layout.tokens])
        if sum(sizes) + 2 <= LONGEST:
            return [layout]
        out: list[Layout] = []
        first, held = 0, 2
        for i, size in enumerate([*sizes, LONGEST]):
            if held + size > LONGEST:
                tokens = layout.tokens[first:i]
                out.append(Layout(Span(tokens[0].start, tokens[-1].end), layout.part, tokens))
                first, held = i, 2
            held += size
        return out

    def _decode(self, words: list[str], spans: tuple[Span, ...], arrays: Arrays) -> tuple[tuple[Token, ...], Evidence]:
        n = len(words)
        labels = self._labels
        heads = decode_heads(arrays["arcs"][:n, : n + 1])
        relations = [labels["label"][k] for k in self._label_arcs(arrays, heads).tolist()]
        entities = decode_entities(arrays["entity"][:n], labels["entity"])
        upos, xpos = ([labels[name][k] for k in arrays[name][:n].tolist()] for name in ("upos", "xpos"))
        if "SYM" in upos:
            upos = [_OF_PENN.get(p[:2], u) if u == "SYM" and w.isalpha() else u for w, u, p in zip(words, upos, xpos, strict=False)]
        columns = zip(words, spans, arrays["lemma"].tolist(), upos, xpos, heads.tolist(), relations, entities, strict=False)
        tokens = tuple(
            Token(word, span[0], span[1], self._lemma(word, rule, tag), tag, penn, head - 1, relation if head else "root", entity)
            for word, span, rule, tag, penn, head, relation, entity in columns
        )
        return tokens, Evidence(arrays["words"][1 : n + 1], arrays["cue"][:n], arrays["event"][:n], arrays["mood"][:n])

    def _lemma(self, word: str, rule: int, upos: str) -> str:
        """The lemma by the encoder's edit rule; for a form of a listed verb, that verb."""
        lemma = _apply_rule(word, self._rules[rule])
        return self._verbs.lemma(word, upos, lemma) if upos == "VERB" else lemma

    def _label_arcs(self, arrays: Arrays, heads: NDArray[np.int64]) -> NDArray[np.int64]:
        """Best relation of each word to its head: a linear layer on [dependent; head; product]."""
        dep = arrays["label_dep"][1 : len(heads) + 1]
        head = arrays["label_head"][heads]
        scores = np.concatenate([dep, head, dep * head], 1) @ self._label["weight"] + self._label["bias"]
        scores[:, self._root] = -np.inf
        best: NDArray[np.int64] = scores.argmax(1)
        return best


_OF_PENN = {"NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "RB": "ADV"}
"""The universal tag of a word that was taken for a symbol, by the Penn tag."""


def decode_entities(scores: Floats, labels: Sequence[str]) -> list[str]:
    """Best BIO tags that are well formed: an I- follows a B- or I- of its kind.

    Args:
        scores: (W, labels) float32.
    """
    best = [labels[i] for i in scores.argmax(1).tolist()]
    if best.count("O") == len(best):
        return best
    if all(_follows(a, b) for a, b in zip(["O", *best], best, strict=False)):
        return best
    allowed = np.array([[0.0 if _follows(a, b) else -1e4 for b in labels] for a in labels], np.float32)
    start = np.array([0.0 if _follows("O", b) else -1e4 for b in labels], np.float32)
    total = scores[0] + start
    back = []
    for row in scores[1:]:
        paths = total[:, None] + allowed
        back.append(paths.argmax(0))
        total = paths.max(0) + row
    at = int(total.argmax())
    path = [at]
    for step in reversed(back):
        at = int(step[at])
        path.append(at)
    return [labels[i] for i in reversed(path)]


def _follows(before: str, after: str) -> bool:
    return after[0] != "I" or before[2:] == after[2:]


def _split_rule(rule: str) -> tuple[bool, int, str]:
    keep = rule.startswith("=")
    cut, _, add = rule.removeprefix("=").partition("|")
    return keep, int(cut), add


def _apply_rule(word: str, rule: tuple[bool, int, str]) -> str:
    keep, cut, add = rule
    base = word if keep else word.lower()
    return (base[: len(base) - cut] + add) if cut < len(base) or add else base
