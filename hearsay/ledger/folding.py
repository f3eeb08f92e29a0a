"""Reprints folded under the earliest report: which sentences of a copy the first report tells already.

A copy is folded sentence by sentence. What only the copy tells stays: a paragraph that it adds, a figure that it changes. Its own
headline over the same story is found by a search, but its events are not counted again. Which reports are copies is found by
`hearsay.merge.reprints` and written down in the table `reprints`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from hearsay.knowledge.files import DATA, read_table

COPIED = "SELECT passage FROM copied"
"""Ids of passages whose events and statements are folded."""
COPIED_WORDS = "SELECT passage FROM copied WHERE told"
"""Ids of passages that a search folds."""
TOLD_SHARE = 0.5
"""Share of a sentence's word triples from which the first report has it: one changed word costs a sentence three of them."""
_RUN = 3
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_HEADS = frozenset({"headline", "deck", "kicker"})


class Told(NamedTuple):
    """What a report tells, to look sentences up in: runs of three words, and numbers."""

    runs: frozenset[tuple[str, ...]]
    numbers: frozenset[str]


def told_by(sentences: Iterable[str]) -> Told:
    """What some sentences tell."""
    words = [_words(sentence) for sentence in sentences]
    return Told(frozenset(run for held in words for run in _runs(held)), frozenset(w for held in words for w in held if _is_number(w)))


def is_told(sentence: str, told: Told) -> bool:
    """Whether a report has a sentence, a few words changed but no number.

    >>> told = told_by(["The rebels freed 12 sailors in the port of Aden on Monday, the envoy said."])
    >>> is_told("Rebels freed 12 sailors in the port of Aden, the envoy said.", told)
    True
    >>> is_told("The rebels freed 14 sailors in the port of Aden on Monday, the envoy said.", told)
    False
    """
    words = _words(sentence)
    runs = _runs(words)
    if not runs or any(_is_number(w) and w not in told.numbers for w in words):
        return False
    return sum(run in told.runs for run in runs) >= TOLD_SHARE * len(runs)


def _is_number(word: str) -> bool:
    """Whether a word is a figure or a number word; "one" is as often a pronoun."""
    return word[0].isdigit() or word in _number_words()


@cache
def _number_words() -> frozenset[str]:
    """Numbers in words, in all languages that have a table of them."""
    rows = (row for file in sorted(DATA.glob("languages/*/time_words.tsv")) for row in read_table(file))
    return frozenset(row["word"] for row in rows if row["class"] in ("cardinal", "tens") and row["value"] != "1")


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence.casefold())


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Runs of three words; fewer words are one run."""
    return [tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))] if words else []


def fold_copies(link: sqlite3.Connection, reports: Iterable[int]) -> None:
    """Bring the rows of `copied` of some reports in line with `reprints`: none for a report that is no copy."""
    for report in reports:
        unfold(link, report)
        marked = link.execute("SELECT original FROM reprints WHERE report = ?", (report,)).fetchone()
        if marked is not None:
            rows = list(_folded(_passages(link, report), told_by(p["text"] for p in _passages(link, marked["original"]))))
            link.executemany("INSERT INTO copied VALUES (?, ?)", rows)


def unfold(link: sqlite3.Connection, report: int) -> None:
    """Take a report's rows out of `copied`."""
    link.execute("DELETE FROM copied WHERE passage IN (SELECT id FROM passages WHERE report = ?)", (report,))


def fold_all(link: sqlite3.Connection) -> None:
    """Fold every copy that is marked."""
    fold_copies(link, [row["report"] for row in link.execute("SELECT report FROM reprints").fetchall()])


def _passages(link: sqlite3.Connection, report: int) -> list[sqlite3.Row]:
    """A report's own passages; teasers tell of others."""
    return link.execute("SELECT id, part, text FROM passages WHERE report = ? AND story = 0", (report,)).fetchall()


def _folded(passages: Iterable[sqlite3.Row], told: Told) -> Iterator[tuple[int, int]]:
    for passage in passages:
        is_in_first = is_told(passage["text"], told)
        if is_in_first or passage["part"] in _HEADS:
            yield passage["id"], int(is_in_first)
