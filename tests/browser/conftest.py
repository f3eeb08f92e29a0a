"""A browser at an explorer of the small ledger. Skipped where Playwright or a Chromium is missing."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install 'hearsay-ledger[browser]'")
    path = os.environ.get("HEARSAY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or set HEARSAY_CHROMIUM")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(news: Path) -> Iterator[str]:
    """Where the explorer answers."""
    import uvicorn

    from hearsay.web.app import make_app

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(make_app(news, name="Ann"), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A page at the explorer that fails the test when a script fails or the content policy stops something."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    shown = context.new_page()
    faults: list[str] = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    shown.on("request", lambda request: faults.append(request.url) if not request.url.startswith(address) else None)
    yield shown
    context.close()
    assert faults == []
