"""A trained checkpoint -> a model pack: `python -m training.export build/encoder hearsay/data/models/en-base`."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from hearsay.neural.encoder import OUTPUTS
from hearsay.neural.pack import FILES, PROTOCOL, checksum
from training.corpora import ENTITY_TAGS
from training.network import Sizes, Tagger
from training.train_encoder import _package_folder

CORPORA = [
    {"name": "UD English EWT (2.15 development) train", "licence": "CC BY-SA 4.0", "used": "tags, lemmas, trees"},
    {"name": "UNER English EWT train", "licence": "CC BY-SA 4.0", "used": "names"},
    {"name": "GUM train, without the CC BY-NC-SA genres essay, fiction, letter, podcast, whow", "licence": "annotations CC BY 4.0; texts by genre CC BY, CC BY-SA or public", "used": "tags, lemmas, trees, names derived from entity annotation"},
    {"name": "PolNeAR train", "licence": "published for research; no stated data licence", "used": "attribution cues, sources, contents"},
    {"name": "Hearsay marked-up sentences (training/data)", "licence": "CC BY 4.0", "used": "names, events"},
    {"name": "all-MiniLM-L6-v2, bottom four layers", "licence": "Apache-2.0", "used": "starting weights"},
]  # fmt: skip


class Graph(nn.Module):
    """What is exported: pieces in, all word-level outputs out."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        m = self.model
        x = m.words(ids, case, mask, first)
        words = x[:, 1:]
        dep, head = m.label_parts(x)
        tags = [getattr(m, n)(words).argmax(-1).to(torch.int32) for n in ("upos", "xpos", "lemma")]
        return (*tags, m.entity_scores(words, 0), m.arc_scores(x), dep, head, x, m.cue(words), m.event(words), m.mood(words))


def export(checkpoint: Path, pack: Path, version: str) -> None:
    """Write the pack: int8 graph, numpy heads, tokenizer, manifest."""
    labels = json.loads((checkpoint / "labels.json").read_text())
    model = Tagger(Sizes(*(len(labels[k]) for k in ("upos", "xpos", "lemma", "label"))))
    model.load_state_dict(torch.load(checkpoint / "kept.pt", weights_only=True), strict=False)
    model.eval()
    pack.mkdir(parents=True, exist_ok=True)
    _write_graph(Graph(model).eval(), pack / "encoder.onnx")
    shutil.copy(_package_folder() / "tokenizer.json", pack / "tokenizer.json")
    arrays = {"label.weight": model.label.weight.T, "label.bias": model.label.bias, "part.word": model.part_word.weight.T, "part.word_bias": model.part_word.bias,
              "part.cue": model.part_cue.weight.T, "part.cue_bias": model.part_cue.bias, "part.place": model.part_place.weight,
              "part.out": model.part.weight.T, "part.out_bias": model.part.bias}  # fmt: skip
    if (checkpoint / "event_labels.json").exists():
        arrays |= {"role.word": model.role_word.weight.T, "role.word_bias": model.role_word.bias, "role.cue": model.role_trigger.weight.T,
                   "role.cue_bias": model.role_trigger.bias, "role.place": model.role_place.weight, "role.out": model.role.weight.T, "role.out_bias": model.role.bias,
                   "pair.look": model.look.weight.T, "pair.look_bias": model.look.bias, "pair.in": model.pair.weight.T, "pair.in_bias": model.pair.bias,
                   "pair.out": model.pair_type.weight.T, "pair.out_bias": model.pair_type.bias}  # fmt: skip
    np.savez_compressed(pack / "heads.npz", **{k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()})
    labels |= {"entity": list(ENTITY_TAGS), "cue": ["O", "B", "I"], "part": ["O", "S", "X"]}
    extra = checkpoint / "event_labels.json"
    labels |= json.loads(extra.read_text()) if extra.exists() else {}
    manifest = {"protocol": PROTOCOL, "name": pack.name, "version": version, "language": "en", "made": date.today().isoformat(),
                "labels": labels, "corpora": CORPORA, "files": {n: checksum(pack / n) for n in FILES}}  # fmt: skip
    (pack / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_graph(graph: Graph, path: Path) -> None:
    sample = {"ids": torch.ones(2, 9, dtype=torch.long), "case": torch.ones(2, 9, dtype=torch.long),
              "mask": torch.ones(2, 9, dtype=torch.long), "first": torch.arange(6).repeat(2, 1)}  # fmt: skip
    axes = {n: {0: "batch", 1: "pieces"} for n in ("ids", "case", "mask")} | {"first": {0: "batch", 1: "places"}}
    axes |= {n: {0: "batch", 1: "words"} for n in OUTPUTS} | {"arcs": {0: "batch", 1: "words", 2: "places"}}
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(graph, tuple(sample.values()), str(plain), input_names=list(sample), output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False)
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), per_channel=True, weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True})
    onnx.checker.check_model(str(path))


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "0")
