"""Slips of spelling in a mention put right, where one letter parts a word from a place or a role that the actor tables know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hearsay.knowledge.actors import ActorTables, Country
from hearsay.knowledge.folding import Words, is_near
from hearsay.resolve.mentions import LEADING, PREPOSITIONS, Parsed

_NEVER_NAMES = LEADING | PREPOSITIONS


def respell(parsed: Parsed, tables: ActorTables, roles: bool = False) -> str | None:
    """The mention with its one unknown word put right, if a letter parts it from a place ("Ethopia") or a role ("peackeepers").

    Args:
        parsed: the mention.
        tables: where words are looked up.
        roles: ask for a role in small letters at the head's end rather than for a place in capitals.
    """
    covered = {k for s in parsed.segments for i in s.items for k in range(i.start, i.end)}
    if roles:
        unknown = [
            w for k, w in enumerate(parsed.words) if k == parsed.head.end - 1 and k not in covered and not w.capital and len(w.lemma) > 7
        ]
    else:
        unknown = [w for k, w in enumerate(parsed.words) if k not in covered and w.capital and w.fold not in _NEVER_NAMES]
    if parsed.person or len(unknown) != 1:
        return None
    word = unknown[0]
    found = find_near(word.lemma if roles else word.stem, _initials(tables, roles))
    return None if found is None else parsed.text[: word.start] + (found if roles else found.title()) + parsed.text[word.end :]


def find_near(word: str, keys: Mapping[str, Sequence[str]]) -> str | None:
    """The first of the keys, listed by first letter, that one slip parts from a word of five letters or more; None if there is none."""
    if len(word) < 5:
        return None
    second, last, size = word[1], word[-1], len(word)
    alike = (k for k in keys.get(word[0], ()) if (k[1] == second or k[-1] == last) and -2 < len(k) - size < 2)  # one slip spares either
    return next((k for k in alike if is_near(k, word)), None)


def _initials(tables: ActorTables, roles: bool) -> Mapping[str, Sequence[str]]:
    """Single words of the tables by first letter, made once for a set of tables."""
    known = tables.spellings.get(roles)
    if known is None:
        known = tables.spellings[roles] = {}
        keys: Iterable[Words] = (
            tables.agents if roles else (k for k, v in tables.names.items() if any(isinstance(n.row, Country) for n in v))
        )
        for key in keys:
            if len(key) == 1 and len(key[0]) > 4:
                known.setdefault(key[0][0], []).append(key[0])
    return known
