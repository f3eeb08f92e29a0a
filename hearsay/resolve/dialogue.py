"""Talk whose turns carry no names: who asks and who answers, paragraph by paragraph, and who they are.

Two sides are told apart: those who ask (an interviewer, the bench) and those who answer (a guest, counsel, a witness). The best
path through the paragraphs is taken over what each says (questions, "you" against "I", whom it addresses) and the habit of taking
turns. Whoever is addressed by name answers from there on; the side that asks is called as the answers call it: "Your Honor".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.resolve.candidates import load_words
from hearsay.resolve.floor import floor_given
from hearsay.resolve.stretches import (
    Stretch,
    address_span,
    addressed,
    call,
    is_of_bench,
    own_name,
    paragraphs,
    spoken_tokens,
    talk_words,
    whole,
)

LONGEST_QUESTION = 90
LONGEST_HEADING = 12
LEAST_SIGNS = 2
"""Questions and names called, taken together, from which a text can be a dialogue."""
FOR_ASKING = {
    "question": 1.6, "query": 1.6, "second": 0.8, "first": -0.8, "long": -1.5, "named": 2.0, "honoured": -2.0, "own": -5.0, "answer": -0.7,
    "plain": -0.6,
}  # fmt: skip
"""What each sign counts for the side that asks; read off hearings and interviews of GUM train. "query": a long paragraph that ends in a
question; "plain": one of some length without "you" and question."""
HEARING, INTERVIEW = 0.9, 0.5
"""What it counts that the other side speaks next; answers in an interview run over paragraphs."""
BROKEN_OFF = 0.6
"""What it counts more where the last turn was broken off."""
OPENS = 0.8
"""What it counts that an interview begins with a question."""
_STOPS = (".", "!", "?", "…", "...", "-", "--", "–", "—", ":", ")", "]", "”", '"', "’")


class Turn(NamedTuple):
    """A paragraph of talk with the signs of who speaks in it; `named`, `honoured` and `judge` are whom it addresses, `own` the speaker."""

    span: Span
    signs: frozenset[str]
    is_broken: bool
    named: Span | None
    honoured: Span | None
    judge: Span | None
    own: Span | None


def read_turns(text: str, sentences: Sequence[Sentence]) -> list[Turn]:
    """A turn for each paragraph."""
    calls = {s.index: span for i, s in enumerate(sentences) if (span := call(sentences, i))}
    return [_turn(text, p, next((calls[s.index] for s in p if s.index in calls), None)) for p in paragraphs(sentences)]


def _turn(text: str, paragraph: Sequence[Sentence], called: Span | None) -> Turn:
    words = load_words()
    spoken = spoken_tokens(text, paragraph)
    said = [t.text if t.text in words["short_forms"] else t.text.lower() for t in spoken]
    said_here = {t.start for t in spoken}
    calls = list(_vocatives(paragraph, said_here))
    floor = next((name for s in paragraph[:-3:-1] if (name := floor_given(s)) and name.start in said_here), None)
    named = floor or called or next((span for span, kind in reversed(calls) if kind == "named"), None)
    honoured, judge = (next((span for span, kind in calls if kind == key), None) for key in ("honoured", "judge"))
    own = next((name for s in paragraph if (name := own_name(s))), None)
    first, second = (any(w in words[group] for w in said) for group in ("first", "second"))
    last = spoken[-1].text if spoken else ""
    short = len(said) <= LONGEST_QUESTION * (2 if second else 1)
    held = {
        "question": last == "?" and short, "query": last == "?" and not short, "long": len(said) > LONGEST_QUESTION,
        "first": first and not second, "second": second and not first, "named": named, "own": own, "floor": floor,
        "plain": len(said) > LONGEST_HEADING * 2 and not second and "?" not in said,
        "honoured": honoured or judge or any(map(_pleads, paragraph)),
        "answer": bool(said) and said[0] in talk_words()["answering"] and last != "?", "voiced": first or second,
        "heading": len(said) <= LONGEST_HEADING and not (first or second or calls or called) and last not in _STOPS,
    }  # fmt: skip
    return Turn(whole(paragraph), frozenset(k for k, v in held.items() if v), last in ("-", "--", "–", "—"), named, honoured, judge, own)


def _vocatives(paragraph: Sequence[Sentence], spoken: Set[int]) -> Iterator[tuple[Span, str]]:
    """(mention, "named", "judge" or "honoured") of each one addressed outside quotation marks."""
    for sentence in paragraph:
        for i, name in addressed(sentence):
            token = sentence.tokens[i]
            if token.start not in spoken:
                continue
            if name:
                yield name.span, "judge" if is_of_bench(sentence, name) else "named"
            elif token.lemma.lower().rstrip("s") in talk_words()["honoured"]:
                yield address_span(sentence, i), "honoured"


def _pleads(sentence: Sentence) -> bool:
    """ "May it please the Court": so counsel begins."""
    pleased = (c for i, t in enumerate(sentence.tokens) if t.lemma.lower() == "please" for c in sentence.dependents(i, "obj"))
    return any(sentence.tokens[c].lemma.lower() in talk_words()["honoured"] for c in pleased)


def who_asks(turns: Sequence[Turn], changes: float, opens: float = 0.0) -> list[bool]:
    """Whether each turn is of the side that asks: the best path over the turns.

    Args:
        changes: what it counts that the other side speaks next.
        opens: what it counts that a question comes first.
    """
    scores = (0.0, opens)  # of the best paths that end with an answer, with a question
    steps: list[tuple[int, int]] = []
    for i, turn in enumerate(turns):
        sign = sum(FOR_ASKING.get(s, 0.0) for s in turn.signs) / 2
        gain = 0.0 if not i else changes + BROKEN_OFF * turns[i - 1].is_broken
        crossed = (scores[1] + gain > scores[0], scores[0] + gain > scores[1])
        scores = (max(scores[0], scores[1] + gain) - sign, max(scores[1], scores[0] + gain) + sign) if i else (-sign, opens + sign)
        steps.append((int(crossed[0]), int(not crossed[1])))
    path = [int(scores[1] > scores[0])]
    for step in reversed(steps[1:]):
        path.append(step[path[-1]])
    return [bool(side) for side in reversed(path)] if turns else []


def find_dialogue(turns: Sequence[Turn]) -> tuple[Stretch, ...]:
    """Stretches of a talk in which somebody is addressed or says who he is; empty if the text is none."""
    turns = [t for t in turns if "heading" not in t.signs]
    asked, called = sum("question" in t.signs for t in turns), sum(t.named is not None for t in turns)
    voiced = sum("voiced" in t.signs for t in turns)
    is_addressed = any(t.named or t.honoured or t.judge or t.own for t in turns)
    if not asked or asked + called < LEAST_SIGNS or 2 * voiced < len(turns) or not is_addressed:
        return ()
    sides = who_asks(turns, HEARING)
    if all(sides) or sum(sides) < LEAST_SIGNS:
        return ()
    asker = next((t.honoured for t, asks in zip(turns, sides, strict=True) if t.honoured and not asks), None)
    return tuple(_stretches(turns, sides, list(_askers(turns, sides, asker))))


def _askers(turns: Sequence[Turn], sides: Sequence[bool], asker: Span | None) -> Iterator[Span | None]:
    """Who is on the asking side at each turn: the judge whom the answer names, until another is named, else what all are called."""
    for i, turn in enumerate(turns):
        answer = turns[i + 1] if sides[i] and i + 1 < len(turns) and not sides[i + 1] else None
        asker = (answer.judge if answer else None if sides[i] else turn.judge) or asker
        yield asker


def _stretches(turns: Sequence[Turn], sides: Sequence[bool], askers: Sequence[Span | None]) -> Iterator[Stretch]:
    answerer: Span | None = None
    for turn, asks, asker in zip(turns, sides, askers, strict=True):
        answerer = (turn.named if asks else turn.own) or answerer
        yield Stretch(turn.span, asker, answerer) if asks else Stretch(turn.span, answerer, asker)
