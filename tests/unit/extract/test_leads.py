"""Sentences that lead up to a quotation, and reporting clauses at a sentence's end, on trees written out."""

from __future__ import annotations

import numpy as np

from hearsay.core.document import Article, Document, Part, Sentence
from hearsay.core.span import Span
from hearsay.extract.drafts import Draft
from hearsay.extract.leads import LEAST_SCORE, raise_leads
from hearsay.extract.quotations import mark_quotes
from hearsay.extract.reports import raise_reports
from tests.unit.extract.conll import tree

LEAD = """
The the DET DT 2 det
ministry ministry NOUN NN 3 nsubj
replied reply VERB VBD 0 root
: : PUNCT : 3 punct
"""
QUOTED = """
« « PUNCT `` 3 punct
Nobody nobody PRON NN 3 nsubj
leaves leave VERB VBZ 0 root
. . PUNCT . 3 punct
» » PUNCT '' 3 punct
"""
CLOSING = """
Rebels rebel NOUN NNS 2 nsubj
shelled shell VERB VBD 0 root
schools school NOUN NNS 2 obj
, , PUNCT , 6 punct
officials official NOUN NNS 6 nsubj
said say VERB VBD 2 parataxis
. . PUNCT . 2 punct
"""


def lay_out(*blocks: str) -> Document:
    """A document whose sentences are paragraphs of their own."""
    found, parts, text = [], [], ""
    for number, block in enumerate(blocks):
        one = tree(block)
        start = len(text)
        tokens = tuple(t._replace(start=t.start + start, end=t.end + start) for t in one.tokens)
        text += " ".join(t.text for t in one.tokens) + "\n"
        span = Span(tokens[0].start, tokens[-1].end)
        found.append(Sentence(number, span, number, tokens))
        parts.append(Part("body", span))
    return Document(Article(text, tuple(parts)), tuple(found))


def draft(first: int, content: list[int], score: float) -> Draft:
    blank = np.zeros((9, 3), np.float32)
    return Draft(0, first, first + 1, [first - 1], content, blank, blank, score)


def test_a_verb_before_a_colon_and_a_quotation_is_a_cue() -> None:
    document = lay_out(LEAD, QUOTED)
    drafts: list[Draft] = []
    raise_leads(document, mark_quotes(document), drafts)
    assert [(d.first, d.last, d.source, d.score) for d in drafts] == [(2, 3, [0, 1], LEAST_SCORE)]


def test_a_draft_of_its_own_is_raised() -> None:
    document = lay_out(LEAD, QUOTED)
    drafts = [draft(2, [], 0.2)]
    raise_leads(document, mark_quotes(document), drafts)
    assert [d.score for d in drafts] == [LEAST_SCORE]


def test_a_colon_before_plain_text_leads_nowhere() -> None:
    document = lay_out(LEAD, CLOSING)
    drafts: list[Draft] = []
    raise_leads(document, mark_quotes(document), drafts)
    assert not drafts


def test_a_closing_clause_without_content_gets_all_before_it() -> None:
    document = lay_out(CLOSING)
    drafts = [draft(5, [], 0.3)]
    raise_reports(document, drafts)
    assert (drafts[0].content, drafts[0].score >= 0.6) == ([0, 1, 2, 3], True)
