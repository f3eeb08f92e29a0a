"""Inflected forms of the words that the event tables know, so that a wrong lemma of the tagger loses no event.

English only: regular inflection by rule, irregular verbs and nouns by table, British and American spellings taken together
(`criticise` in a table also stands for `criticize`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from hearsay.knowledge.files import read_table

_VOWELS = "aeiou"
_ALWAYS_ISE = ("promise", "advise", "exercise", "raise", "supervise", "surprise", "premise", "compromise", "revise")


class Forms:
    """Lemma of a form, for the lemmas given.

    >>> Forms(["free", "talk", "criticise"]).lemma("Criticized", "VERB", "criticiz")
    'criticise'
    """

    def __init__(self, lemmas: Iterable[str]) -> None:
        self._verbs: dict[str, list[str]] = {}
        self._nouns: dict[str, list[str]] = {}
        for lemma in sorted(set(lemmas)):
            for spelling in spellings(lemma):
                for form in verb_forms(spelling):
                    self._verbs.setdefault(form, []).append(lemma)
                for form in noun_forms(spelling):
                    self._nouns.setdefault(form, []).append(lemma)

    def lemma(self, form: str, upos: str, guess: str) -> str:
        """Lemma of a form, in lower case: one of the known lemmas where the form is one of theirs, else the guess."""
        form = form.lower()
        found = (self._verbs if upos in {"VERB", "AUX"} else self._nouns).get(form)
        if not found and upos == "ADJ":
            return form if form in self._nouns else guess.lower()
        if not found:
            return guess.lower()
        return guess.lower() if guess.lower() in found else form if form in found and upos != "VERB" else found[0]

    def verb(self, form: str) -> str | None:
        """The verb of which a form may be a participle; None if it is none that is known."""
        found = self._verbs.get(form.lower())
        return found[0] if found else None


_ISE = re.compile(r"(?<=[a-z]{3})is(e|ation|ations|ing)$")
_DOUBLED = frozenset("bdgklmnprt")
_SHORT = re.compile(r"(?:^|[^aeiou]|qu)[aeiou][bdgklmnprt]$")


def spellings(lemma: str) -> Iterator[str]:
    """A lemma and its other British or American spellings."""
    yield lemma
    other = _ISE.sub(r"iz\1", lemma) if "is" in lemma else lemma
    if other != lemma and not lemma.endswith(_ALWAYS_ISE):
        yield other
    if lemma.endswith(("our", "ours")) and len(lemma) > 5:
        yield lemma.replace("our", "or")
    for british, american in (("defence", "defense"), ("licence", "license"), ("offence", "offense"), ("centre", "center")):
        if lemma == british:
            yield american


def noun_forms(lemma: str) -> Iterator[str]:
    """Singular and plural."""
    yield lemma
    if lemma in _irregular_nouns():
        yield _irregular_nouns()[lemma]
        return
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        yield lemma[:-1] + "ies"
    elif lemma.endswith(("s", "x", "z", "ch", "sh")):
        yield lemma + "es"
    else:
        yield lemma + "s"


def verb_forms(lemma: str) -> Iterator[str]:
    """Base, third person, past, participles."""
    yield from noun_forms(lemma)
    if lemma.endswith("o"):
        yield lemma + "es"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        yield lemma[:-1] + ("ying" if lemma.endswith("ie") else "ing")
        if lemma.endswith("ie"):
            yield lemma[:-2] + "ying"
    else:
        yield from (stem + "ing" for stem in _stems(lemma))
    yield from _past_forms(lemma)


def _past_forms(lemma: str) -> Iterator[str]:
    if lemma in _irregular_verbs():
        yield from _irregular_verbs()[lemma]
        if lemma not in {"burn", "light", "plead", "hang", "quit"}:
            return
    if lemma.endswith("e"):
        yield lemma + "d"
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        yield lemma[:-1] + "ied"
    else:
        yield from (stem + "ed" for stem in _stems(lemma))


def _stems(lemma: str) -> Iterator[str]:
    """The lemma, and with its last consonant doubled where that may be."""
    yield lemma
    if lemma[-1:] == "c":
        yield lemma + "k"
    elif lemma[-1:] in _DOUBLED and _SHORT.search(lemma, max(0, len(lemma) - 4)):
        yield lemma + lemma[-1]


def is_base_only(lemma: str) -> bool:
    """Whether the base form of an irregular verb is never its past: come, run, become; not put.

    >>> is_base_only("come"), is_base_only("put"), is_base_only("talk")
    (True, False, False)
    """
    pairs = _irregular_verbs().get(lemma, ())
    return bool(pairs) and lemma not in pairs[::2]


@cache
def _irregular_verbs() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for row in read_table("languages/en/irregular_verbs.tsv"):
        out[row["lemma"]] = (*out.get(row["lemma"], ()), row["past"], row["participle"])
    return out


@cache
def _irregular_nouns() -> dict[str, str]:
    return {row["lemma"]: row["plural"] for row in read_table("languages/en/irregular_nouns.tsv")}
