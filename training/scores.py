"""Accuracy of the encoder on development sentences: greedy heads, no tree repair (see `hearsay bench` for the shipped decoder)."""

from __future__ import annotations

from collections import Counter

import torch

from training.batches import Batcher
from training.corpora import ENTITY_TAGS, IGNORE, Sentence
from training.network import Tagger


def entity_spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """(start, end, kind) of BIO tags; an I- without its B- begins a span."""
    out, start, kind = set(), 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and (tag == "O" or tag.startswith("B-") or tag[2:] != kind):
            out.add((start, i, kind))
            kind = ""
        if tag != "O" and not kind:
            start, kind = i, tag[2:]
    return out


@torch.no_grad()
def evaluate(model: Tagger, batcher: Batcher, trees: list[Sentence], said: list[Sentence]) -> dict[str, float]:
    """Percentages: UPOS, XPOS, lemma rules, UAS, LAS (universal relations), entity F1, cue F1, part accuracy."""
    count: Counter[str] = Counter()
    relations = [name.split(":")[0] for name in batcher.tables["label"]]
    for batch in batcher.batches(trees, None):
        _score_trees(model, batcher, batch, relations, count)
    for batch in batcher.batches(said, None):
        _score_attributions(model, batcher, batch, count)
    out = {k: 100 * count[k] / max(1, count["words"]) for k in ("upos", "xpos", "lemma", "uas", "las")}
    out["ner"] = 200 * count["name hit"] / max(1, count["name gold"] + count["name said"])
    out["cue"] = 200 * count["cue hit"] / max(1, count["cue gold"] + count["cue said"])
    out["source"] = 200 * count["S hit"] / max(1, count["S gold"] + count["S said"])
    out["content"] = 200 * count["X hit"] / max(1, count["X gold"] + count["X said"])
    return out


def _score_trees(model: Tagger, batcher: Batcher, batch: list[Sentence], relations: list[str], count: Counter[str]) -> None:
    gold = batcher.gold(batch)
    x = model.words(**batcher.inputs(batch))
    words = x[:, 1:]
    live = gold["head"] != IGNORE
    count["words"] += int(live.sum())
    for name, head in (("upos", model.upos), ("xpos", model.xpos), ("lemma", model.lemma)):
        count[name] += int(((head(words).argmax(-1) == gold[name]) & live).sum())
    arcs = model.arc_scores(x).masked_fill(~torch.cat([live.new_ones(len(live), 1), live], 1)[:, None, :], -1e4)
    heads = arcs.argmax(-1)
    dep, head = model.label_parts(x)
    chosen = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[-1]))
    labels = model.label_scores(dep[:, 1:], chosen).argmax(-1)
    right = (heads == gold["head"]) & live
    count["uas"] += int(right.sum())
    for b, w in right.nonzero().tolist():
        count["las"] += relations[labels[b, w]] == relations[gold["label"][b, w]]
    tags = model.entity_scores(words, 0).argmax(-1)
    for b, sentence in enumerate(batch):
        if sentence.entity and sentence.src.startswith("ewt"):
            a = entity_spans([ENTITY_TAGS[t] for t in tags[b, : len(sentence.words)].tolist()])
            g = entity_spans(sentence.entity)
            count["name hit"] += len(a & g)
            count["name said"] += len(a)
            count["name gold"] += len(g)


def _score_attributions(model: Tagger, batcher: Batcher, batch: list[Sentence], count: Counter[str]) -> None:
    gold = batcher.gold(batch)
    words = model.words(**batcher.inputs(batch))[:, 1:]
    cue = model.cue(words).argmax(-1)
    live = gold["cue"] != IGNORE
    count["cue said"] += int(((cue == 1) & live).sum())
    count["cue gold"] += int((gold["cue"] == 1).sum())
    count["cue hit"] += int(((cue == 1) & (gold["cue"] == 1)).sum())
    if len(gold["rows"]):
        parts = model.part_scores(words, gold["rows"], gold["cues"]).argmax(-1)
        known = gold["parts"] != IGNORE
        for tag, k in (("S", 1), ("X", 2)):
            count[f"{tag} said"] += int(((parts == k) & known).sum())
            count[f"{tag} gold"] += int((gold["parts"] == k).sum())
            count[f"{tag} hit"] += int(((parts == k) & (gold["parts"] == k)).sum())
