"""Many inputs: skipped, failed and killing ones; the outcome of each."""

from __future__ import annotations

import os

import pytest

from eval.ledger import make_reading
from hearsay.core.records import Reading
from hearsay.errors import InputError
from hearsay.ledger import Ledger
from hearsay.ledger.adding import Work, add_all


def read(number: int) -> Reading:
    if number == 13:
        raise InputError("13", "unlucky")
    if number == 14:
        raise ValueError("a fault of ours")
    if number == 15:
        os._exit(9)
    return make_reading(number, sentences=2)


def open_reader():
    return read


WORK = Work(open_reader, lambda n: f"key-{n}", lambda n: f"input {n}", "1")


def statuses(ledger: Ledger, inputs, jobs: int = 1) -> list[str]:
    return [outcome.status for outcome in add_all(ledger, inputs, WORK, jobs=jobs)]


def test_what_is_there_is_not_read_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert statuses(ledger, [1, 2, 1]) == ["added", "added", "present"]
    closed = Work(lambda: pytest.fail("opened the reader for nothing"), WORK.key, WORK.name, "1")
    assert [o.status for o in add_all(ledger, [2, 1], closed)] == ["present", "present"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_that_fails_is_told_and_the_others_go_on(ledger: Ledger, jobs: int) -> None:
    outcomes = list(add_all(ledger, [1, 13, InputError("x", "no such file"), 14, 2], WORK, jobs=jobs))
    assert sorted(o.status for o in outcomes) == ["added", "added", "failed", "failed", "failed"]
    messages = {str(o.error) for o in outcomes if o.error}
    assert messages == {
        "x: no such file", "input 13: 13: unlucky", "input 14: the reader failed on it: ValueError: a fault of ours",
    }  # fmt: skip


def test_one_that_kills_its_process_costs_no_other(ledger: Ledger) -> None:
    outcomes = list(add_all(ledger, [1, 2, 15, 3, 4], WORK, jobs=2))
    assert sorted(o.status for o in outcomes) == ["added"] * 4 + ["failed"]
    (failed,) = (o for o in outcomes if o.error)
    assert "input 15: the process that read it died" in str(failed.error)
    assert len(ledger.rows("SELECT 1 FROM reports")) == 4
