"""The country a report is told from: whose police "police" are when nobody says whose.

It is that of the dateline, and only lent to officials, forces, courts and parties told without any country in a sentence that speaks of
no other state. What is so lent carries a lower score and "home" in its rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hearsay.core.document import Document
from hearsay.resolve.actors import ORGANS, ActorCode, resolve_actor
from hearsay.resolve.groups import Group
from hearsay.resolve.places import resolve_place

SCORE = 0.6


def find_home(document: Document) -> str:
    """Country of the place in the report's dateline, "" when there is none or it is not known."""
    for part in document.article.parts:
        if part.kind == "dateline" and part.story == 0:
            words = part.span.of(document.text).strip(" -–—:")
            place = words.partition("(")[0].partition(",")[0].strip()
            code = resolve_actor(place.title() if place.isupper() else place)
            if code.country:
                return code.country
            found = resolve_place(place)
            return found.country if found else ""
    return ""


def lend_home(code: ActorCode, group: Group, home: str, groups: Sequence[Group]) -> ActorCode:
    """The code with the home country where it may be lent, else as it is."""
    if not home or code.country or code.sector not in ORGANS or group.kind not in {"PER", "ORG", ""}:
        return code
    sentence = group.mentions[0].sentence
    abroad = (g for g in groups if g.country and g.country != home and g.kind != "PER")
    if any(m.sentence is sentence for g in abroad for m in g.mentions):
        return code
    return replace(code, country=home, rule=f"{code.rule}+home")
