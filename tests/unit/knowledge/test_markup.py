"""Marked-up sentences: what strips, what is refused and how the fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.errors import DataFormatError, DataNotFound
from hearsay.knowledge.markup import parse_line, parse_trigger, read_marked, strip_marks
from hearsay.knowledge.user_ontology import load_user_ontology

WORD = st.text(alphabet="abcdefgh", min_size=1, max_size=6)


@given(st.lists(st.tuples(WORD, st.sampled_from(["", "a1", "r1,a2", "e1:AID"])), min_size=1, max_size=8))
def test_stripping_gives_the_text_back(pieces: list[tuple[str, str]]) -> None:
    marked = " ".join(f"{{{label} {word}}}" if label else word for word, label in pieces)
    text, spans = strip_marks(marked)
    assert text == " ".join(word for word, _ in pieces)
    wanted = [(word, part) for word, label in pieces if label for part in ([label] if label[0] == "e" else label.split(","))]
    assert [(text[s:e], label) for s, e, label in spans] == wanted


@pytest.mark.parametrize(
    ("label", "parsed"),
    [
        ("e1:AID", (1, "AID", None, "asserted", False)),
        ("e12:COERCE/arrest:future:bg", (12, "COERCE", "arrest", "future", True)),
        ("e2:BORDER_CLOSURE:negated", (2, "BORDER_CLOSURE", None, "negated", False)),
        ("a1", None),
    ],
)
def test_trigger_labels(label: str, parsed: object) -> None:
    assert parse_trigger(label) == parsed


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("KEN | {a1 Kenya}", "COUNTRY YEAR"),
        ("KEN 2008 | {a1 Kenya", "never closed"),
        ("KEN 2008 | Kenya}", "without {"),
        ("KEN 2008 | {e1:HELP sent}", "HELP is not one of"),
        ("KEN 2008 | {a1 Kenya} slept", "no trigger e1"),
        ("KEN 2008 | {q1 Kenya} slept", "unknown label q1"),
    ],
)
def test_faults_say_what_is_wrong(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_line(line)


def test_a_fault_in_a_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("# head\n\nKEN 2008 | fine\nKEN 2008 | {e1:HELP sent}\n", encoding="utf-8")
    with pytest.raises(DataFormatError, match=r"x\.txt:4: HELP"):
        list(read_marked(path))


HEAD = '[categories.CURFEW]\nroot = "COERCE"\ndefinition = "A curfew."\n'


@pytest.mark.parametrize(
    ("toml", "examples", "fault"),
    [
        ("", 0, "no table"),
        (HEAD, 3, "CURFEW has 3 examples"),
        (HEAD.replace("COERCE", "HARM"), 9, "root 'HARM' is not one of"),
        (HEAD.replace("CURFEW", "AID"), 9, "AID is a type of PLOVER already"),
        (HEAD.replace("definition", "meaning"), 9, "no definition"),
        (HEAD.replace("CURFEW", "cur-few"), 9, "capital letters"),
    ],
)
def test_an_ontology_at_fault_is_refused(tmp_path: Path, toml: str, examples: int, fault: str) -> None:
    (tmp_path / "ontology.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "curfew.txt").write_text("".join(f"KEN 2008 | A {{e1:CURFEW curfew}} fell on town {n}.\n" for n in range(examples)))
    with pytest.raises(DataFormatError, match=fault):
        load_user_ontology(tmp_path)


def test_a_folder_without_an_ontology_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(DataNotFound, match=r"ontology\.toml"):
        load_user_ontology(tmp_path)
