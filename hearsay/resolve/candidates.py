"""Spans of a report -> candidates for things: what each mention is headed by, what name it holds, what kind of words it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hearsay.core.document import Document, Name, Sentence
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table

WORDS = "languages/en/coreference.tsv"
KINDS = "languages/en/coreference_kinds.tsv"
ROLES = "languages/en/coreference_roles.tsv"
PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
_POINTER_ROLES = frozenset({"nsubj", "obj", "iobj"})
_MODIFIER_ROLES = frozenset({"nmod", "obl", "acl", "advcl", "nmod:poss"})


@cache
def load_words() -> dict[str, frozenset[str]]:
    """Word groups of the coreference table by their names."""
    return {row["group"]: frozenset(row["words"].split()) for row in read_table(WORDS)}


@cache
def load_kinds() -> dict[str, frozenset[str]]:
    """Sectors that a bare noun such as "company" may point back to; "any" allows an unknown one, "state" a state."""
    return {word: frozenset(row["sectors"].split()) for row in read_table(KINDS) for word in row["words"].split()}


@cache
def load_roles() -> dict[str, frozenset[str]]:
    """Words of titles that a bare noun such as "pontiff" may point back to."""
    return {word: frozenset(row["titles"].split()) for row in read_table(ROLES) for word in row["words"].split()}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mention to be linked.

    `name` is the named entity that the mention is, or is headed by ("Deputy Foreign Minister Sergei Vershinin"); `head` the index of
    its head word; `is_place` whether the words stand for a place and not for somebody who acts; `is_pointer` whether they are a pronoun or
    a bare "the minister" that fills no role: it may join a thing and never makes one.
    """

    span: Span
    sentence: Sentence
    head: int
    name: Name | None
    is_place: bool
    is_pointer: bool = False

    @property
    def head_lemma(self) -> str:
        """Lemma of the head word in lower case."""
        return self.sentence.tokens[self.head].lemma.lower()

    @property
    def is_pronoun(self) -> bool:
        """Whether the head is a pronoun: not "WHO" or "US" among small letters."""
        token = self.sentence.tokens[self.head]
        is_name = token.text in load_words()["short_forms"] and any(t.text.islower() for t in self.sentence.tokens)
        return token.xpos in PRONOUN_TAGS and not is_name

    @property
    def is_definite(self) -> bool:
        """Whether the mention opens with a word that points back: the, this, that, his …"""
        first = next((t for t in self.sentence.tokens if t.end > self.span.start), None)
        return first is not None and (first.lemma.lower() in load_words()["definite"] or first.xpos == "PRP$")

    @property
    def is_plural(self) -> bool:
        """Whether the head is a plural."""
        return self.sentence.tokens[self.head].xpos in {"NNS", "NNPS"}


def find_candidates(document: Document, actors: Iterable[Span], places: Iterable[Span]) -> list[Candidate]:
    """Candidates in text order, one a span: role fillers, places, every named entity that none of them is, and words that point back.

    Args:
        actors: spans of actors, recipients, sources and addressees.
        places: spans of places of events.
    """
    acting, placed = {Span(*s) for s in actors}, {Span(*s) for s in places}
    found: dict[Span, Candidate] = {}
    named = {name.span for sentence in document.sentences for name in sentence.names}
    placed |= {name.span for sentence in document.sentences for name in sentence.names if _is_located(document, sentence, name)}
    held: defaultdict[int, list[Span]] = defaultdict(list)
    for span in acting | placed | named:
        sentence = document.sentence_at(span.start)
        if sentence is not None:
            if span in acting or span in placed:
                held[sentence.index].append(span)
            candidate = _candidate(sentence, span, span in placed and span not in acting)
            if candidate:
                found[span] = candidate
    for pointer in _pointers(document):
        if not any(_takes(s, pointer) for s in held[pointer.sentence.index]):
            found.setdefault(pointer.span, pointer)
    return sorted(found.values(), key=lambda c: (c.span.start, c.span.end))


def _takes(mention: Span, pointer: Candidate) -> bool:
    """Whether a mention leaves no room for a pointer: the same words, or more around it; "his" in "Ek and his sons" is a mention too."""
    whose = pointer.sentence.tokens[pointer.head].xpos == "PRP$"
    return pointer.span.holds(mention) or (mention.holds(pointer.span) and not whose)


def _is_located(document: Document, sentence: Sentence, name: Name) -> bool:
    """Whether a name of a place is one here: in the dateline, or after "in", "near", "across" … and not the head of more words."""
    if document.part_of(sentence).kind == "dateline":
        return True
    head = sentence.name_head(name)
    cases = {sentence.tokens[c].text.lower() for c in sentence.dependents(head, "case")}
    return name.kind == "LOC" and bool(cases & load_words()["placing"])


def _pointers(document: Document) -> Iterator[Candidate]:
    """He, she and they in all their forms, and subjects and objects such as "the minister", "the company"."""
    words = load_words()
    personal, bare = words["he"] | words["she"] | words["they"], words["person"] | load_kinds().keys()
    for sentence in document.sentences:
        for i, token in enumerate(sentence.tokens):
            if token.xpos in {"PRP", "PRP$"} and token.text.lower() in personal:
                yield Candidate(Span(token.start, token.end), sentence, i, None, False, True)
            elif token.role in _POINTER_ROLES and token.upos == "NOUN" and token.lemma.lower() in bare:
                start = _bare_start(sentence, i)
                if start is not None:
                    yield Candidate(Span(start, token.end), sentence, i, None, False, True)


def _bare_start(sentence: Sentence, head: int) -> int | None:
    """Where "the minister" begins; None for a phrase that says more than its head."""
    before = sentence.tokens[head - 1] if head else None
    follower = sentence.tokens[head + 1] if head + 1 < len(sentence.tokens) else None
    if before is None or before.text.lower() != "the" or (follower is not None and follower.text.lower() in {"of", "'s", "’s", "for"}):
        return None
    return before.start


def _candidate(sentence: Sentence, span: Span, is_place: bool) -> Candidate | None:
    inside = sentence.within(span)
    if not inside:
        return None
    head = next((i for i in inside if sentence.tokens[i].head not in inside), inside[-1])
    return Candidate(span, sentence, head, _name_of(sentence, span, head, inside), is_place)


def _name_of(sentence: Sentence, span: Span, head: int, inside: list[int]) -> Name | None:
    names = [n for n in sentence.names if span.holds(n.span)]
    for name in names:
        if name.first <= head < name.last:
            return name
    if sentence.tokens[head].lemma.lower() in load_words()["organization"]:  # "the state-run RIA Novosti news agency"
        bearers = [n for n in names if n.kind == "ORG" and not _is_modifier(sentence, n, inside)]
        if bearers:
            return bearers[-1]
    persons = [n for n in names if n.kind == "PER" and not _is_modifier(sentence, n, inside)]
    return persons[-1] if persons else None


def _is_modifier(sentence: Sentence, name: Name, inside: list[int]) -> bool:
    """Whether a name inside a phrase belongs to somebody else: "the lawyer of Joe Biden", "Biden's lawyer"."""
    top = sentence.name_head(name)
    at = top
    while sentence.tokens[at].head in inside:
        if sentence.tokens[at].relation in _MODIFIER_ROLES or sentence.tokens[at].role in _MODIFIER_ROLES:
            return True
        at = sentence.tokens[at].head
    return False


def describe(candidate: Candidate) -> str:
    """The words that tell most about a mention: its phrase with title and apposition, without relative clauses."""
    sentence, text = candidate.sentence, ""
    if candidate.name is None:
        return " ".join(_words(sentence, candidate.span))
    top = candidate.head
    left_out = {"acl", "parataxis", "cc", "conj", "punct"}
    own = frozenset(c for c in sentence.children[top] if sentence.tokens[c].role == "case" and sentence.tokens[c].xpos != "POS")
    skip = own | {c for c in sentence.subtree(top) if sentence.tokens[c].role in left_out and c != top}
    kept = [i for i in sentence.subtree(top, skip) if abs(i - candidate.name.first) < 14]
    appositions = [i for i in kept if any(sentence.tokens[a].role == "appos" for a in (i, *_up_to(sentence, i, top)))]
    core = _around(sentence, [i for i in kept if i not in appositions], candidate.name.first)
    text = " ".join(sentence.tokens[i].text for i in core)
    if appositions:
        text = f"{text}, {' '.join(sentence.tokens[i].text for i in appositions)}"
    return re.sub(r" (?=['’]s\b|[,.;])", "", text)


def _around(sentence: Sentence, kept: list[int], at: int) -> list[int]:
    """The words kept before a name that reach it without a preposition between: not "star Griner" in "star Griner in exchange for Bout"."""
    gap = next((i for i in range(at - 1, -1, -1) if i not in kept and sentence.tokens[i].upos == "ADP"), -1)
    return [i for i in kept if i > gap or i >= at]


def find_appositions(candidates: Sequence[Candidate]) -> dict[Span, Candidate]:
    """Phrases beside the named person whom they describe ("the home secretary, Sajid Javid,", "Nisrin Aziz, a judge,") or in the name."""
    named: dict[int, list[Candidate]] = {}
    for c in candidates:
        if c.name is not None and c.name.kind == "PER":
            named.setdefault(c.sentence.index, []).append(c)
    out = {}
    for c in candidates:
        if c.name is None and not c.is_pronoun and not c.is_plural:
            beside = next((d for d in named.get(c.sentence.index, ()) if _is_apposed(c, d) or _is_apposed(d, c)), None)
            if beside is not None:
                out[c.span] = beside
    return out


def _is_apposed(c: Candidate, other: Candidate) -> bool:
    """Whether a mention stands in apposition to another that it does not overlap, or is a piece of its name."""
    if other.name is not None and other.name.span.holds(c.span):
        return True
    token = c.sentence.tokens[c.head]
    return token.role == "appos" and token.head == other.head and not c.span.overlaps(other.span)


def _up_to(sentence: Sentence, i: int, top: int) -> Iterator[int]:
    for above in sentence.ancestors(i):
        if above == top:
            return
        yield above


def _words(sentence: Sentence, span: Span) -> list[str]:
    return [sentence.tokens[i].text for i in sentence.within(span)]
