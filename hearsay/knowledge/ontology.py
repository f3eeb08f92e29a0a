"""Event ontologies: types with their modes and contexts, and the map from one code list to another.

An ontology is a TOML file under `data/ontologies`. `plover.toml` defines types; `cameo.toml` defines codes and says what each
is in PLOVER. Loading checks every name that one part of a file says about another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hearsay.errors import DataFormatError
from hearsay.knowledge.files import find_data, read_table, read_toml


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its definition, its quad class, its place on the scale of conflict and cooperation, its modes.

    `needs_recipient` tells that an event without a recipient is incomplete; `mutual` that all parties may be actors;
    `cameo` is the code taken where no finer one is known.
    """

    name: str
    definition: str
    quad: str
    scale: float
    needs_recipient: bool
    mutual: bool
    modes: Mapping[str, str]
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code of another list: its label, and the type, mode and contexts that it stands for (type "" = no event)."""

    code: str
    label: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """Types by name, contexts with their definitions, codes of other lists by code."""

    name: str
    version: str
    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    codes: Mapping[str, Code]

    def is_mode(self, kind: str, mode: str | None) -> bool:
        """Whether a type has this mode; None is a mode of every type."""
        return mode is None or mode in self.types[kind].modes

    def read_code(self, code: str) -> Code | None:
        """What a code stands for; a code that is not listed stands for the longest listed code that it begins with."""
        while code and code not in self.codes:
            code = code[:-1]
        return self.codes.get(code)


@cache
def load_ontology(name: str | Path = "ontologies/plover.toml", codes: str | Path | None = "ontologies/cameo.toml") -> Ontology:
    """An ontology with a code list that maps to it.

    Raises:
        DataNotFound: no such file.
        DataFormatError: a quad class, mode, context or type that is not defined.
    """
    raw = read_toml(name)
    path = name if isinstance(name, Path) else find_data(name)
    types = {key: _read_type(path, key, item, raw.get("quads", [])) for key, item in raw.get("types", {}).items()}
    if not types:
        raise DataFormatError(path, None, "an ontology needs at least one table [types.NAME]")
    bare = Ontology(str(raw.get("name", path.stem)), str(raw.get("version", "")), types, dict(raw.get("contexts", {})), {})
    if codes is None:
        return bare
    return Ontology(bare.name, bare.version, bare.types, bare.contexts, _read_codes(codes, bare))


def _read_type(path: Path, key: str, item: dict[str, Any], quads: list[str]) -> EventType:
    for field in ("definition", "quad", "scale"):
        if field not in item:
            raise DataFormatError(path, None, f"type {key} has no {field}")
    if item["quad"] not in quads:
        raise DataFormatError(path, None, f"type {key}: quad {item['quad']!r} is not one of {', '.join(quads)}")
    return EventType(
        key, item["definition"], item["quad"], float(item["scale"]), bool(item.get("recipient", False)),
        bool(item.get("mutual", False)), dict(item.get("modes", {})), item.get("cameo"),
    )  # fmt: skip


def _read_codes(name: str | Path, ontology: Ontology) -> dict[str, Code]:
    path = name if isinstance(name, Path) else find_data(name)
    out = {}
    for code, item in read_toml(name).get("codes", {}).items():
        found = Code(code, item.get("label", ""), item.get("type", ""), item.get("mode"), tuple(item.get("contexts", ())))
        _check_code(path, found, ontology)
        out[code] = found
    return out


def _check_code(path: Path, code: Code, ontology: Ontology) -> None:
    if not code.label:
        raise DataFormatError(path, None, f"code {code.code} has no label")
    if code.type and code.type not in ontology.types:
        raise DataFormatError(path, None, f"code {code.code}: no type {code.type!r} in {ontology.name}")
    if code.type and not ontology.is_mode(code.type, code.mode):
        raise DataFormatError(path, None, f"code {code.code}: {code.type} has no mode {code.mode!r}")
    for context in code.contexts:
        if context not in ontology.contexts:
            raise DataFormatError(path, None, f"code {code.code}: no context {context!r} in {ontology.name}")


@cache
def load_context_words(language: str = "en") -> dict[str, tuple[str, ...]]:
    """Contexts by the lemma that shows them. Raises DataFormatError for a context that the ontology does not define."""
    known = load_ontology().contexts
    out: dict[str, tuple[str, ...]] = {}
    for row in read_table(f"languages/{language}/contexts.tsv"):
        if row["context"] not in known:
            raise DataFormatError(find_data(row.file), row.line, f"no context {row['context']!r} in the ontology", column="context")
        for word in row["words"].split():
            out[word] = (*out.get(word, ()), row["context"])
    return out
