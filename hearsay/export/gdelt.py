"""GDELT 2.0: tab-separated without a header, 61 event columns, and a companion file of mentions (16 columns).

One row for each pair of actor and recipient of an event. Event codes are CAMEO: the event's own, else the root category of its
PLOVER type; Goldstein values are those of the root category.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TextIO

from hearsay.core.records import Event, Reading
from hearsay.export.common import QUADS, Party, event_day, event_key, full_day, happened, one_line, parties, sentence_of
from hearsay.knowledge.ontology import load_ontology

SUFFIX = ".tsv"
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
FIELDS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate", *(f"Actor1{c}" for c in _ACTOR), *(f"Actor2{c}" for c in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone", *(f"{who}Geo_{c}" for who in ("Actor1", "Actor2", "Action") for c in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_FIELDS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
LOSSES = (
    "negated, future and hypothetical events, and those of teasers: the format cannot tell them from what happened",
    "events without a date, which the format cannot hold",
    "who says so: statements, chains, alleged or asserted; modes and contexts; the text; rules",
    "that several actors belong to one event: each pair is a row",
    "left empty: known groups, ethnic and religion codes, actors' places, ADM1, ADM2, FeatureID, tone, translation",
    "country codes of actors are ISO alpha-3, which CAMEO's nearly are; NumMentions, NumSources and NumArticles are 1",
    "spans: only their starts, in the mentions file",
)
ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08", "REQUEST": "10",
    "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip
GOLDSTEIN = {
    "01": 0.0, "02": 3.0, "03": 4.0, "04": 1.0, "05": 3.5, "06": 6.0, "07": 7.0, "08": 5.0, "09": -2.0, "10": -5.0, "11": -2.0, "12": -4.0,
    "13": -6.0, "14": -6.5, "15": -7.2, "16": -4.0, "17": -7.0, "18": -9.0, "19": -10.0, "20": -10.0,
}  # fmt: skip
_Pair = tuple[Reading, Event, int, int, int]
"""A reading, an event, number of the actor and of the recipient (-1 for none), GlobalEventID."""


def write(readings: Iterable[Reading], sink: TextIO) -> int:
    """Event rows."""
    return _write(sink, FIELDS, (_event(*pair) for pair in _pairs(readings)))


def write_mentions(readings: Iterable[Reading], sink: TextIO) -> int:
    """Mention rows, one for each event row."""
    return _write(sink, MENTION_FIELDS, (_mention(*pair) for pair in _pairs(readings)))


COMPANIONS = {"mentions": write_mentions}


def _write(sink: TextIO, fields: tuple[str, ...], rows: Iterable[dict[str, object]]) -> int:
    count = 0
    for row in rows:
        cells = (row.get(f) for f in fields)
        sink.write("\t".join("" if c is None else one_line(str(c)) for c in cells) + "\n")
        count += 1
    return count


def _pairs(readings: Iterable[Reading]) -> Iterator[_Pair]:
    for reading, event in happened(readings):
        if not event_day(reading, event):
            continue
        numbers = (range(len(who)) if who else (-1,) for who in (event.actors, event.recipients))
        for n, (actor, recipient) in enumerate(product(*numbers)):
            yield reading, event, actor, recipient, _number(reading, event, n)


def _number(reading: Reading, event: Event, n: int) -> int:
    """An integer of 60 bits for each row, the same in every export."""
    return int(hashlib.sha256(f"{event_key(reading, event)}-{n}".encode()).hexdigest()[:15], 16)


def _event(reading: Reading, e: Event, actor: int, recipient: int, number: int) -> dict[str, object]:
    day = full_day(event_day(reading, e))
    root = (e.cameo or ROOTS[e.type])[:2]
    code = e.cameo or ROOTS[e.type] + "0"
    return {
        "GlobalEventID": number, "Day": _digits(day)[:8], "MonthYear": _digits(day)[:6], "Year": day[:4], "FractionDate": _fraction(day),
        **_actor("Actor1", reading, e, actor), **_actor("Actor2", reading, e, recipient),
        "IsRootEvent": int(e.part in ("headline", "lead")),
        "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": root,
        "QuadClass": QUADS.index(load_ontology().types[e.type].quad) + 1, "GoldsteinScale": GOLDSTEIN.get(root),
        "NumMentions": 1, "NumSources": 1, "NumArticles": 1, **_action(reading, e),
        "DATEADDED": _digits(reading.date or day), "SOURCEURL": reading.url or event_key(reading, e),
    }  # fmt: skip


def _digits(day: str) -> str:
    """YYYYMMDDHHMMSS of a day."""
    return day.replace("-", "") + "000000"


def _fraction(day: str) -> str:
    """Year and share of the year gone, as the codebook has it: (month * 30 + day) / 365."""
    share = (int(day[5:7]) * 30 + int(day[8:10])) / 365
    return f"{int(day[:4]) + min(share, 0.9999):.4f}"


def _actor(column: str, reading: Reading, e: Event, number: int) -> dict[str, object]:
    who = e.actors if column == "Actor1" else e.recipients
    if number < 0:
        return {}
    party = parties(reading, who)[number]
    codes = [party.thing.country, party.thing.sector, party.thing.sector2] if party.thing else [None] * 3
    return {
        f"{column}Code": "".join(c for c in codes if c), f"{column}Name": party.name.upper(), f"{column}CountryCode": codes[0],
        f"{column}Type1Code": codes[1], f"{column}Type2Code": codes[2],
    }  # fmt: skip


def _action(reading: Reading, e: Event) -> dict[str, object]:
    if e.where is None:
        return {}
    place: Party = parties(reading, [e.where])[0]
    thing = place.thing
    kind = 0 if thing is None else 1 if thing.kind == "state" else 4
    return {
        "ActionGeo_Type": kind, "ActionGeo_Fullname": place.name, "ActionGeo_CountryCode": place.country.fips if place.country else None,
        "ActionGeo_Lat": thing.lat if thing else None, "ActionGeo_Long": thing.lon if thing else None,
    }  # fmt: skip


def _mention(reading: Reading, e: Event, actor: int, recipient: int, number: int) -> dict[str, object]:
    found = sentence_of(reading, e.trigger)
    day = full_day(event_day(reading, e))
    return {
        "GlobalEventID": number, "EventTimeDate": _digits(day), "MentionTimeDate": _digits(reading.date or day),
        "MentionType": 1 if reading.url else 2, "MentionSourceName": reading.publisher, "MentionIdentifier": reading.url or reading.id,
        "SentenceID": found[0] + 1 if found else None, "Actor1CharOffset": e.actors[actor].span.start if actor >= 0 else -1,
        "Actor2CharOffset": e.recipients[recipient].span.start if recipient >= 0 else -1, "ActionCharOffset": e.trigger.start,
        "InRawText": 1, "Confidence": max(0, min(100, round(e.provenance.score * 10) * 10)), "MentionDocLen": len(reading.text),
    }  # fmt: skip
