"""Word lists of page reading: what a line with certain words does on a page, agencies, publishers, small words by language.

The lists are tables under `data/page` and `data/languages/<code>/page_words.tsv`; all languages found there are used at once,
because the language of a page is not known before it is read. Nothing here looks at a line's neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from hearsay.knowledge.files import DATA, Row, find_data, read_table

_EDGE = " \t\u00a0.:!…|•·»«>→-–—*"
_SINGLE = ("org_head", "org_modifier")


class Match(NamedTuple):
    """A list that a line fits, and the row that says so."""

    list: str
    rule: str


def fold(line: str) -> str:
    """A line as the tables write it: small letters, single spaces, no marks at its ends.

    >>> fold("  READ  MORE: ")
    'read more'
    """
    return " ".join(line.casefold().split()).strip(_EDGE)


class LineWords:
    """The page words of all languages, ready to look lines up."""

    def __init__(self, rows: list[Row]) -> None:
        self._exact: dict[str, dict[str, str]] = {}
        self._start: dict[str, list[tuple[str, str]]] = {}
        self._end: list[Row] = [r for r in rows if r["match"] == "end"]
        self._any = [(r["words"].casefold(), r["list"], r.place) for r in rows if r["match"] == "any"]
        for row in rows:
            words = row["words"].casefold()
            if row["match"] == "exact":
                self._exact.setdefault(fold(words), {})[row["list"]] = row.place
            elif row["match"] == "start":
                self._start.setdefault(words[0], []).append((words, f"{row['list']}\t{row.place}"))

    def find(self, line: str) -> dict[str, str]:
        """Lists that a line fits, each with the `file:line` of the row; the closest fit of each list is named.

        >>> sorted(line_words().find("Read more about: Trade , Fish"))
        ['tags']
        """
        low = " ".join(line.casefold().split())
        out = {k: p for k, p in self._exact.get(low.strip(_EDGE), {}).items() if k not in _SINGLE}
        for words, place in self._start.get(low[:1], ()):
            if low.startswith(words) and _ends_word(low, len(words)):
                kind, _, rule = place.partition("\t")
                out.setdefault(kind, rule)
        for words, kind, rule in self._any:
            if words in low and kind not in out and _stands_alone(low, words):
                out[kind] = rule
        for row in self._end:
            if low.endswith(row["words"].casefold()):
                out.setdefault(row["list"], row.place)
        return out

    def is_one(self, word: str, kind: str) -> bool:
        """Whether a single word stands in a list of words, such as `org_head`."""
        return kind in self._exact.get(fold(word), {})


def _ends_word(low: str, at: int) -> bool:
    return at >= len(low) or not (low[at - 1].isalnum() and low[at].isalnum())


def _stands_alone(low: str, words: str) -> bool:
    at = low.find(words)
    while at >= 0:
        if (at == 0 or not (low[at - 1].isalnum() and words[0].isalnum())) and _ends_word(low, at + len(words)):
            return True
        at = low.find(words, at + 1)
    return False


@cache
def line_words() -> LineWords:
    """The page words of every language that ships."""
    files = [*sorted(DATA.glob("languages/*/page_words.tsv")), find_data("page/words_other.tsv")]
    return LineWords([row for file in files for row in read_table(file)])


@cache
def agency_names() -> dict[str, str]:
    """Every way an agency is written → its name in the table."""
    out: dict[str, str] = {}
    for row in read_table("page/agencies.tsv"):
        for alias in [row["name"], *row["aliases"].split(";")]:
            if alias:
                out[alias] = row["name"]
    return out


@cache
def agency_pattern() -> re.Pattern[str]:
    """Finds agencies as they are written; the longest name wins."""
    names = sorted(agency_names(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def find_agencies(text: str) -> tuple[str, ...]:
    """Agencies named in some words, in order, by the table's names.

    >>> find_agencies("The Associated Press and AFP contributed.")
    ('AP', 'AFP')
    """
    return tuple(dict.fromkeys(agency_names()[m.group()] for m in agency_pattern().finditer(text)))


@cache
def publisher_words() -> tuple[frozenset[str], frozenset[str]]:
    """Names of publishers, and words such as "Times" that publishers' names hold (small letters)."""
    rows = list(read_table("page/publishers.tsv"))
    names = frozenset(r["words"] for r in rows if r["kind"] == "name")
    return names, frozenset(r["words"] for r in rows if r["kind"] == "press_word")


@cache
def demonyms() -> frozenset[str]:
    """Adjectives of nations."""
    return frozenset(row["word"] for row in read_table("page/demonyms.tsv"))


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(row["words"].split()) for row in read_table("page/stopwords.tsv")}


_SCRIPTS = (("ko", "\uac00", "\ud7a3"), ("ja", "\u3040", "\u30ff"), ("zh", "\u4e00", "\u9fff"), ("ar", "\u0600", "\u06ff"),
            ("he", "\u0590", "\u05ff"), ("el", "\u0370", "\u03ff"), ("th", "\u0e00", "\u0e7f"), ("hi", "\u0900", "\u097f"))  # fmt: skip


def guess_language(text: str) -> str | None:
    """Language code of a text by its script or its small words; None when they do not tell.

    >>> guess_language("The minister said that the talks in the capital were of use to both sides.")
    'en'
    >>> guess_language("Kigali 2024")
    """
    sample = text[:8000]
    if not sample.isascii() and (code := _guess_by_script(sample[:2000])):
        return code
    counts = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    scores = sorted(((sum(counts[w] for w in small), code) for code, small in _small_words().items()), reverse=True)
    (best, code), (second, _) = scores[0], scores[1]
    return code if best >= 2 and best >= 0.12 * counts.total() and best > 1.2 * second else None


def _guess_by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample))
    shares = ((code, sum(first <= c <= last for c in sample)) for code, first, last in _SCRIPTS)
    return next((code for code, share in shares if share > 0.2 * letters and share), None)
