"""Evidence -> drafts of attributions: a cue and what its own sentence gives it, each with a score.

A draft knows tokens of one sentence only. Content in other sentences, nesting, stance and clean spans come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hearsay.core.document import READ_KINDS, Document, Sentence
from hearsay.extract.attribution_features import cue_head, pair_features, word_features
from hearsay.extract.attribution_model import AttributionModel, CueWords, PartWords
from hearsay.extract.quotations import Quotes
from hearsay.neural.decode import Evidence
from hearsay.neural.heads import PartScorer

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
JUDGED = 26
"""Number of features that the judge reads."""


@dataclass(slots=True)
class Draft:
    """A cue, tokens `first` to `last` - 1 of a sentence, with the source and content words found beside it."""

    sentence: int
    first: int
    last: int
    source: list[int]
    content: list[int]
    parts: Floats
    """(W, 3) probability of each word to be nothing, source, content."""
    cue: Floats
    """(W, 3) probability of each word to be outside, at the beginning, inside a cue."""
    score: float = 0.0
    rule: str = "model:cue"
    nested: bool = False
    """Whether it was looked for only inside another's content."""
    extra: list[tuple[int, list[int]]] = field(default_factory=list)
    """(sentence, tokens) of content outside its own sentence."""

    @property
    def is_inner(self) -> bool:
        """Whether the cue table and the tree made it, inside another's content."""
        return self.nested and self.rule.startswith("languages/")

    @property
    def key(self) -> tuple[int, int]:
        """Where it stands: sentence, first word."""
        return self.sentence, self.first


def find_drafts(
    document: Document, quotes: Quotes, evidence: Sequence[Evidence], scorer: PartScorer, model: AttributionModel
) -> list[Draft]:
    """Drafts of all cues that the model finds likely enough, in text order, with scores."""
    read = [s for s in document.sentences if is_read(document, s)]
    features = {s.index: word_features(s, quotes, model.vocabulary) for s in read}
    found = model.label_cues([CueWords(evidence[s.index].words, evidence[s.index].cue, features[s.index]) for s in read])
    cues = [(s, cue, shares) for s, (labels, shares) in zip(read, found, strict=True) for cue in cue_spans(labels)]
    drafts = draft_parts([(s, cue, shares) for s, cue, shares in cues], features, quotes, evidence, scorer, model)
    score_drafts(document, quotes, drafts, evidence, model)
    return drafts


def is_read(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence belongs to a part in which attributions are looked for."""
    return bool(sentence.tokens) and (document.part_of(sentence).kind in READ_KINDS or not document.article.parts)


def by_sentence(drafts: Sequence[Draft]) -> dict[int, list[Draft]]:
    """The drafts of each sentence that has any, by its index."""
    out: dict[int, list[Draft]] = {}
    for draft in drafts:
        out.setdefault(draft.sentence, []).append(draft)
    return out


def draft_parts(
    cues: Sequence[tuple[Sentence, tuple[int, int], Floats]],
    features: dict[int, Ints],
    quotes: Quotes,
    evidence: Sequence[Evidence],
    scorer: PartScorer,
    model: AttributionModel,
) -> list[Draft]:
    """A draft for each cue (its sentence, its tokens, its cue probabilities)."""
    rows = []
    for sentence, cue, _ in cues:
        words = evidence[sentence.index].words
        pair = pair_features(sentence, cue, quotes, model.vocabulary)
        rows.append(PartWords(words, scorer.score(words, cue[0]), features[sentence.index], pair, cue))
    out = []
    for (sentence, (first, last), shares), (labels, parts) in zip(cues, model.label_parts(rows), strict=True):
        labels[first:last] = 0
        source, content = (np.flatnonzero(labels == k).tolist() for k in (1, 2))
        out.append(Draft(sentence.index, first, last, source, content, parts, shares))
    return out


def cue_spans(labels: Ints) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of the cues in labels 0 outside, 1 begins, 2 inside."""
    first = -1
    for i, label in enumerate([*labels.tolist(), 0]):
        if label != 2 and first >= 0:
            yield first, i
            first = -1
        if label == 1 or (label == 2 and first < 0):
            first = i


def score_drafts(
    document: Document, quotes: Quotes, drafts: Sequence[Draft], evidence: Sequence[Evidence], model: AttributionModel
) -> None:
    """Set the drafts' scores to the judge's probabilities."""
    if drafts:
        rows = judge_features(document, quotes, drafts, evidence)
        for draft, score in zip(drafts, model.judge(rows), strict=True):
            draft.score = float(score)


def judge_features(document: Document, quotes: Quotes, drafts: Sequence[Draft], evidence: Sequence[Evidence]) -> Floats:
    """(drafts, JUDGED) float32: how sure cue, source and content are, how they lie, and what the neighbours claim."""
    beside = by_sentence(drafts)
    out = np.zeros((len(drafts), JUDGED), np.float32)
    for row, draft in zip(out, drafts, strict=True):
        sentence = document.sentences[draft.sentence]
        others = [d for d in beside[draft.sentence] if d is not draft]
        row[:6] = _cue_evidence(draft, evidence[draft.sentence].cue)
        row[6:15] = _part_evidence(draft)
        row[15:22] = _place_evidence(sentence, draft, quotes)
        row[22] = max((float(d.parts[draft.first, 2]) for d in others), default=0.0)
        row[23] = max((float(d.parts[draft.first, 1]) for d in others), default=0.0)
        row[24] = len(others)
        row[25] = document.part_of(sentence).kind != "body"
    return out


def _cue_evidence(draft: Draft, raw: Floats) -> list[float]:
    inside = draft.cue[draft.first : draft.last, 1:].sum(1)
    begin = float(draft.cue[draft.first, 1])
    return [
        _log_odds(begin),
        _log_odds(float(inside.mean())),
        float(inside.min()),
        float(raw[draft.first, 1] - raw[draft.first, 0]),
        float(draft.last - draft.first),
        float(draft.last - draft.first == 1),
    ]


def _part_evidence(draft: Draft) -> list[float]:
    source, content = draft.parts[:, 1], draft.parts[:, 2]
    return [
        float(source.max()),
        float(source.sum()),
        float(not draft.source),
        float(source[draft.source].mean()) if draft.source else 0.0,
        float(content.max()),
        float(np.log1p(content.sum())),
        float(not draft.content),
        float(content[draft.content].mean()) if draft.content else 0.0,
        float(bool(draft.source) and draft.source[0] > draft.first),
    ]


def _place_evidence(sentence: Sentence, draft: Draft, quotes: Quotes) -> list[float]:
    numbers = quotes.number[[t.start for t in sentence.tokens]]
    head = sentence.tokens[cue_head(sentence, draft.first, draft.last)]
    return [
        float(numbers[draft.first] >= 0),
        float((numbers[draft.content] >= 0).mean()) if draft.content else 0.0,
        float((numbers >= 0).mean()),
        float(head.upos in ("VERB", "AUX")),
        float(head.upos == "NOUN"),
        float(head.upos == "PUNCT"),
        float(head.role == "root"),
    ]


def _log_odds(p: float) -> float:
    held = min(max(p, 1e-4), 1 - 1e-4)
    return float(np.log(held / (1 - held)))
