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
from training.contrast import add_contrast
from training.corpora import ENTITY_TAGS
from training.network import Sizes, Tagger
from training.train_encoder import minilm_folder

HEADS = {
    "label.weight": "label.weight", "label.bias": "label.bias",
    "part.word": "part_word.weight", "part.word_bias": "part_word.bias", "part.cue": "part_cue.weight", "part.cue_bias": "part_cue.bias",
    "part.place": "part_place.weight", "part.out": "part.weight", "part.out_bias": "part.bias",
    "role.word": "role_word.weight", "role.word_bias": "role_word.bias", "role.cue": "role_trigger.weight",
    "role.cue_bias": "role_trigger.bias", "role.place": "role_place.weight", "role.out": "role.weight", "role.out_bias": "role.bias",
    "pair.look": "look.weight", "pair.look_bias": "look.bias", "pair.in": "pair.weight", "pair.in_bias": "pair.bias",
    "pair.out": "pair_type.weight", "pair.out_bias": "pair_type.bias",
}  # fmt: skip
"""Arrays of heads.npz -> parameters of the network. Matrices are stored transposed, tables of distances (`AS_STORED`) are not."""
AS_STORED = frozenset({"part.place", "role.place"})
CORPORA = [
    ("UD English EWT (2.15 development) train", "CC BY-SA 4.0", "tags, lemmas, trees"),
    ("UNER English EWT train", "CC BY-SA 4.0", "names"),
    ("GUM train, without the CC BY-NC-SA genres essay, fiction, letter, podcast, whow",
     "annotations CC BY 4.0; texts by genre CC BY, CC BY-SA or public", "tags, lemmas, trees, names derived from entity annotation"),
    ("PolNeAR train", "published for research; no stated data licence", "attribution cues, sources, contents"),
    ("PLV train", "published for research; no licence file", "the type of a pair"),
    ("Hearsay marked-up sentences and annotation of newswire (training/data)", "CC BY 4.0", "names, events"),
    ("all-MiniLM-L6-v2, bottom four layers", "Apache-2.0", "starting weights"),
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
    shutil.copy(minilm_folder() / "tokenizer.json", pack / "tokenizer.json")
    events = checkpoint / "event_labels.json"
    parameters = dict(model.named_parameters())
    arrays = {k: _stored(k, parameters[n]) for k, n in HEADS.items() if events.exists() or k.startswith(("label.", "part."))}
    np.savez_compressed(pack / "heads.npz", **arrays)
    labels |= {"entity": list(ENTITY_TAGS), "cue": ["O", "B", "I"], "part": ["O", "S", "X"]}
    labels |= json.loads(events.read_text()) if events.exists() else {}
    corpora = [dict(zip(("name", "licence", "used"), row, strict=True)) for row in CORPORA]
    manifest = {"protocol": PROTOCOL, "name": pack.name, "version": version, "language": "en", "made": date.today().isoformat(),
                "labels": labels, "corpora": corpora, "files": {n: checksum(pack / n) for n in FILES}}  # fmt: skip
    (pack / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if events.exists():
        add_contrast(pack)


def _stored(key: str, parameter: Tensor) -> np.ndarray:
    values = parameter.detach().numpy().astype(np.float16)
    return values.T if values.ndim == 2 and key not in AS_STORED else values


def _write_graph(graph: Graph, path: Path) -> None:
    # Weights unsigned: with signed ones, processors without VNNI add pairs of products in 16 bits, which overflow
    sample = {"ids": torch.ones(2, 9, dtype=torch.long), "case": torch.ones(2, 9, dtype=torch.long),
              "mask": torch.ones(2, 9, dtype=torch.long), "first": torch.arange(6).repeat(2, 1)}  # fmt: skip
    axes = {n: {0: "batch", 1: "pieces"} for n in ("ids", "case", "mask")} | {"first": {0: "batch", 1: "places"}}
    axes |= {n: {0: "batch", 1: "words"} for n in OUTPUTS} | {"arcs": {0: "batch", 1: "words", 2: "places"}}
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        names = {"input_names": list(sample), "output_names": list(OUTPUTS), "dynamic_axes": axes}
        torch.onnx.export(graph, tuple(sample.values()), str(plain), opset_version=17, dynamo=False, **names)
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), per_channel=True, weight_type=QuantType.QUInt8, extra_options={"MatMulConstBOnly": True})
    onnx.checker.check_model(str(path))


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "0")
