"""Mentions of a report -> things: persons, organisations, states, places and groups with country, sector, role and coordinates.

The report's own words stay as they are: a thing lists the spans that stand for it, and nothing is overwritten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from hearsay.core.document import Document
from hearsay.core.records import Attribution, Provenance, Thing
from hearsay.core.span import Span
from hearsay.knowledge.actors import load_actor_tables
from hearsay.knowledge.folding import fold_words, is_near
from hearsay.resolve.actors import ActorCode, ActorTable, resolve_actor
from hearsay.resolve.candidates import Candidate, describe, find_candidates
from hearsay.resolve.coreference import Grouper
from hearsay.resolve.crowds import find_crowds
from hearsay.resolve.groups import Group
from hearsay.resolve.home import SCORE, find_home, lend_home
from hearsay.resolve.places import resolve_place
from hearsay.resolve.voices import Voices

STAGE = "things"
_NEXT_NAME = re.compile(r",\s+((?:[A-Z][\w.'’-]+)(?: [A-Z][\w.'’-]+)*)")
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
    codes: dict[str, ActorCode] = {}

    def code_of(name: str) -> ActorCode:
        if name not in codes:
            codes[name] = resolve_actor(name, date=document.article.date, actors=actors)
        return codes[name]

    groups, titles = _group(document, {*mentions, *voices.mentions}, places, voices, code_of)
    home = find_home(document)
    around = _countries_around(groups, home)
    things: list[Thing] = []
    by_span: dict[Span, str] = {}
    for group in groups:
        code = lend_home(_code(group, titles, document, actors), group, home, groups)
        key = f"t{len(things) + 1}"
        thing = _placed(key, group, code, document, around) or _thing(key, group, code, document)
        things.append(thing)
        by_span.update(dict.fromkeys(thing.mentions, thing.id))
        for mention in group.mentions:
            if mention.name is not None:
                by_span.setdefault(mention.name.span, thing.id)
    sources = {a.id: source for a in attributions if (source := voices.carried(a))}
    speakers = {key: by_span[source] for key, source in sources.items() if source in by_span}
    return ThingIndex(tuple(things), by_span, speakers)


def _group(
    document: Document, named: Set[Span], places: Sequence[Span], voices: Voices, code_of: Callable[[str], ActorCode]
) -> tuple[list[Group], dict[Span, str]]:
    """Groups of mentions, and what describes each mention; people who only stand in the text make a group if a pronoun comes to them."""
    crowds = {s for s in find_crowds(document, voices.sources) if s not in named and code_of(s.of(document.text)).sector}
    candidates = find_candidates(document, [*named, *crowds], places)
    titles = {c.span: c.name.span.of(document.text) if c.name and c.is_place else describe(c) for c in candidates}
    grouped = Grouper(code_of, voices, titles).run(candidates)
    return [g for g in grouped if any(m.span not in crowds for m in g.mentions)], titles


def _thing(key: str, group: Group, code: ActorCode, document: Document) -> Thing:
    spans = tuple(dict.fromkeys(c.span for c in group.mentions))
    state = load_actor_tables().by_code.get(group.code) if group.code else None
    name = state.name if state else _best_name(group, document)
    kind = "state" if group.code else code.kind if code.kind and group.kind == "" else KIND_OF[group.kind]
    by = Provenance(STAGE, code.rule or group.rule, SCORE if code.rule.endswith("+home") or "+context:" in code.rule else 1.0)
    codes = {k: getattr(code, k) for k in ("country", "sector", "sector2", "role", "body")}
    return Thing(key, kind, name, spans, by, **codes)


def _placed(key: str, group: Group, code: ActorCode, document: Document, around: Mapping[str, float]) -> Thing | None:
    """The group as a place of the gazetteer; None for what is none, or acts."""
    is_place = all(c.is_place for c in group.mentions if not c.is_pointer)
    if group.code or not (is_place or (group.kind == "LOC" and code.kind != "state")):
        return None  # a name in the dateline is a place, whatever the tagger took it for
    name = _best_name(group, document)
    beside = next((c for m in group.mentions if (c := _country_after(m, document))), "")
    place = resolve_place(name, beside or (code.country if not group.kind else None), around)  # actor tables know one Tripoli only
    if place is None:
        return None
    spans = tuple(dict.fromkeys(c.span for c in group.mentions))
    by = Provenance(STAGE, place.rule, place.score)
    return Thing(key, "place", place.name, spans, by, country=place.country or None, lat=place.lat, lon=place.lon)


def _country_after(mention: Candidate, document: Document) -> str:
    """The country named right after a place: "Tripoli, Lebanon", "Paris, Texas"."""
    found = _NEXT_NAME.match(document.text, mention.span.end)
    code = resolve_actor(found[1]) if found else None
    return code.country or "" if code and code.kind in {"state", "place"} else ""


def _holds_place(c: Candidate) -> bool:
    """ "an army post in Tripoli": its country hangs on which Tripoli it is."""
    return any(n.kind == "LOC" and c.span.holds(n.span) for n in c.sentence.names)


def _countries_around(groups: Sequence[Group], home: str) -> dict[str, float]:
    """Shares of the countries that a report names, or whose people it names; the dateline's counts as two mentions."""
    told = ((g, g.code or ("" if g.kind == "LOC" or any(map(_holds_place, g.mentions)) else g.country)) for g in groups)
    counts = Counter(code for g, code in told for _ in g.mentions if code)
    counts.update([home] * 2 if home else [])
    total = counts.total()
    return {code: n / total for code, n in counts.items()}


def _code(group: Group, titles: dict[Span, str], document: Document, actors: ActorTable | None) -> ActorCode:
    """The first description that tells country and sector, those with a name first and the longest of them; else what tells most."""
    found = {titles[c.span]: c for c in group.mentions if not c.is_pronoun}
    told = sorted(found.items(), key=lambda pair: (pair[1].name is None, -len(pair[0])))
    is_named = bool(told) and told[0][1].name is not None
    best: ActorCode | None = None
    for words, candidate in told[:4]:
        context = candidate.sentence.span.of(document.text) if candidate.name or not is_named else ""
        entity = candidate.name.kind if candidate.name and not group.code else None
        code = resolve_actor(words, context=context, date=document.article.date, actors=actors, entity=entity)
        if group.code and code.country != group.code:
            continue  # "its claim in Deir ez-Zor is Iran": a state stays itself, whatever is said of it
        if _is_namesake(group, code):
            best = best or ActorCode(None, None, None, "", "", "namesake")
            continue
        if code.country and code.sector:
            return code
        if best is None or (bool(code.country) + bool(code.sector)) > (bool(best.country) + bool(best.sector)):
            best = code
    state = load_actor_tables().by_code.get(group.code) if group.code and best is None else None
    return resolve_actor(state.name) if state else best or ActorCode(None, None, None, "", "", "pronoun")


def _is_namesake(group: Group, code: ActorCode) -> bool:
    """Whether a surname alone was taken for an office-holder who has another first name than the report tells, and no such alias."""
    name = fold_words(group.key)
    if group.kind != "PER" or len(name) < 2 or not code.rule.startswith("actors/offices.tsv"):
        return False
    if any(known.row.name == code.name for known in load_actor_tables().names.get(name, ())):
        return False
    return not any(name[0] == w or is_near(name[0], w) for w in fold_words(code.name))


def _best_name(group: Group, document: Document) -> str:
    named = [c for c in group.mentions if c.name is not None]
    if named:
        texts = [c.name.span.of(document.text) for c in named if c.name]
        longest = _clean(max(texts, key=len))
        return longest.removesuffix(" agency").removesuffix(" news")  # "RIA Novosti news" of "RIA Novosti news agency"
    phrases = [group.name] if group.name else [c.span.of(document.text) for c in group.mentions if not c.is_pronoun]
    return _clean(phrases[0] if phrases else group.mentions[0].span.of(document.text))


def _clean(words: str) -> str:
    return " ".join(words.split()).removesuffix("'s").removesuffix("’s")
