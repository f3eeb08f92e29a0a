"""Categories that a user taught: small heads on the encoder's word vectors, fitted by `hearsay.extract.teaching`.

A head is a logistic regression on the standardised vector of a word: is it a trigger of this category? What passes the head's threshold
becomes a trigger with the category's root as type and the category as mode, and wins over what the tables say of the same word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hearsay.errors import DataFormatError, DataNotFound
from hearsay.extract.clauses import Clauses
from hearsay.extract.evidence import probability
from hearsay.extract.triggers import Trigger, light_verb
from hearsay.knowledge.codings import DEFAULT_ROLES, Coding
from hearsay.knowledge.user_ontology import Category, UserOntology, load_user_ontology
from hearsay.neural.pack import Pack

FILE = "taught.npz"
CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
"""Universal tags of the words that may be triggers."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TaughtHeads:
    """The heads of an ontology: codes (C,), weights (C, D), biases (C,) float32 over vectors standardised by `mean` and `scale` (D,)."""

    ontology: UserOntology
    codes: tuple[str, ...]
    weights: Floats
    biases: Floats
    mean: Floats
    scale: Floats

    def score(self, words: Floats) -> Floats:
        """(W, C) float32 log-odds of each category for each word, from (W, D) word vectors."""
        return np.asarray(((words - self.mean) / self.scale) @ self.weights.T + self.biases, np.float32)

    def find_triggers(self, clauses: Clauses, words: Floats) -> Iterator[Trigger]:
        """The triggers of a sentence, each of its likeliest category, in order."""
        odds = self.score(words)
        for i, token in enumerate(clauses.tokens):
            best = int(odds[i].argmax())
            if odds[i, best] > 0 and token.upos in CONTENT and token.entity == "O":
                pos = token.upos if token.upos in {"VERB", "ADJ"} else "NOUN"
                row = self._coding(clauses.lemmas[i], pos, self.ontology.categories[self.codes[best]])
                yield Trigger(i, (i,), pos, row, light_verb(clauses, i) if pos == "NOUN" else None, probability(float(odds[i, best])))

    def _coding(self, lemma: str, pos: str, category: Category) -> Coding:
        place = f"{self.ontology.folder.name}/{category.code}"
        return Coding(lemma, pos, (), category.root, category.mode, category.cameo, *DEFAULT_ROLES[pos], category.definition, place)

    def save(self, path: Path, pack: Pack) -> None:
        """Write the heads, with the checksum of the pack that they belong to."""
        arrays = {n: getattr(self, n) for n in ("weights", "biases", "mean", "scale")}
        np.savez(path, codes=np.array(self.codes), pack=np.array(pack.digest), **arrays)


def open_taught(folder: Path, pack: Pack) -> TaughtHeads:
    """The heads that were taught in a folder.

    Raises:
        DataNotFound: nothing was taught there yet.
        DataFormatError: what was taught belongs to another model or to other categories.
    """
    ontology, path = load_user_ontology(folder), folder / FILE
    if not path.exists():
        raise DataNotFound(f"{path}: nothing is taught yet; run: hearsay teach {folder}")
    with np.load(path) as stored:
        if str(stored["pack"]) != pack.digest or set(stored["codes"]) != set(ontology.categories):
            raise DataFormatError(path, None, f"taught with another model or other categories; run again: hearsay teach {folder}")
        codes = tuple(map(str, stored["codes"]))
        return TaughtHeads(ontology, codes, stored["weights"], stored["biases"], stored["mean"], stored["scale"])
