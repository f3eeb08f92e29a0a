"""Rows of the database as the plain records of `shapes`."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hearsay.ledger.judgements import Judgement, corrections
from hearsay.ledger.shapes import Correction, EntityInfo, EventRow, Hit, PartyRow, ReportInfo, StatementRow
from hearsay.ledger.store import Ledger

REPORT = "r.uid AS report, r.name AS report_name, r.title, r.publisher, r.url, r.date AS report_date"
SENTENCE = "p.text AS sentence, p.start AS sentence_start, p.stop AS sentence_stop"
EVENTS = f"""SELECT {REPORT}, {SENTENCE}, e.*, a.uid AS attribution_uid, a.stance FROM events e JOIN reports r ON r.id = e.report
              LEFT JOIN passages p ON p.id = e.passage LEFT JOIN attributions a ON a.id = e.attribution"""
STATEMENTS = f"""SELECT {REPORT}, {SENTENCE}, a.*, i.uid AS inside_uid, s.uid AS speaker_uid, s.name AS speaker_name
                  FROM attributions a JOIN reports r ON r.id = a.report LEFT JOIN passages p ON p.id = a.passage
                  LEFT JOIN attributions i ON i.id = a.inside LEFT JOIN entities n ON n.id = a.speaker
                  LEFT JOIN entities s ON s.id = n.canonical"""



def report_info(row: sqlite3.Row) -> ReportInfo:
    """What a row says of its report."""
    return {k: row[k] for k in ReportInfo.__annotations__}  # type: ignore[return-value]


def _sentence(row: sqlite3.Row) -> dict[str, Any]:
    place = None if row["sentence_start"] is None else [row["sentence_start"], row["sentence_stop"]]
    return {"sentence": row["sentence"], "sentence_span": place}


def event_rows(ledger: Ledger, rows: Sequence[sqlite3.Row]) -> list[EventRow]:
    """Records of rows of `EVENTS`."""
    parties = _parties(ledger, [row["id"] for row in rows])
    judged = _judgements(ledger, [row["uid"] for row in rows if row["judged"]])
    same = _same(ledger, [row["cluster"] for row in rows])
    return [_event_row(row, parties[row["id"]], judged.get(row["uid"], []), same) for row in rows]


def _event_row(
    row: sqlite3.Row, parties: Mapping[str, list[PartyRow]], judged: Sequence[Judgement], same: Mapping[int, list[str]]
) -> EventRow:
    plain = {k: row[k] for k in ("type", "mode", "cameo", "modality", "part", "day_from", "day_to", "stance", "quantity", "rule", "score")}
    return report_info(row) | plain | _sentence(row) | _verdicts(row, judged) | {  # type: ignore[return-value]
        "id": row["uid"], "contexts": json.loads(row["contexts"]), "background": bool(row["background"]),
        "trigger": row["trigger_text"], "trigger_span": [row["trigger_start"], row["trigger_stop"]],
        "actors": parties.get("actor", []), "recipients": parties.get("recipient", []),
        "where": next(iter(parties.get("place", [])), None), "when": row["time"],
        "when_span": None if row["time_start"] is None else [row["time_start"], row["time_stop"]],
        "attribution": row["attribution_uid"], "alleged": row["attribution"] is not None, "chain": json.loads(row["chain"]),
        "same_as": [uid for uid in same.get(row["cluster"], []) if uid != row["uid"]],
    }  # fmt: skip


def _parties(ledger: Ledger, ids: Sequence[int]) -> dict[int, dict[str, list[PartyRow]]]:
    sql = """SELECT q.*, n.uid, n.name, n.kind, t.uid AS thing_uid, t.name AS thing_name FROM participants q
             JOIN entities o ON o.id = q.entity JOIN entities n ON n.id = o.canonical LEFT JOIN things t ON t.id = q.thing
             WHERE q.event IN (SELECT value FROM json_each(?)) ORDER BY q.event, q.role, q.n"""
    out: dict[int, dict[str, list[PartyRow]]] = defaultdict(lambda: defaultdict(list))
    for q in ledger.rows(sql, (json.dumps(ids),)):
        party = PartyRow(
            id=q["uid"], thing=q["thing_uid"], name=q["thing_name"] or q["name"], kind=q["kind"], text=q["text"],
            span=[q["start"], q["stop"]], country=q["country"], sector=q["sector"],
        )  # fmt: skip
        out[q["event"]][q["role"]].append(party)
    return out


def _judgements(ledger: Ledger, uids: Sequence[str]) -> dict[str, list[Judgement]]:
    return {uid: ledger.judgements(record=uid) for uid in uids}


def _verdicts(row: sqlite3.Row, judged: Sequence[Judgement]) -> dict[str, Any]:
    changed = {f: Correction(was=j.old, by=j.by, at=j.at, note=j.note) for f, j in corrections(judged).items()}
    confirmed = [j.by for j in judged if j.verdict == "confirm"]
    return {"rejected": bool(row["rejected"]), "confirmed_by": list(dict.fromkeys(confirmed)), "corrected": changed}


def _same(ledger: Ledger, clusters: Sequence[int]) -> dict[int, list[str]]:
    """Events merged with others, by cluster; nothing for those that stand alone."""
    among = "IN (SELECT value FROM json_each(?1))"
    sql = f"""SELECT cluster, uid, id FROM events WHERE cluster <> id AND cluster {among}
              UNION SELECT id, uid, id FROM events WHERE id {among} ORDER BY 3"""
    out: dict[int, list[str]] = defaultdict(list)
    for row in ledger.rows(sql, (json.dumps(sorted(set(clusters))),)):
        out[row["cluster"]].append(row["uid"])
    return out


def statement_rows(ledger: Ledger, rows: Sequence[sqlite3.Row]) -> list[StatementRow]:
    """Records of rows of `STATEMENTS`."""
    judged = _judgements(ledger, [row["uid"] for row in rows if row["judged"]])
    about = _about(ledger, [row["id"] for row in rows])
    return [_statement_row(row, judged.get(row["uid"], []), about[row["id"]]) for row in rows]


def _statement_row(row: sqlite3.Row, judged: Sequence[Judgement], about: list[str]) -> StatementRow:
    words = {k: row[f"{k}_text"] or None for k in ("source", "addressee")} | {k: row[f"{k}_text"] for k in ("cue", "content")}
    spans = {f"{k}_spans": json.loads(row[k]) for k in ("source", "cue", "content", "addressee")}
    plain = {k: row[k] for k in ("kind", "stance", "part", "rule", "score")}
    return report_info(row) | words | spans | plain | _sentence(row) | _verdicts(row, judged) | {  # type: ignore[return-value]
        "id": row["uid"], "negated": bool(row["negated"]), "speaker": row["speaker_uid"], "speaker_name": row["speaker_name"],
        "inside": row["inside_uid"], "chain": json.loads(row["chain"]), "about": about,
    }  # fmt: skip


def _about(ledger: Ledger, ids: Sequence[int]) -> dict[int, list[str]]:
    sql = """SELECT DISTINCT b.attribution, n.name FROM abouts b JOIN entities o ON o.id = b.entity JOIN entities n ON n.id = o.canonical
             WHERE b.attribution IN (SELECT value FROM json_each(?))"""
    out: dict[int, list[str]] = defaultdict(list)
    for row in ledger.rows(sql, (json.dumps(ids),)):
        out[row["attribution"]].append(row["name"])
    return out


def entity_infos(ledger: Ledger, ids: Iterable[int]) -> list[EntityInfo]:
    """Records of entities, merged ones as one, the most reported first."""
    sql = """SELECT n.uid AS id, n.name, n.kind, max(t.country) AS country, max(t.sector) AS sector, count(DISTINCT t.report) AS reports
             FROM entities o JOIN entities n ON n.id = o.canonical LEFT JOIN things t ON t.entity = o.id AND t.rejected = 0
             WHERE o.id IN (SELECT value FROM json_each(?)) GROUP BY n.id ORDER BY reports DESC, n.kind = 'words', n.name"""
    return [EntityInfo(**dict(row)) for row in ledger.rows(sql, (json.dumps(list(ids)),))]  # type: ignore[typeddict-item]


LIT = ("\ue000", "\ue001")


def hit(row: sqlite3.Row) -> Hit:
    """Record of a found sentence."""
    info: Any = report_info(row) | _sentence(row)
    return info | {"part": row["part"], "snippet": row["snippet"], "marks": _marks(row["sentence"], row["lit"], row["sentence_start"])}  # type: ignore[no-any-return]


def _marks(sentence: str, lit: str, start: int) -> list[list[int]]:
    """Places of the found words; none where the sentence itself holds the marking characters."""
    if any(mark in sentence for mark in LIT):
        return []
    out, at = [], start
    for piece in lit.split(LIT[0]):
        word, _, rest = piece.partition(LIT[1]) if LIT[1] in piece else ("", "", piece)
        if word:
            out.append([at, at + len(word)])
        at += len(word) + len(rest)
    return out
