"""Small event lexicons: light verbs, and words that make what they govern future, hypothetical or negated."""

from __future__ import annotations

from functools import cache

from hearsay.core.records import MODALITIES
from hearsay.errors import DataFormatError
from hearsay.knowledge.files import DATA, Row, read_table

Govern = dict[tuple[str, str], dict[str, tuple[str, str]]]
"""(lemma, part of speech) -> slot -> (effect, `file:line`)."""

_ROLES = frozenset({"actor", "recipient", "object", "victim", "phase"})


@cache
def load_light_verbs(language: str = "en") -> dict[str, dict[str, str]]:
    """Lemma -> slot of the event noun -> what the verb's subject is to the event (actor, recipient, or phase: nothing);
    with `object` it is the verb's object that is the actor, with `victim` its object that is the recipient."""
    out: dict[str, dict[str, str]] = {}
    for row in read_table(f"languages/{language}/light_verbs.tsv"):
        if row["role"] not in _ROLES:
            raise _fault(row, "role", f"{row['role']!r} is not one of {', '.join(sorted(_ROLES))}")
        for slot in row["slots"].split("|"):
            out.setdefault(row["lemma"], {})[slot] = row["role"]
    return out


@cache
def load_governors(language: str = "en") -> Govern:
    """What words do to the reality of the events in their slots; the slot `*` stands for any."""
    out: Govern = {}
    for row in read_table(f"languages/{language}/modality.tsv"):
        if row["effect"] not in MODALITIES:
            raise _fault(row, "effect", f"{row['effect']!r} is not one of {', '.join(MODALITIES)}")
        slots = out.setdefault((row["lemma"], row["pos"]), {})
        for slot in row["slots"].split():
            slots[slot] = (row["effect"], row.place)
    return out


def _fault(row: Row, column: str, what: str) -> DataFormatError:
    return DataFormatError(DATA / row.file, row.line, what, column=column)
