"""POLECAT: tab-separated, 40 columns with a header, one row an event; several actors of an event stand in one cell, parted by `; `."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from hearsay.core.records import Event, Reading
from hearsay.export.common import Party, event_day, event_key, full_day, happened, join, one_line, parties
from hearsay.knowledge.ontology import load_ontology

SUFFIX = ".tsv"
FIELDS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name",
    "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
LOSSES = (
    "negated, future and hypothetical events, and those of teasers: the format cannot tell them from what happened",
    "who says so: statements, chains, alleged or asserted; the text and every span; rule and score",
    "time finer than a day, and intervals (the first day stands)",
    "left empty: the date of an event without one, Wikipedia ids, City, District, Province, GeoNames ID, Feature Type",
    "country names stand as ISO alpha-3 codes",
)


def write(readings: Iterable[Reading], sink: TextIO) -> int:
    """A header and one row an event."""
    sink.write("\t".join(FIELDS) + "\n")
    rows = 0
    for reading, event in happened(readings):
        cells = _row(reading, event)
        sink.write("\t".join(one_line(str(cells.get(f, "") or "")) for f in FIELDS) + "\n")
        rows += 1
    return rows


def _row(reading: Reading, e: Event) -> dict[str, object]:
    kind = load_ontology().types[e.type]
    return {
        "Event ID": event_key(reading, e), "Event Date": full_day(event_day(reading, e)), "Event Type": e.type, "Event Mode": e.mode,
        "Intensity": f"{kind.scale:g}", "Quad Code": kind.quad.upper(), "Contexts": join(e.contexts),
        **_role("Actor", parties(reading, e.actors)), **_role("Recipient", parties(reading, e.recipients)), **_place(reading, e),
        "Source": reading.publisher, "Publication Date": reading.date, "Story People": _story(reading, "person"),
        "Story Organizations": _story(reading, "organization"), "Story Locations": _story(reading, "place", "state"),
        "Language": reading.language, "Version": "hearsay",
    }  # fmt: skip


def _role(role: str, who: list[Party]) -> dict[str, object]:
    things = [p.thing for p in who if p.thing]
    sectors = dict.fromkeys(s for t in things for s in (t.sector, t.sector2) if s)
    return {
        f"{role} Name": join(p.name for p in who), f"{role} Country": join(dict.fromkeys(t.code for t in things)),
        f"{role} COW": join(dict.fromkeys(p.country.cow for p in who if p.country)), f"Primary {role} Sector": next(iter(sectors), None),
        f"{role} Sectors": join(sectors), f"{role} Title": join(dict.fromkeys(t.role for t in things)),
        f"{role} Name Raw": join(p.words for p in who),
    }  # fmt: skip


def _place(reading: Reading, e: Event) -> dict[str, object]:
    if e.where is None:
        return {}
    place = parties(reading, [e.where])[0]
    thing = place.thing
    found = {"Placename": thing.name, "Country": thing.country, "Latitude": thing.lat, "Longitude": thing.lon} if thing else {}
    return {"Raw Placename": place.words, **{k: "" if v is None else str(v) for k, v in found.items()}}


def _story(reading: Reading, *kinds: str) -> str:
    return join(dict.fromkeys(t.name for t in reading.things if t.kind in kinds))
