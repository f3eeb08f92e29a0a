"""Reprints: near-identical copies of one report, folded under the earliest, with the agency whose copy it is.

Copies are looked for by sketches of five-word shingles (MinHash with bands, by `rensa`), and every pair that the sketches propose is
compared by its shingles themselves. A paper that prints half of a wire report prints that report: of a much shorter text it counts
how much of it stands in the longer one. Headlines, captions, credits and datelines are not compared, as each paper has its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hearsay.core.records import Reading
from hearsay.page.words import find_agencies

SHINGLE_WORDS = 5
SKETCH_VALUES, BANDS = 128, 64
"""Bands of two values: a pair of Jaccard .3 is proposed with a probability of .998, one of .1 with .47."""
ALIKE = 0.5
"""Jaccard similarity from which two reports are copies: about one word in fourteen changed."""
HELD = 0.8
"""Share of the shorter report's shingles that stand in the longer, from which it is a cut copy."""
HELD_SHINGLES = 30
"""Shingles that a cut copy has at least; with fewer it may be a quotation."""
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SEED = 1
Shingles = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared of a report: the words of its body; and what decides who was first."""

    id: str
    text: str
    date: str | None = None
    publisher: str | None = None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A later report and how alike it is: Jaccard similarity, and the share of the shorter that stands in the longer."""

    story: Story
    similarity: float
    held: float


@dataclass(frozen=True, slots=True)
class Family:
    """A report, its later copies in order of date, and the agency whose report it is (None where nobody says)."""

    first: Story
    copies: tuple[Copy, ...]
    agency: str | None


def story_of(reading: Reading) -> Story:
    """The story of a reading: its lead and body."""
    held = (p.span.of(reading.text) for p in reading.parts if p.kind in ("lead", "body") and p.story == 0)
    return Story(reading.id, "\n".join(held), reading.date, reading.publisher, reading.agencies)


def find_reprints(stories: Iterable[Story]) -> list[Family]:
    """Families of two reports or more, in order of the first report's date.

    The earliest date is first; of one day, an agency's own report before its clients', then the order given. A report without a date
    comes last.

    >>> text = "The envoy met the rebels in the port on Monday and they spoke for an hour about the crew of the ship that they hold"
    >>> found = find_reprints([Story("b", text + " now", "2023-03-15"), Story("a", text, "2023-03-14", agencies=("AFP",))])
    >>> [(f.first.id, [c.story.id for c in f.copies], f.agency) for f in found]
    [('a', ['b'], 'AFP')]
    """
    import rensa

    ordered = sorted(stories, key=lambda s: (s.date is None, s.date or "", not _is_agency(s.publisher)))
    index = rensa.RMinHashLSH(threshold=0.3, num_perm=SKETCH_VALUES, num_bands=BANDS)
    held: list[Shingles] = []
    leader = list(range(len(ordered)))
    copies: dict[int, list[Copy]] = {}
    for number, story in enumerate(ordered):
        shingles = _shingles(story.text)
        held.append(np.unique(np.fromiter(map(hash, shingles), np.int64, len(shingles))))
        if not shingles:
            continue
        sketch = rensa.RMinHash(num_perm=SKETCH_VALUES, seed=_SEED)
        sketch.update(shingles)
        found = _best(number, index.query(sketch), held)
        if found is not None:
            leader[number] = leader[found[0]]
            copies.setdefault(leader[number], []).append(Copy(story, *found[1:]))
        index.insert(number, sketch)
    return [Family(ordered[first], tuple(held_by), _agency(ordered[first], held_by)) for first, held_by in sorted(copies.items())]


def _shingles(text: str) -> list[str]:
    """Runs of five words, in small letters; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))] if words else []


def _best(number: int, proposed: Iterable[int], held: Sequence[Shingles]) -> tuple[int, float, float] | None:
    """The earlier report that this one is most of all a copy of, with both measures."""
    measured = ((*_compare(held[number], held[other]), -other, min(len(held[number]), len(held[other]))) for other in set(proposed))
    fits = [m for m in measured if m[0] >= ALIKE or (m[1] >= HELD and m[3] >= HELD_SHINGLES)]
    if not fits:
        return None
    similarity, share, other, _ = max(fits)
    return -other, round(similarity, 3), round(share, 3)


def _compare(one: Shingles, other: Shingles) -> tuple[float, float]:
    """Jaccard similarity, and the share of the smaller set that stands in the larger."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(1, len(one) + len(other) - both), both / max(1, min(len(one), len(other)))


def _is_agency(publisher: str | None) -> bool:
    return bool(publisher and find_agencies(publisher))


def _agency(first: Story, copies: Sequence[Copy]) -> str | None:
    """The agency that publishes one of the family itself; else the one that most of them credit."""
    family = [first, *(c.story for c in copies)]
    own = next((find_agencies(s.publisher)[0] for s in family if s.publisher and _is_agency(s.publisher)), None)
    credited = Counter(a for s in family for a in s.agencies)
    return own or next((name for name, _ in credited.most_common(1)), None)
