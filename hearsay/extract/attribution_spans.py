"""Labelled words -> clean spans: runs joined, marks balanced, stray commas and stops cut off.

The conventions are PolNeAR's (annotation guidelines; docs/guide): quotation marks belong to the content, a sentence's last stop does
not unless it stands inside the marks, the comma after a cue belongs to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.extract.quotations import Quotes

_LEADING = frozenset({",", ";", ":", ")", "]", "."})
_TRAILING = frozenset({",", ";", ":", "-", "–", "—", "("})
_FINAL = frozenset({".", "…"})
_STOPS = frozenset({".", "!", "?", "…"})
_MARKS = frozenset("“”„‟«»\"''``‘’‹›＂″")


def runs(tokens: Iterable[int]) -> list[list[int]]:
    """Neighbouring indices together, in order."""
    out: list[list[int]] = []
    for i in sorted(tokens):
        if out and out[-1][-1] == i - 1:
            out[-1].append(i)
        else:
            out.append([i])
    return out


def is_word(text: str) -> bool:
    """Whether a token holds a letter or a digit."""
    return text.isalnum() or any(map(str.isalnum, text))


def content_spans(sentence: Sentence, tokens: Iterable[int], quotes: Quotes, *, goes_on: bool = False, inner: bool = False) -> list[Span]:
    """Spans of content words of one sentence; the sentence's stop stays if the content goes on in the next.

    Args:
        inner: the content lies inside another's and need not be a whole quotation: marks whose partner is elsewhere are left out.
    """
    held = set(tokens)
    for i in list(held) if not inner else ():
        held |= _missing_marks(sentence, i, quotes)
    out = []
    for run in runs(held):
        kept = run if goes_on and run[-1] == len(sentence.tokens) - 1 else _trim_content(sentence, run, quotes)
        if inner:
            kept = _without_lone_marks(sentence, kept, quotes)
        if any(is_word(sentence.tokens[i].text) for i in kept):
            out.append(sentence.cover(kept))
    return out


def _missing_marks(sentence: Sentence, i: int, quotes: Quotes) -> set[int]:
    """The mark beside a word that belongs to the word's own quotation."""
    number = quotes.number[sentence.tokens[i].start]
    if number < 0:
        return set()
    quotation, out = quotes.found[number], set()
    if i and quotation.opened and sentence.tokens[i - 1].start == quotation.span.start:
        out.add(i - 1)
    beyond = i + 1
    tokens, end = sentence.tokens, quotation.span.end
    while beyond < len(tokens) and tokens[beyond].text in _STOPS | {","} and tokens[beyond].end < end:
        beyond += 1
    if beyond < len(tokens) and quotation.closed and tokens[beyond].end == end:
        out.update(range(i + 1, beyond + 1))
    return out


def _trim_content(sentence: Sentence, run: list[int], quotes: Quotes) -> list[int]:
    first, last = 0, len(run)
    while first < last and sentence.tokens[run[first]].text in _LEADING:
        first += 1
    while first < last and _is_loose(sentence, run[last - 1], quotes):
        last -= 1
    return run[first:last]


def _without_lone_marks(sentence: Sentence, run: list[int], quotes: Quotes) -> list[int]:
    """A run without a closing mark at its end that was opened before it, and without the comma or stop before that mark."""
    end = len(run)
    number = quotes.number[sentence.tokens[run[-1]].start] if run else -1
    quotation = quotes.found[number] if number >= 0 else None
    if not quotation or quotation.span.start >= sentence.tokens[run[0]].start or sentence.tokens[run[-1]].end < quotation.span.end:
        return run
    while end and not is_word(sentence.tokens[run[end - 1]].text):
        end -= 1
    return run[:end]


def _is_loose(sentence: Sentence, i: int, quotes: Quotes) -> bool:
    """A comma at the end of content, or the sentence's last stop outside marks."""
    token = sentence.tokens[i]
    if quotes.number[token.start] >= 0:
        return False
    return token.text in _TRAILING or (token.text in _FINAL and all(t.text in _STOPS for t in sentence.tokens[i:]))


def source_spans(sentence: Sentence, tokens: Iterable[int]) -> list[Span]:
    """Spans of source words of one sentence; a comma or a mark at an end is left out, unless the comma closes an apposition."""
    out = []
    for run in runs(tokens):
        kept = list(run)
        while kept and sentence.tokens[kept[0]].text in _LEADING | _TRAILING | _MARKS - {"("}:
            kept.pop(0)
        while kept and sentence.tokens[kept[-1]].text in _TRAILING | _STOPS and not _closes(sentence, kept):
            kept.pop()
        if any(is_word(sentence.tokens[i].text) for i in kept):
            out.append(sentence.cover(kept))
    return out


def _closes(sentence: Sentence, run: list[int]) -> bool:
    """Whether a run's last comma closes what an earlier one opened: "Lars Holm, the mayor," """
    texts = [sentence.tokens[i].text for i in run]
    return texts[-1] == "," and "," in texts[:-1]
