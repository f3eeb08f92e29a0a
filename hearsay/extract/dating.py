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
        """"coming" for an event dated after the report, "long past" for one dated in an earlier year, else None."""
        if not self._report:
            return None
        mine = {trigger.token, *([trigger.light.verb] if trigger.light else [])}
        for holder, value in self._dates:
            if holder in mine:
                if value > self._report[: len(value)]:
                    return "coming"
                if value[:4] < self._report[:4] and value[:7] < f"{int(self._report[:4]) - 1}-11":
                    return "long past"
        return None

    def _holder(self, at: int) -> int:
        """The word above a time expression that is a verb or a noun outside it."""
        first = at
        for up in self._clauses.sentence.ancestors(at):
            if self._clauses.is_verb(up) or self._clauses.tokens[first].role in {"nmod", "obl", "advmod"}:
                return up
            first = up
        return at
