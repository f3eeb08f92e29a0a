"""What the ways of telling a text's voice have in common: stretches, paragraphs without what they quote, names that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hearsay.core.document import Name, Sentence, Token
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table
from hearsay.resolve.candidates import load_words

WORDS = "languages/en/voices.tsv"
MARKED = re.compile(r"[“\"„«‘][^“”\"«»]*[”\"“»’]?")
"""Words inside quotation marks, to the paragraph's end where the closing mark is lost."""
_SINGLE = re.compile(r"(?<!\w)'(?=\w)[^'\n]{2,}'(?!\w)")
MARKS = "”’“\"„«‘'"
LONGEST_CALL = 6
LONGEST_TITLE = 3
"""Words of a title before the name of one who is addressed."""
_CALL_TAGS = frozenset({"NNP", "NNPS", "NN", "IN", "DT"})
_ITSELF = frozenset({"it", "this"})
_JOINS = frozenset({"flat", "appos", "compound", "conj", "dep", "list"})

Person = tuple[Name, Sentence]


class Stretch(NamedTuple):
    """Text in which one voice speaks: its place, the mention of the speaker, that of the one spoken to."""

    span: Span
    speaker: Span | None
    hearer: Span | None = None


@cache
def talk_words() -> Mapping[str, frozenset[str]]:
    """Word groups of the table of voices by their names."""
    return {row["group"]: frozenset(row["words"].split()) for row in read_table(WORDS)}


def paragraphs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each part, in order."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and group[-1].part != sentence.part:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def whole(sentences: Sequence[Sentence]) -> Span:
    """From the beginning of the first to the end of the last."""
    return Span(sentences[0].span.start, sentences[-1].span.end)


def spoken_tokens(text: str, sentences: Sequence[Sentence]) -> list[Token]:
    """Tokens of a paragraph that stand outside quotation marks."""
    span = whole(sentences)
    marked = [m.span() for pattern in (MARKED, _SINGLE) for m in pattern.finditer(text, span.start, span.end)]
    return [t for s in sentences for t in s.tokens if not any(a <= t.start < b for a, b in marked)]


def says_first(sentence: Sentence) -> bool:
    """Whether somebody speaks of himself in the singular."""
    return any(t.text in ("I", "me", "my", "My") for t in sentence.tokens)


def persons(sentence: Sentence) -> list[Person]:
    """Names of persons in a sentence."""
    return [(n, sentence) for n in sentence.names if n.kind == "PER"]


def bearers(sentence: Sentence, top: int) -> list[Person]:
    """Persons whose names a word is in, or that it is joined to by an apposition: not "Santorum" of "owner of the Santorum bar"."""
    return [p for p in persons(sentence) if _hangs(sentence, sentence.name_head(p[0]), top)]


def _hangs(sentence: Sentence, i: int, top: int) -> bool:
    for _ in sentence.tokens:
        if i == top:
            return True
        if i < 0 or sentence.tokens[i].role not in _JOINS:
            return False
        i = sentence.tokens[i].head
    return False


def call(sentences: Sequence[Sentence], i: int) -> Span | None:
    """The name if a sentence at a paragraph's edge is only a name or title with its stop: "Dr. Guruswamy.", "Mr. Roberts?" """
    sentence = sentences[i]
    words = sentence.tokens[:-1]
    edge = i == 0 or sentences[i - 1].part != sentence.part or (i + 1 < len(sentences) and sentences[i + 1].part != sentence.part)
    if not edge or not 0 < len(words) < LONGEST_CALL or sentence.tokens[-1].text not in (".", ":", "?"):
        return None
    titled = len(words) > 1 and words[0].text.strip(".").lower() in titles()
    if not all(w.text[:1].isupper() and (titled or w.xpos in _CALL_TAGS) for w in words):
        return None
    return next((n.span for n in sentence.names if n.kind == "PER"), sentence.cover(range(len(words))) if titled else None)


@cache
def titles() -> frozenset[str]:
    """Words that stand before a name."""
    words = load_words()
    return frozenset(w.strip(".") for w in words["person"] | words["male"] | words["female"] | talk_words()["title"])


def addressed(sentence: Sentence) -> Iterator[tuple[int, Name | None]]:
    """(head, name of a person if it is one) of each form of address: "Mr. Holm, you …", "Madam Speaker", "Your Honor"."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        is_yours = any(tokens[c].text.lower() == "your" for c in sentence.children[i])  # "Your Honor", whatever the tree says
        if token.role == "vocative" or (is_yours and token.role == "appos"):
            yield i, next((n for n in sentence.names if n.kind == "PER" and n.first <= i < n.last), None)
    name = next((n for n in sentence.names if n.kind == "PER"), None)
    if name and _opens_address(sentence, name):
        yield sentence.name_head(name), name


def _opens_address(sentence: Sentence, name: Name) -> bool:
    """Whether "Chancellor Maro, you …" or "Yes, Justice Amara." opens a sentence, although its tree does not call the name a vocative."""
    words = [t.text.lower().strip(".") for t in sentence.tokens]
    if sentence.tokens[sentence.name_head(name)].role == "vocative":
        return False
    answers = words[1:2] == [","] and words[0] in talk_words()["answering"]
    title = sentence.tokens[2 * answers : name.first]
    if len(title) > LONGEST_TITLE or not all(t.xpos in ("NNP", "NN") and t.text[:1].isupper() for t in title):
        return False
    after = words[name.last : name.last + 2]
    return (answers and after == [""]) or (after[:1] == [","] and after[-1] in load_words()["second"])


def address_span(sentence: Sentence, i: int) -> Span:
    """The words of a form of address up to its head, without commas: "my Lord the Chief Justice"."""
    return sentence.cover([c for c in (*sentence.children[i], i) if c <= i and sentence.tokens[c].upos != "PUNCT"])


def titled(sentence: Sentence, i: int) -> Span | None:
    """ "Ms. Birgit Aas" around a word: a title and the capitals after it, where no name was seen; else None."""
    start = i
    while start > max(0, i - LONGEST_TITLE) and sentence.tokens[start - 1].text[:1].isupper():
        start -= 1
    at = next((k for k in range(start, i) if sentence.tokens[k].text.strip(".").lower() in titles()), i)
    return sentence.cover(range(at, i + 1)) if at < i else None


def is_of_bench(sentence: Sentence, name: Name) -> bool:
    """Whether a name bears the title of one who presides or judges: "Justice Thomas", "Chairwoman Reyes"."""
    near = sentence.tokens[max(0, name.first - 2) : name.last]
    return any(t.text.lower() in talk_words()["bench"] for t in near)


def own_name(sentence: Sentence) -> Span | None:
    """The name that somebody says is his: "My name is Amy Sells", "Hi, it's Milo here"."""
    if any(t.text in MARKS for t in sentence.tokens):
        return None  # somebody quoted says so
    for name in sentence.names:
        head = sentence.name_head(name)
        subjects = sentence.dependents(head, "nsubj")
        if name.kind != "PER" or not sentence.dependents(head, "cop") or not subjects or sentence.dependents(head, "case"):
            continue
        top = subjects[0]
        mine = any(sentence.tokens[c].text.lower() == "my" for c in sentence.children[top]) and sentence.tokens[top].lemma.lower() == "name"
        if mine or sentence.tokens[top].text == "I" or (sentence.tokens[top].text.lower() in _ITSELF and _greets(sentence, name)):
            return name.span
    return None


def _greets(sentence: Sentence, name: Name) -> bool:
    """ "Good evening, this is Ana", "It's Milo here": not "It was Milo who brought me here", "This is Ana, whom everyone knows"."""
    tokens = sentence.tokens
    is_now = any(tokens[c].xpos == "VBZ" for c in sentence.dependents(sentence.name_head(name), "cop"))
    before = any(t.lemma.lower() in talk_words()["greeting"] for t in tokens[: name.first])
    return is_now and (before or [t.text.lower() for t in tokens[name.last : name.last + 1]] == ["here"])


def case_of(sentence: Sentence, i: int) -> str:
    """The preposition of a word, in small letters; "" without one."""
    return next((sentence.tokens[c].lemma.lower() for c in sentence.dependents(i, "case", "mark")), "")


def under(sentence: Sentence, i: int, *roles: str) -> list[Person]:
    """Persons named in some dependents of a word."""
    return [p for c in sentence.dependents(i, *roles) for p in bearers(sentence, c)]
