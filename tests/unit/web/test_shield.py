"""Who may ask, who may change: host names, headers, origins, tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hearsay.ledger import Ledger, query
from hearsay.web.shield import MAX_FORM_BYTES
from tests.unit.web.conftest import open_client, token_of

HOSTS = [
    ("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:9", 200), ("LOCALHOST", 200),
    ("evil.example", 421), ("localhost.evil.example", 421), ("localhost@evil.example", 421), ("evil.example:80@localhost", 421), ("", 421),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_its_own_names_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={"host": host}).status_code == status
    assert client.post("/judge", headers={"host": host}).status_code == (status if status == 421 else 403)


@pytest.mark.parametrize("address", ["/", "/events", "/nothing", "/static/explorer.css", "/events.csv"])
def test_every_answer_carries_the_policy(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def record_of(path: Path) -> str:
    with Ledger.open(path, readonly=True) as ledger:
        return query.events(ledger, type="REJECT")[0]["id"]


def judged(path: Path) -> int:
    with Ledger.open(path, readonly=True) as ledger:
        return len(ledger.judgements())


FORM = {"verdict": "reject", "by": "Ann", "note": "no", "back": "/events"}
OWN = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}


def test_a_form_of_its_own_page_is_taken(client: TestClient, news: Path) -> None:
    form = FORM | {"record": record_of(news), "token": token_of(client)}
    answer = client.post("/judge", data=form, headers=OWN)
    assert answer.status_code == 303 and answer.headers["location"] == f"/events#{form['record']}"
    assert "samesite=strict" in answer.headers["set-cookie"].lower() and "httponly" in answer.headers["set-cookie"].lower()
    assert judged(news) == 1


FOREIGN = [
    ({"origin": "https://evil.example"}, "the page of another site"),
    ({"origin": "null"}, "a sandboxed frame"),
    ({"origin": "http://localhost:9000"}, "another port of this machine"),
    ({"sec-fetch-site": "cross-site"}, "the browser says so"),
    ({"sec-fetch-site": "same-site"}, "another port, says the browser"),
    ({"content-type": "text/plain"}, "what a page elsewhere can send without asking"),
    ({"content-type": "application/json"}, "no form"),
]


@pytest.mark.parametrize(("headers", "why"), FOREIGN, ids=[why for _, why in FOREIGN])
def test_what_comes_from_elsewhere_changes_nothing(client: TestClient, news: Path, headers: dict[str, str], why: str) -> None:
    form = FORM | {"record": record_of(news), "token": token_of(client)}
    assert client.post("/judge", data=form, headers=OWN | headers).status_code == 403, why
    assert judged(news) == 0


@pytest.mark.parametrize("token", [None, "", "x", "ü"])
def test_a_form_without_the_token_of_this_run_changes_nothing(client: TestClient, news: Path, token: str | None) -> None:
    form = FORM | {"record": record_of(news)} | ({} if token is None else {"token": token})
    answer = client.post("/judge", data=form, headers=OWN)
    assert answer.status_code == 403 and "load it again" in answer.text
    assert judged(news) == 0


def test_a_form_that_never_ends_is_cut_off(client: TestClient, news: Path) -> None:
    form = FORM | {"record": record_of(news), "token": token_of(client), "note": "x" * MAX_FORM_BYTES}
    assert client.post("/judge", data=form, headers=OWN).status_code == 403 and judged(news) == 0


def test_reading_changes_nothing(client: TestClient, news: Path) -> None:
    record = record_of(news)
    assert client.get("/judge", params=FORM | {"record": record, "token": token_of(client)}).status_code in (404, 405)
    assert client.get(f"/judge/{record}", params=FORM).status_code == 200
    assert judged(news) == 0


def test_a_readonly_explorer_offers_and_takes_no_judgement(news: Path) -> None:
    client = open_client(news, writable=False)
    record = record_of(news)
    assert "Correct or judge" not in client.get(f"/event/{record}").text and "<form" not in client.get(f"/judge/{record}?part=form").text
    form = FORM | {"record": record, "token": token_of(client)}
    assert client.post("/judge", data=form, headers=OWN).status_code == 403 and judged(news) == 0


def test_no_way_back_leads_elsewhere(client: TestClient, news: Path) -> None:
    record = record_of(news)
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"):
        form = FORM | {"record": record, "token": token_of(client), "back": back}
        location = client.post("/judge", data=form, headers=OWN).headers["location"]
        assert location.startswith("/judgements#"), back
