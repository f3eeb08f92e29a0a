"""Drawings: the same for the same, inside their frame, bars and lanes where their time is."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from hearsay.knowledge.ontology import load_ontology
from hearsay.ledger import Ledger, query, summary
from hearsay.web import network, timeline

QUADS = {name: kind.quad for name, kind in load_ontology().types.items()}


def pair(actor: str, recipient: str, events: int, kind: str = "ACCUSE") -> dict:
    ends = {side: {"id": name, "name": name, "kind": "state"} for side, name in (("actor", actor), ("recipient", recipient))}
    return {**ends, "events": events, "types": {kind: events}, "first": None, "last": None}


PAIRS = [pair("A", "B", 9), pair("B", "A", 4, "AID"), pair("C", "A", 2), pair("D", "E", 1), pair("F", "F", 1)]


def test_a_network_is_drawn_alike_inside_its_frame() -> None:
    drawn = network.draw(PAIRS, QUADS)
    assert drawn == network.draw(PAIRS, QUADS) and drawn.left_out == 0
    assert {n.name for n in drawn.nodes} == set("ABCDEF") and len(drawn.edges) == 5
    assert all(0 < n.x < network.WIDTH and 0 < n.y < network.HEIGHT for n in drawn.nodes)
    assert drawn.nodes[0].radius > drawn.nodes[-1].radius and drawn.edges[0].width > drawn.edges[-1].width
    assert drawn.edges[0].quad == "verbal conflict" and drawn.edges[1].quad == "material cooperation"
    assert all(re.fullmatch(r"M [-\d. ]+ [QC] [-\d. ]+", e.path) for e in drawn.edges)


def test_labels_of_a_network_lie_apart() -> None:
    many = [pair(f"name number {i}", f"name number {i * i % 17}", 30 - i) for i in range(24)]
    nodes = network.draw(many, QUADS).nodes
    near = [(a.name, b.name) for a in nodes for b in nodes if a.name < b.name and abs(a.x - b.x) < 90 and abs(a.y - b.y) < 25]
    assert near == []


@pytest.mark.parametrize("number", [0, 1, 500])
def test_networks_of_any_size(number: int) -> None:
    drawn = network.draw([pair(f"a{i}", f"b{i % 50}", 1) for i in range(number)], QUADS)
    assert len(drawn.edges) + drawn.left_out == number and len(drawn.nodes) <= network.MOST_NODES


def test_bars_keep_room_for_empty_months() -> None:
    drawn = timeline.bars([{"value": "2022-11", "events": 4}, {"value": "2023-02", "events": 2}, {"value": None, "events": 9}])
    assert [(b.value, b.events) for b in drawn] == [("2022-11", 4), ("2022-12", 0), ("2023-01", 0), ("2023-02", 2)]
    assert drawn[0].height == timeline.BAR_HEIGHT and drawn[1].height == 0 and drawn[3].height == timeline.BAR_HEIGHT / 2
    assert timeline.bars([]) == []


def test_bars_far_apart_are_not_filled() -> None:
    assert len(timeline.bars([{"value": "1989-02-14", "events": 1}, {"value": "2023-02-14", "events": 1}])) == 2


def test_lanes_are_as_long_as_the_time_and_do_not_overlap(full: Ledger) -> None:
    events = query.events(full, limit=80, newest_first=False)
    month = events[10] | {"day_from": "2022-03-01", "day_to": "2022-03-31"}
    drawn = timeline.lanes([*events, month])
    rows: dict[float, list] = {}
    for stripe in drawn.stripes:
        rows.setdefault(stripe.y, []).append((stripe.x, stripe.x + stripe.width))
    for held in rows.values():
        held.sort()
        assert all(one[1] < two[0] for one, two in pairwise(held))
    assert all(s.x >= 0 and s.x + s.width <= timeline.WIDTH + 0.2 for s in drawn.stripes)
    (long,) = [s for s in drawn.stripes if s.event["day_to"] == "2022-03-31"]
    assert long.width > 3 * min(s.width for s in drawn.stripes)
    assert len(drawn.stripes) + drawn.left_out == 81 and 2 <= len(drawn.ticks) <= timeline.TICKS + 1


def test_lanes_of_nothing_and_of_undated_events(full: Ledger) -> None:
    (event,) = query.events(full, limit=1)
    assert timeline.lanes([]).stripes == ()
    assert timeline.lanes([event | {"day_from": None, "day_to": None}]).left_out == 1
    assert len(timeline.lanes([event]).stripes) == 1


def test_the_busiest_are_counted_as_the_lists_count(full: Ledger) -> None:
    best = summary.busiest(full, limit=3)
    assert [b["events"] for b in best] == [query.count_events(full, either=b["id"]) for b in best]
    assert best[0]["events"] >= best[1]["events"] >= best[2]["events"] > 0
