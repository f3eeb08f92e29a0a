"""Every page that a link leads to answers, is sound for a screen reader, and shows what the ledger holds."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from eval.ledger import make_reading
from hearsay.ledger import Ledger, query
from hearsay.ledger_cli.reprints import mark_reprints
from tests.unit.ledger.story import STORY, TEXT
from tests.unit.ledger.test_folding import COPY, UPDATE, WIRE_REPORT
from tests.unit.web.conftest import EVIL, hostile, open_client

VOID = {"meta", "link", "input", "br", "img", "path", "rect", "line", "circle", "hr"}


class Page(HTMLParser):
    """What a test asks of a page: tags with attributes, its text, faults of nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if len(attrs) != len(dict(attrs)):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in self._open:
            while (last := self._open.pop()) != tag:
                if last not in ("li", "p", "dt", "dd", "option"):
                    self.faults.append(f"</{tag}> closes <{last}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def get(client: TestClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return Page(answer.text)


def assert_sound(page: Page, address: str) -> None:
    """What HTML, the content policy and a screen reader need."""
    assert page.faults == [], address
    assert len(page.all("h1")) == 1 and page.all("html")[0].get("lang") and len(page.all("main")) == 1, address
    ids = Counter(a["id"] for _, a in page.tags if "id" in a)
    assert not [i for i, n in ids.items() if n > 1], address
    labelled = {a.get("for") for a in page.all("label")}
    for tag in ("input", "select"):
        for a in page.all(tag):
            held = a.get("type") in ("hidden", "checkbox") or a.get("id") in labelled
            assert held, f"{address}: {tag} {a.get('name')} has no label"
    for tag, attrs in page.tags:
        assert not [k for k in attrs if k.startswith("on") or k == "style"], f"{address}: <{tag}> with script or style"
        assert tag not in ("style", "iframe", "object"), address
    assert [a.get("src") for a in page.all("script")] == ["/static/explorer.js"], address


def crawl(client: TestClient, most: int) -> dict[str, Page]:
    """Pages by address, from the front page along every link of the explorer's own."""
    seen: dict[str, Page] = {}
    waiting = ["/"]
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/events.", "/statements.")):
            continue
        page = seen[address] = get(client, address)
        links = [str(a.get("href")) for a in page.all("a")]
        waiting += [h.partition("#")[0] for h in links if h.startswith("/")]
    return seen


def test_every_link_leads_to_a_sound_page(client: TestClient) -> None:
    pages = crawl(client, 250)
    assert len(pages) > 60
    kinds = {address.split("/")[1].partition("?")[0] for address in pages}
    lists = {"events", "statements", "timeline", "network", "figures", "names", "judgements"}
    assert lists | {"thing", "report", "event", "statement"} <= kinds
    for address, page in pages.items():
        assert_sound(page, address)


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "a.db", create=True).close()
    client = open_client(tmp_path / "a.db")
    assert "hearsay add reports/" in get(client, "/").text
    for address, page in crawl(client, 60).items():
        assert_sound(page, address)


def test_markup_in_a_report_is_text_everywhere(news: Path) -> None:
    with Ledger.open(news) as ledger:
        ledger.add(hostile(), coder_version="1")
        for table in ("events", "things", "attributions"):
            ledger.judge(ledger.rows(f"SELECT uid FROM {table} ORDER BY id DESC")[0]["uid"], "confirm", by=EVIL, note=EVIL)
    client = open_client(news, name=EVIL)
    pages = crawl(client, 120)
    asked = (f"/search?q={EVIL[6:14]}", "/search?q=%3Cscript%3E", "/names?q=%22%3E%3Cscript", f"/events?actor={EVIL}")
    pages |= {address: get(client, address) for address in asked}
    assert any("<script>alert(1)" in p.text for p in pages.values()), "the text itself is shown"
    for address, page in pages.items():
        assert_sound(page, address)
        assert not page.all("img") and "516961" not in page.text  # what the template would make of it
        assert not [a for a in page.all("a") if str(a.get("href")).strip().lower().startswith("javascript:")], address


def test_reprints_are_folded_under_the_first_report(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        added = [ledger.add(r, coder_version="1").report for r in (WIRE_REPORT, COPY, UPDATE)]
        mark_reprints(ledger, added)
    client = open_client(tmp_path / "a.db")
    front = get(client, "/")
    assert "reprinted by Post , Gazette" in front.text
    assert [a["href"] for a in front.all("a") if a.get("href") == f"/report/{added[1]}"] == [f"/report/{added[1]}"]
    folded = get(client, "/events")
    assert "7 events, newest first." in folded.text and "9 events of reprints are folded: show" in folded.text
    assert "reprinted by Post , Gazette" in folded.text
    assert "/events?reprints=yes" in [a.get("href") for a in folded.all("a")]
    whole = get(client, "/events?reprints=yes").text
    assert "16 events, newest first." in whole and "fold them" in whole and "reprinted by" not in whole
    assert "1 sentence with these words" in get(client, "/search?q=Muscat").text
    assert "3 sentences with these words" in get(client, "/search?q=Muscat&reprints=yes").text
    copy, wire = (get(client, f"/report/{key}").text for key in (added[1], added[0]))
    assert "A reprint of Rebels free sailors in Aden (Reuters, 5 Jan 2022, a report of Reuters)" in copy and "A reprint of" not in wire
    assert "6 records" in copy and "reprinted by Post , Gazette" in wire
    assert client.get("/events.jsonl").text.count("\n") == 7 and client.get("/events.jsonl?reprints=yes").text.count("\n") == 16
    assert get(client, "/statements").text and client.get("/events?reprints=no").status_code == 400
    for address, page in crawl(client, 80).items():
        assert_sound(page, address)


def test_the_front_page_shows_what_is_new(client: TestClient) -> None:
    words = get(client, "/").text
    assert "2 reports, 2 May 2024 to 2 Jun 2024" in words
    assert "Newest statements" in words and "Sergei Vershinin told" in words and "Newest events" in words


def test_filters_of_an_address_hold(client: TestClient) -> None:
    assert "2 events, newest first" in get(client, "/events?actor=RUS&recipient=UKR").text
    assert "1 event, newest first" in get(client, "/events?actor=RUS&publisher=The+Other+Paper").text
    assert "2 events" in get(client, "/events?voice=asserted").text
    page = get(client, "/events?actor=Nobody")
    assert "0 events" in page.text and "No event" in page.text
    assert "1 statement, newest first" in get(client, "/statements?by=Vershinin&since=2024-06").text


WRONG = ["/events?type=SHOUT", "/events?since=yesterday", "/events?voice=loud", "/events?page=0", "/events?page=x", "/network?ends=x"]


@pytest.mark.parametrize("address", WRONG)
def test_what_cannot_be_asked_is_told(client: TestClient, address: str) -> None:
    page = get(client, address, 400)
    assert_sound(page, address)
    assert "That cannot be asked" in page.text


@pytest.mark.parametrize("address", ["/nothing", "/event/e0", "/report/none", "/thing/n0000000000000000", "/judge/x1", "/static/../app.py"])
def test_what_is_not_there_is_told(client: TestClient, address: str) -> None:
    assert_sound(get(client, address, 404), address)


def test_a_report_keeps_every_word_and_marks_its_records(client: TestClient, news: Path) -> None:
    with Ledger.open(news, readonly=True) as ledger:
        found = query.report(ledger, "story")
    page = get(client, f"/report/{found['info']['report']}")
    shown = "".join(page.words)
    assert all(word in shown for word in TEXT.split())
    marks = [a for tag, a in page.tags if tag in ("a", "span") and "mark" in str(a.get("class", "")).split() and "data-of" in a]
    of = {record for a in marks for record in str(a["data-of"]).split()}
    assert of == {found["ids"][local] for local in ("a1", "e1", "e2", "e3")}
    cards = {a["data-record"] for a in page.all("article") if "data-record" in a}
    assert cards == of
    (trigger,) = [a for a in marks if a.get("href") == f"#{found['ids']['e1']}"]
    assert "alleged" in str(trigger["class"]).split()
    (sanctioned,) = [a for a in marks if a.get("href") == f"#{found['ids']['e2']}"]
    assert "alleged" not in str(sanctioned["class"]).split()


def test_a_record_tells_why_it_is_here(client: TestClient, news: Path) -> None:
    with Ledger.open(news, readonly=True) as ledger:
        ids = query.report(ledger, "story")["ids"]
    words = get(client, f"/event/{ids['e1']}").text
    assert "events.tsv:1, score 0.88" in words and "Sergei Vershinin" in words and "The statement that says so" in words
    assert "Perhaps the same" in words and "It is the same" in words
    words = get(client, f"/statement/{ids['a1']}").text
    assert "Events that it tells" in words and "RIA Novosti" in words


def test_search_marks_words_and_narrows(client: TestClient) -> None:
    answer = client.get("/search?q=banks").text
    assert "<mark>banks</mark>" in answer and "2 sentences" in answer
    assert "1 sentence with" in get(client, "/search?q=banks&publisher=The+Other+Paper").text
    assert "Called so: Sergei Vershinin" in get(client, "/search?q=vershinin").text


def test_lists_can_be_taken_away(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv?actor=RUS").text)))
    assert [r["type"] for r in rows] == ["REJECT", "REJECT"]
    lines = client.get("/statements.jsonl").text.splitlines()
    assert {json.loads(line)["speaker_name"] for line in lines} == {"Sergei Vershinin"}
    assert client.get("/events.exe").status_code == 404


def test_a_long_list_is_paged(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        for number in range(8):
            ledger.add(make_reading(number), coder_version="made")
    client = open_client(tmp_path / "a.db")
    first = get(client, "/events?modality=asserted")
    (after,) = [a["href"] for a in first.all("a") if a.get("rel") == "next"]
    second = get(client, str(after))
    shown = [{a["id"] for a in p.all("article")} for p in (first, second)]
    assert len(shown[0]) == 40 and shown[1] and not shown[0] & shown[1]
    assert [a for a in second.all("a") if a.get("rel") == "prev"]


def test_a_damaged_reading_is_a_page_not_a_crash(client: TestClient, news: Path) -> None:
    with Ledger.open(news) as ledger, ledger.writing() as link:
        link.execute("UPDATE readings SET body = x'00'")
    report = client.app.state.desk.ledger.rows("SELECT uid FROM reports")[0]["uid"]  # type: ignore[attr-defined]
    assert "damaged" in get(client, f"/report/{report}", 500).text


def test_rows_of_a_report_without_parts_or_date(tmp_path: Path) -> None:
    from dataclasses import replace

    bare = replace(STORY, parts=(), sentences=(), date=None, publisher=None, title=None, events=STORY.events[:1], timexes=())
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        ledger.add(replace(bare, events=(replace(bare.events[0], when=None, chain=(), attribution=None),)), coder_version="1")
    for address, page in crawl(open_client(tmp_path / "a.db"), 60).items():
        assert_sound(page, address)
