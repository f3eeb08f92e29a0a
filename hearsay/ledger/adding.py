"""Many inputs -> the ledger: what is there already is skipped before it is read, one process writes, others may read.

Knows no pipeline: the caller brings a function that opens a reader and one that tells an input's key. Nothing is lost by a kill:
each report is one transaction, and the next run skips what is done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from hearsay.core.records import Reading
from hearsay.errors import HearsayError, InputError
from hearsay.ledger.store import Ledger

R = TypeVar("R")
Open = Callable[[], Callable[[R], Reading]]
"""Opens a reader: a module-level function (processes import it), called once in each process."""

AHEAD = 4
"""Inputs in flight for each process."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its status, the report's id if it has one, the error if it failed."""

    status: Literal["added", "present", "replaced", "failed"]
    report: str | None = None
    error: HearsayError | None = None


@dataclass(frozen=True, slots=True)
class Work(Generic[R]):
    """How inputs become readings.

    Args:
        open_reader: gives the function that reads one input.
        key: hash of an input and of all that bears on its reading.
        name: what to call an input in a message.
        coder_version: who reads: program, model, tables.
    """

    open_reader: Open[R]
    key: Callable[[R], str]
    name: Callable[[R], str]
    coder_version: str


def add_all(ledger: Ledger, inputs: Iterable[R | InputError], work: Work[R], *, jobs: int = 1) -> Iterator[Outcome]:
    """The outcome of each input as it is done; with several jobs those already there may come out earlier.

    Args:
        ledger: where to.
        inputs: reports to read; an error in its place comes out as a failed outcome.
        work: how to read them.
        jobs: processes that read; 1 reads in this one.
    """
    todo = _skim(ledger, inputs, work)
    for item, result in _read_here(todo, work) if jobs <= 1 else _read_in_processes(todo, work, jobs):
        if isinstance(result, Outcome):
            yield result
        elif isinstance(result, _Failure):
            yield Outcome("failed", error=InputError(work.name(item), result.reason))
        else:
            done = ledger.add(result, coder_version=work.coder_version, input_key=work.key(item))
            yield Outcome(done.status, done.report)


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why an input could not be read, in a form that passes between processes."""

    reason: str


_Read = tuple[Any, Outcome | Reading | _Failure]


def _try_read(read: Callable[[Any], Reading], item: Any) -> Reading | _Failure:
    try:
        return read(item)
    except HearsayError as error:
        return _Failure(str(error))
    except Exception as error:  # one report in a hundred thousand must not end the run
        return _Failure(f"the reader failed on it: {type(error).__name__}: {error}")


def _skim(ledger: Ledger, inputs: Iterable[R | InputError], work: Work[R]) -> Iterator[Outcome | R]:
    for item in inputs:
        if isinstance(item, InputError):
            yield Outcome("failed", error=item)
        elif ledger.has_input(work.key(item)):
            yield Outcome("present")
        else:
            yield item


def _read_here(todo: Iterable[Outcome | R], work: Work[R]) -> Iterator[_Read]:
    read: Callable[[R], Reading] | None = None
    for item in todo:
        if isinstance(item, Outcome):
            yield None, item
            continue
        read = read or work.open_reader()
        yield item, _try_read(read, item)


_READ: Callable[[Any], Reading]


def _start_worker(open_reader: Open[Any]) -> None:
    """In a worker: leave Ctrl-C to the writing process, and go when that one is gone."""
    global _READ
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    _READ = open_reader()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_one(item: Any) -> Reading | _Failure:
    return _try_read(_READ, item)


_Waiting = deque[tuple[Any, "Future[Reading | _Failure]"]]


def _read_in_processes(todo: Iterable[Outcome | R], work: Work[R], jobs: int) -> Iterator[_Read]:
    pool = _Pool(work, jobs)
    waiting: _Waiting = deque()
    try:
        for item in todo:
            if isinstance(item, Outcome):
                yield None, item
                continue
            waiting.append((item, pool.submit(item)))
            while len(waiting) >= jobs * AHEAD:
                yield pool.result(waiting)
        while waiting:
            yield pool.result(waiting)
    finally:
        pool.close()


class _Pool:
    """Processes that read; one that dies (out of memory, a crash in a library) costs the input that killed it, no other."""

    def __init__(self, work: Work[Any], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._pool = self._start(jobs)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start_worker, initargs=(self._work.open_reader,))

    def submit(self, item: Any) -> Future[Reading | _Failure]:
        try:
            return self._pool.submit(_read_one, item)
        except BrokenProcessPool as error:
            broken: Future[Reading | _Failure] = Future()
            broken.set_exception(error)
            return broken

    def result(self, waiting: _Waiting) -> tuple[Any, Reading | _Failure]:
        """The oldest input and what became of it."""
        item, future = waiting.popleft()
        try:
            return item, future.result()
        except BrokenProcessPool:
            outcome = self._alone(item)
            self._restart(waiting)
            return item, outcome

    def _alone(self, item: Any) -> Reading | _Failure:
        """Read again in a process of its own, to learn whether this input is the one that kills."""
        with self._start(1) as single:
            try:
                return single.submit(_read_one, item).result()
            except BrokenProcessPool:
                return _Failure("the process that read it died; it may need more memory than there is")

    def _restart(self, waiting: _Waiting) -> None:
        self.close()
        self._pool = self._start(self._jobs)
        for n, (item, future) in enumerate(waiting):
            if not future.done() or future.cancelled() or future.exception() is not None:
                waiting[n] = (item, self.submit(item))

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
