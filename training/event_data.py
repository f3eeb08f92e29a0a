"""Event annotation -> training sentences: trigger tags, modality, roles, and marked pairs.

Three kinds of data: the project's marked-up sentences, the stand-off annotation of newswire reports (whose texts lie in the
shared benchmark), and the PLV pairs. Reports of `reports_dev` are for measuring and are read by no function here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from eval import relate
from hearsay.core.records import MODALITIES, TYPES
from hearsay.core.span import Span
from hearsay.knowledge.markup import Marked, parse_trigger, read_marked
from hearsay.text.sentences import split_sentences
from hearsay.text.tokens import split_tokens
from training.corpora import OWN, SHARED
from training.wire import load_reports

ROLES = "OARPT"  # nothing, actor, recipient, place, time


@dataclass(slots=True)
class EventSentence:
    """Words with event layers. `moods` and `roles` go by the first word of a trigger."""

    words: list[str]
    src: str
    event: list[int] = field(default_factory=list)
    moods: list[tuple[int, int, int]] = field(default_factory=list)  # (word, modality, background)
    roles: list[tuple[int, list[int]]] = field(default_factory=list)
    parts: list[tuple[int, list[str]]] = field(default_factory=list)
    cue: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pair:
    """A sentence with a marked source and target (lists of words, maybe empty) and the types that are right."""

    words: list[str]
    source: list[int]
    target: list[int]
    types: tuple[int, ...]
    src: str
    key: str = ""


def _touched(tokens: list[Span], span: tuple[int, int]) -> list[int]:
    return [i for i, t in enumerate(tokens) if t.start < span[1] and t.end > span[0]]


def _tokens(text: str, span: tuple[int, int]) -> list[Span]:
    return list(split_tokens(text, span))


@dataclass(slots=True)
class _Item:
    """One event with its spans."""

    kind: int
    modality: int
    background: int
    trigger: tuple[int, int]
    actors: list[tuple[int, int]]
    recipients: list[tuple[int, int]]
    places: list[tuple[int, int]] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)


def _lay_out(text: str, span: tuple[int, int], items: list[_Item], src: str) -> tuple[EventSentence, list[Pair]]:
    tokens = _tokens(text, span)
    words = [text[s:e] for s, e in tokens]
    sentence = EventSentence(words, src, [0] * len(words))
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], set[int]] = defaultdict(set)
    for item in items:
        inside = _touched(tokens, item.trigger)
        if not inside:
            continue
        for i in inside:
            sentence.event[i] = item.kind + 1
        sentence.moods.append((inside[0], item.modality, item.background))
        roles = [0] * len(words)
        for number, spans in ((3, item.places), (4, item.times), (2, item.recipients), (1, item.actors)):
            for role_span in spans:
                for i in _touched(tokens, role_span):
                    roles[i] = number
        sentence.roles.append((inside[0], roles))
        for a in item.actors:
            for r in item.recipients:
                if item.modality == 0 and not item.background:  # what is only promised or refused stands under the promise or refusal
                    pairs[a, r].add(item.kind)
    plain = {ends: kinds for ends, kinds in pairs.items() if len(kinds) == 1}
    made = [Pair(words, _touched(tokens, a), _touched(tokens, r), tuple(kinds), src) for (a, r), kinds in plain.items()]
    return sentence, [p for p in made if p.source and p.target]


def read_written() -> tuple[list[EventSentence], list[Pair]]:
    """The project's own sentences."""
    sentences, pairs = [], []
    for path in sorted((OWN / "sentences").glob("*.txt")):
        for marked in read_marked(path):
            sentence, found = _lay_out(marked.text, (0, len(marked.text)), list(_items_of(marked)), "written")
            _add_attributions(sentence, marked)
            sentences.append(sentence)
            pairs.extend(found)
    return sentences, pairs


def _items_of(marked: Marked) -> Iterator[_Item]:
    roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, label in marked.spans:
        roles[label].append((start, end))
    for start, end, label in marked.spans:
        trigger = parse_trigger(label)
        if trigger:
            n, kind, _, modality, background = trigger
            yield _Item(TYPES.index(kind), MODALITIES.index(modality), int(background), (start, end),
                        roles[f"a{n}"], roles[f"r{n}"], roles[f"w{n}"], roles[f"t{n}"])  # fmt: skip


def _add_attributions(sentence: EventSentence, marked: Marked) -> None:
    tokens = _tokens(marked.text, (0, len(marked.text)))
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, label in marked.spans:
        spans[label].append((start, end))
    for label, cues in list(spans.items()):
        if label[0] != "C":
            continue
        cue = _touched(tokens, cues[0])
        roles = ["O"] * len(tokens)
        for tag in "XS":
            for span in spans[tag + label[1:]]:
                for i in _touched(tokens, span):
                    roles[i] = tag
        sentence.parts.append((cue[0], roles))


def read_wire() -> tuple[list[EventSentence], list[Pair]]:
    """Annotated newswire, sentence by sentence."""
    reports = load_reports()
    sentences, pairs = [], []
    for path in sorted((OWN / "wire").glob("annotator_*.jsonl")):
        for record in map(json.loads, path.read_text().splitlines()):
            text = reports[record["id"]]["text"]
            items = [_Item(TYPES.index(e["type"]), MODALITIES.index(e["modality"]), int(e["background"]), tuple(e["trigger"]),
                           [tuple(s) for s in e["actors"]], [tuple(s) for s in e["recipients"]],
                           [tuple(e["where"])] if e["where"] else []) for e in record["events"]]  # fmt: skip
            for span in sentence_spans(text):
                own = [i for i in items if span[0] <= i.trigger[0] < span[1]]
                sentence, found = _lay_out(text, span, own, "wire")
                sentences.append(sentence)
                pairs.extend(found)
    return sentences, pairs


def sentence_spans(text: str) -> list[Span]:
    """Sentences of a text whose paragraphs are parted by line breaks."""
    out: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            out.extend(split_sentences(text, Span(at, at + len(line))))
        at += len(line) + 1
    return out


def read_plv() -> list[Pair]:
    """PLV training pairs; YIELD stands for CONCEDE or RETREAT."""
    out = []
    for pair in relate.read_plv(SHARED):
        tokens = _tokens(pair.text, (0, len(pair.text)))
        types = tuple(TYPES.index(t) for t in (("CONCEDE", "RETREAT") if pair.kind == "YIELD" else (pair.kind,)))
        source, target = (_touched(tokens, mention) if mention else [] for mention in (pair.source, pair.target))
        out.append(Pair([t.of(pair.text) for t in tokens], source, target, types, "plv", pair.key))
    return out
