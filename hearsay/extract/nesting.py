"""Attributions inside others: who stands inside whom, and the chain of those who pass a statement on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from hearsay.core.document import Document
from hearsay.core.records import Attribution
from hearsay.core.span import Span
from hearsay.knowledge.codings import load_classes
from hearsay.knowledge.files import read_table

OUTLETS = "languages/en/outlet_words.tsv"
AGENCIES = "page/agencies.tsv"
_CITING = frozenset({"citing", "cited", "cites", "quoting"})
_FURTHER = 4
"""How many sentences after "told X" the same source still speaks to X when it adds something."""


def set_inside(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with `inside` set to the smallest other whose content holds the cue (without a cue: the content).

    Of two that hold each other, the one with the higher score is the outer one; no attribution is ever inside itself.
    """
    if not attributions:
        return ()
    starts = np.array([min((s.start for s in a.content), default=0) for a in attributions])
    ends = np.array([max((s.end for s in a.content), default=-1) for a in attributions])
    outer: dict[str, str] = {}
    for one in attributions:
        anchor = _anchor(one)
        near = [attributions[i] for i in np.flatnonzero((starts <= anchor.start) & (ends >= anchor.end)).tolist()]
        holders = [o for o in near if o is not one and _holds(o, anchor) and not (_holds(one, _anchor(o)) and _rank(one) > _rank(o))]
        if holders:
            chosen = min(holders, key=lambda o: (sum(s.length for s in o.content), o.id)).id
            if one.id not in _above(chosen, outer):
                outer[one.id] = chosen
    return tuple(replace(a, inside=outer.get(a.id)) for a in attributions)


def _above(key: str, outer: dict[str, str]) -> list[str]:
    """An attribution and all that it is inside of so far."""
    out = [key]
    while out[-1] in outer:
        out.append(outer[out[-1]])
    return out


def _rank(attribution: Attribution) -> tuple[float, str]:
    return attribution.provenance.score, attribution.id


def _anchor(attribution: Attribution) -> Span:
    return (attribution.cue or attribution.content)[0]


def _holds(attribution: Attribution, place: Span) -> bool:
    return any(s.holds(place) for s in attribution.content)


def chain_of(attribution_id: str, attributions: Sequence[Attribution], document: Document) -> tuple[Span, ...]:
    """Who passed an attribution's content on, innermost first: whom its source cites, its source, the outlet addressed, then those of the
    attributions around it.

    An attribution without a source adds nothing. The publisher is not in it.
    """
    by_id = {a.id: a for a in attributions}
    out: list[Span] = []
    seen: set[str] = set()
    at: str | None = attribution_id
    while at is not None and at in by_id and at not in seen:
        seen.add(at)
        one = by_id[at]
        out.extend(_cited(one, attributions, document))
        out.extend(one.source[:1])
        out.extend(_told(one, attributions, document))
        at = one.inside
    return tuple(dict.fromkeys(out))


def _told(one: Attribution, attributions: Sequence[Attribution], document: Document) -> list[Span]:
    """The outlets that an attribution's source speaks to: those addressed, else those that its sentence or, where it only adds something,
    a sentence shortly before lets the same source address."""
    sentence = document.sentence_at(one.cue[0].start) if one.cue and one.source else None
    if one.addressee or sentence is None:
        return [s for s in one.addressee if is_outlet(s, document)]
    adds = any(sentence.tokens[i].lemma.lower() in load_classes()["furthering"] for i in sentence.within(one.cue[0]))
    since = document.sentences[max(0, sentence.index - _FURTHER)].span.start
    before = [a for a in attributions if a.addressee and a.cue and since <= a.cue[0].start < one.cue[0].start]
    for other in sorted(before, key=_anchor, reverse=True):
        if other.source == one.source or (adds and _is_same_speaker(one, other, document)):
            return [s for s in other.addressee if is_outlet(s, document)]
    return []


def _is_same_speaker(one: Attribution, other: Attribution, document: Document) -> bool:
    if one.speaker or other.speaker:
        return one.speaker == other.speaker
    return [s.of(document.text) for s in one.source] == [s.of(document.text) for s in other.source]


def _cited(one: Attribution, attributions: Sequence[Attribution], document: Document) -> list[Span]:
    """ "State television reported …, citing the president's office": the office."""
    if is_citing(one, document):
        return []
    beside = [a for a in attributions if a is not one and a.source and a.source[:1] == one.source[:1] and is_citing(a, document)]
    sentence = document.sentence_at(one.cue[0].start) if one.cue else None
    return [a.content[0] for a in beside if sentence and sentence.span.holds(a.cue[0])]


def is_citing(attribution: Attribution, document: Document) -> bool:
    """Whether an attribution names whom its source has it from: "citing two officials"."""
    return bool(attribution.cue) and attribution.cue[0].of(document.text).lower() in _CITING


def is_outlet(span: Span, document: Document) -> bool:
    """Whether a mention looks like a news organisation: a known agency, or a capitalised name with a word such as "Times" or "TV"."""
    words = span.of(document.text).replace("’s", " ").replace("'s", " ").split()
    bare = [w.strip(".,;:()“”\"'") for w in words]
    if any(name in f" {' '.join(bare)} " for name in _agency_names()):
        return True
    return any(w[:1].isupper() for w in bare) and any(w.lower() in _outlet_words() for w in bare)


@lru_cache(maxsize=1)
def _agency_names() -> tuple[str, ...]:
    names = [n for r in read_table(AGENCIES) for n in (r["name"], *r["aliases"].split(";")) if n]
    return tuple(f" {n} " for n in names)


@lru_cache(maxsize=1)
def _outlet_words() -> frozenset[str]:
    return frozenset(r["word"].lower() for r in read_table(OUTLETS))
