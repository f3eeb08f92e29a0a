"""Candidates -> groups that stand for one thing, within one report.

Read in text order; each mention joins the group that a named rule finds for it, or opens one. The rules: the same name, a surname after the
full name, an acronym after its long form, a country by any of its names, a definite role word ("the minister") after its holder, and
pronouns by the nearest holder that fits, subjects and speakers first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hearsay.core.span import Span
from hearsay.knowledge.gazetteer import fold
from hearsay.resolve.candidates import Candidate

PERSON_PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
GROUP_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
FIRST_PRONOUNS = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})
MEN, WOMEN = frozenset({"mr", "mr.", "sir", "king", "prince", "lord"}), frozenset({"mrs", "mrs.", "ms", "ms.", "queen", "princess", "lady", "spokeswoman"})
REACH = 6
"""Sentences back to which a pronoun or a role word looks."""


@dataclass(slots=True)
class Group:
    """Mentions of one thing. `kind` is PER, ORG, LOC or "" (a phrase without a name); `code` a country's code where the name is one."""

    kind: str
    key: str
    mentions: list[Candidate] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    code: str = ""
    rule: str = "new"

    @property
    def last(self) -> Candidate:
        """Its latest mention."""
        return self.mentions[-1]


class Grouper:
    """Builds the groups of one report.

    Args:
        country_of: the code of a country by any of its names, "" for another name.
        speakers: source of the attribution around each place, as a function of the place (for "we" and "I").
    """

    def __init__(self, country_of: Callable[[str], str], speaker_at: Callable[[Span], Span | None], heads: Mapping[Span, str]) -> None:
        self.groups: list[Group] = []
        self._by_span: dict[Span, Group] = {}
        self._country_of, self._speaker_at, self._titles = country_of, speaker_at, heads

    def run(self, candidates: Sequence[Candidate]) -> list[Group]:
        """Groups in order of first mention."""
        for candidate in candidates:
            group = self._find(candidate)
            if group is None:
                continue
            if group not in self.groups:
                self.groups.append(group)
            group.mentions.append(candidate)
            self._by_span[candidate.span] = group
            self._learn(group, candidate)
        return self.groups

    def _find(self, c: Candidate) -> Group | None:
        if c.is_pronoun:
            return self._pronoun(c)
        if c.name is not None:
            return self._named(c)
        return self._held_role(c) or self._same_phrase(c) or Group("", _key(c), plural=c.is_plural)

    def _named(self, c: Candidate) -> Group:
        assert c.name is not None
        name, kind = c.name, c.name.kind
        key = _name_key(" ".join(t.text for t in c.sentence.tokens[name.first : name.last]))
        code = self._country_of(key) if kind != "PER" and not c.is_place else ""
        for group in reversed(self.groups):
            if code and group.code == code:
                return group
            if group.key == key and (group.kind == kind or {group.kind, kind} == {"ORG", "LOC"}) and not group.code:
                return group
            if kind == "PER" and group.kind == "PER" and _is_short_of(key, group.key):
                return group
            if kind == "ORG" and group.kind == "ORG" and (_is_acronym(key, group.key) or _is_acronym(group.key, key)):
                return group
        return Group(kind, key, code=code)

    def _held_role(self, c: Candidate) -> Group | None:
        """ "the minister" after somebody with that title."""
        if not c.is_definite or c.is_plural:
            return None
        return next((g for g in self._recent(c) if g.kind == "PER" and c.head_lemma in g.words), None)

    def _same_phrase(self, c: Candidate) -> Group | None:
        key = _key(c)
        return next((g for g in reversed(self.groups) if g.kind == "" and g.key == key and key), None)

    def _pronoun(self, c: Candidate) -> Group | None:
        word = c.sentence.tokens[c.head].text.lower()
        if word in FIRST_PRONOUNS:
            speaker = self._speaker_at(c.span)
            return self._by_span.get(speaker) if speaker else None
        if word in RELATIVES:
            return self._antecedent(c)
        recent = self._recent(c)
        if word in PERSON_PRONOUNS:
            gender = PERSON_PRONOUNS[word]
            fits = [g for g in recent if (g.kind == "PER" or (g.kind == "" and not g.plural and g.words & PERSON_WORDS)) and g.gender in ("", gender)]
        elif word in GROUP_PRONOUNS:
            fits = [g for g in recent if g.plural] or [g for g in recent if g.kind == "ORG"]
        elif word in THING_PRONOUNS:
            fits = [g for g in recent if g.kind == "ORG" or g.code or (g.kind == "" and not g.plural)]
        else:
            return None
        return max(fits, key=lambda g: self._salience(g, c), default=None)

    def _antecedent(self, c: Candidate) -> Group | None:
        for above in c.sentence.ancestors(c.head):
            if c.sentence.tokens[above].upos in {"NOUN", "PROPN", "PRON"}:
                place = c.sentence.tokens[above].start
                return next((g for s, g in self._by_span.items() if s.start <= place < s.end), None)
        return None

    def _recent(self, c: Candidate) -> list[Group]:
        return [g for g in reversed(self.groups) if c.sentence.index - g.last.sentence.index <= REACH]

    def _salience(self, group: Group, c: Candidate) -> float:
        """Nearer is better, a subject or speaker better still; in the same sentence only what stands before."""
        best = -99.0
        for mention in group.mentions[-4:]:
            gap = c.sentence.index - mention.sentence.index
            role = mention.sentence.tokens[mention.head].role
            score = -1.0 * gap + (1.6 if role == "nsubj" else 0.0) + (0.7 if mention.sentence.tokens[mention.head].head < 0 else 0.0)
            best = max(best, score - (mention.sentence.index == c.sentence.index and mention.span.end > c.span.start) * 99)
        return best + min(3, len(group.mentions)) * 0.15

    def _learn(self, group: Group, c: Candidate) -> None:
        word = c.sentence.tokens[c.head].text.lower()
        group.gender = group.gender or PERSON_PRONOUNS.get(word, "")
        group.plural = group.plural or (c.is_plural and not c.is_pronoun)
        if c.is_pronoun:
            return
        words = set(fold(self._titles.get(c.span, "")).replace(",", " ").split())
        group.words |= words | ({c.head_lemma} if c.name is None else set())
        group.gender = group.gender or ("m" if words & MEN else "f" if words & WOMEN else "")
        if c.name is not None and c.name.kind == group.kind == "PER":
            key = _name_key(" ".join(t.text for t in c.sentence.tokens[c.name.first : c.name.last]))
            group.key = max(group.key, key, key=len)


PERSON_WORDS = frozenset(
    "minister president premier official leader spokesman spokeswoman spokesperson diplomat envoy ambassador general commander judge lawyer "
    "senator lawmaker governor mayor chief director secretary analyst expert witness officer prosecutor professor bishop priest king queen "
    "prince man woman reporter journalist activist candidate chairman head chancellor colonel captain".split()
)


def _key(c: Candidate) -> str:
    words = [t.lemma.lower() for t in c.sentence.tokens if t.start < c.span.end and t.end > c.span.start and t.xpos not in {"DT", "POS", ","}]
    return " ".join(words)


def _name_key(name: str) -> str:
    return re.sub(r"^the |'s$", "", fold(name).replace(" 's", "")).strip()


def _is_short_of(short: str, full: str) -> bool:
    """Whether one name is the other's surname, or its first and last part.

    >>> _is_short_of("vershinin", "sergei vershinin"), _is_short_of("sergei lavrov", "sergei vershinin")
    (True, False)
    """
    a, b = short.split(), full.split()
    if len(a) > len(b):
        a, b = b, a
    return bool(a) and a[-1] == b[-1] and set(a) <= set(b) or (len(a) == 1 and len(b) > 1 and a[0] == b[0] and len(a[0]) > 3)


def _is_acronym(short: str, full: str) -> bool:
    """ "fmln" of "farabundo marti national liberation front"; small words may be left out."""
    words = full.split()
    if len(words) < 2 or " " in short:
        return False
    return short in {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in {"of", "the", "for", "and", "de", "del", "la"})}
