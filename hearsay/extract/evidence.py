"""Learned evidence for events: what the encoder's heads make of the words of a sentence.

`Seen` turns the raw scores of one sentence into probabilities when asked. A pack without trained heads gives no `Seen`, and
the tables decide alone. How table and heads are weighed against each other stands here, in one place: the numbers were chosen on 96
annotated reports that no model was trained on (training/data/wire/held_g.jsonl, held_x.jsonl) together with the benchmark's twelve.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hearsay.core.records import MODALITIES, TYPES
from hearsay.neural.decode import Evidence
from hearsay.neural.heads import PartScorer
from hearsay.neural.pack import Pack

Floats = NDArray[np.float32]

TABLE_BONUS = 3.0
"""Log-odds that a row of the coding table adds for its type, more with a specific row (see `table_bonus`)."""
PER_WEIGHT = 0.5
NO_EVENT_MALUS = 2.0
"""Log-odds that a row for a sense without event takes away from every type."""
ALONE_MALUS = 2.5
"""Log-odds taken from a word that only the heads point at."""
THRESHOLD = -1.0
"""Log-odds of any event, against none, from which a word is a trigger."""
KEEP_ROLE, ADD_ROLE = 0.25, 0.4
"""Least probability with which a filler found in the tree stays, and with which one that the heads found joins."""
TREE_WEIGHT = 5.0
"""How many times likelier a filler is when the tree finds it."""
ROLES = ("nothing", "actor", "recipient", "where", "when")


class RoleScorer(Protocol):
    """Scores every word of a sentence as nothing, actor, recipient, place or time of one trigger."""

    def score(self, words: Floats, cue: int) -> Floats:
        """(W, 5) float32 scores; `cue` is the index of the trigger's first word."""
        ...


class EventHeads:
    """The trained heads of a pack: triggers, modality and roles."""

    def __init__(self, roles: RoleScorer) -> None:
        self.roles = roles

    def look(self, evidence: Evidence) -> Seen:
        """The evidence of one sentence, ready to be asked."""
        return Seen(evidence, self.roles)


def open_heads(pack: Pack | None) -> EventHeads | None:
    """The heads of a pack; None if it has none that were trained on events."""
    if pack is None:
        return None
    scorer = PartScorer(pack, "role")
    return EventHeads(scorer) if scorer.trained else None


class Seen:
    """What the heads see in one sentence."""

    def __init__(self, evidence: Evidence, scorer: RoleScorer) -> None:
        self._evidence, self._scorer = evidence, scorer
        self.odds: Floats = _log_odds(evidence.event)
        """(W, 16) float32 log-odds of each type against no event."""
        top = self.odds.max(1)
        self.any: Floats = top + np.log(np.exp(self.odds - top[:, None]).sum(1))
        """(W,) float32 log-odds of any event against none."""

    def weigh(self, i: int, kind: str | None, malus: float) -> tuple[str, float]:
        """The likeliest type of a word, and the log-odds of any event there, after a malus on one type or, for None, on all."""
        odds = self.odds[i].copy()
        odds[slice(None) if kind is None else TYPES.index(kind)] -= malus
        top = float(odds.max())
        return TYPES[int(odds.argmax())], top + float(np.log(np.exp(odds - top).sum()))

    def mood(self, i: int) -> dict[str, float]:
        """Probability of each modality for a trigger."""
        return dict(zip(MODALITIES, map(float, _softmax(self._evidence.mood[i, :4])), strict=True))

    def background(self, i: int) -> float:
        """Probability that a trigger is told as background."""
        return float(1 / (1 + np.exp(-self._evidence.mood[i, 4])))

    def roles(self, i: int) -> Floats:
        """(W, 5) float32 probabilities of `ROLES` for each word, given the trigger."""
        out: Floats = _softmax(self._scorer.score(self._evidence.words, i))
        return out


def table_bonus(weight: float) -> float:
    """Log-odds that a row of this weight adds."""
    return TABLE_BONUS + PER_WEIGHT * min(weight, 4.0)


def probability(log_odds: float) -> float:
    """Log-odds as a probability."""
    return float(1 / (1 + np.exp(-log_odds)))


def _log_odds(scores: Floats) -> Floats:
    out: Floats = scores[:, 1:] - scores[:, :1]
    return out


def _softmax(scores: Floats) -> Floats:
    grown = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = grown / grown.sum(-1, keepdims=True)
    return out
