"""What the first of two mentions does to the second: always one of the 16 types, with a score for each.

Every event of the text gives evidence for its type, the more the better it joins the two mentions: the one as actor, the
other as recipient, both near the trigger in the tree. An event that is only promised, refused or threatened counts for the type of that
speech act. Where the text shows no event, how often each type is met decides. Where the
pack has a learned typer of pairs, its scores are added.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hearsay.core.document import Sentence
from hearsay.core.records import TYPES
from hearsay.core.span import Span
from hearsay.extract.arguments import role_span
from hearsay.extract.clauses import Clauses
from hearsay.extract.events import Coded, code_sentence
from hearsay.knowledge.codings import Codings, load_codings
from hearsay.neural.decode import Analyser
from hearsay.neural.encoder import LONGEST
from hearsay.neural.heads import PairTyper
from hearsay.text.layout import lay_out
from hearsay.text.tokens import split_tokens

Floats = NDArray[np.float32]

PRIOR = {
    "AGREE": 0.3, "CONSULT": 0.1, "SUPPORT": 0.2, "CONCEDE": 0.2, "COOPERATE": -0.3, "AID": 0.1, "RETREAT": 0.2, "REQUEST": 0.1,
    "ACCUSE": 0.4, "REJECT": 0.3, "THREATEN": 0.0, "PROTEST": -0.3, "SANCTION": 0.0, "MOBILIZE": -0.3, "COERCE": 0.2, "ASSAULT": 0.3,
}  # fmt: skip
TABLE_SHARE = 0.4
"""Weight of the table's evidence beside the learned scores."""
_WHEN_FUTURE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
_WHEN_NEGATED = {"CONSULT": "REJECT", "SUPPORT": "REJECT", "COOPERATE": "REJECT", "AID": "REJECT", "RETREAT": "REJECT",
                 "CONCEDE": "REJECT", "AGREE": "REJECT"}  # fmt: skip


class Relation(NamedTuple):
    """The type between two mentions, its modality, and the probability of each type."""

    type: str
    modality: str
    scores: dict[str, float]


class Pair(NamedTuple):
    """Two mentions; None for a partner that is only implied."""

    source: Span | None
    target: Span | None


class Relator:
    """Relates mentions in raw texts. Slow to make, so make one and keep it."""

    def __init__(self, analyser: Analyser | None = None, codings: Codings | None = None) -> None:
        self.analyser = analyser or Analyser()
        self.codings = codings or load_codings()
        self._typer = PairTyper(self.analyser.pack)

    def relate(self, text: str, source: Span | None, target: Span | None) -> Relation:
        """What the source does to the target in a text of one or few sentences; see `relate`."""
        sentences, _ = self.analyser.analyse(text, lay_out(text, [(0, len(text))]))
        learned = self._ask_typer(text, Pair(source, target)) if self._typer.trained else None
        return relate(sentences, source, target, codings=self.codings, learned=learned)

    def _ask_typer(self, text: str, pair: Pair) -> Floats:
        """(16,) scores of the learned typer on passes of their own in which the mentions are marked: the mean of one that sees who they are
        and one in which they are hidden, for the typer was trained on both, and names that it knows mislead it."""
        tokens = split_tokens(text, (0, len(text)))
        places = [[i for i, t in enumerate(tokens) if m is not None and m.overlaps(t)] for m in pair]
        marks = [1 if i in places[0] else 2 if i in places[1] else 0 for i in range(len(tokens))]
        words, kept = [t.of(text) for t in tokens], len(tokens)
        while sum(self.analyser.encoder.count_pieces(words[:kept])) + 2 > LONGEST:
            kept -= 8
        ends = [[i for i in found if i < kept] for found in places]
        seen, unseen = (self._score(words[:kept], marks[:kept], ends, hide) for hide in (False, True))
        return np.asarray((seen + unseen) / 2, np.float32)

    def _score(self, words: list[str], marks: list[int], ends: list[list[int]], hide: bool) -> Floats:
        _, arrays = next(iter(self.analyser.encoder.run([words], [marks], hide)))
        return self._typer.score(np.asarray(arrays["words"], np.float32)[: len(words) + 1], *ends)


def relate(
    sentences: Sequence[Sentence],
    source: Span | None,
    target: Span | None,
    *,
    codings: Codings | None = None,
    learned: Floats | None = None,
) -> Relation:
    """What the source does to the target.

    Args:
        sentences: the analysed text.
        source, target: places of the two mentions in the text; None where a partner is only implied.
        codings: the coding table; the one that ships if None.
        learned: (16,) scores of the learned typer in the order of `TYPES`; None lets the table decide alone.
    """
    pair = Pair(source, target)
    sums = dict(PRIOR)
    best, modality = -math.inf, "asserted"
    for sentence in sentences:
        clauses = Clauses(sentence)
        for coded in code_sentence(clauses, codings or load_codings()):
            weight = _weigh(clauses, coded, pair)
            kind = told_type(coded)
            sums[kind] = max(sums[kind], PRIOR[kind] + weight)
            if weight > best:
                best, modality = weight, coded.modality.value
    if learned is not None:
        sums = {kind: TABLE_SHARE * sums[kind] + float(value) for kind, value in zip(TYPES, learned, strict=True)}
    scores = _softmax(sums)
    return Relation(max(scores, key=scores.__getitem__), modality, scores)


def told_type(coded: Coded) -> str:
    """The type that an event stands for between two actors: help that is promised is an agreement, help refused a rejection."""
    if coded.modality.value == "future":
        return _WHEN_FUTURE.get(coded.type, coded.type)
    if coded.modality.value == "negated":
        return _WHEN_NEGATED.get(coded.type, coded.type)
    return coded.type


def _weigh(clauses: Clauses, coded: Coded, pair: Pair) -> float:
    """How well an event joins two mentions; about 0 for one that has nothing to do with them, 6 for the clearest."""
    actors = [role_span(clauses, j) for j in coded.roles.actors]
    recipients = [role_span(clauses, j) for j in coded.roles.recipients]
    weight = 1.0
    weight += _fit(pair.source, actors, recipients) + _fit(pair.target, recipients, actors)
    weight += _closeness(clauses, coded.trigger.token, pair.source) + _closeness(clauses, coded.trigger.token, pair.target)
    depth = sum(1 for _ in clauses.sentence.ancestors(coded.trigger.token))
    return weight - 0.15 * depth - (0.5 if coded.modality.value == "hypothetical" else 0.0) - (0.5 if coded.background else 0.0)


def _fit(mention: Span | None, wanted: list[Span], other: list[Span]) -> float:
    if mention is None:
        return 0.5 if not wanted else 0.0
    if any(mention.overlaps(s) for s in wanted):
        return 2.0
    return 0.7 if any(mention.overlaps(s) for s in other) else 0.0


def _closeness(clauses: Clauses, trigger: int, mention: Span | None) -> float:
    """1 beside the trigger in the tree, less with each step."""
    if mention is None:
        return 0.0
    inside = [i for i, t in enumerate(clauses.tokens) if mention.overlaps(t.span)]
    if not inside:
        return 0.0
    above = [trigger, *clauses.sentence.ancestors(trigger)]
    steps = []
    for i in inside:
        for up, j in enumerate([i, *clauses.sentence.ancestors(i)]):
            if j in above:
                steps.append(up + above.index(j))
                break
    return 1.0 / (1 + min(steps, default=9))


def _softmax(sums: dict[str, float]) -> dict[str, float]:
    top = max(sums.values())
    grown = {kind: math.exp(value - top) for kind, value in sums.items()}
    total = sum(grown.values())
    return {kind: round(value / total, 4) for kind, value in grown.items()}
