"""Corpora -> training sentences of the encoder, each with the layers that its corpus has.

Non-commercial GUM genres are left out here and nowhere else; see `NON_COMMERCIAL`.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hearsay.knowledge.markup import read_marked
from hearsay.text.tokens import split_tokens

SHARED = Path(os.environ.get("HEARSAY_SHARED", "../shared"))
OWN = Path(__file__).parent / "data"
NON_COMMERCIAL = frozenset({"gum/essay", "gum/fiction", "gum/letter", "gum/podcast", "gum/whow"})
IGNORE = -100
ENTITY_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
PART_TAGS = ("O", "S", "X")


@dataclass(slots=True)
class Sentence:
    """Words of one sentence and whatever layers are known; a missing layer is an empty list."""

    words: list[str]
    src: str
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    entity: list[str] = field(default_factory=list)
    cue: list[str] = field(default_factory=list)
    parts: list[tuple[int, list[str]]] = field(default_factory=list)  # (first cue word, S/X/O of each word)
    key: str = ""


def lemma_rule(form: str, lemma: str) -> str:
    """Edit rule `cut|add` that turns the lower-cased form into the lemma; `=` before it keeps capitals.

    >>> lemma_rule("went", "go"), lemma_rule("citizens", "citizen"), lemma_rule("Moscow", "Moscow")
    ('4|go', '1|', '=0|')
    """
    keep = lemma[:1].isupper() and form[:1].isupper()
    base = form if keep else form.lower()
    goal = lemma if keep else lemma.lower()
    common = len(os.path.commonprefix([base, goal]))  # noqa: RUF071 (letter by letter is what is wanted)
    return f"{'=' if keep else ''}{len(base) - common}|{goal[common:]}"


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a gzipped CoNLL-U file with tags, lemmas and trees."""
    sentence = Sentence([], "")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if sentence.words:
                    yield sentence
                sentence = Sentence([], "")
            elif line.startswith("# src = "):
                sentence.src = line[8:]
            elif line.startswith("# sent_id = "):
                sentence.key = line[12:]
            elif line[0] != "#":
                _add_word(sentence, line.split("\t"))


def _add_word(sentence: Sentence, row: list[str]) -> None:
    if not row[0].isdigit():
        return
    sentence.words.append(row[1])
    sentence.lemma.append(lemma_rule(row[1], row[2]))
    sentence.upos.append(row[3])
    sentence.xpos.append(row[4])
    sentence.head.append(int(row[6]))
    sentence.label.append(row[7])


def read_entities(path: Path) -> dict[str, list[str]]:
    """BIO tags by sentence id of a gzipped two-column file."""
    out: dict[str, list[str]] = {}
    key = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                key = line[12:]
                out[key] = []
            elif line and not line.startswith("# "):
                out[key].append(line.rpartition("\t")[2])
    return out


def read_treebanks(part: str) -> list[Sentence]:
    """UD sentences of `train` or `dev` with entities where they exist, without the non-commercial genres."""
    entities = read_entities(SHARED / "corpora" / "ner" / f"{part}.iob.gz")
    sentences = [s for s in read_conllu(SHARED / "corpora" / "ud" / f"{part}.conllu.gz") if s.src not in NON_COMMERCIAL]
    for sentence in sentences:
        tags = entities.get(sentence.key, [])
        if len(tags) == len(sentence.words):
            sentence.entity = [t if t in ENTITY_TAGS else "O" for t in tags]
    return sentences


_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?|[^\w\s]|_")


def cut_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of words as the treebanks cut them: hyphens apart. For texts whose tokens are given, `split_hyphens`."""
    return [m.span() for m in _WORD.finditer(text, start, end)]


def split_hyphens(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """A token's span cut at its inner hyphens: the treebanks hold `state`, `-`, `run` where others hold one token."""
    start, end = span
    piece = text[start:end]
    if "-" not in piece or not re.fullmatch(r"[^\W\d_]\w*(?:-\w+)+\.?", piece):
        return [span]
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"-|[^-]+", piece)]


def read_polnear(part: str) -> list[Sentence]:
    """PolNeAR sentences with cue tags and, for each cue that begins in the sentence, its source and content words."""
    folder = SHARED / "bench" / "attribution"
    with gzip.open(folder / f"polnear_{part}_tokens.jsonl.gz", "rt", encoding="utf-8") as lines:
        tokens = {r["id"]: r for r in map(json.loads, lines)}
    out: list[Sentence] = []
    with (folder / f"polnear_{part}.jsonl").open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            if article["id"] in tokens:
                out.extend(_cut_article(article, tokens[article["id"]]))
    return out


def _cut_article(article: dict, layout: dict) -> Iterator[Sentence]:
    text, discard = article["text"], article.get("discard") or []
    for first, last in layout["sentences"]:
        spans = [w for i in range(first, last + 1) for w in split_hyphens(text, tuple(layout["tokens"][i]))]
        if not spans or any(s < spans[-1][1] and e > spans[0][0] for s, e in discard):
            continue
        sentence = Sentence([text[s:e] for s, e in spans], "polnear", key=article["id"])
        sentence.cue = ["O"] * len(spans)
        for attribution in article["attributions"]:
            _mark_attribution(sentence, spans, attribution)
        yield sentence


def _mark_attribution(sentence: Sentence, spans: list[tuple[int, int]], attribution: dict) -> None:
    cue = _touched(spans, attribution["cue"])
    if not cue:
        return
    for i in cue:
        sentence.cue[i] = "I"
    sentence.cue[cue[0]] = "B"
    roles = ["O"] * len(spans)
    for tag, part in (("X", "content"), ("S", "source")):
        for i in _touched(spans, attribution[part]):
            roles[i] = tag
    sentence.parts.append((cue[0], roles))


def _touched(spans: list[tuple[int, int]], wanted: list[list[int]]) -> list[int]:
    return [i for i, (s, e) in enumerate(spans) if any(s < b and e > a for a, b in wanted)]


def own_articles(sentences: int = 12) -> Iterator[dict[str, Any]]:
    """The project's sentences about who says what, as articles in the form of PolNeAR's rows, a paragraph for each sentence."""
    marked = list(read_marked(OWN / "sentences" / "said.txt"))
    for at in range(0, len(marked), sentences):
        text, attributions = "Reports\n", []
        for one in marked[at : at + sentences]:
            text += "\n"
            parts: dict[str, dict[str, list[list[int]]]] = defaultdict(lambda: {"source": [], "cue": [], "content": []})
            for start, end, label in one.spans:
                if kind := {"S": "source", "C": "cue", "X": "content"}.get(label[0]):
                    parts[label[1:]][kind].append([len(text) + start, len(text) + end])
            attributions += [p for p in parts.values() if p["cue"]]
            text += one.text + "\n"
        yield {"id": f"said_{at}", "text": text, "attributions": attributions}


def read_own_said() -> list[Sentence]:
    """`own_articles` as training sentences."""
    out = []
    for row in own_articles():
        for line in re.finditer(r".+", row["text"]):
            spans = [tuple(t) for t in split_tokens(row["text"], line.span())]
            sentence = Sentence([row["text"][s:e] for s, e in spans], "own/said", cue=["O"] * len(spans))
            for attribution in row["attributions"]:
                _mark_attribution(sentence, spans, attribution)
            out.append(sentence)
    return out


def read_names() -> list[Sentence]:
    """Own sentences marked for names, with entity tags in the UNER manner."""
    out = []
    for path in sorted((OWN / "names").glob("*.txt")):
        for marked in read_marked(path):
            spans = cut_words(marked.text, 0, len(marked.text))
            tags = ["O"] * len(spans)
            for start, end, label in marked.spans:
                inside = _touched(spans, [[start, end]])
                for i in inside:
                    tags[i] = f"I-{label}"
                tags[inside[0]] = f"B-{label}"
            out.append(Sentence([marked.text[s:e] for s, e in spans], "own/names", entity=tags, key=f"{path.name}:{marked.line}"))
    return out
