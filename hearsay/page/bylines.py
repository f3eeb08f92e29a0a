"""Bylines and date lines: who wrote the report, and the line that says when it came out (found here, not resolved)."""

from __future__ import annotations

import re

from hearsay.page.words import agency_names, find_agencies

_PREFIX = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|compiled|story|words|text|report|analysis|opinion|interview|exclusive)\s+)?"
    r"by\b[:\s]+|"
    r"^\W*(?:authors?|reporters?|von|por|di|par|van|oleh)\s*[:]?\s+",
    re.I,
)
_LATER = re.compile(r"\sby\s+(?=[A-Z])")
_CUT = re.compile(
    r"\s*(?:\||•|·|—|–|\s-\s|\t|\(|/|@|\b(?:on|at|for|in|published|updated|posted|last|first|special to|is a|contributor|follow)"
    r"\b\s|\d).*$|"
    r",?\s*(?:staff|senior|chief|political|diplomatic|foreign|special|national|our|associated press|usa today|bbc|cnn|the)\b.*$",
    re.I,
)
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Rev|Sir|Lord|Mr|Ms|Mrs)\.?\s+)?[^\W\d_][\w’'.-]*"
    r"(?:\s+(?:(?:de|da|di|dos|van|von|der|den|el|al|bin|ibn|la|le|du|ten|ter|y|e)\s+)*[^\W\d_][\w’'.-]*){1,3}"
)
_SPLIT = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\by\b|\bet\b|\bwith\b)\s*")
_SMALL = frozenset("de da di dos van von der den el al bin ibn la le du ten ter y e".split())  # noqa: SIM905
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]*\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?{_MONTH},?(?:\s+(?:de\s+)?\d{{4}})?|"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})|\b\d+\s+(?:minutes?|hours?|days?|weeks?|months?|years?)\s+ago\b",
    re.I,
)
_TIMED = re.compile(r"(?:updated|published|posted|last updated)\b.{0,12}\d{1,2}[:.]\d\d", re.I)
_REST_MOST = 8
_DATED_MOST = 20
"""Words of a byline that names a desk and a date: "By News Staff | November 18, 2019 at 2:26 PM"."""
_AROUND_DATE = re.compile(
    r"\b(?:published|updated|posted|last|modified|first|on|at|date|time|am|pm|a\.m|p\.m|[ecmp][sd]?t|ce?st|cet|eest|eet|[aijn][eks]?st|aedt|sgt|hkt|pkt|msk|wib|utc|gmt|mon|tue|tues|wed|thu|thur|thurs|fri|sat|"
    r"sun|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|min(?:ute)?s? read|read|hrs?|ist|ago|edited|created|erstellt|veröffentlicht|aktualisiert|"
    r"am|um|uhr|stand|publié|le|mis|à|jour|publicado|actualizado|el|em|às|atualizado|pubblicato|il|aggiornato|gepubliceerd|op|опубликовано|"
    r"обновлено|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|[\W\d_]+",
    re.I,
)


def is_date_line(text: str) -> bool:
    """Whether a line says when the report came out and nothing else of weight.

    >>> is_date_line("Updated Nov. 20, 2019, 9:28 AM UTC"), is_date_line("On Nov. 20 the army said it had left.")
    (True, False)
    """
    if len(text) > 120 or not (_DATE.search(text) or _TIMED.match(text)):
        return False
    rest = _AROUND_DATE.sub("", _DATE.sub("", text))
    return len(rest) <= _REST_MOST


def find_byline(text: str) -> tuple[str, ...] | None:
    """Authors that a line names after "By"; an empty tuple for a byline without a person; None if it is no byline.

    >>> find_byline("By Ana Ruiz and Jo Lee, Staff Writers")
    ('Ana Ruiz', 'Jo Lee')
    """
    found = _PREFIX.match(text) or (_LATER.search(text) if is_date_line(text[: text.rfind(" by ")]) else None)
    is_prose = text.endswith(".") and not text.endswith(".m.") and len(text.split()) > 9
    if not found or len(text) > 160 or is_prose or text.rstrip().endswith((":", "?", "!")):
        return None
    names = split_names(text[found.end() :])
    if names:
        return names
    rest = text[found.end() :].strip()
    is_dated = bool(_DATE.search(rest)) and len(rest.split()) <= _DATED_MOST and not text.endswith(".")
    return () if is_dated or (find_agencies(rest) and len(rest.split()) <= 5) else None


def split_names(text: str) -> tuple[str, ...]:
    """Names of persons in a list such as "Ana Ruiz and Jo Lee, Reuters"; all other pieces are left out."""
    pieces = _SPLIT.split(_DATE.sub("|", text))
    cut = (_CUT.sub("", p).strip(" .,:;-–—") for p in pieces)
    return tuple(dict.fromkeys(tidy_name(p) for p in cut if is_person(p)))


def is_person(text: str) -> bool:
    """Whether words look like the name of a person: two to five capitalised words, no agency."""
    if not _PERSON.fullmatch(text) or len(text) > 50 or text in agency_names():
        return False
    words = [w for w in text.split() if w not in _SMALL]
    return len(words) >= 2 and all(not w[0].islower() for w in words) and not find_agencies(text)


def tidy_name(text: str) -> str:
    """A name in capitals as it is usually written: "ANA RUIZ" → "Ana Ruiz"."""
    return text.title() if text.isupper() and len(text) > 4 else text
