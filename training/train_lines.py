"""Trains the scores of page lines (hearsay/data/models/lines): boosted trees over features that hold no text.

    python -m training.train_lines                 # the model that ships, on all pages
    python -m training.train_lines --folds DIR     # a model for each of five folds by site, for `python -m eval.pages --folds DIR`

Needs scikit-learn, here only, and runs on one thread: trees so small are slower on more. The folds take about ten times as long as the
model that ships. The labels (`plaintext.jsonl`, `plaintext_near.jsonl`) were made for this project; the pages' text is
read, turned into numbers and let go. Pages are also cut at random, so that short scrapes are met in training.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from hearsay.page.features import SECOND_COLUMNS, line_features, second_features
from hearsay.page.headline import RANK_COLUMNS, rank_features
from hearsay.page.labels import own_label
from hearsay.page.lines import split_lines
from hearsay.page.scorer import HEADS, Trees, trees_from
from training.sites import site_of

SHARED = Path(os.environ.get("HEARSAY_SHARED", "../shared"))
OUT = Path(__file__).resolve().parent.parent / "hearsay" / "data" / "models" / "lines"
FOLDS = 5
CUTS = 2
RIDGE = 12.0
TREES = 120
CAPTION_WEIGHT = 3.0
FOLD_SEED = 11
PRIOR = {
    "own_label": -1, "before_body": 2, "distance": -0.8, "far": -1.5, "short": -1.5, "long": -0.7, "sentence": -1.2, "bars": -0.3,
    "dated_below": 0.7, "dated_near": 1, "question": 0.7, "pictured": -1.5,
    "shared_lead": 1.5, "shared_body": 1, "learned": 0.5, "repeated": 0.3, 
    "starts_other": 0.3, "ends_other": 0.5, "inside": -0.5, "above_alike": -0.3, "gap_furniture": -0.2, "short_around": -0.5,
}  # fmt: skip


class Page:
    """Lines of one page as features and labels."""

    def __init__(self, record: dict, rows: list[dict], whole: bool) -> None:
        self.id, self.site, self.whole = record["id"], site_of(record["url"]), whole
        lines = split_lines("\n".join(r["text"] for r in rows))
        assert len(lines) == len(rows), self.id
        self.lines, self.own = lines, [own_label(line) for line in lines]
        self.x = line_features(lines, self.own)
        self.body = np.array([r["label"] == "body" for r in rows])
        self.title = np.array([r["label"] == "title" for r in rows])
        self.weight = np.array([row_weight(r, line.size) for r, line in zip(rows, lines, strict=True)])


def row_weight(row: dict, size: int) -> float:
    """How much a line counts in training: by its words; a caption more, since it reads like the body and must stay out of it."""
    if row.get("amb"):
        return 0.0
    return min(size, 40) ** 0.7 * (CAPTION_WEIGHT if row.get("hint") == "caption" and row["label"] == "other" else 1.0)


def load_pages() -> list[Page]:
    """The benchmark's pages whole and near, and random cuts of them."""
    rng, pages = random.Random(7), []
    for name in ("plaintext", "plaintext_near"):
        for line in (SHARED / "bench" / "pages" / f"{name}.jsonl").read_text().splitlines():
            record = json.loads(line)
            rows = record["lines"]
            pages.append(Page(record, rows, True))
            if name == "plaintext":
                pages += [Page(record, cut_rows(rows, rng), False) for _ in range(CUTS)]
    return pages


def cut_rows(rows: list[dict], rng: random.Random) -> list[dict]:
    """The page from a little above its headline to a little below its body, some furniture dropped, as lighter scrapes are."""
    kept = [i for i, r in enumerate(rows) if r["label"] != "other"]
    first = max(0, kept[0] - rng.choice((0, 1, 3, 6, 12)))
    last = min(len(rows), kept[-1] + 1 + rng.choice((0, 2, 5, 12, 25)))
    if rng.random() < 0.3:
        body = [i for i in kept if rows[i]["label"] == "body"]
        last = max(first + 5, body[max(1, len(body) * rng.randint(2, 8) // 10) - 1] + 1)
    drop = rng.choice((0.0, 0.2, 0.5, 0.8))
    return [r for i, r in enumerate(rows[first:last]) if r["label"] != "other" or rng.random() >= drop]


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, *, seed: int, size: int) -> dict:
    """Arrays of one boosted model, in the form that `hearsay.page.scorer` reads."""
    model = HistGradientBoostingClassifier(
        max_iter=size, learning_rate=0.07, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=5.0,
        max_features=0.35, random_state=seed, early_stopping=False,
    )  # fmt: skip
    model.fit(x, y, sample_weight=weight)
    trees = [p[0].nodes for p in model._predictors]
    width = max(len(t) for t in trees)
    out = {n: np.zeros((len(trees), width), dtype=d) for n, d in
           (("feature", np.int16), ("threshold", np.float32), ("left", np.int16), ("right", np.int16), ("value", np.float32))}  # fmt: skip
    for i, nodes in enumerate(trees):
        for k, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            out["feature"][i, k] = 0 if leaf else node["feature_idx"]
            out["threshold"][i, k] = 0 if leaf else node["num_threshold"]
            out["left"][i, k], out["right"][i, k] = (k, k) if leaf else (node["left"], node["right"])
            out["value"][i, k] = node["value"] if leaf else 0
    depth = max(int(n["depth"].max()) for n in trees)
    return out | {"base": np.float32(np.ravel(model._baseline_prediction)[0]), "depth": np.int16(depth)}


def train(pages: list[Page]) -> dict:
    """The models; the second pass and the headline's ranking learn from first-pass scores of folds that had not seen the site."""
    return fit_first(pages) | fit_second(pages, unseen_scores(pages))


def train_folds(pages: list[Page]) -> Iterator[tuple[dict, list[int]]]:
    """For each fold its models, and the pages of the sites that no part of them has seen: all is trained anew without these."""
    for keep, held in folds(pages, FOLDS, seed=FOLD_SEED):
        yield train([pages[i] for i in keep]), held


def unseen_scores(pages: list[Page]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Every page's first-pass scores, body and headline, by a model of these pages that did not see its site."""
    scores = {}
    for keep, held in folds(pages, FOLDS, seed=FOLD_SEED):
        first = fit_first([pages[i] for i in keep])
        body, title = (as_trees(first[head]) for head in ("body_1", "title_1"))
        scores |= {i: (body.score(pages[i].x), title.score(pages[i].x)) for i in held}
    return [scores[i] for i in range(len(pages))]


def fit_first(pages: list[Page]) -> dict:
    """Heads of the first pass."""
    return {f"{head}_1": fit_all(pages, [p.x for p in pages], head) for head in ("body", "title")}


def fit_second(pages: list[Page], scores: list[tuple[np.ndarray, np.ndarray]]) -> dict:
    """Head of the second pass, and the weights that rank headlines."""
    x = [second_features(p.x, *seen) for p, seen in zip(pages, scores, strict=True)]
    titled = [(rank_features(p.lines, p.own, p.x, *seen), p.title) for p, seen in zip(pages, scores, strict=True) if p.title.any()]
    return {"body_2": fit_all(pages, x, "body"), "rank": fit_rank([r for r, _ in titled], [y for _, y in titled])}


def fit_rank(x: list[np.ndarray], y: list[np.ndarray]) -> np.ndarray:
    """Weights of the headline's ranking: softmax over a page's lines, held near the prior below, which few pages could not teach."""
    prior = np.array([PRIOR.get(name, 0.0) for name in RANK_COLUMNS])
    w, speed = prior.copy(), np.zeros_like(prior)
    for _ in range(1500):
        grad = 2 * RIDGE * (w - prior)
        for rows, right in zip(x, y, strict=True):
            odds = rows @ w
            share = np.exp(odds - odds.max())
            share /= share.sum()
            grad += share @ rows - share[right] @ rows[right] / max(share[right].sum(), 1e-9)
        speed = 0.9 * speed - 0.003 * grad / len(x) * 10
        w = w + speed
    return w.astype(np.float32)


def fit_all(pages: list[Page], x: list[np.ndarray], head: str) -> dict:
    """One head on all given pages."""
    y = np.concatenate([getattr(p, head) for p in pages])
    weight = np.concatenate([p.weight if head == "body" else (p.weight > 0) * (1.0 + 4.0 * p.title) for p in pages])
    return fit(np.concatenate(x), y, weight, seed=1, size=TREES if head == "body" else TREES // 2)


def folds(pages: list[Page], count: int, *, seed: int) -> list[tuple[list[int], list[int]]]:
    """Page numbers to train on and to hold out, split by site."""
    sites = sorted({p.site for p in pages})
    random.Random(seed).shuffle(sites)
    place = {site: k % count for k, site in enumerate(sites)}
    split = [place[p.site] for p in pages]
    return [([i for i, s in enumerate(split) if s != k], [i for i, s in enumerate(split) if s == k]) for k in range(count)]


def as_trees(arrays: dict) -> Trees:
    """Arrays of one head as the run-time's model."""
    return trees_from({f"x.{k}": v for k, v in arrays.items()}, "x")


def save(models: dict, path: Path) -> None:
    """Writes the pack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {f"{head}.{name}": value for head in HEADS for name, value in models[head].items()}
    np.savez_compressed(path, columns=np.array((*SECOND_COLUMNS, *RANK_COLUMNS)), rank=models["rank"], **arrays)


def train_into(folder: Path) -> None:
    """Writes each fold's model and, beside it, the sites that it has not seen."""
    folder.mkdir(parents=True, exist_ok=True)
    with threadpool_limits(1):
        pages = load_pages()
        for k, (models, held) in enumerate(train_folds(pages)):
            save(models, folder / f"fold{k}.npz")
            (folder / f"fold{k}.json").write_text(json.dumps(sorted({pages[i].site for i in held})))
            print(f"fold {k}: {len(held)} of {len(pages)} pages held out", flush=True)


def main() -> None:
    """Trains the released model, or the folds for `eval.pages --folds`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=Path, help="write each fold's model and its sites here; do not train the released one")
    options = parser.parse_args()
    if options.folds is not None:
        train_into(options.folds)
        return
    with threadpool_limits(1):
        save(train(load_pages()), OUT / "trees.npz")


if __name__ == "__main__":
    main()
