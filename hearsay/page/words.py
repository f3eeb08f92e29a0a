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
_TOKEN = re.compile(r"[^\W_]+")
_KEY = 3
"""Letters by which rows that begin a line are looked up; a shorter row stands under all of its own."""
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
        self._start: dict[str, list[tuple[str, str, str]]] = {}
        self._end = [(r["words"].casefold(), r["list"], r.place) for r in rows if r["match"] == "end"]
        self._ends = tuple(words for words, _, _ in self._end)
        self._any: dict[str, list[tuple[int, str, str, str]]] = {}
        """Rows that may stand anywhere, under the longest of their words."""
        for row in rows:
            words = row["words"].casefold()
            if row["match"] == "exact":
                self._exact.setdefault(fold(words), {})[row["list"]] = row.place
            elif row["match"] == "start":
                self._start.setdefault(words[:_KEY], []).append((words, row["list"], row.place))
            elif row["match"] == "any":
                rarest = max(_TOKEN.findall(words), key=len, default="")
                self._any.setdefault(rarest, []).append((row.line, words, row["list"], row.place))

    def find(self, line: str) -> dict[str, str]:
        """Lists that a line fits, each with the `file:line` of the row; the closest fit of each list is named.

        >>> sorted(line_words().find("Read more about: Trade , Fish"))
        ['tags']
        """
        low = " ".join(line.casefold().split())
        out = {k: p for k, p in self._exact.get(low.strip(_EDGE), {}).items() if k not in _SINGLE}
        for size in range(1, _KEY + 1):
            for words, kind, rule in self._start.get(low[:size], ()):
                if low.startswith(words) and _ends_word(low, len(words)):
                    out.setdefault(kind, rule)
        held = self._any.keys() & {"", *_TOKEN.findall(low)}
        for _, words, kind, rule in sorted(row for word in held for row in self._any[word] if row[1] in low and row[2] not in out):
            if kind not in out and _stands_alone(low, words):
                out[kind] = rule
        if low.endswith(self._ends):
            for words, kind, rule in self._end:
                if low.endswith(words):
                    out.setdefault(kind, rule)
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
    if not may_name_agency(text):
        return ()
    return tuple(dict.fromkeys(agency_names()[m.group()] for m in agency_pattern().finditer(text)))


def may_name_agency(text: str) -> bool:
    """Whether a word of the text begins an agency's name: a quick look before the slow one."""
    return not _agency_heads().isdisjoint(_TOKEN.findall(text))


@cache
def _agency_heads() -> frozenset[str]:
    return frozenset(found.group() for name in agency_names() if (found := _TOKEN.search(name)))


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


_SCRIPTS_FROM = min(first for _, first, _ in _SCRIPTS)


def _guess_by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample))
    if 5 * sum(c >= _SCRIPTS_FROM for c in sample) <= letters:
        return None
    shares = ((code, sum(first <= c <= last for c in sample)) for code, first, last in _SCRIPTS)
    return next((code for code, share in shares if share > 0.2 * letters and share), None)
