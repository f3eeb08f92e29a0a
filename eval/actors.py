"""Scores actor resolution: country and sector on mentions of the shared bench.

Two files: actors.jsonl (kinds actor_to_code, agent_to_code, nationality, agent_none; what only a Wikipedia server could answer is left
out) and gsr_actors.jsonl. The first codes the UN and the EU as UNO and EUR, the second, of 2016, as IGO. We answer country IGO and body
UNO: `country` counts the country as it stands, `country_bodies` also counts the body as right.
Run: `python -m eval.actors [misses]`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.shared import read_lines, shared_folder
from hearsay.resolve.actors import ActorCode, resolve_actor

Check = tuple[str, bool, str]
"""What is checked (country, sector, sector2, none), whether it is right, and a line for the list of misses."""
_KEYS = {"country": "country", "code_1": "sector", "code_2": "sector2"}
_KINDS = frozenset({"actor_to_code", "agent_to_code", "nationality", "agent_none"})


def check_actor(record: dict[str, Any]) -> Iterator[Check]:
    """The checks of one record of actors.jsonl."""
    found = resolve_actor(record["text"], context=record.get("context") or "", date=record.get("date"))
    line = f"{record['text']!r} {record.get('date') or ''} {record['expect']} -> {_brief(found)}"
    if record["expect"].get("none"):
        yield "none", found.country is None and found.sector in {None, "UNK"}, line
        return
    wanted = {k: [v] for k, v in record["expect"].items()} | record["expect"].get("any_of", {})
    for key, values in wanted.items():
        if key in _KEYS:
            yield _KEYS[key], (getattr(found, _KEYS[key]) or "") in values, line
        if key == "country":
            yield "country_bodies", bool({found.country or "", found.body or "-"} & set(values)), ""


def check_gsr(record: dict[str, Any]) -> Iterator[Check]:
    """The checks of one record of gsr_actors.jsonl; a suffix for a people or faith is left off the sector."""
    found = resolve_actor(record["text"])
    line = f"{record['text']!r} {record['code']} {record['sector']} -> {_brief(found)}"
    code = found.country or ""
    yield "country", code == record["code"], line
    yield "country_bodies", record["code"] in {code, found.body}, ""
    if not record.get("sector_unspecified"):
        right = (found.sector or "") == record["sector"][:3]
        yield "sector", right, line
        if record["sector"]:
            yield "sector_stated", right, ""


def _brief(found: ActorCode) -> str:
    codes = f"{found.country} {found.body or ''} {found.sector} {found.sector2}"
    return f"{codes} {found.kind} {found.name!r} role={found.role!r} {found.rule}"


def measure(folder: Path, misses: bool = False) -> dict[str, float]:
    """Per cent right: `actors_country`, `actors_sector`, …, `gsr_country`, `gsr_sector`, … .

    Args:
        folder: the folder that holds actors.jsonl and gsr_actors.jsonl.
        misses: print every check that fails.
    """
    out: dict[str, float] = {}
    for name, check in (("actors", check_actor), ("gsr", check_gsr)):
        lines = read_lines(folder / f"{name.replace('gsr', 'gsr_actors')}.jsonl")
        records = [r for r in lines if r.get("kind", "actor_to_code") in _KINDS]
        right, total = Counter[str](), Counter[str]()
        for what, good, line in (c for r in records for c in check(r)):
            right[what] += good
            total[what] += 1
            if misses and line and not good:
                print(f"{name} {what}: {line}")
        out |= {f"{name}_{what}": round(100 * right[what] / n, 1) for what, n in total.items()}
        out[f"{name}_records"] = len(records)
    return out


def main(what: str = "") -> None:
    """Prints the figures, and with "misses" what failed."""
    shared = shared_folder()
    if shared is None:
        return
    start = time.perf_counter()
    figures = measure(shared / "bench" / "events", misses=what == "misses")
    for key, value in figures.items():
        print(f"{key:24} {value:6.1f}")
    print(f"{'seconds':24} {time.perf_counter() - start:6.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
