"""JSON-LD of a page: its objects, however they are nested, and the names and words in their values."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

SCRIPT_MOST = 500_000
_ITEMS_MOST = 5000
_ARTICLE = re.compile(r"(?:Article|Posting|Report|NewsItem|Review|Recipe)$")
_NESTED = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"})
_WRAPPING = re.compile(r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", re.S)


def read_items(scripts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Every object in some JSON-LD scripts, outermost first; a script past reading is left out."""
    for script in scripts:
        if len(script) > SCRIPT_MOST:
            continue
        todo: deque[Any] = deque([load_loose(script)])
        for _ in range(_ITEMS_MOST):
            if not todo:
                break
            item = todo.popleft()
            if isinstance(item, list):
                todo.extend(item[:500])
            elif isinstance(item, dict):
                yield item
                todo.extend(v for k, v in item.items() if k in _NESTED and isinstance(v, (dict, list)))


def load_loose(text: str) -> Any:
    """JSON as pages write it: comment marks around it, line breaks inside strings, a comma too many; None when past reading.

    >>> load_loose('<!-- {"a": 1,} -->')
    {'a': 1}
    """
    bare = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    for trial in (bare, re.sub(r",\s*([}\]])", r"\1", bare)):
        try:
            return json.loads(trial, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def is_article(item: dict[str, Any]) -> bool:
    """Whether an object stands for a report."""
    kinds = item.get("@type")
    return any(isinstance(k, str) and _ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def words_of(value: Any) -> str | None:
    """A value as one line of words; None if it is no text."""
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) if isinstance(value, str) and value.strip() else None


def names_of(value: Any, graph: dict[str, dict[str, Any]]) -> list[str]:
    """Names of persons or organisations in a value: strings, objects, references into the graph, lists of them."""
    out: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:50]:
        if isinstance(one, dict):
            named = one if "name" in one else graph.get(str(one.get("@id")), {})
            name = named.get("name")
            out += [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str)]
        elif isinstance(one, str):
            out.append(one)
    return [" ".join(n.split()) for n in out if n.strip()]
