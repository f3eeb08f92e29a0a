"""The ledger: readings go in once, come out exactly, and people's judgements lie beside them.

One process writes at a time, any number read meanwhile (WAL). Each `add` is one transaction: after a kill at any moment a report
is wholly there or wholly absent. Questions are in `query`; the SQL of judgements in `judgements`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from hearsay.core.records import Reading
from hearsay.ledger import codec, judgements
from hearsay.ledger.errors import LedgerError, RecordNotFound
from hearsay.ledger.folding import unfold
from hearsay.ledger.ids import entity_id, reading_hash, record_ids, report_id
from hearsay.ledger.judged import apply_judgements
from hearsay.ledger.judgements import Judgement
from hearsay.ledger.packed import pack_report
from hearsay.ledger.rows import Row, Tables, Tabulator
from hearsay.ledger.schema import BUSY_TIMEOUT_S, connect, guard, prepare

T = TypeVar("T")
CACHED = 256
"""Answers of counts and networks that are kept while nothing changes."""
Status = Literal["added", "present", "replaced"]
_NUMBERED = ("passages", "things", "attributions", "events")
_TABLES = ("passages", "things", "attributions", "abouts", "events", "participants", "vouchers", "problems")
_CONTENT = 17
"""Where `content_text` stands in a row of attributions."""
_JUDGED = {"things", "attributions", "events"}


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `Ledger.add` did: the report's id, and whether it is new, was there, or was read again by another coder version."""

    report: str
    status: Status


class Ledger:
    """An open ledger file. Use `Ledger.open`; close it, or use it in a `with` block. Threads may share one."""

    def __init__(self, path: Path, link: sqlite3.Connection, *, readonly: bool) -> None:
        self.path, self.readonly = path, readonly
        self._link, self._lock, self._writing = link, threading.RLock(), False
        self._state: tuple[int, int] | None = None
        self._answers: dict[Hashable, Any] = {}

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False, readonly: bool = False, timeout_s: float = BUSY_TIMEOUT_S) -> Ledger:
        """The ledger in a file.

        Args:
            path: the file.
            create: make it if there is none.
            readonly: never write, not even a migration.
            timeout_s: how long to wait for another process that writes.

        Raises:
            LedgerError: no such file, damaged, or no ledger. LedgerVersionError: of another version.
        """
        place = Path(path)
        if not place.exists() and not create:
            raise LedgerError(place, "no such ledger; `hearsay add INPUT... --ledger FILE` makes one")
        if place.is_dir():
            raise LedgerError(place, "is a folder; give the path of a file")
        with guard(place):
            link = connect(place, readonly=readonly, timeout_s=timeout_s)
            try:
                prepare(link, place, create=create, readonly=readonly)
            except BaseException:
                link.close()
                raise
        return cls(place, link, readonly=readonly)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in when this was the last connection."""
        with self._lock:
            self._link.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """All rows that a statement gives. For the modules of this package."""
        with self._lock, guard(self.path):
            return self._link.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block is written, or none. Blocks may be nested; the outermost one counts.

        Raises:
            LedgerBusyError: another process is writing and did not finish in time.
        """
        with self._lock, guard(self.path):
            if self._writing:
                yield self._link
                return
            self._link.execute("BEGIN IMMEDIATE")
            self._writing = True
            try:
                yield self._link
                self._link.execute("COMMIT")
            finally:
                self._writing = False
                if self._link.in_transaction:
                    self._link.execute("ROLLBACK")

    def add(self, reading: Reading, *, coder_version: str, input_key: str | None = None) -> AddResult:
        """Put a reading in; a second time adds nothing.

        The same text and date read by another coder version takes the place of the earlier reading in all searches; the earlier
        one is kept (`get` with `version`), and judgements hold for the records that both found.

        Args:
            reading: what was read.
            coder_version: who read it: program, model, tables.
            input_key: hash of the raw input, for `has_input`.
        """
        uid, hashed = report_id(reading), reading_hash(reading, coder_version)
        with self.writing() as link:
            known = link.execute("SELECT id FROM reports WHERE uid = ?", (uid,)).fetchone()
            done = link.execute("SELECT 1 FROM readings WHERE hash = ?", (hashed,)).fetchone()
            if done:
                number, status = int(known["id"]), "present"
                self._note_appearance(link, number, reading)
            else:
                number, status = self._write(link, reading, uid, coder_version, known["id"] if known else None)
            if input_key:
                link.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?)", (input_key, number))
        return AddResult(uid, status)  # type: ignore[arg-type]

    def has_input(self, key: str) -> bool:
        """Whether an input with this hash was read already."""
        return bool(self.rows("SELECT 1 FROM inputs WHERE key = ?", (key,)))

    def get(self, report: str, *, version: str | None = None, judged: bool = False) -> Reading:
        """The reading of a report, exactly as it was added.

        Args:
            report: its id in the ledger (`r…`) or the id it came with.
            version: the coder version, for an earlier reading than the one that searches show.
            judged: with people's judgements applied: corrected, and without what they rejected.

        Raises:
            RecordNotFound: no such report, or none of this version.
        """
        sql = """SELECT r.uid, x.body FROM reports r JOIN readings x ON x.report = r.id AND x.version = coalesce(?, r.version)
                 WHERE r.uid = ? OR r.name = ? ORDER BY r.uid = ? DESC LIMIT 1"""
        found = self.rows(sql, (version, report, report, report))
        if not found:
            raise RecordNotFound(self.path, f"no report {report!r}" + (f" read by {version!r}" if version else ""))
        reading = self._decode(found[0]["body"], report)
        return apply_judgements(reading, found[0]["uid"], self.judgements(report=found[0]["uid"])) if judged else reading

    def readings(self, *, judged: bool = False) -> Iterator[Reading]:
        """Every report's current reading, in the order in which the reports came."""
        last = 0
        sql = """SELECT r.id, r.uid, x.body FROM reports r JOIN readings x ON x.report = r.id AND x.version = r.version
                 WHERE r.id > ? ORDER BY r.id LIMIT 200"""
        while page := self.rows(sql, (last,)):
            for row in page:
                reading = self._decode(row["body"], row["uid"])
                yield apply_judgements(reading, row["uid"], self.judgements(report=row["uid"])) if judged else reading
            last = page[-1]["id"]

    def versions(self, report: str) -> list[str]:
        """Coder versions that read a report, oldest first."""
        sql = "SELECT x.version FROM readings x JOIN reports r ON r.id = x.report WHERE r.uid = ? ORDER BY x.added, x.rowid"
        return [row["version"] for row in self.rows(sql, (report,))]

    def judge(self, record: str, verdict: str, field: str | None = None, value: Any = None, *, by: str, note: str = "") -> Judgement:
        """Write down what a person decided about a record; nothing is overwritten, the latest judgement is shown.

        Args:
            record: id of an event, attribution, thing, or (merge, split) an entity.
            verdict: confirm; correct (a field and its new value); reject; merge (value: the id of the record that is the same);
                split (value: the id that is not the same; for a thing without value: it is not what others of its name are).
            by: who.
            note: why.

        Raises:
            RecordNotFound: no such record. ArgumentError: a verdict, field or value that cannot be.
        """
        with self.writing() as link:
            return judgements.judge(link, self.path, record, verdict, field, value, by=by, note=note)

    def judgements(self, *, record: str | None = None, report: str | None = None) -> list[Judgement]:
        """Judgements, oldest first; of one record or of the records of one report."""
        with self._lock, guard(self.path):
            return judgements.read(self._link, record=record, report=report)

    def cached(self, key: Hashable, answer: Callable[[], T]) -> T:
        """An answer that is computed again only when the ledger has changed."""
        return deepcopy(self.shared(key, answer))

    def shared(self, key: Hashable, answer: Callable[[], T]) -> T:
        """As `cached`, but the one object that all callers get: they must not change it."""
        state = (self.rows("PRAGMA data_version")[0][0], self._link.total_changes)
        with self._lock:
            if state != self._state:
                self._state, self._answers = state, {}
            if key not in self._answers:
                if len(self._answers) >= CACHED:
                    self._answers.clear()
                self._answers[key] = answer()
            found: T = self._answers[key]
            return found

    def check(self) -> list[str]:
        """Faults of the file: what SQLite finds, search words out of step, half-written reports. Empty when all is well."""
        faults = [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        sql = "SELECT r.uid FROM reports r LEFT JOIN readings x ON x.report = r.id AND x.version = r.version WHERE x.hash IS NULL"
        faults += [f"report {row['uid']} has no reading" for row in self.rows(sql)]
        sql = "SELECT r.uid FROM reports r LEFT JOIN packed p ON p.report = r.id WHERE p.report IS NULL"
        faults += [f"report {row['uid']} is not counted" for row in self.rows(sql)]
        if not self.readonly:
            for table in ("passage_words", "content_words", "entity_names"):
                self.rows(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        return faults

    def _decode(self, body: bytes, report: str) -> Reading:
        try:
            return codec.decode(body)
        except ValueError as error:
            raise LedgerError(self.path, f"damaged: report {report}: {error}; restore a copy or add the report to a new ledger") from error

    def _write(self, link: sqlite3.Connection, reading: Reading, uid: str, version: str, known: int | None) -> tuple[int, Status]:
        now = _now()
        number = known if known is not None else _next_id(link, "reports")
        if known is not None:
            _clear(link, known)
        body, shown = codec.pack(reading)
        link.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?)", (reading_hash(reading, version), number, version, now, body))
        first = {table: _next_id(link, table) for table in _NUMBERED}
        uids = record_ids(uid, reading)
        facts = (shown.id, shown.url, shown.publisher, shown.title, shown.date, shown.date_from, shown.language)
        link.execute(f"INSERT OR REPLACE INTO reports VALUES ({_marks(12)})", (number, uid, *facts, version, len(shown.problems), now))
        _insert(link, Tabulator(shown, number, first, uids, _entity_maker(link)).tabulate())
        if known is not None:
            judgements.reapply(link, list(uids.values()))
        pack_report(link, number)
        return number, "replaced" if known is not None else "added"

    def _note_appearance(self, link: sqlite3.Connection, number: int, reading: Reading) -> None:
        row = link.execute("SELECT name, url, publisher, title FROM reports WHERE id = ?", (number,)).fetchone()
        _, shown = codec.pack(replace(reading, text="", attributions=(), events=(), things=()))
        seen = tuple(x or "" for x in (shown.id, shown.url, shown.publisher, shown.title))
        if seen != tuple(x or "" for x in row):
            link.execute("INSERT OR IGNORE INTO appearances VALUES (?, ?, ?, ?, ?)", (number, *seen))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _next_id(link: sqlite3.Connection, table: str) -> int:
    return int(link.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _entity_maker(link: sqlite3.Connection) -> Any:
    made: dict[str, int] = {}

    def entity_of(kind: str, name: str) -> int:
        uid = entity_id(kind, name)
        if uid not in made:
            made[uid] = judgements.find_or_make_entity(link, uid, kind, name)
        return made[uid]

    return entity_of


def _insert(link: sqlite3.Connection, tables: Tables) -> None:
    for table in _TABLES:
        rows: list[Row] = getattr(tables, table)
        if not rows:
            continue
        judged = ", 0, 0" if table in _JUDGED else ""
        ignore = "OR IGNORE " if table == "abouts" else ""
        link.executemany(f"INSERT {ignore}INTO {table} VALUES ({_marks(len(rows[0]))}{judged})", rows)
    link.executemany("INSERT INTO passage_words (rowid, text) VALUES (?, ?)", ((p[0], p[6]) for p in tables.passages))
    link.executemany("INSERT INTO content_words (rowid, content_text) VALUES (?, ?)", ((a[0], a[_CONTENT]) for a in tables.attributions))


def _clear(link: sqlite3.Connection, report: int) -> None:
    """Take the rows of a report out of the search tables; its readings stay."""
    unfold(link, report)
    for words, column, table in (("passage_words", "text", "passages"), ("content_words", "content_text", "attributions")):
        forget = f"INSERT INTO {words} ({words}, rowid, {column}) SELECT 'delete', id, {column} FROM {table} WHERE report = ?"
        link.execute(forget, (report,))
    inner: Iterable[tuple[str, str, str]] = (
        ("abouts", "attribution", "attributions"),
        ("participants", "event", "events"),
        ("vouchers", "event", "events"),
    )
    for table, column, parent in inner:
        link.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM {parent} WHERE report = ?)", (report,))
    for table in ("passages", "things", "attributions", "events", "problems"):
        link.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
