"""Report -> Reading. The only module that knows the order of the stages.

A `Reader` holds the model and the tables; make one and read many reports with it. A stage that fails on a report leaves a
`Problem` in its place and the rest goes on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import TypeVar

from hearsay.core.document import READ_KINDS, Article, Document, Layout
from hearsay.core.records import Attribution, Event, Participant, PartRecord, Problem, Reading, Timex, When
from hearsay.core.span import Span
from hearsay.errors import ArgumentError
from hearsay.extract.attributions import AttributionReader
from hearsay.extract.events import EventCoder
from hearsay.extract.explain import Explanation, explain_event
from hearsay.extract.nesting import chain_of, is_citing
from hearsay.extract.taught import open_taught
from hearsay.neural.decode import Analyser, Evidence
from hearsay.page.article import read_text
from hearsay.page.inputs import RawReport
from hearsay.resolve.actors import ActorTable
from hearsay.resolve.dates import choose_time, infer_date, stays_on_day
from hearsay.resolve.happenings import carry_times, keep_one_mention
from hearsay.resolve.things import ThingIndex, resolve_things
from hearsay.resolve.timexes import find_timexes
from hearsay.text.layout import lay_out_sentence
from hearsay.text.sentences import split_sentences

MAX_WORDS = 20_000
"""Words of one report that are analysed; what lies beyond keeps its parts and a Problem says so."""

MAX_PART_LETTERS = 200_000
"""Letters of one paragraph that are analysed: more than MAX_WORDS words, or no words at all."""

MARKS_MOST = 60
"""A sentence of more tokens than this, most of them marks, is none."""

T = TypeVar("T")


def check_date(value: str) -> str:
    """The same date if it is a day of the calendar written YYYY-MM-DD. Raises ArgumentError."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        Date.fromisoformat(value)
    except ValueError:
        raise ArgumentError(f"not a date: {value!r}; write it as YYYY-MM-DD, for instance 2022-12-20") from None
    return value


class Reader:
    """Reads reports.

    Args:
        analyser: an opened encoder; the one that ships by default.
        actors: a user's table of actors, which wins over the tables that ship.
        ontology: folder of a user's own event categories, taught before by `hearsay teach`.
        strict: let a failing stage raise instead of recording a Problem (for tests).
    """

    def __init__(
        self, analyser: Analyser | None = None, *, actors: ActorTable | None = None, ontology: Path | None = None, strict: bool = False
    ) -> None:
        self.analyser = analyser or Analyser()
        self.actors = actors
        self.strict = strict
        self._attributions = AttributionReader(self.analyser.pack)
        taught = open_taught(ontology, self.analyser.pack) if ontology else None
        self._events = EventCoder(self.analyser.pack, taught=taught)

    def read(self, report: RawReport, *, date: str | None = None) -> Reading:
        """The reading of one report.

        Args:
            report: text or HTML with what the input said of it.
            date: the report's own date, YYYY-MM-DD; wins over all that the report says. Without one, and with none in
                the report, relative times keep an open value: the clock is never asked.

        Raises:
            ArgumentError: `date` is no date.
        """
        problems = list(report.problems)
        document, evidence = self._study(report, date, problems)
        return self._extract(report, document, evidence, problems)

    def explain(self, report: RawReport, event: str, *, date: str | None = None) -> Explanation:
        """Why one event of a report was coded as it is.

        Args:
            event: its id in the reading, such as "e2".

        Raises:
            ArgumentError: the report has no such event.
        """
        document, evidence = self._study(report, date, [])
        reading = self._extract(report, document, evidence, [])
        found = next((e for e in reading.events if e.id == event), None)
        if found is None:
            known = f"it has e1 to e{len(reading.events)}" if reading.events else "it has none"
            raise ArgumentError(f"{report.name}: no event {event!r}; {known}")
        return explain_event(document, evidence, self._events, found, said=reading.attributions, timexes=reading.timexes)

    def _study(self, report: RawReport, date: str | None, problems: list[Problem]) -> tuple[Document, tuple[Evidence, ...]]:
        """The analysed report with its date."""
        article = self._article(report, problems)
        article = _date_article(article, check_date(date) if date else None, report.date, problems)
        document, evidence = self._analyse(article, problems)
        if document.article.date is None:
            inferred = self._try("dates", lambda: infer_date(document), None, problems)
            if inferred:
                document = replace(document, article=document.article.with_date(*inferred))
        return document, evidence

    def _article(self, report: RawReport, problems: list[Problem]) -> Article:
        if report.text is not None:
            text = report.text
            article = self._try("page", lambda: read_text(text), Article(text), problems)
        else:
            from hearsay.page.hypertext import read_html  # lxml is loaded for pages only: a text starts a tenth of a second sooner

            html = report.html or ""
            article = self._try("page", lambda: read_html(html, report.url, charset=report.charset), Article(""), problems)
        problems.extend(article.problems)
        return replace(
            article,
            title=report.title or article.title,
            url=report.url or article.url,
            publisher=report.publisher or article.publisher,
            language=report.language or article.language,
            authors=report.authors or article.authors,
            tags=report.tags or article.tags,
            agencies=tuple(dict.fromkeys((*report.agencies, *article.agencies))),
        )

    def _analyse(self, article: Article, problems: list[Problem]) -> tuple[Document, tuple[Evidence, ...]]:
        layouts: list[Layout] = []
        words = 0
        for number, part in enumerate(article.parts):
            if part.kind not in READ_KINDS:
                continue
            place = Span(part.span.start, min(part.span.end, part.span.start + MAX_PART_LETTERS))
            if place != part.span:
                beyond = Span(place.end, part.span.end)
                problems.append(Problem("text", f"a paragraph longer than {MAX_PART_LETTERS:,} letters: the rest is not analysed", beyond))
            for span in split_sentences(article.text, place) if words <= MAX_WORDS else ():
                layout = lay_out_sentence(article.text, span, number)
                tokens = layout.tokens
                if len(tokens) > MARKS_MOST and 4 * sum(article.text[t.start].isalnum() for t in tokens) < len(tokens):
                    problems.append(Problem("text", "a run of marks without words: not analysed", span))
                    continue
                words += len(tokens)
                if words > MAX_WORDS:
                    rest = Span(span.start, len(article.text))
                    problems.append(Problem("text", f"longer than {MAX_WORDS:,} words: the rest is not analysed", rest))
                    break
                layouts.append(layout)
        sentences, evidence = self.analyser.analyse(article.text, layouts)
        return Document(article, sentences), evidence

    def _extract(self, report: RawReport, document: Document, evidence: tuple[Evidence, ...], problems: list[Problem]) -> Reading:
        article = document.article
        no_timexes: tuple[Timex, ...] = ()
        no_attributions: tuple[Attribution, ...] = ()
        no_events: tuple[Event, ...] = ()
        timexes = self._try("times", lambda: find_timexes(document, article.date), no_timexes, problems)
        said = self._try("attributions", lambda: self._attributions.find(document, evidence), no_attributions, problems)
        events = self._try("events", lambda: self._events.code(document, evidence, said, timexes), no_events, problems)
        events = self._try("times", lambda: _time_events(document, events, timexes), events, problems)
        things = self._try("things", lambda: self._things(document, said, events), ThingIndex.empty(), problems)
        said = tuple(replace(a, speaker=things.speakers.get(a.id)) for a in said)
        events = self._try("things", lambda: _link_all(document, events, things, said), events, problems)
        events = self._try("times", lambda: carry_times(document, events), events, problems)
        return Reading(
            id=report.id or hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            text=article.text, url=article.url, publisher=article.publisher, title=article.title, date=article.date,
            date_from=article.date_from, language=article.language, authors=article.authors, tags=article.tags, agencies=article.agencies,
            parts=tuple(PartRecord(p.kind, p.span, p.story) for p in article.parts),
            sentences=tuple(s.span for s in document.sentences),
            attributions=said, events=events, timexes=timexes, things=things.things, problems=tuple(problems),
        )  # fmt: skip

    def _things(self, document: Document, said: Sequence[Attribution], events: Sequence[Event]) -> ThingIndex:
        places = [e.where.span for e in events if e.where]
        cited = [a.content[0] for a in said if is_citing(a, document)]
        return resolve_things(document, [*_mentions(said, events), *cited], places=places, attributions=said, actors=self.actors)

    def _try(self, stage: str, work: Callable[[], T], otherwise: T, problems: list[Problem]) -> T:
        if self.strict:
            return work()
        try:
            return work()
        except Exception as error:  # one report's trouble must not end the run
            problems.append(Problem(stage, f"this stage failed on the report and left nothing: {type(error).__name__}: {error}"))
            return otherwise


def _date_article(article: Article, given: str | None, recorded: str | None, problems: list[Problem]) -> Article:
    """The article with its date: given by the caller, else by the input's record, else as found on the page."""
    if given:
        return article.with_date(given, "given")
    if recorded:
        try:
            return article.with_date(check_date(recorded[:10]), "given")
        except ArgumentError as error:
            problems.append(Problem("input", f"{error}; the record's date is left out"))
    return article


def _time_events(document: Document, events: Sequence[Event], timexes: Sequence[Timex]) -> tuple[Event, ...]:
    out = []
    for event in events:
        sentence = document.sentence_at(event.trigger.start)
        index = next((i for i, t in enumerate(sentence.tokens) if t.end > event.trigger.start), None) if sentence else None
        when: When | None = None
        if sentence is not None and index is not None:
            kind = document.part_of(sentence).kind
            date, in_body = document.article.date, kind not in ("headline", "lead")
            serves = not event.background and (not in_body or (kind == "body" and stays_on_day(document, sentence, timexes, date)))
            when = choose_time(sentence, index, timexes, date if serves else None, event.modality == "asserted", in_body)
        out.append(replace(event, when=when))
    return tuple(out)


def _mentions(said: Iterable[Attribution], events: Iterable[Event]) -> Iterable[Span]:
    for attribution in said:
        yield from attribution.source[:1]
        yield from attribution.addressee[:1]
    for event in events:
        for participant in (*event.actors, *event.recipients):
            yield participant.span


def _link_all(document: Document, events: Iterable[Event], things: ThingIndex, said: Sequence[Attribution]) -> tuple[Event, ...]:
    """The events with the things that their words stand for and the names of those who vouch for them."""
    cues: dict[int, list[tuple[Span, str]]] = {}
    for attribution in said:
        for cue in attribution.cue:
            sentence = document.sentence_at(cue.start)
            cues.setdefault(sentence.index if sentence else -1, []).append((cue, attribution.id))
    linked = []
    for event in events:
        sentence = document.sentence_at(event.trigger.start)
        near = cues.get(sentence.index, ()) if sentence else ()
        own = next((key for cue, key in near if cue.overlaps(event.trigger)), None)
        chain = _name_chain(event, own, things, said, document)
        linked.append(keep_one_mention(document, replace(_link(event, things), chain=chain)))
    return tuple(linked)


def _link(event: Event, things: ThingIndex) -> Event:

    def linked(p: Participant) -> Participant:
        return replace(p, thing=things.of(p.span))

    return replace(
        event,
        actors=tuple(map(linked, event.actors)),
        recipients=tuple(map(linked, event.recipients)),
        where=linked(event.where) if event.where else None,
    )


def _name_chain(event: Event, own: str | None, things: ThingIndex, said: Sequence[Attribution], document: Document) -> tuple[str, ...]:
    """Names of those who vouch for an event; `own` is the attribution whose cue is its trigger: an accusation's begins with the accuser."""
    if event.attribution is None:
        return ()
    names: list[str] = []
    for step in chain_of(own or event.attribution, said, document):
        thing = things.thing(things.of(step))
        names.append(thing.name if thing else step.of(document.text))
    last = document.article.publisher or next(iter(document.article.agencies), None)  # wire copy without a publisher: the agency
    if names and last:
        names.append(last)
    return tuple(dict.fromkeys(names))
