"""What several formats need: ids, names of parties, days, codes of countries. Nothing here writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hearsay.core.records import Event, Participant, Reading, Thing
from hearsay.core.span import Span
from hearsay.knowledge.files import read_table

CODEBOOK = "PLOVER-2021"
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


class Country(NamedTuple):
    """Codes of a country: ISO 3166-1, FIPS 10-4, Correlates of War."""

    iso3: str
    iso2: str
    fips: str
    cow: str


class Party(NamedTuple):
    """Words in a role with the thing they stand for."""

    words: str
    thing: Thing | None

    @property
    def name(self) -> str:
        """The thing's name, else the words."""
        return self.thing.name if self.thing else self.words

    @property
    def country(self) -> Country | None:
        """The country's codes."""
        return countries().get(self.thing.country or "") if self.thing else None


@cache
def countries() -> dict[str, Country]:
    """Codes of countries by ISO alpha-3."""
    rows = read_table(Path(__file__).with_name("countries.tsv"))
    return {r["iso3"]: Country(r["iso3"], r["iso2"], r["fips"], r["cow"]) for r in rows}


def report_key(reading: Reading) -> str:
    """Id of a report, the same as in the ledger: of its text and date."""
    pieces = (reading.text, reading.date or "")
    data = "".join(f"{len(p)}:{p}" for p in pieces)
    return "r" + hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def event_key(reading: Reading, event: Event) -> str:
    """Id of an event in an export: its report and its number there."""
    return f"{report_key(reading)}-{event.id}"


def parties(reading: Reading, who: Iterable[Participant]) -> list[Party]:
    """The parties of a role."""
    return [Party(one_line(p.text), reading.thing(p.thing)) for p in who]


def happened(readings: Iterable[Reading]) -> Iterator[tuple[Reading, Event]]:
    """Events for formats that cannot say *not*, *may* or *will*: only what is asserted, and not what teasers tell."""
    for reading in readings:
        for event in reading.events:
            if event.modality == "asserted" and not event.part.startswith("teaser"):
                yield reading, event


def event_day(reading: Reading, event: Event) -> str:
    """The first day of the event's time, else the report's date, else empty; YYYY-MM-DD, or as much of it as is known."""
    for value in (event.when.value if event.when else None, reading.date):
        found = re.match(r"\d{4}(?:-\d\d(?!\d))?(?:-\d\d(?!\d))?", value or "")
        if found and not re.match(r"\d{4}-[WQHSF]", value or ""):
            return found[0]
    return ""


def full_day(day: str) -> str:
    """A day of the calendar out of a year or month: its first.

    >>> full_day("2022-12")
    '2022-12-01'
    """
    return day + "-01" * (2 - day.count("-")) if day else ""


def sentence_of(reading: Reading, place: Span) -> tuple[int, Span] | None:
    """Number and span of the sentence around a place."""
    return next(((i, s) for i, s in enumerate(reading.sentences) if s.start <= place.start < s.end), None)


def sentence_text(reading: Reading, event: Event) -> str:
    """The sentence of an event in one line, else its trigger."""
    found = sentence_of(reading, event.trigger)
    return one_line((found[1] if found else event.trigger).of(reading.text))


def one_line(words: str) -> str:
    """Words without line ends and tabs, and with no lone surrogate or NUL."""
    return " ".join(re.sub("[\0\ud800-\udfff]", "\ufffd", words).split())


def join(words: Iterable[str | None], by: str = "; ") -> str:
    """Words in one cell; those that hold the separator cannot be parted again."""
    return by.join(one_line(w) for w in words if w)


def pieces(text: str, spans: Sequence[Span]) -> str:
    """Words of several spans in one line."""
    return " … ".join(one_line(s.of(text)) for s in spans)
