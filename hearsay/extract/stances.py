"""A cue's words -> stance and negation, from the reviewed table of cues.

The table gives lemmas; of the rows whose lemmas stand in a cue in order, the longest wins, the one that holds the cue's head
before others. What no row knows is `asserts` for verbs and colons and `believes` for other words, at rule "stances:default".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from hearsay.core.document import Sentence
from hearsay.extract.attribution_features import cue_head
from hearsay.knowledge.files import read_table

CUES = "languages/en/cues.tsv"
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither", "nobody", "none", "nothing", "hardly", "without"})
_REFUSING = frozenset({"decline", "refuse", "fail"})


class Cue(NamedTuple):
    """A row of the table: lemmas, the stance, what the content looks like, and where the row stands."""

    lemmas: tuple[str, ...]
    stance: str
    frame: str
    place: str


class Stance(NamedTuple):
    """What a cue says about the relation of source and content, and the rule that told."""

    stance: str
    negated: bool
    rule: str


@dataclass(frozen=True)
class CueTable:
    """Rows by first lemma."""

    rows: dict[str, tuple[Cue, ...]]

    def find(self, lemmas: Sequence[str], head: int) -> Cue | None:
        """The row that fits some lemmas best; `head` is the index of the head among them."""
        best, rank = None, (0, False, 0)
        for at, lemma in enumerate(lemmas):
            for row in self.rows.get(lemma, ()):
                held = _match(row.lemmas, lemmas, at)
                mine = (len(held), head in held, -at)
                if held and mine > rank:
                    best, rank = row, mine
        return best


def _match(wanted: Sequence[str], lemmas: Sequence[str], at: int) -> list[int]:
    """Indices where the wanted lemmas stand in order from `at`, other words between them allowed; empty if they do not."""
    held = []
    for lemma in wanted:
        while at < len(lemmas) and lemmas[at] != lemma:
            at += 1
        if at == len(lemmas):
            return []
        held.append(at)
        at += 1
    return held


@lru_cache(maxsize=2)
def cue_table(name: str = CUES) -> CueTable:
    """The reviewed cues. Raises DataNotFound or DataFormatError."""
    rows: dict[str, list[Cue]] = {}
    for row in read_table(name):
        lemmas = tuple(row["cue"].split())
        rows.setdefault(lemmas[0], []).append(Cue(lemmas, row["stance"], row["frame"], row.place))
    return CueTable({k: tuple(v) for k, v in rows.items()})


def find_stance(sentence: Sentence, first: int, last: int) -> Stance:
    """Stance and negation of the cue in tokens `first` to `last` - 1."""
    tokens = sentence.tokens[first:last]
    head = cue_head(sentence, first, last)
    row = cue_table().find([t.lemma.lower() for t in tokens], head - first)
    negated = is_negated(sentence, first, last)
    if row:
        return Stance(row.stance, negated, row.place)
    spoken = sentence.tokens[head].upos in ("VERB", "AUX", "PUNCT", "PROPN")
    return Stance("asserts" if spoken else "believes", negated, "stances:default")


def is_negated(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a cue is denied: "did not say", "declined to comment", "has yet to confirm", "nobody said"."""
    tokens = sentence.tokens
    for i in range(first, last):
        if tokens[i].lemma.lower() in _NOT or tokens[i].text.lower() in _NOT:
            return True
        if tokens[i].lemma.lower() in _REFUSING and i + 1 < last and tokens[i + 1].text.lower() == "to":
            return True
        if tokens[i].text.lower() == "yet" and i + 1 < last and tokens[i + 1].text.lower() == "to":
            return True
    head = cue_head(sentence, first, last)
    subject = [c for c in sentence.dependents(head, "nsubj") if tokens[c].text.lower() in ("nobody", "none", "neither")]
    subject += [d for s in sentence.dependents(head, "nsubj") for d in sentence.dependents(s, "det") if tokens[d].text.lower() in ("no", "neither")]
    return bool(subject) or any(tokens[c].lemma.lower() in ("not", "never", "n't") for c in sentence.dependents(head, "advmod"))
