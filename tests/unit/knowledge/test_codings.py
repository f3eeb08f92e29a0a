"""Coding tables: what a pattern asks, which row wins, and how a broken row is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hearsay.errors import DataFormatError
from hearsay.knowledge.codings import Codings, Filler, Slots, load_classes, read_codings
from hearsay.knowledge.forms import Forms

HEAD = "# columns: lemma pos pattern type mode cameo actor recipient example\n# source: a\n# licence: b\n# version: 1\n"


def table(tmp_path: Path, *rows: str) -> Codings:
    path = tmp_path / "codings.tsv"
    path.write_text(HEAD + "\n".join("\t".join(r.split(";")) for r in rows) + "\n", encoding="utf-8")
    return read_codings([path], load_classes())


def reader(**filled: tuple[str, str]) -> Slots:
    def read(slot: str) -> Iterator[Filler]:
        if slot in filled:
            yield filled[slot]

    return read


def test_the_most_specific_row_wins(tmp_path: Path) -> None:
    codings = table(tmp_path, "free;VERB;;RETREAT", "free;VERB;obj=capital|hand;-", "free;VERB;obj;AID")
    assert codings.match("free", "VERB", reader()).type == "RETREAT"  # type: ignore[union-attr]
    assert codings.match("free", "VERB", reader(obj=("capital", ""))).type == "-"  # type: ignore[union-attr]
    assert codings.match("free", "VERB", reader(obj=("monk", ""))).type == "AID"  # type: ignore[union-attr]
    assert codings.match("free", "NOUN", reader()) is None


@pytest.mark.parametrize(
    ("pattern", "filled", "holds"),
    [
        ("obj", {"obj": ("x", "")}, True),
        ("!obj", {"obj": ("x", "")}, False),
        ("!obj=x", {"obj": ("y", "")}, True),
        ("subj|obj=x", {"obj": ("x", "")}, True),
        ("obj=@LOC", {"obj": ("paris", "LOC")}, True),
        ("obj=@NAME", {"obj": ("crowd", "ACTOR")}, False),
        ("obj=@ACTOR", {"obj": ("crowd", "ACTOR")}, True),
        ("obj=@weapon", {"obj": ("rifle", "")}, True),
        ("obj subj", {"obj": ("x", "")}, False),
        ("obj=x|y|subj=z", {"obj": ("y", "")}, True),
        ("obj=x|y|subj=z", {"subj": ("z", "")}, True),
        ("obj=x|y|subj=z", {"subj": ("x", "")}, False),
        ("!obj=x|subj=z", {"subj": ("z", "")}, False),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, filled: dict[str, tuple[str, str]], holds: bool) -> None:
    codings = table(tmp_path, f"do;VERB;{pattern};AID")
    assert (codings.match("do", "VERB", reader(**filled)) is not None) == holds


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Free;VERB;;RETREAT", "lemma"),
        ("free;VERBS;;RETREAT", "pos"),
        ("free;VERB;objekt=x;RETREAT", "pattern"),
        ("free;VERB;obj=@nobody;RETREAT", "pattern"),
        ("free;VERB;obj=;RETREAT", "pattern"),
        ("free;VERB;;LIBERATE", "type"),
        ("free;VERB;;RETREAT;;99", "cameo"),
        ("free;VERB;;RETREAT;;;subjekt", "actor"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, column: str) -> None:
    with pytest.raises(DataFormatError, match=rf"codings\.tsv:5: column {column}"):
        table(tmp_path, row)


def test_a_row_stands_once(tmp_path: Path) -> None:
    with pytest.raises(DataFormatError, match=r"codings\.tsv:6"):
        table(tmp_path, "free;VERB;obj subj;RETREAT", "free;VERB;subj obj;AID")


@pytest.mark.parametrize(
    ("form", "upos", "guess", "lemma"),
    [
        ("criticized", "VERB", "criticiz", "criticise"),
        ("Talks", "NOUN", "talk", "talk"),
        ("struck", "VERB", "struck", "strike"),
        ("banned", "VERB", "bann", "ban"),
        ("allies", "NOUN", "allie", "ally"),
        ("unknown", "VERB", "unknow", "unknow"),
    ],
)
def test_forms(form: str, upos: str, guess: str, lemma: str) -> None:
    assert Forms(["criticise", "talk", "strike", "ban", "ally"]).lemma(form, upos, guess) == lemma
