"""Candidates -> groups that stand for one thing, within one report.

Read in text order; each mention joins the group that a named rule finds for it, or opens one. The rules: the same name or table row, a
surname after the full name (whatever the tagger took the surname for), an acronym with its long form, a country by any of its names, a
definite phrase ("the minister", "the union", "the company") after what bears that title, head or kind, and pronouns by the nearest
holder that fits, subjects and speakers first.

Others may rely on this: a pronoun never joins a group of another gender or number where the words tell it; a surname joins only a
person who was named in full before or whose title agrees; nothing joins across stories by itself (one report, one run).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from hearsay.core.span import Span
from hearsay.knowledge.gazetteer import fold
from hearsay.resolve.actors import ActorCode
from hearsay.resolve.antecedents import author_before, choose
from hearsay.resolve.candidates import Candidate, find_appositions, load_kinds, load_roles, load_words
from hearsay.resolve.groups import Group, gender_of, is_acronym, is_short_of, is_surname_of, name_key, phrase_key
from hearsay.resolve.voices import Voices

REACH = 6
"""Sentences back to which a pronoun or a role word looks."""
FAR = 25
"""Sentences back to which he and she look for a named person where nearer nobody fits."""
IDENTIFIED_WITHIN = 3
"""Sentences within which a report names whom its lead only described."""
_AGED = re.compile(r"\d-year-old$")
_ORGANIZATIONS = "actors/organizations.tsv:"
STILL_SPEAKING = 1.8
"""What it counts, in sentences, that a mention is a source and a pronoun in its sentence or the next one is, too."""


class Grouper:
    """Builds the groups of one report.

    Args:
        code_of: what a name or description stands for at the report's date.
        voices: who says "I" and "we" at a place, who is "you", and who is quoted there and so not "he".
        titles: the fullest description of each mention.
    """

    def __init__(
        self,
        code_of: Callable[[str], ActorCode],
        voices: Voices,
        titles: Mapping[Span, str],
    ) -> None:
        self.groups: list[Group] = []
        self._by_span: dict[Span, Group] = {}
        self._beside: dict[Span, Candidate] = {}
        self._named_at: dict[Span, str] = {}
        self._code_of, self._voices, self._titles = code_of, voices, titles
        self._words = load_words()

    def run(self, candidates: Sequence[Candidate]) -> list[Group]:
        """Groups in order of first mention."""
        later = []
        self._beside = find_appositions(candidates)
        self._named_at = {c.span: _key_of_name(c) for c in candidates if c.name is not None and c.name.kind == "PER"}
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
        if not group.mentions:
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
        return self._by_span.get(mention) if mention else self._author(c) if first else None

    def _author(self, c: Candidate) -> Group | None:
        """The byline's author, where the text itself says "I" and tells nobody else."""
        author = self._voices.author(c.span)
        if not author:
            return None
        key = name_key(author)
        known = next((g for g in self.groups if key in (g.key, name_key(g.name))), None)
        return known or Group("PER", key, name=author, rule="byline")

    def _find(self, c: Candidate) -> Group | None:
        if (name := self._voices.same_as(c.span)) and name in self._by_span:
            return self._by_span[name]
        if c.is_pronoun:
            return self._pronoun(c)
        if c.name is not None:
            return self._named(c)
        if c.span in self._beside:
            return self._named(self._beside[c.span])
        row = self._row(c)
        found = self._of_row(row) or self._pointed_at(c) or self._same_phrase(c)
        return found or (None if c.is_pointer else Group("", phrase_key(c), plural=c.is_plural, row=row))

    def _named(self, c: Candidate) -> Group:
        assert c.name is not None
        kind, key = c.name.kind, _key_of_name(c)
        person = self._person_called(c, key)
        if kind == "PER" and person is not None:
            return self._with_described(person, c)
        code, row = self._state(c, key), self._row(c)
        if person is not None and not code and not c.is_place:
            return person  # "Noboa", taken for an organisation after "Daniel Noboa"
        for group in reversed(self.groups):
            if code and group.code == code:
                return group
            same = group.key == key and (group.kind == kind or {group.kind, kind} <= {"ORG", "LOC", ""})
            if kind != "PER" and not group.code and same:
                return group
            if kind != "PER" and not code and group.kind == "ORG" and (is_acronym(key, group.key) or is_acronym(group.key, key)):
                return group
            if kind != "LOC" and not code and group.kind == "ORG" and _opens(key, group):
                return group
        known = self._of_row(row) if kind != "PER" else None
        described = self._described_before(c, key) if kind == "PER" and not code else None
        return known or described or Group("LOC" if code and kind == "PER" else kind, key, code=code, row=row)

    def _state(self, c: Candidate, key: str) -> str:
        """Code of the state that a name stands for. A capital does so only where somebody acts; a tagger's "person" only as a bare name."""
        if c.name is not None and c.name.kind == "PER" and (" " in key or c.name.span != c.span):
            return ""
        code = self._code_of(_surface(c))  # "Turkey", which in small letters is a bird
        return code.country or "" if code.kind == "state" and code.sector != "PRE" and not (c.is_place and code.sector) else ""

    def _person_called(self, c: Candidate, key: str) -> Group | None:
        """The person named so before, in full or by surname; a form of address must not tell another gender."""
        assert c.name is not None
        gender = gender_of(self._titles.get(c.span, ""), key) if " " not in key else ""
        for group in reversed(self.groups):
            if group.kind != "PER" or (gender and group.gender and gender != group.gender):
                continue
            if group.key == key or is_surname_of(key, group.key) or (c.name.kind == "PER" and is_short_of(key, group.key)):
                return group
        return None

    def _row(self, c: Candidate) -> str:
        """The row of organizations.tsv that a mention as a whole stands for."""
        code = self._code_of(self._titles.get(c.span, ""))
        parts = code.rule.split("+")
        rows = [p for p in parts if p.startswith(_ORGANIZATIONS) or ("/" not in p and ":" in p)]  # ours, or of a user's file
        if code.kind not in {"organization", "group"} or not rows:
            return ""
        return rows[0] if parts[0] == rows[0] or c.head_lemma in load_kinds() else ""

    def _of_row(self, row: str) -> Group | None:
        return next((g for g in reversed(self.groups) if g.row == row), None) if row else None

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
        is_subject = first.sentence.tokens[first.head].role == "nsubj"
        is_new = group.kind == "" and not group.plural and opening in self._words["indefinite"]
        return is_new and is_subject and first.head_lemma in self._words["person"]

    def _same_country(self, group: Group, c: Candidate) -> bool:
        mine, its = (self._code_of(self._titles.get(m.span, "")).country for m in (c, group.mentions[0]))
        return not (mine and its) or mine == its

    def _pointed_at(self, c: Candidate) -> Group | None:
        """What a definite phrase points back to: who bears the title, what has the same head, what is of that kind."""
        if not c.is_definite:
            return None
        code = self._code_of(self._titles.get(c.span, ""))
        recent = [g for g in self._recent(c) if not (code.country and g.country and code.country != g.country)]
        head = c.head_lemma
        if not c.is_plural and (person := self._person_of_role(head, c, recent)):
            return person
        told = set(phrase_key(c).split())
        same = (g for g in recent if g.kind != "PER" and head in g.heads and g.plural == c.is_plural and told <= g.words | {head})
        return next(same, None) or next(self._of_kind(head, c, recent, told), None)

    def _person_of_role(self, head: str, c: Candidate, recent: Sequence[Group]) -> Group | None:
        """Who bears the title or a title that the word stands for ("the pontiff" of a pope); for "the 43-year-old" the likeliest person."""
        roles = {head} | load_roles().get(head, frozenset())
        people = [g for g in recent if g.kind == "PER"]
        if _AGED.search(c.sentence.tokens[c.head].text) or head == "old":
            return choose(people, c, self._voices.sources, "", "person")
        return next((g for g in people if g.words & roles), None)

    def _of_kind(self, head: str, c: Candidate, recent: Sequence[Group], told: set[str]) -> Iterator[Group]:
        """Groups of the kind that a bare noun tells: "the company" of an organisation in business, "the country" of a state."""
        kinds = load_kinds().get(head)
        if kinds is None or len(told - {head} - self._words["definite"]) > 0:
            return
        for group in recent:
            if "state" in kinds and group.code:
                yield group
            fits = group.sector in kinds or (not group.sector and "any" in kinds)
            if fits and not group.code and (group.row or group.is_body) and (group.kind == "ORG" or group.row):
                yield group

    def _same_phrase(self, c: Candidate) -> Group | None:
        key = phrase_key(c)
        return next((g for g in reversed(self.groups) if g.kind == "" and g.key == key and key), None)

    def _pronoun(self, c: Candidate) -> Group | None:
        word = c.sentence.tokens[c.head].text.lower()
        if word in self._words["relative"]:
            return self._antecedent(c)
        present = self._voices.present(c.span)
        recent = self._absent(c, present)
        gender = self._gender_of(word)
        if gender:
            fits = [g for g in recent if self._is_person(g) and g.gender in ("", gender)]
            fits = fits or [g for g in self._absent(c, present, FAR) if g.kind == "PER" and g.gender in ("", gender)]
            author = author_before(fits, c)
            if author and c.sentence.tokens[c.head].relation == "nsubj:pass":  # "In a letter by Ek, he was accused …"
                fits, author = [g for g in fits if g is not author], None
            return author or choose(fits, c, self._voices.sources, gender, "person")
        if word in self._words["they"]:
            return choose([g for g in recent if self._may_be_many(g, c)], c, self._voices.sources, "", "many")
        if word in self._words["it"]:
            fits = [g for g in recent if g.kind == "ORG" or g.code or (g.kind == "" and not g.plural and not self._is_person(g))]
            return max(fits, key=lambda g: self._salience(g, c), default=None)
        return None

    def _absent(self, c: Candidate, present: Sequence[Span], reach: int = REACH) -> list[Group]:
        """Groups mentioned in the last sentences, without those who speak and are spoken to around a pronoun."""
        return [g for g in self._recent(c, reach) if not any(self._is_called(g, m, c) for m in present)]

    def _is_called(self, group: Group, mention: Span, c: Candidate) -> bool:
        """Whether a mention, which may come later in the text, is of a group."""
        if any(m.span.overlaps(mention) for m in group.mentions):
            return True
        key = self._named_at.get(mention, "") if group.kind == "PER" and mention.start > c.span.start else ""
        return bool(key) and (key == group.key or is_surname_of(key, group.key))

    def _may_be_many(self, group: Group, c: Candidate) -> bool:
        """Whether "they" can be said of a group: several, a body, a state; of what speaks also a noun for people together."""
        if group.plural or group.kind == "ORG" or group.code:
            return True
        together = group.row or group.heads & (load_kinds().keys() | self._words["collective"])
        return group.kind == "" and (bool(together) if c.span in self._voices.sources else not self._is_person(group))

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

    def _recent(self, c: Candidate, reach: int = REACH) -> list[Group]:
        """Groups mentioned in the last sentences, the latest mentioned first."""
        near = [g for g in self.groups if c.sentence.index - g.last.sentence.index <= reach]
        return sorted(near, key=lambda g: g.last.span.start, reverse=True)

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
        group.plural = group.plural or (c.is_plural and not c.is_pronoun and c.name is None)
        if c.is_pronoun:
            group.gender = group.gender or self._gender_of(word)
            return
        title = self._titles.get(c.span, "")
        code = self._code_of(title)
        words = set(fold(title).replace(",", " ").split())
        group.words |= words | set(phrase_key(c).split()) | ({c.head_lemma} if c.name is None else set())
        group.heads |= {c.head_lemma} if c.name is None or c.name.kind == "ORG" else set()
        if group.kind == "PER":
            group.words |= set(fold(code.role or "").split())  # "the president" of a report that never calls Putin so
        if not group.gender and not group.plural and group.kind in {"PER", ""}:
            group.gender = gender_of(title, _key_of_name(c) if c.name is not None else "")
        group.country, group.sector = group.country or code.country or "", group.sector or code.sector or ""
        group.row = group.row or self._row(c)
        if c.name is not None and c.name.kind == group.kind == "PER":
            group.key = max(group.key, _key_of_name(c), key=len)


def _key_of_name(c: Candidate) -> str:
    return name_key(_surface(c))


def _surface(c: Candidate) -> str:
    assert c.name is not None
    return " ".join(t.text for t in c.sentence.tokens[c.name.first : c.name.last])


def _opens(key: str, group: Group) -> bool:
    """ "Hanbit" after "Hanbit Motors": the first word of a longer name of an organisation that no table knows."""
    return not group.row and len(key) > 3 and group.key.startswith(f"{key} ")
