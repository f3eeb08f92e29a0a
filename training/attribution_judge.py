"""The judge of attribution candidates: fitted on PolNeAR train, its probability and the threshold set on dev."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import nn

from hearsay.core.records import Attribution
from hearsay.extract.attribution_features import word_features
from hearsay.extract.attribution_model import AttributionModel, CueWords
from hearsay.extract.attributions import find_attributions
from hearsay.extract.drafts import JUDGED, Draft, cue_spans, draft_parts, judge_features
from hearsay.extract.quotations import Quotes
from hearsay.neural.heads import PartScorer
from training.attribution_data import FOLDER, Case

HIDDEN = 24
Candidates = tuple[np.ndarray, np.ndarray, int]


def candidates(case: Case, quotes: Quotes, scorer: PartScorer, model: AttributionModel) -> tuple[list[Draft], Candidates]:
    """Drafts of an article, and (features, gold or not, gold attributions)."""
    discard = case.row.get("discard") or []
    sentences = [s for s in case.document.sentences if not any(s.span.overlaps((a, b)) for a, b in discard)]
    features = {s.index: word_features(s, quotes, model.vocabulary) for s in sentences}
    found = model.label_cues([CueWords(case.evidence[s.index].words, case.evidence[s.index].cue, features[s.index]) for s in sentences])
    cues = [(s, cue, shares) for s, (labels, shares) in zip(sentences, found, strict=True) for cue in cue_spans(labels)]
    drafts = draft_parts(cues, features, quotes, case.evidence, scorer, model)
    rows = judge_features(case.document, quotes, drafts, case.evidence) if drafts else np.zeros((0, JUDGED), np.float32)
    gold = [tuple(p) for a in case.row["attributions"] for p in a["cue"]]
    return drafts, (rows, _matches(case, drafts, gold), len(gold))


def _matches(case: Case, drafts: Sequence[Draft], gold: list[tuple[int, int]]) -> np.ndarray:
    """1 for drafts whose cue shares a word with a gold cue not yet taken."""
    out, free = np.zeros(len(drafts), np.float32), set(gold)
    for i, draft in enumerate(drafts):
        tokens = case.document.sentences[draft.sentence].tokens[draft.first : draft.last]
        hit = next((g for g in free if any(t.start < g[1] and t.end > g[0] for t in tokens)), None)
        if hit:
            out[i] = 1
            free.discard(hit)
    return out


def fit_judge(train: Sequence[Candidates], seed: int = 1) -> dict[str, np.ndarray]:
    """Weights of the judge under the names that the model reads."""
    torch.manual_seed(seed)
    x, y = np.concatenate([c[0] for c in train]), np.concatenate([c[1] for c in train])
    mean, spread = x.mean(0), x.std(0) + 1e-3
    a, b = torch.from_numpy((x - mean) / spread), torch.from_numpy(y)
    inner, outer, direct = nn.Linear(JUDGED, HIDDEN), nn.Linear(HIDDEN, 1), nn.Linear(JUDGED, 1, bias=False)
    weights = [p for m in (inner, outer, direct) for p in m.parameters()]
    optimizer = torch.optim.AdamW(weights, 3e-3, weight_decay=0.02)
    for _ in range(12):
        for rows in torch.randperm(len(a)).split(256):
            score = (outer(torch.tanh(inner(a[rows]))) + direct(a[rows]))[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(score, b[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
    named = {"in": inner.weight.T, "in_bias": inner.bias, "out": outer.weight.T, "out_bias": outer.bias, "direct": direct.weight.T}
    return {"judge.mean": mean, "judge.spread": spread} | {f"judge.{k}": v.detach().numpy() for k, v in named.items()}


def calibrate(model: AttributionModel, dev: Sequence[Candidates]) -> dict[str, float]:
    """Slope and shift of the judge's log-odds on held-out candidates."""
    raw = replace(model, settings=model.settings | {"slope": 1.0, "shift": 0.0})
    y = np.concatenate([c[1] for c in dev])
    p = np.clip(raw.judge(np.concatenate([c[0] for c in dev])), 1e-6, 1 - 1e-6)
    x = torch.from_numpy(np.log(p / (1 - p)))
    knobs = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([knobs], max_iter=100)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(x * knobs[0] + knobs[1], torch.from_numpy(y))
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, shift = knobs.detach().tolist()
    return {"slope": slope, "shift": shift}


def fit_curve(shares: np.ndarray, right: np.ndarray, bins: int = 12) -> np.ndarray:
    """(K, 2) float32: probabilities and the share of candidates of about that probability that were right, rising in both columns.

    Bins of equal size, neighbours pooled until they rise (isotonic regression), joined by straight lines from (0, 0) to (1, 1).
    """
    order = np.argsort(shares, kind="stable")
    pools = [[float(shares[rows].mean()), float(right[rows].mean()), len(rows)] for rows in np.array_split(order, bins) if len(rows)]
    out: list[list[float]] = []
    for pool in pools:
        out.append(pool)
        while len(out) > 1 and out[-2][1] >= out[-1][1]:
            (x, y, n), (u, v, m) = out[-2], out[-1]
            out[-2:] = [[(x * n + u * m) / (n + m), (y * n + v * m) / (n + m), n + m]]
    inner = [(x, y) for x, y, _ in out if 0 < x < 1 and 0 < y < 1]
    return np.array([(0.0, 0.0), *inner, (1.0, 1.0)], np.float32)


def cross_check(shares: Sequence[np.ndarray], right: Sequence[np.ndarray]) -> list[str]:
    """Lines of a reliability table: curves fitted on the even articles and read on the odd ones, and the other way round."""
    rows: list[tuple[np.ndarray, np.ndarray]] = []
    for part in (0, 1):
        fitted = fit_curve(np.concatenate(shares[part::2]), np.concatenate(right[part::2]))
        rows += [(np.interp(p, fitted[:, 0], fitted[:, 1]), y) for p, y in zip(shares[1 - part :: 2], right[1 - part :: 2], strict=True)]
    p, y = np.concatenate([r[0] for r in rows]), np.concatenate([r[1] for r in rows])
    bands = [(p >= low / 10) & (p < (low + 1) / 10 + (low == 9)) for low in range(10)]
    return [f"score {p[b].mean():.2f}  right {y[b].mean():.2f}  of {b.sum()}" for b in bands if b.any()]


def choose_threshold(model: AttributionModel, scorer: PartScorer, dev: Sequence[Case]) -> float:
    """The threshold of best detection + triple50 F1 of the whole stage (mean of three neighbours), by the benchmark's scorer."""
    bench = _scorer()
    places = [0.3 + 0.04 * i for i in range(9)]
    totals = []
    for place in places:
        held = replace(model, settings=model.settings | {"threshold": place})
        found = [find_attributions(c.document, c.evidence, scorer, held) for c in dev]
        rows = [{"id": c.row["id"], "attributions": [_plain(a) for a in f if a.inside is None]} for c, f in zip(dev, found, strict=True)]
        result = bench.score([c.row for c in dev], rows)
        totals.append(result["detection"]["f1"] + result["triple50"]["f1"])
    smooth = np.convolve(totals, np.ones(3), "valid")
    return round(places[int(smooth.argmax()) + 1], 2)


def _plain(a: Attribution) -> dict[str, Any]:
    return {"id": a.id, "source": a.source, "cue": a.cue, "content": a.content}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("attribution_score", FOLDER / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
