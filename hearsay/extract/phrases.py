"""The words of a noun phrase: what a mention of a participant covers."""

from __future__ import annotations

from hearsay.core.document import Sentence
from hearsay.core.span import Span

_NOT_IN_PHRASE = frozenset(
    {"acl", "appos", "parataxis", "conj", "cc", "punct", "mark", "advcl", "case", "cop", "aux", "nsubj", "csubj", "discourse", "dep",
     "list", "orphan", "ccomp", "expl", "obl", "xcomp"}
)  # fmt: skip


def noun_phrase(sentence: Sentence, i: int, without: frozenset[int] = frozenset()) -> Span:
    """The maximal noun phrase around a token, without its preposition, its conjuncts and a trailing clause or apposition.

    Branches that begin at one of `without` are left out: parsers hang "by the shah" in "the arrest of the poet by the shah" on the poet.
    """
    return sentence.cover(phrase_tokens(sentence, i, without))


def phrase_tokens(sentence: Sentence, i: int, without: frozenset[int] = frozenset()) -> list[int]:
    """Indices of the tokens of `noun_phrase`, in order."""
    tokens = sentence.tokens
    keep = [i]
    for c in sentence.children[i]:
        if c in without:
            continue
        role = tokens[c].role
        if role == "appos" and c < i:
            keep.extend(sentence.subtree(c))
        elif role not in _NOT_IN_PHRASE and not (role == "nmod" and tokens[c].relation in {"nmod:tmod", "nmod:unmarked"}):
            keep.extend(_inner_tokens(sentence, c, i, without))
    keep.sort()
    return _one_stretch(sentence, keep, i)


def _inner_tokens(sentence: Sentence, c: int, i: int, without: frozenset[int]) -> list[int]:
    """A dependent within the phrase; what follows the head loses its relative clauses and appositions."""
    if c < i:
        return sentence.subtree(c)
    cut = {j for j in sentence.subtree(c) if sentence.tokens[j].role in {"acl", "appos", "parataxis", "advcl"}}
    return sentence.subtree(c, without | cut)


def _one_stretch(sentence: Sentence, keep: list[int], i: int) -> list[int]:
    """The unbroken run of kept tokens around i; inner punctuation does not break it, punctuation at the ends goes."""
    held = set(keep)
    first = last = i
    while first - 1 in held or (first - 2 in held and sentence.tokens[first - 1].upos == "PUNCT"):
        first -= 1
    while last + 1 in held or (last + 2 in held and sentence.tokens[last + 1].upos in {"PUNCT", "PART"}):
        last += 1
    while first < i and _opens_no_phrase(sentence, first):
        first += 1
    while last > i and sentence.tokens[last].upos in {"PUNCT", "ADP", "CCONJ"}:
        last -= 1
    return list(range(first, last + 1))


def _opens_no_phrase(sentence: Sentence, first: int) -> bool:
    """Whether a first token is punctuation, a conjunction or a preposition, that of "at least" apart."""
    token, following = sentence.tokens[first], sentence.tokens[first + 1]
    if token.text.lower() == "at" and following.text.lower() in {"least", "most"}:
        return False
    return token.upos in {"PUNCT", "CCONJ"} or token.role == "case"
