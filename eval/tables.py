"""Describes every data table that ships: rows, years, what it holds, source, licence.

`python -m eval.tables` writes docs/reference/tables.md.

A test compares the page with the tables, so that it cannot go stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hearsay.knowledge.files import DATA, REQUIRED, read_header, read_table, read_toml

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "tables.md"
HEAD = """# The tables

Everything that Hearsay knows beside its model stands in tables under `hearsay/data`, one fact a row. This page is made from them
(`python -m eval.tables`), and a test fails when it no longer says what they hold. `hearsay check` reads every table and names file, line
and cure of each fault. Your own actors go into a file of yours: see [the guide](../guide/actors.md).

"Editor" means: written from general knowledge by Hearsay's editor, a language model, and not looked up row by row. Samples of the actor
tables were read a second time; what was found is said at the end.
"""
AREAS = {"actors": "Actors", "places": "Places", "languages/en": "English", "ontologies": "Ontologies", "page": "Pages"}
TAIL = """
## Second readings

On 2026-11-28 a hundred rows of each actor table, drawn by chance, were read again by the editor, from memory and without sources: a
check for slips, not an audit. What was found wrong was put right.

| table | rows read | wrong | what was wrong |
| --- | --- | --- | --- |
| actors/countries.tsv | 100 | {countries} |
| actors/organizations.tsv | 100 | {organizations} |
| actors/offices.tsv | 100 | {offices} |
| actors/agents.tsv | 100 | {agents} |
| places/places.tsv | 100 | {places} |
"""
READ_AGAIN = {
    "countries": "1 | a town's people listed as a people",
    "organizations": "1 | a party dated from its forerunner",
    "offices": "2 | a role named after a group founded later; a second term missing",
    "agents": "0 | one debatable: \"extremist\" is REB and not UAF",
    "places": "0 |",
}


def describe() -> str:
    """The page."""
    sections = [f"\n## {title}\n\n" + "\n".join(_section(area)) + "\n" for area, title in AREAS.items()]
    return HEAD + "".join(sections) + TAIL.format(**READ_AGAIN)


def _section(area: str) -> Iterator[str]:
    yield "| table | rows | years | holds | source | licence |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for path in sorted((DATA / area).iterdir()):
        if path.suffix == ".tsv":
            yield _row(path)
        elif path.suffix == ".toml":
            head = read_toml(path)
            title = head.get("title", head.get("name", "settings"))
            yield f"| {_name(path)} | | | {title} | {head.get('source', '')} | {head.get('licence', '')} |"


def _row(path: Path) -> str:
    rows, header = list(read_table(path)), read_header(path)
    found = [cell[:4] for row in rows for column in ("from", "to") for cell in [row.cells.get(column, "")] if cell[:4].isdigit()]
    years = f"{min(found)}–{max(found)}" if found and {"from", "to"} <= set(header["columns"].split()) else ""
    return f"| {_name(path)} | {len(rows):,} | {years} | {_purpose(path)} | {header['source']} | {header['licence']} |"


def _name(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def _purpose(path: Path) -> str:
    """The first sentence of the comments at the table's head; its columns when there is none."""
    words: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.startswith("#"):
            break
        if not re.match(rf"# (?:{'|'.join(REQUIRED)}):", line):
            words.append(line[1:].strip())
    sentence = re.match(r"(.{12,}?[.:])(?: |$)", " ".join(words))
    text = (sentence[1].rstrip(":.") if sentence else " ".join(words)) or "columns " + read_header(path)["columns"]
    return text.replace("|", "\\|")


def main() -> None:
    """Writes the page."""
    PAGE.write_text(describe(), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
