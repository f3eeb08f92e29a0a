"""False events by genre, in texts without politics: `python -m eval.false_events [--show]`.

Two sources: this project's own texts in eval/data/nonpolitical (written to be full of attacks, strikes and battles that are none), and the
genres of UD dev that tell of private life, study and travel. Whatever is coded there counts as false, and some of it is not: a travel
guide has its raids and sieges too.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from eval.events import Reader
from eval.shared import shared_folder

OWN = Path(__file__).parent / "data" / "nonpolitical"
GENRES = ("ewt/reviews", "ewt/answers", "gum/academic", "gum/vlog", "gum/voyage", "gum/whow", "gum/conversation", "gum/podcast",
          "gum/essay", "gum/fiction")  # fmt: skip
"""Left out: news, speeches, courts, interviews, the open forums of the web, and textbook, letter and bio, whose few documents
tell of governments."""


def own_texts() -> Iterator[tuple[str, str]]:
    """(genre, text) of each of the project's own texts; a file is called by its genre, then by what tells it from others."""
    for path in sorted(OWN.glob("*.txt")):
        yield "own/" + path.stem.partition("_")[0], path.read_text(encoding="utf-8")


def corpus_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(genre, text) of each document of UD dev in the genres without politics, a sentence a line."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    document = genre = ""
    with gzip.open(folder / "corpora" / "ud" / "dev.conllu.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            key, _, value = row.rstrip("\n").partition(" = ")
            if key == "# doc":
                document = value
            elif key == "# src":
                genre = value
            elif key == "# text" and genre in GENRES:
                lines[genre, document].append(value)
    yield from ((genre, "\n".join(found)) for (genre, _), found in lines.items())


def measure(folder: Path | None, *, show: bool = False) -> dict[str, tuple[int, int, int]]:
    """(texts, words, events) by genre."""
    reader = Reader()
    out: dict[str, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for genre, text in (*own_texts(), *(corpus_texts(folder) if folder else ())):
        before = reader.words
        events = reader.read(text, headline=genre.startswith("own/"))
        texts, words, found = out[genre]
        out[genre] = (texts + 1, words + reader.words - before, found + len(events))
        for e in events if show else ():
            around = text[max(0, e.trigger.start - 60) : e.trigger.end + 40].replace("\n", " ")
            print(f"{genre}\t{e.type}\t{e.trigger.of(text)}\t{e.provenance.rule}\t{e.provenance.score:.2f}\t{around}")
    return dict(out)


def report(rows: dict[str, tuple[int, int, int]]) -> Iterator[str]:
    """Lines of the table."""
    total = tuple(sum(row[k] for row in rows.values()) for k in range(3))
    own = tuple(sum(row[k] for name, row in rows.items() if name.startswith("own/")) for k in range(3))
    for name, (texts, words, found) in (*rows.items(), ("own, all", own), ("all", total)):
        yield f"{name:18s} texts {texts:3d}  words {words:6,d}  events {found:3d}  in 1,000 words {1000 * found / max(1, words):5.2f}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true", help="show every event that is coded")
    args = parser.parse_args()
    rows = measure(shared_folder(), show=args.show)
    print(*report(rows), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
