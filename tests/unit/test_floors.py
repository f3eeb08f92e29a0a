"""The floors of the house: a module imports from lower floors or from its own package only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "hearsay"
FLOORS = {
    "errors": 0, "core": 0, "knowledge": 1, "page": 2, "text": 2, "neural": 2, "extract": 3, "resolve": 3, "ledger": 3, "export": 3,
    "merge": 3,
    "pipeline": 4, "check": 4, "api": 5, "lines": 5, "show": 5, "ledger_cli": 5, "web": 5, "cli": 6, "__main__": 7, "__init__": 7,
}  # fmt: skip
HEAVY = {"lxml": ("page",), "onnxruntime": ("neural/encoder.py",), "tokenizers": ("neural/subwords.py",), "torch": (), "rensa": ("merge",),
         "starlette": ("web",), "jinja2": ("web",), "uvicorn": ("web/serve.py",)}  # fmt: skip
MODULES = sorted(HOUSE.rglob("*.py"))


def unit_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(HOUSE).as_posix())
def test_imports_only_downwards(path: Path) -> None:
    unit = unit_of(path)
    assert unit in FLOORS, f"{unit} has no floor: give it one in this test"
    for name in imports_of(path):
        if not name.startswith("hearsay."):
            continue
        other = name.split(".")[1]
        lower = FLOORS[other] < FLOORS[unit]
        assert lower or other == unit, f"{path.name} (floor {FLOORS[unit]}) imports {name} (floor {FLOORS[other]})"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(HOUSE).as_posix())
def test_heavy_libraries_live_in_one_place(path: Path) -> None:
    place = path.relative_to(HOUSE).as_posix()
    for name in imports_of(path):
        homes = HEAVY.get(name.split(".")[0])
        assert homes is None or any(place.startswith(home) for home in homes), f"{place} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(HOUSE).as_posix())
def test_files_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 360


def test_import_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, hearsay; print([m for m in ('numpy', 'onnxruntime', 'lxml', 'rich', 'typer') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
