"""`hearsay reprints`: the copies of one report in a ledger, one row for each family; and the marks that `hearsay add` sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hearsay.ledger_cli.add import DEFAULT

if TYPE_CHECKING:
    from hearsay.ledger import Ledger
    from hearsay.ledger.stories import ReportStory
    from hearsay.merge.reprints import Family, Story

WINDOW_DAYS = 14
"""Reports further apart than this are not compared as they come in; `hearsay reprints` compares all."""
COLUMNS = ("date", "publisher", "title", "agency", "copies", "copied by")


def reprints(
    since: Annotated[str | None, typer.Option(help="Only reports of this day or later, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Only reports of this day or earlier.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a family and a line each on standard output.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output, one row a family.")] = False,
    ledger: Annotated[Path, typer.Option("--ledger", "-l", envvar="HEARSAY_LEDGER", help="The ledger's file.")] = DEFAULT,
) -> None:
    """Show which reports are copies of one another, the earliest first, and whose they are."""
    from hearsay.ledger_cli.commands import show_rows

    rows = find_families(ledger, since, until)
    if as_json:
        show_rows(rows, as_json=True)
        return
    plain = [{k: row[k] for k in COLUMNS[:4]} | {"copies": len(row["copies"]), "copied by": _named(row)} for row in rows]
    show_rows(plain, as_csv=as_csv, title="Reprints", columns=COLUMNS)


def find_families(path: Path, since: str | None, until: str | None) -> list[dict[str, Any]]:
    """Each family as plain data: the first report's facts, the agency, and its copies with how alike they are."""
    from hearsay.ledger import Ledger
    from hearsay.ledger.stories import read_stories
    from hearsay.merge.reprints import Family, find_reprints

    with Ledger.open(path, readonly=True) as file:
        held = {s.id: s for s in read_stories(file, since=since, until=until)}
    stories = [_story(s) for s in held.values()]
    families = find_reprints(stories)
    known = {f.first.id for f in families} | {c.story.id for f in families for c in f.copies}
    alone = [Family(story, (), next(iter(story.agencies), None)) for story in stories if held[story.id].elsewhere and story.id not in known]
    return [_row(family, held) for family in sorted((*families, *alone), key=lambda f: f.first.date or "9")]


def mark_reprints(ledger: Ledger, added: Sequence[str]) -> int:
    """Marks the copies among reports that came in and those of about the same time; how many are marked.

    Args:
        ledger: opened for writing.
        added: ids of the reports that came in or were read anew.
    """
    from hearsay.ledger.stories import Reprint, days_around, read_stories, write_reprints
    from hearsay.merge.reprints import find_reprints

    if not added:
        return 0
    since, until = days_around(ledger, added, days=WINDOW_DAYS)
    stories = [_story(s) for s in read_stories(ledger, since=since, until=until)]
    families = find_reprints(stories)
    found = [Reprint(c.story.id, f.first.id, c.similarity, c.held, f.agency) for f in families for c in f.copies]
    write_reprints(ledger, found, (s.id for s in stories))
    new = set(added)
    return sum(f.report in new for f in found)


def _story(held: ReportStory) -> Story:
    from hearsay.merge.reprints import Story

    return Story(held.id, held.text, held.date, held.publisher, held.agencies)


def _row(family: Family, held: Mapping[str, ReportStory]) -> dict[str, Any]:
    first = held[family.first.id]
    copies = [_facts(held[c.story.id]) | {"similarity": c.similarity, "held": c.held} for c in family.copies]
    copies += [_twin(name) for story in _members(family, held) for name in story.elsewhere]
    return _facts(first) | {"agency": family.agency, "copies": copies}


def _members(family: Family, held: Mapping[str, ReportStory]) -> list[ReportStory]:
    return [held[family.first.id], *(held[c.story.id] for c in family.copies)]


def _facts(story: ReportStory) -> dict[str, Any]:
    return {"id": story.id, "date": story.date, "publisher": story.publisher, "title": story.title, "url": story.url}


def _twin(name: str) -> dict[str, Any]:
    """The very same text elsewhere, which the ledger keeps as an appearance of the report."""
    return {"id": None, "date": None, "publisher": name, "title": None, "url": None, "similarity": 1.0, "held": 1.0}


def _named(row: Mapping[str, Any]) -> str:
    return ", ".join(c["publisher"] or c["url"] or c["id"] for c in row["copies"])
