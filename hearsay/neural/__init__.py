"""Sentences -> analysed tokens and evidence for the extractors; numpy and onnxruntime only."""
