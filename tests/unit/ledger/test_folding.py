"""Reprints folded under the earliest report: in lists, counts, searches and readings, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hearsay.core.records import Event, PartRecord, Provenance, Reading
from hearsay.core.span import Span
from hearsay.ledger import Ledger, query, schema, summary
from hearsay.ledger.folding import is_told, told_by
from hearsay.ledger.reprinted import folded_readings, reprints_of
from hearsay.ledger_cli.reprints import mark_reprints

WIRE = (
    "Rebels freed nine sailors in the port of Aden on Monday, the envoy told reporters there.",
    "The sailors had been held on their ship since the spring and were in good health.",
    "The ministry in Sanaa denied that any money had been paid for them.",
    "Talks on the other crew of the second ship will go on in Muscat next week.",
)
ADDED = "The mayor of Aden attacked the deal as a shame for the whole town."
CHANGED = WIRE[0].replace("nine", "11")


def made(name: str, publisher: str, date: str, sentences: tuple[str, ...], headline: str) -> Reading:
    """A report with one event a sentence, its headline among them."""
    lines, spans, at = (headline, *sentences), [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    kinds = ("headline", "lead", *("body" for _ in sentences[1:]))
    events = tuple(
        Event(f"e{i}", "CONSULT", Span(s.start, s.start + 4), Provenance("events", "made", 0.5), part=kind)
        for i, (s, kind) in enumerate(zip(spans, kinds, strict=True))
    )
    parts = tuple(PartRecord(kind, span) for kind, span in zip(kinds, spans, strict=True))
    return Reading(
        id=name, text="\n".join(lines), publisher=publisher, date=date, title=headline, parts=parts, sentences=tuple(spans), events=events
    )


WIRE_REPORT = made("wire", "Reuters", "2022-01-05", WIRE, "Rebels free sailors in Aden")
COPY = made("copy", "Post", "2022-01-06", (*WIRE, ADDED), "Nine sailors walk free at last")
UPDATE = made("update", "Gazette", "2022-01-06", (CHANGED, *WIRE[1:]), "Rebels free sailors in Aden")


@pytest.fixture
def reprinted(ledger: Ledger) -> Ledger:
    added = [ledger.add(r, coder_version="made").report for r in (WIRE_REPORT, COPY, UPDATE)]
    mark_reprints(ledger, added)
    return ledger


def told(rows: list) -> list[tuple[str, str]]:
    return sorted((row["report_name"], row["sentence"]) for row in rows)


@pytest.mark.parametrize(
    ("sentence", "expected", "why"),
    [
        (WIRE[1], True, "word for word"),
        ("The sailors had been held on their ship since the spring and were well.", True, "its end changed"),
        ("THE SAILORS HAD BEEN HELD ON THEIR SHIP", True, "a piece in capitals"),
        (CHANGED, False, "another number"),
        (WIRE[0].replace("nine", "seven"), False, "another number in words"),
        (ADDED, False, "other words"),
        ("Aden", False, "one word alone is no run of it"),
        ("", False, "nothing"),
    ],
)
def test_a_sentence_is_told_when_most_of_its_words_and_all_numbers_are(sentence: str, expected: bool, why: str) -> None:
    assert is_told(sentence, told_by(WIRE)) is expected, why


def test_lists_and_counts_fold_what_the_first_report_tells(reprinted: Ledger) -> None:
    expected = sorted([("wire", s) for s in (WIRE_REPORT.title, *WIRE)] + [("copy", ADDED), ("update", CHANGED)])
    assert told(query.events(reprinted)) == expected
    assert query.count_events(reprinted) == len(expected) == 7
    assert sum(c["events"] for c in summary.counts(reprinted, "publisher")) == 7
    whole = {"include_reprints": True}
    assert len(query.events(reprinted, **whole)) == query.count_events(reprinted, **whole) == 16
    assert {c["value"]: c["events"] for c in summary.counts(reprinted, "publisher", **whole)} == {"Reuters": 5, "Post": 6, "Gazette": 5}


def test_a_report_asked_for_by_name_is_whole(reprinted: Ledger) -> None:
    assert len(query.events(reprinted, report="copy")) == query.count_events(reprinted, report="copy") == 6
    assert query.count_events(reprinted, report="copy", include_reprints=False) == 1


def test_a_search_finds_a_sentence_once_and_a_headline_of_its_own(reprinted: Ledger) -> None:
    assert [h["report_name"] for h in query.search(reprinted, '"good health"')] == ["wire"]
    assert query.search_facets(reprinted, '"good health"')["total"] == 1
    assert len(query.search(reprinted, '"good health"', include_reprints=True)) == 3
    assert [h["report_name"] for h in query.search(reprinted, '"walk free"')] == ["copy"]
    assert [h["report_name"] for h in query.search(reprinted, "sailors", publisher="Gazette")] == ["update"]


def test_reports_are_listed_with_their_copies(reprinted: Ledger) -> None:
    (row,) = query.reports(reprinted)
    assert row["report_name"] == "wire" and [(c["publisher"], c["agency"]) for c in row["reprints"]] == [
        ("Post", "Reuters"), ("Gazette", "Reuters"),
    ]  # fmt: skip
    assert len(query.reports(reprinted, include_reprints=True)) == 3
    assert reprints_of(reprinted, [row["report"], "r0"])["r0"] == []


def test_readings_are_folded_and_ledger_readings_are_not(reprinted: Ledger) -> None:
    held = {r.id: [e.id for e in r.events] for r in folded_readings(reprinted)}
    assert held == {"wire": ["e0", "e1", "e2", "e3", "e4"], "copy": ["e5"], "update": ["e1"]}
    assert [len(r.events) for r in reprinted.readings()] == [5, 6, 5]


def test_a_copy_read_anew_is_folded_anew(reprinted: Ledger) -> None:
    again = reprinted.add(COPY, coder_version="better").report
    assert query.count_events(reprinted) == 12
    mark_reprints(reprinted, [again])
    assert query.count_events(reprinted) == 7


def test_an_earlier_report_takes_the_family_over(reprinted: Ledger) -> None:
    first = replace(made("first", "Herald", "2022-01-04", (*WIRE, ADDED), "Sailors freed"), agencies=("Reuters",))
    mark_reprints(reprinted, [reprinted.add(first, coder_version="made").report])
    assert {name for name, _ in told(query.events(reprinted))} == {"first", "update"}


def test_copies_of_an_older_file_are_folded_when_it_is_opened(reprinted: Ledger, path: Path) -> None:
    with reprinted.writing() as link:
        link.execute("DROP TABLE copied")
        link.execute("PRAGMA user_version = 3")
    with Ledger.open(path) as again:
        assert again.rows("PRAGMA user_version")[0][0] == schema.current_version()
        assert query.count_events(again) == 7
