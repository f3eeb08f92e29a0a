"""The attribution networks in torch, with the arithmetic of `hearsay.extract.attribution_model`, and how they are fitted.

Shapes: B sentences (or cues), W words, D = 384, H hidden units, L labels.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hearsay.extract.attribution_features import PAIR_TABLES, WORD_TABLES
from training.network import DISTANCES, WIDTH

HIDDEN, PRODUCT, LABELS = 128, 64, 3
HIDE = 0.7
"""Share of training items of the part net whose encoder scores are hidden, because the encoder has seen these sentences.

On PolNeAR dev, gold cues given, content exact 81.4 against 80.7 with 0.3 and source exact 91.1 against 90.7. Hiding the cue scores made
the cue net worse."""
NETS = {"cue": WORD_TABLES, "part": (*WORD_TABLES, *PAIR_TABLES)}


@dataclass(slots=True)
class Item:
    """One sentence (cue net) or one cue in its sentence (part net), with gold labels."""

    words: np.ndarray
    scores: np.ndarray
    features: np.ndarray
    gold: np.ndarray
    cue: tuple[int, int] = (0, 0)
    place: np.ndarray | None = None


class Net(nn.Module):
    """A chain labeller over words; `paired` adds the cue's vector and the words' places relative to it."""

    def __init__(self, tables: Sequence[str], sizes: dict[str, int], paired: bool) -> None:
        super().__init__()
        self.paired = paired
        self.words = nn.Linear(WIDTH, HIDDEN)
        self.scores = nn.Linear(LABELS, HIDDEN, bias=False)
        self.tables = nn.ModuleList(nn.Embedding(sizes[t], HIDDEN) for t in tables)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        if paired:
            self.cue = nn.Linear(WIDTH, HIDDEN, bias=False)
            self.left = nn.Linear(WIDTH, PRODUCT, bias=False)
            self.right = nn.Linear(WIDTH, PRODUCT, bias=False)
            self.product = nn.Linear(PRODUCT, HIDDEN, bias=False)
            self.place = nn.Embedding(2 * DISTANCES + 1, HIDDEN)
            nn.init.normal_(self.place.weight, std=0.1)
        self.near = nn.Linear(5 * HIDDEN, HIDDEN)
        self.far = nn.Linear(3 * HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, LABELS)
        self.keep = nn.Parameter(torch.full((LABELS,), 0.5))
        self.steps = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.first = nn.Parameter(torch.zeros(LABELS))
        self.drop = nn.Dropout(0.3)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """(B, W, L) scores."""
        x = self.drop(batch["words"])
        scores = batch["scores"] * self._trusted(len(x)) if self.paired and self.training else batch["scores"]
        h = self.words(x) + self.scores(scores)
        for i, table in enumerate(self.tables):
            h = h + table(batch["features"][:, :, i])
        if self.paired:
            cue = batch["cue"][:, None, :]
            h = h + self.cue(cue) + self.product(self.left(x) * self.right(cue)) + self.place(batch["place"])
        live = batch["live"][:, :, None].float()
        h = F.relu(h) * live
        for layer, reach in ((self.near, 2), (self.far, 1)):
            seen = torch.cat([_shift(h, step) for step in range(-reach, reach + 1)], -1)
            h = (h + F.relu(layer(self.drop(seen)))) * live
        return self.out(self.drop(h)) + scores * self.keep

    def _trusted(self, rows: int) -> Tensor:
        """(rows, 1, 1) 0 or 1: in training the encoder's own scores are hidden now and then, because it has seen these sentences."""
        return (torch.rand(rows, 1, 1) >= HIDE).float()

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        """Mean over sequences of the negative log-probability of the gold labels."""
        scores, gold, live = self(batch), batch["gold"], batch["live"]
        total = scores[:, 0] + self.first
        right = self.first[gold[:, 0]] + scores[:, 0].gather(1, gold[:, :1])[:, 0]
        for t in range(1, scores.shape[1]):
            on = live[:, t, None]
            total = torch.where(on, torch.logsumexp(total[:, :, None] + self.steps, 1) + scores[:, t], total)
            step = self.steps[gold[:, t - 1], gold[:, t]] + scores[:, t].gather(1, gold[:, t : t + 1])[:, 0]
            right = right + torch.where(live[:, t], step, torch.zeros_like(step))
        return (torch.logsumexp(total, 1) - right).sum() / live.shape[0]

    def arrays(self, net: str) -> dict[str, np.ndarray]:
        """Weights under the names that the numpy model reads."""
        out = {f"{net}.words": self.words.weight.T, f"{net}.bias": self.words.bias, f"{net}.scores": self.scores.weight.T,
               f"{net}.near": self.near.weight.T, f"{net}.near_bias": self.near.bias, f"{net}.far": self.far.weight.T,
               f"{net}.far_bias": self.far.bias, f"{net}.out": self.out.weight.T, f"{net}.out_bias": self.out.bias,
               f"{net}.keep": self.keep, f"{net}.steps": self.steps, f"{net}.first": self.first}  # fmt: skip
        out |= {f"{net}.{t}": m.weight for t, m in zip(NETS[net], self.tables, strict=True)}
        if self.paired:
            out |= {f"{net}.{n}": getattr(self, n).weight.T for n in ("cue", "left", "right", "product")}
            out[f"{net}.place"] = self.place.weight
        return {k: v.detach().numpy() for k, v in out.items()}


def _shift(h: Tensor, step: int) -> Tensor:
    """Each word's row replaced by that of the word `step` further on; zeros beyond the ends."""
    if not step:
        return h
    blank = h.new_zeros(h.shape[0], min(abs(step), h.shape[1]), h.shape[2])
    return torch.cat([h[:, step:], blank], 1)[:, : h.shape[1]] if step > 0 else torch.cat([blank, h[:, :step]], 1)[:, : h.shape[1]]


def collate(items: Sequence[Item]) -> dict[str, Tensor]:
    """Padded tensors of some items."""
    width = max(len(i.gold) for i in items)

    def pad(rows: list[np.ndarray], kind: type) -> Tensor:
        out = np.zeros((len(rows), width, *rows[0].shape[1:]), kind)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return torch.from_numpy(out)

    batch = {"words": pad([i.words for i in items], np.float32), "scores": pad([i.scores for i in items], np.float32),
             "features": pad([i.features for i in items], np.int64), "gold": pad([i.gold for i in items], np.int64),
             "live": pad([np.ones(len(i.gold)) for i in items], bool)}  # fmt: skip
    if items[0].place is not None:
        batch["place"] = pad([i.place for i in items if i.place is not None], np.int64)
        batch["cue"] = torch.from_numpy(np.stack([i.words[slice(*i.cue)].astype(np.float32).mean(0) for i in items]))
    return batch


def batches(items: Sequence[Item], rng: random.Random, words: int = 1600) -> list[list[Item]]:
    """Items of like length, shuffled."""
    order = sorted(items, key=lambda i: len(i.gold) + rng.random() * 4)
    out: list[list[Item]] = [[]]
    for item in order:
        if out[-1] and len(item.gold) * (len(out[-1]) + 1) > words:
            out.append([])
        out[-1].append(item)
    rng.shuffle(out)
    return out


def fit(
    net: Net, items: Sequence[Item], epochs: int, tell: Callable[[str], None], check: Callable[[Net], str], rate: float = 1.5e-3
) -> Net:
    """The net after some epochs with a falling rate."""
    rng = random.Random(3)
    plan = [b for _ in range(epochs) for b in batches(items, rng)]
    optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.02, betas=(0.9, 0.98))
    every = len(plan) // epochs
    total = 0.0
    for step, batch in enumerate(plan, 1):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / 100) * (1 - step / (len(plan) + 1))
        net.train()
        loss = net.loss(collate(batch))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        total += loss.item()
        if step % every == 0:
            net.eval()
            tell(f"epoch {step // every} loss {total / every:.3f} {check(net)}")
            total = 0.0
    return net.eval()
