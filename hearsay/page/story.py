"""Which lines tell the report's own story: its headline and its body.

Plain copy (agency text, bare paragraphs) is recognised as such and taken whole; for a page with furniture the learned scores of
`page.scorer` decide, and the marks that end a story ("AFP contributed reporting.", "Read more about:") cut it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hearsay.page.labels import FURNITURE, Label, is_teaser_head
from hearsay.page.lines import Line
from hearsay.page.scorer import score_lines

Own = Sequence[Label | None]
_PLAIN_MOST = 4
_MARK_WORDS = 25
"""Running text of more words than this is not furniture whatever words it holds, in plain copy."""
_PLAIN_MARKS = frozenset({"byline", "agency_credit"})
_PLAIN_RULES = frozenset({"document_code", "date_line", "rule_line"})


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
    plain = _plain_story(lines, own)
    return plain if plain is not None else _scored_story(lines, own)


def _plain_story(lines: Sequence[Line], own: Own) -> Story | None:
    """The story of a text with hardly any furniture: a headline perhaps, then running text; None if it is another kind of text."""
    if any(label and label.mark in ("comments", "teasers") for label in own):
        return None
    free = [i for i, label in enumerate(own) if label is None or _is_body_anyway(lines[i], label)]
    marks = sum(label is not None and i not in free and not _is_plain_mark(label) for i, label in enumerate(own))
    if not free or marks > _PLAIN_MOST or marks > 0.2 * len(free) + 1:
        return None
    headline = free[0] if len(free) > 1 and is_headline(lines[free[0]]) else None
    body = _plain_body(lines, [i for i in free if i != headline], headline)
    running = sum(lines[i].size for i in body if _runs(lines[i]))
    if not body or running < 0.8 * sum(lines[i].size for i in body):
        return None
    return Story(headline, tuple(body), "plain_copy")


def _plain_body(lines: Sequence[Line], free: list[int], headline: int | None) -> list[int]:
    """The free lines of plain copy without what stands between the headline and the first running text, and without credits."""
    while headline is not None and len(free) > 1 and _is_between(lines[free[0]]) and any(lines[i].is_sentence for i in free):
        free = free[1:]
    return [i for i in free if lines[i].is_sentence or not {"credit", "caption"} & set(lines[i].lists)]


def _is_between(line: Line) -> bool:
    """Whether a line under the headline is too short and too loose to be the first paragraph: a caption, a second headline."""
    return not line.is_sentence and not line.text.endswith(":") and line.size <= 20


def _is_body_anyway(line: Line, label: Label) -> bool:
    return line.is_sentence and line.size > _MARK_WORDS and label.kind in FURNITURE


def _runs(line: Line) -> bool:
    return line.is_sentence or line.size >= 12 or line.text.endswith(":")


def _is_plain_mark(label: Label | None) -> bool:
    return label is not None and (label.kind in _PLAIN_MARKS or label.rule in _PLAIN_RULES)


def is_headline(line: Line) -> bool:
    """Whether a line could be a headline: up to thirty words, no final stop (a question or a cry may be one)."""
    return line.size <= 30 and (not line.stops or (line.text[-1] in "?!" and line.size <= 16)) and len(line.text) <= 220


def _scored_story(lines: Sequence[Line], own: Own) -> Story:
    scores = score_lines(lines, own)
    body = _body(lines, own, scores.body)
    headline = _headline(lines, own, scores.title, body)
    return Story(headline, tuple(i for i in body if i != headline), "line_scores")


def _body(lines: Sequence[Line], own: Own, scores: Sequence[float]) -> list[int]:
    body = [i for i, score in enumerate(scores) if score >= 0.5 and not _is_barred(lines[i], own[i], score)]
    if not body:
        running = [i for i, line in enumerate(lines) if line.is_sentence and own[i] is None]
        body = running or [max(range(len(lines)), key=lambda i: scores[i])]
    return _cut_at_end(lines, own, body)


def _is_barred(line: Line, label: Label | None, score: float) -> bool:
    """Whether the line's own words keep it out of the body whatever its score."""
    if label is None:
        return False
    return not (label.kind in ("solicitation", "other", "navigation") and score > 0.9 and line.size >= 12)


def _cut_at_end(lines: Sequence[Line], own: Own, body: list[int]) -> list[int]:
    """The body up to the first mark that ends a story, if most of it stands before that mark."""
    total = sum(lines[i].size for i in body)
    for end, label in enumerate(own):
        if label is not None and _ends_story(label) and (before := [i for i in body if i < end]):
            strong = label.kind in ("agency_credit", "tags")
            if sum(lines[i].size for i in before) >= (0.5 if strong else 0.75) * total:
                return before
    return body


def _ends_story(label: Label) -> bool:
    return label.kind in ("agency_credit", "tags") or is_teaser_head(label) or label.mark == "comments"


def _headline(lines: Sequence[Line], own: Own, scores: Sequence[float], body: Sequence[int]) -> int | None:
    free = [i for i in range(len(lines)) if own[i] is None and is_headline(lines[i]) and i < body[-1]]
    best = max(free, key=lambda i: scores[i], default=None)
    return best if best is not None and scores[best] >= 0.1 else None
