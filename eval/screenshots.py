"""Draws the pictures of docs/guide/explorer.md from the ledger of the examples: `python -m eval.screenshots build/demo.db docs/guide`.

Needs Playwright and a Chromium, as the browser tests do.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from hearsay.ledger import Ledger, query
from hearsay.web.app import make_app

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def serve(path: Path) -> str:
    """The address of an explorer in this process."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(make_app(path, name="Ann"), log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def draw(page: Any, address: str, path: Path, folder: Path) -> None:
    """The pictures, one a view."""
    with Ledger.open(path, readonly=True) as ledger:
        report = next(r["report"] for r in query.reports(ledger) if "Muscat" in (r["title"] or ""))
        event = query.events(ledger, report=report, type="ACCUSE", newest_first=False)[0]["id"]
    page.goto(f"{address}/")
    page.screenshot(path=folder / "explorer-front.png")
    page.goto(f"{address}/report/{report}")
    page.hover(f".text [href='#{event}']")
    page.screenshot(path=folder / "explorer-report.png")
    page.goto(f"{address}/network?since=2023")
    page.locator("figure.network").screenshot(path=folder / "explorer-network.png")
    page.goto(f"{address}/figures")
    page.screenshot(path=folder / "explorer-figures.png", clip={"x": 0, "y": 0, "width": 1160, "height": 610})


def main() -> None:
    """Draw them all."""
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    browser_path = os.environ.get("HEARSAY_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        draw(browser.new_page(viewport={"width": 1160, "height": 800}), serve(path), path, folder)
        browser.close()


if __name__ == "__main__":
    main()
