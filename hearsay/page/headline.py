"""The headline among the lines of a page: a small ranking over what a headline is like, once the body is known.

The weights stand in the pack of `page.scorer`; features hold no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from hearsay.page.credits import split_caption
from hearsay.page.features import COLUMNS, Array, best_run
from hearsay.page.labels import Label
from hearsay.page.lines import Line

RANK_COLUMNS = (
    "own_label", "before_body", "distance", "far", "short", "long", "stops", "titled", "sentence", "bars", "repeated",
    "dated_below", "dated_near", "question", "pictured", "above_alike", "below_alike", "short_around", "shared_body",
    "shared_lead", "shared_count", "starts_other", "ends_other", "learned", "body_score", "inside", "gap_furniture",
)  # fmt: skip
_BAR = re.compile(r"\s+[|»›]\s+")
_BARS = re.compile(r"\s[|»›–—-]\s|[a-z][A-Z]{2}|[a-z][A-Z][a-z]+ ")


def rank_features(lines: Sequence[Line], own: Sequence[Label | None], first: Array, body: Array, title: Array) -> Array:
    """Features of every line as a headline. *(lines, len(RANK_COLUMNS)), float32*.

    Args:
        lines, own: the page's lines and the labels of their own words.
        first: features of the lines' first pass.
        body, title: scores of the second pass, *(lines,), float32*.
    """
    times = Counter(line.text for line in lines if line.size > 2)
    form = np.array([_form(lines, own, i, times[line.text] > 1) for i, line in enumerate(lines)], dtype=np.float32)
    start, end = story_run(lines, body)
    at = np.arange(len(lines))
    distance = start - at
    others = first[:, COLUMNS.index("starts_other")]
    shared = _shared(lines, start, end)
    blocked = np.array([label is not None and label.kind in ("navigation", "tags") for label in own])
    gap = np.cumsum(blocked[::-1])[::-1] - (np.cumsum(blocked[::-1])[::-1][start] if start < len(lines) else 0)
    place = [distance > 0, np.clip(np.abs(distance), 0, 15) / 5, np.abs(distance) > 15]
    rest = [others % 2 == 1, others >= 2, np.log(title + 1e-3), body, (at >= start) & (at < end), np.clip(gap, 0, 5)]
    return np.column_stack([form[:, 0], *place, form[:, 1:], shared, *rest]).astype(np.float32)


def story_run(lines: Sequence[Line], body: Array) -> tuple[int, int]:
    """The densest stretch of lines with high body scores, as a half-open range."""
    sizes = np.array([min(line.size, 40) for line in lines], dtype=np.float32)
    return best_run((body - 0.45) * (sizes + 2))


def _form(lines: Sequence[Line], own: Sequence[Label | None], i: int, repeated: bool) -> list[float]:
    line, label = lines[i], own[i]
    below = own[i + 1 : i + 4]
    around = [o.size <= 3 for o in (*lines[max(0, i - 3) : i], *lines[i + 1 : i + 4])]
    dated = [b is not None and (b.kind == "byline" or b.rule == "date_line") for b in below]
    return [
        label is not None, max(0, 5 - line.size) / 2, max(0, line.size - 20) / 10, line.stops, line.titled,
        line.is_sentence and line.text[-1] != "?", bool(_BARS.search(line.text)), repeated, any(dated[:1]), any(dated),
        line.text[-1] == "?", _pictured(line), _is_like(lines, own, i - 1), _is_like(lines, own, i + 1), sum(around) / 6,
    ]  # fmt: skip


def _pictured(line: Line) -> float:
    """How much a line looks like the caption of a picture: by its words, or by a credit glued to its end."""
    if {"credit", "caption"} & set(line.lists):
        return 1.0
    split = split_caption(line.text)
    return 0.0 if split is None else 0.5 if split[1].startswith("glued") else 1.0


def _is_like(lines: Sequence[Line], own: Sequence[Label | None], i: int) -> bool:
    """Whether a neighbour could be a headline itself: the second of two such lines is rather a deck."""
    return 0 <= i < len(lines) and own[i] is None and 5 <= lines[i].size <= 25 and (not lines[i].stops or lines[i].text[-1] == "?")


def choose_headline(lines: Sequence[Line], ranks: Array) -> int:
    """Number of the headline's line: the best ranked, or a line that is the beginning or the end of it without the site's name."""
    best = int(ranks.argmax())
    text = lines[best].text
    inner = [i for i, line in enumerate(lines) if 2 <= line.size < lines[best].size and _is_inner(line, text)]
    return max(inner, key=lambda i: (lines[i].size, ranks[i]), default=best)


def _is_inner(line: Line, text: str) -> bool:
    """Whether a line is a headline inside another: more than half of it, or all that stands before its first bar."""
    is_half = line.size >= 3 and 2 * len(line.text) > len(text)
    return (is_half and _is_piece(line.text, text)) or (line.text == _BAR.split(text)[0] and line.text != text)


def _is_piece(piece: str, text: str) -> bool:
    """Whether a line is a headline inside a page title ("Headline | Site") or a trail ("HomeNewsHeadline")."""
    if text.startswith(piece):
        return bool(re.match(r"\s*[|»›–—-]", text[len(piece) :]))
    return text.endswith(piece) and len(text) - len(piece) < 60


def _shared(lines: Sequence[Line], start: int, end: int) -> Array:
    """For each line: share of its longer words that stand elsewhere in the story, in its first lines; and how many do."""
    keys = [frozenset(w.casefold() for w in line.words[:120] if len(w) > 3 or w[0].isdigit()) for line in lines]
    held = Counter(w for key in keys[start:end] for w in key)
    lead = Counter(w for key in keys[start : start + 3] for w in key)
    rows = []
    for i, key in enumerate(keys):
        own, own_lead, size = start <= i < end, start <= i < start + 3, max(len(key), 2)
        hits = sum(held[w] > own for w in key)
        rows.append([hits / size, sum(lead[w] > own_lead for w in key) / size, min(hits, 6) / 3])
    return np.array(rows, dtype=np.float32)
