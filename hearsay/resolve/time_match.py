"""Where time rules and fixed phrases match in a sentence; not what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from hearsay.core.document import Sentence
from hearsay.resolve.time_found import Found
from hearsay.resolve.time_words import Cut, Phrase, Rule, TimeWords

_MONEY = frozenset("$£€#_@&")
_INNER = frozenset(".,:/")
_FIRST = -1

Match = tuple[int, int, Found | Phrase]
"""First piece, last piece plus one, and what matched there."""


def find_matches(cut: Cut, sentence: Sentence, words: TimeWords) -> list[Match]:
    """All matches, leftmost first; at one place the longest first, of equal ones the rule that stands first in its table."""
    held = set(cut.codes)
    out: list[tuple[int, int, int, Found | Phrase]] = []
    for rule in words.rules:
        if not rule.needs.isdisjoint(held):
            out += _rule_matches(rule, cut, sentence, words)
    out += _phrase_matches(cut, words)
    out.sort(key=lambda m: (m[0], -m[1], m[2]))
    return [(start, end, found) for start, end, _, found in out]


def _rule_matches(rule: Rule, cut: Cut, sentence: Sentence, words: TimeWords) -> Iterator[tuple[int, int, int, Found | Phrase]]:
    for match in rule.pattern.finditer(cut.codes):
        found = Found(rule, match, cut, sentence, words)
        if match.end() > match.start() and not _is_cut_short(cut, found.first, found.last):
            yield found.first, found.last + 1, rule.rank, found


def _phrase_matches(cut: Cut, words: TimeWords) -> Iterator[tuple[int, int, int, Found | Phrase]]:
    for at in [i for i, word in enumerate(cut.lower) if word in words.phrases]:
        for phrase in words.phrases[cut.lower[at]]:
            if _stands_at(phrase, cut, at) and not _is_cut_short(cut, at, at + len(phrase.pieces) - 1):
                yield at, at + len(phrase.pieces), _FIRST, phrase


def _stands_at(phrase: Phrase, cut: Cut, at: int) -> bool:
    end = at + len(phrase.pieces)
    if cut.lower[at:end] != phrase.pieces:
        return False
    return all(text[0].isupper() for text, capital in zip(cut.texts[at:end], phrase.capitals, strict=True) if capital)


def _is_cut_short(cut: Cut, first: int, last: int) -> bool:
    """Whether a match begins or ends inside a word or number: "1,200 days" at 200, "$2000", "1990.5"."""
    before = cut.texts[max(0, first - 2) : first]
    after = cut.texts[last + 1 : last + 3]
    if before and (before[-1].isalnum() or before[-1] in _MONEY):
        return True
    if len(before) == 2 and before[1] in _INNER and cut.texts[first][0].isdigit() and before[0][-1].isdigit():
        return True
    if after and after[0].isalnum() and after[0] != "s":
        return True
    return len(after) == 2 and after[0] in _INNER and after[1][0].isdigit() and cut.texts[last][0].isdigit()
