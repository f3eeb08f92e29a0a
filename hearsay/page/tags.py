"""Where a tag of HTML ends: at the ">" outside of quotation marks."""

from __future__ import annotations

import re

_TAG = re.compile(r"""</?[^\s<>"']*(?:"[^"]*"|'[^']*'|[^"'>])*+>""")


def tag_end(source: str, start: int, *, most: int = 200_000) -> int:
    """The place after a tag that begins at `start`; 0 when it does not end. Quotation marks count in tags up to `most` letters.

    >>> tag_end('<a title="x > y">z', 0)
    17
    """
    found = _TAG.match(source, start, start + most)
    return found.end() if found else source.find(">", start) + 1
