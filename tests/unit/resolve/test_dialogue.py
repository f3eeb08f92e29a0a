"""Who asks and who answers in talk without names at its turns, and whose monologue a text is."""

from __future__ import annotations

from hearsay.core.span import Span
from hearsay.page.inputs import RawReport
from hearsay.pipeline import Reader
from hearsay.resolve.dialogue import HEARING, INTERVIEW, OPENS, Turn, who_asks


def turns(*signs: str) -> list[Turn]:
    """Turns with these signs, divided by blanks; "broken" marks one that is broken off."""
    return [Turn(Span(i, i + 1), frozenset(s.split()) - {"broken"}, "broken" in s, None, None, None, None) for i, s in enumerate(signs)]


def test_questions_and_answers_alternate() -> None:
    assert who_asks(turns("question second", "first long", "question", "first"), HEARING) == [True, False, True, False]


def test_an_answer_runs_over_paragraphs_in_an_interview() -> None:
    assert who_asks(turns("question second", "first long", "first long", "question second"), INTERVIEW, OPENS) == [True, False, False, True]


def test_an_answer_without_signs_stands_between_questions() -> None:
    assert who_asks(turns("question second", "", "question second"), HEARING) == [True, False, True]


def test_who_says_your_honour_answers() -> None:
    assert who_asks(turns("honoured first", "named second", "honoured question"), HEARING) == [False, True, False]


def test_a_long_paragraph_that_ends_in_a_question_asks() -> None:
    assert who_asks(turns("question", "first long", "query first long", "first long", "question"), HEARING) == [True, False] * 2 + [True]


def test_a_plain_paragraph_goes_on_answering_in_an_interview() -> None:
    assert who_asks(turns("question second", "first long", "plain first", "first long", "question"), INTERVIEW, OPENS)[2] is False


def test_no_turns_have_no_sides() -> None:
    assert who_asks([], HEARING) == []


def said_by(reader: Reader, text: str) -> list[str | None]:
    """Names of the speakers of a text's attributions."""
    reading = reader.read(RawReport("case", text=text), date="2024-03-01")
    return [thing.name if (thing := reading.thing(a.speaker)) else None for a in reading.attributions]


def test_the_bench_is_called_as_counsel_calls_it(reader: Reader) -> None:
    text = (
        "Ms. Okafor, please proceed.\n\nMay it please the court. I believe that the lower court erred.\n\nWhy do you say so?\n\n"
        "Because of the record, Your Honor.\n\nI think that the record is thin. What else do you have?\n\nI have the letter, Your Honor."
    )
    assert "Your Honor" in said_by(reader, text)


def test_a_news_report_with_a_byline_is_not_told_by_its_author(reader: Reader) -> None:
    text = "Bridge closed\n\nBy Ida Brandt\n\nThe bridge was closed on Monday. “I think that it was time,” Mayor Lars Holm said."
    assert "Ida Brandt" not in said_by(reader, text)
