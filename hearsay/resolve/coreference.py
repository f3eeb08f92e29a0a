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
from hearsay.resolve.candidates import Candidate, load_words
from hearsay.resolve.voices import Voices

REACH = 6
"""Sentences back to which a pronoun or a role word looks."""
IDENTIFIED_WITHIN = 3
"""Sentences within which a report names whom its lead only described."""
STILL_SPEAKING = 1.8
"""What it counts, in sentences, that a mention is a source and a pronoun in its sentence or the next one is, too."""


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
        state_of: the code of a state by any of its names, "" for another name.
        country_of: the code of the country that a description points to, "" where none.
        voices: who says "I" and "we" at a place, and who is "you".
        titles: the fullest description of each mention.
    """

    def __init__(
        self,
        state_of: Callable[[str], str],
        country_of: Callable[[str], str],
        voices: Voices,
        titles: Mapping[Span, str],
    ) -> None:
        self.groups: list[Group] = []
        self._by_span: dict[Span, Group] = {}
        self._state_of, self._country_of, self._voices, self._titles = state_of, country_of, voices, titles
        self._words = load_words()

    def run(self, candidates: Sequence[Candidate]) -> list[Group]:
        """Groups in order of first mention."""
        later = []
        for candidate in candidates:
            if candidate.is_pronoun and self._is_spoken(candidate):
                later.append(candidate)  # whoever says "I" may be named after the quotation
            elif group := self._find(candidate):
                self._join(group, candidate)
        for candidate in (*later, *later):  # twice: "“I stay,” I said"
            if candidate.span not in self._by_span and (group := self._voice(candidate)):
                self._join(group, candidate)
                group.mentions.sort(key=lambda c: c.span.start)
        return self.groups

    def _join(self, group: Group, candidate: Candidate) -> None:
        if group not in self.groups:
            self.groups.append(group)
        group.mentions.append(candidate)
        self._by_span[candidate.span] = group
        self._learn(group, candidate)

    def _is_spoken(self, c: Candidate) -> bool:
        return c.sentence.tokens[c.head].text.lower() in self._words["first"] | self._words["second"]

    def _voice(self, c: Candidate) -> Group | None:
        """Whoever says "I" or "we" here, or is spoken to as "you"."""
        first = c.sentence.tokens[c.head].text.lower() in self._words["first"]
        mention = self._voices.speaker(c.span) if first else self._voices.hearer(c.span)
        return self._by_span.get(mention) if mention else None

    def _find(self, c: Candidate) -> Group | None:
        if (name := self._voices.same_as(c.span)) and name in self._by_span:
            return self._by_span[name]
        if c.is_pronoun:
            return self._pronoun(c)
        if c.name is not None:
            return self._named(c)
        return self._held_role(c) or self._same_phrase(c) or Group("", _key(c), plural=c.is_plural)

    def _named(self, c: Candidate) -> Group:
        assert c.name is not None
        name, kind = c.name, c.name.kind
        key = _name_key(" ".join(t.text for t in c.sentence.tokens[name.first : name.last]))
        code = self._state_of(key) if kind != "PER" and not c.is_place else ""
        for group in reversed(self.groups):
            if code and group.code == code:
                return group
            if kind != "PER" and group.key == key and (group.kind == kind or {group.kind, kind} == {"ORG", "LOC"}) and not group.code:
                return group
            if kind == "PER" and group.kind == "PER" and (group.key == key or _is_short_of(key, group.key)):
                return self._with_described(group, c)
            if kind == "ORG" and group.kind == "ORG" and (_is_acronym(key, group.key) or _is_acronym(group.key, key)):
                return group
        return (self._described_before(c, key) if kind == "PER" else None) or Group(kind, key, code=code)

    def _with_described(self, group: Group, c: Candidate) -> Group:
        """A caption may name him before the lead describes him: what the lead described joins the group."""
        described = self._described_before(c, group.key)
        if described is None:
            return group
        start = described.mentions[0].sentence.index
        if any(m.sentence.index >= start for m in group.mentions):
            described.kind, described.rule = "", "new"  # he was named beside the description: two persons
            return group
        described.mentions[:0] = group.mentions
        described.key, described.words = group.key, described.words | group.words
        self._by_span.update(dict.fromkeys((m.span for m in group.mentions), described))
        self.groups.remove(group)
        return described

    def _described_before(self, c: Candidate, key: str) -> Group | None:
        """ "A senior diplomat has accused … Deputy Minister Vershinin's comments come …": the lead described whom the next lines name."""
        top = c.head
        while c.sentence.tokens[top].role in {"flat", "compound", "appos"} and c.sentence.tokens[top].head >= 0:
            top = c.sentence.tokens[top].head  # "Minister" of "Deputy Minister Sergei Vershinin's comments"
        token = c.sentence.tokens[top]
        above = c.sentence.tokens[token.head] if token.head >= 0 else token
        if not (token.role == "nsubj" or (token.relation == "nmod:poss" and above.lemma.lower() in self._words["speech"])):
            return None
        for group in self._recent(c):
            near = 0 < c.sentence.index - group.last.sentence.index <= IDENTIFIED_WITHIN
            if near and self._is_unnamed_person(group) and self._same_country(group, c):
                group.kind, group.key, group.rule = "PER", key, "delayed_identification"
                return group
        return None

    def _is_unnamed_person(self, group: Group) -> bool:
        first = group.mentions[0]
        opening = next((t.text.lower() for t in first.sentence.tokens if t.end > first.span.start), "")
        role = first.sentence.tokens[first.head].role
        return group.kind == "" and not group.plural and opening in self._words["indefinite"] and role == "nsubj" and first.head_lemma in self._words["person"]

    def _same_country(self, group: Group, c: Candidate) -> bool:
        mine, its = (self._country_of(self._titles.get(m.span, "")) for m in (c, group.mentions[0]))
        return not (mine and its) or mine == its

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
        if word in self._words["relative"]:
            return self._antecedent(c)
        recent = self._recent(c)
        gender = self._gender_of(word)
        if gender:
            fits = [g for g in recent if self._is_person(g) and g.gender in ("", gender)]
        elif word in self._words["they"]:
            bodies = [g for g in recent if g.kind == "ORG"]
            many = [g for g in recent if g.plural]
            spoke = [g for g in bodies if c.span in self._voices.sources and any(m.span in self._voices.sources for m in g.mentions)]
            fits = [*many, *spoke] or bodies
        elif word in self._words["it"]:
            fits = [g for g in recent if g.kind == "ORG" or g.code or (g.kind == "" and not g.plural and not self._is_person(g))]
        else:
            return None
        return max(fits, key=lambda g: self._salience(g, c), default=None)

    def _gender_of(self, word: str) -> str:
        return "m" if word in self._words["he"] else "f" if word in self._words["she"] else ""

    def _is_person(self, group: Group) -> bool:
        return group.kind == "PER" or (group.kind == "" and not group.plural and bool(group.words & self._words["person"]))

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
            score += self._goes_on_speaking(mention, c)
            best = max(best, score - (mention.sentence.index == c.sentence.index and mention.span.end > c.span.start) * 99)
        return best + min(3, len(group.mentions)) * 0.15

    def _goes_on_speaking(self, mention: Candidate, c: Candidate) -> float:
        """Who spoke last is likely meant by the pronoun that speaks next."""
        both = mention.span in self._voices.sources and c.span in self._voices.sources
        return STILL_SPEAKING if both and c.sentence.index - mention.sentence.index <= 1 else 0.0

    def _learn(self, group: Group, c: Candidate) -> None:
        word = c.sentence.tokens[c.head].text.lower()
        group.gender = group.gender or (self._gender_of(word) if c.is_pronoun else "")
        group.plural = group.plural or (c.is_plural and not c.is_pronoun)
        if c.is_pronoun:
            return
        words = set(fold(self._titles.get(c.span, "")).replace(",", " ").split())
        group.words |= words | ({c.head_lemma} if c.name is None else set())
        group.gender = group.gender or ("m" if words & self._words["male"] else "f" if words & self._words["female"] else "")
        if c.name is not None and c.name.kind == group.kind == "PER":
            key = _name_key(" ".join(t.text for t in c.sentence.tokens[c.name.first : c.name.last]))
            group.key = max(group.key, key, key=len)


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
    return (bool(a) and a[-1] == b[-1] and set(a) <= set(b)) or (len(a) == 1 and len(b) > 1 and a[0] == b[0] and len(a[0]) > 3)


def _is_acronym(short: str, full: str) -> bool:
    """ "fmln" of "farabundo marti national liberation front"; small words may be left out."""
    words = full.split()
    if len(words) < 2 or " " in short:
        return False
    return short in {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in {"of", "the", "for", "and", "de", "del", "la"})}
