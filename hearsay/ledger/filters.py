"""What a person asks for -> conditions in SQL. Words never enter the SQL itself, only its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from hearsay.core.records import MODALITIES, STANCES, TYPES
from hearsay.errors import ArgumentError
from hearsay.ledger.days import interval
from hearsay.ledger.folding import COPIED
from hearsay.ledger.parties import find_party, phrase
from hearsay.ledger.store import Ledger

Words = str | Sequence[str]


class EventsWanted(TypedDict, total=False):
    """Filters of events; several hold together, several values of one are alternatives.

    A party (actor, recipient, either, said_by, place) is a name (`Brittney Griner`, `Griner`), a country or sector code
    (`RUS`, `GOV`, `RUS/GOV`) or the id of an entity (`n…`).
    """

    actor: Words
    recipient: Words
    either: Words
    """Actor or recipient."""
    place: Words
    said_by: Words
    """Anybody in the chain of those who vouch for the event."""
    type: Words
    mode: Words
    modality: Words
    since: str
    """A day, month or year; events whose time may lie in it or later."""
    until: str
    publisher: Words
    text: str
    """Words of the sentence, as in `search`."""
    report: str
    alleged: bool
    """True: somebody is said to have said it; False: the report says it in its own voice."""
    quantity: bool
    """Only events with a figure."""
    min_score: float
    include_background: bool
    """Default True."""
    include_teasers: bool
    """Default False: a teaser tells of another report."""
    include_rejected: bool
    """Default False."""
    include_reprints: bool
    """Default False, but True with `report`: what a copy tells as the first report does is folded under that one."""


class StatementsWanted(TypedDict, total=False):
    """Filters of statements; parties as for events."""

    by: Words
    about: Words
    """A party that the content mentions; else words of the content."""
    text: str
    """Words of the content, as in `search`."""
    stance: Words
    since: str
    until: str
    publisher: Words
    report: str
    negated: bool
    min_score: float
    include_teasers: bool
    include_rejected: bool
    include_reprints: bool


@dataclass(slots=True)
class Where:
    """Conditions that all must hold, and their values."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.values.extend(values)

    def one_of(self, column: str, wanted: Words | None) -> None:
        """A column that has one of some values."""
        if wanted is not None:
            values = each(wanted)
            self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)

    def sql(self) -> str:
        """The whole, to stand behind WHERE."""
        return " AND ".join(f"({c})" for c in self.conditions) or "1"

    def tables(self, main: str, *columns: str) -> str:
        """FROM the main table (`events e`), with the reports where a condition or a column asks for them."""
        asked = any("r." in piece for piece in (*self.conditions, *columns))
        return f"FROM {main}" + f" JOIN reports r ON r.id = {main.split()[1]}.report" * asked


def where_events(ledger: Ledger, wanted: EventsWanted) -> Where:
    """Conditions on `events e JOIN reports r`."""
    check_events(wanted)
    where = Where()
    for name, roles in (("actor", ("actor",)), ("recipient", ("recipient",)), ("either", ("actor", "recipient")), ("place", ("place",))):
        if name in wanted:
            _add_parties(ledger, where, wanted[name], roles)  # type: ignore[literal-required]
    if "said_by" in wanted:
        _add_vouchers(ledger, where, wanted["said_by"])
    where.one_of("e.type", _upper(wanted.get("type")))
    where.one_of("e.mode", wanted.get("mode"))
    where.one_of("e.modality", wanted.get("modality"))
    where.one_of("r.publisher", wanted.get("publisher"))
    add_days(where, "e.day_from", "e.day_to", wanted.get("since"), wanted.get("until"))
    if text := wanted.get("text"):
        where.add("e.passage IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)", match_expression(text))
    if "alleged" in wanted:
        where.add(f"e.attribution IS {'NOT' if wanted['alleged'] else ''} NULL")
    if wanted.get("quantity"):
        where.add("e.quantity IS NOT NULL")
    if not wanted.get("include_background", True):
        where.add("e.background = 0")
    _add_common(where, "e", wanted)
    return where


def where_statements(ledger: Ledger, wanted: StatementsWanted) -> Where:
    """Conditions on `attributions a JOIN reports r`."""
    _check_names(wanted, StatementsWanted)
    where = Where()
    if "by" in wanted:
        _add_speakers(ledger, where, wanted["by"])
    if "about" in wanted:
        _add_abouts(ledger, where, wanted["about"])
    if text := wanted.get("text"):
        where.add("a.id IN (SELECT rowid FROM content_words WHERE content_words MATCH ?)", match_expression(text))
    _check_values(wanted.get("stance"), STANCES)
    where.one_of("a.stance", wanted.get("stance"))
    where.one_of("r.publisher", wanted.get("publisher"))
    add_days(where, "a.date", "a.date", wanted.get("since"), wanted.get("until"))
    if "negated" in wanted:
        where.add("a.negated = ?", int(wanted["negated"]))
    _add_common(where, "a", wanted)
    return where


def check_events(wanted: EventsWanted) -> None:
    """Raises ArgumentError for a filter, type, modality or time that cannot be."""
    _check_names(wanted, EventsWanted)
    _check_values(_upper(wanted.get("type")), TYPES)
    _check_values(wanted.get("modality"), MODALITIES)
    for time in (wanted.get("since"), wanted.get("until")):
        if time:
            days_of(time)


def _check_values(wanted: Words | None, allowed: Sequence[str]) -> None:
    for value in each(wanted or ()):
        if value not in allowed:
            raise ArgumentError(f"{value!r}: choose from {', '.join(allowed)}")


def _check_names(wanted: EventsWanted | StatementsWanted, shape: Any) -> None:
    strange = sorted(set(wanted) - set(shape.__annotations__))
    if strange:
        raise ArgumentError(f"no filter {', '.join(strange)}; there are {', '.join(shape.__annotations__)}")


def _upper(wanted: Words | None) -> Words | None:
    return None if wanted is None else [w.upper() for w in each(wanted)]


def _add_common(where: Where, table: str, wanted: EventsWanted | StatementsWanted) -> None:
    if report := wanted.get("report"):
        where.add("r.uid = ? OR r.name = ?", report, report)
    if "min_score" in wanted:
        where.add(f"{table}.score >= ?", wanted["min_score"])
    if not wanted.get("include_teasers", False):
        where.add(f"+{table}.teaser = 0")  # the + keeps SQLite from choosing an index for what nearly every row is
    if not wanted.get("include_rejected", False):
        where.add(f"+{table}.rejected = 0")
    if not wanted.get("include_reprints", bool(wanted.get("report"))):
        where.add(f"{table}.passage IS NULL OR {table}.passage NOT IN ({COPIED})")


def add_days(where: Where, first: str, last: str, since: str | None, until: str | None) -> None:
    """An interval of days that touches another."""
    if since:
        where.add(f"{last} >= ?", days_of(since)[0])
    if until:
        where.add(f"{first} <= ?", days_of(until)[1])


def days_of(value: str) -> tuple[str, str]:
    """First and last day of a time that a person wrote. Raises ArgumentError."""
    days = interval(value)
    if days is None:
        raise ArgumentError(f"not a time: {value!r}; write 2022, 2022-12 or 2022-12-20")
    return days


def each(words: Words) -> list[str]:
    """One value or several, as a list."""
    return [words] if isinstance(words, str) else list(words)


def _any(where: Where, pieces: Sequence[tuple[str, list[Any]]]) -> None:
    where.add(" OR ".join(sql for sql, _ in pieces) or "0", *(v for _, values in pieces for v in values))


def _add_parties(ledger: Ledger, where: Where, words: Words, roles: Sequence[str]) -> None:
    pieces = []
    for word in each(words):
        condition, values = find_party(ledger, word).condition("entity", "country", ("sector", "sector2"))
        role = ", ".join(f"'{r}'" for r in roles)
        pieces.append((f"e.id IN (SELECT event FROM participants WHERE role IN ({role}) AND {condition})", values))
    _any(where, pieces)


_OF_CODE = "SELECT entity FROM things WHERE rejected = 0 AND "


def _entity_condition(ledger: Ledger, column: str, word: str) -> tuple[str, list[Any]]:
    party = find_party(ledger, word)
    condition, values = party.condition(column, "country", ("sector", "sector2"))
    return (f"{column} IN ({_OF_CODE}{condition})", values) if party.country or party.sector else (condition, values)


def _add_vouchers(ledger: Ledger, where: Where, words: Words) -> None:
    pieces = []
    for word in each(words):
        condition, values = _entity_condition(ledger, "entity", word)
        pieces.append((f"e.id IN (SELECT event FROM vouchers WHERE {condition})", values))
    _any(where, pieces)


def _add_speakers(ledger: Ledger, where: Where, words: Words) -> None:
    _any(where, [_entity_condition(ledger, "a.speaker", word) for word in each(words)])


def _add_abouts(ledger: Ledger, where: Where, words: Words) -> None:
    pieces = []
    for word in each(words):
        condition, values = _entity_condition(ledger, "entity", word)
        if values == ["[]"]:
            pieces.append(("a.id IN (SELECT rowid FROM content_words WHERE content_words MATCH ?)", [match_expression(word)]))
        else:
            pieces.append((f"a.id IN (SELECT attribution FROM abouts WHERE {condition})", values))
    _any(where, pieces)


def match_expression(text: str) -> str:
    """Words of a search as an FTS5 expression that cannot be malformed.

    All words must occur; `"a b"` is a phrase, `OR` an alternative, `-word` must not occur, `word*` a beginning.

    >>> match_expression('prisoner* "Brittney Griner" OR swap -basketball')
    '("prisoner"* AND ("Brittney Griner" OR "swap")) NOT ("basketball")'
    """
    groups: list[list[str]] = []
    unwanted: list[str] = []
    joined = False
    for token in re.findall(r'-?"[^"]*"?|[^\s"]+', text):
        if token == "OR" and groups:
            joined = True
            continue
        bare = token.lstrip("-") if len(token) > 1 and token[0] == "-" else token
        term = phrase(bare.strip('"').rstrip("*")) + "*" * (bare.endswith("*") and len(bare) > 1)
        if bare is not token and bare != token:
            unwanted.append(term)
        elif joined:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    if not groups:
        raise ArgumentError(f"nothing to search for in {text!r}")
    wanted = " AND ".join(f"({' OR '.join(g)})" if len(g) > 1 else g[0] for g in groups)
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else f"({wanted})"
