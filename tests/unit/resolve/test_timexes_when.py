"""Which time belongs to which event, with trees drawn by hand, with none, and with the encoder's."""

from __future__ import annotations

import pytest

from hearsay.core.document import Article, Document, Sentence, Token
from hearsay.core.records import When
from hearsay.core.span import Span
from hearsay.resolve.timexes import choose_time, find_timexes


def sentence_of(drawn: str) -> tuple[str, Sentence]:
    """A sentence from words "form/UPOS/XPOS/head/relation" (head from 1, 0 for the root), or from bare words without a tree."""
    text, tokens = "", []
    for word in drawn.split():
        form, *rest = word.split("/")
        upos, xpos, head, relation = rest or ("", "", "0", "")
        text += " " if text and form not in ",." else ""
        tokens.append(Token(form, len(text), len(text) + len(form), form, upos, xpos, int(head) - 1, relation, "O"))
        text += form
    return text, Sentence(0, Span(0, len(text)), 0, tuple(tokens))


def time_of(drawn: str, word: str, *, lead: bool = False, asserted: bool = True, date: str = "2022-12-20") -> str | None:
    text, sentence = sentence_of(drawn)
    timexes = find_timexes(Document(Article(text), (sentence,)), date)
    trigger = next(i for i, t in enumerate(sentence.tokens) if t.text == word)
    when = choose_time(sentence, trigger, timexes, date if lead else None, asserted)
    return when.value if when else None


SAID = (
    "Rebels/NOUN/NNS/2/nsubj attacked/VERB/VBD/7/ccomp Goma/PROPN/NNP/2/obj Sunday/PROPN/NNP/2/obl:unmarked ,/PUNCT/,/7/punct "
    "police/NOUN/NN/7/nsubj said/VERB/VBD/0/root Monday/PROPN/NNP/7/obl:unmarked"
)
AFTER = (
    "The/DET/DT/2/det comments/NOUN/NNS/3/nsubj come/VERB/VBP/0/root nearly/ADV/RB/5/advmod two/NUM/CD/6/nummod "
    "weeks/NOUN/NNS/3/obl:unmarked after/SCONJ/IN/9/mark Russia/PROPN/NNP/9/nsubj freed/VERB/VBD/3/advcl Griner/PROPN/NNP/9/obj"
)
LATER = (
    "The/DET/DT/2/det court/NOUN/NN/3/nsubj ruled/VERB/VBD/0/root two/NUM/CD/5/nummod days/NOUN/NNS/3/obl:unmarked after/SCONJ/IN/9/mark "
    "police/NOUN/NN/9/nsubj had/AUX/VBD/9/aux arrested/VERB/VBN/3/advcl him/PRON/PRP/9/obj on/ADP/IN/12/case Friday/PROPN/NNP/9/obl"
)
SHARED = (
    "On/ADP/IN/2/case Friday/PROPN/NNP/4/obl police/NOUN/NN/4/nsubj fired/VERB/VBD/0/root and/CCONJ/CC/6/cc arrested/VERB/VBD/4/conj "
    "dozens/NOUN/NNS/6/obj"
)
NOUN = (
    "Friday/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case demonstration/NOUN/NN/5/nsubj was/AUX/VBD/5/cop peaceful/ADJ/JJ/0/root "
    ",/PUNCT/,/8/punct he/PRON/PRP/8/nsubj said/VERB/VBD/5/parataxis"
)
UNTIMED = "Rebels/NOUN/NNS/3/nsubj have/AUX/VBP/3/aux attacked/VERB/VBN/0/root Goma/PROPN/NNP/3/obj"


@pytest.mark.parametrize(
    ("drawn", "word", "value"),
    [
        (SAID, "attacked", "2022-12-18"),
        (SAID, "said", "2022-12-19"),
        (AFTER, "freed", "2022-12"),
        (AFTER, "come", None),
        (LATER, "arrested", "2022-12-16"),
        (LATER, "ruled", "2022-12-18"),
        (SHARED, "fired", "2022-12-16"),
        (SHARED, "arrested", "2022-12-16"),
        (NOUN, "demonstration", "2022-12-16"),
        (NOUN, "said", None),
    ],
)
def test_time_by_tree(drawn, word, value):
    assert time_of(drawn, word) == value


def test_the_reports_date_only_in_the_lead_and_only_for_what_happened():
    assert time_of(UNTIMED, "attacked", lead=True) == "2022-12-20"
    assert time_of(UNTIMED, "attacked", lead=True, asserted=False) is None
    assert time_of(UNTIMED, "attacked") is None


def test_without_a_tree_by_clause():
    drawn = "Rebels attacked Goma Sunday , police said Monday"
    assert time_of(drawn, "attacked") == "2022-12-18"
    assert time_of(drawn, "said") == "2022-12-19"


def test_the_words_are_kept():
    text, sentence = sentence_of(SAID)
    timexes = find_timexes(Document(Article(text), (sentence,)), "2022-12-20")
    assert choose_time(sentence, 1, timexes, None) == When("2022-12-18", Span(21, 27))
