"""What people decide: shown in all answers, reversible, in any order, kept when a report is read again."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from hearsay.errors import ArgumentError
from hearsay.ledger import Ledger, RecordNotFound, query, summary
from tests.unit.ledger.story import LATER, STORY


@pytest.fixture
def stories(ledger: Ledger) -> Ledger:
    ledger.add(STORY, coder_version="1")
    ledger.add(LATER, coder_version="1")
    return ledger


def ids_of(ledger: Ledger, report: str = "story") -> dict[str, str]:
    return query.report(ledger, report)["ids"]


def test_a_correction_shows_both_values_and_filters_by_the_new_one(stories: Ledger) -> None:
    record = ids_of(stories)["e1"]
    made = stories.judge(record, "correct", "type", "ACCUSE", by="Ann", note="a reproach")
    assert (made.old, made.new) == ("REJECT", "ACCUSE")
    (row,) = query.events(stories, type="ACCUSE")
    assert row["id"] == record and row["corrected"]["type"]["was"] == "REJECT" and row["corrected"]["type"]["by"] == "Ann"
    stories.judge(record, "correct", "type", "THREATEN", by="Bob")
    (row,) = query.events(stories, type="THREATEN")
    assert row["corrected"]["type"]["was"] == "REJECT", "the report's own value, not Ann's"
    assert [j.old for j in stories.judgements(record=record)] == ["REJECT", "ACCUSE"]
    assert stories.get("story") == STORY
    assert stories.get("story", judged=True).events[0].type == "THREATEN"


def test_a_corrected_time_is_searched(stories: Ledger) -> None:
    record = ids_of(stories)["e1"]
    stories.judge(record, "correct", "when", "2023-02", by="Ann")
    assert [r["id"] for r in query.events(stories, until="2023")] == [record]
    assert stories.get("story", judged=True).events[0].when.value == "2023-02"
    stories.judge(record, "correct", "when", None, by="Ann")
    assert query.event(stories, record)["day_from"] is None
    assert stories.get("story", judged=True).events[0].when is None


def test_a_rejected_record_is_hidden_until_confirmed(stories: Ledger) -> None:
    record = ids_of(stories)["e1"]
    stories.judge(record, "reject", by="Ann", note="no event")
    assert record not in [r["id"] for r in query.events(stories)]
    assert query.event(stories, record)["rejected"]
    assert len(stories.get("story", judged=True).events) == 2
    assert [r["id"] for r in query.events(stories, include_rejected=True) if r["rejected"]] == [record]
    stories.judge(record, "confirm", by="Bob")
    assert query.event(stories, record)["confirmed_by"] == ["Bob"] and not query.event(stories, record)["rejected"]


def test_an_event_under_a_rejected_statement_loses_its_speaker_only(stories: Ledger) -> None:
    stories.judge(ids_of(stories)["a1"], "reject", by="Ann")
    assert [r["report_name"] for r in query.statements(stories)] == ["later"]
    mended = stories.get("story", judged=True)
    assert mended.attributions == () and mended.events[0].attribution is None
    assert mended.events[0].chain == ("RIA Novosti", "The Moscow Times")


def test_a_corrected_thing_is_found_by_its_new_code(stories: Ledger) -> None:
    stories.judge(ids_of(stories)["t2"], "correct", "country", "BLR", by="Ann")
    assert [r["report_name"] for r in query.events(stories, actor="BLR")] == ["story"]
    assert [r["report_name"] for r in query.events(stories, actor="RUS")] == ["later"]
    stories.judge(ids_of(stories)["t2"], "correct", "name", "Belarus", by="Ann")
    assert query.events(stories, report="story", type="REJECT")[0]["actors"][0]["name"] == "Belarus"


def test_merged_events_count_once(stories: Ledger) -> None:
    one, two = ids_of(stories)["e1"], ids_of(stories, "later")["e1"]
    stories.judge(one, "merge", value=two, by="Ann")
    assert query.event(stories, one)["same_as"] == [two]
    assert query.count_events(stories, type="REJECT") == 1
    assert summary.counts(stories, "type", type="REJECT") == [{"value": "REJECT", "events": 1}]
    stories.judge(two, "split", value=one, by="Bob")
    assert query.count_events(stories, type="REJECT") == 2


def test_merged_entities_answer_to_each_name(stories: Ledger) -> None:
    iran, air = (query.names(stories, word)[0]["id"] for word in ("Iran", "Air"))
    stories.judge(iran, "merge", value=air, by="Ann")
    assert [e["name"] for e in query.who(stories, "Iran")["entities"]] == ["Iran Air"]
    assert len(query.events(stories, actor="Iran Air", include_teasers=True)) == 2
    stories.judge(iran, "split", value=air, by="Ann")
    assert query.events(stories, actor="Iran Air", include_teasers=True) == []


def test_a_thing_that_only_shares_a_name_is_parted(stories: Ledger) -> None:
    thing = ids_of(stories)["t1"]
    stories.judge(thing, "split", by="Ann", note="another Vershinin")
    found = query.who(stories, "Vershinin")
    assert len(found["entities"]) == 2
    assert [len(query.statements(stories, by=e["id"])) for e in found["entities"]] == [1, 1]


def test_the_order_of_judgements_on_different_things_does_not_matter(tmp_path: Path) -> None:
    shown = []
    for n, order in enumerate(itertools.permutations(range(3))):
        with Ledger.open(tmp_path / f"{n}.db", create=True) as ledger:
            for reading in (STORY, LATER, replace(STORY, id="third", date="2024-07-01")):
                ledger.add(reading, coder_version="1")
            e1, e2, e3 = (ids_of(ledger, name)["e1"] for name in ("story", "later", "third"))
            steps = [(e1, "merge", None, e2), (e3, "merge", None, e2), (e2, "correct", "mode", "yield")]
            for i in order:
                record, verdict, field, value = steps[i]
                ledger.judge(record, verdict, field, value, by="Ann")
            rows = query.events(ledger, type="REJECT")
            shown.append([(r["id"], r["mode"], r["same_as"], [a["id"] for a in r["actors"]]) for r in rows])
    assert all(s == shown[0] for s in shown) and len(shown[0][0][2]) == 2


def test_judgements_hold_when_a_better_coder_finds_the_same_record(stories: Ledger) -> None:
    ids, later = ids_of(stories), ids_of(stories, "later")
    stories.judge(ids["e1"], "correct", "mode", "yield", by="Ann")
    stories.judge(ids["e2"], "reject", by="Ann")
    stories.judge(ids["e1"], "merge", value=later["e1"], by="Ann")
    stories.judge(ids["t1"], "split", by="Ann")
    before = query.who(stories, "Vershinin")["entities"]
    stories.add(replace(STORY, timexes=()), coder_version="2")
    assert query.event(stories, ids["e1"])["mode"] == "yield" and query.event(stories, ids["e2"])["rejected"]
    assert query.event(stories, ids["e1"])["same_as"] == [later["e1"]]
    assert query.who(stories, "Vershinin")["entities"] == before
    assert stories.check() == []


WRONG = [
    (("e1", "praise"), {}, "verdict 'praise'"),
    (("e1", "correct", "colour", "red"), {}, "field 'colour'"),
    (("e1", "correct", "type", "SHOUT"), {}, "choose one of AGREE"),
    (("e1", "correct", "background", "yes"), {}, "must be a bool"),
    (("e1", "merge"), {}, "merge needs the id"),
    (("e1", "merge", None, "t2"), {}, "same kind"),
    (("e1", "reject"), {"by": " "}, "needs the name"),
]


@pytest.mark.parametrize(("what", "more", "message"), WRONG)
def test_wrong_judgements_are_told_and_leave_nothing(stories: Ledger, what: tuple, more: dict, message: str) -> None:
    ids = ids_of(stories)
    record, *rest = (ids.get(w, w) for w in what)
    with pytest.raises(ArgumentError, match=message):
        stories.judge(record, *rest, **({"by": "Ann"} | more))
    assert stories.judgements() == []


@pytest.mark.parametrize("record", ["e0000000000000000", "n0000000000000000"])
def test_no_such_record(stories: Ledger, record: str) -> None:
    with pytest.raises(RecordNotFound):
        stories.judge(record, "merge", value=record[:-1] + "1", by="Ann")
