"""Model packs: a folder with a manifest, a graph, word pieces and the small heads that run in numpy.

    manifest.json     protocol, name, version, label lists, files with SHA-256, corpora with licences, recipe
    encoder.onnx      the int8 graph (see `hearsay.neural.encoder` for its inputs and outputs)
    tokenizer.json    word pieces
    heads.npz         float16 arrays named `head.array`
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hearsay.errors import ModelError
from hearsay.knowledge.files import DATA

PROTOCOL = 1
DEFAULT = DATA / "models" / "en-base"
FILES = ("encoder.onnx", "tokenizer.json", "heads.npz")

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Pack:
    """An opened pack: where it lies, the checksum of its graph, its labels by head, its arrays by `head.array` (float32)."""

    path: Path
    version: str
    digest: str
    labels: dict[str, tuple[str, ...]]
    arrays: dict[str, Array]

    def head(self, name: str) -> dict[str, Array]:
        """Arrays of one head by their own names; empty when the pack has no such head."""
        return {k.partition(".")[2]: v for k, v in self.arrays.items() if k.partition(".")[0] == name}


def open_pack(path: Path = DEFAULT) -> Pack:
    """The pack in a folder.

    Raises:
        ModelError: a file is missing, cannot be read, or the pack speaks another protocol.
    """
    manifest = read_manifest(path)
    if manifest.get("protocol") != PROTOCOL:
        spoken = manifest.get("protocol")
        raise ModelError(f"{path}: model pack of protocol {spoken}, this Hearsay reads {PROTOCOL}; install matching versions")
    for name in FILES:
        if not (path / name).exists():
            raise ModelError(f"{path / name}: missing from the model pack; install the package again")
    try:
        with np.load(path / "heads.npz") as stored:
            arrays = {k: stored[k].astype(np.float32) for k in stored.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path / 'heads.npz'}: damaged; install the package again") from error
    digest = manifest["files"]["encoder.onnx"]
    return Pack(path, manifest["version"], digest, {k: tuple(v) for k, v in manifest["labels"].items()}, arrays)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a pack. Raises ModelError."""
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: no model pack here (no manifest.json)") from error
    except ValueError as error:
        raise ModelError(f"{path / 'manifest.json'}: not valid JSON; install the package again") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"{path / 'manifest.json'}: not a manifest")
    return manifest


def verify_pack(path: Path = DEFAULT) -> list[str]:
    """Names of files whose checksum is not the manifest's; empty when all is well."""
    wanted = read_manifest(path).get("files", {})
    return [name for name, digest in wanted.items() if checksum(path / name) != digest]


def checksum(path: Path) -> str:
    """SHA-256 of a file in hexadecimal; empty if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
