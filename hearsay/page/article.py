"""A report given as plain text → `Article`: the parts of the page told apart, the text untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hearsay.core.document import Article, Part
from hearsay.core.records import Problem
from hearsay.core.span import Span
from hearsay.page.bylines import find_byline, split_names
from hearsay.page.credits import find_credit_tail, split_caption
from hearsay.page.dateline import Dateline, find_dateline
from hearsay.page.labels import Label, own_label
from hearsay.page.lines import LINES_MOST, Line, split_lines
from hearsay.page.placing import label_lines
from hearsay.page.story import find_story
from hearsay.page.words import find_agencies, guess_language, publisher_words

_TAG_HEAD = re.compile(
    r"^(?:read more about|more about|explore more on|more on|filed (?:under|in)|tagged with|hashtags?|keywords?|subjects?|labels?|"
    r"categor(?:y|ies)|"
    r"(?:article |explore |related )?(?:tags?|tagged|topics?)|in this (?:article|story)|this story is about)\s*:?\s*",
    re.I,
)
_TAG_SPLIT = re.compile(r"\s*[,|;•·]\s*|\s+/\s+")
_NAME = r"(?P<name>(?:The )?[A-Z][\w’'&-]*(?: (?:of |and |& )?[A-Z][\w’'&-]*){0,4})"
_PRAISED = re.compile(r"^(?:[Pp]lease )?(?:[Ss]upport|[Ss]ubscribe to|[Dd]onate to|[Ww]elcome to|[Cc]ontribute to) " + _NAME)
_OWNED = re.compile(r"(?:©|\([Cc]\)|[Cc]opyright)\W*(?:\d{4}\s*[-–]\s*)?(?:\d{4})?,?\s*(?:by )?" + _NAME)


def read_text(text: str) -> Article:
    """The article in a plain text: a scrape of a page, agency copy, or a bare paragraph.

    Returns:
        An article whose text is exactly `text`; every non-blank line lies in a part. Its date is left to others: the dateline
        has a part of its own, and a line that says when the report came out is a part by the rule `date_line`.
    """
    lines = split_lines(text)
    own = [own_label(line) for line in lines]
    article = assemble(text, lines, label_lines(lines, own, find_story(lines, own)))
    rest = Span(lines[-1].span.end, len(text)).trim(text) if lines else Span(0, 0)
    return article if not rest.length else _with_rest(article, rest)


def _with_rest(article: Article, rest: Span) -> Article:
    """The article of a text with more lines than are told apart: what lies beyond is one part."""
    said = Problem("page", f"more than {LINES_MOST:,} lines: the rest is not read", rest)
    return replace(article, parts=(*article.parts, Part("other", rest, 0, "beyond_limit")), problems=(said,))


def assemble(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Article:
    """The article out of its lines and one label for each: parts in order, and what their words say about the report."""
    dateline = _dateline(lines, labels)
    parts = tuple(p for line, label in zip(lines, labels, strict=True) for p in cut_line(line, label, dateline))
    return Article(
        text=text,
        parts=parts,
        title=next((p.span.of(text) for p in parts if p.kind == "headline"), None),
        publisher=find_publisher(lines, labels),
        language=guess_language(" ".join(p.span.of(text) for p in parts if p.kind in ("headline", "lead", "body"))),
        authors=find_authors(text, parts),
        tags=find_tags(text, parts),
        agencies=collect_agencies(text, parts, dateline),
        dateline_place=dateline.place if dateline else None,
    )


def _dateline(lines: Sequence[Line], labels: Sequence[Label]) -> Dateline | None:
    lead = next((line for line, label in zip(lines, labels, strict=True) if label.kind == "lead"), None)
    return find_dateline(lead.text, lead.span.start) if lead is not None else None


def cut_line(line: Line, label: Label, dateline: Dateline | None) -> Iterator[Part]:
    """The parts of one line: mostly one; a dateline, a credit after a caption or after the last sentence is one of its own."""
    span = line.span
    if label.kind == "lead" and dateline is not None:
        yield Part("dateline", dateline.span, 0, dateline.rule)
        span = _from(line, dateline.span.end - line.span.start)
    if label.kind in ("lead", "body") and (tail := find_credit_tail(line.text)) is not None:
        yield Part(label.kind, _upto(Span(span.start, span.end), line, tail.start), label.story, label.rule)
        yield Part("agency_credit", tail.shift(line.span.start), 0, "credit_tail")
        return
    split = split_caption(line.text) if label.kind == "caption" else None
    if split is None:
        yield Part(label.kind, span, label.story, label.rule)
        return
    if split[0] > 0:
        yield Part("caption", _upto(span, line, split[0]), label.story, label.rule)
    yield Part("credit", _from(line, split[0]), label.story, split[1])


def _from(line: Line, at: int) -> Span:
    return Span(at, len(line.text)).trim(line.text).shift(line.span.start)


def _upto(span: Span, line: Line, at: int) -> Span:
    return Span(span.start - line.span.start, at).trim(line.text).shift(line.span.start)


def find_authors(text: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """Persons named in the bylines of the report; without a byline, those of "Reporting by …"."""
    named: list[str] = []
    for part in parts:
        if part.kind == "byline":
            line = part.span.of(text)
            named += find_byline(line) or (split_names(line) if part.rule == "name_by_date" else ())
    if not named:
        credits = (p.span.of(text) for p in parts if p.kind == "agency_credit")
        found = (re.search(r"^\W*(?:reporting(?: and writing)?|reported) by ([^;.]+)", c, re.I) for c in credits)
        named = [name for f in found if f for name in split_names(re.sub(r"\bin [A-Z][\w ]+", "", f[1]))]
    return tuple(dict.fromkeys(named))


def find_tags(text: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """Tags in the order of the page, the words before them ("Read more about:") left out."""
    lines = (_TAG_HEAD.sub("", p.span.of(text)) for p in parts if p.kind == "tags")
    tags = (tag.strip(" #.") for line in lines for tag in _TAG_SPLIT.split(line))
    return tuple(dict.fromkeys(tag for tag in tags if tag and len(tag) <= 60))


def collect_agencies(text: str, parts: Sequence[Part], dateline: Dateline | None) -> tuple[str, ...]:
    """Agencies that the report names as its own: in its dateline, bylines and credits to agencies (not of pictures)."""
    named = list(dateline.agencies) if dateline else []
    for part in parts:
        if part.kind in ("agency_credit", "byline"):
            named += find_agencies(part.span.of(text))
    return tuple(dict.fromkeys(named))


def find_publisher(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """The publisher where the page says it plainly: "Support The Moscow Times!", "© 2019 The Times"."""
    for line, label in zip(lines, labels, strict=True):
        if label.kind in ("lead", "body"):
            continue
        found = _PRAISED.search(line.text) or (_OWNED.search(line.text) if label.mark == "copyright" else None)
        if found and _is_publisher(found["name"]):
            return found["name"]
    return None


def _is_publisher(name: str) -> bool:
    names, press_words = publisher_words()
    return name in names or any(word.casefold() in press_words for word in name.split())
