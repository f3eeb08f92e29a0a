"""Hearsay reads news reports and keeps a ledger of who did what to whom, when, where, and according to whom.

    import hearsay
    reading = hearsay.read("report.txt", date="2022-12-20")
    for event in reading.events:
        print(event.type, [p.text for p in event.actors], event.chain)

Nothing is loaded until something is read; the model is opened once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hearsay.api import open_reader, read, read_text
    from hearsay.core.records import Attribution, Event, Participant, Problem, Provenance, Reading, Thing, Timex, When
    from hearsay.core.span import Span
    from hearsay.errors import ArgumentError, DataError, HearsayError, InputError, ModelError

__version__ = "0.1.0"

_HOMES = {
    "hearsay.api": ("open_reader", "read", "read_text"),
    "hearsay.core.records": ("Attribution", "Event", "Participant", "Problem", "Provenance", "Reading", "Thing", "Timex", "When"),
    "hearsay.core.span": ("Span",),
    "hearsay.errors": ("ArgumentError", "DataError", "HearsayError", "InputError", "ModelError"),
}

__all__ = [
    "ArgumentError",
    "Attribution",
    "DataError",
    "Event",
    "HearsayError",
    "InputError",
    "ModelError",
    "Participant",
    "Problem",
    "Provenance",
    "Reading",
    "Span",
    "Thing",
    "Timex",
    "When",
    "open_reader",
    "read",
    "read_text",
]


def __getattr__(name: str) -> Any:
    import importlib

    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module 'hearsay' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
