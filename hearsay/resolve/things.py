"""Mentions of a report -> things: persons, organisations, states, places and groups with country, sector, role and coordinates.

The report's own words stay as they are: a thing lists the spans that stand for it, and nothing is overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hearsay.core.document import Document
from hearsay.core.records import Attribution, Provenance, Thing
from hearsay.core.span import Span
from hearsay.knowledge.actors import load_actor_tables
from hearsay.resolve.actors import ActorCode, ActorTable, resolve_actor
from hearsay.resolve.candidates import describe, find_candidates
from hearsay.resolve.coreference import Group, Grouper
from hearsay.resolve.places import resolve_place
from hearsay.resolve.voices import Voices

STAGE = "things"
KIND_OF = {"PER": "person", "ORG": "organization", "LOC": "place", "": "group"}


@dataclass(frozen=True, slots=True)
class ThingIndex:
    """The things of a report, and which thing a mention stands for."""

    things: tuple[Thing, ...]
    by_span: dict[Span, str] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    """Ids of attributions with those of the things that speak."""

    @classmethod
    def empty(cls) -> ThingIndex:
        """No things."""
        return cls(())

    def of(self, span: tuple[int, int]) -> str | None:
        """Id of the thing that a mention stands for: a span given to `resolve_things`, or that of a named entity; else None."""
        return self.by_span.get(Span(*span))

    def thing(self, key: str | None) -> Thing | None:
        """The thing with this id."""
        return next((t for t in self.things if t.id == key), None)


def resolve_things(
    document: Document,
    mentions: Sequence[Span],
    *,
    places: Sequence[Span] = (),
    attributions: Sequence[Attribution] = (),
    actors: ActorTable | None = None,
) -> ThingIndex:
    """The things of a report.

    Args:
        mentions: spans of actors, recipients, sources and addressees; named entities are added.
        places: spans that name where something happened.
        attributions: who speaks where, for "we" and "I".
        actors: a user's table, which wins.
    """
    voices = Voices(document, attributions)
    candidates = find_candidates(document, [*mentions, *voices.mentions], places)
    titles = {c.span: describe(c) for c in candidates}
    codes: dict[str, ActorCode] = {}

    def code_of(name: str) -> ActorCode:
        if name not in codes:
            codes[name] = resolve_actor(name, date=document.article.date, actors=actors)
        return codes[name]

    def state_of(name: str) -> str:
        return code_of(name).country or "" if code_of(name).kind == "state" else ""

    groups = Grouper(state_of, lambda words: code_of(words).country or "", voices, titles).run(candidates)
    things: list[Thing] = []
    by_span: dict[Span, str] = {}
    for group in groups:
        thing = _thing(f"t{len(things) + 1}", group, titles, document, actors)
        things.append(thing)
        by_span.update(dict.fromkeys(thing.mentions, thing.id))
        for mention in group.mentions:
            if mention.name is not None:
                by_span.setdefault(mention.name.span, thing.id)
    sources = {a.id: source for a in attributions if (source := voices.carried(a))}
    speakers = {key: by_span[source] for key, source in sources.items() if source in by_span}
    return ThingIndex(tuple(things), by_span, speakers)


def _thing(key: str, group: Group, titles: dict[Span, str], document: Document, actors: ActorTable | None) -> Thing:
    spans = tuple(dict.fromkeys(c.span for c in group.mentions))
    code = _code(group, titles, document, actors)
    state = load_actor_tables().by_code.get(group.code) if group.code else None
    name = state.name if state else _best_name(group, document)
    kind = code.kind if code.kind and (group.kind == "" or group.code) else KIND_OF[group.kind]
    if group.kind == "LOC" and not group.code:
        place = resolve_place(name, code.country)
        if place and (all(c.is_place for c in group.mentions) or code.kind != "state"):
            return Thing(key, "place", place.name, spans, Provenance(STAGE, place.rule, place.score), country=place.country or None, lat=place.lat, lon=place.lon)
    return Thing(
        key, kind, name, spans, Provenance(STAGE, code.rule or group.rule), country=code.country, sector=code.sector, sector2=code.sector2, role=code.role
    )


def _code(group: Group, titles: dict[Span, str], document: Document, actors: ActorTable | None) -> ActorCode:
    """The first description that tells country and sector, longest first; else the one that tells most."""
    told = sorted({titles[c.span]: c for c in group.mentions if not c.is_pronoun}.items(), key=lambda pair: -len(pair[0]))
    best: ActorCode | None = None
    for words, candidate in told[:4]:
        context = candidate.sentence.span.of(document.text)
        entity = candidate.name.kind if candidate.name else None
        code = resolve_actor(words, context=context, date=document.article.date, actors=actors, entity=entity)
        if code.country and code.sector:
            return code
        if best is None or (bool(code.country) + bool(code.sector)) > (bool(best.country) + bool(best.sector)):
            best = code
    return best or ActorCode(None, None, None, "", "", "pronoun")


def _best_name(group: Group, document: Document) -> str:
    named = [c for c in group.mentions if c.name is not None]
    if named:
        texts = [c.name.span.of(document.text) for c in named if c.name]
        longest = _clean(max(texts, key=len))
        return re.sub(r"(?: [a-z]+)+$", "", longest)  # the tagger's "RIA Novosti news" of "RIA Novosti news agency"
    phrases = [c.span.of(document.text) for c in group.mentions if not c.is_pronoun]
    return _clean(phrases[0] if phrases else group.mentions[0].span.of(document.text))


def _clean(words: str) -> str:
    return " ".join(words.split()).removesuffix("'s").removesuffix("’s")

