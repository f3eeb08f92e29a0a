"""Groups of mentions that stand for one thing, and how names are compared. Which group a mention joins is said in coreference.py."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hearsay.knowledge.gazetteer import fold
from hearsay.resolve.candidates import Candidate, load_words


@dataclass(slots=True, eq=False)
class Group:
    """Mentions of one thing.

    `kind` is PER, ORG, LOC or "" (a phrase without a name); `code` a country's code where the name is one; `row` the row of
    organizations.tsv that one of its mentions is; `country` and `sector` what its descriptions tell, "" where nothing.
    """

    kind: str
    key: str
    mentions: list[Candidate] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    code: str = ""
    row: str = ""
    country: str = ""
    sector: str = ""
    rule: str = "new"
    name: str = ""
    """What it is called where no mention tells: a byline's author, who says "I"."""

    @property
    def last(self) -> Candidate:
        """Its latest mention."""
        return self.mentions[-1]

    @property
    def is_body(self) -> bool:
        """Whether it may be an organisation: named as one, or a phrase in the singular that is no person."""
        return self.kind == "ORG" or (self.kind == "" and not self.plural and not self.words & load_words()["person"])


def name_key(name: str) -> str:
    """A name without article, possessive, accents and capitals.

    >>> name_key("the Élysée's")
    'elysee'
    """
    return re.sub(r"^the |'s$", "", fold(name).replace(" 's", "")).strip()


def phrase_key(c: Candidate) -> str:
    """Lemmas of a phrase without articles."""
    inside = (c.sentence.tokens[i] for i in c.sentence.within(c.span))
    return " ".join(t.lemma.lower() for t in inside if t.xpos not in {"DT", "POS", ","})


def is_short_of(short: str, full: str) -> bool:
    """Whether one name is the other's surname, or its first and last part.

    >>> is_short_of("vershinin", "sergei vershinin"), is_short_of("sergei lavrov", "sergei vershinin")
    (True, False)
    """
    a, b = short.split(), full.split()
    if len(a) > len(b):
        a, b = b, a
    return (bool(a) and a[-1] == b[-1] and set(a) <= set(b)) or (len(a) == 1 and len(b) > 1 and a[0] == b[0] and len(a[0]) > 3)


def is_surname_of(short: str, full: str) -> bool:
    """Whether a name is the last part of a longer one: "del ponte" of "carla del ponte".

    >>> is_surname_of("noboa", "daniel noboa"), is_surname_of("daniel", "daniel noboa")
    (True, False)
    """
    return short != full and full.endswith(f" {short}")


def sound_of(key: str) -> str:
    """ "f" or "m" as the given name of a full name sounds, "" where that tells little. Evidence only: there is a Luca and a Carmen.

    >>> sound_of("marta kovacs"), sound_of("tomas varela"), sound_of("varela"), sound_of("adaeze nwosu")
    ('f', 'm', '', '')
    """
    given, _, rest = key.partition(" ")
    if not rest or len(given) < 3:
        return ""
    return "f" if given[-1] == "a" or given.endswith(("ah", "ine", "elle")) else "" if given[-1] in "eiy" else "m"


def is_acronym(short: str, full: str) -> bool:
    """ "fmln" of "farabundo marti national liberation front"; small words may be left out."""
    words = re.split(r"[ -]", full)
    if len(words) < 2 or " " in short:
        return False
    weighty = [w for w in words if w not in {"of", "the", "for", "and", "de", "del", "la"}]
    return short in {"".join(w[:1] for w in words), "".join(w[:1] for w in weighty)}


def gender_of(title: str, key: str) -> str:
    """ "m" or "f" by the form of address or title before a name, else by its given name; "" where they tell nothing.

    >>> gender_of("Kristin Wilkins, curator of Andy Warhol's photographs", "kristin wilkins"), gender_of("Mr Okoro", "okoro")
    ('f', 'm')
    """
    words, known = fold(title).replace(",", " ").split(), load_words()
    first = key.split()[0] if key else ""
    before = set(words[: words.index(first)] if first in words else words)
    if before & known["male"]:
        return "m"
    if before & known["female"]:
        return "f"
    return "m" if first in known["men_named"] else "f" if first in known["women_named"] else ""
