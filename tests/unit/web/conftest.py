"""The explorer of a small ledger: two papers that say the same, and a report that is hostile wherever a report can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hearsay.core.records import PartRecord, Reading
from hearsay.core.span import Span
from hearsay.web.app import make_app
from tests.unit.ledger.conftest import full  # noqa: F401
from tests.unit.ledger.story import STATEMENT, STORY, TEXT

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 719*719 }}"


def hostile() -> Reading:
    """STORY with mark-up in every string that a report or a model can fill."""
    text = TEXT.replace("banks", EVIL)
    things = tuple(replace(t, name=t.name + EVIL, role=EVIL) for t in STORY.things)
    events = tuple(
        replace(e, chain=(EVIL, "x"), quantity=EVIL, mode=EVIL, cameo=EVIL, contexts=(EVIL,), provenance=replace(e.provenance, rule=EVIL))
        for e in STORY.events
    )
    said = (replace(STATEMENT, content=(Span(TEXT.index("Sergei"), len(text)),)),)
    return replace(
        STORY, id=EVIL, text=text, title=EVIL, publisher=EVIL, url="javascript:alert(3)", authors=(EVIL,), agencies=(EVIL,), language=EVIL,
        date="2024-07-02", things=things, events=events, attributions=said, parts=(PartRecord("body", Span(0, len(text))),),
        sentences=(Span(0, len(text)),), problems=(replace(STORY.problems[0], message=EVIL),),
    )  # fmt: skip


@pytest.fixture
def client(news: Path) -> Iterator[TestClient]:
    yield open_client(news)


def open_client(path: Path, **given: object) -> TestClient:
    return TestClient(make_app(path, **given), base_url="http://localhost:8000", follow_redirects=False)  # type: ignore[arg-type]


def token_of(client: TestClient) -> str:
    return str(client.app.state.desk.token)  # type: ignore[attr-defined]
