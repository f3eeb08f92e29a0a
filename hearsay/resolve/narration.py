"""The voice of a text that speaks in the first person outside quotation marks.

Ways to tell it, tried in this order: labels in capitals stand before the turns, the text is an interview, the floor is given to those who
speak (`chaired`), it is a talk without names at its turns (`dialogue`), somebody is called by name in a sentence of its own and speaks
from there on ("Speaker Pelosi. Thank you …"), somebody says "my name is", many questions are asked, one person speaks alone (`monologue`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from hearsay.core.document import STORY_KINDS, Document, Sentence
from hearsay.core.span import Span
from hearsay.resolve.chaired import find_statements
from hearsay.resolve.dialogue import INTERVIEW, OPENS, Turn, find_dialogue, read_turns, who_asks
from hearsay.resolve.monologue import find_monologue
from hearsay.resolve.stretches import Person, Stretch, bearers, call, case_of, own_name, persons, says_first, talk_words, under, whole

LEAST_QUESTIONS = 3
"""Paragraphs with a question from which a text is an interview though nothing says so."""
OPENING = 14
"""Sentences at a text's beginning that may say who speaks."""
_LABEL = re.compile(r"(?:[AP]\.?M\.? (?:[A-Z]{2,4} )?)?\b((?:[A-Z][A-Z.'’-]+ ?){1,5}|[QA]) ?:(?=\s|$)")
"""Words in capitals and a colon: "6:13 P.M. EDT THE VICE PRESIDENT:"."""


def find_stretches(document: Document) -> tuple[Stretch, ...]:
    """Voices of the unquoted text in order, without overlap; empty if the text is told in the third person."""
    sentences = story_sentences(document)
    if labelled := _labelled(document, sentences):
        return labelled
    turns = read_turns(document.text, sentences)
    told = _interview(turns, sentences) or find_statements(document.text, turns, sentences) or find_dialogue(turns)
    told = told or _called(sentences) or _introduced(sentences)
    return told or _interview(turns, sentences, least=LEAST_QUESTIONS) or find_monologue(document, sentences)


def story_sentences(document: Document) -> list[Sentence]:
    """Sentences that tell the report's own story."""
    parts = [p.story == 0 and p.kind in STORY_KINDS for p in document.article.parts]
    return [s for s in document.sentences if s.tokens and parts[s.part]]


def _labelled(document: Document, sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """Speech after labels, each to the next, said to whose label stands before or after; that of "Q" and "A" is nobody's here."""
    labels = list(_labels(document.text, sentences))
    if sum(name.length > 1 for name in labels) < 2:
        return ()
    ends = [*(name.start for name in labels[1:]), sentences[-1].span.end]
    spoken = [Span(name.end + 1, end) for name, end in zip(labels, ends, strict=True)]
    heard = [_other(document.text, labels, i) for i in range(len(labels))]
    return tuple(Stretch(*row) for row in zip(spoken, labels, heard, strict=True) if row[1].length > 1)


def _other(text: str, labels: Sequence[Span], i: int) -> Span | None:
    """The label before, else after, that is of another one."""
    near = [*labels[max(0, i - 1) : i], *labels[i + 1 : i + 2]]
    return next((name for name in near if name.of(text) != labels[i].of(text) and name.length > 1), None)


def _labels(text: str, sentences: Sequence[Sentence]) -> Iterator[Span]:
    """Labels that open a paragraph or end a sentence."""
    part = -1
    for sentence in sentences:
        found = _LABEL.search(text, sentence.span.start, sentence.span.end) if ":" in sentence.span.of(text) else None
        opens = found is not None and found.start() == sentence.span.start and sentence.part != part
        if found and (opens or sentence.tokens[-1].end <= found.end()):
            yield Span(*found.span(1)).trim(text)
        part = sentence.part


def _called(sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """Speech after a sentence that is nothing but a name: each runs to the next such sentence."""
    heads = [(i, name) for i, s in enumerate(sentences[:-1]) if (name := call(sentences, i))]
    edges = pairwise([*(i for i, _ in heads), len(sentences)])
    spoken = [(name, sentences[i + 1 : after]) for (_, name), (i, after) in zip(heads, edges, strict=True)]
    return tuple(Stretch(whole(said), name) for name, said in spoken if any(map(says_first, said)))


def _interview(turns: Sequence[Turn], sentences: Sequence[Sentence], least: int = 0) -> tuple[Stretch, ...]:
    """Questions of the interviewer and answers of the guest, paragraph by paragraph.

    Args:
        least: number of questions from which the text need not say that it is an interview; 0 if it must.
    """
    asked = [i for i, t in enumerate(turns) if "question" in t.signs]
    if not asked:
        return ()
    opening = [s for s in sentences if s.span.start < turns[asked[0]].span.start] or list(sentences[:OPENING])
    follows = [turns[i + 1].span for i in asked if i + 1 < len(turns) and i + 1 not in asked]
    answers = [s for s in sentences if any(span.holds(s.span) for span in follows)]
    guest, host = _guest_and_host(opening[:OPENING], sentences, answers if 0 < least <= len(asked) else [])
    if guest is None:
        return ()
    begin = next(i for i, t in enumerate(turns) if {"question", "voiced"} & t.signs)
    return tuple(_turns_of(turns[:begin], [False] * begin, guest, host)) + tuple(_sides(turns[begin:], guest, host))


def _sides(turns: Sequence[Turn], guest: Span, host: Span | None) -> Iterator[Stretch]:
    talk = [t for t in turns if "heading" not in t.signs]
    return _turns_of(talk, who_asks(talk, INTERVIEW, OPENS), guest, host)


def _turns_of(turns: Sequence[Turn], asks: Sequence[bool], guest: Span, host: Span | None) -> Iterator[Stretch]:
    for turn, is_question in zip(turns, asks, strict=True):
        yield Stretch(turn.span, host, guest) if is_question else Stretch(turn.span, turn.own or guest, host)


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
        guests = [p for s in opening for p in persons(s) if not spoken_of[_surname(p)] and counts[_surname(p)] > 1]
    guest = max(guests, key=lambda n: counts[_surname(n)], default=None)
    if guest is None:
        return None, None
    people = [n for one, other in pairs for n in (*one, *other) if _surname(n) != _surname(guest) and not _is_joined(n, guest)]
    return guest[0].span, people[0][0].span if people else None


def _is_joined(one: Person, other: Person) -> bool:
    """ "Ruth Cohen, Dan Levi and Eva Horn": all are asked, none asks."""
    sentence = one[1]
    return sentence is other[1] and len({_first_of_list(sentence, sentence.name_head(n)) for n, _ in (one, other)}) == 1


def _first_of_list(sentence: Sentence, i: int) -> int:
    while sentence.tokens[i].role == "conj":
        i = sentence.tokens[i].head
    return i


def _surname(person: Person) -> str:
    return person[1].tokens[person[0].last - 1].text.lower()


def _name_counts(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(_surname((n, s)) for s in sentences for n in s.names if n.kind == "PER")


def _interviews(sentence: Sentence) -> Iterator[tuple[list[Person], list[Person]]]:
    """(who may be the guest, who else takes part) of each word that tells of an interview."""
    words = talk_words()
    for i, token in enumerate(sentence.tokens):
        lemma = token.lemma.lower()
        if lemma in words["interview"]:
            yield under(sentence, i, "obj", "nsubj:pass", "nmod", "obl", "appos", "dep"), under(sentence, i, "nsubj", "obl:agent")
        elif lemma in words["talking"] and token.upos == "VERB":
            partner = [p for c in sentence.dependents(i, "obl") if case_of(sentence, c) in ("with", "to") for p in bearers(sentence, c)]
            if partner:
                yield [*partner, *under(sentence, i, "nsubj")], []
        if lemma in words["telling"] and token.upos == "VERB" and (told := under(sentence, i, "nsubj")):
            yield told, []


def _introduced(sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """ "My name is Amy Sells": she speaks, from the beginning to whoever says so next."""
    heads = [(i, name) for i, s in enumerate(sentences) if (name := own_name(s))]
    if not heads:
        return ()
    starts = [0, *(i for i, _ in heads[1:]), len(sentences)]
    return tuple(Stretch(whole(sentences[a:b]), name) for (a, b), (_, name) in zip(pairwise(starts), heads, strict=True))
