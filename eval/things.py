"""Scores in-report coreference on the speakers of the shared bench: does a pronoun stand for the person it stands for?

The bench tells, for persons who speak, all their mentions and which of these are names. Counted are he and she in all forms and, apart,
"I"; a pronoun is right when the thing it stands for has a mention that overlaps one of the person's names.
Run: `python -m eval.things [train|dev] [misses]`; train was used in development, dev was only scored.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from eval.shared import read_lines, shared_folder
from hearsay.core.records import Reading
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader

_OTHERS = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_PRONOUNS = dict.fromkeys(_OTHERS, "he, she") | dict.fromkeys(("i", "me", "my", "mine", "myself"), "I")
_GENRES = frozenset({"news", "interview", "bio", "fiction", "speech", "court"})


def judge(reading: Reading, report: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(kind of pronoun, right | wrong | left alone, a line to read) for each pronoun of the report's speakers."""
    text, persons = report["text"], {}
    for a in report["attributions"]:
        speaker = a["speaker"]
        if speaker and speaker["type"] == "person" and speaker["names"]:
            persons[speaker["entity"]] = speaker
    of_place = {tuple(m): t for t in reading.things for m in t.mentions}
    for person in persons.values():
        for start, end in person["mentions"]:
            kind = _PRONOUNS.get(text[start:end].lower())
            if kind is None:
                continue
            thing = of_place.get((start, end))
            right = thing is not None and any(m.start < n[1] and n[0] < m.end for m in thing.mentions for n in person["names"])
            said = "left alone" if thing is None else "right" if right else "wrong"
            name = text[slice(*person["names"][0])]
            yield kind, said, f"{name!r}: {text[max(0, start - 60) : end + 20]!r} -> {thing.name if thing else None!r}"


def main(part: str = "dev", what: str = "") -> None:
    """Prints the counts by kind of pronoun."""
    shared = shared_folder()
    if shared is None:
        return
    reader, counts = Reader(), Counter[tuple[str, str]]()
    for report in read_lines(shared / "bench" / "attribution" / f"gum_attribution_{part}.jsonl"):
        if report["genre"] not in _GENRES:
            continue
        reading = reader.read(RawReport(report["id"], text=report["text"]), date=report["date"])
        for kind, said, line in judge(reading, report):
            counts[kind, said] += 1
            if what == "misses" and said == "wrong":
                print(f"{report['id']} {line}")
    for kind in ("he, she", "I"):
        right, wrong, alone = (counts[kind, s] for s in ("right", "wrong", "left alone"))
        share = 100 * right / max(1, right + wrong + alone)
        print(f"{kind:8} right {right}, wrong {wrong}, left alone {alone}: {share:.1f} % right")


if __name__ == "__main__":
    main(*sys.argv[1:3])
