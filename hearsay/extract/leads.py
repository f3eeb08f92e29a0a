"""Sentences that lead up to a quotation with a colon: "The ministry's statement read:" and then the words themselves.

The model sees one sentence at a time and often no content there, so it hesitates. The layout tells: a colon ends the sentence, and the
next one is wholly quoted.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from hearsay.core.document import Document, Sentence
from hearsay.extract.attribution_features import cue_head
from hearsay.extract.attribution_spans import is_word
from hearsay.extract.continuations import FULL, stories
from hearsay.extract.drafts import Draft, by_sentence
from hearsay.extract.inner import cue_group
from hearsay.extract.quotations import Quotes
from hearsay.extract.stances import find_row

LEAST_SCORE = 0.8
"""Of 27 such sentences in PolNeAR train 25 are marked; the cue is not always the marked one."""
LEAST_DOUBT = 0.05
"""Score of a draft below which its cue is not trusted even before a quotation."""


def raise_leads(document: Document, quotes: Quotes, drafts: list[Draft]) -> None:
    """Give sentences that lead up to a quotation a draft of at least `LEAST_SCORE`: the likeliest of their own, else one from the tree."""
    beside = by_sentence(drafts)
    for sentences in stories(document):
        for sentence, after in pairwise(sentences):
            if not _leads(sentence, after, quotes):
                continue
            own = [d for d in beside.get(sentence.index, []) if d.score >= LEAST_DOUBT]
            if own:
                best = max(own, key=lambda d: d.score)
                best.score = max(best.score, LEAST_SCORE)
            elif made := _from_tree(sentence):
                drafts.append(made)


def _leads(sentence: Sentence, after: Sentence, quotes: Quotes) -> bool:
    if sentence.tokens[-1].text != ":" or after.part - sentence.part > 1 or quotes.number[sentence.tokens[-1].start] >= 0:
        return False
    words = [t.start for t in after.tokens if is_word(t.text)]
    return bool(words) and float((quotes.number[words] >= 0).mean()) >= FULL


def _from_tree(sentence: Sentence) -> Draft | None:
    """The root verb as cue if the cue table knows it, its subject as source."""
    root = sentence.root
    first, last = cue_group(sentence, root)
    if sentence.tokens[root].upos != "VERB" or find_row(sentence, first, last) is None:
        return None
    subjects = sentence.dependents(cue_head(sentence, first, last), "nsubj")
    source = [i for s in subjects for i in sentence.subtree(s)]
    blank = np.zeros((len(sentence.tokens), 3), np.float32)
    return Draft(sentence.index, first, last, source, [], blank, blank, LEAST_SCORE, "leads:colon")
