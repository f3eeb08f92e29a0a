"""Pieces of a marked text: nothing lost, every mark where it belongs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hearsay.web.marks import Mark, cut

MARKS = st.lists(
    st.builds(
        lambda a, b, role, record: Mark(min(a, b), max(a, b), role, record),
        st.integers(0, 40), st.integers(0, 40),
        st.sampled_from(("trigger", "actor", "content", "cue")), st.sampled_from(("e1", "a1", "a2")),
    ),
    max_size=8,
)  # fmt: skip


@given(st.text(min_size=0, max_size=40), MARKS, st.integers(0, 40), st.integers(0, 40))
def test_pieces_are_the_text_and_carry_just_their_marks(text: str, marks: list[Mark], one: int, two: int) -> None:
    start, stop = min(one, two, len(text)), min(max(one, two), len(text))
    pieces = cut(text, start, stop, marks)
    assert "".join(p.text for p in pieces) == text[start:stop]
    at = start
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            held = [m for m in marks if m.start <= place < m.stop]
            assert set(piece.roles) == {m.role for m in held} and set(piece.records) == {m.record for m in held}
        at += len(piece.text)


def test_the_narrowest_record_comes_first_and_a_head_begins_once() -> None:
    marks = [Mark(0, 20, "content", "a1"), Mark(5, 13, "trigger", "e1", alleged=True), Mark(8, 10, "actor", "e2")]
    pieces = cut("0123456789abcdefghij", 0, 20, marks)
    assert [(p.records, p.head) for p in pieces] == [
        (("a1",), None), (("e1", "a1"), "e1"), (("e2", "e1", "a1"), None), (("e1", "a1"), None), (("a1",), None),
    ]  # fmt: skip
    assert [p.alleged for p in pieces] == [False, True, True, True, False]
