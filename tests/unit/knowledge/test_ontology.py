"""The ontologies that ship, and how a broken one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.core.records import TYPES
from hearsay.errors import DataFormatError
from hearsay.knowledge.ontology import load_context_words, load_ontology


def test_plover_is_whole() -> None:
    ontology = load_ontology()
    assert tuple(ontology.types) == TYPES
    assert len(ontology.contexts) == 37
    assert {t.quad for t in ontology.types.values()} == {
        "verbal cooperation",
        "material cooperation",
        "verbal conflict",
        "material conflict",
    }


def test_signs_of_the_scale_follow_the_quads() -> None:
    for kind in load_ontology().types.values():
        assert kind.scale >= 0 if "cooperation" in kind.quad else kind.scale <= 0, kind.name


def test_every_cameo_code_has_its_root() -> None:
    codes = load_ontology().codes
    assert all(code[:2] in codes for code in codes)
    assert {code for code in codes if len(code) == 2} == {f"{n:02d}" for n in range(1, 21)}


@pytest.mark.parametrize(
    ("code", "kind", "mode"),
    [
        ("112", "ACCUSE", "allege"),
        ("0871", "RETREAT", "ceasefire"),
        ("1712", "ASSAULT", "destroy"),
        ("0433", "CONSULT", "visit"),
        ("010", "", None),
    ],
)
def test_codes_map(code: str, kind: str, mode: str | None) -> None:
    found = load_ontology().read_code(code)
    assert found and (found.type, found.mode) == (kind, mode)


def test_default_codes_are_of_their_type() -> None:
    ontology = load_ontology()
    for kind in ontology.types.values():
        assert kind.cameo and ontology.codes[kind.cameo].type == kind.name


def test_context_words_name_contexts() -> None:
    assert set(load_context_words()["nuclear"]) == {"cbrn"}


def test_a_code_of_an_unknown_mode_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[codes]\n"01" = { label = "x", type = "AID", mode = "fast" }\n', encoding="utf-8")
    with pytest.raises(DataFormatError, match="AID has no mode 'fast'"):
        load_ontology("ontologies/plover.toml", path)
