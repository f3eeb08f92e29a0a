"""Spans of the tokens of a text, cut as the English UD treebanks (EWT, GUM) cut them.

A token holds no white space, so each run of other characters is cut alone; the only thing it must know of its neighbours is
what stands around a final dot ("No. 5" but "No."). Run after sentences are found: at the end of the span a dot that is not
surely an abbreviation's belongs to the sentence. Nothing here looks words up but the tables under `languages/en`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from hearsay.core.span import Span
from hearsay.knowledge.files import read_table

LANGUAGE = "languages/en"
LONGEST_KEPT = 32
"""Runs of more characters are cut anew each time, so that the memory of runs stays small."""
MOST_CLITICS = 3

Rules = list[tuple[str, str]]
Ends = tuple[int, ...]
"""Where the tokens of a run end, counted from its start; they follow each other without a gap."""

_DOTTED = frozenset({"title", "word", "end", "street", "acronym"})
_DOTTED_BEFORE = {"number": ("1", "#"), "versus": ("A", "-")}
_AFTER_INITIAL = ("A", ",", "-", "'", "’", "&")
_RUN = re.compile(r"\S+")
_CLITIC = re.compile(r"(?:n['’`]t|['’`](?:s|m|re|ve|ll|d))\Z", re.IGNORECASE)

_LETTER = r"[^\W\d_]"
_JOINER = r"\u00ad\u0300-\u036f\u064b-\u065f\u093a-\u094f\u200c\u200d"
_REST = r"[^\s<>\"]*[^\s<>\"'’”.,;:!?)\]}]"
_WORD = rf"[^\W_][^\W_{_JOINER}]*(?:[{_JOINER}_]+[^\W_]+)*[{_JOINER}]*"


def split_tokens(text: str, span: tuple[int, int]) -> list[Span]:
    """Spans in `text` of the tokens inside `span`, in order; together they cover every character that is no white space.

    >>> text = "They don't."
    >>> [t.of(text) for t in split_tokens(text, (0, 11))]
    ['They', 'do', "n't", '.']
    """
    out: list[Span] = []
    for run in _RUN.finditer(text, *span):
        start, word = run.start(), run.group()
        at = start
        for end in _cut(word, text, start, span):
            out.append(Span(at, start + end))
            at = start + end
    return out


def _cut(word: str, text: str, start: int, span: tuple[int, int]) -> Ends:
    before, after = _neighbours(text, start, start + len(word), span) if word[-1] == "." else ("", "")
    if len(word) > LONGEST_KEPT:
        return tuple(_ends(word, before, after))
    return _remembered(word, before, after)


@lru_cache(maxsize=1 << 16)
def _remembered(word: str, before: str, after: str) -> Ends:
    return tuple(_ends(word, before, after))


def _neighbours(text: str, start: int, end: int, span: tuple[int, int]) -> tuple[str, str]:
    """A comma before the run or nothing, and the kind of character after it: `A`, `a`, `1`, `.` or nothing at the end."""
    before = text[max(span[0], start - 2) : start].rstrip()
    after = text[end : min(span[1], end + 4)].lstrip()[:1]
    kind = "A" if after.isupper() else "a" if after.islower() else "1" if after.isdigit() else "." if after else ""
    return ("," if before == "," else ""), kind


def _ends(word: str, before: str, after: str) -> Iterable[int]:
    if word.isalpha() and word.lower() not in _whole_forms():
        return (len(word),)
    out: list[int] = []
    for piece in _pieces().finditer(word):
        rule, start, end = piece.lastgroup, piece.start(), piece.end()
        if rule == "form":
            out.extend(_form_ends(piece.group(), start))
        elif rule == "quantity":
            out.extend(_quantity_ends(piece.group(), start))
        elif rule == "word":
            out.extend(_word_ends(piece.group(), start))
        elif rule == "abbreviation" and not _keeps_dot(piece.group(), before, after if end == len(word) else word[end]):
            out.extend((end - 1, end))
        else:
            out.append(end)
    return out


def _form_ends(form: str, start: int) -> Iterable[int]:
    for piece in _whole_forms()[form.lower().replace("’", "'")]:
        start += len(piece)
        yield start


def _quantity_ends(form: str, start: int) -> Iterable[int]:
    """Ends of a number with letters glued to it: `7:30pm` is two tokens, `1970s` and `17H` one."""
    digits = max(i for i, c in enumerate(form) if c.isdigit()) + 1
    if digits < len(form) and form[digits:] in _table("units", "unit"):
        return (start + digits, start + len(form))
    return (start + len(form),)


def _word_ends(form: str, start: int) -> Iterable[int]:
    """Ends of a word and its clitics: `they'd've` is three tokens, `d'Alembert` one."""
    ends = [start + len(form)]
    for _ in range(MOST_CLITICS):
        end = ends[-1] - start
        clitic = _CLITIC.search(form, max(1, end - 3), end)
        if clitic is None:
            break
        ends.append(start + clitic.start())
    return reversed(ends)


def _keeps_dot(form: str, before: str, after: str) -> bool:
    """Whether the dot that ends `form` is part of the word; `before` and `after` as `_neighbours` tells them."""
    kind = abbreviation_kind(form)
    if kind == "initial":
        return after in _AFTER_INITIAL or (after == "a" and form[0].isupper())
    if kind == "state":
        return before == ","
    if kind == "final":
        return after not in ("", "A")
    if kind == "month":
        return after not in ("", "a")
    return kind in _DOTTED or after in _DOTTED_BEFORE.get(kind, ())


@lru_cache(maxsize=1 << 12)
def abbreviation_kind(form: str) -> str:
    """Kind of a word with its dot in `abbreviations.tsv`, `initial` for one letter, `acronym` for `U.S.`, else empty."""
    table = abbreviations()
    kind = table.get(form) or (table.get(form.title()) if form.isupper() and len(form) > 2 else None)
    if kind:
        return kind
    if len(form) == 2 and form[0].isalpha():
        return "initial"
    return "acronym" if re.fullmatch(rf"{_LETTER}(?:\.{_LETTER})+\.?", form) else ""


@cache
def abbreviations() -> dict[str, str]:
    """Kind of each abbreviation, by its form with the dot."""
    return {row["form"]: row["kind"] for row in read_table(f"{LANGUAGE}/abbreviations.tsv")}


@cache
def _table(name: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table(f"{LANGUAGE}/{name}.tsv"))


@cache
def _whole_forms() -> dict[str, tuple[str, ...]]:
    return {row["form"]: tuple(row["words"].split()) for row in read_table(f"{LANGUAGE}/contractions.tsv")}


def _either(words: Iterable[str]) -> str:
    """A pattern that matches one of the words, longest first."""
    return "|".join(re.escape(w).replace("'", "['’]") for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _pieces() -> re.Pattern[str]:
    """The pattern of one piece of a run. Its alternatives are tried in order; the name of the first that fits says what to do."""
    rules = _net_rules() + _mark_rules() + _number_rules() + _word_rules()
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rules))


def _net_rules() -> Rules:
    """Addresses, files and names that would fall apart at their dots."""
    endings = _either(_table("endings", "ending"))
    forms = _either(_whole_forms())
    return [
        ("form", rf"(?<!\w)(?i:{forms})(?!\w|/\d)"),
        ("address", rf"(?:(?:https?|ftp|mailto|doi):|www\.){_REST}"),
        ("mail", r"\w[\w.+%-]{0,63}@\w[\w.-]{0,62}\w"),
        ("handle", r"(?<!\w)[@#][^\W\d]\w+"),
        ("file", rf"\w[\w-]{{0,62}}(?:\.[\w-]{{1,62}}){{0,6}}\.(?i:{endings})(?![\w@])(?:/{_REST})?"),
        ("newsgroup", rf"{_LETTER}{{2,30}}(?:\.{_LETTER}{{2,30}}){{2,6}}(?!\w)"),
    ]


def _mark_rules() -> Rules:
    """Marks that stay together: faces, lines drawn with signs, repeated stops, double quotation marks of two signs."""
    faces = _either(_table("emoticons", "form"))
    return [
        ("face", rf"(?:{faces})(?![\w/)])"),
        ("drawing", r"[-=*~_<>|+^{}#]{4,}"),
        ("stops", r"[.!?…]{2,}|-{2,}|,{2,}|\*+|_+|\+{2,}|#{2,}"),
        ("arrow", r"-+>|<-+|=+>?|<<|>>+"),
        ("doubled", r"''|``|’’|‘’|‘‘"),
    ]


def _number_rules() -> Rules:
    """Telephone numbers, dates, years and quantities: `2024-05-02` and `1,250.5` are one token, `10-20` three."""
    return [
        ("phone", r"(?<!\w)(?:(?:\+?\d{1,3}[-.])?\d{3}[-./]\d{3}[-.]\d{4}|\d{3}-\d{4}|\d{5}-\d{4}|\+\d+(?:-\d+)*)(?!\w)"),
        ("date", r"(?<![\w/])\d{1,4}/\d{1,4}(?:/\d{2,4})?(?![\w/])|(?<!\w)(?:\d{1,2}-\d{1,2}-\d{2,4}|\d{4}-\d{2}-\d{2})(?!\w)"),
        ("short_year", r"(?<!\w)['’]\d\d(?:['’]?s)?(?!\w)"),
        ("decimal", r"(?<![\w.])\.\d+(?!\w)"),
        ("decade", r"\d*0['’]?s(?!\w)"),
        ("quantity", r"\d+(?:[.:]\d+|,\d{3}(?!\d)|,\d\d(?=,\d))*(?:[ap]\.m\.?(?!\w)|[^\W\d_]\w*)?"),
    ]


def _word_rules() -> Rules:
    """Words, their abbreviations, and whatever sign is left."""
    dotted = _either(f for f in abbreviations() if "." in f[:-1])
    titles = _either(f for f, kind in abbreviations().items() if kind == "title")
    prefixes = rf"(?i:{_either(_table('prefixes', 'prefix'))})-"
    return [
        ("clitic", r"['’`](?i:s|m|re|ve|ll|d)(?!\w)"),
        ("spelled", rf"(?:{dotted})(?!\w)|{titles}(?=[A-Z])"),
        ("acronym", rf"{_LETTER}(?:\.{_LETTER})+(?!\w)(?:\.(?![.\w]))?|[A-Z]{{1,3}}(?:&[A-Z]{{1,3}})+(?!\w)|[bp]&[bl](?!\w)"),
        ("broken_off", rf"(?<!\w)(?:{prefixes}|(?i:[b-df-hj-np-tv-z]{{1,2}}|[a-z])-)\Z"),
        ("currency", r"[A-Z]{1,3}\$"),
        ("hidden", r"[A-Za-z]+\*+[A-Za-z]+"),
        ("abbreviation", rf"{_LETTER}{{1,7}}\.(?![.\w?!…])"),
        ("word", rf"(?:{prefixes}(?!the-))?{_WORD}(?:['’`]{_WORD})*"),
        ("symbol", r"[^\s][\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*"),
    ]
