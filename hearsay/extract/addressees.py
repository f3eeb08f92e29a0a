"""Whom a source speaks to: "told RIA Novosti", "said to reporters", "in an interview with the BBC". Read from the tree."""

from __future__ import annotations

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.extract.attribution_features import cue_head

_TELLING = frozenset({
    "tell", "inform", "assure", "remind", "warn", "notify", "advise", "convince", "persuade", "promise", "brief", "caution", "reassure",
    "ask", "urge", "order", "command", "instruct", "beg", "invite", "request", "implore", "direct", "press", "thank",
})  # fmt: skip
_TALK = frozenset({
    "interview", "conversation", "comment", "statement", "remark", "talk", "call", "email", "letter", "message", "speech", "address",
    "briefing", "note", "post",
})  # fmt: skip
_SPEAKING = frozenset({"speak", "talk", "write"})
_BEYOND = frozenset({"case", "acl", "punct", "advcl", "parataxis", "conj", "cc"})


def find_addressee(sentence: Sentence, first: int, last: int, taken: set[int]) -> list[Span]:
    """Places of the addressees of the cue in tokens `first` to `last` - 1.

    Args:
        taken: tokens that are source or content already.
    """
    head = cue_head(sentence, first, last)
    tops: list[int] = []
    if sentence.tokens[head].lemma.lower() in _TELLING:
        tops += sentence.dependents(head, "obj", "iobj")
    for i in [head, *sentence.subtree(head)]:
        tops += [c for c in sentence.children[i] if _is_reached(sentence, i, c, head)]
    for i in sentence.dependents(head, "advcl"):  # "Speaking to reporters, she said"
        if sentence.tokens[i].lemma.lower() in _SPEAKING:
            tops += [c for c in sentence.dependents(i, "obl") if _preposition(sentence, c) in ("to", "with")]
    out: list[list[int]] = []
    for top in dict.fromkeys(tops):
        words = _mention(sentence, top)
        if not taken & set(words) and not set(words) & set(range(first, last)) and sentence.tokens[top].upos in ("NOUN", "PROPN", "PRON"):
            out.append(words)
    return [sentence.cover(words) for words in _whole_names(sentence, sorted(out))]


def _whole_names(sentence: Sentence, mentions: list[list[int]]) -> list[list[int]]:
    """Mentions with those joined that the parser took a name apart into: "RIA" and "Novosti"."""
    out: list[list[int]] = []
    for words in mentions:
        joins = out and out[-1][-1] + 1 == words[0] and sentence.tokens[words[0]].upos == sentence.tokens[out[-1][-1]].upos == "PROPN"
        if joins:
            out[-1] += words
        elif not out or words[0] > out[-1][-1]:
            out.append(words)
    return out


def _is_reached(sentence: Sentence, holder: int, child: int, head: int) -> bool:
    """Whether a dependent is addressed: "to X" of a saying verb, "with X" of an interview, "to X" of a statement."""
    preposition = _preposition(sentence, child)
    if holder == head and sentence.tokens[head].upos == "VERB":
        return preposition == "to" and sentence.tokens[child].role == "obl"
    lemma = sentence.tokens[holder].lemma.lower()
    under = sentence.tokens[holder].head == head or holder == head
    return under and lemma in _TALK and preposition in ("with", "to") and sentence.tokens[child].role in ("nmod", "obl")


def _preposition(sentence: Sentence, i: int) -> str:
    return next((sentence.tokens[c].lemma.lower() for c in sentence.children[i] if sentence.tokens[c].role == "case"), "")


def _mention(sentence: Sentence, top: int) -> list[int]:
    """The words of a mention: its subtree without case marker, clauses and what lies beyond a comma."""
    skip = frozenset(c for c in sentence.children[top] if sentence.tokens[c].role in _BEYOND)
    kept = sentence.subtree(top, skip)
    out = [top]
    for step in (-1, 1):
        at = top + step
        while at in kept:
            out.append(at)
            at += step
    named = [i for n in sentence.names if n.first <= top < n.last for i in range(n.first, n.last)]
    return sorted({*out, *named})
