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

CUE_COLUMNS = (
    "credited", "credit_alone", "captioned", "scene", "told", "full_date", "names_first", "verb_s", "past", "placed",
    "weekday_scene", "under_heading", "between", "shared_above", "shared_below",
)  # fmt: skip
NEAR_COLUMNS = ("credited", "credit_alone", "captioned", "scene")
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_FULL_DATE = re.compile(rf"\b(?:{_MONTHS} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {_MONTHS},? (?:19|20)\d\d|in {_MONTHS} (?:19|20)\d\d)\b")
_PLACED = re.compile(r"\b(?:in|at|on|near|outside|inside|during|after|before|from) (?:the )?[A-ZÀ-Þ]")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_FIRST_NAMES = r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ]\.)?(?:\s+[A-ZÀ-Þ][\w’'-]+){1,2}"
_DOING = re.compile(rf"{_FIRST_NAMES},? (?:[a-z]{{2,}}ing|pictured|photographed|seen|shown) (?:at|by|for|from|in|on|to|with)\b")
_OWNED = re.compile(rf"(?!.{{0,50}}\b(?:19|20)\d\d|.*\brights reserved)[(\[]?© ?{_FIRST_NAMES}", re.S)
_PAST = re.compile(r"[a-z]{2}ed$")
_CREDIT_HEAD = re.compile(
    r"[(\[]?\s*(?:photo|image|picture|photograph|illustration)(?:\s+(?:credits?|courtesy(?: of)?))?(?:\s*:|\s+by\b)\s*[©A-ZÀ-ÞА-Я]", re.I
)
"""Not "Image copyright": where that is written, the caption stands below it. Not "Photos:", which opens a teaser."""
_CREDIT_WORDS = 8
_CAPTION_WORDS = 60
_TITLE_LEAST, _TITLE_MOST = 4, 20
_HEADING_MOST = 12
_RUNNING_LEAST = 8
_NAMED_WORDS = 6
_MARKED = {"marked_credit": 1.0, "bracketed_credit": 1.0, "credit_after_stop": 1.0, "slashed_credit": 0.8, "credit_after_sentence": 0.8}


def picture_cues(lines: Sequence[Line]) -> NDArray[np.float32]:
    """The cues of every line. *(lines, len(CUE_COLUMNS)), float32*."""
    keys = [_keys(line) for line in lines]
    rows = [[*_cues(line), *_placing(lines, keys, i)] for i, line in enumerate(lines)]
    return np.array(rows, dtype=np.float32).reshape(len(lines), len(CUE_COLUMNS))


def _cues(line: Line) -> list[float]:
    """What a line's own words tell."""
    lists, words, text = line.lists, line.words[:80], line.text[:1000]
    many, present = max(len(words), 1), _verb_s(words)
    return [
        _credited(line), _is_credit_alone(line), "caption" in lists, "scene" in lists, "told" in lists, bool(_FULL_DATE.search(text)),
        _names_first(words), present, sum(bool(_PAST.search(w)) for w in words) / many, bool(_PLACED.search(text)),
        present == 2 and "told" not in lists and bool(_WEEKDAY.search(text)),
    ]  # fmt: skip


def _placing(lines: Sequence[Line], keys: Sequence[frozenset[str]], i: int) -> list[float]:
    """What the two lines around it tell: a heading above, running text on both sides, words that they repeat."""
    above, below = lines[i - 1] if i else None, lines[i + 1] if i + 1 < len(lines) else None
    size = max(len(keys[i]), 1)
    return [
        is_under_heading(lines, i), bool(above and below and above.is_sentence and below.is_sentence),
        len(keys[i] & keys[i - 1]) / size if above else 0.0, len(keys[i] & keys[i + 1]) / size if below else 0.0,
    ]  # fmt: skip


def _keys(line: Line) -> frozenset[str]:
    """Its longer words, by which two lines are compared."""
    return frozenset(w.casefold() for w in line.words[:80] if len(w) > 3)


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


def is_under_heading(lines: Sequence[Line], i: int) -> bool:
    """Whether a line without a stop stands between a heading in the story and running text that repeats its words.

    A story has one heading over a paragraph; the second one is the title of a film or a picture set there.
    """
    if not 2 <= i < len(lines) - 1:
        return False
    line, heading, over, below = lines[i], lines[i - 1], lines[i - 2], lines[i + 1]
    if not _TITLE_LEAST <= line.size <= _TITLE_MOST or not (_is_heading(line) and _is_heading(heading)) or line.text[0].isdigit():
        return False
    runs = _runs(below) and (_runs(over) or over.text.endswith(":"))
    return heading.size <= _HEADING_MOST and runs and bool(_keys(line) & _keys(below))


def _is_heading(line: Line) -> bool:
    """Whether a line could head a paragraph: no stop, no list to come, no mark of a list or of somebody's signature."""
    return not line.stops and not line.is_sentence and line.text[-1] != ":" and line.text[0] not in "-–—•*·[(@#"


def _runs(line: Line) -> bool:
    return line.is_sentence and line.size >= _RUNNING_LEAST


def shows_somebody(line: Line) -> bool:
    """Whether a line has the form of a caption alone: somebody, and what is seen of him; or an owner's mark, then the picture.

    >>> from hearsay.page.lines import split_lines
    >>> lines = split_lines("Ana Ruiz speaking at a school\\nAna Ruiz spoke at a school.\\n© Ana Ruiz Ships in the port.")
    >>> [shows_somebody(line) for line in lines]
    [True, False, True]
    """
    if not 2 <= line.size <= _CAPTION_WORDS:
        return False
    return bool(_OWNED.match(line.text)) or (not line.stops and "told" not in line.lists and bool(_DOING.match(line.text)))


def _names_first(words: Sequence[str]) -> float:
    """Share of the first words that are written with a capital."""
    first = words[:_NAMED_WORDS]
    return sum(not w[0].islower() for w in first) / max(len(first), 1)


def _verb_s(words: Sequence[str]) -> float:
    """2 when the first small word after a name ends as a verb of the present does, 1 when a later one of the first twelve does."""
    small = [w for w in words[:14] if w.islower() and len(w) > 3]
    verbs = [k for k, w in enumerate(small) if (w[-1] == "s" and w[-2:] != "ss") or w[-3:] == "ing"]
    return 0.0 if not verbs else 2.0 if verbs[0] == 0 else 1.0
