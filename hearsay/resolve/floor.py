"""The floor, which somebody who presides gives: "I call on Mr. Osei", "Ms. Adeyemi, you may begin", "The floor is yours, Anna".

Who speaks from there on is told in `chaired`.
"""

from __future__ import annotations

from collections.abc import Sequence

from hearsay.core.document import Sentence
from hearsay.core.span import Span
from hearsay.resolve.candidates import load_words
from hearsay.resolve.stretches import addressed, case_of, talk_words, titled

_FLOOR = "floor"


def floor_given(sentence: Sentence) -> Span | None:
    """The person to whom a sentence gives the floor."""
    called = next((c for i in range(len(sentence.tokens)) for c in _called_up(sentence, i)), None)
    if called is not None and sentence.dependents(called, "conj"):
        return None  # "I call on the president and on Congress": the floor goes to one
    if called is not None:
        inside, persons = sentence.subtree(called), [n for n in sentence.names if n.kind == "PER"]
        held = next((n.span for n in persons if n.first in inside or len(persons) == 1), None)
        return held or titled(sentence, called)
    names = [name for _, name in addressed(sentence) if name] if _is_offer(sentence) else []
    return names[-1].span if names else None


def _called_up(sentence: Sentence, i: int) -> Sequence[int]:
    """Whom a verb calls: "I give the floor to X", "I call on X", "I invite X to speak", "Please welcome X"."""
    token, words = sentence.tokens[i], talk_words()
    lemma = token.lemma.lower()
    if token.upos != "VERB" or _is_past(sentence, i) or not _is_to_speak(sentence, i):
        return ()
    if lemma in words["granting"] and _has(sentence, i, _FLOOR, "obj", "nsubj:pass"):
        return sentence.dependents(i, "obl", "iobj")
    if lemma in words["calling"] and _presides(sentence, i):
        return (*sentence.dependents(i, "obj"), *(c for c in sentence.dependents(i, "obl") if case_of(sentence, c) in ("on", "upon")))
    if lemma == "welcome" and not sentence.dependents(i, "nsubj") and _has(sentence, i, "please", "discourse", "advmod"):
        return sentence.dependents(i, "obj")
    return ()


def _is_to_speak(sentence: Sentence, i: int) -> bool:
    """Not "I call on President Sola to free the prisoners"."""
    for c in sentence.dependents(i, "xcomp", "advcl", "ccomp"):
        if case_of(sentence, c) == "to" and sentence.tokens[c].lemma.lower() not in talk_words()["speaking"]:
            return False
    return True


def _is_past(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].xpos in ("VBD", "VBN") and not sentence.dependents(i, "aux:pass")


def _presides(sentence: Sentence, i: int) -> bool:
    """Whether "I", "we" or the chair does it, now."""
    subjects = {sentence.tokens[c].lemma.lower() for c in sentence.dependents(i, "nsubj")}
    return bool(subjects & (load_words()["first"] | talk_words()["bench"]))


def _has(sentence: Sentence, i: int, lemma: str, *roles: str) -> bool:
    return any(sentence.tokens[c].lemma.lower() == lemma for c in sentence.dependents(i, *roles))


def _is_offer(sentence: Sentence) -> bool:
    """ "you may begin", "please proceed", "you are recognized", "you have the floor", "the floor is yours", "over to you"."""
    words = talk_words()
    for i, token in enumerate(sentence.tokens):
        lemma = token.lemma.lower()
        if lemma == _FLOOR and token.role in ("nsubj", "obj") and _is_yours(sentence, token.head):
            return True
        if lemma == "over" and any(sentence.tokens[c].text.lower() == "you" for c in sentence.dependents(i, "obl")):
            return True
        if lemma in words["beginning"] and token.upos == "VERB" and _is_asked(sentence, i):
            return True
    return False


def _is_yours(sentence: Sentence, i: int) -> bool:
    second = load_words()["second"]
    return i >= 0 and any(sentence.tokens[c].text.lower() in second for c in (i, *sentence.dependents(i, "nsubj")))


def _is_asked(sentence: Sentence, i: int) -> bool:
    """Whether "you" may do it now, or are told to: not "you began", "if you begin"."""
    subjects = [sentence.tokens[c].text.lower() for c in sentence.dependents(i, "nsubj")]
    token = sentence.tokens[i]
    free = token.head < 0 or token.role in ("conj", "parataxis")
    helpers = {t.text.lower() for c in sentence.dependents(i, "aux") if (t := sentence.tokens[c]).relation == "aux"}
    if helpers - talk_words()["allowing"]:
        return False  # "Dear Mr. Holm, you must continue"
    return free and not _is_past(sentence, i) and token.xpos != "VBG" and sentence.tokens[-1].text != "?" and subjects in ([], ["you"])
