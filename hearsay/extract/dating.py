"""Whether the dates beside an event put it after the report or long before it.

A time expression bears on the event whose word, or whose carrying verb, is nearest above it in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hearsay.core.records import Timex
from hearsay.extract.clauses import Clauses
from hearsay.extract.triggers import Trigger

_DATED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Dates:
    """The dated time expressions of one sentence, against the report's date."""

    def __init__(self, clauses: Clauses, timexes: Sequence[Timex], report: str | None) -> None:
        self._clauses, self._report = clauses, report
        self._dates: list[tuple[int, str]] = []
        for timex in timexes if report else ():
            value = _DATED.match(timex.value)
            if value and timex.type in {"DATE", "TIME"} and clauses.sentence.span.holds(timex.span):
                at = next((i for i, t in enumerate(clauses.tokens) if t.end > timex.span.start), -1)
                if at >= 0:
                    self._dates.append((self._holder(at), value[0]))

    def of(self, trigger: Trigger) -> str | None:
        """ "coming" for an event dated after the report, "long past" for one dated well before it, else None.

        A sentence whose every date is long past tells history, whichever of its words the date hangs on.
        """
        mine = {trigger.token, *([trigger.light.verb] if trigger.light else [])}
        if any(holder in mine and self._is_coming(value) for holder, value in self._dates):
            return "coming"
        if self._dates and all(self._is_long_past(value) for _, value in self._dates):
            return "long past"
        return None

    def _is_coming(self, value: str) -> bool:
        return value > (self._report or "")[: len(value)]

    def _is_long_past(self, value: str) -> bool:
        """Whether a date lies more than some two months before the report; a bare year, before the report's year."""
        report = self._report or ""
        if len(value) == 4:
            return value < report[:4]
        return _months(value) < _months(report) - 1

    def _holder(self, at: int) -> int:
        """The word above a time expression that is a verb or a noun outside it."""
        first = at
        for up in self._clauses.sentence.ancestors(at):
            if self._clauses.is_verb(up) or self._clauses.tokens[first].role in {"nmod", "obl", "advmod"}:
                return up
            first = up
        return at


def _months(date: str) -> int:
    return 12 * int(date[:4]) + int(date[5:7])
