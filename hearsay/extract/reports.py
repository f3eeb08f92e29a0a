"""Outlets that report, cite and quote. At a sentence's end: "A governor has accused the army of looting, the TASS agency reported."

The model, which learned from text with the outermost attribution marked, hesitates between the two cues of such a sentence.
The tree tells: the reporting clause hangs from the other cue as a parataxis, and all that stands before it is its content.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hearsay.core.document import Document, Sentence
from hearsay.extract.attribution_features import cue_head
from hearsay.extract.attribution_spans import is_word
from hearsay.extract.drafts import Draft, by_sentence, is_read
from hearsay.extract.inner import cue_group
from hearsay.extract.stances import find_row

LEAST_SCORE = 0.6
_CITING = frozenset({"cite", "quote"})
_PLAIN = frozenset({"say", "report", "add", "announce"})
"""Verbs that at a sentence's end do nothing but report."""
_SAYING = frozenset({"asserts", "claims", "confirms"})


def raise_citing(document: Document, drafts: list[Draft]) -> None:
    """ "The Times reported, citing two officials, that …": whom it cites is all that "citing" holds, and "reported" is a cue of its own."""
    for draft in list(drafts):
        sentence = document.sentences[draft.sentence]
        head = cue_head(sentence, draft.first, draft.last)
        above = sentence.tokens[head].head
        if sentence.tokens[head].lemma.lower() not in _CITING or sentence.tokens[head].role != "advcl" or above < 0:
            continue
        draft.content = [i for o in sentence.dependents(head, "obj") for i in sentence.subtree(o)] or draft.content
        own = (d for d in drafts if d.sentence == draft.sentence and d.first <= above < d.last)
        holder = next(own, None) or _from_tree(sentence, above)
        if holder and holder not in drafts:
            drafts.append(holder)
        if holder and holder.content:
            holder.score = max(holder.score, draft.score)


def _from_tree(sentence: Sentence, head: int) -> Draft | None:
    """A saying verb with its subject and its clause; None if it is none."""
    first, last = cue_group(sentence, head)
    row = find_row(sentence, first, last)
    if row is None or row.stance not in _SAYING:
        return None
    source, content = ([i for c in sentence.dependents(head, role) for i in sentence.subtree(c)] for role in ("nsubj", "ccomp"))
    blank = np.zeros((len(sentence.tokens), 3), np.float32)
    return Draft(sentence.index, first, last, source, content, blank, blank, LEAST_SCORE, "reports:citing")


def raise_reports(document: Document, drafts: Sequence[Draft]) -> None:
    """Give closing reporting clauses everything before them if the model gave them nothing, or if their head is another draft's cue.

    Such a draft has at least `LEAST_SCORE`.
    """
    beside = by_sentence(drafts)
    for draft in drafts:
        sentence = document.sentences[draft.sentence]
        edge = _closing_clause(sentence, draft)
        own = cue_head(sentence, draft.first, draft.last)
        heads = _told(sentence, own) or [sentence.tokens[own].head]
        others = [d for d in beside[draft.sentence] if d.last <= draft.first]
        straddles = bool(draft.source) and draft.source[0] < edge <= draft.source[-1]  # "An envoy …, the agency reported"
        if edge and (not draft.content or straddles or any(d.first <= head < d.last for d in others for head in heads)):
            draft.content = list(range(edge))
            draft.source = [i for i in draft.source if i >= edge] or list(_subject(sentence, draft))
            draft.score = max(draft.score, LEAST_SCORE)


def add_closing(document: Document, drafts: list[Draft]) -> None:
    """ "Rebels shelled a school, officials said.": a saying clause that closes its sentence is a draft though the model sees no cue."""
    beside = by_sentence(drafts)
    for sentence in document.sentences:
        told = max((d.last for d in beside.get(sentence.index, ())), default=0)
        for i, token in enumerate(sentence.tokens):
            if i < told or token.lemma.lower() not in _PLAIN or not is_read(document, sentence):
                continue
            made = _from_tree(sentence, i)
            edge = _closing_clause(sentence, made) if made and _is_aside(sentence, i) else 0
            if made and edge and made.source:
                made.content, made.rule = list(range(edge)), "reports:closing"
                drafts.append(made)


def _closing_clause(sentence: Sentence, draft: Draft) -> int:
    """Index of the comma before a reporting clause that closes its sentence; 0 if the draft is no such clause."""
    head = cue_head(sentence, draft.first, draft.last)
    row = find_row(sentence, draft.first, draft.last)
    if not _is_aside(sentence, head) or row is None or row.stance not in _SAYING:
        return 0
    told = {i for c in _told(sentence, head) for i in sentence.subtree(c)}
    words = [i for i in sentence.subtree(head) if i not in told and is_word(sentence.tokens[i].text)]
    left = min(words)
    if max(words) < max(i for i, t in enumerate(sentence.tokens) if is_word(t.text)) or left < 2:
        return 0
    marks = [i for i in range(max(0, left - 2), left) if sentence.tokens[i].text == ","]
    return left if marks else 0


def _is_aside(sentence: Sentence, head: int) -> bool:
    """Whether a clause stands beside the rest: a parataxis, what holds a clause told before it, an adverbial clause that nothing opens."""
    role = sentence.tokens[head].role
    if _told(sentence, head):
        return True
    return role == "parataxis" or (role == "advcl" and sentence.tokens[head].xpos == "VBD" and not sentence.dependents(head, "mark"))


def _told(sentence: Sentence, head: int) -> list[int]:
    """Clauses told before the verb that holds them, and a subject before these, which is theirs whatever the tree says."""
    clauses = [c for c in sentence.dependents(head, "ccomp") if c < head]
    return [s for s in sentence.dependents(head, "nsubj") if clauses and s < clauses[0]] + clauses


def _subject(sentence: Sentence, draft: Draft) -> list[int]:
    head = cue_head(sentence, draft.first, draft.last)
    return [i for s in sentence.dependents(head, "nsubj") for i in sentence.subtree(s)]
