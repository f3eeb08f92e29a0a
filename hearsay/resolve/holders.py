"""Persons in a mention who held an office: which row of offices.tsv stands at a date.

Full names and surnames are looked up; a surname alone must belong to one person, and after a title the office must bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hearsay.knowledge.actors import ActorTables, Office
from hearsay.knowledge.folding import fold_words, is_near, singular, word_set
from hearsay.resolve.mentions import DIRECTIONS, Item, Parsed, Segment, Word

_COMMON = word_set(
    "brown smith johnson major may king young wilson jones clark martin lee kim park li wang khan singh ali ahmed hussein "
    "hassan mohamed cook baker bush ford carter grant cruz lopez garcia silva santos costa moon rice powell chang chen lin "
    "wu zhang rao gore bishop rudd hunt green white black scott morris james thomas howard thompson wood ma hu yang abbott "
    "turnbull day reid straw hague"
)
_INITIALS = word_set("jr sr ii iii")


def find_holder(parsed: Parsed, date: str | None, tables: ActorTables) -> tuple[tuple[Office, ...], Item] | None:
    """All terms of the office-holder that the head or an apposition names, and the words that name him.

    None when the person only qualifies another ("Putin's spokesman").
    """
    for segment in parsed.segments:
        if segment.opener not in {"", ","}:
            continue
        for item in segment.items:
            rows = tuple(n.row for n in item.names if isinstance(n.row, Office))
            if rows and item.end == segment.end:
                return _all_terms(_one_person(rows, parsed, date), tables), item
    return _by_surname(parsed, parsed.head, date, tables)


def held_at(rows: Sequence[Office], date: str | None, title: str) -> Office | None:
    """The office held at the date, the one the title names first, else the latest begun; without a date, one still held."""
    held = [r for r in rows if (r.term.holds(date) if date else not r.term.end)]
    return max(held, key=lambda r: (shares_word(title, r.role), r.term.start)) if held else None


def shares_word(title: str, role: str) -> bool:
    """Whether a title names this office ("former President" and "president of the republic")."""
    small = {"the", "of", "and", "for", "deputy", "former", "general", "state"}
    return bool(({singular(w) for w in fold_words(title)} & {singular(w) for w in fold_words(role)}) - small)


def _all_terms(rows: tuple[Office, ...], tables: ActorTables) -> tuple[Office, ...]:
    """Every term of the person of some rows: an alias stands in one row of several."""
    return tuple(tables.persons.get((rows[0].name, rows[0].code), ())) or rows


def _one_person(rows: tuple[Office, ...], parsed: Parsed, date: str | None) -> tuple[Office, ...]:
    """Rows of one person where namesakes share a name: of the country the mention names, else in office, else the latest."""
    persons = {(r.name, r.code) for r in rows}
    if len(persons) == 1:
        return rows
    countries = {n.row.code for i in parsed.head.items for n in i.names if not isinstance(n.row, Office)}
    best = max(rows, key=lambda r: (r.code in countries, held_at([r], date, "") is not None, r.term.start))
    return tuple(r for r in rows if (r.name, r.code) == (best.name, best.code))


def _by_surname(parsed: Parsed, head: Segment, date: str | None, tables: ActorTables) -> tuple[tuple[Office, ...], Item] | None:
    name = _name_words(parsed, head)
    if not name:
        return None
    last = name[-2] if len(name) > 1 and name[-1].stem in _INITIALS else name[-1]
    rows = tables.surnames.get(last.stem, ())
    titles = [i for i in head.items if i.agent and i.agent.kind == "person"]
    title = parsed.between(titles[0].start, titles[-1].end) if titles else ""
    start = parsed.words.index(name[0])
    item = Item(start, start + len(name), None, (), False, True)
    if len(name) == 1:
        found = _alone(rows, last.stem, title, date, parsed)
    else:
        found = tuple(r for r in rows if _same_first(name[0].stem, r.name) and (len(name) > 2 or title))
    if not found and title:
        found = _near(tables, name, title, parsed)
    return (found, item) if found else None


def _name_words(parsed: Parsed, head: Segment) -> list[Word]:
    """Capitalised words at the end of the head that no entry covers."""
    covered = {k for i in head.items for k in range(i.start, i.end)}
    out: list[Word] = []
    for k in range(head.end - 1, head.start - 1, -1):
        word = parsed.words[k]
        if k in covered or not (word.capital or word.joined) or word.fold in DIRECTIONS:
            break
        out.insert(0, word)
    return out


def _alone(rows: Iterable[Office], surname: str, title: str, date: str | None, parsed: Parsed) -> tuple[Office, ...]:
    """Terms for a surname alone: after a title the office must agree; without one the name must be rare and of one person."""
    if title:
        agreeing = tuple(r for r in rows if shares_word(title, r.role) or (title.lower().endswith("leader") and r.sector == "GOV"))
        return _one_person(agreeing, parsed, date) if agreeing else ()
    found = tuple(rows)
    if surname in _COMMON or len(surname) < 4 or len({(r.name, r.code) for r in found}) != 1:
        return ()
    return found


def _near(tables: ActorTables, name: list[Word], title: str, parsed: Parsed) -> tuple[Office, ...]:
    """One misspelt letter in the surname of a titled person ("President Francois Mitterand")."""
    last = name[-1].stem
    if len(last) < 7:
        return ()
    for surname, rows in tables.surnames.items():
        if surname[0] == last[0] and abs(len(surname) - len(last)) < 2 and is_near(surname, last):
            found = tuple(r for r in rows if shares_word(title, r.role))
            if found:
                return _one_person(found, parsed, None)
    return ()


def _same_first(first: str, name: str) -> bool:
    """Whether a first name or initial is the holder's, spelt with one letter less or more ("Mohammed", "Mohamed")."""
    words = fold_words(name)
    return bool(words) and (
        words[0] == first or (len(first) == 1 and words[0][0] == first) or (len(first) > 4 and is_near(first, words[0]))
    )
