"""Clauses of a sentence without a tree, by its marks and the words that open clauses; for times only, and rough."""

from __future__ import annotations

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.resolve.time_words import load_time_words

_MARKS = frozenset({",", ";", ":", "(", ")", "—", "–", "--", '"', "“", "”"})


def cut_clauses(sentence: Sentence) -> list[Span]:
    """Spans of the clauses, in order. A comma inside a date ("Friday, Dec. 9") parts nothing."""
    cuts = [sentence.span.start]
    tokens, openers = sentence.tokens, load_time_words().cues["opens_clause"]
    for i, token in enumerate(tokens[1:-1], 1):
        is_date = token.text == "," and (tokens[i + 1].text[:1].isdigit() or tokens[i - 1].text.lower().endswith("day"))
        if (token.text in _MARKS and not is_date) or token.text.lower() in openers:
            cuts.append(token.start)
    return [Span(a, b) for a, b in zip(cuts, [*cuts[1:], sentence.span.end], strict=True) if b > a]
