"""Figures on one matter stand side by side; figures on different matters do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hearsay.core.records import Event, Participant, Provenance, Reading, Thing, When
from hearsay.core.span import Span
from hearsay.ledger import Ledger, query
from hearsay.ledger.figures import matters, same_matter

BY = Provenance("made", "made:1", 0.9)


def toll(name: str, actor: str, whom: str, figure: str, day: str, *, kind: str = "ASSAULT", country: str | None = None) -> Reading:
    """A report that says: actor killed whom."""
    text = f"{actor} killed {whom} near the border."
    who, what = Span(0, len(actor)), Span(len(actor) + 8, len(actor) + 8 + len(whom))
    things = (Thing("t1", "state", actor, (who,), BY, country), Thing("t2", "group", whom, (what,), BY, country))
    event = Event(
        "e1", kind, Span(len(actor) + 1, len(actor) + 7), BY, actors=(Participant(who, actor, "t1"),),
        recipients=(Participant(what, whom, "t2"),), when=When(day), quantity=figure,
    )  # fmt: skip
    return Reading(name, text, publisher=name, date=day, sentences=(Span(0, len(text)),), events=(event,), things=things)


FIRST = toll("one", "Morsk", "three Talvari soldiers", "three", "2023-06-03")
OTHERS = [
    (toll("two", "Morsk", "at least seven Talvari soldiers", "at least seven", "2023-06-04"), True, "the same actor and kind"),
    (toll("two", "Morsk forces", "7 Talvari soldiers", "7", "2023-06-05"), True, "a further word in common"),
    (toll("two", "Morsk", "a soldier", "a", "2023-06-04"), True, "one or several"),
    (toll("two", "Morsk", "three Talvari soldiers", "three", "2023-06-20"), False, "weeks later"),
    (toll("two", "Morsk", "nine fishermen", "nine", "2023-06-03"), False, "another kind"),
    (toll("two", "Ruritania", "nine soldiers", "nine", "2023-06-03"), False, "nothing else in common"),
    (toll("two", "Morsk", "seven Talvari soldiers", "seven", "2023-06-03", kind="COERCE"), False, "another type"),
]


@pytest.mark.parametrize(("other", "same", "why"), OTHERS, ids=[why for *_, why in OTHERS])
def test_on_one_matter(ledger: Ledger, other: Reading, same: bool, why: str) -> None:
    ledger.add(FIRST, coder_version="1")
    ledger.add(other, coder_version="1")
    found = matters(ledger)
    assert bool(found) == same, why
    (event,) = query.events(ledger, report="one")
    matter = same_matter(ledger, event)
    assert (matter is not None) == same
    if matter is not None:
        assert [e["quantity"] for e in matter.events] == ["three", other.events[0].quantity] and matter.disputed
        assert matter.counted.endswith(("Talvari soldiers", "soldier"))


def test_a_shared_country_is_enough(ledger: Ledger) -> None:
    ledger.add(toll("one", "Kenya", "14 people", "14", "2023-06-03", country="KEN"), coder_version="1")
    ledger.add(toll("two", "Rebels", "about 20 people", "about 20", "2023-06-03", country="KEN"), coder_version="1")
    ledger.add(toll("far", "Bandits", "30 people", "30", "2023-06-03", country="NGA"), coder_version="1")
    (matter,) = matters(ledger)
    assert [e["quantity"] for e in matter.events] == ["14", "about 20"] and matter.counted == "people"


def test_agreeing_figures_are_not_disputed(ledger: Ledger) -> None:
    ledger.add(FIRST, coder_version="1")
    ledger.add(replace(FIRST, id="two", publisher="two", date="2023-06-04"), coder_version="1")
    (matter,) = matters(ledger)
    assert not matter.disputed and len(matter.events) == 2


def test_no_figure_no_matter(ledger: Ledger) -> None:
    ledger.add(FIRST, coder_version="1")
    (event,) = query.events(ledger)
    assert matters(ledger) == [] and same_matter(ledger, event) is None
    assert same_matter(ledger, event | {"quantity": None}) is None and same_matter(ledger, event | {"day_from": None}) is None
