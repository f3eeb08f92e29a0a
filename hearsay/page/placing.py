"""Labels for all lines of a plain-text page: what its words say, what the story says, and else where a line stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hearsay.page.bylines import is_person
from hearsay.page.credits import split_caption
from hearsay.page.labels import Label
from hearsay.page.lines import Line
from hearsay.page.story import Story
from hearsay.page.teasers import find_teasers

Own = Sequence[Label | None]
_TAG_LINES = 12


def label_lines(lines: Sequence[Line], own: Own, story: Story) -> list[Label]:
    """One label for each line, in order; teasers are numbered from 1 as they come."""
    held = _with_story(own, story)
    _spread_tags(lines, held)
    last = story.body[-1] if story.body else -1
    for i, label in find_teasers(lines, held, last).items():
        held[i] = label
    place = _Place(lines, held, story)
    out = [label if label is not None and label.kind != "byline" else place.label(i) for i, label in enumerate(held)]
    return _number_stories(out)


def _with_story(own: Own, story: Story) -> list[Label | None]:
    held = list(own)
    for i in story.body:
        held[i] = Label("body", story.rule)
    if story.body:
        held[story.body[0]] = Label("lead", story.rule)
    if story.headline is not None:
        held[story.headline] = Label("headline", story.rule)
    return held


def _spread_tags(lines: Sequence[Line], held: list[Label | None]) -> None:
    """ "Tags:" alone gives its label to the short lines below it."""
    for i, label in enumerate(list(held)):
        if label is None or label.kind != "tags" or lines[i].size > 3 or not lines[i].text.rstrip().endswith((":", "s")):
            continue
        for k in range(i + 1, min(i + 1 + _TAG_LINES, len(lines))):
            if held[k] is not None or lines[k].size > 4 or lines[k].stops:
                break
            held[k] = Label("tags", "below_tags_head")


def _number_stories(labels: list[Label]) -> list[Label]:
    """Teasers numbered in the order of the page; an inline teaser (story 0) is a story of its own."""
    numbers: dict[int, int] = {}
    count = 0
    out = []
    for label in labels:
        if label.kind not in ("teaser_headline", "teaser_deck", "kicker") or (label.kind == "kicker" and not label.story):
            out.append(label)
            continue
        if label.story == 0 or label.story not in numbers:
            count += 1
            numbers[label.story] = count
        out.append(label._replace(story=numbers[label.story]))
    return out


@dataclass(frozen=True)
class _Place:
    """Where the story's lines stand, to label those between and around them."""

    lines: Sequence[Line]
    held: Own
    story: Story

    @property
    def top(self) -> int:
        """Number of the headline's line, or of the first line of the story."""
        return self.story.headline if self.story.headline is not None else self.lead

    @property
    def lead(self) -> int:
        return self.story.body[0] if self.story.body else len(self.lines)

    @property
    def end(self) -> int:
        return self.story.body[-1] if self.story.body else len(self.lines)

    def label(self, i: int) -> Label:
        """Label of a line that has none yet, or that reads as a byline."""
        held = self.held[i]
        if held is not None:
            near = self.top - 3 <= i <= self.lead or self.end < i <= self.end + 2
            return held if near else Label("other", "byline_elsewhere")
        if i < self.top:
            return self._above(i)
        if i < self.lead:
            return self._under_headline(i)
        return self._inside(i) if i < self.end else self._below(i)

    def _above(self, i: int) -> Label:
        line = self.lines[i]
        if i == self.top - 1 and self.story.headline is not None and line.size <= 4 and not line.stops:
            return Label("kicker", "over_headline")
        return Label("other", "above_story")

    def _under_headline(self, i: int) -> Label:
        line = self.lines[i]
        if self.story.headline is not None and line.text == self.lines[self.story.headline].text:
            return Label("headline", "headline_repeated")
        if is_person(line.text) and (self._is_dated(i + 1) or self._is_dated(i - 1)):
            return Label("byline", "name_by_date")
        caption = self._caption(i)
        if caption is not None:
            return caption
        if self._is_deck(i):
            return Label("deck", "under_headline")
        return Label("caption" if line.size >= 2 else "other", "between_headline_and_lead")

    def _is_dated(self, i: int) -> bool:
        label = self.held[i] if 0 <= i < len(self.held) else None
        return label is not None and label.rule == "date_line"

    def _is_deck(self, i: int) -> bool:
        """A line of some length right under the headline, or with nothing but bylines and dates between."""
        between = self.held[self.top + 1 : i] if self.story.headline is not None else ()
        above = all(label is not None and (label.kind == "byline" or label.rule == "date_line") for label in between)
        line = self.lines[i]
        return above and self.story.headline is not None and line.size >= 5 and line.titled < 0.75

    def _caption(self, i: int) -> Label | None:
        lists = self.lines[i].lists
        if "credit" in lists:
            return Label("caption", lists["credit"])
        if "caption" in lists:
            return Label("caption", lists["caption"])
        split = split_caption(self.lines[i].text)
        return Label("caption", split[1]) if split is not None else None

    def _inside(self, i: int) -> Label:
        line = self.lines[i]
        caption = self._caption(i)
        if caption is not None:
            return caption
        return Label("caption", "names_in_body") if 2 <= line.size <= 8 and line.titled == 1.0 else Label("other", "inside_body")

    def _below(self, i: int) -> Label:
        if i <= self.end + 3 and {"credit", "caption"} & set(self.lines[i].lists):
            return self._caption(i) or Label("other", "below_story")
        return Label("other", "below_story")
