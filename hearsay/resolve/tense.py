"""Whether the words around a time expression look back or ahead.

With tags and a tree, the verb above the expression tells; without them, the nearest telling word of its clause does.
"""

from __future__ import annotations

from bisect import bisect_right

from hearsay.core.document import Sentence, Token
from hearsay.knowledge.forms import is_base_only
from hearsay.resolve.time_words import Cut, TimeWords

PAST, FUTURE, OPEN = "past", "future", ""
_VERBS = frozenset({"VERB", "AUX"})
_REACH = 14
_HOURS = frozenset({"noon", "midnight"})
_CLOCK = _HOURS | frozenset({"a", "m", "p", "am", "pm", ".", "gmt", "est", "edt", "utc", "local", "time", "o'clock", "at", "on"})


def tense_at(sentence: Sentence, cut: Cut, first: int, last: int, words: TimeWords) -> str:
    """ "past", "future" or "" for the pieces `first` to `last` of a sentence."""
    before = _before_clock(cut, first)
    token = token_at(sentence, cut.starts[first])
    is_tree = token is not None and any(t.head >= 0 for t in sentence.tokens)
    if before[:1] and before[0] in words.cues["until"]:
        return PAST if token is not None and is_tree and _had_not(sentence, token, words) else FUTURE
    if before in (["as", "soon"], ["as", "early"]):
        return FUTURE
    if before[:1] == ["since"]:
        return PAST
    tense = tense_above(sentence, token, words) if token is not None and is_tree else _tense_of_words(cut, first, last, words)
    return OPEN if tense == FUTURE and _is_of_past_deed(cut, last, words) else tense


def _before_clock(cut: Cut, first: int) -> list[str]:
    """The two words before an expression, without the hour that goes with it ("until 9 a.m. Tuesday")."""
    before = cut.words_before(first, 8)
    start = next((k for k, word in enumerate(before) if not (word[0].isdigit() or word in _CLOCK)), 0)
    return before[start : start + 2] if start and any(w[0].isdigit() or w in _HOURS for w in before[:start]) else before[:2]


def _had_not(sentence: Sentence, token: int, words: TimeWords) -> bool:
    """ "Until Thursday, they had not called him": what lasted until a day that is over."""
    verb = next((k for k in sentence.ancestors(token) if sentence.tokens[k].upos in _VERBS), None)
    if verb is None:
        return False
    below = {sentence.tokens[c].text.lower() for c in sentence.children[verb]}
    return "had" in below or (bool(below & words.cues["not"]) and tense_of_verb(sentence, verb, words) == PAST)


def _is_of_past_deed(cut: Cut, last: int, words: TimeWords) -> bool:
    """ "to get around Wednesday's ruling": the day of a deed, which the infinitive around it does not put ahead; a meeting may be ahead."""
    after = cut.lower[last + 1 : last + 5]
    if after[:1] not in {("'",), ("’",)} or after[1:2] != ("s",):
        return False
    return not words.cues["planned"] & set(cut.lower[last + 3 : last + 9])


def token_at(sentence: Sentence, place: int) -> int | None:
    """Index of the token that covers a place in the report."""
    at = bisect_right(sentence.tokens, place, key=lambda t: t.start) - 1
    return at if at >= 0 and place < sentence.tokens[at].end else None


def is_present_at(sentence: Sentence, place: int) -> bool:
    """Whether the nearest finite verb above a place is in the present."""
    token = token_at(sentence, place)
    above = [] if token is None else [sentence.tokens[k] for k in sentence.ancestors(token)]
    verb = next((t for t in above if t.xpos in {"VBD", "VBZ", "VBP", "MD"}), None)
    if verb is None or verb.xpos in {"VBZ", "VBP"}:
        return verb is not None
    return verb.xpos == "VBD" and verb.text.lower() == verb.lemma.lower() and is_base_only(verb.lemma.lower())  # "come", tagged as past


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
    if any(t.text.lower() == "could" for t in helpers):
        return PAST if any(sentence.tokens[c].text.lower() in words.cues["not"] for c in sentence.children[at]) else FUTURE
    if any(_is_future(t, words) for t in helpers) or _is_planned(sentence, at, words):
        return FUTURE
    if token.xpos == "VBD" or any(t.xpos == "VBD" for t in helpers):
        return PAST
    if token.xpos == "VBN" and not any(t.text.lower() in words.cues["be"] and t.xpos in {"VBZ", "VBP", "VB"} for t in helpers):
        return PAST
    if any(t.text.lower() in words.cues["have"] for t in helpers):
        return PAST
    if token.xpos in {"VBZ", "VBP"}:  # "the council meets Monday"
        return FUTURE if {token.text.lower(), token.text.lower().rstrip("s")} & words.cues["base"] - words.cues["state"] else OPEN
    return FUTURE if token.xpos == "VBG" and any(t.text.lower() in words.cues["be"] for t in helpers) else OPEN


def _is_future(helper: Token, words: TimeWords) -> bool:
    text = helper.text.lower().strip("'’")
    return (helper.xpos == "MD" and text in words.cues["future"]) or (helper.xpos == "TO" and helper.role == "mark")


def _is_planned(sentence: Sentence, at: int, words: TimeWords) -> bool:
    """ "is due Tuesday": a word of plans that itself governs the time."""
    token = sentence.tokens[at]
    return token.text.lower() in words.cues["plan"] and token.xpos in {"JJ", "VBZ", "VBP", "VBN"} and token.role != "amod"


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
    word, cues = cut.lower[at], words.cues
    if word in cues["future"] or word in cues["plan"]:
        return FUTURE
    if word == "could":
        return PAST if cut.word_after(at) in {"not", "n", "be"} else FUTURE
    if word == "to":
        return FUTURE if cut.word_after(at) in cues["base"] else OPEN
    if word not in cues["past"] and not (len(word) > 4 and word.endswith("ed") and cut.texts[at][0].islower()):
        return OPEN  # "the United States" tells no tense
    before = cut.words_before(at, 3)
    if before[:1] in (["is"], ["are"]):
        return OPEN
    ahead = any(w in cues["future"] or w == "to" for w in before) and ("be" in before or "have" in before)
    return FUTURE if ahead else PAST
