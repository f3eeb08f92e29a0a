"""Outlets at a sentence's end: "A governor has accused the army of looting, the TASS agency reported."

The model, which learned from text with the outermost attribution marked, hesitates between the two cues of such a sentence.
The tree tells: the reporting clause hangs from the other cue as a parataxis, and all that stands before it is its content.
"""

from __future__ import annotations

from collections.abc import Sequence

from hearsay.core.document import Document, Sentence
from hearsay.extract.attribution_features import cue_head
from hearsay.extract.attribution_spans import is_word
from hearsay.extract.drafts import Draft
from hearsay.extract.stances import find_row

LEAST_SCORE = 0.6
_SAYING = frozenset({"asserts", "claims", "confirms"})


def raise_reports(document: Document, drafts: Sequence[Draft]) -> None:
    """Give closing reporting clauses whose head is another draft's cue everything before them, and at least `LEAST_SCORE`."""
    beside: dict[int, list[Draft]] = {}
    for draft in drafts:
        beside.setdefault(draft.sentence, []).append(draft)
    for draft in drafts:
        others = [d for d in beside[draft.sentence] if d.last <= draft.first]
        sentence = document.sentences[draft.sentence]
        edge = _closing_clause(sentence, draft) if others else 0
        head = sentence.tokens[cue_head(sentence, draft.first, draft.last)].head
        if edge and any(d.first <= head < d.last for d in others):
            draft.content = list(range(edge))
            draft.source = [i for i in draft.source if i >= edge] or list(_subject(sentence, draft))
            draft.score = max(draft.score, LEAST_SCORE)


def _closing_clause(sentence: Sentence, draft: Draft) -> int:
    """Index of the comma before a reporting clause that closes its sentence; 0 if the draft is no such clause."""
    head = cue_head(sentence, draft.first, draft.last)
    row = find_row(sentence, draft.first, draft.last)
    if sentence.tokens[head].role != "parataxis" or row is None or row.stance not in _SAYING:
        return 0
    words = [i for i in sentence.subtree(head) if is_word(sentence.tokens[i].text)]
    left = min(words)
    if max(words) < max(i for i, t in enumerate(sentence.tokens) if is_word(t.text)) or left < 2:
        return 0
    marks = [i for i in range(max(0, left - 2), left) if sentence.tokens[i].text == ","]
    return left if marks else 0


def _subject(sentence: Sentence, draft: Draft) -> list[int]:
    head = cue_head(sentence, draft.first, draft.last)
    return [i for s in sentence.dependents(head, "nsubj") for i in sentence.subtree(s)]
