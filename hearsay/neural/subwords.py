"""Words -> word-piece numbers and letter-case classes.

The word pieces are those of the uncased encoder; what capital letters say is kept apart as a class for each word.
This module does not batch or run anything: see `hearsay.neural.encoder`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer

from hearsay.errors import ModelError

MAX_PIECES_A_WORD = 12
"""Longer words are cut: nothing is learned from the thirteenth piece of a web address."""

REMEMBERED_WORDS = 200_000
"""The memory of words is emptied beyond this many, so that an archive does not fill the machine."""

CASE_CLASSES = ("special", "lower", "title", "single capital", "upper", "mixed", "digits", "other")

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "′": "'",
        "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-",
        "…": "...", "\u00a0": " ", "\u200b": "", "\u00ad": "",
    }
)  # fmt: skip


class Pieces(NamedTuple):
    """What one word becomes: piece numbers and the number of its case class."""

    ids: tuple[int, ...]
    case: int


def classify_case(word: str) -> int:
    """Index into `CASE_CLASSES` for one word.

    >>> [CASE_CLASSES[classify_case(w)] for w in ("house", "Kyiv", "A", "NATO", "McCain", "1999", "--")]
    ['lower', 'title', 'single capital', 'upper', 'mixed', 'digits', 'other']
    """
    if not any(map(str.isalpha, word)):
        return 6 if any(map(str.isdigit, word)) else 7
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) == 1 else 4
    return 2 if word[:1].isupper() and word[1:].islower() else 5


class Subwords:
    """Turns words into pieces, remembering what it has seen.

    Args:
        path: a `tokenizer.json` of the encoder.
    """

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._model = self._tokenizer.model
        self.start = self._id("[CLS]")
        self.end = self._id("[SEP]")
        self.mask = self._id("[MASK]")
        self._unknown = self._id("[UNK]")
        self._seen: dict[str, Pieces] = {}

    def _id(self, piece: str) -> int:
        number = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ModelError(f"the tokenizer of the model pack has no {piece}; install the package again")
        return number

    def cut(self, words: Sequence[str]) -> list[Pieces]:
        """Pieces of each word, at least one a word."""
        seen = self._seen
        if len(seen) > REMEMBERED_WORDS:
            seen.clear()
        for word in words:
            if word not in seen:
                self._learn(word)
        return [seen[w] for w in words]

    def _learn(self, word: str) -> None:
        ids = tuple(self._number(word)[:MAX_PIECES_A_WORD]) or (self._unknown,)
        self._seen[word] = Pieces(ids, classify_case(word))

    def _number(self, word: str) -> list[int]:
        """Numbers of a word's pieces. One of plain letters and digits needs nothing of the normaliser, which is slow, but small letters."""
        if word.isascii() and word.isalnum():
            return [piece.id for piece in self._model.tokenize(word.lower())]
        return list(self._tokenizer.encode(word.translate(_PLAIN), add_special_tokens=False).ids)
