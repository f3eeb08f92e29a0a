"""The training loop that every stage shares: mixed batches, warm-up and decay, a running mean of the weights, checkpoints."""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.batches import Batcher
from training.corpora import Sentence
from training.network import Tagger

Draw = Callable[[float], torch.Tensor]
"""Draws a batch and gives its loss; its argument is how much of the run is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: the run ends after `steps` or `minutes`, whichever comes first."""

    steps: int
    minutes: float
    rate: float
    warm_up: int = 300
    steady: bool = False
    threads: int = 2
    evaluate: int = 600

    @classmethod
    def add_arguments(cls, parser: argparse.ArgumentParser, **defaults: Any) -> None:
        """The options of a training command, with its own defaults."""
        parser.add_argument("--steps", type=int, default=defaults["steps"])
        parser.add_argument("--minutes", type=float, default=defaults["minutes"])
        parser.add_argument("--rate", type=float, default=defaults["rate"], help="of the encoder; the heads' is 1e-3")
        parser.add_argument("--steady", action="store_true", help="no decay of the rate: a later run goes on")
        parser.add_argument("--threads", type=int, default=2)
        parser.add_argument("--evaluate", type=int, default=defaults["evaluate"], help="steps between checkpoints")

    @classmethod
    def of(cls, args: argparse.Namespace, warm_up: int) -> Schedule:
        """The schedule that the options ask for."""
        return cls(args.steps, args.minutes, args.rate, warm_up, args.steady, args.threads, args.evaluate)

    def factor(self, step: int, done: float) -> float:
        """Share of the top rate at a step."""
        return min(1.0, (step + 1) / self.warm_up) * (1.0 if self.steady else max(0.0, 1 - done))


def train(model: Tagger, schedule: Schedule, draw: Draw, out: Path, report: Callable[[Tagger, float], dict[str, float]]) -> None:
    """Train; write the running mean of the weights to out/kept.pt and print `report` at every evaluation and at the end."""
    kept = copy.deepcopy(model).eval()
    optimizer, threads = optimizer_of(model, schedule.rate, 1e-3), Threads(schedule.threads)
    began, step, done = time.time(), 0, 0.0
    while done < 1:
        done = max(step / schedule.steps, (time.time() - began) / 60 / schedule.minutes)
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * schedule.factor(step, done)
        before = time.time()
        model.train()
        _step(model, optimizer, draw, done)
        step += 1
        average(kept, model, step)
        threads.tick(step, time.time() - before)
        if step % 100 == 0:
            print(f"step {step} {time.time() - began:.0f} s, {threads.now} threads", flush=True)
        if step % schedule.evaluate == 0 or done >= 1:
            torch.save(kept.state_dict(), out / "kept.pt")
            figures = " ".join(f"{k} {v:.2f}" for k, v in report(kept, done).items())
            print(f"EVAL {step} {done:.2f} {time.time() - began:.0f}s {figures}", flush=True)


def _step(model: Tagger, optimizer: torch.optim.Optimizer, draw: Draw, done: float) -> None:
    with half_precision():
        loss = draw(done)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimizer.step()


class Mixer:
    """Endless batches from several corpora, drawn by weight; an empty corpus is never drawn."""

    def __init__(self, batcher: Batcher, corpora: list[tuple[float, list[Any]]], seed: int) -> None:
        self.rng, self.batcher = random.Random(seed), batcher
        self.corpora = [(weight, held) for weight, held in corpora if held]
        self.queues: list[list[list[Any]]] = [[] for _ in self.corpora]

    def draw(self) -> list[Any]:
        """The next batch."""
        k = self.rng.choices(range(len(self.corpora)), [w for w, _ in self.corpora])[0]
        if not self.queues[k]:
            self.queues[k] = list(self.batcher.batches(self.corpora[k][1], self.rng))
        return self.queues[k].pop()


class Threads:
    """Takes one thread or several, whichever is faster now: on a shared machine two can be five times slower than one."""

    def __init__(self, most: int) -> None:
        self.most, self.now = most, most
        self.seen: dict[int, list[float]] = {}
        torch.set_num_threads(most)

    def tick(self, step: int, seconds: float) -> None:
        """Note how long a step took; every 60 steps try each number of threads for six steps and keep the better."""
        phase = step % 60
        if self.most == 1:
            return
        if phase in (0, 6):
            self.now = self.most if phase == 0 else 1
            self.seen[self.now] = []
            torch.set_num_threads(self.now)
        elif phase < 12:
            self.seen.setdefault(self.now, []).append(seconds)
        elif phase == 12:
            self.now = min(self.seen, key=lambda n: sorted(self.seen[n] or [9e9])[len(self.seen[n]) // 2])
            torch.set_num_threads(self.now)


def half_precision() -> torch.autocast:
    """bfloat16 where the processor multiplies it; elsewhere it is emulated, five times slower than float32."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


def optimizer_of(model: Tagger, encoder_rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW with one rate for the encoder and one for the heads."""
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": encoder_rate}, {"params": heads, "lr": head_rate}]
    for group in groups:
        group["top"] = group["lr"]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def average(kept: Tagger, model: Tagger, step: int) -> None:
    """Running mean of the weights with a window that grows to a few hundred steps."""
    decay = min(0.996, (1 + step) / (20 + step))
    with torch.no_grad():
        for a, b in zip(kept.parameters(), model.parameters(), strict=True):
            if b.requires_grad:
                a.lerp_(b, 1 - decay)


def subsample(sentences: list[Sentence], share: float, rng: random.Random) -> list[Sentence]:
    """All sentences with an attribution and a share of the others."""
    return [s for s in sentences if s.parts or rng.random() < share]
