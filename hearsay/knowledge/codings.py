"""Coding tables: which words name which event, and which of their dependents fill its roles.

A row (`Coding`) names a lemma, a part of speech, a pattern over grammatical slots and what it codes as. The table is
indexed by lemma; `Codings.match` returns the most specific row whose constraints hold. The pattern language stands in the head
of `codings.tsv`. This module knows slots by name only: what fills them is said by the caller, as a `Slots` function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from hearsay.core.records import TYPES
from hearsay.errors import DataFormatError
from hearsay.knowledge.files import DATA, Row, find_data, read_header, read_table
from hearsay.knowledge.forms import Forms
from hearsay.knowledge.lexicons import load_governors, load_light_verbs

POS = frozenset({"VERB", "NOUN", "ADJ", "AUX"})
PLAIN = frozenset(
    ["subj", "obj", "iobj", "xcomp", "ccomp", "acl", "advcl", "prt", "compound", "amod", "poss", "mod", "sentence", "light", "said"]
)
NO_EVENT = "-"
KINDS = {k: frozenset({k}) for k in ("PER", "ORG", "STATE")}
KINDS["LOC"] = KINDS["STATE"] | {"LOC"}
KINDS["NAME"] = KINDS["PER"] | KINDS["ORG"] | KINDS["LOC"]
KINDS["ACTOR"] = KINDS["NAME"] | {"ACTOR"}
DEFAULT_ROLES = {
    "VERB": (("subj",), ("obj", "iobj", "obl_against", "obl_with")),
    "AUX": (("said.subj",), ("subj",)),
    "ADJ": (("subj",), ("obl_with", "obl_to")),
    "NOUN": (
        ("nmod_by", "poss", "nmod_between", "amod", "compound"),
        ("nmod_of", "nmod_on", "nmod_against", "nmod_with", "nmod_to"),
    ),
}
_LEMMA = re.compile(r"[a-z][a-z'\-]*(?:[_+][a-z][a-z'\-]*)?")
_CAMEO = re.compile(r"(?:0[1-9]|1\d|20)\d{0,2}")
_SLOT = re.compile(r"(?:obl|nmod)_[a-z]+(?:_[a-z]+)?")

Filler = tuple[str, str]
"""Lemma in lower case and kind of a word in a slot: PER, ORG, LOC, STATE, ACTOR (people or their bodies without a name) or nothing."""
Slots = Callable[[str], Iterable[Filler]]
"""The fillers of a slot, by its name (`subj`, `xcomp.obj`)."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One test on slots: one is filled (`words` and `kinds` empty), or by one of these; `wanted` False turns it round."""

    slots: tuple[str, ...]
    wanted: bool
    words: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    either: Constraint | None = None
    """A test that will do as well: `compound=troop|amod=military`."""

    def holds(self, slots: Slots) -> bool:
        """Whether the slots pass this test."""
        return self._finds(slots) == self.wanted

    def _finds(self, slots: Slots) -> bool:
        found = any(self._fits(lemma, kind) for slot in self.slots for lemma, kind in slots(slot))
        return found or (self.either is not None and self.either._finds(slots))

    def _fits(self, lemma: str, kind: str) -> bool:
        if not self.words and not self.kinds:
            return True
        return lemma in self.words or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Coding:
    """One row of a coding table. `type` is "-" for a sense that is no event; `place` is its `file:line`."""

    lemma: str
    pos: str
    pattern: tuple[Constraint, ...]
    type: str
    mode: str | None
    cameo: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    example: str
    place: str

    @property
    def weight(self) -> float:
        """How specific the row is: a word asked for weighs 2, a slot asked for 1.5, a word or slot forbidden 0.5."""
        return sum((2.0 if c.words or c.kinds else 1.5) if c.wanted else 0.5 for c in self.pattern)

    @property
    def is_event(self) -> bool:
        """Whether this sense is an event."""
        return self.type != NO_EVENT


class Codings:
    """A coding table, indexed by lemma and part of speech."""

    def __init__(self, rows: Iterable[Coding]) -> None:
        self.rows = tuple(rows)
        self._index: dict[tuple[str, str], list[Coding]] = {}
        for row in self.rows:
            self._index.setdefault((row.lemma, row.pos), []).append(row)
        for group in self._index.values():
            group.sort(key=lambda r: -r.weight)
        self.lemmas = frozenset(lemma for lemma, _ in self._index)
        self.particles = _second_parts(self._index, "_")
        self.light = _second_parts(self._index, "+")
        self.known = self.lemmas | frozenset(self.particles) | frozenset(s for found in self.light.values() for s in found)

    @cached_property
    def forms(self) -> Forms:
        """Inflected forms of every word that this table and the event lexicons know."""
        words = {part for lemma in self.lemmas for part in re.split("[_+]", lemma)}
        words.update(w for row in self.rows for c in row.pattern for w in c.words)
        words.update(w for found in load_classes().values() for w in found)
        words.update(load_light_verbs(), (lemma.partition("_")[0] for lemma, _ in load_governors()))
        return Forms(words)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Lemmas that have rows as nouns only."""
        return frozenset(lemma for lemma in self.known if self.only_pos(lemma) == "NOUN")

    def find(self, lemma: str, pos: str) -> list[Coding]:
        """Rows of a lemma, the most specific first."""
        return self._index.get((lemma, pos), [])

    def only_pos(self, lemma: str) -> str | None:
        """The part of speech of a lemma's rows if all have the same one."""
        found = [pos for pos in sorted(POS) if (lemma, pos) in self._index]
        if any(lemma in nouns for nouns in self.light.values()):
            found.append("NOUN")
        return found[0] if len(found) == 1 else None

    def match(self, lemma: str, pos: str, slots: Slots) -> Coding | None:
        """The first row whose pattern holds, or None."""
        return next((row for row in self.find(lemma, pos) if all(c.holds(slots) for c in row.pattern)), None)


@cache
def load_codings(language: str = "en") -> Codings:
    """The coding table of a language: all files `codings*.tsv` of its folder together.

    Raises:
        DataFormatError: a row that breaks the rules of the table's head, with file, line and column.
    """
    folder = find_data(f"languages/{language}")
    return read_codings(sorted(folder.glob("codings*.tsv")), load_classes(f"languages/{language}/classes.tsv"))


def read_codings(paths: Iterable[Path], classes: Mapping[str, frozenset[str]]) -> Codings:
    """A coding table from some files, a user's for instance. Raises DataFormatError."""
    seen: dict[tuple[str, str, str], str] = {}
    rows = []
    for path in paths:
        read_header(path)
        for row in read_table(path):
            rows.append(parse_row(row, classes))
            key = (row["lemma"], row["pos"], " ".join(sorted(row["pattern"].split())))
            if key in seen:
                raise _fault(row, "pattern", f"the same lemma, part of speech and pattern as {seen[key]}")
            seen[key] = row.place
    return Codings(rows)


@cache
def load_classes(name: str | Path = "languages/en/classes.tsv") -> dict[str, frozenset[str]]:
    """Lemmas by class name; a class named twice is the union of its rows."""
    out: dict[str, frozenset[str]] = {}
    for row in read_table(name):
        out[row["class"]] = out.get(row["class"], frozenset()) | frozenset(row["words"].split())
    return out


def parse_row(row: Row, classes: Mapping[str, frozenset[str]]) -> Coding:
    """A row of a coding table, checked. Raises DataFormatError."""
    if not _LEMMA.fullmatch(row["lemma"]):
        raise _fault(row, "lemma", f"{row['lemma']!r} is not a lemma in lower case (call_off, open+fire)")
    if row["pos"] not in POS:
        raise _fault(row, "pos", f"{row['pos']!r} is not one of {', '.join(sorted(POS))}")
    if row["type"] not in TYPES and row["type"] != NO_EVENT:
        raise _fault(row, "type", f"{row['type']!r} is not one of the 16 types or -")
    if row["cameo"] and not _CAMEO.fullmatch(row["cameo"]):
        raise _fault(row, "cameo", f"{row['cameo']!r} is not a CAMEO code of 2 to 4 digits")
    pattern = tuple(_parse_constraint(row, word, classes) for word in row["pattern"].split())
    actor, recipient = (_parse_roles(row, column) for column in ("actor", "recipient"))
    if not row["actor"] and not row["recipient"]:
        actor, recipient = DEFAULT_ROLES[row["pos"]]
    return Coding(
        row["lemma"], row["pos"], pattern, row["type"], row["mode"] or None, row["cameo"] or None,
        actor, recipient, row["example"], row.place,
    )  # fmt: skip


def default_coding(lemma: str, pos: str, kind: str, place: str) -> Coding:
    """A row without a pattern for a word that no table holds; `place` says who decided."""
    actor, recipient = DEFAULT_ROLES[pos]
    return Coding(lemma, pos, (), kind, None, None, actor, recipient, "", place)


def _parse_constraint(row: Row, word: str, classes: Mapping[str, frozenset[str]]) -> Constraint:
    pieces = word.removeprefix("!").split("|")
    starts = [i for i, piece in enumerate(pieces) if "=" in piece]
    rest: Constraint | None = None
    for k in reversed(range(len(starts))):
        first = 0 if k == 0 else starts[k]
        test = "|".join(pieces[first : starts[k + 1] if k + 1 < len(starts) else len(pieces)])
        rest = _parse_test(row, test, not word.startswith("!"), classes, rest)
    return rest or _parse_test(row, "|".join(pieces), not word.startswith("!"), classes, None)


def _parse_test(row: Row, test: str, wanted: bool, classes: Mapping[str, frozenset[str]], either: Constraint | None) -> Constraint:
    before, sign, values = test.partition("=")
    slots = tuple(before.split("|"))
    for slot in slots:
        _check_slot(row, "pattern", slot)
    words: set[str] = set()
    kinds: set[str] = set()
    for value in filter(None, values.split("|")):
        if not value.startswith("@"):
            words.add(value)
        elif value[1:] in KINDS:
            kinds |= KINDS[value[1:]]
        elif value[1:] in classes:
            words |= classes[value[1:]]
        else:
            raise _fault(row, "pattern", f"no class {value} in classes.tsv")
    if sign and not words and not kinds:
        raise _fault(row, "pattern", f"{test!r} names no word after =")
    return Constraint(slots, wanted, frozenset(words), frozenset(kinds), either)


def _parse_roles(row: Row, column: str) -> tuple[str, ...]:
    slots = tuple(s for s in row[column].split() if s != "-")
    for slot in slots:
        _check_slot(row, column, slot)
    return slots


def _check_slot(row: Row, column: str, slot: str) -> None:
    for piece in slot.split("."):
        if piece not in PLAIN and not _SLOT.fullmatch(piece):
            raise _fault(row, column, f"unknown slot {piece!r}")


def _second_parts(index: Mapping[tuple[str, str], object], mark: str) -> dict[str, frozenset[str]]:
    """For each first word of `first_second` lemmas its second words."""
    out: dict[str, set[str]] = {}
    for lemma, _ in index:
        first, found, second = lemma.partition(mark)
        if found:
            out.setdefault(first, set()).add(second)
    return {k: frozenset(v) for k, v in out.items()}


def _fault(row: Row, column: str, what: str) -> DataFormatError:
    return DataFormatError(DATA / row.file, row.line, what, column=column)
