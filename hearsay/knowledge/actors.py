"""Actor tables: countries, kinds of actors, organisations with years, holders of offices with terms.

Four tables under `data/actors` become typed rows that keep file and line, and two indexes: `names` (whatever is called by a name) and
`agents` (common nouns that tell a sector). Keys are tuples of folded words. What a mention means is decided in `resolve/actors.py`;
`organizations.tsv` and `offices.tsv` may be missing and then hold nothing.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import NamedTuple

from hearsay.errors import DataFormatError
from hearsay.knowledge.files import DATA, Row, read_table
from hearsay.knowledge.folding import Words, fold_words, is_acronym, singular, word_set

SECTORS = word_set("GOV MIL REB COP JUD LEG PTY OPP SPY UAF PRM CVL BUS MED JRN EDU LAB REL REF CRM AGR ELI PRE SOC UNK")
BODIES = word_set("IGO NGO IMG MNC UNO EUR ISM")
"""Codes of organisations that belong to no single country."""
BETWEEN_STATES = word_set("UNO EUR")
"""Codes of single bodies between states; their class is IGO."""
COUNTRY_KINDS = word_set("state territory former union breakaway region city people")
AGENT_KINDS = word_set("person organization group place")

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CODE = re.compile(r"[A-Z]{3}")


class Term(NamedTuple):
    """From when to when, each ISO text as precise as it is known; empty where open."""

    start: str
    end: str

    def holds(self, date: str) -> bool:
        """Whether the ISO date lies in the term; days that an imprecise limit leaves open count as inside."""
        n, m = len(self.start), len(self.end)
        return self.start <= date[:n] and (not self.end or date[:m] <= self.end)


class Country(NamedTuple):
    """A row of countries.tsv. `seats` pairs a name with the sector it stands for."""

    code: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    place: str


class Agent(NamedTuple):
    """A row of agents.tsv. `weak`: any other word of the mention overrules its sector. `code`: where it belongs if nothing else says so."""

    phrase: str
    sector: str
    sector2: str | None
    kind: str
    weak: bool
    place: str
    code: str | None = None


class Organization(NamedTuple):
    """A row of organizations.tsv: one name, one code, one stretch of years."""

    name: str
    code: str | None
    sector: str | None
    sector2: str | None
    kind: str
    term: Term
    place: str


class Office(NamedTuple):
    """A row of offices.tsv: a person in one office."""

    name: str
    code: str
    sector: str
    sector2: str | None
    role: str
    term: Term
    place: str


class Name(NamedTuple):
    """A name and what it may stand for.

    `how` is name, demonym, capital, seat, city, region (all with a Country), organization or person. An `acronym` matches only in
    capitals. `sector` is that of a seat. `own`: a row that the user brings.
    """

    how: str
    row: Country | Organization | Office
    acronym: bool
    sector: str | None = None
    own: bool = False


class ActorTables:
    """All rows, indexed.

    Args of the methods are folded words. `surnames` holds the last names of office-holders, `persons` all terms by name and country;
    `reach` tells how many words the longest
    name or phrase that opens with a word has, `beginnings` holds the first two words of each that has more than one.
    """

    def __init__(self) -> None:
        self.countries: list[Country] = []
        self.names: dict[Words, list[Name]] = {}
        self.agents: dict[Words, Agent] = {}
        self.surnames: dict[str, list[Office]] = {}
        self.persons: dict[tuple[str, str], list[Office]] = {}
        self.reach: dict[str, int] = {}
        self.beginnings: set[Words] = set()
        self.by_code: dict[str, Country] = {}
        self.spellings: dict[bool, dict[str, list[str]]] = {}

    def add_name(self, text: str, name: Name) -> None:
        """Indexes one spelling."""
        words = fold_words(text)
        if words:
            self.names.setdefault(words, []).append(name)
            self._reach(words)

    def add_agent(self, agent: Agent) -> None:
        """Indexes a phrase by its lemmas."""
        words = tuple(singular(w) for w in fold_words(agent.phrase))
        self.agents.setdefault(words, agent)
        self._reach(words)

    def copy(self) -> ActorTables:
        """A copy whose indexes can be changed."""
        out = ActorTables()
        out.countries, out.names, out.agents = self.countries, dict(self.names), dict(self.agents)
        out.surnames, out.persons, out.reach, out.by_code = self.surnames, self.persons, dict(self.reach), self.by_code
        out.beginnings = set(self.beginnings)
        return out

    def override(self, own: ActorTables) -> None:
        """Lays other rows over these: an equal name or phrase hides all rows of this table."""
        self.names |= own.names
        self.agents |= own.agents
        for word, n in own.reach.items():
            self.reach[word] = max(n, self.reach.get(word, 0))
        self.beginnings |= own.beginnings

    def _reach(self, words: Words) -> None:
        if len(words) > self.reach.get(words[0], 0):
            self.reach[words[0]] = len(words)
        if len(words) > 1:
            self.beginnings.add(words[:2])


@cache
def load_actor_tables() -> ActorTables:
    """The tables that ship. Raises DataFormatError for a row with an unknown code, sector, kind or date."""
    tables = ActorTables()
    with _uncollected():
        _fill(tables)
    return tables


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would look through ten thousand new rows again and again; a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fill(tables: ActorTables) -> None:
    for row in read_table("actors/countries.tsv"):
        _add_country(tables, row)
    for row in _rows("organizations.tsv"):
        _add_organization(tables, row)
    for row in _rows("offices.tsv"):
        _add_office(tables, row)
    for row in read_table("actors/agents.tsv"):
        _add_agent(tables, row)


def _rows(name: str) -> Iterator[Row]:
    return read_table(f"actors/{name}") if (DATA / "actors" / name).exists() else iter(())


def _add_country(tables: ActorTables, row: Row) -> None:
    kind = _one_of(row, "kind", COUNTRY_KINDS)
    country = Country(_code(row, "code"), row["name"], kind, _number(row, "lat"), _number(row, "lon"), row.place)
    tables.countries.append(country)
    if kind in {"state", "territory", "union"}:
        tables.by_code[country.code] = country
    how = "demonym" if kind == "people" else kind if kind in {"region", "city"} else "name"
    for text in (country.name, *_parts(row["aliases"])):
        tables.add_name(text, Name(how, country, is_acronym(text)))
    for text in _parts(row["demonyms"]):
        for form in (text, *_plural(text)):
            tables.add_name(form, Name("demonym", country, is_acronym(text)))
    for text in _parts(row["capital"]):
        tables.add_name(text, Name("capital", country, False, "GOV"))
    for text in _parts(row["seats"]):
        seat, _, sector = text.partition("=")
        tables.add_name(seat, Name("seat", country, False, _sector(row, "seats", sector or "GOV")))


def _add_organization(tables: ActorTables, row: Row) -> None:
    found = Organization(
        row["name"], row["code"] and _code(row, "code"), _sector(row, "sector", row["sector"]),
        _sector(row, "sector2", row["sector2"]), row["kind"] or "organization", _term(row), row.place,
    )  # fmt: skip
    for text in {row["name"]: None, **dict.fromkeys(_parts(row["aliases"]))}:
        tables.add_name(text, Name("organization", found, is_acronym(text)))


def _add_office(tables: ActorTables, row: Row) -> None:
    first, _, second = row["sector"].partition("+")
    sector = _sector(row, "sector", first)
    office = Office(
        row["person"], _code(row, "country"), sector or "GOV", _sector(row, "sector", second), row["role"], _term(row), row.place
    )
    for text in {row["person"]: None, **dict.fromkeys(_parts(row["aliases"]))}:
        tables.add_name(text, Name("person", office, False))
    words = fold_words(row["person"])
    last = words[-2] if len(words) > 2 and words[-1] in {"jr", "sr", "ii", "iii"} else words[-1]
    tables.surnames.setdefault(last, []).append(office)
    tables.persons.setdefault((office.name, office.code), []).append(office)


def _add_agent(tables: ActorTables, row: Row) -> None:
    sector = _sector(row, "sector", row["sector"].rstrip("?"))
    if sector is None:
        raise DataFormatError(DATA / row.file, row.line, "a phrase without a sector: name one", column="sector")
    kind = _one_of(row, "kind", AGENT_KINDS)
    second, code = _sector(row, "sector2", row["sector2"]), row["code"] and _code(row, "code")
    tables.add_agent(Agent(row["phrase"], sector, second, kind, row["sector"].endswith("?"), row.place, code or None))


def _plural(demonym: str) -> Iterable[str]:
    if demonym.endswith(("s", "z", "sh", "ch", "ese", "men")) or is_acronym(demonym):
        return ()
    return (demonym + "s",)


def _parts(cell: str) -> list[str]:
    return [p.strip() for p in cell.split(";") if p.strip()] if cell else []


def _one_of(row: Row, column: str, allowed: frozenset[str]) -> str:
    if row[column] not in allowed:
        raise DataFormatError(DATA / row.file, row.line, f"{row[column]!r} is not one of {', '.join(sorted(allowed))}", column=column)
    return row[column]


def _code(row: Row, column: str) -> str:
    if not _is_code(row[column]):
        raise DataFormatError(DATA / row.file, row.line, f"{row[column]!r} is not a code of three capitals", column=column)
    return row[column]


@lru_cache(maxsize=1000)
def _is_code(cell: str) -> bool:
    return _CODE.fullmatch(cell) is not None


@lru_cache(maxsize=5000)
def _is_date(cell: str) -> bool:
    return _DATE.fullmatch(cell) is not None


def _sector(row: Row, column: str, cell: str) -> str | None:
    if cell and cell not in SECTORS:
        raise DataFormatError(DATA / row.file, row.line, f"{cell!r} is not one of {', '.join(sorted(SECTORS))}", column=column)
    return cell or None


def _term(row: Row) -> Term:
    for column in ("from", "to"):
        if row[column] and not _is_date(row[column]):
            raise DataFormatError(DATA / row.file, row.line, f"{row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD", column=column)
    return Term(row["from"], row["to"])


def _number(row: Row, column: str) -> float | None:
    if not row[column]:
        return None
    try:
        return float(row[column])
    except ValueError:
        raise DataFormatError(DATA / row.file, row.line, f"{row[column]!r} is not a number of degrees", column=column) from None
