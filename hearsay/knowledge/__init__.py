"""Data files -> typed tables. Holds no linguistics."""
