"""Headline, byline and body that came as fields of an item -> the words of one report, in the order in which a paper prints them."""

from __future__ import annotations

import html

from hearsay.page.bylines import find_byline, split_names


def compose_text(headline: str | None, byline: str | None, body: str) -> str:
    """The item as plain text, its parts with a blank line between; a headline that the body begins with is not said twice."""
    above = [] if headline and body.lstrip().startswith(headline) else [headline, byline]
    return "\n\n".join(p for p in (*above, body) if p)


def compose_html(headline: str | None, byline: str | None, body: str) -> str:
    """The item as a small page; a body with a heading of the first rank, or that says the byline, keeps its own."""
    head = f"<h1>{html.escape(headline)}</h1>" if headline and "<h1" not in body.casefold() else ""
    by = f'<p class="byline">{html.escape(byline)}</p>' if byline and byline not in body else ""
    return f'<body>{head}{by}<article itemprop="articleBody">{body}</article></body>'


def authors_of(byline: str | None) -> tuple[str, ...]:
    """Persons that a byline field names, with or without "By"."""
    if not byline:
        return ()
    return find_byline(byline) or split_names(byline.removeprefix("By ").removeprefix("Von "))
