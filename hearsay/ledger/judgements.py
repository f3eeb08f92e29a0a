"""What people decided about records: a list that only grows, and its effect on the search tables.

Of two judgements on the same field of a record (or on the same pair of records) the later one counts, so the effect does not
depend on the order of judgements about different things. The values that a report gave stay in its reading; `old` is the value
that was shown when the judgement was made.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hearsay.core.records import MODALITIES, STANCES, THING_KINDS, TYPES
from hearsay.errors import ArgumentError
from hearsay.ledger.days import interval
from hearsay.ledger.errors import RecordNotFound
from hearsay.ledger.ids import fold
from hearsay.ledger.packed import pack_report

VERDICTS = ("confirm", "correct", "merge", "split", "reject")
TABLES = {"e": "events", "a": "attributions", "t": "things", "n": "entities"}
FIELDS: dict[str, dict[str, Sequence[str] | type]] = {
    "e": {"type": TYPES, "mode": str, "modality": MODALITIES, "background": bool, "when": str, "quantity": str, "cameo": str},
    "a": {"stance": STANCES, "kind": ("direct", "indirect", "mixed"), "negated": bool},
    "t": {"name": str, "kind": THING_KINDS, "country": str, "sector": str, "sector2": str, "role": str},
    "n": {},
}
"""Fields of a record that can be corrected, by the letter of its id, each with its possible values or its type."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: when, on which record, what, by whom and why; `old` and `new` are plain JSON values."""

    at: str
    record: str
    verdict: str
    field: str | None
    old: Any
    new: Any
    by: str
    note: str


def judge(
    link: sqlite3.Connection, path: Path, record: str, verdict: str, field: str | None, value: Any, *, by: str, note: str
) -> Judgement:
    """Write a judgement and apply it. See `Ledger.judge`."""
    _check(record, verdict, field, value, by)
    row = _find(link, path, record)
    if verdict in ("merge", "split") and value is not None:
        if str(value)[:1] != record[:1] or value == record:
            raise ArgumentError(f"{verdict} {record}: give another record of the same kind, not {value!r}")
        _find(link, path, str(value))
    column = "time" if field == "when" else field
    old = _plain(field, row[column]) if verdict == "correct" and column else None
    made = Judgement(datetime.now(UTC).isoformat(timespec="milliseconds"), record, verdict, field, old, value, by, note)
    values = (made.at, record, verdict, field, json.dumps(old), json.dumps(value), by, note)
    link.execute("INSERT INTO judgements (at, record, verdict, field, old, new, by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    reapply(link, [record], pairs=verdict in ("merge", "split"))
    if record[0] in "et":
        pack_report(link, row["report"])
    return made


def read(link: sqlite3.Connection, *, record: str | None = None, report: str | None = None) -> list[Judgement]:
    """Judgements, oldest first."""
    where = "1"
    if record is not None:
        where = "j.record = :record"
    elif report is not None:
        of = "SELECT x.uid FROM {} x JOIN reports r ON r.id = x.report WHERE r.uid = :report"
        where = f"j.record IN ({' UNION ALL '.join(of.format(t) for t in ('events', 'attributions', 'things'))})"
    sql = f"SELECT at, record, verdict, field, old, new, by, note FROM judgements j WHERE {where} ORDER BY j.id"
    found = link.execute(sql, {"record": record, "report": report})
    return [Judgement(r[0], r[1], r[2], r[3], json.loads(r[4]), json.loads(r[5]), r[6], r[7]) for r in found]


def is_rejected(judged: Iterable[Judgement]) -> bool:
    """Whether the last word on a record is that it is wrong. A confirmation, or a correction, takes a rejection back."""
    last = [j.verdict for j in judged if j.verdict in ("confirm", "reject", "correct")]
    return bool(last) and last[-1] == "reject"


def corrections(judged: Iterable[Judgement]) -> dict[str, Judgement]:
    """The correction that counts for each field; `old` is the value before the first one."""
    out: dict[str, Judgement] = {}
    for j in judged:
        if j.verdict == "correct" and j.field:
            first = out.get(j.field)
            out[j.field] = replace(j, old=first.old) if first else j
    return out


def reapply(link: sqlite3.Connection, records: Sequence[str], *, pairs: bool = True) -> None:
    """Bring the search tables in line with all judgements on some records."""
    if not link.execute("SELECT 1 FROM judgements LIMIT 1").fetchone():
        return
    for record in records:
        judged = read(link, record=record)
        if judged and record[0] != "n":
            _show(link, record, judged)
    if pairs:
        _cluster(link)


def _check(record: str, verdict: str, field: str | None, value: Any, by: str) -> None:
    if verdict not in VERDICTS:
        raise ArgumentError(f"verdict {verdict!r}: choose one of {', '.join(VERDICTS)}")
    if not by.strip():
        raise ArgumentError("a judgement needs the name of the person who made it (by)")
    if record[:1] not in TABLES:
        raise ArgumentError(f"{record!r} is no record id; ids begin with e (event), a (attribution), t (thing) or n (entity)")
    if verdict == "correct":
        _check_value(record, field, value)
    elif verdict == "merge" and value is None:
        raise ArgumentError("merge needs the id of the record that is the same (value)")
    elif record[0] == "n" and verdict not in ("merge", "split"):
        raise ArgumentError("an entity can only be merged or split; judge the things of the reports instead")


def _check_value(record: str, field: str | None, value: Any) -> None:
    allowed = FIELDS[record[0]]
    if field not in allowed:
        raise ArgumentError(f"field {field!r} of {record} cannot be corrected; choose one of {', '.join(allowed) or 'none'}")
    wanted = allowed[field]
    if isinstance(wanted, type):
        if value is None and field not in ("name", "background", "negated"):
            return
        if not isinstance(value, wanted) or value == "":
            raise ArgumentError(f"{field} must be a {wanted.__name__}, not {value!r}")
    elif value not in wanted:
        raise ArgumentError(f"{field} {value!r}: choose one of {', '.join(wanted)}")


def _find(link: sqlite3.Connection, path: Path, record: str) -> sqlite3.Row:
    row: sqlite3.Row | None = None
    if record[:1] in TABLES:
        row = link.execute(f"SELECT * FROM {TABLES[record[0]]} WHERE uid = ?", (record,)).fetchone()
    if row is None:
        raise RecordNotFound(path, f"no record {record!r}")
    return row


def _plain(field: str | None, value: Any) -> Any:
    return bool(value) if field in ("background", "negated") else value


def _show(link: sqlite3.Connection, record: str, judged: Sequence[Judgement]) -> None:
    table = TABLES[record[0]]
    values = {field: j.new for field, j in corrections(judged).items()}
    if "when" in values:
        when = values.pop("when")
        days = interval(when) or (None, None)
        values |= {"time": when, "day_from": days[0], "day_to": days[1]}
    values |= {"rejected": int(is_rejected(judged)), "judged": 1}
    link.execute(f"UPDATE {table} SET {', '.join(f'{k} = ?' for k in values)} WHERE uid = ?", (*values.values(), record))
    if record[0] == "t":
        _show_thing(link, record)


def _show_thing(link: sqlite3.Connection, record: str) -> None:
    row = link.execute("SELECT id, country, sector, sector2 FROM things WHERE uid = ?", (record,)).fetchone()
    if row:
        link.execute("UPDATE participants SET country = ?, sector = ?, sector2 = ? WHERE thing = ?", (*row[1:], row[0]))


def _cluster(link: sqlite3.Connection) -> None:
    """Recompute what stands for what from all merges and splits."""
    last: dict[frozenset[str], bool] = {}
    for record, verdict, new in link.execute("SELECT record, verdict, new FROM judgements WHERE verdict IN ('merge', 'split') ORDER BY id"):
        other = json.loads(new)
        pair = frozenset((_entity_of(link, record), _entity_of(link, other))) if other else frozenset()
        if len(pair) == 2:
            last[pair] = verdict == "merge"
        elif verdict == "split" and other is None:
            _part(link, record)
    link.execute("UPDATE entities SET canonical = id WHERE canonical <> id")
    link.execute("UPDATE events SET cluster = id WHERE cluster <> id")
    for group in _groups(tuple(pair) for pair, same in last.items() if same):
        _stand_for(link, group)


def _entity_of(link: sqlite3.Connection, record: str) -> str:
    """Things are merged through their entities."""
    if record[0] != "t":
        return record
    row = link.execute("SELECT n.uid FROM things t JOIN entities n ON n.id = t.entity WHERE t.uid = ?", (record,)).fetchone()
    return str(row[0]) if row else record


def _groups(pairs: Iterable[tuple[str, ...]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [g for g in groups if g & set(pair)]
        groups = [g for g in groups if g not in touched] + [set(pair).union(*touched)]
    return groups


def _stand_for(link: sqlite3.Connection, group: set[str]) -> None:
    uids = sorted(group)
    marks = ", ".join("?" * len(uids))
    if uids[0][0] == "e":
        link.execute(f"UPDATE events SET cluster = (SELECT id FROM events WHERE uid = ?) WHERE uid IN ({marks})", (uids[0], *uids))
        return
    best = link.execute(f"SELECT id FROM entities WHERE uid IN ({marks}) ORDER BY length(name) DESC, uid LIMIT 1", uids).fetchone()
    if best:
        link.execute(f"UPDATE entities SET canonical = ? WHERE uid IN ({marks})", (best[0], *uids))


def _part(link: sqlite3.Connection, record: str) -> None:
    """Give a thing an entity of its own: it only shares a name with the others."""
    row = link.execute("SELECT id, kind, name, entity FROM things WHERE uid = ?", (record,)).fetchone()
    uid = "n" + record[1:]
    if row is None or link.execute("SELECT 1 FROM entities WHERE uid = ? AND id = ?", (uid, row["entity"])).fetchone():
        return
    number = find_or_make_entity(link, uid, row["kind"], row["name"])
    for table, column in (("things", "id"), ("participants", "thing"), ("abouts", "thing")):
        link.execute(f"UPDATE {table} SET entity = ? WHERE {column} = ?", (number, row["id"]))
    link.execute("UPDATE attributions SET speaker = ? WHERE thing = ?", (number, row["id"]))


def find_or_make_entity(link: sqlite3.Connection, uid: str, kind: str, name: str) -> int:
    """Number of the entity with this id, made if it is new."""
    found = link.execute("SELECT id FROM entities WHERE uid = ?", (uid,)).fetchone()
    if found:
        return int(found["id"])
    number = int(link.execute("SELECT coalesce(max(id), 0) + 1 FROM entities").fetchone()[0])
    link.execute("INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?)", (number, uid, kind, name, fold(name), number))
    link.execute("INSERT INTO entity_names (rowid, name) VALUES (?, ?)", (number, name))
    return number
