"""What users have -> raw reports: `open_inputs` for files, folders, addresses and standard input; `RawReport` is what it gives."""

from hearsay.page.inputs.opening import open_inputs, read_columns
from hearsay.page.inputs.raw import RawReport

__all__ = ["RawReport", "open_inputs", "read_columns"]
