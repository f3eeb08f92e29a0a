"""Which PLOVER sector a mention's roles, organisations and places speak of.

The head's last role decides; a weak one ("leader", "spokesman", "forces") gives way to what qualifies it or what it governs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hearsay.knowledge.actors import Country, Name, Organization
from hearsay.knowledge.folding import word_set
from hearsay.resolve.mentions import DIRECTIONS, NOT_HOME, Item, Parsed, Segment

_FORMER = word_set("former ex retired late onetime ousted deposed erstwhile disgraced emeritus")
_OFFICES = word_set("GOV MIL LEG JUD PTY COP SPY")
_ARMED = word_set("REB PRM UAF CRM OPP")
_PASSIVE = word_set("REL CVL EDU BUS LEG MED")
_OFFICIAL = word_set("official state")
_PLACES = word_set("name demonym capital seat city region")


@dataclass(frozen=True, slots=True)
class Sector:
    """What says the sector: codes, the kind of actor, the table row, and the entry of the mention (None for a term of office)."""

    sector: str | None
    sector2: str | None
    kind: str
    place: str
    item: Item | None = None


def active_row(names: tuple[Name, ...], date: str | None) -> Organization | None:
    """The row of an organisation that holds at the date; without a date the one still open; else the nearest."""
    rows = [n.row for n in names if isinstance(n.row, Organization)]
    if not rows:
        return None
    held = [r for r in rows if r.term.holds(date)] if date else [r for r in rows if not r.term.end]
    dated = [r for r in held if r.term.start or r.term.end] or held
    if dated:
        return max(dated, key=lambda r: r.term.start)
    ended = [r for r in rows if not date or (r.term.end and r.term.end < date)]
    return max(ended, key=lambda r: r.term.end) if ended else min(rows, key=lambda r: r.term.start)


def find_sector(parsed: Parsed, date: str | None) -> Sector | None:
    """What the roles and organisations of a mention say, the head's last role first."""
    head = parsed.head
    agents = [i for i in head.items if i.agent]
    last = head.items[-1] if head.items else None
    final = last if last and last.end == head.end and not last.agent and hows(last) != {"person"} else None
    if final is not None and not any(i.end <= final.start and _by_title(i, final) for i in agents):
        return _nationalize(parsed, _sole(parsed, final, date))
    if not agents:
        return _without_role(parsed, date)
    return _nationalize(parsed, retire(parsed, weigh_roles(parsed, agents, date)))


def _by_title(agent: Item, final: Item) -> bool:
    """ "Prime Minister Hamas"? Only a role right before an organisation that is no head keeps its say ("leader Hezbollah")."""
    titled = agent.agent is not None and agent.end == final.start and agent.agent.kind == "person" and agent.agent.phrase not in _OFFICIAL
    return titled and not hows(final) & _PLACES and not any(n.own for n in final.names)


def hows(item: Item) -> set[str]:
    return {n.how for n in item.names}


def _without_role(parsed: Parsed, date: str | None) -> Sector | None:
    """No role in the head: an organisation or seat in it, else what an apposition or "of" brings."""
    for item in parsed.head.items:
        if not hows(item) & {"demonym", "name", "region", "city", "capital", "person"}:
            return _sole(parsed, item, date)
    for segment in parsed.segments[1:]:
        agents = [i for i in segment.items if i.agent]
        if segment.opener in {",", "of"} and agents:
            return retire(parsed, weigh_roles(parsed, agents, date, segment), segment)
    return None


def weigh_roles(parsed: Parsed, agents: list[Item], date: str | None, segment: Segment | None = None) -> Sector:
    """The last role, unless it is weak and something else says more."""
    segment = segment or parsed.head
    last = agents[-1]
    assert last.agent is not None
    passive = _PASSIVE if last.agent.sector == "MIL" else frozenset()
    strong = [i for i in agents[:-1] if i.agent and not i.agent.weak and i.agent.sector not in passive]
    org = _organization(segment.items, date)
    if not last.agent.weak:
        if last.agent.sector == "MIL":
            armed = [i for i in strong if i.agent and i.agent.sector in _ARMED]
            if armed:
                return _of_agent(armed[-1], last)
            if org and org.sector in _ARMED:
                return _of_organization(org, last)
        return _of_agent(last, last)
    return _weak(parsed, segment, last, strong, org, date)


def _weak(parsed: Parsed, segment: Segment, last: Item, strong: list[Item], org: Organization | None, date: str | None) -> Sector:
    """ "rebel leader", "Hamas spokesman", "member of parliament", "group of thieves": a modifier or complement decides."""
    assert last.agent is not None
    if strong:
        return _of_agent(strong[-1], last)
    if org is not None and (org.sector or last.agent.sector in {"UNK", "CVL"}):
        return _of_organization(org, last)
    if last.agent.sector != "CVL":
        for later in parsed.segments[parsed.segments.index(segment) + 1 :]:
            found = _complement(later, last, date)
            if found is not None:
                return found
    return _of_agent(last, last)


def _complement(segment: Segment, last: Item, date: str | None) -> Sector | None:
    """What the segment after a weak role says ("chairman of the company's board")."""
    if segment.opener in NOT_HOME:
        return None
    agents = [i for i in segment.items if i.agent and not i.agent.weak and i.agent.sector != "UNK"]
    if agents and segment.opener in {"of", "for", "from", "at", "with"}:
        return _of_agent(agents[-1], last)
    org = _organization(segment.items, date)
    return _of_organization(org, last) if org and org.sector else None


def _organization(items: tuple[Item, ...], date: str | None) -> Organization | None:
    return next((org for org in (active_row(i.names, date) for i in items) if org), None)


def _nationalize(parsed: Parsed, found: Sector, segment: Segment | None = None) -> Sector:
    """GOV and JRN for a newspaper or agency that is called official or the state's."""
    if found.sector != "JRN" or found.item is None or found.kind != "organization":
        return found
    before = {w.fold for w in parsed.words[(segment or parsed.head).start : found.item.start]}
    return replace(found, sector="GOV", sector2="JRN") if before & _OFFICIAL else found


def _of_agent(item: Item, head: Item) -> Sector:
    assert item.agent is not None and head.agent is not None
    place = item.agent.place if item is head else f"{item.agent.place}+{head.agent.place}"
    return Sector(item.agent.sector, item.agent.sector2, head.agent.kind, place, head)


def _of_organization(org: Organization, head: Item) -> Sector:
    assert head.agent is not None
    return Sector(org.sector, org.sector2, head.agent.kind, f"{org.place}+{head.agent.place}", head)


def retire(parsed: Parsed, found: Sector, segment: Segment | None = None) -> Sector:
    """ELI for "former president", "retired general", "president-elect"."""
    if found.item is None or found.kind != "person" or found.sector not in _OFFICES:
        return found
    start = (segment or parsed.head).start
    before = {w.fold for w in parsed.words[start : found.item.start]}
    after = parsed.words[found.item.end].fold if found.item.end < len(parsed.words) else ""
    if before & _FORMER or after == "elect":
        return replace(found, sector="ELI", sector2=None, place=f"{found.place}+former")
    return found


def _sole(parsed: Parsed, item: Item, date: str | None) -> Sector:
    """A name that is the head: a state has no sector, its capital or seat stands for the government, a city for its people."""
    org = active_row(item.names, date)
    places = [n for n in item.names if isinstance(n.row, Country)]
    if org is not None and (all(n.how == "seat" for n in places) or any(n.acronym for n in item.names if n.how == "organization")):
        return Sector(org.sector, org.sector2, org.kind, org.place, item)
    name = places[0] if places else item.names[0]
    row = name.row
    assert isinstance(row, Country)
    return Sector(_stands_for(parsed, item, name, row), None, _kind_of(name.how, row), row.place, item)


def _stands_for(parsed: Parsed, item: Item, name: Name, row: Country) -> str | None:
    if name.how == "capital" and row.kind == "breakaway":
        return "PRE"
    if name.how == "capital":
        turned = {w.fold for w in parsed.words[parsed.head.start : item.start]} & DIRECTIONS
        return "CVL" if turned or parsed.placed else "GOV"
    if name.how == "city" or (name.how == "demonym" and _tells_people_apart(parsed, item)):
        return "CVL"
    return "PRE" if row.kind == "breakaway" and name.how == "name" else name.sector


def _tells_people_apart(parsed: Parsed, item: Item) -> bool:
    """ "Bosnian Serbs", "Palestinians living in Gaza": a people told apart; "Palestinians" alone may be any side of the state."""
    word = parsed.words[item.end - 1]
    told_apart = item.start > parsed.head.start or item.end - item.start > 1 or len(parsed.segments) > 1
    return word.lemma != word.stem and told_apart


def _kind_of(how: str, row: Country) -> str:
    if how == "demonym":
        return "group"
    return "place" if how in {"region", "city"} else "organization" if row.kind == "union" or how == "seat" else "state"
