"""A mention cut into words, and the names and roles that the actor tables know in it.

Nothing is decided here: `find_items` gives the longest entries from left to right, `resolve/actors.py` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from hearsay.knowledge.actors import ActorTables, Agent, Country, Name
from hearsay.knowledge.folding import Words, fold_words, singular, word_set

_PIECE = re.compile(r"[^\s,;:()\[\]/\"“”«»–—-]+|[,;:()\[\]/–—-]")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_STOPS = frozenset(",;:()[]/–—")
REMEMBERED_WORDS = 20_000
"""How many words' folded forms are kept."""

LEADING = word_set(
    "a an the this that these those some any many several few other another both all each every certain various numerous "
    "about around over nearly almost roughly approximately hundreds thousands millions dozens scores tens dozen hundred "
    "thousand million of more less than up least most to two three four five six seven eight nine ten eleven twelve fifteen "
    "twenty thirty forty fifty one half his her its their our my your new alleged suspected unidentified unnamed so called "
    "first second largest biggest leading"
)
PREPOSITIONS = word_set(
    "of in at from to for by on with against near across inside outside toward towards into under between among amid during "
    "throughout around within via over about after before off through along behind beyond who whom whose that which where "
    "loyal living fleeing operating fighting working allied opposed linked based belonging known accused including called "
    "representing aboard seeking close led backed and/or is are was were has had have like"
)
PLACING = word_set("in at near from inside outside across around on into throughout within")
NOT_HOME = word_set("to with against on about toward towards over opposed than after before known like fleeing seeking behind")
"""Words after which no home country follows ("ambassador to Poland")."""
DIRECTIONS = word_set(
    "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern downtown greater upper lower inner outer mainland rural coastal"
)
SURNAMES = word_set(
    "king major bishop judge pope prince cook marshal priest dean abbot deacon cardinal page baker farmer fisher shepherd "
    "miner driver guest black white christian mayor sheriff singer poet champion noble star porter lama guy bond church "
    "temple house park lake river banks forest hill street bridge young hunter mason cooper general justice chase price "
    "hope school speaker child boy jew"
)
_FORMS_OF_ADDRESS = word_set("mr mrs ms miss dr sir dame lord lady senor senora herr frau monsieur madame maulana mullah haji jr sr")
KNOWN_BEFORE = word_set("vice deputy prime chief senior former high supreme chinese new grand crown local") | DIRECTIONS
_LOWER_TRAPS = word_set("turkey chad mali bam van bo bor wau beni tyre acre fez natal limon mocha orange oran sale gore labe nis")
_SURNAMES_TOO = word_set("jordan israel chad georgia ireland france holland england cuba kenya india")
_NO_STRANGERS = LEADING | PREPOSITIONS | _FORMS_OF_ADDRESS
_NO_GIVEN_NAMES = DIRECTIONS | LEADING | PREPOSITIONS
_SKIPPED = LEADING | PLACING


class Word(NamedTuple):
    """A word: `fold` as it stands, `stem` without its possessive, `lemma` without plural; `stop` when punctuation stands before it."""

    text: str
    fold: str
    stem: str
    lemma: str
    start: int
    end: int
    possessive: bool
    stop: bool
    joined: bool

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Item:
    """Words [start, end) that the tables know: an agent, or one name with all that it may stand for."""

    start: int
    end: int
    agent: Agent | None
    names: tuple[Name, ...] = ()
    possessive: bool = False
    capital: bool = False


def split_words(text: str) -> tuple[Word, ...]:
    """Words of a mention in order, with offsets into it."""
    out: list[Word] = []
    stop, joined = False, False
    for piece in _PIECE.finditer(text):
        raw = piece.group()
        if raw == "-":
            joined = bool(out) and out[-1].end == piece.start()
        elif raw in _STOPS:
            stop = True
        elif raw.lower() in {"'s", "’s", "'"}:
            _own_last(out)
        else:
            word = _word(raw, piece.start(), stop, joined)
            if word is not None:
                out.append(word)
                stop, joined = False, False
    return tuple(out)


def _word(raw: str, start: int, stop: bool, joined: bool) -> Word | None:
    text, whole, bare, lemma = _forms(raw)
    return Word(text, whole, bare, lemma, start, start + len(text), text != raw, stop, joined) if bare else None


@lru_cache(maxsize=REMEMBERED_WORDS)
def _forms(raw: str) -> tuple[str, str, str, str]:
    """A word without its possessive, folded as it stands, folded without the possessive, and the latter's singular."""
    text = _POSSESSIVE.sub("", raw)
    whole, bare = "".join(fold_words(raw)), "".join(fold_words(text))
    return text, whole, bare, singular(bare)


def _own_last(words: list[Word]) -> None:
    if words:
        w = words[-1]
        words[-1] = w._replace(fold=w.fold + "s", possessive=True)


def skip_leading(words: Sequence[Word], tables: ActorTables) -> tuple[int, bool]:
    """Index of the first word that matters, and whether a preposition of place opened the mention ("in central Baghdad")."""
    placed = False
    for i, word in enumerate(words):
        if not _skipped(word) or i + 1 == len(words) or words[i + 1].joined or _longest_name(words, i, tables):
            return i, placed
        placed = placed or word.fold in PLACING
    return 0, placed


def _skipped(word: Word) -> bool:
    return word.fold in _SKIPPED or word.fold.isdigit()


def find_items(words: Sequence[Word], tables: ActorTables) -> tuple[Item, ...]:
    """The longest entries from left to right; between a name and a role of one length the name wins."""
    out: list[Item] = []
    at = 0
    while at < len(words):
        name, agent = _longest_name(words, at, tables), _longest_agent(words, at, tables)
        item = _better(name, agent, out)
        if item is None:
            at += 1
            continue
        out.append(item)
        at = item.end
    return tuple(out)


def _better(name: Item | None, agent: Item | None, before: Sequence[Item]) -> Item | None:
    """The longer one; of one length the name, unless another country stands before it ("Ivory Coast's Supreme Court")."""
    if name is None or agent is None or name.end != agent.end:
        return agent if agent and (name is None or agent.end > name.end) else name
    own = {n.row.code for n in name.names}
    stated = {n.row.code for i in before for n in i.names if isinstance(n.row, Country)}
    return agent if stated and not stated & own else name


def _span_words(words: Sequence[Word], at: int, reach: int, tables: ActorTables) -> int:
    """How many words from `at` on may form one entry: punctuation ends it, and so does a second word that no entry goes on with."""
    n = 1
    if reach > 1 and at + 1 < len(words) and not _goes_on(words[at], words[at + 1], tables.beginnings):
        return n
    while n < reach and at + n < len(words) and not words[at + n].stop:
        n += 1
    return n


def _goes_on(first: Word, second: Word, beginnings: AbstractSet[Words]) -> bool:
    """Whether some name or role begins with these two words."""
    if (first.fold, second.fold) in beginnings or (first.lemma, second.lemma) in beginnings:
        return True
    return second.stem != second.fold and (first.fold, second.stem) in beginnings


def _longest_name(words: Sequence[Word], at: int, tables: ActorTables) -> Item | None:
    first = words[at]
    reach = max(tables.reach.get(first.fold, 0), tables.reach.get(first.stem, 0))
    for n in range(_span_words(words, at, reach, tables) if reach else 0, 0, -1):
        last = words[at + n - 1]
        inner = tuple(w.fold for w in words[at : at + n - 1])
        for key in ((*inner, last.fold), (*inner, last.stem))[: 1 if last.fold == last.stem else 2]:
            known = tables.names.get(key)
            names = tuple(m for m in known if _fits(m, words, at, n)) if known else ()
            if names and not (names[0].how == "person" and _is_another(names[0], words, at, at + n, tables)):
                return Item(at, at + n, None, names, last.possessive and key[-1] == last.stem, words[at].capital)
    return None


def _is_another(name: Name, words: Sequence[Word], start: int, end: int, tables: ActorTables) -> bool:
    """ "Juan Carlos Jobet", "Michelle Obama": capitalised words that no table knows beside a known name make another person's name."""

    def is_strange(word: Word) -> bool:
        known = (word.lemma,) in tables.agents or (word.stem,) in tables.names or word.fold in _NO_STRANGERS
        return word.capital and not known and word.stem not in fold_words(name.row.name)

    after, before = words[end : end + 1], words[start - 1 : start]
    if after and not after[0].stop and not words[end - 1].possessive and not after[0].text.isupper() and is_strange(after[0]):
        return True
    return end - start == 1 and bool(before) and not words[start].stop and not before[0].possessive and is_strange(before[0])


def _longest_agent(words: Sequence[Word], at: int, tables: ActorTables) -> Item | None:
    first = words[at]
    reach = max(tables.reach.get(first.lemma, 0), 1)
    for n in range(_span_words(words, at, reach, tables), 0, -1):
        agent = tables.agents.get(tuple(w.lemma for w in words[at : at + n]))
        if agent is not None:
            return Item(at, at + n, agent, (), words[at + n - 1].possessive, first.capital)
    return None


def _fits(name: Name, words: Sequence[Word], at: int, n: int) -> bool:
    """Whether the spelling allows this name: capitals, and no family name that only looks like a place."""
    first = words[at]
    if name.how == "organization" and n > 1 and first.fold == "the" and not all(w.capital for w in words[at + 1 : at + n]):
        return False  # "the economist" is not The Economist
    if name.acronym:
        return all(_is_shouted(w.text) or "." in w.text for w in words[at : at + n])
    if not any(w.capital for w in words):
        return n > 1 if name.how in {"person", "organization"} else first.fold not in _LOWER_TRAPS
    if not any(w.capital for w in words[at : at + n]):
        return n > 1 and name.how == "organization" and first.joined
    if n > 1 and first.fold in DIRECTIONS and not first.capital and name.how in {"city", "capital"}:
        return False  # "east London" lies in London
    return not _in_a_persons_name(name, words, at)


def _is_shouted(text: str) -> bool:
    """In capitals, but for one letter of a longer acronym ("DfID")."""
    small = sum(c.islower() for c in text)
    return small == 0 or (small == 1 and len(text) > 3 and not text[1:].islower())


def _in_a_persons_name(name: Name, words: Sequence[Word], at: int) -> bool:
    """ "Lloyd Austin", "Michael Jordan": a place right after a capitalised word that no table knows."""
    if at == 0 or words[at].stop or name.how not in {"name", "city", "capital", "region"}:
        return False
    if name.how == "name" and words[at].stem not in _SURNAMES_TOO:
        return False
    before = words[at - 1]
    return before.capital and not before.possessive and before.fold not in _NO_GIVEN_NAMES


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a mention, the word or comma that opens it ("" for the first), and the entries in it."""

    opener: str
    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A mention taken apart: the head segment first. `person`: the caller knows that it names a person."""

    text: str
    words: tuple[Word, ...]
    segments: tuple[Segment, ...]
    placed: bool
    person: bool

    @property
    def head(self) -> Segment:
        """The segment before the first preposition or comma."""
        return self.segments[0]

    def between(self, start: int, end: int) -> str:
        """The report's own words [start, end)."""
        return " ".join(self.text[self.words[start].start : self.words[end - 1].end].split()) if start < end else ""


def parse_mention(text: str, tables: ActorTables, person: bool = False) -> Parsed | None:
    """The mention in segments; None when it has no word."""
    words = split_words(text)
    if not words:
        return None
    start, placed = skip_leading(words, tables)
    items = tuple(i for i in find_items(words, tables) if i.end > start and not _is_surname(i, words, start, tables))
    start = min([start, *(i.start for i in items)])  # "unidentified gunmen": the entry begins with a word that is skipped elsewhere
    if person:
        items = tuple(i for i in items if not _in_persons_name_end(i, words))
    inner = {k for i in items for k in range(i.start + 1, i.end)}
    covered = inner | {i.start for i in items}
    segments, opener, begin = [], "", start
    for k in range(start + 1, len(words) + 1):
        found = _opener(words[k], k, inner, covered) if k < len(words) else "end"
        if found and k - begin == 1 and opener not in {"", ","} and k not in covered and k < len(words):
            continue
        if found:
            segments.append(Segment(opener, begin, k, tuple(i for i in items if begin <= i.start < k)))
            opener, begin = found, k
    return Parsed(text, words, tuple(segments), placed, person)


def _opener(word: Word, k: int, inner: set[int], covered: set[int]) -> str:
    if k not in covered and word.fold in PREPOSITIONS and not word.joined:
        return word.fold
    return "," if word.stop and k not in inner else ""


def _is_surname(item: Item, words: Sequence[Word], start: int, tables: ActorTables) -> bool:
    """ "Tom King", "Foreign Minister Park Jin": a role of one capitalised word inside a name."""
    word = words[item.start]
    if item.agent is None or item.end - item.start > 1 or item.start <= start or word.fold not in SURNAMES or not word.capital:
        return False
    before = words[item.start - 1]
    if word.stop or not before.capital or before.possessive or before.fold in KNOWN_BEFORE:
        return False
    if item.end == len(words) or words[item.end].stop:
        return (before.lemma,) not in tables.agents or item.agent.kind != "person"
    after = words[item.end]
    return after.capital and (before.lemma,) in tables.agents and (after.lemma,) not in tables.agents


def _in_persons_name_end(item: Item, words: Sequence[Word]) -> bool:
    """ "Israel Katz" when the caller knows that it is a person: a place that begins the name or stands alone in it."""
    if item.agent is not None or any(n.how in {"person", "organization", "demonym"} for n in item.names) or item.possessive:
        return False
    if item.start and words[item.start - 1].fold in PREPOSITIONS:
        return False  # "a judge from Mosul"
    after = words[item.end : item.end + 1]
    return not after or (after[0].capital and not after[0].stop and item.end == len(words) - 1)
