"""Events once their things are known: one mention for each party, and a time that another mention of the same happening gives.

Two events of a report are taken for one happening when they have the same type, akin triggers ("killed", "the killing") and parties that
do not contradict each other. Nothing is merged: each mention stays a record of its own, only the missing time is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hearsay.core.document import Document
from hearsay.core.records import Event, Participant

_JOINED = re.compile(r"\s*,?\s*(?:and|or|&)\s*")
"""Between two conjuncts, which are never the same party: "Laura and I"."""
_ALIAS = re.compile(r"\s*[(\[]\s*|,\s+")
"""Before a short form or an apposition: "the United Nations (UN)", "the minister, Ana Bura"."""
_TIMELESS = frozenset({"hypothetical", "negated"})
_ROOT, _SHARE = 4, 0.6
"""Akin words share their first four letters, and six tenths of the shorter one."""


def keep_one_mention(document: Document, event: Event) -> Event:
    """The event with one mention of each thing on a side: the one nearest to the trigger, but no possessive or alias beside a name."""
    actors, recipients = (tuple(_thinned(document, event, side)) for side in (event.actors, event.recipients))
    return event if (actors, recipients) == (event.actors, event.recipients) else replace(event, actors=actors, recipients=recipients)


def _thinned(document: Document, event: Event, side: Sequence[Participant]) -> Iterator[Participant]:
    for p in side:
        rivals = [q for q in side if q is not p and q.thing == p.thing] if p.thing else []
        between = [_between(document, p, q) for q in rivals]
        if all(_JOINED.fullmatch(b) or _is_better(document, event, p, q, b) for q, b in zip(rivals, between, strict=True)):
            yield p


def _between(document: Document, p: Participant, q: Participant) -> str:
    first, second = sorted((p.span, q.span))
    return document.text[first.end : second.start]


def _is_better(document: Document, event: Event, p: Participant, q: Participant, between: str) -> bool:
    if _ALIAS.fullmatch(between):
        return p.span < q.span
    return _rank(document, event, p) < _rank(document, event, q)


def _rank(document: Document, event: Event, p: Participant) -> tuple[bool, int, int]:
    sentence = document.sentence_at(p.span.start)
    is_possessive = sentence is not None and any((t.start, t.end) == p.span and t.xpos == "PRP$" for t in sentence.tokens)
    return is_possessive, max(p.span.start - event.trigger.end, event.trigger.start - p.span.end), p.span.start


def carry_times(document: Document, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events; one without a time of its own words takes that of the nearest mention of the same happening."""
    words = [_word(document, e) for e in events]
    timed = [i for i, e in enumerate(events) if e.when and e.when.span and e.modality not in _TIMELESS]
    out = []
    for i, event in enumerate(events):
        if (event.when and event.when.span) or event.modality in _TIMELESS:
            out.append(event)
            continue
        same = [j for j in timed if _is_same(event, events[j], words[i], words[j])]
        nearest = min(same, key=lambda j: abs(i - j), default=None)
        out.append(event if nearest is None else replace(event, when=events[nearest].when))
    return tuple(out)


def _word(document: Document, event: Event) -> str:
    """The lemma of the trigger's last word, in small letters."""
    sentence = document.sentence_at(event.trigger.start)
    inside = sentence.within(event.trigger) if sentence else []
    last = sentence.tokens[inside[-1]] if sentence and inside else None
    return (last.lemma or last.text).lower() if last else ""


def _is_same(event: Event, other: Event, word: str, its_word: str) -> bool:
    if event.type != other.type:
        return False
    mine, its = _parties(event), _parties(other)
    if any(a and b and not a & b for a, b in zip(mine, its, strict=True)):
        return False
    shared = (mine[0] | mine[1]) & (its[0] | its[1])
    if event.part in ("headline", "lead"):
        return bool(shared)  # what a headline tells the body tells too, in other words
    return _are_akin(word, its_word) and bool(shared or not (mine[0] | mine[1]))


def _parties(event: Event) -> tuple[set[str], set[str]]:
    return {p.thing for p in event.actors if p.thing}, {p.thing for p in event.recipients if p.thing}


def _are_akin(word: str, other: str) -> bool:
    common = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    return word == other or (common >= _ROOT and common >= _SHARE * min(len(word), len(other)))
