"""A report given as a web page → `Article`: its visible text with the parts told apart, and what the page says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hearsay.core.document import Article, Part
from hearsay.core.span import Span
from hearsay.page.article import assemble
from hearsay.page.blocks import Blocks, read_blocks
from hearsay.page.body import Scene, choose_body, set_scene
from hearsay.page.bylines import find_byline, is_person
from hearsay.page.decode import decode_page
from hearsay.page.labels import Label, own_label
from hearsay.page.lines import Line
from hearsay.page.metadata import Metadata, read_metadata, site_names
from hearsay.page.published import first_date, url_date
from hearsay.page.titles import choose_title, clean_authors, fold

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROLES = (
    ("hidden", "other"), ("credit", "credit"), ("caption", "caption"), ("comments", "other"), ("nav", "navigation"),
    ("footer", "navigation"),
    ("share", "navigation"), ("promo", "solicitation"), ("tags", "tags"), ("related", "related"), ("date", "other"), ("byline", "byline"),
)  # fmt: skip
"""Kinds that hints give, the strongest first."""
_NEAR_LINES = 8
_BELOW_SHARE = 0.3
_SHORT_LINE = 120
_RENEWED_DAYS = 100


def read_html(data: bytes | str, url: str | None = None, *, charset: str | None = None) -> Article:
    """The article in a web page.

    Args:
        data: the page; bytes are decoded by their byte-order mark, by what is valid, by what they declare.
        url: where it was found; helps with the site's name and the date. Nothing is fetched.
        charset: what an HTTP header said of the bytes.

    Returns:
        An article whose text is the page's visible text, one block a line with a blank line between; every line lies in a part.
        `date_from` is "metadata" for a date in JSON-LD, a meta tag, microdata or a time element, "text" for one in the visible text
        or in the address, None without any.
    """
    source, problems = decode_page(data, header_charset=charset)
    page = read_blocks(source)
    text, lines = lay_out(page)
    own = [own_label(line) for line in lines]
    scene = set_scene(page, lines, own)
    meta = read_metadata(page.tree) if page.tree is not None else Metadata()
    sites = site_names(meta, url)
    title = choose_title(meta.titles, [b.text for i, b in enumerate(page.blocks) if scene.node_of(i).tag == "h1"], sites)
    labels = label_blocks(scene, _below_title(scene, choose_body(scene), title), title)
    article = assemble(text, lines, labels)
    return _with_metadata(replace(article, problems=(*problems, *page.problems)), meta, title, sites, url)


def lay_out(page: Blocks) -> tuple[str, list[Line]]:
    """The visible text and its lines, one for each block."""
    lines, at = [], 0
    for block in page.blocks:
        lines.append(Line(Span(at, at + len(block.text)), block.text, 1))
        at += len(block.text) + 2
    return "\n\n".join(b.text for b in page.blocks), lines


def label_blocks(scene: Scene, body: Sequence[int], title: str | None) -> list[Label]:
    """One label for each block: the story's by their place, the others by their elements' hints and their own words."""
    headline = _find_headline(scene, title, body)
    held = set(body)
    first = body[0] if body else len(scene.lines)
    last = body[-1] if body else -1
    labels = []
    for i in range(len(scene.lines)):
        if i == headline:
            labels.append(Label("headline", "title_heading"))
        elif i in held:
            labels.append(Label("lead" if i == first else "body", "body_region"))
        else:
            labels.append(_other(scene, i, first, last))
    return _group_teasers(scene, labels)


def _below_title(scene: Scene, body: list[int], title: str | None) -> list[int]:
    """The body without what stands above the heading that says the title, if most of it stands below: a ticker, other reports."""
    key = fold(title or "")
    total = sum(scene.lines[i].size for i in body)
    for i in (i for i, line in enumerate(scene.lines) if key and scene.node_of(i).tag in _HEADINGS and fold(line.text) == key):
        below = [k for k in body if k > i]
        if len(below) < len(body) and sum(scene.lines[k].size for k in below) >= _BELOW_SHARE * total:
            return below
    return body


def _find_headline(scene: Scene, title: str | None, body: Sequence[int]) -> int | None:
    """The block that is the title: a heading rather than a menu entry, the nearest above the story."""
    key = fold(title or "")
    same = [i for i, line in enumerate(scene.lines) if key and fold(line.text) == key]
    if not same:
        return None
    end = body[0] if body else len(scene.lines)
    above = [i for i in same if i < end] or same
    headings = [i for i in above if scene.node_of(i).tag in _HEADINGS]
    return (headings or above)[-1]


def _other(scene: Scene, i: int, first: int, last: int) -> Label:
    own, hints, line = scene.own[i], scene.hints[i], scene.lines[i]
    if own is not None and own.kind in ("agency_credit", "tags", "byline"):
        near = first - 12 <= i <= last + 6
        return own if near else Label("other", f"{own.kind}_elsewhere")
    for hint, kind in _ROLES:
        if hint in hints:
            return _role(kind, hint, line, i, first, last)
    if own is not None:
        return own
    if "deck" in hints and i <= first:
        return Label("deck", "hint deck")
    if scene.page.blocks[i].link_share > 0.8:
        return Label("related" if line.size >= 5 else "navigation", "link")
    return Label("other", "no_hint")


def _role(kind: str, hint: str, line: Line, i: int, first: int, last: int) -> Label:
    rule = f"hint {hint}"
    if kind == "byline":
        is_near = first - 12 <= i <= first or last < i <= last + 3
        return Label("byline" if is_near and line.size <= 25 else "other", rule)
    if kind == "tags" and (line.size > 8 or not last < i <= last + 25):
        return Label("other", rule)
    return Label(kind, "date_line" if hint == "date" else rule)


def _group_teasers(scene: Scene, labels: list[Label]) -> list[Label]:
    """Blocks of lists of other reports as kickers, headlines and decks, numbered; too short ones are navigation."""
    out, story = list(labels), 0
    for i, label in enumerate(labels):
        if label.kind == "teaser_headline":
            story += 1
            out[i] = label._replace(story=story)
        if label.kind != "related":
            continue
        line = scene.lines[i]
        is_title = line.size >= 4 and (scene.page.blocks[i].link_share > 0.5 or scene.node_of(i).tag in _HEADINGS)
        above = out[i - 1].kind if i else ""
        if is_title and not (line.stops and above == "teaser_headline" and not line.text.endswith(("?", "!"))):
            story += 1
            out[i] = Label("teaser_headline", label.rule, story)
        elif line.is_sentence and above in ("teaser_headline", "teaser_deck"):
            out[i] = Label("teaser_deck", label.rule, story)
        else:
            out[i] = Label("navigation", label.rule)
    return out


def _with_metadata(article: Article, meta: Metadata, title: str | None, sites: Sequence[str], url: str | None) -> Article:
    """The article with what the page's head says; where the head is silent, with what its text shows."""
    day, place = _choose_date(article, meta, url)
    authors = clean_authors(meta.authors, sites) or _text_authors(article, sites)
    return replace(
        article,
        title=title or article.title,
        date=day,
        date_from=place,
        url=meta.url or url,
        publisher=meta.publisher or article.publisher,
        language=meta.language or article.language,
        authors=authors,
        tags=tuple(dict.fromkeys(meta.tags)) or article.tags,
    )


def _text_authors(article: Article, sites: Sequence[str]) -> tuple[str, ...]:
    """Authors in the visible bylines."""
    lines = [p.span.of(article.text) for p in article.parts if p.kind == "byline"]
    named = [n for line in lines for n in (find_byline(line) or ())] or [line for line in lines if is_person(line)]
    return clean_authors(named[:3], sites)


def _choose_date(article: Article, meta: Metadata, url: str | None) -> tuple[str | None, str | None]:
    """The day the report came out, and where it was found.

    A stamp of the page's head may be in another zone than its site: the day that the address or the reader sees wins over one next to it.
    A page that shows a day months after its first stamp has been written anew; what stands there is of the day shown.
    """
    in_url = url_date(url or meta.url)
    shown = _visible_date(article, day_first=meta.is_day_first(url))
    if meta.published:
        near = next((d for d in (in_url, shown) if d and d != meta.published and _is_next_day(d, meta.published)), None)
        header = _header_date(article, meta.is_day_first(url))
        if near is None and header is not None and _days(meta.published, header) > _RENEWED_DAYS:
            near = header
        return (near, "text") if near else (meta.published, "metadata")
    if in_url or shown:
        return in_url or shown, "text"
    return (meta.modified, "metadata") if meta.modified else (None, None)


def _is_next_day(one: str, other: str) -> bool:
    return abs(_days(one, other)) == 1


def _days(first: str, then: str) -> int:
    return (date.fromisoformat(then) - date.fromisoformat(first)).days


def _header_date(article: Article, day_first: bool) -> str | None:
    """The day shown between the headline and the first paragraph."""
    top = next((p.span.end for p in article.parts if p.kind == "headline"), None)
    lead = next((p.span.start for p in article.parts if p.kind == "lead"), 0)
    if top is None:
        return None
    header = (p for p in article.parts if top <= p.span.start < lead and p.span.length <= _SHORT_LINE)
    return next((d for p in header if (d := first_date(p.span.of(article.text), day_first=day_first))), None)


def _visible_date(article: Article, *, day_first: bool) -> str | None:
    """The date of a short line under the headline; else of a line that says when the report came out; else of any short line near."""
    if (day := _header_date(article, day_first)) is not None:
        return day
    story = [p for p in article.parts if p.kind in ("headline", "lead", "body")]
    told = {p.span for p in story}
    near = sorted((p for p in article.parts if p.span not in told), key=lambda p: _distance(p, story))
    dated = [p for p in near if p.rule == "date_line" or p.kind in ("byline", "dateline")]
    short = [p for p in near[:_NEAR_LINES] if p.span.length <= _SHORT_LINE]
    found = (first_date(p.span.of(article.text), day_first=day_first) for p in (*dated, *short))
    return next((day for day in found if day), None)


def _distance(part: Part, story: Sequence[Part]) -> int:
    """How far a line stands from the headline, the lead or the end of the story."""
    return min((abs(part.span.start - s.span.end) for s in (*story[:2], *story[-1:])), default=part.span.start)
