"""A report from its text to its analysed sentences.

`Article` is what page reading gives: the untouched text and its parts. `Sentence` and `Token` are what the encoder adds.
All spans index `Article.text`. Nothing here decides anything.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from hearsay.core.records import Problem
from hearsay.core.span import Span, cover

PART_KINDS = (
    "headline", "deck", "byline", "dateline", "lead", "body", "caption", "credit", "agency_credit", "tags", "kicker",
    "teaser_headline", "teaser_deck", "solicitation", "navigation", "other",
)  # fmt: skip

STORY_KINDS = frozenset({"headline", "deck", "dateline", "lead", "body"})
"""Parts that tell the report's own story."""

READ_KINDS = STORY_KINDS | {"caption", "teaser_headline", "teaser_deck"}
"""Parts whose language is read: the story, its captions, and the teasers, which are small reports of their own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text with one task on the page; `story` numbers the teaser it belongs to, 0 is the report itself."""

    kind: str
    span: Span
    story: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One report as published. Every visible line of the text lies in a part; an honest None where nothing is known."""

    text: str
    parts: tuple[Part, ...] = ()
    title: str | None = None
    date: str | None = None
    date_from: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline_place: Span | None = None
    problems: tuple[Problem, ...] = ()

    def with_date(self, date: str, date_from: str) -> Article:
        """The same article with the report's own date and where it comes from."""
        return replace(self, date=date, date_from=date_from)


class Token(NamedTuple):
    """One word of an analysed sentence.

    `head` is the index of its head in the sentence, -1 for the root; `relation` is a UD relation with its subtype;
    `xpos` a Penn tag; `entity` one of O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC.
    """

    text: str
    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str
    entity: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def role(self) -> str:
        """The relation without its subtype."""
        return self.relation.partition(":")[0]


class Name(NamedTuple):
    """A named entity in a sentence: its span, PER, ORG or LOC, and its first and last-plus-one token."""

    span: Span
    kind: str
    first: int
    last: int


class Layout(NamedTuple):
    """A sentence before analysis: its place, its part, its tokens."""

    span: Span
    part: int
    tokens: tuple[Span, ...]


@dataclass(frozen=True)
class Sentence:
    """An analysed sentence: its place, its part (index into `Article.parts`), its tokens in order."""

    index: int
    span: Span
    part: int
    tokens: tuple[Token, ...]
    quoted: bool = field(default=False)
    """Whether it begins inside quotation marks that an earlier sentence opened."""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in order."""
        out: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                out[token.head].append(i)
        return tuple(tuple(c) for c in out)

    @cached_property
    def root(self) -> int:
        """Index of the root; 0 if a broken tree has none."""
        return next((i for i, t in enumerate(self.tokens) if t.head < 0), 0)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Named entities, from the tokens' tags."""
        out: list[Name] = []
        first, kind = -1, ""
        for i, token in enumerate([*self.tokens, None]):
            tag = token.entity if token else "O"
            if first >= 0 and (tag[0] != "I" or tag[2:] != kind):
                out.append(Name(self.cover(range(first, i)), kind, first, i))
                first = -1
            if tag != "O" and first < 0:
                first, kind = i, tag[2:]
        return tuple(out)

    def dependents(self, i: int, *roles: str) -> tuple[int, ...]:
        """Dependents of a token; with roles, those whose relation (with or without subtype) is one of them."""
        if not roles:
            return self.children[i]
        tokens = self.tokens
        return tuple([c for c in self.children[i] if tokens[c].relation in roles or tokens[c].role in roles])

    def subtree(self, i: int, skip: frozenset[int] = frozenset()) -> list[int]:
        """Indices of a token and all below it, in order; branches that begin at `skip` are left out."""
        out, todo = [], [i]
        while todo:
            at = todo.pop()
            out.append(at)
            todo.extend(c for c in self.children[at] if c not in skip)
        return sorted(out)

    def ancestors(self, i: int) -> Iterator[int]:
        """Indices of the heads above a token, nearest first."""
        at = self.tokens[i].head
        for _ in self.tokens:
            if at < 0:
                return
            yield at
            at = self.tokens[at].head

    def within(self, span: tuple[int, int]) -> list[int]:
        """Indices of the tokens that a span of the text touches."""
        start, end = span
        return [i for i, t in enumerate(self.tokens) if t.start < end and t.end > start]

    def name_head(self, name: Name) -> int:
        """The word of a name that hangs from outside it."""
        return next((i for i in range(name.first, name.last) if not name.first <= self.tokens[i].head < name.last), name.first)

    def cover(self, indices: range | list[int] | tuple[int, ...]) -> Span:
        """Span from the first to the last of some tokens."""
        return cover(self.tokens[i].span for i in indices)


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its analysed sentences."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The article's text, which all spans index."""
        return self.article.text

    def part_of(self, sentence: Sentence) -> Part:
        """The part in which a sentence stands."""
        return self.article.parts[sentence.part]

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence around a place in the text, or None."""
        i = bisect_right(self.sentences, place, key=lambda s: s.span.start) - 1
        return self.sentences[i] if i >= 0 and place < self.sentences[i].span.end else None
