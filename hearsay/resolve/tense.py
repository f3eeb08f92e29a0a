"""Whether the words around a time expression look back or ahead.

With tags and a tree, the verb above the expression tells; without them, the nearest telling word of its clause does.
"""

from __future__ import annotations

from hearsay.core.document import Sentence, Token
from hearsay.resolve.time_words import Cut, TimeWords

PAST, FUTURE, OPEN = "past", "future", ""
_VERBS = frozenset({"VERB", "AUX"})
_REACH = 14


def tense_at(sentence: Sentence, cut: Cut, first: int, last: int, words: TimeWords) -> str:
    """"past", "future" or "" for the pieces `first` to `last` of a sentence."""
    token = token_at(sentence, cut.starts[first])
    if token is not None and any(t.head >= 0 for t in sentence.tokens):
        return tense_above(sentence, token, words)
    return _tense_of_words(cut, first, last, words)


def token_at(sentence: Sentence, place: int) -> int | None:
    """Index of the token that covers a place in the report."""
    return next((i for i, t in enumerate(sentence.tokens) if t.start <= place < t.end), None)


def tense_above(sentence: Sentence, token: int, words: TimeWords) -> str:
    """Tense of the nearest verb above a token that shows one."""
    for at in (token, *sentence.ancestors(token)):
        if sentence.tokens[at].upos in _VERBS or _has_auxiliary(sentence, at):
            tense = tense_of_verb(sentence, at, words)
            if tense or sentence.tokens[at].xpos not in {"VBN", "VBG", "VB"}:
                return tense
    return OPEN


def tense_of_verb(sentence: Sentence, at: int, words: TimeWords) -> str:
    """Tense of a verb with its auxiliaries; "" for a bare present, which in news may look either way."""
    token = sentence.tokens[at]
    helpers = [sentence.tokens[c] for c in sentence.dependents(at, "aux", "cop", "mark")]
    if any(_is_future(t, words) for t in helpers) or _is_planned(sentence, at, words):
        return FUTURE
    if token.xpos == "VBD" or any(t.xpos == "VBD" for t in helpers):
        return FUTURE if token.lemma in words.tenses["plan"] and token.xpos == "JJ" else PAST
    if token.xpos == "VBN" and not any(t.lemma == "be" and t.xpos in {"VBZ", "VBP", "VB"} for t in helpers):
        return PAST
    if any(t.lemma == "have" for t in helpers):
        return PAST
    return FUTURE if token.xpos == "VBG" and any(t.lemma == "be" for t in helpers) else OPEN


def _is_future(helper: Token, words: TimeWords) -> bool:
    text = helper.text.lower().strip("'’")
    return (helper.xpos == "MD" and text in words.tenses["future"]) or (helper.xpos == "TO" and helper.role == "mark")


def _is_planned(sentence: Sentence, at: int, words: TimeWords) -> bool:
    """"is due Tuesday": a word of plans that itself governs the time."""
    token = sentence.tokens[at]
    return token.text.lower() in words.tenses["plan"] and token.xpos in {"JJ", "VBZ", "VBP", "VBN"} and token.role != "amod"


def _has_auxiliary(sentence: Sentence, at: int) -> bool:
    return bool(sentence.dependents(at, "cop", "aux"))


def _tense_of_words(cut: Cut, first: int, last: int, words: TimeWords) -> str:
    """Without a tree: the nearest telling word before, else after, within the clause."""
    for at in range(first - 1, max(-1, first - 2 * _REACH), -1):
        if cut.codes[at] == ";":
            break
        tense = _tense_of_word(cut, at, words)
        if tense:
            return tense
    for at in range(last + 1, min(len(cut.codes), last + 2 * _REACH)):
        tense = _tense_of_word(cut, at, words)
        if tense:
            return tense
    return OPEN


def _tense_of_word(cut: Cut, at: int, words: TimeWords) -> str:
    word = cut.lower[at]
    tenses = words.tenses
    before = cut.words_before(at, 3)
    if word in tenses["future"]:
        return FUTURE
    if word in tenses["base"] and before[:1] == ["to"]:
        return FUTURE
    is_past = word in tenses["past"] or (len(word) > 4 and word.endswith("ed"))
    if word in tenses["plan"] and cut.word_after(at) != "to" and before[:1] in (["is"], ["are"], ["was"], ["were"], ["be"]):
        return FUTURE
    if not is_past:
        return OPEN
    ahead = any(w in tenses["future"] or w == "to" for w in before) and ("be" in before or "have" in before)
    return FUTURE if ahead else PAST
