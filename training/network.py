"""The multi-task encoder in torch: bottom layers of a MiniLM and one small head a layer of analysis.

Shapes: B sentences, P pieces, W words (after the root), D = 384.
Recipe and its reasons: docs/decisions/0002-encoder.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH, HEADS, INNER = 384, 12, 1536
ARC, LABEL, PAIR = 320, 192, 128
DISTANCES = 24


@dataclass(frozen=True, slots=True)
class Sizes:
    """Number of classes of each head."""

    upos: int
    xpos: int
    lemma: int
    label: int
    entity: int = 7
    event: int = 17
    relation: int = 16


class Layer(nn.Module):
    """One transformer layer, post-norm, with the parameter names of BERT folded together."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        """(B, P, D) -> (B, P, D); `mask` is (B, 1, 1, P), 0 or -1e4."""
        b, p, _ = x.shape
        qkv = self.qkv(x).reshape(b, p, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = qkv[0] @ qkv[1].transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + mask
        weights = F.dropout(scores.softmax(-1), drop, self.training)
        seen = (weights @ qkv[2]).transpose(1, 2).reshape(b, p, WIDTH)
        x = self.norm1(x + F.dropout(self.out(seen), drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    """Pieces -> one vector a word, the root first."""

    def __init__(self, layers: int, vocabulary: int = 30522, positions: int = 512) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.pieces.weight.requires_grad_(False)
        self.places = nn.Embedding(positions, WIDTH)
        self.case = nn.Embedding(8, WIDTH)
        self.mark = nn.Embedding(3, WIDTH)
        nn.init.zeros_(self.case.weight)
        nn.init.normal_(self.mark.weight, std=0.02)
        with torch.no_grad():
            self.mark.weight[0] = 0
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor, drop: float = 0.1) -> Tensor:
        """Word vectors.

        Args:
            ids: (B, P) int64 pieces; mask: (B, P) 1 for a piece, 0 for padding.
            case: (B, P) int64, the case class, plus 8 for a piece of a marked source or 16 for one of a marked target (relate).
            first: (B, W + 1) int64, the first piece of each word, the root's being 0.

        Returns:
            (B, W + 1, D).
        """
        b, p = ids.shape
        marks = torch.cat([self.case.weight + m for m in (0 * self.mark.weight[0], self.mark.weight[1], self.mark.weight[2])])
        x = self.pieces(ids) + self.places.weight[:p] + F.embedding(case, marks)
        x = F.dropout(self.norm(x), drop, self.training)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias, drop)
        offset = torch.arange(b, device=ids.device)[:, None] * p
        return x.reshape(b * p, WIDTH).index_select(0, (first + offset).reshape(-1)).reshape(b, -1, WIDTH)


class Tagger(nn.Module):
    """Encoder and all heads."""

    def __init__(self, sizes: Sizes, layers: int = 4) -> None:
        super().__init__()
        self.encoder = Encoder(layers)
        self.drop = nn.Dropout(0.25)
        self.upos = nn.Linear(WIDTH, sizes.upos)
        self.xpos = nn.Linear(WIDTH, sizes.xpos)
        self.lemma = nn.Linear(WIDTH, sizes.lemma)
        self.names = nn.Linear(WIDTH, 192)
        self.entity = nn.ModuleList([nn.Linear(192, sizes.entity), nn.Linear(192, sizes.entity)])
        self.arcs = nn.Linear(WIDTH, 2 * ARC)
        self.biaffine = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.labels = nn.Linear(WIDTH, 2 * LABEL)
        self.label = nn.Linear(3 * LABEL, sizes.label)
        self.cue = nn.Linear(WIDTH, 3)
        self.part_word = nn.Linear(WIDTH, PAIR)
        self.part_cue = nn.Linear(WIDTH, PAIR)
        self.part_place = nn.Embedding(2 * DISTANCES + 1, PAIR)
        self.part = nn.Linear(2 * PAIR, 3)
        self.event = nn.Linear(WIDTH, sizes.event)
        self.mood = nn.Linear(WIDTH, 5)
        self.role_word = nn.Linear(WIDTH, PAIR)
        self.role_trigger = nn.Linear(WIDTH, PAIR)
        self.role_place = nn.Embedding(2 * DISTANCES + 1, PAIR)
        self.role = nn.Linear(2 * PAIR, 5)
        self.look = nn.Linear(WIDTH, 4)
        self.pair = nn.Linear(7 * WIDTH, WIDTH)
        self.pair_type = nn.Linear(WIDTH, sizes.relation)
        nn.init.xavier_uniform_(self.biaffine)

    def words(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """(B, W + 1, D) word vectors, the root first."""
        return self.encoder(ids, case, mask, first)

    def arc_scores(self, x: Tensor) -> Tensor:
        """(B, W, W + 1): score of each head (0 is the root) for each word; `x` includes the root."""
        dep, head = F.gelu(self.arcs(self.drop(x))).split(ARC, -1)
        return dep[:, 1:] @ self.biaffine @ head.transpose(1, 2) + (head * self.arc_bias).sum(-1)[:, None, :]

    def label_parts(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Two (B, W + 1, LABEL): each word as dependent and as head."""
        dep, head = F.gelu(self.labels(self.drop(x))).split(LABEL, -1)
        return dep, head

    def label_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """(..., labels) for pairs of dependents and their heads."""
        return self.label(torch.cat([dep, head, dep * head], -1))

    def entity_scores(self, x: Tensor, convention: int) -> Tensor:
        """(B, W, 7): BIO scores; convention 0 is UNER's, 1 GUM's."""
        return self.entity[convention](F.gelu(self.names(self.drop(x))))

    def role_scores(self, x: Tensor, rows: Tensor, triggers: Tensor) -> Tensor:
        """(T, W, 5): nothing, actor, recipient, where, when of each word for each trigger word."""
        words = self.role_word(self.drop(x))[rows]
        trigger = self.role_trigger(self.drop(x))[rows, triggers][:, None, :]
        steps = torch.arange(x.shape[1], device=x.device)[None, :] - triggers[:, None]
        place = self.role_place(squash(steps) + DISTANCES)
        return self.role(torch.cat([F.gelu(words + trigger + place), words * trigger], -1))

    def pair_scores(self, x: Tensor, live: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """(B, 16): what the marked source does to the marked target.

        Args:
            x: (B, W + 1, D) with the root first; live, source, target: (B, W + 1) 1.0 for words that count.
        """
        look = self.look(x).masked_fill(live[:, :, None] == 0, -1e4).softmax(1)
        seen = torch.einsum("bwk,bwd->bkd", look, x).flatten(1)
        mean = [(x * m[:, :, None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1) for m in (source, target)]
        return self.pair_type(self.drop(F.gelu(self.pair(self.drop(torch.cat([x[:, 0], *mean, seen], -1))))))

    def part_scores(self, x: Tensor, rows: Tensor, cues: Tensor) -> Tensor:
        """(C, W, 3): O, source, content of each word for each cue; `rows` (C,) sentence, `cues` (C,) cue word."""
        words = self.part_word(self.drop(x))[rows]
        cue = self.part_cue(self.drop(x))[rows, cues][:, None, :]
        steps = torch.arange(x.shape[1], device=x.device)[None, :] - cues[:, None]
        place = self.part_place(squash(steps) + DISTANCES)
        return self.part(torch.cat([F.gelu(words + cue + place), words * cue], -1))


def squash(steps: Tensor) -> Tensor:
    """Signed distances in words -> -DISTANCES..DISTANCES, exact up to 12, then by doubling steps."""
    far = steps.abs().clamp(min=1).float()
    grown = 12 + (torch.log2(far / 12).clamp(min=0) * 4).long()
    return torch.where(steps.abs() <= 12, steps, steps.sign() * grown).clamp(-DISTANCES, DISTANCES)


def load_minilm(model: Tagger, path: Path) -> None:
    """Fill the encoder from the `pytorch_model.bin` or `model.safetensors` of all-MiniLM-L6-v2."""
    weights = _read_weights(path)
    encoder = model.encoder
    with torch.no_grad():
        encoder.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
        places, kinds = (weights[f"embeddings.{n}_embeddings.weight"] for n in ("position", "token_type"))
        encoder.places.weight.copy_(places + kinds[0])
        _copy(encoder.norm, weights, "embeddings.LayerNorm")
        for i, layer in enumerate(encoder.layers):
            at = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{at}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.out, weights, at + "attention.output.dense")
            _copy(layer.norm1, weights, at + "attention.output.LayerNorm")
            _copy(layer.up, weights, at + "intermediate.dense")
            _copy(layer.down, weights, at + "output.dense")
            _copy(layer.norm2, weights, at + "output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[name + ".weight"])
    module.bias.copy_(weights[name + ".bias"])


def _read_weights(path: Path) -> dict[str, Tensor]:
    """A safetensors file: a length, a JSON table of names with offsets, then the numbers."""
    import json

    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    table = json.loads(raw[8 : 8 + length])
    out = {}
    for name, entry in table.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        flat = torch.frombuffer(bytearray(raw[8 + length + start : 8 + length + end]), dtype=torch.float32)
        out[name.removeprefix("bert.")] = flat.reshape(entry["shape"])
    return out
