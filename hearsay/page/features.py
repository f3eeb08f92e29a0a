"""Numbers that describe the lines of a page to the learned scorer: form, words, surroundings. No text goes into a model.

Arrays are *(lines, features), float32*. The order of the columns is part of the model pack; `COLUMNS` and `SECOND_COLUMNS` name it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hearsay.page.bylines import find_byline
from hearsay.page.labels import Label, is_teaser_head
from hearsay.page.lines import Line
from hearsay.page.pictures import CUE_COLUMNS, NEAR_COLUMNS, picture_cues

Array = NDArray[np.float32]

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)]*\s+[\"'“‘«(]?[^\W\d_a-z]")
_MARKS = re.compile(r"[|»›©→•#@]|https?:|\s[-–—]\s")
_LISTS = ("solicitation", "navigation", "teasers", "tags", "comments", "copyright", "caption", "credit", "byline", "date")
_FORM = (
    "words", "letters", "stops", "dots_end", "colon_end", "quoted_end", "commas", "digits", "capitals", "titled", "small_start",
    "quotes", "short_small", "word_length", "sentence_ends", "marks", "wide", "repeated", "own_kind", "sentence", "question",
    *_LISTS, "is_byline", "is_date",
)  # fmt: skip
_NEAR = ("words", "stops", "titled", "sentence", "own_kind", "repeated", "short_small")
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_PICTURE_OFFSETS = (-2, -1, 1, 2)
_WINDOWS = (3, 8, 20)
_PAGE = (
    "place", "lines", "words_before", "words_after", "in_run", "from_run_start", "from_run_end", "heads_since", "comments_before",
    "after_end_mark", "shared_with_run", "shared_lead", "starts_other", "page_words",
)  # fmt: skip
COLUMNS = (
    *_FORM,
    *(f"{name}{offset:+d}" for offset in _OFFSETS for name in _NEAR),
    *(f"running_{window}" for window in _WINDOWS),
    *_PAGE,
    *CUE_COLUMNS,
    *(f"{name}{offset:+d}" for offset in _PICTURE_OFFSETS for name in NEAR_COLUMNS),
    "credits_around",
)
SECOND_OFFSETS = (-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6)
SECOND_COLUMNS = (
    *COLUMNS, *(f"body{o:+d}" for o in SECOND_OFFSETS), *(f"title{o:+d}" for o in (-2, -1, 0, 1, 2)), "title_rank", "best_title_from",
    "in_body_run", "from_body_start", "from_body_end", "body_before", "body_after", "body_4", "body_12",
)  # fmt: skip


def line_features(lines: Sequence[Line], own: Sequence[Label | None]) -> Array:
    """Features of every line, by its own form and its surroundings. *(lines, len(COLUMNS)), float32*."""
    form = _form_features(lines, own)
    near = [_shift(form[:, [_FORM.index(name) for name in _NEAR]], offset) for offset in _OFFSETS]
    words = np.array([min(line.size, 60) for line in lines], dtype=np.float32)
    running = words * form[:, _FORM.index("sentence")] * (form[:, _FORM.index("own_kind")] == 0)
    windows = [_window_sum(running, w)[:, None] for w in _WINDOWS]
    return np.hstack([form, *near, *windows, _page_features(lines, own, words, running), *_picture_features(lines)]).astype(np.float32)


def _picture_features(lines: Sequence[Line]) -> list[Array]:
    """Cues of pictures' words: of the line, of its neighbours, and how many lines around are nothing but credits."""
    cues = picture_cues(lines)
    picked = cues[:, [CUE_COLUMNS.index(name) for name in NEAR_COLUMNS]]
    around = _window_sum(cues[:, CUE_COLUMNS.index("credit_alone")], 8)
    return [cues, *(_shift(picked, offset) for offset in _PICTURE_OFFSETS), around[:, None]]


def second_features(first: Array, body: Array, title: Array) -> Array:
    """Features of the second pass: those of the first, and the first pass's scores around each line."""
    columns = [_shift(body[:, None], o) for o in SECOND_OFFSETS] + [_shift(title[:, None], o) for o in (-2, -1, 0, 1, 2)]
    words = np.expm1(first[:, COLUMNS.index("words")])
    start, end = best_run((body - 0.45) * np.minimum(words + 2, 40))
    at = np.arange(len(body))
    best = int(title.argmax()) if len(title) else 0
    held = body * words
    share = np.cumsum(held) / max(float(held.sum()), 1.0)
    extra = [
        np.argsort(np.argsort(-title)), np.clip(at - best, -30, 30), (at >= start) & (at < end), np.clip(at - start, -30, 30),
        np.clip(at - end, -30, 30), share, 1 - share, _window_sum(body, 4), _window_sum(body, 12),
    ]  # fmt: skip
    return np.asarray(np.hstack([first, *columns, np.stack(extra, axis=1)]), dtype=np.float32)


def best_run(weights: Array) -> tuple[int, int]:
    """The stretch of lines with the greatest sum of weights, as a half-open range of line numbers.

    >>> best_run(np.array([-1, 2, -1, 3, -5], dtype=np.float32))
    (1, 4)
    """
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    rise = sums - np.minimum.accumulate(sums)
    end = int(rise.argmax())
    start = int(sums[: end + 1].argmin())
    return start, end


def _form_features(lines: Sequence[Line], own: Sequence[Label | None]) -> Array:
    seen = Counter(line.text for line in lines)
    return np.array([_form(line, label, seen[line.text]) for line, label in zip(lines, own, strict=True)], dtype=np.float32)


_KINDS = {"solicitation": 1, "navigation": 2, "tags": 3, "agency_credit": 4, "byline": 5, "other": 6, "teaser_headline": 7}


def _form(line: Line, label: Label | None, times: int) -> list[float]:
    text, words, lists = line.text[:2000], line.words[:300], line.lists
    many = max(len(words), 1)
    small = sum(w.islower() and len(w) <= 3 for w in words)
    return [
        float(np.log1p(line.size)), float(np.log1p(len(text))), line.stops, text.endswith(("..", "…")), text.endswith(":"),
        text[-1] in "\"”’'»", text.count(",") / many, sum(map(str.isdigit, text)) / len(text), sum(map(str.isupper, text)) / len(text),
        line.titled, text[0].islower(), any(q in text for q in "\"“”«»„"), small / many, sum(map(len, words)) / many,
        len(_SENTENCE_END.findall(text)), len(_MARKS.findall(text)), not text.isascii(), min(times, 5),
        _KINDS.get(label.kind, 8) if label else 0, line.is_sentence, text.endswith("?"),
        *(name in lists for name in _LISTS), find_byline(text) is not None, label is not None and label.rule == "date_line",
    ]  # fmt: skip


def _shift(values: Array, offset: int) -> Array:
    """Row `i` becomes row `i + offset`; rows from outside the page are -1."""
    out = np.full_like(values, -1)
    size = len(values)
    if abs(offset) < size:
        if offset >= 0:
            out[: size - offset] = values[offset:]
        else:
            out[-offset:] = values[:offset]
    return out


def _window_sum(values: Array, reach: int) -> Array:
    """Sum over the lines up to `reach` before and after, the line itself included."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    total = sums[np.minimum(at + reach + 1, len(values))] - sums[np.maximum(at - reach, 0)]
    return np.asarray(total, dtype=np.float32)


def _page_features(lines: Sequence[Line], own: Sequence[Label | None], words: Array, running: Array) -> Array:
    count = len(lines)
    at = np.arange(count)
    start, end = best_run(running - 8)
    share = np.cumsum(words) / max(float(words.sum()), 1.0)
    heads = np.cumsum([is_teaser_head(label) for label in own])
    comments = np.cumsum([label is not None and label.mark == "comments" for label in own])
    ends = np.cumsum([label is not None and label.kind in ("agency_credit", "tags") for label in own])
    columns = [
        at / count, np.full(count, np.log1p(count)), share, 1 - share, (at >= start) & (at < end), np.clip(at - start, -40, 40),
        np.clip(at - end, -40, 40), heads - (heads[start] if count > start else 0), comments, ends, *_shared(lines, start, end),
        _starts_other(lines), np.full(count, np.log1p(float(words.sum()))),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _shared(lines: Sequence[Line], start: int, end: int) -> tuple[Array, Array]:
    """For each line the share of its longer words that also stand elsewhere in the best run, and in the run's first lines."""
    keys = [frozenset(w.casefold() for w in line.words[:80] if len(w) > 3 or w[0].isdigit()) for line in lines]
    held = Counter(w for key in keys[start:end] for w in key)
    lead = Counter(w for key in keys[start : start + 3] for w in key)
    run, first = [], []
    for i, key in enumerate(keys):
        own = start <= i < end
        own_lead = start <= i < start + 3
        size = max(len(key), 1)
        run.append(sum(held[w] > own for w in key) / size)
        first.append(sum(lead[w] > own_lead for w in key) / size)
    return np.array(run, dtype=np.float32), np.array(first, dtype=np.float32)


def _starts_other(lines: Sequence[Line]) -> Array:
    """Whether a line of some length is the beginning or the end of another line, as a headline is of the page's title."""
    texts = {line.text for line in lines if 12 <= len(line.text) <= 300}
    ordered = sorted(texts)
    starts = {a for a, b in itertools.pairwise(ordered) if b.startswith(a)}
    backward = sorted(t[::-1] for t in texts)
    ends = {a[::-1] for a, b in itertools.pairwise(backward) if b.startswith(a)}
    return np.array([(line.text in starts) + 2.0 * (line.text in ends) for line in lines], dtype=np.float32)
