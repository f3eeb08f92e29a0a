"""What a time rule found, and the scene in which it is read.

The readings (`time_dates`, `time_spans`) are functions from a `Found` and a `Scene` to a `Reading`; these three are what they share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from hearsay.core.document import Sentence, Token
from hearsay.resolve.calendar import granularity, parse_day
from hearsay.resolve.tense import tense_at, token_at
from hearsay.resolve.time_words import Cut, Rule, TimeWords

VAGUE = "X"
_HALF = 0.5


class Reading(NamedTuple):
    """TIMEX3 type and value of an expression; `approximate` when its own words say so.

    `edtf` is set only where it differs from what the value says: for "two weeks after …", the time two weeks before the report.
    """

    type: str
    value: str
    approximate: bool = False
    edtf: str | None = None


@dataclass(slots=True)
class Scene:
    """What is known where an expression stands: the report's own day, and the last dated values read before it.

    `quarter` is the quarter that the report is about, set by the reading of "the third quarter".
    """

    day: date | None
    previous: str = ""
    quarter: str = ""
    here: str = field(default="")
    """The last value that names a day in this sentence."""

    def note(self, reading: Reading) -> None:
        """Takes up a value that later expressions may build on."""
        unit = granularity(reading.value)
        if reading.type in {"DATE", "TIME"} and unit:
            self.previous = reading.value if unit in {"D", "M", "Y", "W"} else self.previous
            self.here = reading.value if unit == "D" else self.here

    def anchor(self, unit: str) -> date | None:
        """The day from which "two days later" counts: the last one read if it is fine enough for the unit, else the report's."""
        if not self.previous:
            return self.day
        rank = {"D": 0, "W": 1, "M": 2, "Y": 3}
        if rank.get(granularity(self.previous), 0) > rank.get(unit, 3):
            return None
        return _first_day(self.previous)


def _first_day(value: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-W(\d\d)", value)
    if found:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    return parse_day((value + "-01-01")[:10])


@dataclass(frozen=True)
class Found:
    """A match of a rule in a sentence cut into pieces."""

    rule: Rule
    match: re.Match[str]
    cut: Cut
    sentence: Sentence
    words: TimeWords

    @cached_property
    def first(self) -> int:
        """Its first piece."""
        return self.match.start("span") if "span" in self.match.re.groupindex else self.match.start()

    @property
    def last(self) -> int:
        """Its last piece."""
        return (self.match.end("span") if "span" in self.match.re.groupindex else self.match.end()) - 1

    def has(self, name: str) -> bool:
        """Whether the rule has a part of this name and it was there."""
        return name in self.match.re.groupindex and self.match.start(name) >= 0

    def piece(self, name: str) -> int:
        """The first piece of a part."""
        return self.match.start(name)

    def text(self, name: str) -> str:
        """The words of a part as written; "" when absent."""
        return "".join(self.cut.texts[self.match.start(name) : self.match.end(name)]) if self.has(name) else ""

    def value(self, name: str, word_class: str | None = None) -> str:
        """What the word of a part stands for in a class (the part's name unless another is given); "" when absent."""
        if not self.has(name):
            return ""
        return self.words.values.get(self.cut.lower[self.piece(name)], {}).get(word_class or name, "")

    def number(self, name: str) -> int | None:
        """The number that a part of one piece names, in figures or words."""
        return self.number_at(self.piece(name)) if self.has(name) else None

    def number_at(self, piece: int) -> int | None:
        """The number that a piece names."""
        word = self.cut.lower[piece]
        if word.isdigit() and word.isascii():
            return int(word) if len(word) < 10 else None
        held = self.words.values.get(word, {})
        value = held.get("cardinal") or held.get("ordinal") or held.get("tens")
        return int(value) if value else None

    @property
    def shift(self) -> int:
        """-1, 0 or 1 for "last", "this", "next"."""
        if not self.has("shift"):
            return 0
        held = self.words.values.get(self.cut.lower[self.piece("shift")], {})
        return int(held.get("last") or held.get("next") or held.get("past") or held.get("this") or "0")

    @cached_property
    def tense(self) -> str:
        """ "past", "future" or "" by the words around it."""
        return tense_at(self.sentence, self.cut, self.first, self.last, self.words)

    @property
    def token(self) -> Token | None:
        """The token under its last piece, where the sentence has tokens."""
        at = token_at(self.sentence, self.cut.starts[self.last])
        return None if at is None else self.sentence.tokens[at]

    @property
    def is_hedged(self) -> bool:
        """Whether "about", "nearly" or the like stands before its number."""
        return self.has("hedge")

    def before(self, count: int = 1) -> list[str]:
        """The pieces before it, nearest first."""
        return self.cut.words_before(self.first, count)

    def count(self) -> float | None:
        """The number of its part "count"; None when it is vague."""
        if not self.has("count"):
            return 1.0
        start, end = self.match.span("count")
        total = count_of(self, start, end)
        if total is None:
            return None
        return total + _HALF if self.has("shape") or self.has("and_half") else total


def count_of(found: Found, start: int, end: int) -> float | None:
    """The number that pieces from `start` to `end` spell; None for "several" and the like.

    >>> # "two thousand" 2000, "twenty four" 24, "2 1/2" 2.5, "a couple of" 2, "a" 1, "a few" None
    """
    figures = "".join(found.cut.lower[start:end]).replace(",", "")
    fraction = re.fullmatch(r"(\d{1,9}) (\d{1,4})/(\d{1,4})", figures)
    if fraction and int(fraction[3]):
        return int(fraction[1]) + int(fraction[2]) / int(fraction[3])
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", figures):
        return float(figures)
    return _spelled_count(found, start, end)


def _spelled_count(found: Found, start: int, end: int) -> float | None:
    total = 0.0
    for piece in range(start, end):
        word = found.cut.lower[piece]
        held = found.words.values.get(word, {})
        if "vague" in held or held.get("magnitude") == VAGUE:
            return None
        if word == "couple":
            return 2.0
        if "magnitude" in held:
            total = max(total, 1.0) * float(held["magnitude"])
        elif "a" not in held:
            total += found.number_at(piece) or 0
    return total or 1.0
