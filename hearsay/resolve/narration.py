"""The voice of a text that speaks in the first person outside quotation marks.

Four ways to tell it, tried in this order: somebody is called by name in a sentence of its own and speaks from there on ("Speaker Pelosi.
Thank you …"), the text is an interview, somebody says "my name is", the heading says whose speech it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hearsay.core.document import STORY_KINDS, Document, Name, Sentence
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table
from hearsay.resolve.candidates import load_words

WORDS = "languages/en/voices.tsv"
LEAST_QUESTIONS = 3
"""Paragraphs with a question from which a text is an interview though nothing says so."""
LONGEST_QUESTION = 90
LONGEST_CALL = 6
OPENING = 14
"""Sentences at a text's beginning that may say who speaks."""
HEADING = 4
"""Sentences at a text's beginning that may say whose speech it is."""
_JOINS = frozenset({"flat", "appos", "compound", "conj", "dep", "list"})
_MARKS = "”’“\"„«‘'"
_CALL_TAGS = frozenset({"NNP", "NNPS", "NN", "IN", "DT"})


class Stretch(NamedTuple):
    """Text in which one voice speaks: its place, the mention of the speaker, that of the one spoken to."""

    span: Span
    speaker: Span | None
    hearer: Span | None = None


@cache
def talk_words() -> Mapping[str, frozenset[str]]:
    """Word groups of the table of voices by their names."""
    return {row["group"]: frozenset(row["words"].split()) for row in read_table(WORDS)}


def find_stretches(document: Document) -> tuple[Stretch, ...]:
    """Voices of the unquoted text in order, without overlap; empty if the text is told in the third person."""
    sentences = [s for s in document.sentences if s.tokens and document.part_of(s).story == 0 and document.part_of(s).kind in STORY_KINDS]
    told = _called(sentences) or _interview(document, sentences) or _introduced(sentences)
    return told or _interview(document, sentences, least=LEAST_QUESTIONS) or _speech(sentences)


def _says_first(sentence: Sentence) -> bool:
    return any(t.text in ("I", "me", "my", "My") for t in sentence.tokens)


def _end(sentences: Sequence[Sentence]) -> int:
    return sentences[-1].span.end


def _called(sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """Speech after a sentence that is nothing but a name: each runs to the next such sentence."""
    heads = [(i, name) for i, s in enumerate(sentences) if (name := _call(sentences, i)) and s is not sentences[-1]]
    out = []
    ends = [*(i for i, _ in heads), len(sentences)][1:]
    for (i, name), after in zip(heads, ends, strict=False):
        spoken = sentences[i + 1 : after]
        if any(map(_says_first, spoken)):
            out.append(Stretch(Span(spoken[0].span.start, _end(spoken)), name))
    return tuple(out)


def _call(sentences: Sequence[Sentence], i: int) -> Span | None:
    """The name if a sentence at a paragraph's edge is only a name or title with its stop: "Dr. Guruswamy." """
    sentence = sentences[i]
    words = sentence.tokens[:-1]
    edge = i == 0 or sentences[i - 1].part != sentence.part or (i + 1 < len(sentences) and sentences[i + 1].part != sentence.part)
    if not edge or not 0 < len(words) < LONGEST_CALL or sentence.tokens[-1].text not in (".", ":"):
        return None
    titled = len(words) > 1 and words[0].text.strip(".").lower() in _titles()
    if not all(w.text[:1].isupper() and (titled or w.xpos in _CALL_TAGS) for w in words):
        return None
    return next((n.span for n in sentence.names if n.kind == "PER"), sentence.cover(range(len(words))) if titled else None)


@cache
def _titles() -> frozenset[str]:
    words = load_words()
    return frozenset(w.strip(".") for w in words["person"] | words["male"] | words["female"] | talk_words()["title"])


def _interview(document: Document, sentences: Sequence[Sentence], least: int = 0) -> tuple[Stretch, ...]:
    """Questions of the interviewer and answers of the guest, paragraph by paragraph.

    Args:
        least: number of questions from which the text need not say that it is an interview; 0 if it must.
    """
    paragraphs = [list(group) for group in _paragraphs(sentences)]
    asked = [i for i, p in enumerate(paragraphs) if _is_question(document, p)]
    if not asked:
        return ()
    opening = [s for p in paragraphs[: asked[0]] for s in p] or list(sentences[:OPENING])
    answers = [s for i in asked if i + 1 < len(paragraphs) and i + 1 not in asked for s in paragraphs[i + 1]]
    guest, host = _guest_and_host(opening[:OPENING], sentences, answers if 0 < least <= len(asked) else [])
    if guest is None:
        return ()
    out = []
    for i, paragraph in enumerate(paragraphs):
        span = Span(paragraph[0].span.start, _end(paragraph))
        out.append(Stretch(span, host, guest) if i in asked else Stretch(span, guest, host))
    return tuple(out)


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and group[-1].part != sentence.part:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _is_question(document: Document, paragraph: Sequence[Sentence]) -> bool:
    words = sum(len(s.tokens) for s in paragraph)
    first = document.text[paragraph[0].span.start]
    return words <= LONGEST_QUESTION and paragraph[-1].tokens[-1].text == "?" and first not in _MARKS


def _guest_and_host(
    opening: Sequence[Sentence], sentences: Sequence[Sentence], answers: Sequence[Sentence]
) -> tuple[Span | None, Span | None]:
    """The person interviewed and the one who asks, as the opening tells; else who is named there and nowhere in the answers.

    Args:
        answers: the sentences after questions, if there are so many that the text need not say what it is.
    """
    counts = _name_counts(sentences)
    pairs = [pair for s in opening for pair in _interviews(s)]
    guests = [n for guest, _ in pairs for n in guest]
    if not guests and answers:
        spoken_of = _name_counts(answers)
        guests = [p for s in opening for p in _persons(s) if not spoken_of[_surname(p)] and counts[_surname(p)] > 1]
    guest = max(guests, key=lambda n: counts[_surname(n)], default=None)
    if guest is None:
        return None, None
    people = [n for one, other in pairs for n in (*one, *other) if _surname(n) != _surname(guest)]
    return guest[0].span, people[0][0].span if people else None


Person = tuple[Name, Sentence]


def _surname(person: Person) -> str:
    return person[1].tokens[person[0].last - 1].text.lower()


def _name_counts(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(_surname((n, s)) for s in sentences for n in s.names if n.kind == "PER")


def _persons(sentence: Sentence) -> list[Person]:
    return [(n, sentence) for n in sentence.names if n.kind == "PER"]


def _top(name: Name, sentence: Sentence) -> int:
    """The word of a name that hangs from outside it."""
    return next((i for i in range(name.first, name.last) if not name.first <= sentence.tokens[i].head < name.last), name.first)


def _interviews(sentence: Sentence) -> Iterator[tuple[list[Person], list[Person]]]:
    """(who may be the guest, who else takes part) of each word that tells of an interview."""
    words = talk_words()
    for i, token in enumerate(sentence.tokens):
        lemma = token.lemma.lower()
        if lemma in words["interview"]:
            yield _under(sentence, i, "obj", "nsubj:pass", "nmod", "obl", "appos", "dep"), _under(sentence, i, "nsubj", "obl:agent")
        elif lemma in words["talking"] and token.upos == "VERB":
            partner = [p for c in sentence.dependents(i, "obl") if _case(sentence, c) in ("with", "to") for p in _bearers(sentence, c)]
            if partner:
                yield [*partner, *_under(sentence, i, "nsubj")], []
        if lemma in words["telling"] and token.upos == "VERB" and (told := _under(sentence, i, "nsubj")):
            yield told, []


def _case(sentence: Sentence, i: int) -> str:
    return next((sentence.tokens[c].lemma.lower() for c in sentence.dependents(i, "case")), "")


def _bearers(sentence: Sentence, top: int) -> list[Person]:
    """Persons whose names a word is in, or that it is joined to by an apposition: not "Santorum" of "owner of the Santorum bar"."""
    return [p for p in _persons(sentence) if _hangs(sentence, _top(*p), top)]


def _hangs(sentence: Sentence, i: int, top: int) -> bool:
    for _ in sentence.tokens:
        if i == top:
            return True
        if i < 0 or sentence.tokens[i].role not in _JOINS:
            return False
        i = sentence.tokens[i].head
    return False


def _under(sentence: Sentence, i: int, *roles: str) -> list[Person]:
    return [p for c in sentence.dependents(i, *roles) for p in _bearers(sentence, c)]


def _introduced(sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """ "My name is Amy Sells": she speaks, from the beginning to whoever says so next."""
    heads = [(i, name) for i, s in enumerate(sentences) if (name := _own_name(s))]
    ends = [*(i for i, _ in heads[1:]), len(sentences)]
    starts = [0, *(i for i, _ in heads[1:])]
    return tuple(
        Stretch(Span(sentences[a].span.start, _end(sentences[a:b])), name)
        for a, b, (_, name) in zip(starts[: len(heads)], ends[: len(heads)], heads, strict=True)
    )


def _own_name(sentence: Sentence) -> Span | None:
    if any(t.text in _MARKS for t in sentence.tokens):
        return None  # somebody quoted says so
    for name in sentence.names:
        head = _top(name, sentence)
        subjects = sentence.dependents(head, "nsubj")
        if name.kind != "PER" or not sentence.dependents(head, "cop") or not subjects or sentence.dependents(head, "case"):
            continue
        top = subjects[0]
        mine = any(sentence.tokens[c].text.lower() == "my" for c in sentence.children[top]) and sentence.tokens[top].lemma.lower() == "name"
        if mine or sentence.tokens[top].text == "I":
            return name.span
    return None


def _speech(sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """A text whose opening says whose speech it is: "Remarks by X", "X's inaugural address", "X delivered remarks"."""
    for sentence in sentences[:HEADING]:
        if giver := _giver(sentence):
            return (Stretch(Span(sentences[0].span.start, _end(sentences)), giver[0].span),)
    return ()


def _giver(sentence: Sentence) -> Person | None:
    words = talk_words()
    for i, token in enumerate(sentence.tokens):
        if token.lemma.lower() not in words["speech"] and token.text.lower().rstrip("s") not in words["speech"]:
            continue
        owners = [p for c in sentence.dependents(i, "nmod:poss", "compound") for p in _bearers(sentence, c)]
        owners += [p for c in sentence.dependents(i, "nmod") if _case(sentence, c) in ("by", "of") for p in _bearers(sentence, c)]
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if not owners and above and above.lemma.lower() in words["giving"] and token.role == "obj":
            owners = _under(sentence, token.head, "nsubj")
        if owners:
            return owners[0]
    return None
