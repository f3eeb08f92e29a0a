"""Sentences with their tokens, as the encoder takes them."""

from __future__ import annotations

from collections.abc import Iterable

from hearsay.core.document import Layout
from hearsay.core.span import Span
from hearsay.text.sentences import split_sentences
from hearsay.text.tokens import split_tokens


def lay_out(text: str, parts: Iterable[tuple[int, int]]) -> list[Layout]:
    """The sentences of some parts of a text, in order; each bears the number of its part.

    >>> [(s.part, s.span.of("He left. She stayed.")) for s in lay_out("He left. She stayed.", [(0, 8), (9, 20)])]
    [(0, 'He left.'), (1, 'She stayed.')]
    """
    return [lay_out_sentence(text, sentence, number) for number, part in enumerate(parts) for sentence in split_sentences(text, part)]


def lay_out_sentence(text: str, span: tuple[int, int], part: int = 0) -> Layout:
    """A stretch of a text as one sentence, whatever marks it holds."""
    return Layout(Span(*span), part, tuple(split_tokens(text, span)))
