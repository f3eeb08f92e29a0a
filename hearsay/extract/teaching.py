"""Teaches a user's categories from ten or so example sentences each, and says honestly how well that works.

For each category a logistic regression with a ridge penalty is fitted on the vectors of the frozen encoder: marked triggers against
the other content words of the examples and against the pack's contrast words (vectors of triggers and other words of Hearsay's own
training sentences). How well it does is measured by cross-validation over sentences: each is read by heads that have not seen it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hearsay.core.document import Sentence
from hearsay.errors import ModelError
from hearsay.extract.taught import CONTENT, TaughtHeads
from hearsay.knowledge.markup import Marked, parse_trigger
from hearsay.knowledge.user_ontology import UserOntology
from hearsay.neural.decode import Analyser
from hearsay.text.layout import lay_out_sentence

Floats = NDArray[np.float32]

RIDGE = 600.0
"""Penalty on the squared weights, in units of examples; standardised vectors."""
POSITIVE_SHARE = 0.2
"""Weight of all triggers of a category together, as a share of the weight of all other words together. Both were chosen on annotated wire
reports that the encoder had not seen, with seven of PLOVER's types as the categories and twelve sentences each: trigger F1 .43."""
FOLDS = 5
_STEPS = 6


class Words(NamedTuple):
    """Content words of the examples: vectors (N, D), the number of each one's sentence and its category (index, -1 for none)."""

    vectors: Floats
    sentence: NDArray[np.int64]
    category: NDArray[np.int64]


class Lesson(NamedTuple):
    """How well one category was learned, each sentence read by heads that had not seen it.

    `examples` triggers were marked, `found` of them found; `false` other words of the examples were taken for triggers;
    `false_per_1000` of a thousand contrast words were.
    """

    code: str
    examples: int
    found: int
    false: int
    false_per_1000: float

    @property
    def recall(self) -> tuple[float, float, float]:
        """Share of the triggers found, and the 95 % interval of Wilson around it."""
        return wilson(self.found, self.examples)


def teach(ontology: UserOntology, analyser: Analyser) -> tuple[TaughtHeads, list[Lesson]]:
    """Heads fitted on all examples, and for each category how well heads do on sentences that they have not seen.

    Raises:
        ModelError: the model pack has no contrast words.
    """
    contrast = analyser.pack.head("contrast")
    if not contrast:
        raise ModelError(f"{analyser.pack.path}: this model pack has no contrast words and cannot be taught; install the newest package")
    codes = tuple(ontology.categories)
    words = _read_words(ontology.examples, codes, analyser)
    others = contrast["vectors"]
    return _fit(ontology, codes, words, others), _examine(ontology, codes, words, others)


def _read_words(examples: Sequence[Marked], codes: Sequence[str], analyser: Analyser) -> Words:
    vectors, number, category = [], [], []
    for n, example in enumerate(examples):
        sentences, evidence = analyser.analyse(example.text, [lay_out_sentence(example.text, (0, len(example.text)))])
        triggers = [(s, e, codes.index(t[1])) for s, e, label in example.spans if (t := parse_trigger(label))]
        for sentence, seen in zip(sentences, evidence, strict=True):
            heads = {_head_word(sentence, s, e): k for s, e, k in triggers}
            for i, token in enumerate(sentence.tokens):
                if i in heads or (token.upos in CONTENT and not any(token.start < e and token.end > s for s, e, _ in triggers)):
                    vectors.append(seen.words[i])
                    number.append(n)
                    category.append(heads.get(i, -1))
    return Words(np.array(vectors, np.float32), np.array(number), np.array(category))


def _head_word(sentence: Sentence, start: int, end: int) -> int:
    """The word that stands for a trigger of several: the first whose head lies outside ("shut" of "shut down")."""
    inside = [i for i, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
    return next((i for i in inside if sentence.tokens[i].head not in inside), -1)


def _fit(ontology: UserOntology, codes: tuple[str, ...], words: Words, others: Floats) -> TaughtHeads:
    mean, scale = others.mean(0), others.std(0) + 1e-3
    x = (np.concatenate([words.vectors, others]) - mean) / scale
    y = np.concatenate([words.category, np.full(len(others), -1)])
    fitted = [fit_logistic(x, y == k) for k in range(len(codes))]
    return TaughtHeads(ontology, codes, np.array([w for w, _ in fitted]), np.array([b for _, b in fitted], np.float32), mean, scale)


def fit_logistic(x: Floats, positive: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights (D,) and bias of a ridge logistic regression, by Newton's method.

    Args:
        x: (N, D) standardised vectors.
        positive: (N,) which of them belong to the category.
    """
    weight = np.where(positive, POSITIVE_SHARE * (~positive).sum() / max(1, positive.sum()), 1.0)
    data = np.concatenate([x, np.ones((len(x), 1))], 1).astype(np.float64)
    ridge = np.full(data.shape[1], RIDGE)
    ridge[-1] = 1e-3
    solution = np.zeros(data.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(data @ solution, -30, 30)))
        gradient = data.T @ (weight * (chance - positive)) + ridge * solution
        curvature = (data * (weight * chance * (1 - chance))[:, None]).T @ data + np.diag(ridge)
        solution -= np.linalg.solve(curvature, gradient)
    return solution[:-1].astype(np.float32), float(solution[-1])


def _examine(ontology: UserOntology, codes: tuple[str, ...], words: Words, others: Floats) -> list[Lesson]:
    """Cross-validation: examples and contrast words are dealt into folds, and each fold is read by heads of the rest."""
    folds = min(FOLDS, len(ontology.examples))
    said = np.full(len(words.category), -1)
    false = np.zeros(len(codes))
    for fold in range(folds):
        out = words.sentence % folds == fold
        rest = np.arange(len(others)) % folds != fold
        heads = _fit(ontology, codes, Words(words.vectors[~out], words.sentence[~out], words.category[~out]), others[rest])
        odds = heads.score(words.vectors[out])
        said[out] = np.where(odds.max(1) > 0, odds.argmax(1), -1)
        false += (heads.score(others[~rest]) > 0).sum(0)
    return [
        Lesson(
            code, int((words.category == k).sum()), int(((words.category == k) & (said == k)).sum()),
            int(((said == k) & (words.category != k)).sum()), 1000 * float(false[k]) / len(others),
        )
        for k, code in enumerate(codes)
    ]  # fmt: skip


def wilson(hits: int, trials: int) -> tuple[float, float, float]:
    """A share and its 95 % interval by Wilson (1927).

    >>> [round(x, 2) for x in wilson(9, 10)]
    [0.9, 0.6, 0.98]
    """
    share, z = hits / trials, 1.96
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * (share * (1 - share) / trials + z * z / (4 * trials * trials)) ** 0.5
    return share, max(0.0, middle - half), min(1.0, middle + half)
