"""Spans and alignments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hearsay.core.span import Alignment, Span, cover, join_spans


def test_join_spans_closes_gaps_of_white_space_only() -> None:
    assert join_spans([(0, 3), (4, 7), (9, 12)], "abc def; ghi") == (Span(0, 7), Span(9, 12))


def test_trim_and_cover() -> None:
    assert Span(0, 6).trim("  ab  ") == Span(2, 4)
    assert Span(0, 3).trim("   ").length == 0
    assert cover([(5, 9), (1, 3)]) == Span(1, 9)


KEPT = st.lists(st.tuples(st.text("abc ", min_size=1, max_size=5), st.booleans()), min_size=1, max_size=8)


def rewrite(pieces: list[tuple[str, bool]]) -> tuple[str, str, Alignment]:
    """A source of pieces, a rewriting that leaves some out, and the alignment between them."""
    source = "".join(p for p, _ in pieces)
    out, runs, at = "", [], 0
    for piece, keep in pieces:
        if keep:
            runs.append((len(out), at))
            out += piece
        at += len(piece)
    return source, out, Alignment(runs or [(0, 0)])


@given(KEPT)
def test_alignment_leads_each_character_home(pieces: list[tuple[str, bool]]) -> None:
    source, out, alignment = rewrite(pieces)
    for i, character in enumerate(out):
        assert alignment.to_source(Span(i, i + 1)).of(source) == character


@given(KEPT, st.data())
def test_alignments_compose(pieces: list[tuple[str, bool]], data: st.DataObject) -> None:
    source, middle, inner = rewrite(pieces)
    cut = data.draw(st.integers(0, len(middle)))
    outer = Alignment([(0, cut)])
    both = outer.compose(inner)
    for i, character in enumerate(middle[cut:]):
        assert both.to_source(Span(i, i + 1)).of(source) == character
