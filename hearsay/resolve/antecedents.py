"""Which of the groups that fit a pronoun it stands for: a weighted sum of what is seen between them.

The weights lie in `languages/en/antecedents.tsv` and are fitted by `training/train_antecedents.py`. What cannot be (another gender, a
speaker who would call himself "he") is left out before, in `coreference`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table
from hearsay.resolve.candidates import Candidate, load_words
from hearsay.resolve.groups import Group, sound_of

WEIGHTS = "languages/en/antecedents.tsv"
LOOKED_AT = 4
"""Mentions of a group, the latest ones, that are looked at."""
_MODIFIERS = frozenset({"nmod", "compound", "nmod:poss", "nmod:desc"})
_REFLEXIVE = ("self", "selves")


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """For "person" (he, she) and "many" (they) the weight of each sign."""
    rows = list(read_table(WEIGHTS))
    return {kind: {row["sign"]: float(row[kind]) for row in rows} for kind in ("person", "many")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pronoun stands: the subjects of its clause and of the one above (their first letter, -1 for none), and how it is used."""

    c: Candidate
    role: str
    subject: int
    upper: int
    is_bound: bool
    """Whether it may stand for the subject of its own clause: possessive and reflexive forms."""
    is_source: bool
    gender: str

    @classmethod
    def of(cls, c: Candidate, sources: Set[Span], gender: str) -> Place:
        """The place of a pronoun."""
        sentence, token = c.sentence, c.sentence.tokens[c.head]
        subjects = [i for i in _subjects(sentence, c.head) if i != c.head][:2]
        starts = [sentence.tokens[i].start for i in subjects] + [-1, -1]
        is_bound = token.relation == "nmod:poss" or token.text.lower().endswith(_REFLEXIVE)
        if token.role == "nsubj":  # of its own clause it is the subject
            starts = [-1, *starts]
        return cls(c, token.role, starts[0], starts[1], is_bound, c.span in sources, gender)


def _subjects(sentence: Sentence, i: int) -> Iterator[int]:
    """The subject of a word's clause, then those of the clauses above."""
    for above in sentence.ancestors(i):
        found = sentence.dependents(above, "nsubj")
        if found:
            yield found[0]


def signs(group: Group, place: Place, sources: Set[Span]) -> dict[str, float] | None:
    """What speaks for and against a group, without its rank; None if all its mentions come after the pronoun."""
    c = place.c
    before = [m for m in group.mentions[-LOOKED_AT:] if m.span.end <= c.span.start]
    if not before:
        return None
    last = before[-1]
    token = last.sentence.tokens[last.head]
    gap = c.sentence.index - last.sentence.index
    near = [m for m in before if c.sentence.index - m.sentence.index <= 1]
    subjects = {c.sentence.index - m.sentence.index for m in near if m.sentence.tokens[m.head].role == "nsubj"}
    here = [m.span for m in before if m.sentence is c.sentence]
    is_subject, is_upper = (any(s.start <= at < s.end for s in here) for at in (place.subject, place.upper))
    return {
        "here": gap == 0, "one_back": gap == 1, "back": min(gap, 6), "subject_here": 0 in subjects, "subject_before": 1 in subjects,
        "bound": is_subject and place.is_bound, "clash": is_subject and not place.is_bound, "upper": is_upper,
        "goes_on": place.is_source and any(m.span in sources for m in near), "count": math.log1p(len(group.mentions)),
        "gender": group.gender != "", "person": group.kind == "PER", "body": group.kind == "ORG", "many": group.plural,
        "state": group.code != "", "modifier": token.relation in _MODIFIERS, "parallel": token.role == place.role,
        "pronoun": last.is_pronoun, "sound": _sounds(group, place.gender),
    }  # fmt: skip


def _sounds(group: Group, gender: str) -> float:
    """1 where a group of unknown gender has a name that sounds like the pronoun's, -1 where it does not."""
    sound = sound_of(group.key) if gender and not group.gender and group.kind == "PER" else ""
    return 0.0 if not sound else 1.0 if sound == gender else -1.0


def author_before(groups: Sequence[Group], c: Candidate) -> Group | None:
    """The one whose writing the phrase before a subject tells: "In an opinion by Justice Scalia, he …", "In Scalia's opinion, he …"."""
    sentence, words = c.sentence, c.sentence.tokens
    if words[c.head].role != "nsubj":
        return None
    fronted = (i for i in sentence.dependents(words[c.head].head, "obl", "dep") if i < c.head)
    inside = {j for i in fronted for j in sentence.subtree(i)}
    beside = words[c.head - 2].end if c.head > 1 and words[c.head - 1].text == "," else -1  # whatever the tree hangs it on
    for group in groups:
        for m in group.mentions:
            if m.sentence is sentence and (m.head in inside or m.span.end == beside) and _is_author(sentence, m.head):
                return group
    return None


def _is_author(sentence: Sentence, i: int) -> bool:
    """Whether a word is "by" whom something is, or whose writing or speech it is."""
    token, words = sentence.tokens[i], load_words()
    if token.relation == "nmod:poss":
        return sentence.tokens[token.head].lemma.lower() in words["written"]
    return any(sentence.tokens[k].lemma == "by" for k in sentence.dependents(i, "case"))


def choose(groups: Sequence[Group], c: Candidate, sources: Set[Span], gender: str, kind: str) -> Group | None:
    """The likeliest of the groups that fit, given the latest mentioned first; None if none stands before the pronoun.

    Args:
        gender: "m" or "f" for he and she, else "".
        kind: which column of the table weighs the signs.
    """
    weights = load_weights()[kind]
    best, chosen = -math.inf, None
    for group, seen in seen_groups(groups, c, sources, gender):
        score = sum(weights[sign] * value for sign, value in seen.items() if value)
        if score > best:
            best, chosen = score, group
    return chosen


def seen_groups(groups: Sequence[Group], c: Candidate, sources: Set[Span], gender: str) -> list[tuple[Group, dict[str, float]]]:
    """Groups with their signs, in the order given, which is that of recency."""
    place = Place.of(c, sources, gender)
    rows = [(group, seen) for group in groups if (seen := signs(group, place, sources)) is not None]
    for rank, (_, seen) in enumerate(rows):
        seen["latest"], seen["rank"] = rank == 0, min(rank, 5)
    return rows
