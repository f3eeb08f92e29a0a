"""For any text and any page: nothing is raised, every line lies in exactly one part, spans are in order and inside."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.core.document import PART_KINDS, Article
from hearsay.page.article import read_text
from hearsay.page.blocks import read_blocks
from hearsay.page.decode import decode_page
from hearsay.page.hypertext import read_html
from hearsay.page.source import locate_blocks

PIECES = (
    "Support The Meridian Herald!", "Read more", "Read more about: Fish , Peru", "By Ana Ruiz", "AFP contributed reporting.", "Peru",
    "Minister Ana Ruiz Chilean Foreign Ministry", "KYIV, Dec 9 (Reuters) - A rocket fell on the town.", "Photo: AP", "Comments", "Tags:",
    "The minister said on Monday that she would stay in the office until the spring.", "Ministers Meet Over River Dam", "12 comments",
    "He left the town. (Reporting by Jane Roe; Editing by Paul Stone)", "“We will see,” he said.", "[AFP]", "A - B", "(AP)", "(AFP) -",
    "(Reporting by Jane Roe)", "Home", "LONDON:", "  ", "\t", "...",
)  # fmt: skip
lines = st.one_of(st.sampled_from(PIECES), st.text(max_size=40))
texts = st.lists(lines, max_size=25).map("\n".join) | st.lists(lines, max_size=12).map("\n\n".join) | st.text(max_size=300)


def check(article: Article) -> None:
    spans = [p.span for p in article.parts]
    assert all(p.kind in PART_KINDS and p.rule for p in article.parts)
    assert all(s.start < e.start and s.end <= e.start for s, e in pairwise(spans))
    assert all(0 <= s.start < s.end <= len(article.text) and s.of(article.text).strip() == s.of(article.text) for s in spans)
    held = bytearray(len(article.text))
    for start, end in spans:
        held[start:end] = b"\1" * (end - start)
    assert all(h or c.isspace() for h, c in zip(held, article.text, strict=True))
    if article.dateline_place is not None:
        assert any(p.kind == "dateline" and p.span.holds(article.dateline_place) for p in article.parts)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    article = read_text(text)
    assert article.text == text
    check(article)
    for line in text.split("\n"):
        assert not line.strip() or any(line.strip() in p.span.of(text) or p.span.of(text) in line for p in article.parts)


@given(
    st.lists(
        st.one_of(
            lines,
            st.sampled_from(["<p>", "</p>", "<div class=caption>", "<h1>", "<li>", "<br>", "<!--", "-->", "<script>", "&amp;", "<a>"]),
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_any_page(pieces: list[str]) -> None:
    page = "".join(pieces)
    check(read_html(page))
    source, _ = decode_page(page)
    blocks = read_blocks(source).blocks
    assert all(span is None or 0 <= span.start < span.end <= len(source) for span in locate_blocks(source, blocks))


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes(data: bytes) -> None:
    check(read_html(data))
