"""Whom attributions are given to, against GUM's gold coreference: `python -m eval.speakers [--part train] [--errors N]`.

Of the gold attributions whose source is a pronoun (or other words) for somebody whom the text names, how many are found, and how many
are given to a thing of the right name? The whole pipeline reads the raw text. Skipped with a message where the shared data is not there.

"pronoun sources" asks the whole, also where the gold "name" is none ("Your Honor", "the Chief Guest", "one who believes in …") and right is
what calls the speaker so; "bearing a name" leaves these out. Speakers whom only a title beside the text names (Trump, whose name the text
of his speech has only in the mouths of those who shout it) stay in both.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.shared import read_lines, shared_folder
from hearsay.core.records import Attribution, Reading, Thing
from hearsay.core.span import Span
from hearsay.knowledge.gazetteer import fold
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


PRONOUNS = _words("i me my you your he him his she her it its we us our they them their who whom which that")
GROUPS = {"i": "first", "me": "first", "my": "first", "we": "we", "us": "we", "our": "we", "you": "you", "your": "you"}
ROLES = _words("president honor guest chief lord lords counsel counselor court government")
TITLES = _words("your my a an mr mrs ms dr general gen senator speaker president prime minister judge justice professor the of")


@dataclass(frozen=True)
class Case:
    """A gold attribution with a named speaker, what was found for it, and the thing that it was given to."""

    genre: str
    group: str
    source: str
    names: tuple[str, ...]
    found: Attribution | None
    thing: Thing | None
    right: bool
    context: str


def name_words(name: str) -> list[str]:
    """Words of a name without titles, folded.

    >>> name_words("GEN. Elizabeth B. Prelogar")
    ['elizabeth', 'b', 'prelogar']
    """
    words = [w.strip(".,;:'’\"“”()") for w in fold(name).replace("’s", "").replace("'s", "").split()]
    return [w for w in words if w and w not in TITLES] or [w for w in words if w]


def is_same_name(one: str, other: str) -> bool:
    """Whether two names can be of one bearer: the words of the shorter are in the longer, and either ends alike or is one word.

    >>> is_same_name("Nick Bos", "Biologist Nick Bos"), is_same_name("Nick Bos", "Nick Cave")
    (True, False)
    """
    a, b = sorted((name_words(one), name_words(other)), key=len)
    return bool(a) and set(a) <= set(b)


def is_proper(name: str) -> bool:
    """Whether a gold name holds a proper name, and not only a role: "the Chief Guest", "one who believes in …".

    >>> is_proper("Shimon Peres"), is_proper("the Chief Guest"), is_proper("one who believes in the Democratic Party")
    (True, False, False)
    """
    words = [w for w in name.split() if w.strip(".,").lower() not in TITLES | ROLES | PRONOUNS]
    return bool(words) and any(w[0].isupper() for w in words) and not name.split()[0].islower()


def is_right(thing: Thing | None, names: Sequence[str], places: Sequence[Span]) -> bool:
    """Whether a thing bears one of the gold names; for states, whose names differ from the report's words, one of its mentions."""
    if thing is None:
        return False
    if thing.kind == "state":
        return any(m.overlaps(p) for m in thing.mentions for p in places)
    return any(is_same_name(thing.name, n) for n in names)


def match(gold: dict[str, Any], found: Sequence[Attribution]) -> Attribution | None:
    """The found attribution whose cue, else whose source and content, shares most letters with the gold one."""
    best, rank = None, (0, 0, 0)
    for one in found:
        mine = (shared(gold["cue"], one.cue), shared(gold["source"], one.source), shared(gold["content"], one.content))
        if (mine[0] or (mine[1] and mine[2])) and mine > rank:
            best, rank = one, mine
    return best


def shared(gold: Sequence[Sequence[int]], found: Sequence[Span]) -> int:
    """Letters that lie in both."""
    return sum(max(0, min(e, f.end) - max(s, f.start)) for s, e in gold for f in found)


def read_cases(row: dict[str, Any], reading: Reading) -> Iterator[Case]:
    """Cases of one text."""
    text = row["text"]
    for gold in row["attributions"]:
        speaker = gold["speaker"]
        if not speaker or not speaker["names"] or not gold["source"]:
            continue
        source = " ".join(text[s:e] for s, e in gold["source"])
        word = source.lower()
        names = tuple(text[s:e] for s, e in speaker["names"])
        found = match(gold, reading.attributions)
        thing = reading.thing(found.speaker) if found else None
        group = GROUPS.get(word, "third") if word in PRONOUNS else "named"
        right = is_right(thing, names, [Span(*n) for n in speaker["names"]])
        start, end = gold["source"][0]
        yield Case(row["genre"], group, source, names, found, thing, right, " ".join(text[max(0, start - 60) : end + 60].split()))


def summary(cases: Sequence[Case]) -> str:
    """Share right of all, and of those found."""
    found, right = sum(c.found is not None for c in cases), sum(c.right for c in cases)
    shares = [100 * right / max(1, n) for n in (len(cases), found)]
    return f"right {right} of {len(cases)} = {shares[0]:5.1f} %   of the {found} found {shares[1]:5.1f} %"


def report(cases: Sequence[Case]) -> Iterator[str]:
    """Lines for pronouns, for each kind of pronoun, for each genre, and for other sources."""
    pronouns = [c for c in cases if c.group != "named"]
    yield f"{'pronoun sources':22s} {summary(pronouns)}"
    for key, size in sorted(Counter(c.group for c in pronouns).items()):
        yield f"  {key:20s} {summary([c for c in pronouns if c.group == key])}" if size else ""
    for key in sorted({c.genre for c in pronouns}):
        yield f"  in {key:17s} {summary([c for c in pronouns if c.genre == key])}"
    yield f"  bearing a name       {summary([c for c in pronouns if any(map(is_proper, c.names))])}"
    yield f"{'other sources':22s} {summary([c for c in cases if c.group == 'named'])}"


def errors(cases: Sequence[Case]) -> Iterator[str]:
    """A line for each case that went wrong."""
    for c in cases:
        if not c.right:
            what = "not found" if c.found is None else f"{c.found.id} given to {c.thing.name if c.thing else None}"
            yield f"{c.genre:9s} {c.group:6s} {c.source!r} is {c.names[0]!r}: {what}   …{c.context}…"


def measure(folder: Path, part: str, reader: Reader) -> list[Case]:
    """All cases of a part of GUM."""
    rows = read_lines(folder / "bench" / "attribution" / f"gum_attribution_{part}.jsonl")
    return [c for row in rows for c in read_cases(row, reader.read(RawReport(row["id"], text=row["text"]), date=row["date"] or None))]


def main() -> int:
    """Print the figures of train and dev apart."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=("train", "dev"), action="append", default=None)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    reader = Reader(strict=True)
    for part in args.part or ("train", "dev"):
        cases = measure(folder, part, reader)
        print(f"GUM {part}")
        print("\n".join(report(cases)))
        print("\n".join(list(errors(cases))[: args.errors]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
