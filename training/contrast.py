"""Contrast words for `hearsay teach`: `python -m training.contrast hearsay/data/models/en-base`.

Puts into a pack the vectors of some triggers and of some other content words of the project's own sentences, as `contrast.vectors` (N, D):
what a user's category is told apart from. Run after `training.export`, which calls it.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np

from hearsay.extract.taught import CONTENT
from hearsay.knowledge.markup import parse_trigger, read_marked
from hearsay.neural.decode import Analyser
from hearsay.neural.pack import checksum, open_pack
from hearsay.text.layout import lay_out_sentence
from training.corpora import OWN

TRIGGERS, OTHERS = 700, 900


def contrast_vectors(analyser: Analyser, seed: int = 5) -> np.ndarray:
    """(TRIGGERS + OTHERS, D) float16 vectors, drawn at random."""
    triggers, others = [], []
    for path in sorted((OWN / "sentences").glob("*.txt")):
        for marked in read_marked(path):
            spans = [(s, e) for s, e, label in marked.spans if parse_trigger(label)]
            sentences, evidence = analyser.analyse(marked.text, [lay_out_sentence(marked.text, (0, len(marked.text)))])
            for sentence, seen in zip(sentences, evidence, strict=True):
                for token, vector in zip(sentence.tokens, seen.words, strict=True):
                    if token.upos in CONTENT:
                        (triggers if any(token.start < e and token.end > s for s, e in spans) else others).append(vector)
    rng = random.Random(seed)
    return np.array(rng.sample(triggers, TRIGGERS) + rng.sample(others, OTHERS), np.float16)


def add_contrast(pack: Path) -> None:
    """Write the vectors into the pack's heads and set the checksum anew."""
    vectors = contrast_vectors(Analyser(open_pack(pack)))
    with np.load(pack / "heads.npz") as stored:
        arrays = {k: stored[k] for k in stored.files} | {"contrast.vectors": vectors}
    np.savez_compressed(pack / "heads.npz", **arrays)
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["heads.npz"] = checksum(pack / "heads.npz")
    (pack / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    add_contrast(Path(sys.argv[1]))
