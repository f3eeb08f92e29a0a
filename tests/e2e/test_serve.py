"""`hearsay serve` as a user starts it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hearsay.ledger import Ledger
from tests.unit.ledger.story import STORY


@pytest.fixture
def news(tmp_path: Path) -> Path:
    with Ledger.open(tmp_path / "news.db", create=True) as ledger:
        ledger.add(STORY, coder_version="1")
    return tmp_path / "news.db"


def hearsay(*args: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "hearsay", *args], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextmanager
def served(*args: str) -> Iterator[str]:
    """The address of a running explorer."""
    process = hearsay("serve", "--port", "0", *args)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://\S+", told)
        assert found, told + process.stderr.read()
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


def fetch(address: str, **headers: str) -> tuple[int, str]:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_it_tells_its_address_and_answers_there_only(news: Path) -> None:
    with served("--ledger", str(news)) as address:
        assert address.startswith("http://127.0.0.1:")
        status, page = fetch(address)
        assert status == 200 and "Moscow rejects offer" in page and "news.db" in page
        assert fetch(address, Host="evil.example")[0] == 421
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.socket() as other:
            other.settimeout(1)
            assert other.connect_ex((own_address(), port)) != 0, "it listens on this machine's own address too"


def own_address() -> str:
    """An address of this machine that is not the loopback one; a loopback one of another number where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = "127.0.0.1"
    return found if not found.startswith("127.") else "127.0.0.2"


def test_lists_come_as_json_lines(news: Path) -> None:
    with served("--ledger", str(news), "--readonly") as address:
        lines = fetch(f"{address}events.jsonl?actor=RUS")[1].splitlines()
        assert [json.loads(line)["type"] for line in lines] == ["REJECT"]
        assert "read-only" in fetch(address)[1]


WRONG = [
    (("--ledger", "missing.db"), "no such ledger", 1),
    (("--ledger", "news.db", "--host", "0.0.0.0"), "--allow-host", 2),
    (("--ledger", "news.db", "--host", "192.0.2.1"), "cannot listen on 192.0.2.1", 2),
]


@pytest.mark.parametrize(("args", "message", "status"), WRONG)
def test_what_cannot_be_served_is_one_line(news: Path, args: tuple[str, ...], message: str, status: int) -> None:
    given = [str(news.parent / a) if a.endswith(".db") else a for a in args]
    _, told = (process := hearsay("serve", "--port", "0", *given)).communicate(timeout=60)
    assert message in told and told.count("\n") == 1 and process.returncode == status


def test_a_port_in_use_is_told(news: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = hearsay("serve", "--ledger", str(news), "--port", str(taken.getsockname()[1]))
        assert "choose another --port" in process.communicate(timeout=60)[1] and process.returncode == 2


def test_the_examples_make_a_ledger_and_say_how_to_open_it(tmp_path: Path, examples: Path) -> None:
    make = [sys.executable, str(examples.parent / "docs" / "demo_ledger.py"), str(tmp_path / "new" / "demo.db")]
    told = subprocess.run(make, capture_output=True, text=True, check=True).stdout
    assert f"serve --ledger {tmp_path / 'new' / 'demo.db'} --open" in told
    with Ledger.open(tmp_path / "new" / "demo.db", readonly=True) as ledger:
        dated = {row["name"]: row["date"] for row in ledger.rows("SELECT name, date FROM reports")}
        held = len(list(examples.glob("*.txt"))) + len(list(examples.glob("*.html")))
        assert len(dated) == held and None not in dated.values()
        before = [tuple(row) for row in ledger.rows("SELECT uid, added FROM reports ORDER BY id")]
    subprocess.run(make, capture_output=True, check=True)
    with Ledger.open(tmp_path / "new" / "demo.db", readonly=True) as ledger:
        assert [tuple(row) for row in ledger.rows("SELECT uid, added FROM reports ORDER BY id")] == before
