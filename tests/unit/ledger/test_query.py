"""Questions: each filter finds what it should and no more; rows carry where they come from."""

from __future__ import annotations

import json

import pytest

from eval.ledger import make_reading
from hearsay.errors import ArgumentError
from hearsay.ledger import Ledger, RecordNotFound, query, summary
from hearsay.ledger.filters import match_expression
from hearsay.ledger.flat import flatten
from tests.unit.ledger.conftest import MADE
from tests.unit.ledger.story import LATER, STORY, TEXT


@pytest.fixture
def stories(ledger: Ledger) -> Ledger:
    ledger.add(STORY, coder_version="1")
    ledger.add(LATER, coder_version="1")
    return ledger


EVENTS = [
    ({}, "SANCTION REJECT SANCTION REJECT", "all but the teaser's, the newest day first"),
    ({"include_teasers": True, "limit": 1}, "ASSAULT", "the teaser's day is its report's"),
    ({"include_background": False}, "REJECT REJECT", "the sanction is background"),
    ({"actor": "RUS"}, "REJECT REJECT", "a country"),
    ({"actor": "RUS/GOV"}, "REJECT REJECT", "a country and a sector"),
    ({"actor": "RUS/MIL"}, "", "no such sector"),
    ({"actor": "GOV", "type": "sanction"}, "SANCTION SANCTION", "a sector; types in any case"),
    ({"actor": "Russia"}, "REJECT REJECT", "a name"),
    ({"actor": "russia"}, "REJECT REJECT", "without case"),
    ({"actor": "Moscow"}, "REJECT REJECT", "the report's word for it"),
    ({"actor": "Iran", "include_teasers": True}, "ASSAULT ASSAULT", "the state, not Iran Air"),
    ({"actor": ["Iran", "USA"]}, "SANCTION SANCTION", "either of two"),
    ({"recipient": "two Russian banks"}, "SANCTION SANCTION", "words nobody resolved"),
    ({"recipient": "UKR", "actor": "USA"}, "", "both must hold"),
    ({"either": "UKR"}, "REJECT REJECT", "on any side"),
    ({"place": "Ukraine"}, "REJECT REJECT", "where"),
    ({"said_by": "Vershinin"}, "REJECT REJECT", "part of a speaker's name"),
    ({"said_by": "RIA Novosti"}, "REJECT REJECT", "further up the chain"),
    ({"said_by": "RUS"}, "REJECT REJECT", "a speaker's country"),
    ({"alleged": False}, "SANCTION SANCTION", "in the report's own voice"),
    ({"alleged": True}, "REJECT REJECT", "somebody says so"),
    ({"modality": "future", "include_teasers": True}, "ASSAULT ASSAULT", "modality"),
    ({"mode": "meet"}, "REJECT REJECT", "mode"),
    ({"publisher": "The Other Paper"}, "SANCTION REJECT", "publisher"),
    ({"text": "bank*"}, "SANCTION SANCTION", "beginning of a word of the sentence"),
    ({"text": '"Kyiv\'s proposal"'}, "REJECT REJECT", "a phrase"),
    ({"since": "2024-05"}, "SANCTION SANCTION", "the sanction has its report's date"),
    ({"until": "2024-04"}, "REJECT REJECT", "not after a month"),
    ({"since": "2024-04-30", "until": "2024-04-30"}, "REJECT REJECT", "one day"),
    ({"quantity": True}, "SANCTION SANCTION", "with a figure"),
    ({"min_score": 0.89}, "SANCTION SANCTION", "score"),
    ({"report": "later"}, "SANCTION REJECT", "one report"),
    ({"limit": 1, "offset": 1}, "SANCTION", "a page"),
]


@pytest.mark.parametrize(("wanted", "types", "why"), EVENTS, ids=[why for *_, why in EVENTS])
def test_events(stories: Ledger, wanted: dict, types: str, why: str) -> None:
    rows = query.events(stories, **wanted)
    assert " ".join(sorted(r["type"] for r in rows)) == " ".join(sorted(types.split())), why
    if not {"limit", "offset"} & set(wanted):
        assert query.count_events(stories, **wanted) == len(rows)


def test_a_row_tells_where_it_comes_from(stories: Ledger) -> None:
    (row,) = query.events(stories, type="REJECT", report="story")
    assert TEXT[slice(*row["trigger_span"])] == row["trigger"] == "rejected"
    assert TEXT[slice(*row["sentence_span"])] == row["sentence"]
    (actor,) = row["actors"]
    assert (actor["name"], actor["text"], actor["country"], TEXT[slice(*actor["span"])]) == ("Russia", "Moscow", "RUS", "Moscow")
    assert row["where"]["name"] == "Ukraine" and row["when"] == "2024-04-30"
    assert row["chain"] == ["Sergei Vershinin", "RIA Novosti", "The Moscow Times"] and row["alleged"]
    assert (row["publisher"], row["rule"], row["score"]) == ("The Moscow Times", "events.tsv:1", 0.876543)
    assert query.event(stories, row["id"]) == row
    json.dumps(row)


STATEMENTS = [
    ({}, 2, "all"),
    ({"by": "Vershinin"}, 2, "a name"),
    ({"by": "RUS"}, 2, "a country"),
    ({"by": "USA"}, 0, "another"),
    ({"about": "Ukraine"}, 2, "a thing in the content"),
    ({"about": "proposal"}, 2, "words of the content"),
    ({"about": "banks"}, 0, "words elsewhere"),
    ({"text": "kyiv tuesday"}, 2, "search in the content"),
    ({"text": "vershinin"}, 0, "the speaker is no content"),
    ({"stance": "denies"}, 0, "stance"),
    ({"since": "2024-06"}, 1, "the report's date"),
    ({"publisher": ["The Moscow Times"]}, 1, "publisher"),
]


@pytest.mark.parametrize(("wanted", "number", "why"), STATEMENTS, ids=[why for *_, why in STATEMENTS])
def test_statements(stories: Ledger, wanted: dict, number: int, why: str) -> None:
    rows = query.statements(stories, **wanted)
    assert len(rows) == number == query.count_statements(stories, **wanted), why
    for row in rows:
        assert TEXT[slice(*row["content_spans"][0])] == row["content"]
        assert row["speaker_name"] == "Sergei Vershinin" and row["addressee"] == "RIA Novosti"
        assert set(row["about"]) == {"Russia", "Ukraine"} and row["chain"][-1] == row["publisher"]
        assert query.statement(stories, row["id"]) == row


def test_timeline_is_oldest_first(stories: Ledger) -> None:
    days = [row["day_from"] for row in query.timeline(stories, "USA")]
    assert days == sorted(days) == ["2024-05-02", "2024-06-02"]


def test_who_tells_roles_deeds_and_words(stories: Ledger) -> None:
    found = query.who(stories, "Vershinin")
    assert found["name"] == "Sergei Vershinin" and found["kind"] == "person"
    assert found["counts"] == {"did": 0, "suffered": 0, "said": 2, "about": 0}
    (spell,) = found["roles"]
    assert (spell["role"], spell["first"], spell["last"], spell["reports"]) == ("Deputy Foreign Minister", "2024-05-02", "2024-06-02", 2)
    assert query.who(stories, found["id"]) == found
    with pytest.raises(RecordNotFound, match="nobody called 'Nobody'"):
        query.who(stories, "Nobody")


def test_names_complete_a_beginning(stories: Ledger) -> None:
    assert [e["name"] for e in query.names(stories, "versh")] == ["Sergei Vershinin"]


def test_search_ranks_pages_and_dates(stories: Ledger) -> None:
    hits = query.search(stories, "ruiz OR vershinin")
    assert {h["part"] for h in hits} == {"byline", "body"}
    assert len(query.search(stories, "moscow", limit=2)) == 2
    assert query.search(stories, "moscow", since="2025") == []
    assert query.search(stories, "moscow -proposal", until="2024-05-31")[0]["sentence"] == "Moscow rejects offer"


ODD_SEARCHES = ['"', '"" x', "a AND", "(", "NEAR(a b)", "x*y", "col:x", "-", "OR", "a -", "'; DROP TABLE reports; --", "\0", "^a"]


@pytest.mark.parametrize("text", ODD_SEARCHES)
def test_no_search_is_malformed(stories: Ledger, text: str) -> None:
    try:
        query.search(stories, text)
    except ArgumentError as error:
        assert "nothing to search for" in str(error)


def test_search_expressions() -> None:
    assert match_expression('a "b c" OR d* -e') == '("a" AND ("b c" OR "d"*)) NOT ("e")'


def test_a_report_shows_all_of_itself(stories: Ledger) -> None:
    found = query.report(stories, "story")
    assert found["record"] == STORY.to_json()
    assert set(found["ids"]) == {"a1", "e1", "e2", "e3", *(t.id for t in STORY.things)}
    assert len(found["events"]) == 3 and found["info"]["publisher"] == "The Moscow Times"
    assert [r["report_name"] for r in query.reports(stories)] == ["later", "story"]
    assert query.reports(stories)[0]["events"] == 3


WRONG = [
    ({"type": "SHOUT"}, "choose from AGREE"),
    ({"since": "yesterday"}, "not a time"),
    ({"until": "XXXX-12-01"}, "not a time"),
    ({"modality": "maybe"}, "choose from asserted"),
    ({"acter": "RUS"}, "no filter acter"),
    ({"limit": -1}, "limit must"),
    ({"offset": -1}, "limit must"),
    ({"text": ""}, None),
    ({"actor": ""}, None),
]


@pytest.mark.parametrize(("wanted", "message"), WRONG)
def test_wrong_questions_are_told(stories: Ledger, wanted: dict, message: str | None) -> None:
    if message is None:
        query.events(stories, **wanted)
    else:
        with pytest.raises(ArgumentError, match=message):
            query.events(stories, **wanted)


def test_counts_agree_with_lists(full: Ledger) -> None:
    rows = query.events(full, limit=100_000)
    assert len(rows) == query.count_events(full) > 300
    for by in summary.COLUMNS:
        assert sum(c["events"] for c in summary.counts(full, by)) == len(rows)
    months = [c["value"] for c in summary.counts(full, "month")]
    assert months == sorted(months)
    assert summary.totals(full)["reports"] == MADE


def test_dyads_agree_with_lists(full: Ledger) -> None:
    best = summary.dyads(full, by="country")[0]
    codes = {"actor": best["actor"]["id"], "recipient": best["recipient"]["id"]}
    assert best["events"] == query.count_events(full, **codes) == sum(best["types"].values())
    name = summary.dyads(full, type="ACCUSE")[0]
    assert name["events"] == query.count_events(full, type="ACCUSE", actor=name["actor"]["id"], recipient=name["recipient"]["id"])
    assert summary.counts(full, "dyad")[0]["events"] == best["events"]
    with pytest.raises(ArgumentError):
        summary.dyads(full, by="colour")
    with pytest.raises(ArgumentError):
        summary.counts(full, "colour")


def test_facets_agree_with_counts(full: Ledger) -> None:
    found = summary.facets(full, actor="RUS")
    assert {c["value"]: c["events"] for c in found["type"]} == {c["value"]: c["events"] for c in summary.counts(full, "type", actor="RUS")}
    assert found["actor_country"][0]["value"] == "RUS"


def test_rows_flatten_to_one_set_of_columns(full: Ledger) -> None:
    for rows in (query.events(full, limit=50), query.statements(full, limit=50), query.search(full, "tuesday")):
        flat = [flatten(row) for row in rows]
        assert len({tuple(f) for f in flat}) == 1
        assert all(v is None or isinstance(v, str | int | float) for f in flat for v in f.values())


def test_a_made_reading_is_the_same_each_time() -> None:
    assert make_reading(3) == make_reading(3)
    for s in make_reading(3).attributions[0].content:
        assert make_reading(3).text[s.start : s.end]
