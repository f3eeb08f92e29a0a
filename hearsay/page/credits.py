"""Credits: whose picture it is, and which agency helped with the report."""

from __future__ import annotations

import re

from hearsay.core.span import Span
from hearsay.page.lines import Line
from hearsay.page.words import agency_pattern, demonyms, line_words, may_name_agency

_NAME = r"[A-ZÀ-ÞА-Я][\w'’-]+(?:\s+[A-Z]\.)?\s+[A-ZÀ-ÞА-Я][\w'’-]+"
_SLASHED = re.compile(rf"(?<!\w)(?:{_NAME}|[A-Z][\w.]+)\s*/\s*[A-Za-z][\w.’' /-]{{1,50}}$")
_OFFICE_OF = re.compile(
    r"(?<!\w)(?:Ministry|Office|Embassy|Government|Department|Parliament|Service|Bank|Commission|Council) (?:of|for) "
    r"(?:the )?[A-Z][\w’' -]*$"
)
_SITE = re.compile(r"(?<!\S)[a-z][\w-]+(?:\.[a-z]{2,4}){1,2}$")
_MARKED = re.compile(
    r"(?:[(\[]\s*)?(?:\b(?:photo|image|picture|video|photograph|illustration)s?(?: credit| courtesy)?\s*(?::|by\b|via\b|courtesy\b|©)|"
    r"\bcredits?:|©|\bcourtesy (?:of|photo)\b|\bvia (?:Getty|AP|Reuters|REUTERS|AFP|Twitter|Facebook|Telegram)\b|"
    r"\b(?:AP|AFP|Reuters|REUTERS) (?:Photo|File|Pool)).*$",
    re.I,
)
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]{2,80})[)\]]\.?$")
_END_SENTENCE = re.compile(r"[.!?…][\"”’]?\s+(?=[A-ZÀ-Þ(])")
_GLUED_STOP = re.compile(r"[^\W\d_A-Z]{2}[.!?][\"”’]?(?=[A-ZÀ-Þ][^\W\d_])|\d{4}\.(?=[A-ZÀ-Þ])")
_AGENCY_LINE = (
    ("contributed", re.compile(r"contribut(?:ed|ing)\b.{0,25}\b(?:report|story|article|coverage|file|writing)|\bcontributed\.?$", re.I)),
    ("with_reporting", re.compile(
        r"^\W*(?:with (?:additional )?(?:report(?:ing|s)|files|inputs?|material|information|agency|agencies|wires?|contributions?)|"
        r"additional reporting|"
        r"(?:this|the) (?:story|report|article) (?:was|is|includes|contains|uses).{0,40}(?:report|material|agenc|wire|information from)|"
        r"(?:based on|includes) (?:reporting|material|information) (?:by|from))\b", re.I)),
    ("reporting_by", re.compile(
        r"^\W*(?:reporting|writing|editing|compiled|reported|written|translated)(?: and (?:writing|editing))?\b.{0,60}?\bby\b[^.]{3,}",
        re.I)),
    ("source_agency", re.compile(r"^\W*(?:source|agency|sources|agencies)\s*[:—–-]\s*\S", re.I)),
)  # fmt: skip
_CREDIT_WORDS = (
    "contribut", "report", "story", "article", "writing", "written", "editing", "compiled", "translated", "based on", "includes", "source",
    "agenc", "with ",
)  # fmt: skip
"""A quick look before the rules above: each needs one of these."""
CAPTION_LETTERS = 4000
"""No caption is longer."""
_TAIL = re.compile(
    r"\s(?P<credit>[(\[](?:additional |with )?(?:reporting|writing|editing|compiled|with files|with inputs?|with agenc)"
    r"[^()\[\]]{4,300}[)\]]\.?)$",
    re.I,
)


def agency_credit_rule(line: Line) -> str | None:
    """Name of the rule by which a line is a credit to an agency or to colleagues; None if it is none.

    >>> agency_credit_rule(Line(Span(0, 26), "AFP contributed reporting.", 1))
    'contributed'
    """
    low, is_named = line.text.lower(), may_name_agency(line.text)
    if line.size > 60 or not (is_named or any(words in low for words in _CREDIT_WORDS)):
        return None
    bare = agency_pattern().sub("", line.text) if is_named else line.text
    if bare != line.text and not re.sub(r"[\W\d_]+|\b(?:and|with|agencies|photos?)\b", "", bare, flags=re.I):
        return "agency_alone"
    if re.fullmatch(r"\W*(?:with )?(?:news )?agencies\W*", line.text, re.I):
        return "agency_alone"
    fits = (name for name, pattern in _AGENCY_LINE if pattern.search(line.text))
    rule = next(fits, None)
    return rule if rule != "contributed" or (line.size <= 30 and not line.text.startswith(("“", '"'))) else None


def find_credit_tail(text: str) -> Span | None:
    """Place of "(Reporting by A; Editing by B)" at the end of a paragraph, or None."""
    found = _TAIL.search(text)
    return Span(*found.span("credit")) if found else None


def split_caption(text: str) -> tuple[int, str] | None:
    """Where the credit of a caption begins, and the rule; None when there is no credit in it. 0: the line is all credit.

    >>> text = "Deputy Minister Ana Ruiz Chilean Foreign Ministry"
    >>> text[split_caption(text)[0]:]
    'Chilean Foreign Ministry'
    """
    if len(text) > CAPTION_LETTERS:
        return None
    found = [(at, rule) for rule, find in _MARKS if (at := find(text)) is not None]
    if found:
        return min(found)
    glued = ((find(text), rule) for rule, find in _GLUED)
    return next(((at, rule) for at, rule in glued if at is not None), None)


def _marked(text: str) -> int | None:
    found = _MARKED.search(text)
    return found.start() if found and len(found.group().split()) <= 14 else None


def _bracketed(text: str) -> int | None:
    found = _BRACKETED.search(text)
    if not found:
        return None
    inside = found["inside"]
    is_credit = agency_pattern().search(inside) or "/" in inside or "credit" in line_words().find(inside)
    return found.start() if is_credit else None


def _after_sentence(text: str) -> int | None:
    """A short piece of names after the last sentence: "Smoke over the port. Ana Ruiz / Reuters"."""
    ends = [m.end() for m in _END_SENTENCE.finditer(text)]
    if not ends or not _is_names(text[ends[-1] :]):
        return None
    tail = text[ends[-1] :]
    return ends[-1] if "/" in tail or agency_pattern().search(tail) or _office(tail) == 0 else None


def _after_glued_stop(text: str) -> int | None:
    """Names set right behind the caption's last sentence, without a space: "A tram in Lisbon.Ana Ruiz"."""
    last = max((found.end() for found in _GLUED_STOP.finditer(text)), default=None)
    return last if last is not None and _is_names(text[last:]) else None


def _slashed(text: str) -> int | None:
    found = _SLASHED.search(text)
    return found.start() if found and len(found.group()) <= 70 else None


def _dashed(text: str) -> int | None:
    found = re.search(r"\s(?:[—–|-]{1,2})\s+(?P<tail>[^—–|]{2,50})$", text)
    return found.start("tail") if found and _is_names(found["tail"]) and agency_pattern().search(found["tail"]) else None


def _glued_agency(text: str) -> int | None:
    """An agency's name at the end, without any mark."""
    last = max(agency_pattern().finditer(text), key=lambda found: found.start(), default=None)
    if last is None or last.end() < len(text.rstrip(" .)")):
        return None
    before = text[: last.start()].split()
    linked = before and before[-1].casefold() in {"by", "to", "told", "of", "the", "from", "with", "and", "for", "at", "in", "on"}
    return None if linked else last.start()


def _office(text: str) -> int | None:
    """Where the name of an office at the end begins: "… Sergei Ivanov | Russian Foreign Ministry"."""
    words = list(re.finditer(r"[^\s]+", text))
    if not words or not line_words().is_one(words[-1].group(), "org_head") or not words[-1].group()[0].isupper():
        return None
    first = len(words) - 1
    while first > 0 and _modifies(words[first - 1].group()):
        first -= 1
        if words[first].group() in demonyms() and not (first and words[first - 1].group() in {"The", "the"}):
            break
    while first < len(words) - 1 and words[first].group() in {"of", "and", "for", "the", "The"}:
        first += 1
    return words[first].start() if first < len(words) - 1 else None


def _modifies(word: str) -> bool:
    return word in demonyms() or line_words().is_one(word, "org_modifier") or line_words().is_one(word, "org_head")


def _is_names(text: str) -> bool:
    """Whether a piece is made of capitalised words, eight at most, without a final stop."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’.-]*", text) if w not in {"of", "the", "and", "via", "for", "de", "von"}]
    return 0 < len(words) <= 8 and all(not w[0].islower() for w in words)


def _office_of(text: str) -> int | None:
    found = _OFFICE_OF.search(text)
    return found.start() if found and _is_names(found.group()) else None


def _site(text: str) -> int | None:
    found = _SITE.search(text)
    return found.start() if found else None


_MARKS = (
    ("marked_credit", _marked), ("bracketed_credit", _bracketed), ("credit_after_sentence", _after_sentence),
    ("credit_after_stop", _after_glued_stop), ("slashed_credit", _slashed), ("dashed_credit", _dashed),
)  # fmt: skip
_GLUED = (("glued_agency", _glued_agency), ("glued_office_of", _office_of), ("glued_office", _office), ("glued_site", _site))
