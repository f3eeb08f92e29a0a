"""Prints sentence and token F1 of `hearsay.text` on the raw text of the UD English treebanks, per source and in total.

Usage: `python eval/segmentation.py [dev|train] [--errors N]`. The corpus is read from `$HEARSAY_SHARED/corpora/ud` (or
`../shared`); without it one line says so and nothing fails. The treebanks do not keep paragraphs, so a document is put
together again from its sentences in two ways, and both are reported:

* joined: one space between any two sentences, as the CoNLL shared tasks do. Sentences that end without punctuation
  (headings, list items, signatures: one in three of the e-mails) leave no trace in such a text.
* lines: a newline instead of the space where the sentence before ends without `. ! ? …` (closing marks aside), as such
  a line stands alone on a real page. Kinder than reality, where some of these lines run on.

A sentence counts when both its ends are right; a token when its span is. Tokens are split inside the sentences that were
found, not inside the true ones. The words of a contraction (`don't`: do, n't) are mapped to their characters.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hearsay.core.span import Span
from hearsay.text.sentences import split_sentences
from hearsay.text.tokens import split_tokens

SHARED = Path(os.environ.get("HEARSAY_SHARED", "../shared"))
NEWS = ("gum/news",)
EDITED = ("gum/news", "gum/academic", "gum/bio", "gum/textbook", "gum/voyage", "gum/speech", "gum/interview", "gum/court", "gum/essay")
TERMINAL = re.compile(r"""[.!?…]["'”’»)\]}*]*\Z""")


@dataclass(slots=True)
class Gold:
    """One document of the treebank, put together again: its text and where the true sentences and tokens lie."""

    src: str
    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    tokens: list[Span] = field(default_factory=list)

    def add(self, text: str, tokens: list[Span], gap: str) -> None:
        """Append a sentence after `gap`."""
        start = len(self.text) + (len(gap) if self.text else 0)
        self.text += (gap if self.text else "") + text
        self.sentences.append(Span(start, start + len(text)))
        self.tokens.extend(t.shift(start) for t in tokens)


@dataclass(slots=True)
class Count:
    """Right, found and true spans of one kind."""

    right: int = 0
    found: int = 0
    true: int = 0

    def add(self, found: list[Span], true: list[Span]) -> None:
        """Compare two lists of spans of one text."""
        self.right += len(set(found) & set(true))
        self.found += len(found)
        self.true += len(true)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        return 200.0 * self.right / max(1, self.found + self.true)


def read_sentences(path: Path) -> Iterator[tuple[dict[str, str], list[Span]]]:
    """Comment fields and token spans (in `# text`) of each sentence of a gzipped CoNLL-U file."""
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                key, _, value = line[2:].rstrip("\n").partition(" = ")
                meta[key] = value
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield meta, word_spans(meta["text"], rows)
                meta, rows = {}, []


def word_spans(text: str, rows: list[list[str]]) -> list[Span]:
    """Spans in `text` of the words of the rows, each found after the one before it."""
    out, at = [], 0
    for row in rows:
        if row[0].isdigit():
            start = text.index(row[1], at)
            at = start + len(row[1])
            out.append(Span(start, at))
    return out


def read_documents(path: Path, *, lines: bool) -> list[Gold]:
    """Documents in the joined form, or in the form with lines."""
    held: dict[str, Gold] = {}
    for meta, tokens in read_sentences(path):
        gold = held.setdefault(meta["doc"], Gold(meta["src"]))
        alone = lines and not TERMINAL.search(gold.text)
        gold.add(meta["text"], tokens, "\n" if alone else " ")
    return list(held.values())


def score(golds: list[Gold]) -> dict[str, tuple[Count, Count]]:
    """Sentence and token counts by source, with the sums `NEWS`, `EDITED` and `ALL`."""
    out: dict[str, tuple[Count, Count]] = defaultdict(lambda: (Count(), Count()))
    for gold in golds:
        sentences = split_sentences(gold.text, (0, len(gold.text)))
        tokens = [t for s in sentences for t in split_tokens(gold.text, s)]
        for key in groups(gold.src):
            out[key][0].add(sentences, gold.sentences)
            out[key][1].add(tokens, gold.tokens)
    return dict(out)


def groups(src: str) -> Iterator[str]:
    """The lines of the report that a source counts for."""
    yield src
    if src in NEWS:
        yield "NEWS"
    if src in EDITED:
        yield "EDITED"
    yield "ALL"


def measure_speed(golds: list[Gold]) -> float:
    """True words per second of processor time, sentences and tokens together."""
    start = time.process_time()
    for gold in golds:
        for sentence in split_sentences(gold.text, (0, len(gold.text))):
            split_tokens(gold.text, sentence)
    return sum(len(g.tokens) for g in golds) / max(1e-9, time.process_time() - start)


def report(path: Path) -> None:
    """Print the table of one file."""
    forms = {name: read_documents(path, lines=name == "lines") for name in ("joined", "lines")}
    scores = {name: score(golds) for name, golds in forms.items()}
    print(f"{'':<18}{'sentences':>10}{'joined':>8}{'lines':>8}   {'tokens':>8}{'joined':>8}{'lines':>8}")
    for key in sorted(scores["joined"], key=lambda k: (k.isupper(), k)):
        (a, b), (c, d) = scores["joined"][key], scores["lines"][key]
        print(f"{key:<18}{a.true:>10}{a.f1:>8.2f}{c.f1:>8.2f}   {b.true:>8}{b.f1:>8.2f}{d.f1:>8.2f}")
    print(f"{measure_speed(forms['joined']):,.0f} words per second of processor time")


def show_errors(path: Path, *, lines: bool, limit: int, src: str) -> None:
    """Print token and sentence ends that differ, with their surroundings: `-` missed, `+` too many."""
    for gold in read_documents(path, lines=lines):
        if not gold.src.startswith(src):
            continue
        found = split_sentences(gold.text, (0, len(gold.text)))
        ends, true = {s.end for s in found}, {s.end for s in gold.sentences}
        for end in sorted(ends ^ true)[:limit]:
            print("-+"[end in ends], gold.src, repr(gold.text[max(0, end - 60) : end]), repr(gold.text[end : end + 40]))


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("part", nargs="?", default="dev", choices=("dev", "train"))
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N sentence ends per document that differ")
    parser.add_argument("--lines", action="store_true", help="errors of the form with lines")
    parser.add_argument("--src", default="", help="errors of sources that begin so")
    options = parser.parse_args()
    path = SHARED / "corpora" / "ud" / f"{options.part}.conllu.gz"
    if not path.exists():
        print(f"skipped: {path} is not here; set HEARSAY_SHARED")
    elif options.errors:
        show_errors(path, lines=options.lines, limit=options.errors, src=options.src)
    else:
        report(path)


if __name__ == "__main__":
    main()
