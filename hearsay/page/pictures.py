"""How much a line of a plain text looks like the words under a picture: numbers for the learned scorer, no text.

Captions are written in the present tense of what is seen ("speaks", "leaves"), name persons first, say the full date, and stand next to
a credit; running text tells in the past tense who said what. One cue decides nothing; `page.scorer` weighs them together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hearsay.page.bylines import is_person
from hearsay.page.credits import split_caption
from hearsay.page.lines import Line
from hearsay.page.words import find_agencies

CUE_COLUMNS = ("credited", "credit_alone", "captioned", "scene", "told", "full_date", "names_first", "verb_s", "past", "placed")
NEAR_COLUMNS = ("credited", "credit_alone", "captioned", "scene")
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_FULL_DATE = re.compile(rf"\b(?:{_MONTHS} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {_MONTHS},? (?:19|20)\d\d|in {_MONTHS} (?:19|20)\d\d)\b")
_PLACED = re.compile(r"\b(?:in|at|on|near|outside|inside|during|after|before|from) (?:the )?[A-ZÀ-Þ]")
_PAST = re.compile(r"[a-z]{2}ed$")
_CREDIT_HEAD = re.compile(
    r"[(\[]?\s*(?:photo|image|picture|photograph|illustration)(?:\s+(?:credits?|courtesy(?: of)?))?(?:\s*:|\s+by\b)\s*[©A-ZÀ-ÞА-Я]", re.I
)
"""Not "Image copyright": where that is written, the caption stands below it. Not "Photos:", which opens a teaser."""
_CREDIT_WORDS = 8
_CAPTION_WORDS = 60
_NAMED_WORDS = 6
_MARKED = {"marked_credit": 1.0, "bracketed_credit": 1.0, "credit_after_stop": 1.0, "slashed_credit": 0.8, "credit_after_sentence": 0.8}


def picture_cues(lines: Sequence[Line]) -> NDArray[np.float32]:
    """The cues of every line. *(lines, len(CUE_COLUMNS)), float32*."""
    return np.array([_cues(line) for line in lines], dtype=np.float32).reshape(len(lines), len(CUE_COLUMNS))


def _cues(line: Line) -> list[float]:
    lists, words = line.lists, line.words[:80]
    credited = _credited(line)
    many = max(len(words), 1)
    return [
        credited, _is_credit_alone(line), "caption" in lists, "scene" in lists, "told" in lists, bool(_FULL_DATE.search(line.text[:1000])),
        _names_first(words), _verb_s(words), sum(bool(_PAST.search(w)) for w in words) / many, bool(_PLACED.search(line.text[:1000])),
    ]  # fmt: skip


def _credited(line: Line) -> float:
    """How surely a credit ends the line, or begins it."""
    if "credit" in line.lists:
        return 1.0
    split = split_caption(line.text)
    return 0.0 if split is None else _MARKED.get(split[1], 0.4)


def _is_credit_alone(line: Line) -> bool:
    """Whether a short line is nothing but a credit: "Ana Ruiz, AP", "Photo by Ana Ruiz", "(Image credit: ESA)"."""
    if line.size > _CREDIT_WORDS:
        return False
    if {"credit", "caption"} & set(line.lists) or ((split := split_caption(line.text)) is not None and split[0] == 0):
        return True
    name, _, rest = line.text.partition(",")
    return bool(find_agencies(line.text)) and (is_person(name.strip()) or not rest)


def is_above_credit(line: Line, below: Line) -> bool:
    """Whether a line that quotes nobody stands right above a picture's credit: it is the caption.

    >>> from hearsay.page.lines import split_lines
    >>> is_above_credit(*split_lines("The envoy leaves the hall.\\nAna Ruiz, AP")), is_above_credit(*split_lines("He said no.\\nPhoto: AP"))
    (True, False)
    """
    return 2 <= line.size <= _CAPTION_WORDS and "told" not in line.lists and names_picture(below)


def names_picture(line: Line) -> bool:
    """Whether a line is a credit in so many words: "Photo by Ana Ruiz", "(Image credit: ESA)", or a name with an agency."""
    if line.size > _CREDIT_WORDS + 4:
        return False
    name, comma, rest = line.text.partition(",")
    return bool(_CREDIT_HEAD.match(line.text)) or bool(comma and is_person(name.strip()) and find_agencies(rest) and len(rest.split()) <= 3)


def _names_first(words: Sequence[str]) -> float:
    """Share of the first words that are written with a capital."""
    first = words[:_NAMED_WORDS]
    return sum(not w[0].islower() for w in first) / max(len(first), 1)


def _verb_s(words: Sequence[str]) -> float:
    """2 when the first small word after a name ends as a verb of the present does, 1 when a later one of the first twelve does."""
    small = [w for w in words[:14] if w.islower() and len(w) > 3]
    verbs = [k for k, w in enumerate(small) if (w[-1] == "s" and w[-2:] != "ss") or w[-3:] == "ing"]
    return 0.0 if not verbs else 2.0 if verbs[0] == 0 else 1.0
