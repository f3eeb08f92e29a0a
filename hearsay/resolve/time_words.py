"""A language's time words and rules, and the cutting of text into the pieces they are written over.

Time rules do not depend on how a tagger cuts words ("two-day" is one token in some treebanks and three in others): a sentence is cut
into runs of letters, runs of figures, single marks and white space, and each piece stands as one letter of a coded string, over which the
rules are regular expressions. Nothing here knows what a rule means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from hearsay.errors import DataFormatError
from hearsay.knowledge.files import Row, find_data, read_table, read_toml

_PIECE = re.compile(r"\s+|\d+|[^\W\d_]+|.", re.DOTALL)
_NAME = re.compile(r"\(\?P<\w+>|\(\?[:=!]|([<{])([\w=]+)(?::([\w=|]+))?[>}]|([a-z]+)")
_SAME = str.maketrans({"–": "-", "—": "-", "‑": "-", "‒": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
_MARKS = frozenset(".,-'/:;()$%#&\"")
_FIRST_CODE = 0x4E00


@dataclass(frozen=True)
class Rule:
    """A row of `time_rules.tsv`. `needs` holds the codes of which one must be in the sentence; `place` says where the row stands."""

    name: str
    needs: frozenset[str]
    expression: str
    reading: str
    rank: int
    place: tuple[str, int]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Its regular expression over codes, compiled when a sentence first needs it. Raises DataFormatError."""
        try:
            return re.compile(self.expression)
        except re.error as error:
            file, line = self.place
            raise DataFormatError(find_data(file), line, f"not a pattern: {error}", column="pattern") from error


class Phrase(NamedTuple):
    """A row of `time_phrases.tsv`: its pieces in small letters, which of them want a capital, its kind and value, and its place."""

    pieces: tuple[str, ...]
    capitals: tuple[bool, ...]
    kind: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence in pieces: for each its code, its text, its text in small letters, and its start in the report."""

    codes: str
    texts: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]

    def end(self, piece: int) -> int:
        """Where a piece ends in the report."""
        return self.starts[piece] + len(self.texts[piece])

    def words_before(self, piece: int, count: int = 1) -> list[str]:
        """Up to so many pieces other than white space that stand before a piece, nearest first, in small letters."""
        out: list[str] = []
        while piece > 0 and len(out) < count:
            piece -= 1
            if not self.lower[piece].isspace():
                out.append(self.lower[piece])
        return out

    def word_after(self, piece: int) -> str:
        """The next piece after this one that is not white space, as written; "" at the end."""
        return next((t for t in self.texts[piece + 1 : piece + 3] if not t.isspace()), "")


@dataclass(frozen=True)
class TimeWords:
    """All tables of one language."""

    values: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, str]
    rules: tuple[Rule, ...]
    phrases: Mapping[str, tuple[Phrase, ...]]
    cues: Mapping[str, frozenset[str]]

    def cut(self, text: str, start: int) -> Cut:
        """The pieces of a text that stands at `start` in the report."""
        texts = tuple(_PIECE.findall(text))
        lower = tuple([t.lower() for t in texts])
        starts = accumulate(map(len, texts[:-1]), initial=start) if texts else ()
        codes = [self.codes.get(piece) or self._rare(piece) for piece in lower]
        return Cut("".join(codes), texts, lower, tuple(starts))

    def _rare(self, piece: str) -> str:
        if piece == " ":
            return piece
        if piece.isspace():
            return " "
        if piece.isdigit() and piece.isascii():
            return self.codes["#year"] if len(piece) == 4 and piece[0] in "12" else self.codes["#int"]
        plain = piece.translate(_SAME)
        return plain if plain in _MARKS else "w" if piece.isalpha() else "~"


def load_time_words(language: str = "en") -> TimeWords:
    """The tables of a language, read once. Raises DataNotFound or DataFormatError."""
    return _load(language)


def check_time_words() -> int:
    """Number of time rules that ship, each compiled. Raises DataNotFound or DataFormatError."""
    return len([rule.pattern for rule in load_time_words().rules])


@cache
def _load(language: str) -> TimeWords:
    folder = f"languages/{language}"
    rows = list(read_table(f"{folder}/time_rules.tsv"))
    macros: dict[str, str] = read_toml(f"{folder}/time.toml")["macros"]
    classes = _classes(folder, [*(r["pattern"] for r in rows), *macros.values()])
    codes = _codes(classes)
    bearers = _bearers(classes, codes)
    rules = tuple(_spell_out(row, macros, bearers, rank) for rank, row in enumerate(rows))
    values = {w: {c: v for c, v in held.items() if c[0] not in "=#"} for w, held in classes.items()}
    return TimeWords(values, codes, rules, _phrases(folder), _cues(folder))


def _classes(folder: str, patterns: Iterable[str]) -> dict[str, dict[str, str]]:
    """For each word its classes with their values; a word that a pattern names has the class "=word"."""
    out: dict[str, dict[str, str]] = {"#int": {"int": ""}, "#year": {"int": "", "year": ""}}
    for row in read_table(f"{folder}/time_words.tsv"):
        out.setdefault(row["word"], {})[row["class"]] = row["value"]
    for pattern in patterns:
        for found in _NAME.finditer(pattern):
            named = [c[1:] for c in (found[3] or "").split("|") if c.startswith("=")]
            for word in [found[4], *named]:
                if word:
                    out.setdefault(word, {})[f"={word}"] = ""
    return out


def _codes(classes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """One code for each set of classes; words of equal standing share it."""
    seen: dict[frozenset[str], str] = {}
    return {word: seen.setdefault(frozenset(held), chr(_FIRST_CODE + len(seen))) for word, held in classes.items()}


def _bearers(classes: Mapping[str, Mapping[str, str]], codes: Mapping[str, str]) -> dict[str, set[str]]:
    """For each class the codes of the words that have it."""
    out: dict[str, set[str]] = {}
    for word, held in classes.items():
        for name in held:
            out.setdefault(name, set()).add(codes[word])
    return out


def _spell_out(row: Row, macros: Mapping[str, str], bearers: Mapping[str, set[str]], rank: int) -> Rule:
    def letters(names: str) -> str:
        held = {code for name in names.split("|") for code in bearers.get(name, ())}
        if not held:
            raise DataFormatError(find_data(row.file), row.line, f"no word has the class {names}", column="pattern")
        return "".join(sorted(held))

    def expand(found: re.Match[str]) -> str:
        if found[4]:
            return f"[{letters('=' + found[4])}]"
        if not found[1]:
            return found[0]
        if found[2] in macros and not found[3]:
            return _NAME.sub(expand, macros[found[2]])
        held = f"[{letters(found[3] or found[2])}]"
        return f"(?P<{found[2]}>{held})" if found[1] == "<" else held

    expression = _NAME.sub(expand, row["pattern"])
    return Rule(row["rule"], frozenset(letters(row["needs"])), expression, row["reading"], rank, (row.file, row.line))


def _phrases(folder: str) -> dict[str, tuple[Phrase, ...]]:
    out: dict[str, tuple[Phrase, ...]] = {}
    for row in read_table(f"{folder}/time_phrases.tsv"):
        written = _PIECE.findall(row["phrase"])
        pieces = tuple(p.lower() for p in written)
        phrase = Phrase(pieces, tuple(p[0].isupper() for p in written), row["kind"], row["value"], row.place)
        out[pieces[0]] = (*out.get(pieces[0], ()), phrase)
    return out


def _cues(folder: str) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in read_table(f"{folder}/time_cues.tsv"):
        out.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in out.items()}
