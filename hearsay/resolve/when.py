"""The event's own time: which of a sentence's time expressions belongs to a trigger.

A time belongs to the word it hangs on in the tree, and to the clause of that word; a time in another clause ("police said Saturday")
belongs to that other event. Without a tree, clauses are told by commas and by words that open them. Nothing is taken merely for being near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hearsay.core.document import Document, Sentence
from hearsay.core.records import Timex, When
from hearsay.core.span import Span
from hearsay.resolve.calendar import bounds, floor, granularity, parse_day, shift
from hearsay.resolve.time_clauses import cut_clauses
from hearsay.resolve.time_words import load_time_words

_CLAUSAL = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
_PREDICATES = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ARGUMENTS = frozenset({"nsubj", "obj", "obl", "csubj"})
_TOLD = frozenset({"root", "ccomp", "parataxis"})
_PERIODS = {"D": "D", "W": "W", "M": "M", "Y": "Y"}
_TOO_FAR = 9
_ON_DAY = 8
"""Last sentence that may stay on the report's day without saying so."""


def choose_time(
    sentence: Sentence, trigger: int, timexes: Sequence[Timex], date: str | None, tense_asserted: bool = True, in_body: bool = False
) -> When | None:
    """The time of the event that a token names, or None where the text does not settle it.

    Args:
        sentence: with its tree; a sentence without one is cut into clauses by its marks.
        trigger: index of the event's word.
        timexes: of the whole report, or at least of the sentence.
        date: the report's own date, given only where it may stand for the time of an untimed event: see `stays_on_day`.
        tense_asserted: whether the event is told as happened; only then may the report's date serve.
        in_body: whether the sentence stands below the lead; there the date serves only what is told in the simple past, for "has fled"
            may be long ago.
    """
    held = [t for t in timexes if sentence.span.holds(t.span)]
    is_tree = any(t.head >= 0 for t in sentence.tokens)
    if not is_tree:
        return _choose_plainly(sentence, trigger, held) or _report_date(date, tense_asserted)
    view = _View(sentence, trigger)
    found = view.attached(held) or view.counted(held)
    if found or not (tense_asserted and view.is_told) or (in_body and not view.is_simple_past):
        return found
    return _report_date(date, tense_asserted)


def stays_on_day(document: Document, sentence: Sentence, timexes: Sequence[Timex], date: str | None) -> bool:
    """Whether a sentence below the lead still tells the report's own day: it names no date and the one before it none but that day.

    Only the first sentences are trusted; further down stories turn to what led up to them.
    """
    if not date or sentence.index > _ON_DAY:
        return False
    near = document.sentences[max(0, sentence.index - 1) : sentence.index + 1]
    held = [t.value for s in near for t in timexes if t.type in {"DATE", "TIME"} and s.span.holds(t.span)]
    return all(value[:10] == date[:10] for value in held if not value.endswith("REF"))


def _cues(name: str) -> frozenset[str]:
    return load_time_words().cues[name]


def _report_date(date: str | None, is_asserted: bool) -> When | None:
    return When(date[:10]) if date and is_asserted else None


def _choose_plainly(sentence: Sentence, trigger: int, timexes: list[Timex]) -> When | None:
    """The nearest usable time in the trigger's clause."""
    if not sentence.tokens:
        return None
    at = sentence.tokens[trigger].start
    clause = next((c for c in cut_clauses(sentence) if c.start <= at < c.end), sentence.span)
    usable = [t for t in timexes if clause.holds(t.span) and event_value(t)]
    best = min(usable, key=lambda t: abs(t.span.start - at), default=None)
    return When(event_value(best), best.span) if best else None


def event_value(timex: Timex) -> str:
    """The value that a time expression lends to an event: a day for an hour, the month for a week inside it; "" for no date."""
    if timex.type not in {"DATE", "TIME"} or timex.value.endswith("REF"):
        return ""
    value = timex.value.partition("T")[0]
    days = bounds(value) if granularity(value) in {"W", "WE"} else None
    return floor(days[0], "M") if days and days[0].month == days[1].month else value


@dataclass(frozen=True)
class _View:
    """A sentence seen from one of its tokens."""

    sentence: Sentence
    trigger: int

    @cached_property
    def clause(self) -> int:
        """The word that heads the trigger's clause."""
        return self.clause_of(self.trigger)

    def clause_of(self, at: int) -> int:
        """The word that heads the clause of a token."""
        for k in (at, *self.sentence.ancestors(at)):
            token = self.sentence.tokens[k]
            is_finite = token.upos in _PREDICATES and (token.role == "conj" or token.xpos in _FINITE) and token.role not in {"aux", "cop"}
            if token.role in _CLAUSAL or token.head < 0 or is_finite:
                return k
        return at

    @cached_property
    def is_told(self) -> bool:
        """Whether the trigger is told on the report's own line: in the main clause, or in what a source says as its content."""
        at, clause = self.sentence.tokens[self.trigger], self.sentence.tokens[self.clause]
        if self.trigger != self.clause and at.role not in {"nsubj", "obj", "conj"} and at.head != self.clause:
            return False
        if clause.role == "conj" or (clause.role == "advcl" and clause.xpos == "VBG" and not self._cases(self.clause)):
            clause = self.sentence.tokens[self.clause_of(clause.head)]
        helpers = {self.sentence.tokens[c].text.lower() for c in self.sentence.dependents(self.clause, "aux")}
        return (clause.head < 0 or clause.role in _TOLD) and "had" not in helpers

    @property
    def is_simple_past(self) -> bool:
        """Whether the trigger's clause is told in the simple past, without auxiliary."""
        clause = self.sentence.tokens[self.clause]
        return clause.xpos == "VBD" and not self.sentence.dependents(self.clause, "aux")

    def attached(self, timexes: list[Timex]) -> When | None:
        """The time that hangs nearest: on the trigger, on its clause, or on a clause that lends it."""
        ranked = sorted((rank, i) for i, t in enumerate(timexes) if event_value(t) and (rank := self._rank(t)) < _TOO_FAR)
        if not ranked:
            return None
        best = timexes[ranked[0][1]]
        return When(event_value(best), best.span)

    def _rank(self, timex: Timex) -> int:
        head = self.head_of(timex.span)
        if self._opens_own_clause(timex.span):
            return 1
        if head is None or self._cases(head) & _cues("not_at"):
            return _TOO_FAR
        token = self.sentence.tokens[head]
        beside = self._noun_before(head, timex.span)
        if beside is not None:
            return 0 if beside == self.trigger else _TOO_FAR
        governor = self._governor(head, timex.span)
        if governor == self.trigger or head == self.trigger:
            return 0
        if governor == self.clause and self._is_of_clause:
            return 1
        if governor in self._lenders() or self._is_result_of(governor) or self._happens_within(governor) or governor in self._meanwhile():
            return 2
        loose = token.role in {"obl", "nmod"} and self._cases(head) <= {"on"} and token.relation != "nmod:poss"
        return 3 if loose and governor >= 0 and self.clause_of(governor) == self.clause and self._is_of_clause else _TOO_FAR

    def _opens_own_clause(self, span: Span) -> bool:
        """ "Since 2014, when Russia withdrew": the clause right after a time that opens with "when"."""
        follower = next((i for i, t in enumerate(self.sentence.tokens) if t.start >= span.end and t.text != ","), None)
        return follower is not None and self._is_of_clause and follower in self.sentence.children[self.clause] and (
            self.sentence.tokens[follower].text.lower() == "when"
        )

    def _happens_within(self, governor: int) -> bool:
        """ "ousted him in a coup in 2021": what happens in a dated deed."""
        return governor in self.sentence.dependents(self.trigger, "obl") and self._cases(governor) <= {"in", "during"} != set()

    def _is_result_of(self, governor: int) -> bool:
        """ "The bombing in May killed 12": a deed dated in the subject, whose result the verb tells."""
        at = self.sentence.tokens[self.trigger]
        return governor in self.sentence.dependents(self.trigger, "nsubj") and at.lemma.lower() in _cues("result")

    def _noun_before(self, head: int, span: Span) -> int | None:
        """ "since the invasion in February": a noun that something is dated by takes the time right after it, whatever the tree says."""
        first = next(i for i, t in enumerate(self.sentence.tokens) if t.end > span.start)
        at = first - 2 if self._cases(head) & {"in", "on"} else first - 1
        if at < 0 or at == self.sentence.tokens[head].head or self.sentence.tokens[at].upos != "NOUN":
            return None
        return at if self._cases(at) & _cues("dated_by") else None

    def head_of(self, span: Span) -> int | None:
        """The token of a span whose head lies outside it."""
        inside = [i for i, t in enumerate(self.sentence.tokens) if t.start < span.end and span.start < t.end]
        return next((i for i in inside if self.sentence.tokens[i].head not in inside), None)

    def _governor(self, head: int, span: Span) -> int:
        """What a time hangs on; a bare day right after a verb ("the agency reported Tuesday") on that verb, whatever the tree says."""
        first = next(i for i, t in enumerate(self.sentence.tokens) if t.end > span.start)
        before = self.sentence.tokens[first - 1] if first else None
        is_bare = before is not None and before.upos == "VERB" and before.xpos in {"VBD", "VBN", "VBZ", "VBP"}
        return first - 1 if is_bare and not self._cases(head) else self.sentence.tokens[head].head

    def _cases(self, head: int) -> set[str]:
        return {self.sentence.tokens[c].text.lower() for c in self.sentence.dependents(head, "case", "mark")}

    @cached_property
    def _is_of_clause(self) -> bool:
        """Whether the trigger shares the time of its clause: as its verb, or as a participant that is itself what happens."""
        token = self.sentence.tokens[self.trigger]
        if self.trigger == self.clause:
            return True
        if token.role == "conj":
            token = self.sentence.tokens[token.head]
        if token.head != self.clause or token.role not in _ARGUMENTS:
            return False
        return token.role != "obl" or bool(self._cases(self.trigger) & _cues("during")) or token.relation == "obl:agent"

    def _lenders(self) -> Iterator[int]:
        """Clauses whose time is the trigger's too: "began bombing Friday", "On Friday they fired and arrested", "warned Friday, urging"."""
        at = self.clause
        while self._is_of_clause:
            token = self.sentence.tokens[at]
            if token.head < 0:
                return
            above = self.sentence.tokens[token.head]
            is_joined = token.role == "conj"  # also for a time after it, which the tree hung on the first verb
            is_phase = token.role == "xcomp" and above.text.lower() in _cues("phase")
            is_along = token.role == "advcl" and token.xpos == "VBG" and not self._cases(at)
            if not (is_joined or is_phase or is_along):
                return
            yield token.head
            at = token.head

    def _meanwhile(self) -> Iterator[int]:
        """Clauses that tell what happened at the same time: "was killed when a mine exploded on Friday", and the other way round."""
        clause = self.sentence.tokens[self.clause]
        beside = [(c, c) for c in self.sentence.dependents(self.clause, "advcl")]
        if clause.role == "advcl" and clause.head >= 0:
            beside.append((clause.head, self.clause))
        for other, lower in beside if self._is_of_clause else ():
            openers = self.sentence.dependents(lower, "mark", "advmod")
            if any(self._is_at_once(opener, lower) for opener in openers):
                yield other

    def _is_at_once(self, opener: int, lower: int) -> bool:
        """Whether a clause's first word tells that it shares a time: not "as it did in 2014", not ", while France sent troops in 2013"."""
        tokens = self.sentence.tokens
        word, verb = tokens[opener].text.lower(), tokens[lower]
        if word not in _cues("meanwhile") or verb.upos == "AUX" or verb.lemma == "do":
            return False
        set_off = word in _cues("beside") and opener > 0 and tokens[opener - 1].text == ","
        return not set_off and not (opener == 0 and word in _cues("although"))

    def counted(self, timexes: list[Timex]) -> When | None:
        """The time told by a distance: "two weeks after Russia freed her" sets the main clause two weeks later, and the freeing earlier."""
        for timex in timexes:
            below = self._below(timex) if timex.type == "DURATION" else None
            if below is None:
                continue
            if self.clause_of(self.trigger) == self.clause_of(below) and self.clause != self.clause_of(self._above(below)):
                return _earlier(timex)
            if self.trigger == self._above(below):
                return self._later(timex, below, timexes)
        return None

    def _below(self, timex: Timex) -> int | None:
        """The event after which a length of time counts: what "after" belongs to when it stands next to the length."""
        follower = next((t for t in self.sentence.tokens if t.start >= timex.span.end), None)
        is_it = follower is not None and follower.text.lower() in _cues("counts_from") and follower.head >= 0
        return follower.head if follower is not None and is_it else None

    def _above(self, below: int) -> int:
        head = self.sentence.tokens[below].head
        return self.clause_of(head) if head >= 0 else below

    def _later(self, timex: Timex, below: int, timexes: list[Timex]) -> When | None:
        base = _View(self.sentence, below).attached(timexes)
        day = parse_day(base.value) if base else None
        count, unit = timex.value[1:-1], timex.value[-1:]
        if day is None or not count.isdigit() or unit not in _PERIODS or timex.value.startswith("PT"):
            return None
        moved = shift(day, unit, int(count))
        return When(floor(moved, "M" if unit == "W" else unit), timex.span) if moved else None


def _earlier(timex: Timex) -> When | None:
    """The time before the report that "two weeks after" points to, as rough as its unit."""
    if not timex.edtf:
        return None
    value = timex.edtf.rstrip("~")
    return When(value[:7] if timex.value.endswith("W") else value, timex.span)
