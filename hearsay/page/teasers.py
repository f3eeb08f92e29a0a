"""Other reports that a page advertises after its own: kickers, headlines and decks, told apart and numbered.

A kicker may stand right under the deck of the teaser before it ("… Embassy's account." / "Sanctions" / blank / "U.S. Staff …");
it belongs to the headline that follows. Order decides, not blank lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hearsay.page.labels import Label, is_teaser_head
from hearsay.page.lines import Line

_KICKER_WORDS = 4
_BARE_KICKER_WORDS = 2
_DECK_WORDS = 10
Own = Sequence[Label | None]


def find_teasers(lines: Sequence[Line], own: Own, after: int) -> dict[int, Label]:
    """Labels of the lines of teasers; lines of one teaser share a number from 1.

    Args:
        lines: all lines of the page.
        own: for each the label that its own words give it, or None.
        after: number of the last line of the report's own story; teasers are looked for below it.
    """
    out: dict[int, Label] = {}
    story = 1
    for run, headed in _runs(lines, own, after):
        for teaser in _group(lines, run, headed):
            out.update({i: Label(kind, rule, story) for i, (kind, rule) in teaser.items()})
            story += 1
    return out


def _runs(lines: Sequence[Line], own: Own, after: int) -> Iterator[tuple[list[int], bool]]:
    """Runs of lines without a label of their own, and whether "Read more" or its like stands above them."""
    run: list[int] = []
    headed = False
    for i in range(after + 1, len(lines)):
        label = own[i]
        if label is None:
            run.append(i)
            continue
        if label.kind == "byline" or label.rule in ("date_line", "count"):
            continue
        if run and label.kind != "solicitation":
            yield run, headed
            run = []
        headed = is_teaser_head(label) or (headed and label.kind == "solicitation")
    if run:
        yield run, headed


def _group(lines: Sequence[Line], run: list[int], headed: bool) -> Iterator[dict[int, tuple[str, str]]]:
    """Teasers in a run, one dictionary each: line → kind and rule. Without a head above them only headlines with a deck count."""
    at = 0
    while at < len(run):
        teaser, used = _take(lines, run, at)
        kinds = {kind for kind, _ in teaser.values()}
        if "teaser_headline" in kinds and ("teaser_deck" in kinds or headed):
            yield teaser
        at += max(used, 1)


def _take(lines: Sequence[Line], run: list[int], at: int) -> tuple[dict[int, tuple[str, str]], int]:
    """The teaser that begins at a place of a run, and how many lines it takes."""
    out: dict[int, tuple[str, str]] = {}
    start = at
    if _is_kicker(lines, run, at):
        out[run[at]] = ("kicker", "kicker_before_headline")
        at += 1
    if at >= len(run) or not _is_title(lines[run[at]]):
        return {}, 1
    out[run[at]] = ("teaser_headline", "headline_below_story")
    at += 1
    while at < len(run) and _is_deck(lines, run, at):
        out[run[at]] = ("teaser_deck", "deck_under_headline")
        at += 1
    return out, at - start


def _is_kicker(lines: Sequence[Line], run: list[int], at: int) -> bool:
    """A few words over a headline; in a list of bare headlines, without decks, only one or two words."""
    line = lines[run[at]]
    if line.size > _KICKER_WORDS or line.stops or at + 1 >= len(run):
        return False
    title = lines[run[at + 1]]
    has_deck = at + 2 < len(run) and _is_deck(lines, run, at + 2)
    return _is_title(title) and title.size > line.size and (has_deck or line.size <= _BARE_KICKER_WORDS)


def _is_title(line: Line) -> bool:
    return 3 <= line.size <= 28 and (not line.stops or line.text[-1] in "?!" or line.text.endswith(("U.S.", "U.K.")))


def _is_deck(lines: Sequence[Line], run: list[int], at: int) -> bool:
    """Running text under a headline; the last deck of a cut scrape may lack its stop: it is long, in small letters."""
    line = lines[run[at]]
    if line.stops and line.size >= 4:
        return True
    above = lines[run[at - 1]]
    is_open = line.size >= _DECK_WORDS and line.titled < 0.6 and (above.titled - line.titled > 0.25 or line.size >= 18)
    return is_open and not above.stops
