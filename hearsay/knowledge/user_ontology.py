"""A user's own event categories: a folder with `ontology.toml` and marked-up example sentences.

    my-ontology/
      ontology.toml     name, licence, and a table [categories.CODE] each: root, definition, cameo (optional)
      *.txt             example sentences in the markup of `hearsay.knowledge.markup`, triggers marked {eN:CODE …}

A category belongs to a `root`, one of the 16 types of PLOVER, as PLOVER's own modes do: an event of it has the root as its type and
the category as its mode, so that quad classes, scales, exports and the ledger's questions hold for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hearsay.core.records import TYPES
from hearsay.errors import DataFormatError, DataNotFound
from hearsay.knowledge.files import read_toml
from hearsay.knowledge.markup import Marked, parse_trigger, read_marked

FILE = "ontology.toml"
LEAST_EXAMPLES = 5
"""Examples of a category below which nothing is learned; ten or more are wanted."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its code, the type that it belongs to, what it means."""

    code: str
    root: str
    definition: str
    cameo: str | None

    @property
    def mode(self) -> str:
        """The code as events bear it: BORDER_CLOSURE -> border-closure."""
        return self.code.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class UserOntology:
    """Categories by code, and the examples of all of them."""

    name: str
    folder: Path
    categories: Mapping[str, Category]
    examples: tuple[Marked, ...]

    def count(self, code: str) -> int:
        """Number of marked triggers of a category."""
        return sum((parse_trigger(label) or ("", ""))[1] == code for m in self.examples for _, _, label in m.spans)


def load_user_ontology(folder: Path) -> UserOntology:
    """The ontology of a folder.

    Raises:
        DataNotFound: no such folder, or no ontology.toml in it.
        DataFormatError: a category or example at fault, with file and line, or too few examples of a category.
    """
    path = folder / FILE
    if not path.exists():
        raise DataNotFound(f"{path}: no such file; an ontology is a folder with {FILE} and example sentences (.txt)")
    raw = read_toml(path)
    categories = {code: _read_category(path, code, item) for code, item in raw.get("categories", {}).items()}
    if not categories:
        raise DataFormatError(path, None, "no table [categories.CODE]")
    examples = tuple(m for file in sorted(folder.glob("*.txt")) for m in read_marked(file, categories))
    ontology = UserOntology(str(raw.get("name", folder.name)), folder, categories, examples)
    for code in categories:
        if ontology.count(code) < LEAST_EXAMPLES:
            cure = f"write {LEAST_EXAMPLES} or more (ten are better) into a .txt file beside it"
            raise DataFormatError(path, None, f"{code} has {ontology.count(code)} examples; {cure}")
    return ontology


def _read_category(path: Path, code: str, item: object) -> Category:
    if not isinstance(item, dict) or not re.fullmatch(r"[A-Z][A-Z_]*", code):
        raise DataFormatError(path, None, f"{code!r} is not a table [categories.CODE] with a code in capital letters and _")
    if code in TYPES:
        raise DataFormatError(path, None, f"{code} is a type of PLOVER already: give the category a name of its own")
    if item.get("root") not in TYPES:
        raise DataFormatError(path, None, f"{code}: root {item.get('root')!r} is not one of {', '.join(TYPES)}")
    if not item.get("definition"):
        raise DataFormatError(path, None, f"{code} has no definition")
    return Category(code, item["root"], item["definition"], item.get("cameo"))
