"""Records as flat rows for CSV and data frames: lists joined, parties spelled out in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

PARTY = ("name", "text", "country", "sector")
SEPARATOR = "; "


def flatten(row: Mapping[str, Any]) -> dict[str, Any]:
    """One record without lists and records in it; the same columns for every record of a kind."""
    out: dict[str, Any] = {}
    for key, value in row.items():
        if key in ("actors", "recipients"):
            out |= _parties(key[:-1], value)
        elif key == "where":
            out |= _parties("where", [value] if value else [])
        elif isinstance(value, dict):
            out[key] = json.dumps(value, ensure_ascii=False) if value else None
        elif isinstance(value, list | tuple):
            out[key] = _join(key, value)
        else:
            out[key] = value
    return out


def _parties(role: str, parties: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    return {f"{role}_{k}": SEPARATOR.join(str(p[k] or "") for p in parties) or None for k in PARTY}


def _join(key: str, value: Sequence[Any]) -> str | None:
    if not value:
        return None
    if key.endswith("span"):
        return f"{value[0]}-{value[1]}"
    if key.endswith("spans") or key == "marks":
        return " ".join(f"{s}-{e}" for s, e in value)
    return (" ← " if key == "chain" else SEPARATOR).join(str(v) for v in value)


def to_pandas(rows: Iterable[Mapping[str, Any]]) -> Any:
    """A pandas DataFrame of records. Raises ImportError where pandas is not installed."""
    return import_module("pandas").DataFrame([flatten(row) for row in rows])


def to_polars(rows: Iterable[Mapping[str, Any]]) -> Any:
    """A polars DataFrame of records. Raises ImportError where polars is not installed."""
    return import_module("polars").DataFrame([flatten(row) for row in rows], infer_schema_length=None)
