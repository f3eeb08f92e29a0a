"""Spans of the sentences of a text, and the rule that decided each place where one might end.

The manner is razdel's: every candidate place is shown to the rules of `RULES` in order, and the first that has an opinion
decides. A candidate is a run of stops with its closing marks, a face made of signs, a bullet, or a newline; a sentence that
ends with none of these inside a line is not found. Words that matter are in the tables under `languages/en`; no rule
parses, counts quotation marks or looks further than a few words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hearsay.core.span import Span
from hearsay.knowledge.files import read_table
from hearsay.text.tokens import LANGUAGE, abbreviation_kind

NEAR = 48
"""Code points of the words before and after a candidate that the rules may see."""
NARROWEST, WIDEST = 40, 130
"""Widths in code points that wrapped text may have."""
SHARE_FULL = 0.6
"""In wrapped text at least this share of the newlines stands where the next word has no room."""

_CLOSERS = r"\"'”’»›)\]}*"
_OPENERS = "\"'“‘„«‹([{*_¿¡-–—•>"
_BULLETS = "•▪●◦‣"
_LIST_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})+)\Z")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a sentence may end.

    `end` is where the sentence would end and `begin` where the next would begin; `word` the last word before the stops,
    `mark` the stops, `closers` the marks that close after them, `space` the white space, `next` the following word without
    the marks that open it (`opener`), `rest` what follows as far as a rule may see. `line` is the length of the line before
    the gap, `first` tells that nothing but `word`
    stands in the sentence so far; `wraps` that the newline only wraps a line.
    """

    end: int
    begin: int
    word: str
    mark: str
    closers: str
    space: str
    opener: str
    next: str
    rest: str
    line: int
    first: bool
    wraps: bool

    @property
    def kind(self) -> str:
        """Kind of the abbreviation that the word and a single dot make, or nothing."""
        return abbreviation_kind(self.word + ".") if self.mark == "." and self.word else ""

    @property
    def is_before_lower(self) -> bool:
        """Whether the next word begins with a small letter."""
        return self.next[:1].islower()

    @property
    def is_before_starter(self) -> bool:
        """Whether the next word opens sentences or a quotation, and is no part of a name."""
        word = self.next.rstrip(".,;:!?\"'”’)").replace("’", "'").partition("'")[0]
        quoted = self.opener[-1:] in ("“", '"', "‘", "'") and self.next[:1].isupper()
        return quoted or (word[:1].isupper() and word.capitalize() in _words("starters", "word"))


Rule = Callable[[Gap], bool | None]


def split_sentences(text: str, span: tuple[int, int]) -> list[Span]:
    """Spans in `text` of the sentences inside `span`, in order, without white space at their ends.

    >>> text = 'He lives in the U.S. He said so.'
    >>> [s.of(text) for s in split_sentences(text, (0, 32))]
    ['He lives in the U.S.', 'He said so.']
    """
    ends = [span[0], *(gap.begin for gap, _, breaks in _decide(text, span) if breaks), span[1]]
    spans = (Span(a, b).trim(text) for a, b in pairwise(ends))
    return [s for s in spans if s.length]


def explain_sentences(text: str, span: tuple[int, int]) -> list[tuple[int, str, bool]]:
    """Each candidate place, the rule that decided and whether a sentence ends there.

    The place is the index in `text` at which the next sentence begins if the candidate breaks.

    >>> explain_sentences("Mr. Orr left. Good!", (0, 19))
    [(4, 'after_title', False), (14, 'after_stop', True)]
    """
    return [(gap.begin, rule, breaks) for gap, rule, breaks in _decide(text, span)]


def _decide(text: str, span: tuple[int, int]) -> Iterator[tuple[Gap, str, bool]]:
    since = span[0]
    wraps = _find_wraps(text, span)
    for found in _candidates().finditer(text, *span):
        if found.end() >= span[1]:
            return
        gap = _look(text, span, since, found, wraps)
        rule, breaks = _judge(gap)
        if breaks:
            since = gap.begin
        yield gap, rule, breaks


def _look(text: str, span: tuple[int, int], since: int, found: re.Match[str], wraps: frozenset[int]) -> Gap:
    mark, closers = found["mark"] or "", found["closers"] or ""
    before = text[max(since, found.start() - NEAR) : found.start()]
    runs = before.split()
    is_joined = bool(runs) and (mark not in ("", ".", "?", "!") or not before[-1].isspace())
    rest = text[found.end() : min(span[1], found.end() + NEAR)]
    following = rest.lstrip(_OPENERS + " ")
    return Gap(
        end=found.start() + len(mark) + len(closers),
        begin=found.end(),
        word=runs[-1].lstrip(_OPENERS) if is_joined else "",
        mark=".." if mark == "." and runs[-1:] == ["."] else mark,
        closers=closers,
        space=found["space"] or found["line"] or "",
        opener=rest[: len(rest) - len(following)],
        next=following.split(None, 1)[0] if following.strip() else "",
        rest=rest,
        line=_line_length(text, since, found.start()),
        first=len(runs) <= 1 and found.start() - since < NEAR,
        wraps=text.find("\n", found.start(), found.end()) in wraps,
    )


def _line_length(text: str, since: int, at: int) -> int:
    """Length of the line before `at`, counted no further than one more than `WIDEST`."""
    since = max(since, at - WIDEST - 1)
    return at - max(since, text.rfind("\n", since, at) + 1)


def _find_wraps(text: str, span: tuple[int, int]) -> frozenset[int]:
    """Places in `text` of the newlines that only wrap a line; none unless the lines share a width.

    Only lengths count: text set to a fixed width breaks a line when the next word has no room, lists and verse do so earlier.
    """
    if text.find("\n", *span) < 0:
        return frozenset()
    lines = text[span[0] : span[1]].split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if not NARROWEST <= width <= WIDEST:
        return frozenset()
    full = _full_lines(lines, width, span[0])
    parted = sum(1 for a, b in pairwise(lines) if a.strip() and b.strip())
    return frozenset(full) if parted > 1 and len(full) >= SHARE_FULL * parted else frozenset()


def _full_lines(lines: list[str], width: int, at: int) -> list[int]:
    """Places of the newlines after lines that had no room for the first word of the next."""
    out = []
    for line, following in pairwise(lines):
        at += len(line)
        word = following.split(None, 1)[:1]
        if line.strip() and word and len(line.rstrip()) + 1 + len(word[0]) > width:
            out.append(at)
        at += 1
    return out


def _judge(gap: Gap) -> tuple[str, bool]:
    for rule in RULES:
        breaks = rule(gap)
        if breaks is not None:
            return rule.__name__, breaks
    return "after_stop", True


def blank_line(gap: Gap) -> bool | None:
    """Two newlines part paragraphs, whatever stands around them."""
    return True if gap.space.count("\n") > 1 else None


def line_runs_on(gap: Gap) -> bool | None:
    """A line with a small word at its end, or a long one with a comma, goes on in the next if that begins with a small letter."""
    if "\n" not in gap.space or gap.mark or not gap.is_before_lower or gap.opener:
        return None
    is_open = gap.word in _words("openers", "word") or (gap.word[-1:] in (",", "-") and NARROWEST <= gap.line <= WIDEST)
    return False if is_open else None


def wrapped_line(gap: Gap) -> bool | None:
    """A newline that only wraps a full line counts as a space."""
    return False if gap.wraps and not gap.mark else None


def line_end(gap: Gap) -> bool | None:
    """Any other newline ends a sentence, as in lists, headings and verse."""
    return True if "\n" in gap.space and not gap.wraps else None


def bullet(gap: Gap) -> bool | None:
    """A bullet opens an item."""
    return True if gap.rest[:1] in tuple(_BULLETS) else None


def glued(gap: Gap) -> bool | None:
    """Stops without a space: 'he left.They stayed' breaks; 'U.S.Army', 'Node.JS' and 'Yahoo.Com' do not."""
    if gap.space:
        return None
    ending = re.match(r"\w+", gap.next)
    is_net = ending is not None and ending.group().lower() in _words("endings", "ending")
    is_net = is_net or "@" in gap.rest.split(None, 1)[0]
    is_word = gap.word[-2:].islower() and gap.word[-2:].isalpha() and "/" not in gap.word and "@" not in gap.word
    return is_word and not is_net and bool(re.match(r"[A-Z](?:[a-z]|\s)", gap.next)) and ".." not in gap.mark


def list_number(gap: Gap) -> bool | None:
    """A number or letter that opens an item stays with it: '1. The council met.'"""
    return False if gap.first and gap.mark == "." and not gap.closers and _LIST_NUMBER.match(gap.word) else None


def speech_follows(gap: Gap) -> bool | None:
    """'"Why?" Mr. Orr asked.' is one sentence, though a capital follows."""
    if gap.mark == "." or not re.search(r"[\"'”’]", gap.closers) or gap.opener:
        return None
    return False if _speech().match(gap.rest) else None


def inside_brackets(gap: Gap) -> bool | None:
    """Closing marks before a small letter do not end a sentence: '"Go!" he said', '(Texas, etc.) were hit'."""
    return False if gap.closers and gap.is_before_lower and not _is_address(gap.next) else None


def before_mark(gap: Gap) -> bool | None:
    """A mark that ends or closes something, right after the space, belongs to the same sentence: '. . .'."""
    return False if gap.rest[:1] in tuple(",;:)]}”’.?!") and not gap.rest.startswith("..") else None


def before_dash(gap: Gap) -> bool | None:
    """A dash before a small letter goes on with the sentence: 'A friend? - well, an ally.'"""
    return False if gap.opener[:1] in ("-", "–", "—") and gap.is_before_lower and gap.space != "\n" else None


def ellipsis(gap: Gap) -> bool | None:
    """Dots of omission end a sentence before a capital or a digit, and break it off before a small letter."""
    if gap.mark not in ("…", "...", "..") and not re.fullmatch(r"[.…]{2,}", gap.mark):
        return None
    return not gap.is_before_lower and (gap.word != "" or gap.mark == "..")


def question(gap: Gap) -> bool | None:
    """Question and exclamation marks end sentences."""
    return True if "?" in gap.mark or "!" in gap.mark else None


def face(gap: Gap) -> bool | None:
    """A face made of signs ends a sentence, unless a small letter follows."""
    return not gap.is_before_lower if gap.mark[-1:] not in (".", "…") else None


def after_title(gap: Gap) -> bool | None:
    """'Gen. Orr', 'e.g. tanks' and 'Team vs. Team' go on."""
    return False if gap.kind in ("title", "versus") or (gap.kind == "word" and not gap.is_before_starter) else None


def after_number_word(gap: Gap) -> bool | None:
    """'No. 5' and 'p. 12' go on; 'No. He left.' does not."""
    return not (gap.next[:1].isdigit() or gap.is_before_lower) if gap.kind == "number" else None


def after_month(gap: Gap) -> bool | None:
    """'Dec. 9' and 'Sat. night' go on, 'on Sat. Nobody came' does not; 'Mon. Jan. 5' goes on."""
    if gap.kind != "month":
        return None
    return gap.next[:1].isupper() and abbreviation_kind(gap.next) != "month"


def after_initial(gap: Gap) -> bool | None:
    """'J. K. Orr' goes on; 'Plan B. He left.' and 'and I. Then' do not."""
    if gap.kind != "initial":
        return None
    return gap.is_before_starter or (gap.word == "I" and not gap.is_before_lower and len(gap.next) > 2)


def after_acronym(gap: Gap) -> bool | None:
    """'U.S. troops', 'U.S. Army', 'St. Ives' and '10 a.m. Monday' go on; 'in the U.S. He' does not."""
    if gap.kind in ("acronym", "street") or (gap.kind == "end" and "." in gap.word):
        return gap.is_before_starter
    return None


def after_abbreviation(gap: Gap) -> bool | None:
    """'Orr Inc. is' goes on, 'Orr Inc. Shares' does not: the dot does two tasks at once."""
    if gap.kind not in ("end", "state", "final"):
        return None
    return not gap.is_before_lower and not gap.next[:1].isdigit() and gap.opener[:1] not in ("-", "–", "—")


def before_lower(gap: Gap) -> bool | None:
    """Before a small letter a dot ends a sentence, but after a short word without vowels: an abbreviation not listed."""
    if not gap.is_before_lower or gap.mark != ".":
        return None
    return len(gap.word) > 3 or not gap.word.isalpha() or re.search("[aeiouy]", gap.word, re.IGNORECASE) is not None


RULES: tuple[Rule, ...] = (
    blank_line, line_runs_on, wrapped_line, line_end, bullet, glued, list_number, speech_follows, inside_brackets, before_mark,
    before_dash, ellipsis, question, face, after_title, after_number_word, after_month, after_initial, after_acronym, after_abbreviation,
    before_lower,
)  # fmt: skip


def _is_address(word: str) -> bool:
    return word.startswith(("http", "www."))


@cache
def _words(table: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table(f"{LANGUAGE}/{table}.tsv"))


@cache
def _speech() -> re.Pattern[str]:
    verbs = "|".join(sorted(_words("speech_verbs", "form")))
    who = r"(?:I|He|She|They|We|One|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}|The \w+)"
    return re.compile(rf"{who} (?:\w+ly )?(?:{verbs})\b")


@cache
def _candidates() -> re.Pattern[str]:
    faces = "|".join(re.escape(f) for f in sorted(_words("emoticons", "form"), key=lambda f: (-len(f), f)))
    mark = rf"(?P<mark>(?<![.!?…])[.!?…]++(?: ?(?:{faces})(?=\s))?|(?<!\w)(?:{faces})(?=\s))"
    note = r"(?: ?\[(?:\d+|citation needed)\])*"
    closers = rf"(?P<closers>[{_CLOSERS}]*{note}(?: [\"”](?=\s*(?:\n|\Z)))?)"
    after = r"(?:(?P<space>\s+|\Z)|(?=[\"“‘(]?[A-Z]))"
    line = rf"(?P<line>(?<!\s)(?:\s*\n\s*|\s+(?=[{_BULLETS}])))"
    return re.compile(f"{mark}{closers}{after}|{line}")
