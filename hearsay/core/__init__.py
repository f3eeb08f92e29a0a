"""Records that cross a boundary; the standard library only."""
