"""Hand-made trees for tests, so that they do not lean on the parser."""

from __future__ import annotations

from hearsay.core.document import Sentence, Token
from hearsay.core.span import Span


def tree(rows: str) -> Sentence:
    """A sentence from lines `form lemma UPOS XPOS head relation [entity]`, heads counted from 1, 0 the root."""
    tokens, at = [], 0
    for line in rows.strip().splitlines():
        form, lemma, upos, xpos, head, relation, *entity = line.split()
        tokens.append(Token(form, at, at + len(form), lemma, upos, xpos, int(head) - 1, relation, entity[0] if entity else "O"))
        at += len(form) + 1
    return Sentence(0, Span(0, at - 1), 0, tuple(tokens))


def words(sentence: Sentence, indices: list[int] | tuple[int, ...]) -> list[str]:
    """Forms of some tokens."""
    return [sentence.tokens[i].text for i in indices]
