"""A reading as a person reads it: tables on a terminal, plain text elsewhere. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from hearsay.core.records import Attribution, Event, Participant, Reading
from hearsay.core.span import Span
from hearsay.extract.explain import Explanation
from hearsay.extract.teaching import Lesson

MODALITY_STYLES = {"asserted": "", "future": "cyan", "hypothetical": "magenta", "negated": "red"}

STANCE_STYLES = {"claims": "yellow", "denies": "red", "doubts": "yellow", "accuses": "magenta", "threatens": "magenta"}


def print_reading(console: Console, reading: Reading, view: str = "summary") -> None:
    """Write one reading: its summary, or one of the views of `_VIEWS`."""
    console.print(_head(reading))
    if view == "summary":
        console.print(_statements(reading))
        console.print(_happenings(reading))
    else:
        console.print(_VIEWS[view](reading))
    for problem in reading.problems:
        console.print(Text(f"problem in {problem.stage}: {problem.message}", style="yellow"))
    console.print()


def print_explanation(console: Console, explanation: Explanation) -> None:
    """Write why an event was coded as it is."""
    event = explanation.event
    table = _table(f"{event.id}  {event.type}{f'/{event.mode}' if event.mode else ''}", ("about", 2), ("what was seen", 12))
    for reason in explanation.reasons:
        _add(table, Text(reason.about, style="bold"), reason.seen)
    console.print(Text(explanation.sentence), table)


def print_lessons(console: Console, name: str, lessons: Sequence[Lesson]) -> None:
    """Write how well a user's categories were learned."""
    table = _table(
        f"{name}: each sentence read by heads that have not seen it",
        *(("category", 4), ("examples", 2), ("found", 3), ("95 % interval", 3)),
        *(("false in the examples", 4), ("false in 1,000 other words", 5)),
    )
    for lesson in lessons:
        share, low, high = lesson.recall
        found, interval = f"{lesson.found} ({share:.0%})", f"{low:.0%} to {high:.0%}"
        _add(table, lesson.code, str(lesson.examples), found, interval, str(lesson.false), f"{lesson.false_per_1000:.1f}")
    console.print(table)
    warning = "Examples that are much alike flatter these figures: a report puts things in more ways than ten sentences do."
    console.print(Text(warning, style="dim"))


def _head(reading: Reading) -> Text:
    where = {"given": "", None: "", "metadata": " (from the page)", "dateline": " (from the dateline)", "text": " (inferred from the text)"}
    date = f"{reading.date}{where.get(reading.date_from, '')}" if reading.date else "no date: relative times stay open"
    facts = [reading.publisher, date, f"with {', '.join(reading.agencies)}" if reading.agencies else None]
    title = reading.title or _one_line(reading.text)[:90]
    return Text.assemble((title, "bold"), "\n", (" · ".join(f for f in facts if f), "dim"))


def _table(title: str, *columns: tuple[str, int]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, ratio in columns:
        table.add_column(name, ratio=ratio, overflow="fold")
    return table


def _add(table: Table, *cells: str | Text) -> None:
    """Add a row of plain words: brackets in a report are no mark-up."""
    table.add_row(*(c if isinstance(c, Text) else Text(c) for c in cells))


def _statements(reading: Reading) -> RenderableType:
    table = _table("Who says what", ("", 1), ("source", 6), ("cue", 4), ("content", 14))
    for a in _outer(reading.attributions):
        _add(table, a.id, *_statement_cells(reading, a))
    return table if table.row_count else Text("Nobody is quoted.", style="dim")


def _statement_cells(reading: Reading, a: Attribution) -> tuple[str | Text, ...]:
    speaker = reading.thing(a.speaker)
    source = _words(reading.text, a.source)
    if speaker and speaker.name not in source:
        source = f"{source} = {speaker.name}"
    named = Text(source.strip() or "(nobody named)", style="bold" if source else "dim")
    return named, _words(reading.text, a.cue), _words(reading.text, a.content)


def _outer(said: Iterable[Attribution]) -> list[Attribution]:
    return sorted(said, key=lambda a: min((s.start for s in (*a.content, *a.cue, *a.source)), default=0))


def _happenings(reading: Reading) -> RenderableType:
    table = _table("What happened", ("", 1), ("type", 4), ("who → whom", 11), ("words", 5), ("when", 4), ("status", 5), ("according to", 7))
    for e in reading.events:
        _add(table, *_event_cells(reading, e))
    return table if table.row_count else Text("No political event.", style="dim")


def _event_cells(reading: Reading, e: Event) -> tuple[str | Text, ...]:
    actors = ", ".join(_who(reading, p) for p in e.actors) or "?"
    recipients = ", ".join(_who(reading, p) for p in e.recipients)
    status = [e.modality if e.modality != "asserted" else ("asserted" if e.attribution is None else "alleged")]
    status += ["background"] * e.background + [e.part.replace("_", " ")] * e.part.startswith("teaser")
    return (
        e.id,
        Text(e.type + (f"/{e.mode}" if e.mode else ""), style="bold"),
        f"{actors} → {recipients}" if recipients else actors,
        _one_line(e.trigger.of(reading.text)),
        e.when.value if e.when else "",
        Text(", ".join(status), style=MODALITY_STYLES.get(e.modality, "") or ("yellow" if status[0] == "alleged" else "")),
        " ← ".join(e.chain) or "the report",
    )


def _who(reading: Reading, p: Participant) -> str:
    thing = reading.thing(p.thing)
    words = _one_line(p.text)
    if thing is None:
        return words
    tag = " ".join(t for t in (thing.code, thing.sector) if t)
    known = words if thing.name.lower() in words.lower() or len(words) > 25 else f"{words} = {thing.name}"
    return f"{known} [{tag}]" if tag else known


def _parts_view(reading: Reading) -> RenderableType:
    table = _table("Parts", ("kind", 3), ("story", 1), ("span", 2), ("text", 14))
    for p in reading.parts:
        _add(table, p.kind, str(p.story or ""), f"{p.span.start}–{p.span.end}", _one_line(p.span.of(reading.text)))
    return table


def _attributions_view(reading: Reading) -> RenderableType:
    table = _table("Attributions", ("", 2), ("source", 6), ("cue", 3), ("content", 12), ("to", 3), ("how", 2), ("stance", 3), ("score", 1))
    for depth, a in _nested(reading.attributions):
        key = f"{'  ' * (depth - 1)}└ {a.id}" if depth else a.id
        stance = Text(f"{a.stance}, negated" if a.negated else a.stance, style=STANCE_STYLES.get(a.stance, ""))
        to = _words(reading.text, a.addressee)
        _add(table, key, *_statement_cells(reading, a), to, a.kind, stance, f"{a.provenance.score:.2f}")
    return table if table.row_count else Text("Nobody is quoted.", style="dim")


def _nested(said: Iterable[Attribution]) -> Iterator[tuple[int, Attribution]]:
    """Attributions in text order with their depth; those inside another right after it."""
    inside: dict[str | None, list[Attribution]] = {}
    for a in _outer(said):
        inside.setdefault(a.inside, []).append(a)
    todo = [(0, a) for a in reversed(inside.get(None, []))]
    while todo:
        depth, a = todo.pop()
        yield depth, a
        todo += [(depth + 1, b) for b in reversed(inside.get(a.id, []))]


def _events_view(reading: Reading) -> RenderableType:
    columns = (("", 1), ("type", 4), ("who → whom", 9), ("words", 4), ("when", 3), ("where", 3))
    table = _table("Events", *columns, ("status", 4), ("according to", 5), ("rule", 4), ("score", 1))
    for e in reading.events:
        cells = _event_cells(reading, e)
        where = _one_line(e.where.text) if e.where else ""
        _add(table, *cells[:5], where, *cells[5:], e.provenance.rule, f"{e.provenance.score:.2f}")
    return table


def _times_view(reading: Reading) -> RenderableType:
    table = _table("Times", ("words", 6), ("type", 2), ("value", 4), ("EDTF", 4), ("rule", 5))
    for t in reading.timexes:
        _add(table, _one_line(t.span.of(reading.text)), t.type, t.value, t.edtf or "", t.provenance.rule)
    return table


def _things_view(reading: Reading) -> RenderableType:
    table = _table("Things", ("", 1), ("name", 6), ("kind", 3), ("country", 2), ("sector", 2), ("role", 5), ("mentions", 8))
    for t in reading.things:
        mentions = ", ".join(dict.fromkeys(_one_line(m.of(reading.text)) for m in t.mentions))
        _add(table, t.id, t.name, t.kind, t.code or "", " ".join(s for s in (t.sector, t.sector2) if s), t.role or "", mentions)
    return table


_VIEWS = {
    "parts": _parts_view,
    "attributions": _attributions_view,
    "events": _events_view,
    "times": _times_view,
    "things": _things_view,
}


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(_one_line(s.of(text)) for s in spans)


def _one_line(words: str) -> str:
    return " ".join(words.split())

