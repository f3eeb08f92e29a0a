"""Teach the encoder events: `python -m training.train_events --start build/encoder --out build/events --minutes 20`.

Goes on from a trained encoder with all its tasks, so that nothing is forgotten, and adds triggers, modality, roles and pairs.
`--fold K` holds the Kth fifth of the PLV sentences out and prints macro F1 on it.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shutil
import time
from collections import Counter
from pathlib import Path

import torch
import torch.nn.functional as F

from hearsay.core.records import MODALITIES, TYPES
from hearsay.neural.subwords import Subwords
from training.batches import Batcher, Labels, _grid
from training.corpora import IGNORE, Sentence, read_names, read_polnear, read_treebanks
from training.event_data import EventSentence, Pair, read_plv, read_wire, read_written
from training.network import Sizes, Tagger
from training.scores import evaluate
from training.train_encoder import Mixer, Threads, _package_folder, average, loss_of, optimizer_of, subsample

MASK_PIECE = 103


def event_loss(model: Tagger, batcher: Batcher, batch: list[EventSentence], rng: random.Random) -> torch.Tensor:
    """Triggers, modality, background and roles of a batch; parts of attributions where marked."""
    inputs = batcher.inputs(batch, rng)
    words = model.words(**inputs)[:, 1:]
    width = words.shape[1]
    dropped = model.drop(words)
    tags = _grid([s.event for s in batch], width)
    loss = 2.0 * F.cross_entropy(model.event(dropped).flatten(0, 1).float(), tags.flatten(), ignore_index=IGNORE)
    moods = [(b, *m) for b, s in enumerate(batch) for m in s.moods]
    if moods:
        b, w, kind, background = (torch.tensor(c) for c in zip(*moods, strict=True))
        scores = model.mood(dropped)[b, w].float()
        loss = loss + F.cross_entropy(scores[:, :4], kind) + 0.5 * F.binary_cross_entropy_with_logits(scores[:, 4], background.float())
    for scorer, pick in ((model.role_scores, lambda s: s.roles), (model.part_scores, _part_numbers)):
        rows = [(b, *r) for b, s in enumerate(batch) for r in pick(s)]
        if rows:
            scores = scorer(words, torch.tensor([r[0] for r in rows]), torch.tensor([r[1] for r in rows]))
            loss = loss + 2.0 * F.cross_entropy(scores.flatten(0, 1).float(), _grid([r[2] for r in rows], width).flatten(), ignore_index=IGNORE)
    return loss


def _part_numbers(s: EventSentence) -> list[tuple[int, list[int]]]:
    return [(cue, ["OSX".index(r) for r in roles]) for cue, roles in s.parts]


def pair_logits(model: Tagger, batcher: Batcher, batch: list[Pair], rng: random.Random | None) -> torch.Tensor:
    """(B, 16) scores of marked pairs; with `rng`, mentions are now and then hidden."""
    inputs = batcher.inputs(batch, rng)
    first = inputs["first"]
    live, source, target = (torch.zeros(first.shape) for _ in range(3))
    for b, pair in enumerate(batch):
        live[b, : len(pair.words) + 1] = 1
        hide = rng is not None and rng.random() < 0.3
        ends = [*first[b, 1 : len(pair.words) + 1].tolist(), int(inputs["mask"][b].sum()) - 1]
        for mark, words, where in ((8, pair.source, source), (16, pair.target, target)):
            for w in words:
                where[b, w + 1] = 1
                piece = slice(ends[w], ends[w + 1])
                inputs["case"][b, piece] += mark * (inputs["case"][b, piece] < 8)
                if hide:
                    inputs["ids"][b, piece] = MASK_PIECE
    return model.pair_scores(model.words(**inputs), live, source, target)


def pair_loss(model: Tagger, batcher: Batcher, batch: list[Pair], rng: random.Random) -> torch.Tensor:
    """Cross-entropy where any of a pair's types is right."""
    logs = pair_logits(model, batcher, batch, rng).float().log_softmax(-1)
    right = torch.full(logs.shape, -1e4)
    for b, pair in enumerate(batch):
        right[b, list(pair.types)] = 0
    return -(logs + right).logsumexp(-1).mean()


@torch.no_grad()
def score_pairs(model: Tagger, batcher: Batcher, pairs: list[Pair]) -> tuple[float, float]:
    """(macro F1 over the 15 PLV classes, accuracy), per cent."""
    merged = {**{t: t for t in TYPES}, "CONCEDE": "YIELD", "RETREAT": "YIELD"}
    tp, said, true = Counter(), Counter(), Counter()
    for batch in batcher.batches(pairs, None):
        for pair, kind in zip(batch, pair_logits(model, batcher, batch, None).argmax(-1).tolist(), strict=True):
            a, g = merged[TYPES[kind]], merged[TYPES[pair.types[0]]]
            said[a] += 1
            true[g] += 1
            tp[a] += a == g
    return 100 * sum(2 * tp[k] / (said[k] + true[k]) for k in true) / len(true), 100 * sum(tp.values()) / sum(true.values())


@torch.no_grad()
def score_triggers(model: Tagger, batcher: Batcher, sentences: list[EventSentence]) -> dict[str, float]:
    """Word-level F1 of triggers and of triggers with their type; share of right modalities; F1 of actor and recipient words."""
    c: Counter[str] = Counter()
    for batch in batcher.batches(sentences, None):
        words = model.words(**batcher.inputs(batch))[:, 1:]
        best, mood = model.event(words).argmax(-1), model.mood(words)[..., :4].argmax(-1)
        for b, s in enumerate(batch):
            for w, tag in enumerate(s.event):
                said = int(best[b, w])
                c["said"] += said > 0
                c["true"] += tag > 0
                c["hit"] += said > 0 and tag > 0
                c["typed"] += said == tag > 0
            for w, kind, _ in s.moods:
                c["moods"] += 1
                c["mood"] += int(mood[b, w]) == kind
            for w, roles in s.roles:
                out = model.role_scores(words[b : b + 1], torch.tensor([0]), torch.tensor([w]))[0].argmax(-1).tolist()
                for a, g in zip(out, roles, strict=False):
                    c["role said"] += a in (1, 2)
                    c["role true"] += g in (1, 2)
                    c["role"] += a == g and g in (1, 2)
    f1 = lambda hit, said, true: 200 * c[hit] / max(1, c[said] + c[true])  # noqa: E731
    return {"trigger": f1("hit", "said", "true"), "typed": f1("typed", "said", "true"), "mood": 100 * c["mood"] / max(1, c["moods"]), "roles": f1("role", "role said", "role true")}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--steps", type=int, default=2600)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--base", type=float, default=0.5, help="share of batches for trees, names and attributions")
    parser.add_argument("--evaluate", type=int, default=400)
    parser.add_argument("--rate", type=float, default=1e-4)
    args = parser.parse_args()
    torch.manual_seed(2)
    threads = Threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(args.start / "labels.json", args.out / "labels.json")
    (args.out / "event_labels.json").write_text(json.dumps({"event": ["O", *TYPES], "mood": [*MODALITIES, "background"], "role": ["O", "A", "R", "P", "T"], "relation": list(TYPES)}))
    labels = Labels(**json.loads((args.out / "labels.json").read_text()))
    batcher = Batcher(Subwords(_package_folder() / "tokenizer.json"), labels)
    model = Tagger(Sizes(len(labels.upos), len(labels.xpos), len(labels.lemma), len(labels.label)))
    model.load_state_dict(torch.load(args.start / "kept.pt", weights_only=True), strict=False)
    kept = copy.deepcopy(model).eval()
    rng = random.Random(2)
    trees, dev = read_treebanks("train"), read_treebanks("dev")
    said, said_dev = subsample(read_polnear("train"), 0.35, rng), read_polnear("dev")
    written, written_pairs = read_written()
    wire, wire_pairs = read_wire()
    plv = read_plv()
    ids = sorted({p.key for p in plv})
    held = set(ids[args.fold :: 5]) if args.fold is not None else set()
    tune, hold = [p for p in plv if p.key not in held], [p for p in plv if p.key in held]
    test = (written[::10] + wire[::10]) if args.fold is not None else []
    if args.fold is not None:
        written, wire = [s for i, s in enumerate(written) if i % 10], [s for i, s in enumerate(wire) if i % 10]
    names: list[Sentence] = read_names()
    print(f"written {len(written)} ({len(written_pairs)} pairs), wire {len(wire)} ({len(wire_pairs)} pairs), plv {len(tune)}, held {len(hold)}, names {len(names)}", flush=True)
    base = Mixer(batcher, [(0.44, trees), (0.40, said), (0.16, names)], 2)
    events = Mixer(batcher, [(0.5, written), (0.5, wire)], 3)
    pairs = Mixer(Batcher(batcher.subwords, labels, 900), [(0.62, tune), (0.26, written_pairs), (0.12, wire_pairs)], 4)
    optimizer = optimizer_of(model, args.rate, 1e-3)
    began, step, done = time.time(), 0, 0.0
    while done < 1:
        done = max(step / args.steps, (time.time() - began) / 60 / args.minutes)
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(1.0, (step + 1) / 100) * max(0.0, 1 - done)
        model.train()
        turn, before = rng.random(), time.time()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            if turn < args.base:
                batch = base.draw()
                loss = loss_of(model, batcher.inputs(batch, rng), batcher.gold(batch))
            elif turn < args.base + (1 - args.base) * 0.55:
                loss = event_loss(model, batcher, events.draw(), rng)
            else:
                loss = pair_loss(model, batcher, pairs.draw(), rng)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        average(kept, model, step)
        threads.tick(step, time.time() - before)
        if step % 100 == 0:
            print(f"step {step} {time.time() - began:.0f} s, {threads.now} threads", flush=True)
        if step % args.evaluate == 0 or done >= 1:
            torch.save(kept.state_dict(), args.out / "kept.pt")
            report = evaluate(kept, batcher, dev[::5], said_dev[::5])
            if hold:
                report["plv macro"], report["plv acc"] = score_pairs(kept, batcher, hold)
            if test:
                report |= score_triggers(kept, batcher, test)
            print(f"EVAL {step} {done:.2f} {time.time() - began:.0f}s " + " ".join(f"{k} {v:.2f}" for k, v in report.items()), flush=True)


if __name__ == "__main__":
    main()
