"""What a mention of an actor stands for: country, sector, name and kind, at a date.

A mention is read as a noun phrase: the roles and names of `knowledge/actors.py` before its first preposition ("the head") decide the
sector, its demonyms, possessives and names the country; what follows is asked when the head says nothing. Terms of office and of
organisations are asked for the date; without one, those still open count as held. Pronouns and repeated names are not resolved here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from hearsay.knowledge.actors import BETWEEN_STATES, BODIES, ActorTables, Agent, Office, load_actor_tables
from hearsay.knowledge.folding import word_set
from hearsay.resolve.holders import find_holder, held_at, shares_word
from hearsay.resolve.mentions import Item, Parsed, parse_mention
from hearsay.resolve.origins import Origin, find_origin, is_people, places_by_strength
from hearsay.resolve.respelling import respell
from hearsay.resolve.sectors import Sector, find_sector, retire, weigh_roles
from hearsay.resolve.user_actors import ActorTable, load_user_actors

__all__ = ["ActorCode", "ActorTable", "load_user_actors", "resolve_actor"]

REMEMBERED_MENTIONS = 4_000
"""How many mentions' codes are kept: a report says the same ones again and again, and so does the next report of that day."""
_PRONOUNS = word_set("he she they him her them it we i you us me who himself herself themselves itself")
_POSSESSIVES = word_set("his her its their our my your")
ORGANS = word_set("GOV MIL COP LEG JUD SPY OPP PTY")
"""Sectors that a state has: told without a country they belong to the state that the sentence or the dateline speaks of."""
_STANDING = word_set("president official vice deputy secretary general governor")
_NO_ROLES = word_set("CVL UNK REF CRM UAF")
_MANY = word_set("people personnel staff clergy crew youth elderly displaced wounded poor homeless unemployed workforce public population")
_TITLES = word_set("president king queen prime premier chancellor sultan emir general pope prince ayatollah")
"""First words of names such as "President Assad", which tell the office as held when no date is given."""
_APPOSITION = re.compile(r",\s+([^,.;:]{4,90})(?:[,.;]|$)")


@dataclass(frozen=True, slots=True)
class ActorCode:
    """An actor: country (ISO 3166-1 alpha-3, or a class such as IGO), PLOVER sectors, display name, kind of thing, role held, body.

    The tables code what belongs to the United Nations UNO and to the European Union EUR, as PLOVER's manual of 2021 does; its
    gold standard of 2016, and CAMEO's IGOUNO, put the class first. Here `country` says the class, IGO, and `body` which one.

    `rule` names the table rows that decided, joined by "+"; "none" when nothing is known. Kind: person, organization, state, place, group.
    """

    country: str | None
    sector: str | None
    sector2: str | None
    name: str
    kind: str
    rule: str
    role: str | None = None
    body: str | None = None


def resolve_actor(
    text: str, context: str = "", date: str | None = None, actors: ActorTable | None = None, entity: str | None = None
) -> ActorCode:
    """The actor that a bare mention stands for.

    Args:
        text: the mention ("Germany's foreign minister", "FSB").
        context: the sentence around it; may give the country of "the foreign minister".
        date: ISO date of what is reported; None asks for those still in office.
        actors: the user's own rows, which win.
        entity: kind of the named entity, if known ("PERSON" keeps "Israel Katz" from being a state).
    """
    tables = actors.tables if actors is not None else load_actor_tables()
    parsed, found = _resolve_alone(text, bool(entity) and str(entity).upper().startswith("PER"), date, tables)
    return found if parsed is None else _class_of_body(_from_context(found, parsed, context, date, tables))


@lru_cache(maxsize=REMEMBERED_MENTIONS)
def _resolve_alone(text: str, person: bool, date: str | None, tables: ActorTables) -> tuple[Parsed | None, ActorCode]:
    """A mention taken apart and what it stands for by its own words; None where nothing that is said around it can add to that."""
    parsed = parse_mention(text, tables, person=person)
    if parsed is None:
        return None, _nothing(text)
    if len(parsed.words) == 1 and parsed.words[0].fold in _PRONOUNS and not (text.strip().isupper() and len(text.strip()) > 1):
        return None, ActorCode(None, "UNK", None, text.strip(), "person", "pronoun")
    return parsed, _decide(parsed, date, tables)


def _class_of_body(found: ActorCode) -> ActorCode:
    return replace(found, country="IGO", body=found.country) if found.country in BETWEEN_STATES else found


def _nothing(text: str) -> ActorCode:
    return ActorCode(None, None, None, " ".join(text.split()), "person" if text[:1].isupper() else "group", "none")


def _decide(parsed: Parsed, date: str | None, tables: ActorTables) -> ActorCode:
    holder = find_holder(parsed, date, tables)
    if holder is not None:
        return _code_holder(parsed, *holder, date)
    sector = find_sector(parsed, date)
    origin = find_origin(parsed, date, tables)
    if sector is None or origin is None:
        mended = respell(parsed, tables, roles=origin is not None)
        again = parse_mention(mended, tables) if mended else None
        if again is not None:
            sector, origin, parsed = find_sector(again, date), find_origin(again, date, tables), again
    return _join(parsed, sector, origin) if sector or origin else _nothing(parsed.text)


def _code_holder(parsed: Parsed, rows: tuple[Office, ...], item: Item, date: str | None) -> ActorCode:
    """A person of offices.tsv: the office held at the date, else what the title before the name says, else ELI."""
    agents = [i for s in parsed.segments for i in s.items if i.agent and i.agent.kind == "person" and s.opener in {"", ","}]
    stated = weigh_roles(parsed, agents, date) if agents else None
    title = parsed.between(stated.item.start, stated.item.end) if stated and stated.item else ""
    role = _role(parsed, stated.item) if stated and stated.item else None
    retired = stated is not None and retire(parsed, stated).sector == "ELI"
    office = None if retired else held_at(rows, date, title)
    origin = _stated_origin(parsed, item) or Origin(rows[-1].code, rows[-1].place)
    name = rows[0].name
    if office is not None:
        sector, sector2 = office.sector, office.sector2
        if stated and stated.sector and not shares_word(title, office.role) and not date:
            sector, sector2 = stated.sector, stated.sector2
        return ActorCode(origin.code, sector, sector2, name, "person", office.place, role or office.role)
    last = max(rows, key=lambda r: r.term.start)
    known = bool(title) and any(shares_word(title, r.role) for r in rows)
    if stated is not None and not retired and not (date and known):
        return ActorCode(origin.code, stated.sector, stated.sector2, name, "person", f"{last.place}+{stated.place}", role)
    if not date and parsed.words[item.start].fold in _TITLES and item.end - item.start > 1:
        return ActorCode(origin.code, last.sector, last.sector2, name, "person", last.place, last.role)
    begun = not date or any(r.term.start <= date[: len(r.term.start)] for r in rows)
    return ActorCode(origin.code, "ELI" if begun else None, None, name, "person", last.place, role)


def _stated_origin(parsed: Parsed, item: Item) -> Origin | None:
    strong = places_by_strength(parsed, parsed.head)[0]
    return next((o for o in strong if o.item is not None and o.item.end <= item.start), None)


def _join(parsed: Parsed, sector: Sector | None, origin: Origin | None) -> ActorCode:
    """Sector and country in one code; a weak "leader" or "chairman" without any country stays without a sector."""
    if origin is None and sector is not None and sector.item is not None and sector.item.agent is not None and sector.item.agent.code:
        origin = Origin(sector.item.agent.code, sector.item.agent.place, sector.item)  # "peacekeepers" of nobody in particular
    code = origin.code if origin else None
    agent = sector.item.agent if sector and sector.item else None
    said = sector.sector if sector else None
    if (
        agent is not None
        and sector is not None
        and sector.place == agent.place
        and said == "GOV"
        and agent.weak
        and not _governs(agent, code)
    ):
        said = None
    elif said == "GOV" and agent is not None and agent.weak and origin is not None and is_people(origin):
        said = "ELI"  # "Yoruba leaders" govern no state
    place = "+".join(dict.fromkeys(p for p in (sector.place if sector else "", origin.place if origin else "") if p))
    kind, name, role = _describe(parsed, sector, origin)
    return ActorCode(code, said, sector.sector2 if sector and said else None, name, kind, place or "none", role)


def _governs(agent: Agent, code: str | None) -> bool:
    if code is None:
        return agent.phrase.split()[-1] in _STANDING
    return code not in BODIES or code in BETWEEN_STATES | {"IGO"}



def _describe(parsed: Parsed, sector: Sector | None, origin: Origin | None) -> tuple[str, str, str | None]:
    """Kind, name and role of what is not an office-holder."""
    head = parsed.head
    text = parsed.between(head.start, len(parsed.words))
    item = sector.item if sector else None
    if sector is None or item is None:
        return ("place" if origin and parsed.placed else "group" if origin else "person"), text, None
    if item.agent is None:
        row = next((n.row for n in item.names if n.row.place == sector.place and n.how in {"name", "organization"}), None)
        whole = item.start == head.start and item.end == head.end and all(s.opener == "," for s in parsed.segments[1:])
        return sector.kind, (row.name if row and whole else text), None
    if item.agent.kind != "person":
        return item.agent.kind, text, None
    role = None if sector.sector in _NO_ROLES else _role(parsed, item)
    name = parsed.between(item.end, head.end)
    if name[:1].isupper():
        return "person", name, role
    many = parsed.words[item.end - 1].lemma != parsed.words[item.end - 1].stem or parsed.words[item.end - 1].stem in _MANY
    return ("group", text, None) if many else ("person", text, role)


def _role(parsed: Parsed, item: Item) -> str:
    """The title in the report's words, from after the country on: "Planning and Investment Minister"."""
    segment = next((s for s in parsed.segments if s.start <= item.start < s.end), parsed.head)
    before = [i.end for i in segment.items if i.end <= item.start and i.names]
    start = max([segment.start, *before])
    return parsed.between(start + 1 if before and parsed.words[start].joined and start < item.start else start, item.end)


def _from_context(found: ActorCode, parsed: Parsed, context: str, date: str | None, tables: ActorTables) -> ActorCode:
    """The same, with what the sentence adds: an apposition after the mention, or the one country that the sentence names."""
    if not context or found.country is not None:
        return found
    beside = words_beside(parsed.text, context) if found.sector is None else ""
    told = parse_mention(beside, tables) if beside else None
    if told is not None:
        title = _decide(told, date, tables)
        if title.sector and title.kind == "person":
            found = replace(found, country=title.country, sector=title.sector, sector2=title.sector2, rule=title.rule, role=title.role)
            return found if found.country else _country_of_sentence(found, parsed, context, tables)
    return _country_of_sentence(found, parsed, context, tables)


def words_beside(mention: str, context: str) -> str:
    """The words between commas right after a mention; empty if there are none."""
    at = context.find(mention)
    while at >= 0:
        beside = _APPOSITION.match(context, at + len(mention))
        if beside:
            return beside[1]
        at = context.find(mention, at + 1)
    return ""


def _country_of_sentence(found: ActorCode, parsed: Parsed, context: str, tables: ActorTables) -> ActorCode:
    """The country of a sentence that names just one, where the mention may be expected to belong to it."""
    if parsed.words[-1].text in context and not _belongs_here(found, parsed):
        return found
    around = parse_mention(context.replace(parsed.text, " , ", 1), tables)
    if around is None:
        return found
    origins = [o for s in around.segments for o in places_by_strength(around, s)[0]]
    if len({o.code for o in origins}) != 1:
        return found
    return replace(found, country=origins[0].code, rule=f"{found.rule}+context:{origins[0].place}")


def _belongs_here(found: ActorCode, parsed: Parsed) -> bool:
    """Organs of a state, and people told as a body ("protesters"); a person, a bare name or "his parents" may come from anywhere."""
    if found.sector in ORGANS:
        return True
    is_body = found.kind == "organization" or (found.kind == "group" and found.sector is not None)
    return is_body and parsed.words[0].fold not in _POSSESSIVES
