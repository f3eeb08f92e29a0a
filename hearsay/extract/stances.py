"""A cue's words -> stance and negation, from the reviewed table of cues.

The table gives lemmas; of the rows whose lemmas stand in a cue in order, the longest wins, the one that holds the cue's head
before others. What no row knows is `asserts` for verbs and colons and `believes` for other words, at rule "stances:default".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from hearsay.core.document import Sentence
from hearsay.extract.attribution_features import cue_head
from hearsay.knowledge.files import read_table

CUES = "languages/en/cues.tsv"
FORMS = "languages/en/irregular_forms.tsv"
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither", "nobody", "none", "nothing", "hardly", "without"})
_NOBODY = frozenset({"nobody", "none", "neither", "no", "not", "never", "n't", "n’t"})
_LONGEST = 4
_REFUSING = frozenset({"decline", "refuse", "fail", "yet"})
_SPOKEN = frozenset({"asserts", "claims", "confirms", "denies", "asks"})
_FUTURE = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall"})


class Cue(NamedTuple):
    """A row of the table: lemmas, the stance, what the content looks like, and where the row stands."""

    lemmas: tuple[str, ...]
    stance: str
    frame: str
    place: str


class Stance(NamedTuple):
    """What a cue says about the relation of source and content, and the rule that told."""

    stance: str
    negated: bool
    rule: str


@dataclass(frozen=True)
class CueTable:
    """Rows by first lemma."""

    rows: dict[str, tuple[Cue, ...]]

    def find(self, lemmas: Sequence[frozenset[str]], head: int, frames: Sequence[str] = ()) -> Cue | None:
        """The row that fits some lemmas best.

        Args:
            lemmas: the lemmas that each word of the cue may have.
            head: index of the cue's head among them.
            frames: frames that the sentence shows, the surest first; they decide between rows of equal lemmas.
        """
        best, rank = None, (0, False, 0, 0)
        for at, row in self._candidates(lemmas):
            held = _match(row.lemmas, lemmas, at)
            frame = "object" if row.frame == "deed" else row.frame
            shown = len(frames) - frames.index(frame) if frame in frames else 0
            mine = (len(held), head in held, shown, -at)
            if held and mine > rank:
                best, rank = row, mine
        return best

    def _candidates(self, lemmas: Sequence[frozenset[str]]) -> Iterator[tuple[int, Cue]]:
        for at, options in enumerate(lemmas):
            for lemma in sorted(options):
                yield from ((at, row) for row in self.rows.get(lemma, ()))


def _match(wanted: Sequence[str], lemmas: Sequence[frozenset[str]], at: int) -> list[int]:
    """Indices where the wanted lemmas stand in order from `at`, other words between them allowed; empty if they do not."""
    held = []
    for lemma in wanted:
        while at < len(lemmas) and lemma not in lemmas[at]:
            at += 1
        if at == len(lemmas):
            return []
        held.append(at)
        at += 1
    return held


@lru_cache(maxsize=2)
def cue_table(name: str = CUES) -> CueTable:
    """The reviewed cues. Raises DataNotFound or DataFormatError."""
    rows: dict[str, list[Cue]] = {}
    for row in read_table(name):
        lemmas = tuple(row["cue"].split())
        rows.setdefault(lemmas[0], []).append(Cue(lemmas, row["stance"], row["frame"], row.place))
    return CueTable({k: tuple(v) for k, v in rows.items()})


@cache
def is_claim(noun: str) -> bool:
    """Whether a noun's lemma says that its content is only claimed: an allegation, a rumour."""
    return any(row.lemmas == (noun,) and row.stance == "claims" and row.frame == "noun" for row in cue_table().rows.get(noun, ()))


@cache
def _irregular() -> dict[str, str]:
    return {r["form"]: r["lemma"] for r in read_table(FORMS)}


@lru_cache(maxsize=20000)
def possible_lemmas(form: str, lemma: str) -> frozenset[str]:
    """The encoder's lemma of a word, and those its spelling allows.

    >>> sorted(possible_lemmas("implies", "imply")), "stop" in possible_lemmas("stopping", "stopp")
    (['implie', 'implies', 'imply'], True)
    """
    word = form.lower()
    out = {word, lemma.lower(), _irregular().get(word, word)}
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            out |= {stem, stem + "e"} if ending in ("ing", "ed") else {stem}
            if ending in ("ing", "ed") and stem[-1] == stem[-2]:
                out.add(stem[:-1])
            if stem.endswith("i") and ending in ("ed", "es"):
                out.add(stem[:-1] + "y")
    return frozenset(out)


def find_stance(sentence: Sentence, first: int, last: int) -> Stance:
    """Stance and negation of the cue in tokens `first` to `last` - 1."""
    head = cue_head(sentence, first, last)
    row = find_row(sentence, first, last)
    negated = is_negated(sentence, first, last)
    if row:
        return Stance(row.stance, negated, row.place)
    spoken = sentence.tokens[head].upos in ("VERB", "AUX", "PUNCT", "PROPN")
    return Stance("asserts" if spoken else "believes", negated, "stances:default")


def find_row(sentence: Sentence, first: int, last: int) -> Cue | None:
    """The row of the cue table for the cue in tokens `first` to `last` - 1."""
    head = cue_head(sentence, first, last)
    lemmas = [possible_lemmas(t.text, t.lemma) for t in sentence.tokens[first:last]]
    refused = _refused(lemmas)
    if refused:
        return cue_table().find(lemmas[refused:], 0, _frames(sentence, first + refused, last))
    if unsaid := _unsaid(sentence, head, last):
        return unsaid
    return cue_table().find(lemmas, head - first, _frames(sentence, head, last))


def cue_end(sentence: Sentence, first: int, last: int) -> int:
    """Where a cue ends if the words after it complete a row of the table: "has expressed" + "openness to", "declined" + "to comment on"."""
    head = cue_head(sentence, first, last)
    token = sentence.tokens[head]
    following = [possible_lemmas(t.text, t.lemma) for t in sentence.tokens[last : last + _LONGEST]]
    best = 0
    for lemma in possible_lemmas(token.text, token.lemma) if head == last - 1 else ():
        for row in cue_table().rows.get(lemma, ()):
            rest = row.lemmas[1:]
            if best < len(rest) <= len(following) and all(w in f for w, f in zip(rest, following, strict=False)):
                best = len(rest)
    end = last + best
    linked = best and end < len(sentence.tokens) - 1 and sentence.tokens[end].upos == "ADP" and sentence.tokens[end - 1].upos != "ADP"
    return end + 1 if linked else end


def _unsaid(sentence: Sentence, head: int, last: int) -> Cue | None:
    """The row of what is not said in "declined | to comment", where only the refusal is the cue."""
    tokens = sentence.tokens
    if last + 1 >= len(tokens) or tokens[head].lemma.lower() not in _REFUSING or tokens[last].text.lower() != "to":
        return None
    row = cue_table().find([possible_lemmas(tokens[last + 1].text, tokens[last + 1].lemma)], 0, ("that", "about", "object"))
    return row if row and row.stance in _SPOKEN else None


def _refused(lemmas: Sequence[frozenset[str]]) -> int:
    """Index of what is not done in "declined to comment", "has yet to confirm"; 0 if nothing is."""
    for i in range(len(lemmas) - 2):
        if lemmas[i] & _REFUSING and "to" in lemmas[i + 1]:
            return i + 2
    return 0


def _frames(sentence: Sentence, head: int, last: int) -> tuple[str, ...]:
    """Frames that a cue shows: "noun" for a noun, "to" before an infinitive, "that" with a clause, "object" with an object."""
    if sentence.tokens[head].upos in ("NOUN", "PROPN"):
        return ("noun",)
    if sentence.tokens[head].role == "amod":
        return ("adjective", "that")
    ending = sentence.tokens[last - 1]
    if ending.upos in ("ADP", "SCONJ") and last - 1 > head:
        return (ending.text.lower(), "object", "that")
    following = sentence.tokens[last].text.lower() if last < len(sentence.tokens) else ""
    if sentence.dependents(head, "obj") and sentence.dependents(head, "xcomp") and following != "to":
        return ("as", "object", "to", "that")
    if following == "to" or (sentence.dependents(head, "xcomp") and not sentence.dependents(head, "ccomp")):
        return ("to", "object", "that")
    clauses = sentence.dependents(head, "ccomp", "parataxis")
    if clauses:
        return ("own", "that", "quote", "object") if _is_own_act(sentence, clauses[0]) else ("that", "quote", "object")
    return ("object", "as", "for", "of", "that")


def _is_own_act(sentence: Sentence, clause: int) -> bool:
    """Whether a clause says what "it", "he" or "they" will do: most likely the source itself."""
    subject = any(sentence.tokens[i].xpos == "PRP" for i in sentence.dependents(clause, "nsubj"))
    helpers = [sentence.tokens[i] for i in sentence.dependents(clause, "aux")]
    return subject and any(t.lemma.lower() in _FUTURE or t.text.lower() in _FUTURE for t in helpers)


def is_negated(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a cue is denied: "did not say", "declined to comment", "has yet to confirm", "nobody said"."""
    tokens = sentence.tokens
    if any(t.lemma.lower() in _NOT or t.text.lower() in _NOT for t in tokens[first:last]):
        return True
    head = cue_head(sentence, first, last)
    if _refused([possible_lemmas(t.text, t.lemma) for t in tokens[first:last]]) or _unsaid(sentence, head, last):
        return True
    subjects = sentence.dependents(head, "nsubj")
    words = [*subjects, *(d for s in subjects for d in sentence.dependents(s, "det")), *sentence.dependents(head, "advmod")]
    return any(tokens[w].text.lower() in _NOBODY for w in words)
