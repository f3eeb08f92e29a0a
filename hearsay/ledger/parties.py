"""Whom a question means: a code, a name or an id."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearsay.ledger.ids import fold
from hearsay.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a question, found: a code (country, sector) or the ids of entities."""

    country: str | None = None
    sector: str | None = None
    entities: tuple[int, ...] = ()

    def condition(self, entity: str, country: str, sectors: Sequence[str]) -> tuple[str, list[Any]]:
        """SQL over the named columns, and its values."""
        if not (self.country or self.sector):
            return f"{entity} IN (SELECT value FROM json_each(?))", [json.dumps(self.entities)]
        pieces = [f"{country} = ?"] * bool(self.country)
        pieces += [f"({' OR '.join(f'{s} = ?' for s in sectors)})"] * bool(self.sector)
        return " AND ".join(pieces), [self.country] * bool(self.country) + [self.sector] * (len(sectors) * bool(self.sector))


def find_party(ledger: Ledger, words: str) -> Party:
    """What a person means: a code that the ledger knows, an entity's id, else every entity of that name."""
    code = re.fullmatch(r"([A-Z]{3})?/([A-Z]{3})|([A-Z]{3})", words)
    if code and code[2]:
        return Party(code[1], code[2])
    if code and _is_known(ledger, "country", words):
        return Party(country=words)
    if code and _is_known(ledger, "sector", words):
        return Party(sector=words)
    return Party(entities=tuple(entities_named(ledger, words)))


_CALLED = """SELECT id FROM entities WHERE folded = :folded UNION
             SELECT n.id FROM entity_names w JOIN entities n ON n.id = w.rowid WHERE entity_names MATCH :phrase AND n.kind = 'person'
             UNION SELECT entity FROM participants WHERE text = :words COLLATE NOCASE"""


def entities_named(ledger: Ledger, words: str) -> list[int]:
    """Ids of the entities that a name or id means, with all that people merged with them.

    A state, place, organization or group of exactly this name wins: *Iran* is not *Iran Air*. Else it is a person in whose name
    the words stand (*Griner*), or whoever was called just so in a role (*Moscow*, said of a government). Else any name with them.
    """
    if re.fullmatch(r"n[0-9a-f]{16}", words):
        rows = ledger.rows("SELECT id FROM entities WHERE uid = ?", (words,))
    else:
        rows = ledger.rows("SELECT id FROM entities WHERE folded = ? AND kind NOT IN ('person', 'words')", (fold(words),))
        rows = rows or ledger.rows(_CALLED, {"words": words, "folded": fold(words), "phrase": phrase(words)})
        rows = rows or ledger.rows("SELECT rowid AS id FROM entity_names WHERE entity_names MATCH ?", (phrase(words),))
    sql = "SELECT id FROM entities WHERE canonical IN (SELECT canonical FROM entities WHERE id IN (SELECT value FROM json_each(?)))"
    return [r["id"] for r in ledger.rows(sql, (json.dumps([r["id"] for r in rows]),))]


def _is_known(ledger: Ledger, column: str, code: str) -> bool:
    return bool(ledger.rows(f"SELECT 1 FROM things WHERE {column} = ? LIMIT 1", (code,)))


def phrase(words: str) -> str:
    """Words as one FTS5 phrase."""
    return '"' + words.replace('"', " ").replace("\0", " ") + '"'
