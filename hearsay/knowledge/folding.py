"""Words of names and roles, folded so that tables and mentions meet: case, accents, punctuation, plurals and spellings."""

from __future__ import annotations

import unicodedata
from functools import cache

from hearsay.knowledge.files import read_table

SPELLINGS = "languages/en/spellings.tsv"
Words = tuple[str, ...]
"""Folded words: the key of an index."""

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_PARTED = str.maketrans({"-": " ", ",": " ", "/": " ", ".": None, "'": None, "(": " ", ")": " ", '"': " ", "“": " ", "”": " "})
_OTHER = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th", "ə": "e"}
)


def word_set(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


def fold_words(text: str) -> Words:
    """Words in lower case, without accents, dots, apostrophes and hyphens: "Côte d'Ivoire" gives ("cote", "divoire").

    Words of several spellings come in one of them, that of spellings.tsv: "Defence Minister Mohammed" is "Defense Minister Muhammad".

    >>> fold_words("Guinea-Bissau’s U.N.")
    ('guinea', 'bissaus', 'un')
    """
    keys = _keys()
    if text.isascii() and text.replace(" ", "").isalpha():  # the usual case, and tables have thousands
        return tuple([keys.get(w, w) for w in text.lower().split()])
    return tuple([keys.get(w, w) for w in strip_accents(text).lower().translate(_PARTED).split()])


@cache
def _keys() -> dict[str, str]:
    """One spelling for each word that is spelt in several ways."""
    return {spelling: row["key"] for row in read_table(SPELLINGS) for spelling in row["spellings"].split()}


def strip_accents(text: str) -> str:
    """The same text in plain letters, with straight quotation marks and hyphens."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_STRAIGHT).translate(_OTHER))
    return "".join(c for c in parts if not unicodedata.combining(c))


def is_acronym(text: str) -> bool:
    """Whether a name is matched only in capitals: "WHO", "U.S.", "IS"."""
    if len(text) > 12:
        return False
    bare = text.replace(".", "").replace("-", "").replace("/", "")
    return bare.isupper() and bare.isalnum() and len(bare) <= 6


_IRREGULAR = {
    "men": "man", "women": "woman", "people": "people", "peoples": "people", "children": "child", "thieves": "thief", "wives": "wife",
    "policemen": "policeman", "persons": "person", "news": "news", "corps": "corps", "forces": "force", "police": "police",
    "customs": "customs", "headquarters": "headquarters", "barracks": "barracks", "armies": "army", "mafiosi": "mafioso",
    "jihadis": "jihadi", "taxis": "taxi", "mujahideen": "mujahideen", "media": "media", "lives": "life", "buses": "bus", "cortes": "cortes",
    "mps": "mp", "gis": "gi", "pms": "pm",
    "authorities": "authorities", "services": "service", "series": "series", "troops": "troop", "majlis": "majlis", "chaos": "chaos",
}  # fmt: skip


def singular(word: str) -> str:
    """A folded word without its plural ending, the same for every word of tables and mentions.

    >>> [singular(w) for w in ("lawmakers", "parties", "churches", "congress", "gunmen")]
    ['lawmaker', 'party', 'church', 'congress', 'gunman']
    """
    found = _IRREGULAR.get(word)
    if found is not None:
        return found
    if len(word) < 4:
        return word
    if word.endswith("men") and len(word) > 5:
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def is_near(left: str, right: str) -> bool:
    """Whether a letter more or less, two letters swapped or, in words of seven letters on, another letter parts two words.

    >>> is_near("delhi", "dehli"), is_near("ethiopia", "ethopia"), is_near("france", "franco")
    (True, True, False)
    """
    short, long = sorted((left, right), key=len)
    k = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return short[k:] == long[k + 1 :]
    swapped = short[k : k + 2] == long[k : k + 2][::-1] and short[k + 2 :] == long[k + 2 :]
    return left == right or swapped or (len(short) > 6 and short[k + 1 :] == long[k + 1 :])
