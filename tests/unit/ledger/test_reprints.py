"""Reprints in a ledger: by their bodies, the very same text as an appearance."""

from __future__ import annotations

from dataclasses import replace

from eval.ledger import make_reading
from hearsay.ledger import query
from hearsay.ledger_cli.reprints import find_families, mark_reprints


def test_families_of_a_ledger(ledger, path) -> None:
    first = made_reading(date="2022-01-03", publisher="Gazette", id="one")
    later = made_reading(date="2022-01-05", publisher="Reuters", id="two")
    for reading in (later, first, replace(first, publisher="Post", id="three")):
        ledger.add(reading, coder_version="made")
    (family,) = find_families(path, None, None)
    assert family["publisher"] == "Gazette" and family["agency"] == "Reuters"
    assert [(c["publisher"], c["held"]) for c in family["copies"]] == [("Reuters", 1.0), ("Post", 1.0)]
    (alone,) = find_families(path, None, "2022-01-04")
    assert [c["publisher"] for c in alone["copies"]] == ["Post"]
    assert find_families(path, "2022-01-04", None) == []


def test_copies_are_marked_as_they_come_in_under_the_earliest(ledger) -> None:
    wire = ledger.add(made_reading(date="2022-01-05", publisher="Reuters", id="wire"), coder_version="made").report
    assert mark_reprints(ledger, [wire]) == 0
    paper = ledger.add(made_reading(date="2022-01-06", publisher="Post", id="paper"), coder_version="made").report
    other = ledger.add(replace(make_reading(7), date="2022-01-06"), coder_version="made").report
    assert mark_reprints(ledger, [paper, other]) == 1
    assert query.report(ledger, paper)["reprint_of"]["report"] == wire
    assert query.report(ledger, paper)["reprint_of"]["agency"] == "Reuters"
    assert query.report(ledger, wire)["reprint_of"] is None and query.report(ledger, other)["reprint_of"] is None
    first = ledger.add(made_reading(date="2022-01-03", publisher="Gazette", id="first"), coder_version="made").report
    assert mark_reprints(ledger, [first]) == 0
    assert {query.report(ledger, x)["reprint_of"]["report"] for x in (wire, paper)} == {first}


def test_reports_of_other_weeks_are_not_compared_as_they_come_in(ledger) -> None:
    ledger.add(made_reading(date="2022-01-05"), coder_version="made")
    later = ledger.add(made_reading(date="2022-03-05"), coder_version="made").report
    assert mark_reprints(ledger, [later]) == 0
    undated = ledger.add(made_reading(date=None), coder_version="made").report
    assert mark_reprints(ledger, [undated]) == 1


def made_reading(**facts):
    return replace(make_reading(1), **facts)
