"""Sentences -> analysed tokens and evidence for the extractors; numpy and onnxruntime only."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: its spinning workers take the core that the graph needs
