"""Reprints in a ledger: by their bodies, the very same text as an appearance."""

from __future__ import annotations

from dataclasses import replace

from eval.ledger import make_reading
from hearsay.ledger_cli.reprints import find_families


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


def made_reading(**facts):
    return replace(make_reading(1), **facts)
