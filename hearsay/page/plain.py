"""Plain copy: agency text, a bare paragraph, a list of results. Its story is all of it, but for a headline and a byline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from hearsay.page.labels import FURNITURE, Label
from hearsay.page.lines import Line

Own = Sequence[Label | None]

_MARKS_MOST = 4
_LEADING_MOST = 3
_RUNNING_WORDS = 0.8
_RUNNING_LINES = 0.7
_MARK_WORDS = 25
"""Running text of more words than this is not furniture in plain copy, whatever words it holds."""
_PLAIN_KINDS = frozenset({"byline", "agency_credit"})
_PLAIN_RULES = frozenset({"document_code", "date_line", "rule_line"})
_PICTURE = frozenset({"credit", "caption"})


def find_plain_story(lines: Sequence[Line], own: Own) -> tuple[int | None, tuple[int, ...]] | None:
    """Line numbers of the headline (or None) and of the body of plain copy; None when the text is a page with furniture.

    Args:
        lines: all lines.
        own: for each the label that its own words give it, or None.
    """
    if any(label is not None and label.mark in ("comments", "teasers") for label in own):
        return None
    free = [i for i, label in enumerate(own) if label is None or _is_body_anyway(lines[i], label)]
    marks = sum(label is not None and not _is_plain_mark(label) for label in own) - sum(own[i] is not None for i in free)
    leading = list(takewhile(lambda i: not lines[i].is_sentence, free))
    if not free or marks > min(_MARKS_MOST, 0.2 * len(free) + 1):
        return None
    over = _over_byline(lines, own, free)
    if over is not None:
        return over, tuple(i for i in free if i > over and not _is_repeated(lines, i, over))
    headline = _headline(lines, leading) if free[1:] and len(leading) < len(free) else None
    if free[1:] and len(leading) == len(free) and is_headline(lines[free[0]]):
        headline = free[0]
    if marks == 0 and _is_unfurnished(lines, leading, free):
        return headline, tuple(i for i in free if headline is None or (i > headline and not _is_repeated(lines, i, headline)))
    body = _body(lines, free, headline)
    plain = len(leading) <= _LEADING_MOST and _runs_mostly(lines, body)
    return (headline, tuple(body)) if plain else None


def _over_byline(lines: Sequence[Line], own: Own, free: Sequence[int]) -> int | None:
    """A headline with a byline right under it, one line of running text above it: that line is a picture's."""
    if len(free) < 3 or not lines[free[0]].is_sentence or not is_headline(lines[free[1]]) or lines[free[1]].size < 3:
        return None
    below = own[free[1] + 1] if free[1] + 1 < len(own) else None
    is_byline = below is not None and below.kind == "byline"
    return free[1] if is_byline and free[2] > free[1] + 1 else None


def _is_unfurnished(lines: Sequence[Line], leading: Sequence[int], free: Sequence[int]) -> bool:
    """Whether a text without any mark of a page may be taken whole: a list, an interview, scores of matches under one headline."""
    has_picture = any(_PICTURE & set(lines[i].lists) and not lines[i].is_sentence for i in free)
    between = [i for i in leading[1:] if not lines[i].text.endswith(":")]
    return not has_picture and (len(between) == 0 or len(leading) == len(free) or (free[0] not in leading))


def _headline(lines: Sequence[Line], leading: Sequence[int]) -> int | None:
    """The first line above the running text that is long enough for a headline and no caption; a short one before it is a kicker."""
    fits = [i for i in leading if is_headline(lines[i]) and not _PICTURE & set(lines[i].lists)]
    return next((i for i in fits if lines[i].size >= 4), fits[0] if fits else None)


def is_headline(line: Line) -> bool:
    """Whether a line could be a headline: up to thirty words, no final stop (a question or a cry may be one)."""
    return line.size <= 30 and (not line.stops or (line.text[-1] in "?!" and line.size <= 16)) and len(line.text) <= 220


def _body(lines: Sequence[Line], free: Sequence[int], headline: int | None) -> list[int]:
    """The free lines without those between the headline and the first running text, and without credits."""
    body = [i for i in free if headline is None or i > headline]
    while headline is not None and len(body) > 1 and _is_between(lines[body[0]]) and any(lines[i].is_sentence for i in body):
        body = body[1:]
    return [i for i in body if lines[i].is_sentence or not _PICTURE & set(lines[i].lists)]


def _is_between(line: Line) -> bool:
    """Whether a line under the headline is too short and too loose to be the first paragraph: a caption, a second headline."""
    return not line.is_sentence and not line.text.endswith(":") and line.size <= 20


def _runs_mostly(lines: Sequence[Line], body: Sequence[int]) -> bool:
    running = [i for i in body if lines[i].is_sentence or lines[i].size >= 12 or lines[i].text.endswith(":")]
    words = sum(lines[i].size for i in body)
    return bool(body) and sum(lines[i].size for i in running) >= _RUNNING_WORDS * words and len(running) >= _RUNNING_LINES * len(body)


def _is_repeated(lines: Sequence[Line], i: int, headline: int) -> bool:
    return lines[i].text == lines[headline].text


def _is_body_anyway(line: Line, label: Label) -> bool:
    return line.is_sentence and line.size > _MARK_WORDS and label.kind in FURNITURE


def _is_plain_mark(label: Label) -> bool:
    return label.kind in _PLAIN_KINDS or label.rule in _PLAIN_RULES
