"""Statements one after the other, to each of which somebody who presides gives the floor.

Whoever has it speaks from the next paragraph until somebody else is given it or he is thanked; whom he addresses presides. Where
paragraphs ask questions besides, the text is a `dialogue`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.resolve.dialogue import Turn
from hearsay.resolve.stretches import Stretch, paragraphs, talk_words


def find_statements(text: str, turns: Sequence[Turn], sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """Stretches of those who are given the floor and of the chair between them; empty if nobody is given it or questions are asked."""
    if not any("floor" in t.signs for t in turns[:-1]) or any("question" in t.signs and "floor" not in t.signs for t in turns):
        return ()
    chair = next((t.judge or t.honoured for t in turns if "floor" not in t.signs and (t.judge or t.honoured)), None)
    return tuple(_stretches(text, list(paragraphs(sentences)), turns, chair))


def _stretches(text: str, blocks: Sequence[Sequence[Sentence]], turns: Sequence[Turn], chair: Span | None) -> Iterator[Stretch]:
    holder: Span | None = None
    is_open = False
    for block, turn in zip(blocks, turns, strict=True):
        if "floor" in turn.signs:
            holder, is_open = turn.named, True
        elif holder and is_open and not _thanks(block[0], holder.of(text).split()[-1]):
            yield Stretch(turn.span, holder, chair)
            continue
        else:
            is_open = False
        yield Stretch(turn.span, chair, holder)


def _thanks(sentence: Sentence, surname: str) -> bool:
    """ "Thank you, Ms. Adeyemi", "I thank Mr. Osei for his statement": his time is over."""
    return surname in {t.text for t in sentence.tokens} and any(t.lemma.lower() in talk_words()["thanking"] for t in sentence.tokens)
