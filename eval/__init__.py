"""Benchmarks. They need the shared reference data beside the checkout and say so where it is not."""
