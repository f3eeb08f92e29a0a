"""Quotation marks: pairs, lost marks, nested marks, paragraphs. The answer is drawn with ⟦ ⟧, marks included."""

from __future__ import annotations

import pytest

from hearsay.core.span import Span
from hearsay.extract.quotations import find_quotations, split_paragraphs

CASES = [
    ("⟦“We stay,”⟧ she said.", "curly marks"),
    ('⟦"We stay,"⟧ she said. ⟦"All of us."⟧', "straight marks, twice"),
    ("⟦«Nous restons»⟧, dit-elle.", "French marks"),
    ("⟦„Wir bleiben“⟧, sagte sie. ⟦„Alle“⟧.", "German marks: the closing one opens in English"),
    ("⟦``We stay,''⟧ she said.", "typed marks"),
    ("⟦''We stay,''⟧ she said.", "two apostrophes for both"),
    ("⟦‘We stay,’⟧ she said. ⟦‘It’s the boys’ house.’⟧", "single marks; the apostrophes inside close nothing"),
    ("⟦'We stay,'⟧ she said, and didn't go.", "straight single marks beside an apostrophe"),
    ("It's the boys' house, isn't it?", "apostrophes only"),
    ("⟦“He said ⟦‘no’⟧ to me,”⟧ she said.", "single inside double"),
    ("⟦The bridge is gone,”⟧ he said.", "lost opening mark: the quotation opens at the paragraph's start"),
    ('⟦The bridge is gone,"⟧ he said.', "the same, straight"),
    ("He called it ⟦“mad”⟧ and left. ⟦It is over,”⟧ he said.", "lost opening mark after another quotation: at the next sentence"),
    ("He said: ⟦“The bridge is gone and we wait.⟧", "lost closing mark: to the paragraph's end"),
    ("⟦“We stay.⟧\n⟦“All of us,”⟧ she said.", "a paragraph that runs on has no closing mark"),
    ("⟦“We stay.’⟧ The mayor left at noon.", "a single mark typed for the closing one"),
    ("⟦“We ⟦‘stay’⟧ here.⟧", "a single mark that one before it opened closes nothing"),
    ("⟦“We stay,⟧ the mayor of Ruhl said.", "lost closing mark before a reporting clause"),
    ("⟦“We all know what the mayor said. We stay.⟧", "a saying inside the quotation is no reporting clause"),
    ("⟦“We stay.’ All of us.⟧\n⟦“We stay,”⟧ she said.", "a paragraph that runs on keeps its stray marks"),
    ("He is 6'2\" tall and won ⟦\"gold\"⟧.", "inches are no mark"),
    ("A ⟦“hostage”⟧ swap", "scare quotes are quotations to this module"),
    ("(⟦“Yes”⟧)—⟦“No”⟧", "marks beside brackets and dashes"),
]


@pytest.mark.parametrize(("drawn", "reason"), CASES, ids=[c[1] for c in CASES])
def test_quotations(drawn: str, reason: str) -> None:
    text, stack, wanted = "", [], []
    for letter in drawn:
        if letter == "⟦":
            stack.append(len(text))
        elif letter == "⟧":
            wanted.append((stack.pop(), len(text)))
        else:
            text += letter
    found = find_quotations(text, split_paragraphs(text, Span(0, len(text))))
    assert sorted(tuple(q.span) for q in found) == sorted(wanted), [q.span.of(text) for q in found]


def test_a_paragraph_that_opens_again_carries_the_quotation_on() -> None:
    text = "“We stay.\n“All of us,” she said."
    first, second = find_quotations(text, split_paragraphs(text, Span(0, len(text))))
    assert (first.closed, second.before) == (False, 0)


def test_a_closed_quotation_is_not_carried_on() -> None:
    text = "“We stay.”\n“All of us,” she said."
    assert [q.before for q in find_quotations(text, split_paragraphs(text, Span(0, len(text))))] == [None, None]
