"""Which lines tell the report's own story: its headline and its body.

Plain copy (agency text, bare paragraphs) is recognised as such and taken whole; for a page with furniture the learned scores of
`page.scorer` decide, and the marks that end a story ("AFP contributed reporting.", "Read more about:") cut it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from hearsay.page.credits import split_caption
from hearsay.page.features import Array
from hearsay.page.headline import choose_headline
from hearsay.page.labels import Label, is_teaser_head
from hearsay.page.lines import Line
from hearsay.page.pictures import is_above_credit, is_under_heading, names_picture, shows_somebody
from hearsay.page.plain import find_plain_story
from hearsay.page.scorer import score_lines

Own = Sequence[Label | None]
_BARRED = 100.0
_TITLE_WORDS = 30
_CREDIT_WORDS = 8
_CAPTION_WORDS = 60
_EARLY_SHARE = 1 / 3
_SURE = 0.9
_CAPTION_HEAD = re.compile(
    r"\W*(?:(?:an?|in this|this) )?(?:undated |recent )?(?:file|handout|photo|image|picture|still|screen\w+|satellite|illustration|caption|"
    r"video|watch|combination|representati)",
    re.I,
)
"""A caption whose first words say that it is one: "File - …", "A handout …", "In this photo …"."""
_PICTURE_START = re.compile(r"(?:(?:image|media|photo|video|picture) ?caption|media playback\b|also on \w+\.\w+\b)", re.I)


class Story(NamedTuple):
    """Line numbers of the headline (None without one) and of the body, and the rule that chose them."""

    headline: int | None
    body: tuple[int, ...]
    rule: str


def find_story(lines: Sequence[Line], own: Own) -> Story:
    """The story's lines.

    Args:
        lines: all lines of the page.
        own: for each the label that its own words give it, or None.
    """
    if not lines:
        return Story(None, (), "no_lines")
    plain = find_plain_story(lines, own)
    if plain is not None:
        return Story(plain[0], _without_pictures(lines, plain[1]), "plain_copy")
    return _scored_story(lines, own)


def _scored_story(lines: Sequence[Line], own: Own) -> Story:
    scores = score_lines(lines, own)
    body = _body(lines, own, scores.body)
    headline = _headline(lines, own, scores.headline, body)
    return Story(headline, tuple(i for i in body if i != headline), "line_scores")


def _body(lines: Sequence[Line], own: Own, scores: Sequence[float]) -> list[int]:
    body = [i for i, score in enumerate(scores) if score >= 0.5 and not _is_barred(lines[i], own[i], score)]
    body = [i for i in _without_pictures(lines, body) if not is_under_heading(lines, i)]
    if not body:
        running = [i for i, line in enumerate(lines) if line.is_sentence and own[i] is None]
        body = running or [max(range(len(lines)), key=lambda i: scores[i])]
    return _cut_at_end(lines, own, body)


def _without_pictures(lines: Sequence[Line], body: Sequence[int]) -> tuple[int, ...]:
    """The body without pictures' credits and the captions above them; as it is if nothing else would be left."""
    below = [*lines[1:], None]
    kept = [i for i in body if not names_picture(lines[i]) and not ((n := below[i]) and is_above_credit(lines[i], n))]
    return tuple(kept or body)


def _is_barred(line: Line, label: Label | None, score: float) -> bool:
    """Whether the line's own words keep it out of the body whatever its score; a caption's words stand in running text now and then."""
    if label is None or shows_somebody(line):
        return _is_pictured(line) and not (score > _SURE and _only_sounds_pictured(line))
    return not (label.kind in ("solicitation", "other", "navigation") and score > _SURE and line.size >= 12)


def _only_sounds_pictured(line: Line) -> bool:
    """Whether a sentence has no mark of a picture but words such as "(R)", "is seen in", "looks on" somewhere in it."""
    is_marked = shows_somebody(line) or "credit" in line.lists or split_caption(line.text) is not None
    is_headed = _PICTURE_START.match(line.text) or _CAPTION_HEAD.match(line.text)
    return line.is_sentence and not is_marked and is_headed is None


def _is_pictured(line: Line) -> bool:
    """Whether a line says of itself that it is a picture's: "Image caption …", "… Credit: ESA", "(Photo: …)", "Ana Ruiz, AP"."""
    if _PICTURE_START.match(line.text) or {"caption", "credit"} & set(line.lists) or shows_somebody(line):
        return True
    split = split_caption(line.text)
    if split is None:
        return False
    if split[1] in ("credit_after_stop", "slashed_credit") and line.size <= _CAPTION_WORDS:
        return True
    return split[1] in ("marked_credit", "bracketed_credit") or (split[1] == "glued_agency" and line.size <= _CREDIT_WORDS)


def _cut_at_end(lines: Sequence[Line], own: Own, body: list[int]) -> list[int]:
    """The body up to the first mark that ends a story, if most of it stands before that mark."""
    sums = [0, *accumulate(lines[i].size for i in body)]
    for end, label in enumerate(own):
        if label is not None and _ends_story(label):
            count = bisect_left(body, end)
            share = 0.5 if label.kind in ("agency_credit", "tags") else 0.75
            if count and sums[count] >= share * sums[-1]:
                return body[:count]
    return body


def _ends_story(label: Label) -> bool:
    return label.kind in ("agency_credit", "tags") or is_teaser_head(label) or label.mark == "comments"


def _early_line(lines: Sequence[Line], body: Sequence[int]) -> int:
    """Number of the body's line by which a third of its words have passed: no headline stands further down."""
    sums = list(accumulate(lines[i].size for i in body))
    return body[bisect_left(sums, sums[-1] * _EARLY_SHARE)]


def _headline(lines: Sequence[Line], own: Own, ranks: Array, body: Sequence[int]) -> int | None:
    """The best ranked line above the greater part of the body; None when there is nothing like a headline."""
    last = _early_line(lines, body)
    barred = [own[i] is not None or line.size > _TITLE_WORDS or i >= last for i, line in enumerate(lines)]
    if all(barred):
        return None
    best = choose_headline(lines, np.where(barred, ranks - _BARRED, ranks))
    return None if barred[best] and own[best] is not None else best
