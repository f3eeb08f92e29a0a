"""Fits the weights by which a pronoun finds its antecedent: `python -m training.train_antecedents [--write]`.

Reads GUM's train documents with their gold coreference from the shared folder (the genres whose texts may be used commercially), reads
them with the shipped models, and keeps each choice that resolution has to make for he, she and they with the signs of every group that it
may choose. A conditional logit over these choices gives the weights. Printed are the shares right in five folds over documents, with all
other pronouns given, and end to end.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.shared import shared_folder
from hearsay.core.document import Article, Document, Part
from hearsay.core.records import Attribution
from hearsay.core.span import Span
from hearsay.extract.attributions import AttributionReader
from hearsay.extract.events import EventCoder
from hearsay.knowledge.files import DATA, read_table
from hearsay.neural.decode import Analyser
from hearsay.resolve import coreference
from hearsay.resolve.antecedents import WEIGHTS, choose, seen_groups
from hearsay.resolve.groups import Group
from hearsay.resolve.things import ThingIndex, resolve_things
from hearsay.text.layout import lay_out

GENRES = ("academic", "bio", "court", "interview", "news", "speech")
LIVES = 0.3
"""Weight of a choice in a biography, whose one hero is he or she throughout."""
STRENGTH = 1.0
"""Of the pull towards zero; 0.3 to 10 give the same shares."""
FOLDS = 5
PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
ASKED = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "themselves"})
_ENTITY = re.compile(r"\((\d+)-[^()]*(\))?|(\d+)\)")
Floats = NDArray[np.float64]


@dataclass
class Book:
    """A document with its gold coreference: for each pronoun the heads of the nouns that it stands with."""

    name: str
    genre: str
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    mentions: dict[str, list[tuple[Span, Span, bool]]] = field(default_factory=lambda: defaultdict(list))
    """For each entity: mention, its head, whether that is a pronoun."""

    @property
    def answers(self) -> dict[Span, list[Span]]:
        """Heads of the nouns of the same entity, by pronoun."""
        out = {}
        for found in self.mentions.values():
            nouns = [head for _, head, is_pronoun in found if not is_pronoun]
            out.update({span: nouns for span, _, is_pronoun in found if is_pronoun and nouns and span.of(self.text).lower() in ASKED})
        return out


@dataclass(frozen=True)
class Choice:
    """One pronoun: signs of the groups it may stand for (G, S), and which of them are right (G,)."""

    book: str
    genre: str
    kind: str
    signs: Floats
    right: NDArray[np.bool_]


def read_books(path: Path) -> list[Book]:
    """GUM's documents of the genres that are used."""
    books: dict[str, Book] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().split("\n\n"):
            head = dict(re.findall(r"^# (doc|src) = (.*)$", block, re.M))
            corpus, _, genre = head.get("src", "").partition("/")
            if corpus == "gum" and genre in GENRES:
                _add_sentence(books.setdefault(head["doc"], Book(head["doc"], genre)), block)
    return list(books.values())


def _add_sentence(book: Book, block: str) -> None:
    """A sentence goes on the text as a paragraph of its own; the text lacks a mention's gold where an ellipsis split a word."""
    rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
    start = len(book.text)
    places: dict[int, Span] = {}
    until = 0
    for row in rows:
        first, _, last = row[0].partition("-")
        if last or int(first) > until:
            places[int(first)] = Span(len(book.text), len(book.text) + len(row[1]))
            book.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        if last:
            _place_parts(rows, range(int(first), int(last) + 1), places)
            until = int(last)
    book.parts.append(Part("body", Span(start, len(book.text)).trim(book.text)))
    book.text += "\n"
    _add_mentions(book, {int(r[0]): r for r in rows if r[0].isdigit()}, places)


def _place_parts(rows: Sequence[Sequence[str]], numbers: range, places: dict[int, Span]) -> None:
    """Places of the words that were written as one: "he" and "'s" of "he's"."""
    at, end = places[numbers[0]]
    for number in numbers:
        form = next(r[1] for r in rows if r[0] == str(number))
        places[number] = Span(at, end if number == numbers[-1] else min(at + len(form), end))
        at = places[number].end


def _add_mentions(book: Book, rows: Mapping[int, Sequence[str]], places: Mapping[int, Span]) -> None:
    open_at: dict[str, list[int]] = defaultdict(list)
    for number, row in rows.items():
        for opened, closed, ended in _ENTITY.findall(row[9]):
            if opened:
                open_at[opened].append(number)
            if (closed or ended) and open_at[opened or ended]:
                inside = range(open_at[opened or ended].pop(), number + 1)
                head = next((i for i in inside if i in rows and int(rows[i][6]) not in inside), number)
                span = Span(places[inside[0]].start, places[number].end)
                book.mentions[opened or ended].append((span, places[head], rows[head][4] in PRONOUNS))


@dataclass
class Studied:
    """A document as the shipped models read it, before resolution."""

    book: Book
    document: Document
    said: tuple[Attribution, ...]
    mentions: list[Span]

    def things(self) -> ThingIndex:
        """What resolution makes of it."""
        return resolve_things(self.document, self.mentions, attributions=self.said)


def study(books: Sequence[Book]) -> list[Studied]:
    """The documents read."""
    analyser = Analyser()
    reader, coder = AttributionReader(analyser.pack), EventCoder(analyser.pack)
    out = []
    for book in books:
        sentences, evidence = analyser.analyse(book.text, lay_out(book.text, [p.span for p in book.parts]))
        document = Document(Article(book.text, tuple(book.parts)), sentences)
        said = reader.find(document, evidence)
        events = coder.code(document, evidence, said, ())
        acting = [p.span for e in events for p in (*e.actors, *e.recipients)]
        out.append(Studied(book, document, said, [*acting, *(s for a in said for s in (*a.source[:1], *a.addressee[:1]))]))
    return out


def collect(studied: Studied, names: Sequence[str]) -> list[Choice]:
    """The choices of a document, each made rightly before the next is asked."""
    answers, out = studied.book.answers, []

    def ask(groups: Sequence[Group], c: Any, sources: Any, gender: str, kind: str) -> Group | None:
        nouns = answers.get(c.span)
        if nouns is None:
            return choose(groups, c, sources, gender, kind)
        seen = seen_groups(groups, c, sources, gender)
        right = np.array([any(m.span.overlaps(n) for m in g.mentions for n in nouns) for g, _ in seen], bool)
        if not right.any():
            return None
        out.append(Choice(studied.book.name, studied.book.genre, kind, np.array([[float(s[n]) for n in names] for _, s in seen]), right))
        return next(g for (g, _), is_right in zip(seen, right, strict=True) if is_right)

    with mock.patch.object(coreference, "choose", ask):
        studied.things()
    return out


def fit(choices: Sequence[Choice], size: int) -> Floats:
    """The weights under which the right groups are likeliest."""

    def loss(w: Floats) -> tuple[float, Floats]:
        total, slope = 0.5 * STRENGTH * float(w @ w), STRENGTH * w
        for choice in choices:
            weight = LIVES if choice.genre == "bio" else 1.0
            score = choice.signs @ w
            share = np.exp(score - score.max())
            share /= share.sum()
            hit = float(share[choice.right].sum())
            total -= weight * np.log(hit + 1e-12)
            slope = slope + weight * (choice.signs.T @ (share - np.where(choice.right, share, 0) / (hit + 1e-12)))
        return total, slope

    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)


def folds(choices: Sequence[Choice], studied: Sequence[Studied], names: Sequence[str]) -> Iterator[str]:
    """Lines with the shares right in documents that the weights were not fitted on: choice by choice, and end to end."""
    books = sorted({s.book.name for s in studied})
    right, asked, ended = Counter[str](), Counter[str](), Counter[str]()
    for fold in range(FOLDS):
        held = set(books[fold::FOLDS])
        weights = {k: fit([c for c in choices if c.kind == k and c.book not in held], len(names)) for k in ("person", "many")}
        for choice in (c for c in choices if c.book in held):
            asked[choice.kind] += 1
            right[choice.kind] += bool(choice.right[np.argmax(choice.signs @ weights[choice.kind])])
        table = {k: dict(zip(names, w.tolist(), strict=True)) for k, w in weights.items()}
        with mock.patch("hearsay.resolve.antecedents.load_weights", lambda table=table: table):
            for one in (s for s in studied if s.book.name in held):
                ended.update(end_to_end(one))
    yield "choice by choice: " + ", ".join(f"{k} {right[k]} of {asked[k]} = {100 * right[k] / asked[k]:.1f} %" for k in asked)
    yield "end to end: " + end_line(ended)


def end_to_end(one: Studied) -> Counter[str]:
    """How many pronouns with a named antecedent before them come to it."""
    counts: Counter[str] = Counter()
    index = one.things()
    for span, nouns in one.book.answers.items():
        if all(n.start >= span.start for n in nouns):
            continue
        thing = index.thing(index.of(span))
        word = span.of(one.book.text).lower()
        key = "they" if word[0] == "t" else "he, she"
        counts[f"{key} all"] += 1
        counts[f"{key} right"] += thing is not None and any(m.overlaps(n) for m in thing.mentions for n in nouns)
    return counts


def end_line(counts: Mapping[str, int]) -> str:
    """The shares right in words."""
    return ", ".join(f"{k} {counts[f'{k} right']} of {counts[f'{k} all']} = {100 * counts[f'{k} right'] / counts[f'{k} all']:.1f} %"
                     for k in ("he, she", "they"))  # fmt: skip


def write(path: Path, names: Sequence[str], weights: Mapping[str, Floats]) -> None:
    """The table with new weights and its comments as they were."""
    lines = path.read_text(encoding="utf-8").splitlines()
    reasons = {row["sign"]: row["reason"] for row in read_table(WEIGHTS)}
    comments = [line for line in lines if line.startswith("#")]
    rows = [f"{n}\t{weights['person'][i]:.2f}\t{weights['many'][i]:.2f}\t{reasons[n]}" for i, n in enumerate(names)]
    path.write_text("\n".join([*comments, *rows]) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, print, and write if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="put the weights into the table")
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    names = [row["sign"] for row in read_table(WEIGHTS)]
    studied = study(read_books(folder / "corpora" / "ud" / "train.conllu.gz"))
    before = sum((end_to_end(s) for s in studied), Counter[str]())
    print("with the table's weights, end to end:", end_line(before))
    choices = [c for s in studied for c in collect(s, names)]
    print("\n".join(folds(choices, studied, names)))
    weights = {k: fit([c for c in choices if c.kind == k], len(names)) for k in ("person", "many")}
    for i, name in enumerate(names):
        print(f"{name:16s} {weights['person'][i]:6.2f} {weights['many'][i]:6.2f}")
    if args.write:
        write(DATA / WEIGHTS, names, weights)
    return 0


if __name__ == "__main__":
    sys.exit(main())
