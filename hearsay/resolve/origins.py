"""Which country a mention belongs to: by demonyms, places and organisations, the head's first."""

from __future__ import annotations

from dataclasses import dataclass

from hearsay.knowledge.actors import ActorTables, Country, Office
from hearsay.knowledge.folding import word_set
from hearsay.resolve.mentions import DIRECTIONS, LEADING, NOT_HOME, PLACING, Item, Parsed, Segment
from hearsay.resolve.places import resolve_place
from hearsay.resolve.sectors import active_row

_SURE_PLACE = 0.7
_PARTLY = word_set("backed occupied controlled held born trained made funded supported armed sponsored allied linked educated run")
_LED = word_set("led based ruled dominated majority")


@dataclass(frozen=True, slots=True)
class Origin:
    """What says the country."""

    code: str
    place: str
    item: Item | None = None


def find_origin(parsed: Parsed, date: str | None, tables: ActorTables) -> Origin | None:
    """The country: of the head's demonyms and places, its organisation, "-led" and "-based", then of what follows the head."""
    head = parsed.head
    strong, led, partly = places_by_strength(parsed, head)
    org = _organization_origin(head.items, date)
    if strong and all(is_people(o) for o in strong):  # "Druze inhabitants of the Syrian Golan Heights"
        tails = (places_by_strength(parsed, s)[0] for s in parsed.segments[1:] if s.opener not in NOT_HOME)
        strong = [o for tail in tails for o in tail if not is_people(o)][:1] or strong
    if strong:
        late = org is not None and org.item is not None and strong[0].item is not None and org.item.start < strong[0].item.start
        final = strong[-1].item is not None and strong[-1].item.end == head.end
        return org if late and not final else strong[0]
    for found in (org, _owner(parsed, tables), led[0] if led else None):
        if found is not None:
            return found
    for segment in parsed.segments[1:]:
        if segment.opener not in NOT_HOME:
            found = _tail_origin(parsed, segment, date)
            if found is not None:
                return found
    return partly[0] if partly else _gazetteer_origin(parsed)


def _gazetteer_origin(parsed: Parsed) -> Origin | None:
    """The country of a town that only the gazetteer knows: "Multan police", "a court in Zhob"; not "Karim police", whom none tells."""
    head = parsed.head
    role = next((i for i in head.items if i.agent and i.agent.kind != "person"), None)
    stretches = [(head.start, role.start)] if role else []
    stretches += [(s.start, s.end) for s in parsed.segments[1:] if s.opener in PLACING and head.items]
    for start, end in stretches:
        words = [w for w in parsed.words[start:end] if w.capital and w.fold not in LEADING | PLACING | DIRECTIONS]
        name = parsed.between(start, end) if len(words) == end - start else " ".join(w.text for w in words)
        found = resolve_place(name) if words else None
        if found is not None and found.country and found.score >= _SURE_PLACE:
            return Origin(found.country, found.rule)
    return None


def is_people(origin: Origin) -> bool:
    """Whether a people's name says the country; peoples live in neighbouring states as well."""
    return origin.item is not None and any(isinstance(n.row, Country) and n.row.kind == "people" for n in origin.item.names)


def _owner(parsed: Parsed, tables: ActorTables) -> Origin | None:
    """The office-holder that owns the head: "Putin's spokesman"."""
    for item in parsed.head.items:
        for name in item.names:
            if isinstance(name.row, Office):
                return Origin(name.row.code, name.row.place, item)
    for k in range(parsed.head.start, parsed.head.end - 1):
        rows = tables.surnames.get(parsed.words[k].stem, []) if parsed.words[k].possessive and parsed.words[k].capital else []
        if rows and len({r.code for r in rows}) == 1:
            return Origin(rows[-1].code, rows[-1].place)
    return None


def _tail_origin(parsed: Parsed, segment: Segment, date: str | None) -> Origin | None:
    strong, led, partly = places_by_strength(parsed, segment)
    org = _organization_origin(segment.items, date)
    person = next((Origin(n.row.code, n.row.place, i) for i in segment.items for n in i.names if isinstance(n.row, Office)), None)
    return next((f for f in (*strong, org, *led, person, *partly) if f is not None), None)


def places_by_strength(parsed: Parsed, segment: Segment) -> tuple[list[Origin], list[Origin], list[Origin]]:
    """Places of a segment: plain ones, those before "-led" or "-based", those before "-backed" or "-occupied"."""
    out: tuple[list[Origin], list[Origin], list[Origin]] = ([], [], [])
    for item in segment.items:
        names = [n for n in item.names if isinstance(n.row, Country)]
        if not names or (len(names) < len(item.names) and any(n.acronym for n in item.names if n not in names)):
            continue
        after = parsed.words[item.end].fold if item.end < len(parsed.words) else ""
        row = names[0].row
        assert isinstance(row, Country)
        out[1 if after in _LED else 2 if after in _PARTLY else 0].append(Origin(row.code, row.place, item))
    out[0].sort(key=is_people)
    return out


def _organization_origin(items: tuple[Item, ...], date: str | None) -> Origin | None:
    for item in items:
        org = active_row(item.names, date)
        if org is not None and org.code:
            return Origin(org.code, org.place, item)
    return None
