"""Who says "I", and to whom "you" is said, at a place of a report.

Inside quotation marks and transcript turns it is the source of the attribution; outside them the voice of the text itself: an
interview's guest, the giver of a speech, whoever was called to speak (`narration`). Where nobody can be named the answer is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hearsay.core.document import Document
from hearsay.core.records import Attribution
from hearsay.core.span import Span
from hearsay.resolve.candidates import load_words
from hearsay.resolve.monologue import is_first_person
from hearsay.resolve.narration import find_stretches, story_sentences
from hearsay.resolve.stretches import MARKED, MARKS, Stretch, address_span, addressed, persons, talk_words

_SINGLE = "‘'"


@dataclass(frozen=True)
class Voices:
    """The voices of one report. Nothing is worked out before somebody asks."""

    document: Document
    attributions: Sequence[Attribution]

    @cached_property
    def sources(self) -> frozenset[Span]:
        """First spans of the sources of all attributions."""
        return frozenset(a.source[0] for a in self.attributions if a.source)

    @cached_property
    def mentions(self) -> tuple[Span, ...]:
        """Mentions of those who speak or are spoken to outside quotation marks; empty where nobody says "I" or "you"."""
        spoken = load_words()["first"] | load_words()["second"]
        if not any(s.of(self.document.text).lower() in spoken for s in self.sources):
            return ()
        called = [self._addressed(s) for s in self.sources if s.of(self.document.text).lower() in load_words()["second"]]
        return tuple(dict.fromkeys(m for m in (*(m for s in self._told for m in (s.speaker, s.hearer)), *called) if m))

    def speaker(self, place: Span) -> Span | None:
        """The mention of whoever says "I" or "we" at a place."""
        stretch = self._around(place)
        return stretch.speaker if stretch else None

    def author(self, place: Span) -> str:
        """Name of the one author in the byline, if the text says "I" at a place and nobody else is known to speak there; else ""."""
        return self._author if self._author and self._around(place) is None else ""

    def hearer(self, place: Span) -> Span | None:
        """The mention of whoever is "you" at a place: to whom the stretch is said, else who was last addressed in its paragraph."""
        stretch = self._around(place)
        return (stretch.hearer if stretch else None) or self._addressed(place)

    def _addressed(self, place: Span) -> Span | None:
        """The one form of address in the sentence of a place or the one before: "Mr. President, … you"; not what others say in marks."""
        around = self.document.sentence_at(place.start)
        if around is None:
            return None
        stretch = self._around(place)
        before = self.document.sentences[around.index - 1 : around.index] if around.index else ()
        for sentence in (around, *(s for s in before if s.part == around.part)):
            calls = [name.span if name else address_span(sentence, i) for i, name in addressed(sentence)]
            calls = [c for c in calls if self._around(c) == stretch and not c.overlaps(place)]
            if calls:
                return calls[0] if len(calls) == 1 else None
        return None

    def present(self, place: Span) -> tuple[Span, ...]:
        """Who is not "he" at a place: source and addressee of the direct quotation around it, and whom "he" names where he speaks."""
        around = [a for a in self.attributions if a.source and a.kind == "direct" and self._is_marked(a, place)]
        inner = min(around, key=lambda a: sum(c.length for c in a.content), default=None)
        own = [c for a in self.attributions if a.source[:1] == (place,) for c in a.content if c.start > place.start]
        return (inner.source[:1] + inner.addressee[:1] if inner else ()) + tuple(self._persons_in(own))

    def _persons_in(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Names of persons; not "the Lund administration", as Lund himself may be told to have called it."""
        for span in spans:
            first, last = (self.document.sentence_at(at) for at in (span.start, span.end - 1))
            if first and last:
                inside = (p for s in self.document.sentences[first.index : last.index + 1] for p in persons(s))
                yield from (n.span for n, s in inside if span.holds(n.span) and s.tokens[s.name_head(n)].role != "compound")

    def _is_marked(self, attribution: Attribution, place: Span) -> bool:
        """Whether a place is in the speaker's own words: "Key said he believes it has a “strong rationale”" is not, up to the mark."""
        holding = [c for c in attribution.content if c.holds(place)]
        if not holding or _is_turn(attribution) or self.document.text[holding[0].start] in MARKS:
            return bool(holding)
        return any(m.start() < place.start < m.end() for m in MARKED.finditer(self.document.text, *holding[0]))

    def carried(self, attribution: Attribution) -> Span | None:
        """The source of an attribution; of a quotation without one, that of the last quotation before it in its story."""
        if attribution.source or not _is_spoken(attribution, self.document.text):
            return attribution.source[0] if attribution.source else None
        start = attribution.content[0].start
        before = [a for a in self._spoken if a.source and a.content[0].start < start and self._story(a) == self._story(attribution)]
        last = max(before, key=lambda a: a.content[0].start, default=None)
        return last.source[0] if last else None

    def same_as(self, mention: Span) -> Span | None:
        """The name that a transcript's "Q" or "A" stands for."""
        word = mention.of(self.document.text).strip(" .:").lower()
        words = talk_words()
        if word not in words["question"] | words["answer"] or not any(mention in a.source for a in self.attributions if _is_turn(a)):
            return None
        return next((s.hearer if word in words["question"] else s.speaker for s in self._told if s.speaker), None)

    def _around(self, place: Span) -> Stretch | None:
        holding = [s for s in self._quoted if s.span.holds(place) and not (s.speaker and s.speaker.holds(place))]
        if holding:
            return min(holding, key=lambda s: s.span.length)
        return next((s for s in self._told if s.span.holds(place)), None)

    @cached_property
    def _spoken(self) -> list[Attribution]:
        return [a for a in self.attributions if a.content and _is_spoken(a, self.document.text)]

    @cached_property
    def _quoted(self) -> list[Stretch]:
        turns = [a for a in self._spoken if _is_turn(a)]
        out = []
        for one in self._spoken:
            hearer = _other_turn(one, turns) if one in turns else (one.addressee[0] if one.addressee else None)
            out += [Stretch(span, self.carried(one), hearer) for span in _marked(one, self.document.text)]
        return out

    @cached_property
    def _told(self) -> tuple[Stretch, ...]:
        return find_stretches(self.document)

    @cached_property
    def _author(self) -> str:
        authors = self.document.article.authors
        own = story_sentences(self.document) if len(authors) == 1 and not self._told else []
        return authors[0] if own and is_first_person(self.document, own) else ""

    def _story(self, attribution: Attribution) -> int:
        start = attribution.content[0].start
        return next((p.story for p in self.document.article.parts if p.span.start <= start < p.span.end), 0)


def _is_turn(attribution: Attribution) -> bool:
    return attribution.provenance.rule == "turns:transcript"


def _is_spoken(attribution: Attribution, text: str) -> bool:
    """Whether some of the content is in the speaker's own words."""
    single = bool(attribution.content) and text[attribution.content[0].start] in _SINGLE
    return attribution.kind != "indirect" or single or attribution.provenance.rule.startswith("turns:")


def _marked(attribution: Attribution, text: str) -> Iterator[Span]:
    """The stretches of the content that are in the speaker's own words."""
    if attribution.kind != "mixed":
        yield from attribution.content
        return
    for span in attribution.content:
        for found in MARKED.finditer(text, span.start, span.end):
            yield Span(found.start(), found.end())


def _other_turn(one: Attribution, turns: Sequence[Attribution]) -> Span | None:
    """The speaker of the turn before, else after, who is not the same by name."""
    at = turns.index(one)
    near = [t for t in (*turns[max(0, at - 1) : at], *turns[at + 1 : at + 2]) if t.source]
    return near[0].source[0] if near else None
