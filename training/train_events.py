"""Teach the encoder events: `python -m training.train_events --start build/encoder --out build/events --minutes 20`.

Goes on from a trained encoder with all its tasks, so that nothing is forgotten, and adds triggers, modality, roles and pairs.
`--fold K` holds the Kth fifth of the PLV sentences out and prints macro F1 on it; `--no-plv` holds them all out, so that
what comes out can start a fold that has seen none of them (`python -m eval.relate`).
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import torch
import torch.nn.functional as F

from eval.relate import held_out, merged, score
from hearsay.core.records import MODALITIES, TYPES
from hearsay.neural.subwords import Subwords
from training.batches import Batcher, Labels, _grid
from training.corpora import IGNORE, read_names, read_own_said, read_polnear, read_treebanks
from training.event_data import EventSentence, Pair, read_plv, read_wire, read_written
from training.loop import Mixer, Schedule, subsample, train
from training.network import Sizes, Tagger
from training.scores import evaluate
from training.train_encoder import loss_of, minilm_folder

MASK_PIECE = 103
OWN_SAID_TIMES = 3
"""How often the project's short sentences with attributions stand among those of PolNeAR, where such are rare."""
LABELS = {"event": ["O", *TYPES], "mood": [*MODALITIES, "background"], "role": ["O", "A", "R", "P", "T"], "relation": list(TYPES)}


def event_loss(model: Tagger, batcher: Batcher, batch: list[EventSentence], rng: random.Random) -> torch.Tensor:
    """Triggers, modality, background and roles of a batch; parts of attributions where marked."""
    inputs = batcher.inputs(batch, rng)
    _hide_words(inputs, batch, rng)
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
            gold = _grid([r[2] for r in rows], width).flatten()
            loss = loss + 2.0 * F.cross_entropy(scores.flatten(0, 1).float(), gold, ignore_index=IGNORE)
    return loss


def _hide_words(inputs: dict[str, torch.Tensor], batch: list[EventSentence], rng: random.Random) -> None:
    """Hide a tenth of the words that are no triggers in every second sentence, so that sentences are not learned by heart."""
    for b, sentence in enumerate(batch):
        if rng.random() < 0.5:
            continue
        for piece, tag in zip(_word_pieces(inputs, b, len(sentence.words)), sentence.event, strict=False):
            if not tag and rng.random() < 0.1:
                inputs["ids"][b, piece] = MASK_PIECE


def _word_pieces(inputs: dict[str, torch.Tensor], b: int, words: int) -> list[slice]:
    """Where the pieces of each word of a row stand."""
    starts = inputs["first"][b, 1 : words + 1].tolist()
    return [slice(*ends) for ends in pairwise([*starts, int(inputs["mask"][b].sum()) - 1])]


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
        pieces = _word_pieces(inputs, b, len(pair.words))
        for mark, words, where in ((8, pair.source, source), (16, pair.target, target)):
            for w in words:
                where[b, w + 1] = 1
                piece = pieces[w]
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
    gold, said = [], []
    for batch in batcher.batches(pairs, None):
        gold += [merged(TYPES[pair.types[0]]) for pair in batch]
        said += [merged(TYPES[kind]) for kind in pair_logits(model, batcher, batch, None).argmax(-1).tolist()]
    return score(gold, said)


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
    found = {"trigger": f1("hit", "said", "true"), "typed": f1("typed", "said", "true"), "roles": f1("role", "role said", "role true")}
    return found | {"mood": 100 * c["mood"] / max(1, c["moods"])}


class Data:
    """Everything that the stage learns from, and what is held out: a fifth of the PLV sentences and a tenth of the event sentences."""

    def __init__(self, fold: int | None, empty: float = 1.0, no_plv: bool = False) -> None:
        rng = random.Random(2)
        self.trees, self.said, self.names = read_treebanks("train"), subsample(read_polnear("train"), 0.35, rng), read_names()
        self.said += OWN_SAID_TIMES * read_own_said()
        self.written, self.written_pairs = read_written()
        wire, self.wire_pairs = read_wire()
        self.wire = [s for s in wire if any(s.event) or rng.random() < empty]
        self.plv = read_plv()
        self.held_plv: list[Pair] = []
        self.held_events: list[EventSentence] = []
        if no_plv:
            self.held_plv, self.plv = self.plv, []
        elif fold is not None:
            held = held_out((p.key for p in self.plv), fold)
            self.held_plv, self.plv = [p for p in self.plv if p.key in held], [p for p in self.plv if p.key not in held]
            self.held_events = self.written[::10] + self.wire[::10]
            self.written, self.wire = ([s for i, s in enumerate(part) if i % 10] for part in (self.written, self.wire))

    def __str__(self) -> str:
        sizes = {k: len(v) for k, v in vars(self).items()}
        return ", ".join(f"{k} {n}" for k, n in sizes.items())


class Drawer:
    """Draws batches of all tasks and gives their losses; what was held out joins when `reveal` of the run is done."""

    def __init__(self, model: Tagger, batcher: Batcher, labels: Labels, data: Data, args: argparse.Namespace) -> None:
        self.model, self.batcher, self.data = model, batcher, data
        self.share, self.event_share, self.wire_share, self.reveal = args.base, args.events, args.wire, args.reveal
        self.small = Batcher(batcher.subwords, labels, 900)
        self.rng = random.Random(2)
        self.base = Mixer(batcher, [(0.47, data.trees), (0.34, data.said), (0.19, data.names)], 2)
        self._mix(data.written, data.wire, data.plv)

    def _mix(self, written: list[EventSentence], wire: list[EventSentence], plv: list[Pair]) -> None:
        self.events = Mixer(self.batcher, [(1 - self.wire_share, written), (self.wire_share, wire)], 3)
        self.pairs = Mixer(self.small, [(0.56, plv), (0.34, self.data.written_pairs), (0.10, self.data.wire_pairs)], 4)

    def __call__(self, done: float) -> torch.Tensor:
        if done >= self.reveal:
            self.reveal = 2.0
            self._mix(self.data.written + self.data.held_events, self.data.wire, self.data.plv + self.data.held_plv)
        turn = self.rng.random()
        if turn < self.share:
            batch = self.base.draw()
            return loss_of(self.model, self.batcher.inputs(batch, self.rng), self.batcher.gold(batch))
        if turn < self.share + (1 - self.share) * self.event_share:
            return event_loss(self.model, self.batcher, self.events.draw(), self.rng)
        return pair_loss(self.model, self.small, self.pairs.draw(), self.rng)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int, help="hold out this fifth of the PLV sentences and a tenth of the event sentences")
    parser.add_argument("--no-plv", action="store_true", help="learn from no PLV sentence")
    parser.add_argument("--reveal", type=float, default=2.0, help="learn from what was held out too once this much of the run is done")
    parser.add_argument("--base", type=float, default=0.5, help="share of batches for trees, names and attributions")
    parser.add_argument("--events", type=float, default=0.55, help="share of the other batches for event sentences; the rest are pairs")
    parser.add_argument("--wire", type=float, default=0.65, help="share of annotated reports among the event batches")
    parser.add_argument("--empty", type=float, default=1.0, help="share of the reports' sentences without an event that are read")
    Schedule.add_arguments(parser, steps=2600, minutes=20, rate=1e-4, evaluate=400)
    args = parser.parse_args()
    torch.manual_seed(2)
    args.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(args.start / "labels.json", args.out / "labels.json")
    (args.out / "event_labels.json").write_text(json.dumps(LABELS))
    labels = Labels(**json.loads((args.out / "labels.json").read_text()))
    batcher = Batcher(Subwords(minilm_folder() / "tokenizer.json"), labels)
    model = Tagger(Sizes(len(labels.upos), len(labels.xpos), len(labels.lemma), len(labels.label)))
    model.load_state_dict(torch.load(args.start / "kept.pt", weights_only=True), strict=False)
    data = Data(args.fold, args.empty, args.no_plv)
    print(data, flush=True)
    dev, said_dev = read_treebanks("dev"), read_polnear("dev")

    def report(kept: Tagger, done: float) -> dict[str, float]:
        figures = evaluate(kept, batcher, dev[::5], said_dev[::5])
        if data.held_plv and done < args.reveal:
            macro, accuracy = score_pairs(kept, batcher, data.held_plv)
            figures |= {"plv macro": macro, "plv acc": accuracy}
        if data.held_events and done < args.reveal:
            figures |= score_triggers(kept, batcher, data.held_events)
        return figures

    train(model, Schedule.of(args, 100), Drawer(model, batcher, labels, data, args), args.out, report)


if __name__ == "__main__":
    main()
