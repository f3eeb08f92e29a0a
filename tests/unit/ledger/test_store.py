"""Readings go in once and come out exactly; files that are no ledgers are told apart."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.ledger import make_reading
from hearsay.core.records import Attribution, Event, Participant, PartRecord, Problem, Provenance, Reading, Thing, Timex, When
from hearsay.core.span import Span
from hearsay.ledger import Ledger, LedgerError, LedgerVersionError, RecordNotFound, codec, query
from hearsay.ledger.ids import record_ids, report_id
from hearsay.ledger.schema import current_version
from tests.unit.ledger.story import LATER, STORY, TEXT

words = st.text(alphabet=st.characters(), max_size=12) | st.sampled_from(["\ud800", "a\0b", "\ud83d\ude00", "née “x”", ""])
maybe = st.none() | words
span = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: Span(t[0], t[0] + t[1]))
spans = st.lists(span, max_size=3).map(tuple)
prov = st.builds(Provenance, words, words, st.floats(0, 1))


def tuples(of, size=3):
    return st.lists(of, max_size=size).map(tuple)


things_of = st.sampled_from(["t0", "t1", "t9", None])
participant = st.builds(Participant, span, words, things_of)
attribution = st.builds(
    Attribution, st.just(""), words, spans, spans, spans, prov, spans, st.just("asserts"), st.booleans(), things_of,
    st.sampled_from(["a0", "a1", "a9", None]),
)  # fmt: skip
event = st.builds(
    Event, st.just(""), st.sampled_from(["ACCUSE", "AID"]), span, prov, maybe, tuples(words), maybe,
    tuples(participant), tuples(participant),
    st.sampled_from(["asserted", "negated"]), st.booleans(), st.none() | st.builds(When, words | st.just("2022-12"), st.none() | span),
    st.none() | participant, st.sampled_from(["a0", "a9", None]), tuples(words), maybe, words,
)  # fmt: skip
degrees = st.none() | st.floats(-90, 90)
thing = st.builds(Thing, st.just(""), words, words, spans, prov, maybe, maybe, maybe, maybe, degrees, degrees)


def number(letter: str, records):
    return tuple(replace(r, id=f"{letter}{i}") for i, r in enumerate(records))


readings = st.builds(
    lambda a, e, t, **rest: Reading(attributions=number("a", a), events=number("e", e), things=number("t", t), **rest),
    tuples(attribution), tuples(event), tuples(thing), id=words, text=st.text(max_size=80) | words, url=maybe, publisher=maybe, title=maybe,
    date=maybe, date_from=maybe, language=maybe, authors=tuples(words), tags=tuples(words), agencies=tuples(words),
    parts=tuples(st.builds(PartRecord, words, span, st.integers(0, 3))), sentences=spans,
    timexes=tuples(st.builds(Timex, span, words, words, prov, maybe)), problems=tuples(st.builds(Problem, words, words, st.none() | span)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(readings)
def test_any_reading_comes_out_as_it_went_in_and_a_second_time_adds_nothing(reading: Reading) -> None:
    assert codec.decode(codec.encode(reading)) == reading
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.db", create=True) as ledger:
        added = ledger.add(reading, coder_version="1")
        before = {t: ledger.rows(f"SELECT count(*) FROM {t}")[0][0] for t in ("events", "things", "passages", "entities", "readings")}
        assert added.status == "added"
        assert ledger.add(reading, coder_version="1").status == "present"
        assert ledger.get(added.report) == reading
        assert len(query.events(ledger, include_teasers=True)) == len(reading.events)
        assert len(query.statements(ledger, include_teasers=True)) == len(reading.attributions)
        assert ledger.add(reading, coder_version="2").status == "replaced"
        assert before | {"readings": 2} == {t: ledger.rows(f"SELECT count(*) FROM {t}")[0][0] for t in before}
        assert ledger.check() == []
        query.report(ledger, added.report)


def test_the_story_comes_out_as_it_went_in(ledger: Ledger) -> None:
    added = ledger.add(STORY, coder_version="1", input_key="k")
    assert added.report == report_id(STORY)
    assert ledger.get(added.report) == ledger.get("story") == STORY
    assert ledger.has_input("k") and not ledger.has_input("l")
    assert list(ledger.readings()) == [STORY]


def test_the_same_text_elsewhere_is_an_appearance(ledger: Ledger) -> None:
    ledger.add(STORY, coder_version="1")
    again = ledger.add(replace(STORY, id="copy", publisher="The Copy", url="https://copy.example"), coder_version="1")
    assert again.status == "present"
    found = query.report(ledger, again.report)["appearances"]
    assert [a["publisher"] for a in found] == ["The Copy"]


def test_another_date_is_another_report(ledger: Ledger) -> None:
    assert ledger.add(STORY, coder_version="1").report != ledger.add(LATER, coder_version="1").report


def test_a_better_coder_takes_the_place_and_the_earlier_reading_stays(ledger: Ledger) -> None:
    first = ledger.add(STORY, coder_version="1").report
    better = replace(STORY, events=STORY.events[:1])
    assert ledger.add(better, coder_version="2").status == "replaced"
    assert [e["type"] for e in query.events(ledger)] == ["REJECT"]
    assert ledger.get(first) == better and ledger.get(first, version="1") == STORY
    assert ledger.versions(first) == ["1", "2"]
    assert query.search(ledger, "sanctioned")


def test_records_of_one_kind_and_place_have_ids_of_their_own() -> None:
    twins = replace(STORY, events=(STORY.events[0], replace(STORY.events[0], id="e2")))
    ids = record_ids("r", twins)
    assert ids["e1"] != ids["e2"]
    assert record_ids("r", STORY)["e1"] == ids["e1"]


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError), ledger.writing():
        ledger.add(STORY, coder_version="1")
        raise RuntimeError
    assert query.events(ledger) == []
    assert ledger.add(STORY, coder_version="1").status == "added"


def test_no_such_report(ledger: Ledger) -> None:
    with pytest.raises(RecordNotFound, match="no report 'nothing'"):
        ledger.get("nothing")


def test_no_such_file(path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger; `hearsay add"):
        Ledger.open(path)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path, create=True)


def test_a_file_of_something_else(path: Path) -> None:
    path.write_text("nothing of the kind" * 100)
    with pytest.raises(LedgerError, match=r"news\.db: damaged or no ledger .*restore a copy"):
        Ledger.open(path, create=True)
    assert path.read_text().startswith("nothing")


def test_an_empty_file_is_no_ledger_until_one_is_made_in_it(path: Path) -> None:
    path.touch()
    with pytest.raises(LedgerError, match="an empty file"):
        Ledger.open(path, readonly=True)
    Ledger.open(path, create=True).close()
    Ledger.open(path, readonly=True).close()


def test_a_database_of_another_program(path: Path) -> None:
    link = sqlite3.connect(path)
    link.execute("CREATE TABLE bookmarks (url)")
    link.commit()
    link.close()
    with pytest.raises(LedgerError, match="no Hearsay ledger"):
        Ledger.open(path, create=True)


def set_version(path: Path, version: int) -> None:
    link = sqlite3.connect(path)
    link.execute(f"PRAGMA user_version = {version}")
    link.commit()
    link.close()


@pytest.mark.parametrize("readonly", [True, False])
def test_a_newer_ledger_is_refused_and_left_alone(path: Path, readonly: bool) -> None:
    Ledger.open(path, create=True).close()
    set_version(path, current_version() + 1)
    before = path.read_bytes()
    with pytest.raises(LedgerVersionError, match="written by a newer Hearsay"):
        Ledger.open(path, readonly=readonly)
    assert path.read_bytes() == before


def test_a_damaged_file_is_named_with_a_cure(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        for n in range(20):
            ledger.add(make_reading(n), coder_version="1")
    size = os.path.getsize(path)
    with path.open("r+b") as file:
        for place in range(4096, size, 4096):
            file.seek(place)
            file.write(b"\xff" * 200)
    with pytest.raises(LedgerError, match=r"news\.db: damaged.*restore a copy"), Ledger.open(path, readonly=True) as ledger:
        query.events(ledger)


def test_a_cut_file_is_named(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        ledger.add(STORY, coder_version="1")
    with path.open("r+b") as file:
        file.truncate(8192)
    with pytest.raises(LedgerError, match="damaged"), Ledger.open(path) as ledger:
        query.events(ledger)


def test_reading_only_changes_nothing(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        ledger.add(STORY, coder_version="1")
    with Ledger.open(path, readonly=True) as ledger, pytest.raises(LedgerError, match="read-only"):
        ledger.add(LATER, coder_version="1")


def test_every_line_of_the_text_is_found(ledger: Ledger) -> None:
    ledger.add(STORY, coder_version="1")
    for words_ in ("ruiz", "rejects offer", "vershinin", "banks", "iran attacks"):
        (hit, *_) = query.search(ledger, words_)
        assert TEXT[slice(*hit["sentence_span"])] == hit["sentence"]
        assert all(TEXT[s:e].lower() in words_ or words_.startswith(TEXT[s:e].lower()[:4]) for s, e in hit["marks"]) and hit["marks"]
