"""How fast the ledger is and how large it grows, on generated readings.

    python -m eval.ledger [--reports 10000] [--repeats 30] [--ledger FILE] [--views] [--kills 50]

Readings are made from a seed: about 25 sentences, 14 attributions, 12 events and 18 things a report, names in a Zipf-like spread
over 6,000 people, 3,000 organisations and 60 states, dates over two years. Prints one table; with `--views` also the explorer's pages, each
asked for with other filters every time, at the server; with `--kills` it kills an adding process so often and tells what was lost.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hearsay.core.records import TYPES, Attribution, Event, Participant, PartRecord, Problem, Provenance, Reading, Thing, Timex, When
from hearsay.core.span import Span
from hearsay.ledger import Ledger, query, summary

STATES = (  # noqa: SIM905
    "Russia RUS|United States USA|Ukraine UKR|China CHN|Iran IRN|Israel ISR|Kenya KEN|Norway NOR|Mali MLI|Chad TCD|Niger NER|Qatar QAT|"
    "Sudan SDN|Egypt EGY|Turkey TUR|France FRA|Germany DEU|Japan JPN|India IND|Pakistan PAK|Brazil BRA|Peru PER|Chile CHL|Mexico MEX|"
    "Canada CAN|Poland POL|Latvia LVA|Syria SYR|Iraq IRQ|Yemen YEM"
).split("|")
CUES = ("said", "told reporters", "claimed", "denied", "warned", "added", "according to")
VERBS = ("accused", "met", "attacked", "urged", "sanctioned", "praised", "threatened", "released", "rejected", "aided")
_WORDS = random.Random(1)
VOCABULARY = ["".join(_WORDS.choices("aeioulnrstdmkpg", k=_WORDS.randint(3, 9))) for _ in range(9000)]
VOCABULARY += ["prisoner", "swap", "grain", "deal"] * 20
SURNAMES = ["".join(_WORDS.choices("aeioulnrstvzk", k=_WORDS.randint(5, 9))).capitalize() for _ in range(6000)]


class Writer:
    """Writes a text piece by piece and tells where each piece came to stand."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str, after: str = " ") -> Span:
        start = len(self.text)
        self.text += words + after
        return Span(start, start + len(words))


def make_reading(number: int, *, sentences: int = 25) -> Reading:
    """The reading of a report that never was; the same number gives the same reading."""
    rng = random.Random(number)
    day = date(2022, 1, 1) + timedelta(days=rng.randrange(730))
    cast = _cast(rng, 18)
    page, mentions = Writer(), {t.id: [] for t in cast}
    parts, spans, said, events, timexes = [], [], [], [], []
    headline = page.put(" ".join(rng.choices(VOCABULARY, k=8)), "\n\n")
    parts.append(PartRecord("headline", headline))
    byline = page.put(f"By {rng.choice(SURNAMES)}", "\n\n")
    parts.append(PartRecord("byline", byline))
    body = len(page.text)
    for n in range(sentences):
        start = len(page.text)
        speaker, actor, recipient = rng.choice(cast), rng.choice(cast), rng.choice(cast)
        inside: str | None = None
        if n % 2:
            source, cue = page.put(speaker.name), page.put(rng.choice(CUES))
            mentions[speaker.id].append(source)
            content = len(page.text)
        page.put(" ".join(rng.choices(VOCABULARY, k=rng.randint(4, 9))))
        who, verb, whom = page.put(actor.name), page.put(rng.choice(VERBS)), page.put(recipient.name)
        mentions[actor.id].append(who)
        mentions[recipient.id].append(whom)
        when = page.put("on Tuesday")
        tail = page.put(" ".join(rng.choices(VOCABULARY, k=rng.randint(3, 12))), ". ")
        if n % 2:
            inside = f"a{len(said) + 1}"
            stance = rng.choice(("asserts", "claims", "denies", "asks"))
            told = Attribution(inside, "indirect", (source,), (cue,), (Span(content, tail.end),), _prov(rng, "attributions"))
            said.append(replace(told, stance=stance, speaker=speaker.id))
        value = (day - timedelta(days=rng.randrange(7))).isoformat()
        timexes.append(Timex(when, "DATE", value, _prov(rng, "times")))
        if rng.random() < 0.5:
            parties = ((actor, who), (recipient, whom))
            events.append(_event(rng, len(events) + 1, parties, verb, When(value, when), inside, speaker.name))
        spans.append(Span(start, tail.end + 1))
    parts.append(PartRecord("body", Span(body, len(page.text) - 1)))
    things = tuple(replace(t, mentions=tuple(mentions[t.id])) for t in cast if mentions[t.id])
    return Reading(
        id=f"made-{number}", text=page.text, url=f"https://example.org/{number}", publisher=f"Paper {number % 40}",
        title=headline.of(page.text), date=day.isoformat(), date_from="given", language="en", authors=("A. Writer",),
        parts=tuple(parts), sentences=tuple(spans),
        attributions=tuple(said), events=tuple(events), timexes=tuple(timexes), things=things,
        problems=(Problem("page", "made up"),) if number % 50 == 0 else (),
    )  # fmt: skip


def _prov(rng: random.Random, stage: str) -> Provenance:
    return Provenance(stage, f"codings.tsv:{rng.randrange(400)}", rng.random())


def _cast(rng: random.Random, size: int) -> list[Thing]:
    cast: dict[str, Thing] = {}
    while len(cast) < size:
        rank = min(int(rng.paretovariate(0.7)), 5999)
        state, _, code = rng.choice(STATES[: 1 + min(rank, len(STATES) - 1)]).rpartition(" ")
        sector = rng.choice(("GOV", "MIL", "CVL", None))
        kind = rng.choice(("person", "person", "organization", "state"))
        name = {"person": f"Ana {SURNAMES[rank]}", "organization": f"{SURNAMES[rank % 3000]} Council"}.get(kind, state)
        role = "minister" if kind == "person" and rng.random() < 0.4 else None
        if name not in cast:
            cast[name] = Thing(f"t{len(cast) + 1}", kind, name, (), _prov(rng, "things"), code, sector, None, role)
    return list(cast.values())


def _event(
    rng: random.Random, number: int, parties: tuple[tuple[Thing, Span], ...], verb: Span, when: When, inside: str | None, speaker: str
) -> Event:
    modality = rng.choice(("asserted",) * 7 + ("negated", "future", "hypothetical"))
    sides = [(Participant(span, thing.name, thing.id),) for thing, span in parties]
    chain = (speaker, "RIA Novosti", "The Paper") if inside else ()
    return Event(
        f"e{number}", rng.choice(TYPES), verb, _prov(rng, "events"), actors=sides[0], recipients=sides[1], modality=modality,
        background=rng.random() < 0.1, when=when, attribution=inside, chain=chain, quantity="40" if rng.random() < 0.1 else None,
    )  # fmt: skip


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """The questions that are timed: what the command line and the explorer ask."""
    name = query.events(ledger, limit=1)[0]["actors"][0]["name"]
    person = f"Ana {SURNAMES[2]}"
    return {
        "first page of events": lambda: query.events(ledger),
        "events RUS → USA": lambda: query.events(ledger, actor="RUS", recipient="USA"),
        "events RUS/GOV ACCUSE 2022": lambda: query.events(ledger, actor="RUS/GOV", type="ACCUSE", since="2022", until="2022"),
        "count of those": lambda: query.count_events(ledger, actor="RUS/GOV", type="ACCUSE", since="2022", until="2022"),
        "events said by a name": lambda: query.events(ledger, said_by=person),
        "events with words": lambda: query.events(ledger, text="prisoner swap"),
        "statements by a name": lambda: query.statements(ledger, by=person),
        "statements about a state": lambda: query.statements(ledger, about="Russia"),
        "statements with words": lambda: query.statements(ledger, text="grain deal"),
        "timeline of a name": lambda: query.timeline(ledger, name),
        "who": lambda: query.who(ledger, person),
        "search two words": lambda: query.search(ledger, "prisoner swap"),
        "search a common word": lambda: query.search(ledger, "tuesday"),
        "counts by month": lambda: summary.counts(ledger, "month"),
        "counts by type of a state": lambda: summary.counts(ledger, "type", actor="RUS"),
        "network of countries": lambda: summary.dyads(ledger, by="country"),
        "network of a state": lambda: summary.dyads(ledger, either="RUS"),
        "network of names, all": lambda: summary.dyads(ledger),
        "facets, all": lambda: summary.facets(ledger),
        "facets of a state": lambda: summary.facets(ledger, actor="RUS"),
        "one report": lambda: query.report(ledger, "made-7"),
    }


def views(path: Path, ledger: Ledger) -> dict[str, Callable[[], object]]:
    """The pages of the explorer, with other filters at every call."""
    from starlette.testclient import TestClient

    from hearsay.web.app import make_app

    client = TestClient(make_app(path), base_url="http://localhost")
    rng = random.Random(5)
    codes = [s.rpartition(" ")[2] for s in STATES]
    reports = [row["report"] for row in query.reports(ledger, limit=500)]
    rows = query.events(ledger, limit=500)
    said = [row["id"] for row in query.statements(ledger, limit=500)]
    busy = [row["id"] for row in summary.busiest(ledger, limit=40)]

    def some(*filters: str) -> str:
        held = {
            "actor": rng.choice(codes), "recipient": rng.choice(codes), "type": rng.choice(TYPES), "either": rng.choice(codes),
            "since": f"2022-{rng.randint(1, 12):02}", "until": f"2023-{rng.randint(1, 12):02}", "by": f"Ana {SURNAMES[rng.randrange(60)]}",
            "about": rng.choice(STATES).rpartition(" ")[0], "q": " ".join(rng.sample(VOCABULARY, 2)), "text": rng.choice(VOCABULARY),
            "page": str(rng.randint(1, 20)), "ends": rng.choice(("entity", "country")),
        }  # fmt: skip
        return "?" + "&".join(f"{name}={held[name]}" for name in filters)

    def get(make: Callable[[], str]) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(make())
            assert answer.status_code == 200, answer.url
            return answer

        return ask

    made = {
        "/": lambda: "/", "/search": lambda: "/search" + some("q"), "/search tuesday": lambda: "/search?q=tuesday",
        "/events": lambda: "/events" + some("page"), "/events of a state": lambda: "/events" + some("actor", "type"),
        "/events with words": lambda: "/events" + some("text"), "/timeline": lambda: "/timeline" + some("since"),
        "/timeline of a state": lambda: "/timeline" + some("either", "until"), "/network": lambda: "/network" + some("ends"),
        "/network, type and time": lambda: "/network" + some("ends", "type", "since"),
        "/network of a state": lambda: "/network" + some("either"),
        "/statements": lambda: "/statements" + some("page"), "/statements by, about": lambda: "/statements" + some("by", "about"),
        "/figures": lambda: "/figures" + some("type"), "/names": lambda: "/names",
        "/names, a beginning": lambda: f"/names?q={rng.choice(SURNAMES)[:2]}",
        "/thing, the busiest": lambda: f"/thing/{rng.choice(busy)}", "/report": lambda: f"/report/{rng.choice(reports)}",
        "/event": lambda: f"/event/{rng.choice(rows)['id']}", "/statement": lambda: f"/statement/{rng.choice(said)}",
        "/judge": lambda: f"/judge/{rng.choice(rows)['id']}", "/judgements": lambda: "/judgements",
    }  # fmt: skip
    return {name: get(address) for name, address in made.items()}


def after_writes(path: Path, ask: Callable[[], object], repeats: int) -> list[float]:
    """The same, each time after somebody else has changed the ledger."""
    times = []
    for _ in range(repeats):
        with Ledger.open(path) as ledger:
            ledger.judge(query.events(ledger, limit=1)[0]["id"], "confirm", by="bench")
        times.append(measure(ask, 1))
    return [statistics.median(column) for column in zip(*times, strict=True)]


def measure(ask: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds: first time, median, 95th percentile, and the 95th percentile of processor time, which other work does not lengthen."""
    times, worked = [], []
    for _ in range(repeats):
        start, work = time.perf_counter(), time.process_time()
        ask()
        times.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - work) * 1000)
    high = [sorted(held)[min(repeats - 1, int(repeats * 0.95))] for held in (times, worked)]
    return [times[0], statistics.median(times), *high]


HEADS = f"{'first ms':>10} {'p50 ms':>10} {'p95 ms':>10} {'p95 cpu ms':>10}"


def show(what: str, times: list[float]) -> None:
    """One line of the table."""
    print(f"{what:28} " + " ".join(f"{t:>10.1f}" for t in times), flush=True)


def fill(path: Path, reports: int) -> tuple[float, float]:
    """Adds readings one transaction each; seconds spent adding, bytes of text."""
    spent, letters = 0.0, 0
    with Ledger.open(path, create=True) as ledger:
        for number in range(reports):
            reading = make_reading(number)
            letters += len(reading.text)
            start = time.perf_counter()
            ledger.add(reading, coder_version="made")
            spent += time.perf_counter() - start
    return spent, letters


def time_views(path: Path, ledger: Ledger, repeats: int) -> None:
    """Print the times of the explorer's pages."""
    print(f"{'page':28} {HEADS}")
    pages = views(path, ledger)
    for what, ask in pages.items():
        show(what, measure(ask, repeats))
    print("each after a write by another process")
    for what in ("/", "/events", "/network", "/thing, the busiest"):
        show(what, after_writes(path, pages[what], 3))


def kill(times: int) -> int:
    """Run the kill tests with so many kills; their exit status."""
    tests = Path(__file__).resolve().parents[1] / "tests" / "unit" / "ledger" / "test_kill.py"
    print(f"{times} kills of an adding process at random moments:", flush=True)
    return subprocess.call([sys.executable, "-m", "pytest", "-q", str(tests)], env=os.environ | {"HEARSAY_KILLS": str(times)})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--views", action="store_true", help="time the explorer's pages too")
    parser.add_argument("--kills", type=int, default=0, help="kill an adding process so often")
    parser.add_argument("--ledger", type=Path, help="keep the ledger here; one that exists is only asked")
    given = parser.parse_args()
    if given.kills:
        sys.exit(kill(given.kills))
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder) / "made.db"
        if not path.exists():
            spent, letters = fill(path, given.reports)
            rate = f"{given.reports / spent:,.0f} a second, text {letters / given.reports:,.0f} letters each"
            print(f"{'added':28} {given.reports:>10,} reports   {rate}")
        with Ledger.open(path, readonly=True) as ledger:
            total = summary.totals(ledger)
            size = path.stat().st_size
            held = f"{total['events']:,} events, {total['attributions']:,} statements"
            print(f"{'size':28} {size / 1e6:>10,.0f} MB        {size / total['reports']:,.0f} bytes a report, {held}")
            print(f"{'question':28} {HEADS}")
            for what, ask in questions(ledger).items():
                show(what, measure(ask, given.repeats))
            if given.views:
                time_views(path, ledger, given.repeats)


if __name__ == "__main__":
    main()
