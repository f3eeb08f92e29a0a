"""What the attribution model sees of a word beside its vector: tags, tree, marks, and its place relative to a cue.

All features are small whole numbers that pick rows of the model's tables; 0 stands for a value the model never saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hearsay.core.document import Sentence
from hearsay.extract.quotations import Quotes

Ints = NDArray[np.int64]
WORD_TABLES = ("upos", "relation", "above", "quote", "below")
PAIR_TABLES = ("branch", "side", "quote_pair", "in_cue")
_BELOW = {"nsubj": 1, "ccomp": 2, "xcomp": 4, "obj": 8, "parataxis": 16}
_HIGHEST = 4
Vocabulary = Mapping[str, Mapping[str, int]]


def word_features(sentence: Sentence, quotes: Quotes, vocabulary: Vocabulary) -> Ints:
    """(words, 5) rows of WORD_TABLES: tag, relation, relation of the head, marks, which dependents it has."""
    tokens = sentence.tokens
    upos, relation, above = (vocabulary[n] for n in ("upos", "relation", "above"))
    roles = [t.role for t in tokens]
    below = [0] * len(tokens)
    for token, role in zip(tokens, roles, strict=True):
        if token.head >= 0 and role in _BELOW:
            below[token.head] |= _BELOW[role]
    out = np.empty((len(tokens), len(WORD_TABLES)), np.int64)
    out[:, 0] = [upos.get(t.upos, 0) for t in tokens]
    out[:, 1] = [relation.get(t.relation, 0) for t in tokens]
    out[:, 2] = [above.get(roles[t.head], 0) if t.head >= 0 else 0 for t in tokens]
    out[:, 3] = quote_states(sentence, quotes)
    out[:, 4] = below
    return out


def quote_states(sentence: Sentence, quotes: Quotes) -> Ints:
    """(words,) 0 outside marks, 1 inside, 2 the opening mark, 3 the closing one; 4 added if the sentence begins inside, 8 if it ends so."""
    starts = np.fromiter((t.start for t in sentence.tokens), np.int64, len(sentence.tokens))
    numbers = quotes.number[starts]
    out: Ints = (numbers >= 0).astype(np.int64)
    for i in np.flatnonzero(out):
        quotation, token = quotes.found[numbers[i]], sentence.tokens[i]
        if token.start == quotation.span.start and quotation.opened:
            out[i] = 2
        elif token.end == quotation.span.end and quotation.closed:
            out[i] = 3
    edges = 4 * int(numbers[0] >= 0) + 8 * int(numbers[_last_word(sentence)] >= 0)
    return out + edges


def _last_word(sentence: Sentence) -> int:
    return next((i for i in reversed(range(len(sentence.tokens))) if sentence.tokens[i].upos != "PUNCT"), 0)


def cue_head(sentence: Sentence, first: int, last: int) -> int:
    """The word of a cue (tokens first to last - 1) that the others hang from: a verb rather than another."""
    tops = [i for i in range(first, last) if not first <= sentence.tokens[i].head < last]
    return next((i for i in tops if sentence.tokens[i].upos in ("VERB", "AUX")), tops[0] if tops else first)


def branches(sentence: Sentence, first: int, last: int) -> tuple[list[str], list[str]]:
    """For each word the branch by which it hangs from the cue or from a word above the cue, and the cue's own branch there.

    "0D:ccomp" is the head of a clause that hangs from the cue, "0d:ccomp" a word below it, "1d:nsubj" one below the subject of
    the word above the cue, "1s" that word itself. The second list has the relation by which the cue hangs there.
    """
    tokens = sentence.tokens
    height = dict.fromkeys(range(first, last), 0)
    side = {0: ""}
    at = cue_head(sentence, first, last)
    for level in range(1, len(tokens)):
        relation, at = tokens[at].relation, tokens[at].head
        if at < 0 or at in height:
            break
        height[at] = min(level, _HIGHEST)
        side.setdefault(min(level, _HIGHEST), relation)
    found: dict[int, tuple[int, str]] = {i: (h, f"{h}s") for i, h in height.items()}
    for i in range(len(tokens)):
        _climb(sentence, i, height, found)
    return [found[i][1] for i in range(len(tokens))], [f"{found[i][0]}:{side.get(found[i][0], '')}" for i in range(len(tokens))]


def _climb(sentence: Sentence, i: int, height: dict[int, int], found: dict[int, tuple[int, str]]) -> None:
    path = []
    while i not in found:
        path.append(i)
        up = sentence.tokens[i].head
        if up < 0 or len(path) > len(sentence.tokens):
            found[i] = (_HIGHEST + 1, "none")
        elif up in height:
            found[i] = (height[up], f"{height[up]}D:{sentence.tokens[i].relation}")
        else:
            i = up
    level, code = found[i]
    for j in path:
        found.setdefault(j, (level, code.replace("D:", "d:", 1)))


def pair_features(sentence: Sentence, cue: tuple[int, int], quotes: Quotes, vocabulary: Vocabulary) -> Ints:
    """(words, 4) rows of PAIR_TABLES for a cue: branch, the cue's side, marks as the cue sees them, place in the cue."""
    first, last = cue
    codes, sides = branches(sentence, first, last)
    out = np.zeros((len(sentence.tokens), len(PAIR_TABLES)), np.int64)
    out[:, 0] = [vocabulary["branch"].get(c, 0) for c in codes]
    out[:, 1] = [vocabulary["side"].get(c, 0) for c in sides]
    starts = np.fromiter((t.start for t in sentence.tokens), np.int64, len(sentence.tokens))
    numbers = quotes.number[starts]
    mine = numbers[first]
    out[:, 2] = np.where(numbers < 0, 0, np.where(numbers == mine, 1, 2)) + 3 * int(mine >= 0)
    out[first:last, 3] = 1
    out[first, 3] = 2
    out[last - 1, 3] += 2
    return out


def collect_vocabulary(rows: Sequence[Sequence[str]], least: int) -> dict[str, int]:
    """Values seen at least `least` times, numbered from 1 in alphabetical order."""
    counts: dict[str, int] = {}
    for row in rows:
        for value in row:
            counts[value] = counts.get(value, 0) + 1
    return {v: i for i, v in enumerate(sorted(v for v, n in counts.items() if n >= least), 1)}
