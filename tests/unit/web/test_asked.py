"""Addresses and what they ask: there and back, filters put in and taken out."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from hearsay.errors import ArgumentError
from hearsay.web.asked import events_asked, statements_asked


def test_an_address_comes_back_as_it_went() -> None:
    given = "actor=RUS&actor=Iran+Air&type=ACCUSE&since=2022&voice=alleged&page=3"
    asked = events_asked("/events", QueryParams(given))
    assert asked.wanted == {"actor": ["RUS", "Iran Air"], "type": ["ACCUSE"], "since": "2022", "alleged": True}
    assert asked.page == 3 and asked.offset == 80
    again = events_asked("/events", QueryParams(asked.link(page="3").partition("?")[2]))
    assert again == asked


def test_filters_are_put_in_and_taken_out() -> None:
    asked = events_asked("/events", QueryParams("actor=RUS&actor=USA&page=2"))
    assert asked.link(type="AID") == "/events?actor=RUS&actor=USA&type=AID", "back on the first page"
    assert asked.without("actor", "RUS") == "/events?actor=USA"
    assert asked.link(actor=None) == "/events"
    assert asked.toggle("actor", "USA") == "/events" and asked.toggle("type", "AID").endswith("type=AID")
    assert asked.toggle("year", "2022") == "/events?actor=RUS&actor=USA&since=2022&until=2022"
    year = events_asked("/events", QueryParams("since=2022&until=2022"))
    assert year.toggle("year", "2022") == "/events"
    assert [(name, value) for name, value, _ in asked.chips()] == [("who", "RUS"), ("who", "USA")]


def test_blanks_and_strangers_ask_nothing() -> None:
    asked = events_asked("/events", QueryParams("actor=+&type=&colour=red&page=1"))
    assert asked.params == {} and asked.wanted == {}
    assert statements_asked("/statements", QueryParams("negated=no&by=Ann")).wanted == {"negated": False, "by": ["Ann"]}


@pytest.mark.parametrize("given", ["page=0", "page=99999", "page=-1", "page=٣", "voice=loud", "teasers=maybe"])
def test_what_cannot_be_meant_is_an_error(given: str) -> None:
    with pytest.raises(ArgumentError):
        events_asked("/events", QueryParams(given))


def test_every_value_is_quoted() -> None:
    asked = events_asked("/events", QueryParams({"actor": "a&b=c#d?\"<é"}))
    assert asked.link() == "/events?actor=a%26b%3Dc%23d%3F%22%3C%C3%A9"
