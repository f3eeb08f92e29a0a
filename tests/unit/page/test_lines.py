"""Lines of a plain text, and what a line alone tells."""

from __future__ import annotations

import pytest

from hearsay.core.span import Span
from hearsay.page.bylines import find_byline, is_date_line, split_names
from hearsay.page.credits import agency_credit_rule, find_credit_tail, split_caption
from hearsay.page.dateline import find_dateline
from hearsay.page.labels import own_label
from hearsay.page.lines import Line, split_lines
from hearsay.page.words import find_agencies, guess_language


def line(text: str) -> Line:
    return Line(Span(0, len(text)), text, 1)


def test_lines_keep_their_places() -> None:
    text = "  One line \r\n\r\n\tTwo\u2028Three"
    assert [(x.text, x.gap) for x in split_lines(text)] == [("One line", 0), ("Two", 1), ("Three", 0)]
    assert all(x.span.of(text) == x.text for x in split_lines(text))


@pytest.mark.parametrize(
    ("text", "place", "agencies"),
    [
        ("KYIV, Dec 9 (Reuters) - A rocket fell.", "KYIV", ("Reuters",)),
        ("WASHINGTON (AP) — New rules.", "WASHINGTON", ("AP",)),
        ("VIENNA — The house will be sold.", "VIENNA", ()),
        ("NAIROBI, Nov. 4 (Xinhua) -- Pirates", "NAIROBI", ("Xinhua",)),
        ("Moscow, 12 May (TASS) — The ministry", "Moscow", ("TASS",)),
        ("ST. PETERSBURG, Fla. (AP) — A storm", "ST. PETERSBURG", ("AP",)),
        ("SAO PAULO (BRAZIL), 14 JUN 89 (FOLHA) -- [TEXT] THE COURT", "SAO PAULO", ()),
        ("(Reuters) - A court ruled.", None, ("Reuters",)),
    ],
)
def test_datelines(text: str, place: str | None, agencies: tuple[str, ...]) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place.of(text) if found.place else None, found.agencies) == (place, agencies)


@pytest.mark.parametrize(
    "text", ["IMF — the lender — said", "The U.S. — which said", "Lopez said - and left", "THE ARMY -- WHICH LEFT -- CAME"]
)
def test_no_datelines(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Deputy Minister Ana Ruiz Chilean Foreign Ministry", "Chilean Foreign Ministry"),
        ("The house where the writer was born.Ana Ruiz", "Ana Ruiz"),
        ("A tram leaves its depot on July 25, 2019.Ana Ruiz", "Ana Ruiz"),
        ("A view of the port. Ana Ruiz / Reuters", "Ana Ruiz / Reuters"),
        ("The president speaks in Lima on Monday. (AP Photo/Eva Roe)", "(AP Photo/Eva Roe)"),
        ("Smoke over the harbor [AFP]", "[AFP]"),
        ("The mayor in his office Ivan Petrov / City Pool", "Ivan Petrov / City Pool"),
        ("Foreign Minister Ana Ruiz AFP", "AFP"),
        ("Photo: AP", "Photo: AP"),
        ("Troops on the river Ministry of Defense of Freedonia", "Ministry of Defense of Freedonia"),
    ],
)
def test_captions_with_credits(text: str, credit: str) -> None:
    found = split_caption(text)
    assert found is not None and text[found[0] :] == credit


@pytest.mark.parametrize(
    "text", ["Protesters gather in Caracas on Tuesday.", "The minister leaves a meeting with the ministry", "Ana Ruiz, seen by AFP"]
)
def test_captions_without_credits(text: str) -> None:
    assert split_caption(text) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("AFP contributed reporting.", "contributed"),
        ("Associated Press writer Eva Roe in Lima contributed to this report.", "contributed"),
        ("With reporting by AP and Reuters", "with_reporting"),
        ("(Reporting by Jane Roe; Editing by Paul Stone)", "reporting_by"),
        ("Reuters/AFP", "agency_alone"),
        ("The army said AFP contributed nothing to the talks in the capital of the country on Monday, and many other things besides, "
         "which took the minister most of an hour to tell the reporters who had come to hear him speak in the palace.", None),
    ],
)  # fmt: skip
def test_agency_credits(text: str, rule: str | None) -> None:
    assert agency_credit_rule(line(text)) == rule


def test_credit_tail() -> None:
    text = "He left. (Reporting by Jane Roe; Editing by Paul Stone)"
    tail = find_credit_tail(text)
    assert tail is not None and tail.of(text).startswith("(Reporting")


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("By ANA RUIZ and Jo de la Cruz, Staff Writers", ("Ana Ruiz", "Jo de la Cruz")),
        ("By Ana Ruiz | Reuters | Nov. 3, 2020", ("Ana Ruiz",)),
        ("By Reuters", ()),
        ("By reaching the agreement, the two countries have taken a long stride toward peace.", None),
        ("Bystanders ran", None),
        ("By News Staff | November 18, 2019 at 2:26 PM - Updated November 18 at 4:46 PM", ()),
        ("By November 18 the army had left the town.", None),
        ("Posted on September 21, 2020 by Ana Ruiz", ("Ana Ruiz",)),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...] | None) -> None:
    assert find_byline(text) == authors


def test_names() -> None:
    assert split_names("Ana Ruiz, Jo Lee and the staff of Reuters") == ("Ana Ruiz", "Jo Lee")


@pytest.mark.parametrize(
    ("text", "is_date"),
    [("Updated Nov. 20, 2019, 9:28 AM UTC", True), ("19 November 2019", True), ("3 hours ago", True), ("On May 3 the army left.", False)],
)
def test_date_lines(text: str, is_date: bool) -> None:
    assert is_date_line(text) == is_date


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Support The Meridian Herald!", "solicitation"),
        ("Sign up for our newsletter", "solicitation"),
        ("Most popular", "navigation"),
        ("Pular para o conteúdo", "navigation"),
        ("Follow Ana Ruiz on Twitter", "solicitation"),
        ("READ MORE: Minister resigns", "teaser_headline"),
        ("Tags: Peru, Chile", "tags"),
        ("12 comments", "other"),
        ("© 2020 The Herald", "other"),
        ("The minister said on Monday that she would stay.", None),
        ("Police support the new law, minister says", None),
    ],
)
def test_own_labels(text: str, kind: str | None) -> None:
    label = own_label(line(text))
    assert (label.kind if label else None) == kind


def test_agencies_and_languages() -> None:
    assert find_agencies("Agence France-Presse, the AP and dpa") == ("AFP", "AP", "dpa")
    assert guess_language("Der Minister hat mit dem Präsidenten über die Lage in der Stadt gesprochen und ist dann gegangen.") == "de"
    assert guess_language("장관은 월요일 수도에서 대통령을 만났다") == "ko"
    assert guess_language("x 1 2") is None
