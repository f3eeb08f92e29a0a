"""A shipped pack -> a checkpoint that training can go on from: `python -m training.reopen hearsay/data/models/en-base build/reopened`.

The int8 weights are turned back into float32 (each is off by at most half a quantisation step, which a few hundred steps of training
mend); the piece embeddings, frozen in training, are taken from MiniLM. The GUM output for names, which no pack holds, starts anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, numpy_helper
from torch import Tensor

from training.export import AS_STORED, HEADS
from training.network import Sizes, Tagger, load_minilm
from training.train_encoder import minilm_folder


def read_graph(graph: ModelProto) -> Iterator[tuple[str, Tensor]]:
    """(parameter name, float32 values) of everything that a quantised graph holds."""
    held = {i.name: numpy_helper.to_array(i) for i in graph.graph.initializer}
    for name, array in held.items():
        if name.startswith("model.") and array.dtype == np.float32 and not name.endswith("_scale"):
            yield name.removeprefix("model."), torch.tensor(array)
    for node in graph.graph.node:
        if node.op_type == "MatMulInteger":
            base = node.input[1].removesuffix("_quantized")
            values = (held[f"{base}_quantized"].astype(np.float32) - held[f"{base}_zero_point"]) * held[f"{base}_scale"]
            path = node.name.strip("/").removesuffix("MatMul_quant").strip("/").replace("/", ".")
            yield (f"{path}.weight", torch.tensor(values.T)) if path else ("biaffine", torch.tensor(values))
        elif node.op_type == "Gather" and list(node.input)[1:] == ["case"]:
            base = node.input[0].removesuffix("_quantized")
            table = (held[f"{base}_quantized"].astype(np.float32) - held[f"{base}_zero_point"]) * held[f"{base}_scale"]
            yield from _case_tables(torch.tensor(table))


def _case_tables(table: Tensor) -> Iterator[tuple[str, Tensor]]:
    """The (24, D) table of the graph as eight case classes and three marks."""
    plain, source, target = table.split(8)
    yield "encoder.case.weight", plain
    yield "encoder.mark.weight", torch.stack([torch.zeros_like(plain[0]), (source - plain).mean(0), (target - plain).mean(0)])


def reopen(pack: Path, out: Path) -> None:
    """Write kept.pt, labels.json and event_labels.json; raises RuntimeError where a parameter has another shape."""
    labels = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["labels"]
    lists = {k: labels[k] for k in ("upos", "xpos", "lemma", "label")}
    model = Tagger(Sizes(*map(len, lists.values())))
    load_minilm(model, minilm_folder() / "model.safetensors")
    state = dict(read_graph(onnx.load(str(pack / "encoder.onnx"))))
    with np.load(pack / "heads.npz") as heads:
        for key in HEADS.keys() & set(heads.files):
            array = torch.tensor(heads[key].astype(np.float32))
            state[HEADS[key]] = array.T.contiguous() if array.dim() == 2 and key not in AS_STORED else array
    missing, unknown = model.load_state_dict(state, strict=False)
    if unknown or set(missing) != {"encoder.pieces.weight", "entity.1.weight", "entity.1.bias"}:
        raise RuntimeError(f"the pack does not fit the network: missing {missing}, unknown {unknown}")
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / "kept.pt")
    (out / "labels.json").write_text(json.dumps(lists), encoding="utf-8")
    (out / "event_labels.json").write_text(json.dumps({k: labels[k] for k in ("event", "mood", "role", "relation")}), encoding="utf-8")


if __name__ == "__main__":
    reopen(Path(sys.argv[1]), Path(sys.argv[2]))
