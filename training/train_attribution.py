"""Fit the attribution networks on the outputs of one encoder.

    python -m training.train_attribution --pack hearsay/data/models/en-base --store build/attribution

The encoder's outputs are stored under --store (delete the folder, or name another, for a new encoder); the weights go to
hearsay/data/models/en-attribution.npz. Networks see PolNeAR train and the project's own sentences; the threshold and the
calibration of the score are chosen on PolNeAR dev, because the encoder has seen train.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from hearsay.core.document import Sentence
from hearsay.extract.attribution_features import WORD_TABLES, branches, collect_vocabulary, pair_features, word_features
from hearsay.extract.attribution_model import DEFAULT, AttributionModel, CueWords, PartWords, open_attribution_model
from hearsay.extract.quotations import Quotes, mark_quotes
from hearsay.neural.decode import Analyser
from hearsay.neural.heads import DISTANCES, PartScorer, squashed_steps
from hearsay.neural.pack import checksum, open_pack
from training.attribution_data import Case, cases
from training.attribution_judge import calibrate, candidates, choose_threshold, cross_check, fit_curve, fit_judge
from training.attribution_nets import NETS, Item, Net, fit

Vocabulary = dict[str, dict[str, int]]
Read = list[tuple[Case, Quotes]]
NEUTRAL = {"cue_bias": 0.0, "slope": 1.0, "shift": 0.0, "threshold": 0.5}
OWN_TIMES = 2
"""How often the project's own short sentences are seen beside PolNeAR."""
CUE_BIAS = 1.5
"""Taken from the score of "no cue" when candidates are collected for the judge."""
FIXED = {"quote": 16, "below": 32, "quote_pair": 6, "in_cue": 5}


def touched(sentence: Sentence, spans: Sequence[Sequence[int]]) -> list[int]:
    """Indices of the tokens that some spans touch."""
    if not any(s < sentence.span.end and e > sentence.span.start for s, e in spans):
        return []
    return [i for i, t in enumerate(sentence.tokens) if any(t.start < e and t.end > s for s, e in spans)]


def gold_cues(case: Case, sentence: Sentence) -> list[tuple[int, int, dict[str, Any]]]:
    """(first, last + 1, attribution) of each cue that begins in a sentence."""
    out = []
    for attribution in case.row["attributions"]:
        cue = touched(sentence, attribution["cue"])
        if cue and sentence.span.start <= attribution["cue"][0][0]:
            last = cue[0]
            while last + 1 in cue:
                last += 1
            out.append((cue[0], last + 1, attribution))
    return out


def is_kept(case: Case, sentence: Sentence) -> bool:
    """Whether a sentence lies outside what the annotators set aside."""
    return not any(sentence.span.overlaps((s, e)) for s, e in case.row.get("discard") or [])


def cue_items(case: Case, quotes: Quotes, vocabulary: Vocabulary) -> list[Item]:
    """Sentences with gold cue labels."""
    out = []
    for sentence, evidence in zip(case.document.sentences, case.evidence, strict=True):
        if not is_kept(case, sentence):
            continue
        gold = np.zeros(len(sentence.tokens), np.int64)
        for first, last, _ in gold_cues(case, sentence):
            gold[first:last] = 2
            gold[first] = 1
        out.append(Item(evidence.words.astype(np.float16), evidence.cue, word_features(sentence, quotes, vocabulary), gold))
    return out


def part_items(case: Case, quotes: Quotes, vocabulary: Vocabulary, scorer: PartScorer) -> list[Item]:
    """Cues with gold parts in their own sentence."""
    out = []
    for sentence, evidence in zip(case.document.sentences, case.evidence, strict=True):
        found = gold_cues(case, sentence) if is_kept(case, sentence) else []
        words = word_features(sentence, quotes, vocabulary) if found else None
        for first, last, attribution in found:
            gold = np.zeros(len(sentence.tokens), np.int64)
            gold[touched(sentence, attribution["content"])] = 2
            gold[touched(sentence, attribution["source"])] = 1
            features = np.concatenate([words, pair_features(sentence, (first, last), quotes, vocabulary)], 1)
            place = squashed_steps(len(gold), first, last) + DISTANCES
            out.append(Item(evidence.words.astype(np.float16), scorer.score(evidence.words, first), features, gold, (first, last), place))
    return out


def make_vocabulary(train: list[tuple[Case, Quotes]]) -> Vocabulary:
    """Values of the open tables."""
    tokens = [t for c, _ in train for s in c.document.sentences for t in s.tokens]
    codes = [branches(s, a, b) for c, _ in train for s in c.document.sentences for a, b, _ in gold_cues(c, s)]
    return {
        "upos": collect_vocabulary([[t.upos for t in tokens]], 1),
        "relation": collect_vocabulary([[t.relation for t in tokens]], 20),
        "above": collect_vocabulary([[t.role for t in tokens]], 20),
        "branch": collect_vocabulary([b for b, _ in codes], 15),
        "side": collect_vocabulary([s for _, s in codes], 15),
    }


def table_sizes(vocabulary: Vocabulary) -> dict[str, int]:
    """Rows of each table."""
    return FIXED | {k: len(v) + 1 for k, v in vocabulary.items()}


def spans_found(labels: np.ndarray) -> set[tuple[int, int]]:
    """(first, last + 1) of cues in labels 0 outside, 1 begins, 2 inside."""
    out, first = set(), -1
    for i, label in enumerate([*labels.tolist(), 0]):
        if label != 2 and first >= 0:
            out.add((first, i))
            first = -1
        if label == 1 or (label == 2 and first < 0):
            first = i
    return out


def check_cues(model: AttributionModel, items: list[Item]) -> str:
    """F1 of exact cues, and of their first words."""
    hit = said = true = begin = 0
    rows = [CueWords(i.words.astype(np.float32), i.scores, i.features) for i in items]
    for item, (labels, _) in zip(items, model.label_cues(rows), strict=True):
        a, b = spans_found(labels), spans_found(item.gold)
        hit, said, true = hit + len(a & b), said + len(a), true + len(b)
        begin += len({s for s, _ in a} & {s for s, _ in b})
    return f"cue exact {200 * hit / max(1, said + true):.2f} begin {200 * begin / max(1, said + true):.2f} said {said} true {true}"


def check_parts(model: AttributionModel, items: list[Item]) -> str:
    """Share of cues whose source, whose content is exactly right in their sentence, gold cues given."""
    n = len(WORD_TABLES)
    rows = [PartWords(i.words.astype(np.float32), i.scores, i.features[:, :n], i.features[:, n:], i.cue) for i in items]
    right = {1: 0, 2: 0}
    for item, (labels, _) in zip(items, model.label_parts(rows), strict=True):
        for k in right:
            right[k] += bool(np.array_equal(labels == k, item.gold == k))
    return f"source exact {100 * right[1] / len(items):.2f} content exact {100 * right[2] / len(items):.2f}"


def wrap(arrays: dict[str, np.ndarray], vocabulary: Vocabulary, encoder: str = "") -> AttributionModel:
    """The numpy model of some arrays, with neutral settings."""
    return AttributionModel({k: v.astype(np.float32) for k, v in arrays.items()}, vocabulary, NEUTRAL, encoder)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DEFAULT)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--given", action="store_true", help="the benchmark's tokens in place of our own")
    parser.add_argument("--judge", action="store_true", help="keep the networks of --out, fit only the judge")
    args = parser.parse_args()
    torch.manual_seed(5)
    torch.set_num_threads(1)
    analyser = Analyser(open_pack(args.pack))
    began = time.time()

    def tell(line: str) -> None:
        print(f"{time.time() - began:5.0f} s  {line}", flush=True)

    def load(name: str) -> list[tuple[Case, Quotes]]:
        return [(c, mark_quotes(c.document)) for c in cases(name, analyser, args.store / name, args.limit, args.given)]

    train, dev = load("polnear_train") + OWN_TIMES * load("own"), load("polnear_dev")
    tell(f"{len(train)} + {len(dev)} articles")
    scorer = PartScorer(analyser.pack)
    if args.judge:
        return settle(args.out, train, dev, scorer, tell)
    vocabulary = make_vocabulary(train)
    sizes = table_sizes(vocabulary)
    arrays: dict[str, np.ndarray] = {}
    makers = {"cue": lambda c, q: cue_items(c, q, vocabulary), "part": lambda c, q: part_items(c, q, vocabulary, scorer)}
    checks = {"cue": check_cues, "part": check_parts}
    for name, make in makers.items():
        items, held = [i for c, q in train for i in make(c, q)], [i for c, q in dev for i in make(c, q)]
        tell(f"{name}: {len(items)} + {len(held)} items")
        net = Net(NETS[name], sizes, name == "part")
        fit(net, items, args.epochs, tell, lambda n, name=name, held=held: checks[name](wrap(n.arrays(name), vocabulary), held))
        arrays |= net.arrays(name)
        del items
    save(args.out, arrays, vocabulary, NEUTRAL, checksum(args.pack / "encoder.onnx"))
    settle(args.out, train, dev, scorer, tell)


def settle(path: Path, train: Read, dev: Read, scorer: PartScorer, tell: Callable[[str], None]) -> None:
    """Fit the judge on top of saved networks, calibrate it, and write all back."""
    open_attribution_model.cache_clear()
    model = open_attribution_model(path)
    model = replace(model, settings=NEUTRAL | {"cue_bias": CUE_BIAS})
    seen, held = ([candidates(c, q, scorer, model)[1] for c, q in part] for part in (train, dev))
    model = replace(model, arrays=model.arrays | {k: v.astype(np.float32) for k, v in fit_judge(seen).items()})
    model = replace(model, settings=model.settings | calibrate(model, held))
    shares = [model.judge(c[0]) for c in held]
    curve = fit_curve(np.concatenate(shares), np.concatenate([c[1] for c in held]))
    tell("reliability, fitted on one half of dev and read on the other:\n" + "\n".join(cross_check(shares, [c[1] for c in held])))
    plain = choose_threshold(model, scorer, [c for c, _ in dev])  # before bending: many candidates share a bent score
    threshold = round(float(np.interp(plain, curve[:, 0], curve[:, 1])), 4)
    model = replace(model, arrays=model.arrays | {"judge.curve": curve}, settings=model.settings | {"threshold": threshold})
    right, gold = sum(int(c[1].sum()) for c in held), sum(c[2] for c in held)
    tell(f"{sum(len(c[1]) for c in held)} candidates on dev, {right} right of {gold}; {model.settings}")
    save(path, model.arrays, model.vocabulary, model.settings, model.encoder)


def save(path: Path, arrays: dict[str, np.ndarray], vocabulary: Vocabulary, settings: dict[str, float], encoder: str) -> None:
    """Write the weights as float16, with what is known about them."""
    about = json.dumps({"vocabulary": vocabulary, "settings": settings, "encoder": encoder}).encode()
    small = {k: v.astype(np.float16) for k, v in arrays.items()}
    np.savez_compressed(path, about=np.frombuffer(about, np.uint8), **small)


if __name__ == "__main__":
    main()
