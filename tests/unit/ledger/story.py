"""One small report with everything in it, written by hand."""

from __future__ import annotations

from dataclasses import replace

from hearsay.core.records import Attribution, Event, Participant, PartRecord, Problem, Provenance, Reading, Thing, Timex, When
from hearsay.core.span import Span

TEXT = (
    "Moscow rejects offer\n\nBy José Ruiz\n\n"
    "Sergei Vershinin told RIA Novosti that Moscow had rejected Kyiv's proposal on Tuesday. "
    "The United States sanctioned two Russian banks. Read also: Iran attacks Iraq"
)


def at(words: str, start: int = 0) -> Span:
    """Where words stand in the text."""
    place = TEXT.index(words, start)
    return Span(place, place + len(words))


def by(stage: str, score: float = 0.9) -> Provenance:
    return Provenance(stage, f"{stage}.tsv:1", score)


SAID = TEXT.index("Sergei")
THINGS = (
    Thing("t1", "person", "Sergei Vershinin", (at("Sergei Vershinin"),), by("things"), "RUS", "GOV", role="Deputy Foreign Minister"),
    Thing("t2", "state", "Russia", (at("Moscow"), at("Moscow", SAID)), by("things"), "RUS", "GOV"),
    Thing("t3", "state", "Ukraine", (at("Kyiv"),), by("things"), "UKR", "GOV"),
    Thing("t4", "state", "United States", (at("The United States"),), by("things"), "USA", "GOV"),
    Thing("t5", "state", "Iran", (at("Iran"),), by("things"), "IRN", "GOV"),
    Thing("t6", "organization", "Iran Air", (at("Iran"),), by("things"), "IRN", "BUS"),
)
CONTENT = at("Moscow had rejected Kyiv's proposal on Tuesday")
STATEMENT = Attribution(
    "a1", "indirect", (at("Sergei Vershinin"),), (at("told"),), (CONTENT,), by("attributions"), (at("RIA Novosti"),), "asserts", False, "t1"
)
EVENTS = (
    Event(
        "e1", "REJECT", at("rejected"), by("events", 0.876543), mode="meet", contexts=("diplomatic",), cameo="120",
        actors=(Participant(at("Moscow", SAID), "Moscow", "t2"),), recipients=(Participant(at("Kyiv"), "Kyiv", "t3"),),
        when=When("2024-04-30", at("Tuesday")), attribution="a1", chain=("Sergei Vershinin", "RIA Novosti", "The Moscow Times"),
        where=Participant(at("Kyiv"), "Kyiv", "t3"), part="lead",
    ),
    Event(
        "e2", "SANCTION", at("sanctioned"), by("events"), actors=(Participant(at("The United States"), "The United States", "t4"),),
        recipients=(Participant(at("two Russian banks"), "two Russian banks"),), quantity="two", background=True,
    ),
    Event(
        "e3", "ASSAULT", at("attacks"), by("events"), actors=(Participant(at("Iran"), "Iran", "t5"),),
        recipients=(Participant(at("Iraq"), "Iraq"),), part="teaser_headline", modality="future",
    ),
)  # fmt: skip
BODY = Span(SAID, TEXT.index(" Read also"))
STORY = Reading(
    "story", TEXT, "https://example.org/1", "The Moscow Times", "Moscow rejects offer", "2024-05-02", "given", "en",
    ("José Ruiz",), ("war",), ("AFP",),
    parts=(
        PartRecord("headline", at("Moscow rejects offer")), PartRecord("byline", at("By José Ruiz")), PartRecord("body", BODY),
        PartRecord("teaser_headline", at("Iran attacks Iraq"), 1),
    ),
    sentences=(
        at("Moscow rejects offer"), Span(SAID, CONTENT.end + 1), at("The United States sanctioned two Russian banks."),
        at("Iran attacks Iraq"),
    ),
    attributions=(STATEMENT,), events=EVENTS, things=THINGS,
    timexes=(Timex(at("Tuesday"), "DATE", "2024-04-30", by("times"), "2024-04-30"),),
    problems=(Problem("page", "made up", Span(0, 3)), Problem("text", "whole")),
)  # fmt: skip
LATER = replace(STORY, id="later", date="2024-06-02", publisher="The Other Paper", url=None)
