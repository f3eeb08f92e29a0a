"""Correction in place: only what was changed is judged, and every page shows it."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from hearsay.ledger import Ledger, query
from tests.unit.web.conftest import open_client, token_of
from tests.unit.web.test_pages import get

OWN = {"origin": "http://localhost:8000"}


def ids_of(path: Path, report: str = "story") -> dict[str, str]:
    with Ledger.open(path, readonly=True) as ledger:
        return query.report(ledger, report)["ids"]


def form_of(client: TestClient, record: str) -> dict[str, str]:
    """The fields of the record's form as a browser would send them."""
    page = get(client, f"/judge/{record}?part=form")
    fields = {str(a["name"]): str(a.get("value", "")) for a in page.all("input") if a.get("name")}
    options: list[tuple[str, dict]] = [(tag, a) for tag, a in page.tags if tag in ("select", "option")]
    name = ""
    words = iter([w for w in page.words if w.strip()])
    texts = list(words)
    for tag, attrs in options:
        if tag == "select":
            name = str(attrs["name"])
        elif "selected" in attrs:
            fields[name] = fields[name.replace("new_", "old_")]
    assert texts
    return fields


def send(client: TestClient, record: str, verdict: str, **changed: str) -> int:
    fields = form_of(client, record) if record[0] != "n" else {"record": record, "token": token_of(client), "back": "", "by": "Ann"}
    answer = client.post("/judge", data=fields | {"verdict": verdict} | changed, headers=OWN)
    return int(answer.status_code)


def test_only_what_was_changed_is_corrected(client: TestClient, news: Path) -> None:
    record = ids_of(news)["e1"]
    assert send(client, record, "correct", new_type="ACCUSE", new_background="yes", by="Ann", note="a reproach") == 303
    with Ledger.open(news, readonly=True) as ledger:
        made = ledger.judgements(record=record)
    assert [(j.field, j.old, j.new, j.by, j.note) for j in made] == [
        ("type", "REJECT", "ACCUSE", "Ann", "a reproach"), ("background", False, True, "Ann", "a reproach"),
    ]  # fmt: skip
    words = get(client, f"/event/{record}").text
    assert "type was REJECT, corrected by Ann" in words and "a reproach" in words
    assert "corrected by Ann" in get(client, "/events?type=ACCUSE").text
    assert "Ann" in get(client, "/judgements").text


def test_an_unchanged_form_is_told(client: TestClient, news: Path) -> None:
    assert send(client, ids_of(news)["e1"], "correct") == 400
    with Ledger.open(news, readonly=True) as ledger:
        assert ledger.judgements() == []


def test_one_wrong_value_leaves_nothing_half_done(client: TestClient, news: Path) -> None:
    assert send(client, ids_of(news)["e1"], "correct", new_mode="yield", new_type="SHOUT") == 400
    with Ledger.open(news, readonly=True) as ledger:
        assert ledger.judgements() == []


def test_an_emptied_field_is_nothing_known(client: TestClient, news: Path) -> None:
    record = ids_of(news)["t1"]
    assert send(client, record, "correct", new_role="") == 303
    with Ledger.open(news, readonly=True) as ledger:
        assert query.thing(ledger, record)["role"] is None


def test_rejected_and_confirmed_are_shown_in_the_report(client: TestClient, news: Path) -> None:
    ids = ids_of(news)
    assert send(client, ids["e1"], "reject", by="Ann") == 303 and send(client, ids["a1"], "confirm", by="Bob") == 303
    with Ledger.open(news, readonly=True) as ledger:
        report = query.report(ledger, "story")["info"]["report"]
    words = get(client, f"/report/{report}").text
    assert "rejected" in words and "confirmed by Bob" in words
    assert "1 event," in get(client, "/events?type=REJECT").text


def test_the_name_is_remembered(client: TestClient, news: Path) -> None:
    record = ids_of(news)["e1"]
    send(client, record, "confirm", by="Jo Ö")
    assert form_of(client, record)["by"] == "Jo Ö"


def test_names_are_merged_and_parted_again(client: TestClient, news: Path) -> None:
    with Ledger.open(news, readonly=True) as ledger:
        iran, air = (query.names(ledger, word)[0]["id"] for word in ("Iran", "Air"))
    assert "Merge" in get(client, f"/thing/{iran}?same=Air").text
    assert send(client, iran, "merge", value=air) == 303
    words = get(client, f"/thing/{iran}").text
    assert "Also called" in words and "Iran Air" in words and "Part" in words
    assert send(client, iran, "split", value=air) == 303
    assert "Iran Air" not in get(client, f"/thing/{iran}").text


def test_events_are_merged_and_their_sources_counted(client: TestClient, news: Path) -> None:
    one, two = ids_of(news)["e1"], ids_of(news, "later")["e1"]
    assert send(client, one, "merge", value=two) == 303
    assert "2 reports of it, 1 different nearest sources" in get(client, f"/event/{one}").text
    assert "1 event," in get(client, "/events?type=REJECT&voice=alleged").text


def test_somebody_of_the_same_name_is_parted(client: TestClient, news: Path) -> None:
    assert send(client, ids_of(news)["t1"], "split") == 303
    with Ledger.open(news, readonly=True) as ledger:
        assert len(query.who(ledger, "Vershinin")["entities"]) == 2


def test_a_busy_ledger_is_told_and_nothing_is_lost(client: TestClient, news: Path, monkeypatch) -> None:
    from hearsay.web import judging

    monkeypatch.setattr(judging, "WAIT_S", 0.05)
    with Ledger.open(news) as other, other.writing():
        assert send(client, ids_of(news)["e1"], "confirm") == 503
    assert send(client, ids_of(news)["e1"], "confirm") == 303


def test_what_another_process_adds_is_seen_at_once(client: TestClient, news: Path) -> None:
    from dataclasses import replace

    from tests.unit.ledger.story import STORY

    assert "2 reports," in get(client, "/").text
    with Ledger.open(news) as ledger:
        ledger.add(replace(STORY, id="third", date="2024-08-02"), coder_version="1")
    assert "3 reports," in get(client, "/").text and "3 events" in get(client, "/events?type=REJECT").text


def test_a_form_in_place_is_the_form_alone(news: Path) -> None:
    client = open_client(news)
    assert "<html" not in client.get(f"/judge/{ids_of(news)['e1']}?part=form").text
