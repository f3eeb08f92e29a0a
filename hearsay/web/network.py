"""Pairs of parties -> a drawing of who does what to whom: nodes pushed apart, arrows between them. Numbers only; the template draws.

The same pairs give the same drawing: it starts from a circle in their order, without chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 960.0, 640.0
MARGIN = 70.0
GRAVITY = 1.2
LABEL_HEIGHT, LABEL_GAP, LETTER = 64.0, 14.0, 7.4
LONGEST = 26
"""Letters of a label at most."""
ROUNDS = 60
MOST_NODES, MOST_EDGES = 36, 120
STEPS = 90
Places = npt.NDArray[np.float64]
Pair = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A party: id, name, kind, number of events, place and radius."""

    id: str
    name: str
    kind: str
    events: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A pair, its commonest class of events, the path of its arrow and how thick that is."""

    pair: Pair
    quad: str
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing; `left_out` pairs had no room."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def draw(pairs: Sequence[Pair], quads: Mapping[str, str]) -> Network:
    """The drawing of some pairs, the most frequent first.

    Args:
        pairs: as `summary.dyads` gives them.
        quads: class (such as `verbal conflict`) of each type.
    """
    shown = _that_fit(pairs)
    weights: Counter[str] = Counter()
    parties: dict[str, Mapping[str, str]] = {}
    for pair in shown:
        for side in ("actor", "recipient"):
            parties.setdefault(pair[side]["id"], pair[side])
            weights[pair[side]["id"]] += pair["events"]
    ids = list(parties)
    widths = np.array([LETTER * min(LONGEST, len(parties[key]["name"])) for key in ids])
    places = _spread(_links(shown, ids), widths)
    most = max(weights.values(), default=1)
    nodes = {key: _node(parties[key], weights[key], most, place) for key, place in zip(ids, places, strict=True)}
    heaviest = max((pair["events"] for pair in shown), default=1)
    thickest = 5 * min(1.0, math.sqrt(40 / max(1, len(shown))))
    edges = tuple(_edge(pair, nodes, 1.2 + thickest * math.sqrt(pair["events"] / heaviest), quads) for pair in shown)
    return Network(tuple(nodes.values()), edges, len(pairs) - len(shown))


def _that_fit(pairs: Sequence[Pair]) -> list[Pair]:
    out: list[Pair] = []
    ids: set[str] = set()
    for pair in pairs:
        both = ids | {pair["actor"]["id"], pair["recipient"]["id"]}
        if len(both) <= MOST_NODES and len(out) < MOST_EDGES:
            ids = both
            out.append(pair)
    return out


def _links(pairs: Sequence[Pair], ids: Sequence[str]) -> Places:
    """How strongly two parties pull at each other: *(nodes, nodes) float64*, symmetric."""
    at = {key: i for i, key in enumerate(ids)}
    pull = np.zeros((len(ids), len(ids)))
    for pair in pairs:
        i, j = at[pair["actor"]["id"]], at[pair["recipient"]["id"]]
        if i != j:
            pull[i, j] += math.log2(1 + pair["events"])
            pull[j, i] = pull[i, j]
    strongest = float(pull.max(initial=1.0))
    scaled: Places = pull / strongest
    return scaled


def _spread(pull: Places, widths: Places) -> Places:
    """Places of the nodes in the drawing: all push each other away, links draw together, labels do not overlap.

    Args:
        pull: *(nodes, nodes) float64*, from 0 to 1.
        widths: *(nodes,) float64*, of the labels.

    Returns:
        *(nodes, 2) float64*, x and y.
    """
    count = len(pull)
    if count < 2:
        return np.full((count, 2), (WIDTH / 2, HEIGHT / 2))
    turn = np.arange(count) * 2 * math.pi / count
    at: Places = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    ideal = 2.0 / math.sqrt(count)
    for step in range(STEPS):
        apart = at[:, None] - at[None, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        force = ideal**2 / far**2 - 0.6 * ((pull > 0) + pull) * far / ideal
        move = (apart * force[..., None]).sum(axis=1) - GRAVITY * at
        long = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        at += move / long * np.minimum(long, 0.12 * (1 - step / STEPS))
    return _parted(_fitted(at), widths)


def _fitted(at: Places) -> Places:
    """The same, filling the drawing."""
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    fitted: Places = (at - low) / np.maximum(high - low, 1e-6) * room + MARGIN
    return fitted


def _parted(at: Places, widths: Places) -> Places:
    """The same, with nodes moved until no two labels lie on each other, as far as there is room."""
    need_x = (widths[:, None] + widths[None, :]) / 2 + LABEL_GAP
    edge = np.stack([np.minimum(widths / 2 + 4, WIDTH / 3), np.full(len(at), MARGIN / 2)], axis=1)
    for _ in range(ROUNDS):
        dx, dy = (at[:, None, i] - at[None, :, i] for i in (0, 1))
        over_x, over_y = need_x - np.abs(dx), LABEL_HEIGHT - np.abs(dy)
        hit = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None, :])
        aside = hit & (over_x / need_x < over_y / LABEL_HEIGHT)
        at[:, 0] += (np.where(dx == 0, order, np.sign(dx)) * over_x * aside * 0.3).sum(axis=1)
        at[:, 1] += (np.where(dy == 0, order, np.sign(dy)) * over_y * (hit & ~aside) * 0.3).sum(axis=1)
        at = np.clip(at, edge, np.array([WIDTH, HEIGHT]) - edge)
    return at


def _node(party: Mapping[str, str], events: int, most: int, place: Places) -> Node:
    radius = 6 + 14 * math.sqrt(events / most)
    return Node(party["id"], party["name"], party["kind"], events, round(float(place[0]), 1), round(float(place[1]), 1), round(radius, 1))


def _edge(pair: Pair, nodes: Mapping[str, Node], width: float, quads: Mapping[str, str]) -> Edge:
    shares: Counter[str] = Counter()
    for kind, number in pair["types"].items():
        shares[quads[kind]] += number
    path = _arrow(nodes[pair["actor"]["id"]], nodes[pair["recipient"]["id"]], width)
    return Edge(pair, shares.most_common(1)[0][0], path, round(width, 1))


def _arrow(one: Node, two: Node, width: float) -> str:
    """A curve from node to node, bent to its left, so that both directions of a pair are seen; a loop for one with itself."""
    if one.id == two.id:
        x, y, r = one.x, one.y, one.radius
        return f"M {x - r:.1f} {y:.1f} C {x - 3 * r:.1f} {y - 4 * r:.1f} {x + 3 * r:.1f} {y - 4 * r:.1f} {x + r + 4:.1f} {y - 2:.1f}"
    dx, dy = two.x - one.x, two.y - one.y
    long = max(1.0, math.hypot(dx, dy))
    bend_x, bend_y = (one.x + two.x) / 2 - dy * 0.16, (one.y + two.y) / 2 + dx * 0.16
    back = two.radius + 3 + 2.2 * width
    to_x, to_y = two.x - bend_x, two.y - bend_y
    reach = max(1.0, math.hypot(to_x, to_y))
    start_x, start_y = one.x + dx / long * one.radius, one.y + dy / long * one.radius
    return f"M {start_x:.1f} {start_y:.1f} Q {bend_x:.1f} {bend_y:.1f} {two.x - to_x / reach * back:.1f} {two.y - to_y / reach * back:.1f}"
