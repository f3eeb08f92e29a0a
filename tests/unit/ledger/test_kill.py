"""`kill -9` at any moment: nothing finished is lost, nothing is doubled, the file stays sound. HEARSAY_KILLS sets how often."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eval.ledger import make_reading
from hearsay.ledger import Ledger, LedgerBusyError, query

ADDER = Path(__file__).with_name("adder.py")
KILLS = int(os.environ.get("HEARSAY_KILLS", "10"))
REPORTS = 60 * KILLS


def start(path: Path, first: int, last: int, jobs: int = 1) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(ADDER), str(path), str(first), str(last), str(jobs)], stdout=subprocess.PIPE, text=True)


def finish(adder: subprocess.Popen[str]) -> list[str]:
    out, _ = adder.communicate(timeout=60)
    return [line.split()[0] for line in out.splitlines()]


def kill_soon(adder: subprocess.Popen[str], added: int, after_s: float) -> list[str]:
    """Reports that the adder called done; it is killed some time after it has added so many."""
    assert adder.stdout is not None
    lines: list[str] = []
    while sum(line.startswith("added") for line in lines) < added:
        lines.append(adder.stdout.readline())
    time.sleep(after_s)
    assert adder.poll() is None, "too late: it had finished"
    adder.kill()
    lines += adder.stdout.readlines()
    adder.wait(timeout=60)
    return [line.split()[1] for line in lines if line.endswith("\n") and line.startswith("added")]


def is_alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def assert_sound(path: Path) -> int:
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        reports = ledger.rows("SELECT count(*), count(DISTINCT uid), count(DISTINCT name) FROM reports")[0]
        assert reports[0] == reports[1] == reports[2]
        for table in ("readings", "events", "things", "passages", "participants", "vouchers", "inputs", "packed"):
            assert ledger.rows(f"SELECT count(*) FROM {table}")[0][0] == reports[0], table
        return int(reports[0])


def test_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    path, rng, done = tmp_path / "news.db", random.Random(7), set()
    for _ in range(KILLS):
        done.update(kill_soon(start(path, 0, REPORTS), rng.randint(1, 15), rng.random() * 0.004))
        assert assert_sound(path) >= len(done)
        with Ledger.open(path, readonly=True) as ledger:
            kept = {row["uid"] for row in ledger.rows("SELECT uid FROM reports")}
        assert done <= kept
    statuses = finish(start(path, 0, REPORTS))
    assert statuses.count("present") >= len(done)
    assert assert_sound(path) == REPORTS


def test_killed_while_the_file_is_made(tmp_path: Path) -> None:
    for n in range(3):
        path = tmp_path / f"{n}.db"
        adder = start(path, 0, 3)
        while not path.exists() and adder.poll() is None:
            time.sleep(0.001)
        adder.kill()
        adder.communicate()
        finish(start(path, 0, 3))
        assert assert_sound(path) == 3


def test_two_adders_at_once_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    both = [start(path, 0, 150), start(path, 50, 200)]
    statuses = [finish(adder) for adder in both]
    assert [adder.returncode for adder in both] == [0, 0]
    assert sum(s.count("added") for s in statuses) == 200
    assert assert_sound(path) == 200


def test_readers_never_fail_while_reports_are_added(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    finish(start(path, 0, 1))
    adder = start(path, 1, 200)
    seen = []
    with Ledger.open(path, readonly=True) as ledger:
        while adder.poll() is None:
            seen.append(len(query.events(ledger, actor="IRN", limit=1000)))
            assert query.search(ledger, "condemned", limit=1)
    finish(adder)
    assert seen == sorted(seen) and len(seen) > 3


def test_several_processes_read_and_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    assert finish(start(path, 0, 30, jobs=2)) == ["added"] * 30
    assert assert_sound(path) == 30


def test_workers_go_when_their_parent_is_killed(tmp_path: Path) -> None:
    adder = start(tmp_path / "news.db", 0, 100_000, jobs=2)
    assert adder.stdout is not None
    adder.stdout.readline()
    group = subprocess.run(["ps", "-o", "pid=", "--ppid", str(adder.pid)], capture_output=True, text=True, check=False).stdout.split()
    adder.kill()
    adder.communicate()
    deadline = time.monotonic() + 20
    while any(map(is_alive, group)):
        assert time.monotonic() < deadline, "workers live on"
        time.sleep(0.1)


def test_a_held_write_lock_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Ledger.open(path, create=True) as first, Ledger.open(path, timeout_s=0.1) as second, first.writing():
        with pytest.raises(LedgerBusyError, match=r"news\.db: busy: another process is writing"):
            second.add(make_reading(1), coder_version="1")
        assert query.events(second) == []
    with Ledger.open(path) as ledger:
        assert ledger.add(make_reading(1), coder_version="1").status == "added"
