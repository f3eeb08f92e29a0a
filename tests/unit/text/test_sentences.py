"""Where sentences end. A bar with spaces around it (` | `) marks a break at a space, `⏎` a break at a newline; `↵` is a newline."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.core.span import Span
from hearsay.text.sentences import RULES, explain_sentences, split_sentences

CASES = [
    ("The talks failed. | Both sides left.", "plain stops"),
    ("The talks resume on Dec. 9 in Oslo. | Nobody knows why.", "a month before its day"),
    ("The talks were held on Sat. | Nobody came.", "a weekday at the end"),
    ("Analysts say U.S. interests are safe.", "an acronym before a small letter"),
    ("A U.S. Navy ship sank off Ulvar.", "an acronym inside a name"),
    ("He lives in the U.S. | He said so.", "an acronym at the end: the next word opens sentences"),
    ("They met in Washington, D.C. | The visit was brief.", "the same after a comma"),
    ("The author J. K. Orrling wept.", "initials of a name"),
    ("George W. Tarn and Olaf T. Brisk agreed.", "initials inside names"),
    ("We go with Plan B. | The rest is noise.", "a letter that is no initial"),
    ("Mr. Orr met Gen. Abdel Tarn and Sen. Mary Oyelaran.", "titles"),
    ("She lives in St. Ulric. | She likes it.", "a saint, and the end of a sentence after his town"),
    ("Resolution No. 17 passed. | No. | It failed.", "No. before a digit, and the word"),
    ("Prices rose 2.5 percent to $3.10 a litre. | Wages fell.", "decimals"),
    ("It opens at 10 a.m. Monday and shuts at 5 p.m. | The fee is small.", "times of day"),
    ("Orr Inc. is bankrupt. | So is Tarn Corp. | Shares fell.", "a firm in the middle and at the end"),
    ("Ships, tanks, etc. were sold. | Guns, etc. | They left.", "etc. in the middle and at the end"),
    ("We need help, e.g. Doctors Abroad, not Ulvar vs. Tarn.", "abbreviations that never end a sentence"),
    ("He paused ... and went on.", "omission in the middle"),
    ("He paused... | Then he went on.", "omission at the end"),
    ("Well… | Nobody moved.", "omission as one sign"),
    ("politics is local. . . . he said", "spaced dots stay together"),
    ('"We will fight. | We will win," Orr said.', "a break inside a quotation"),
    ('"We will fight. | We will win." | Orr left.', "the closing marks stay with their sentence"),
    ("“Are others possible? | Yes, many.” | He sat.", "questions inside a quotation"),
    ('We will fight." | Orr left.', "a quotation that lost its opening mark"),
    ('"Why?" Mr. Orr asked. | Nobody spoke.', "speech after a question keeps its sentence"),
    ('"Go away!" she said. | He went.', "a small letter after the closing mark"),
    ("“Stop!” Tarn shouted from the roof.", "a name that shouts"),
    ("(The army denied this.) | Rebels laughed.", "brackets around a sentence"),
    ("The town (pop. 400) fell.", "a stop inside brackets before a number"),
    ("Talks ended (see below). | Nothing came of it.", "a bracket before the stop"),
    ("The deal is dead,he said.They left.", "glued: breaks although no bar can be drawn"),
    ("He works at Yahoo.com and Node.JS shops.", "dots inside names"),
    ("See http://www.ulvar.example/a.html?q=1 for more. | It helps.", "an address"),
    ("KYIV (Tarn News) - Ukraine said on Monday it would wait. | Moscow did not.", "a dateline is no sentence"),
    ("PRESIDENT FLEES. | MR. ORR SAYS NO. 5 WAS HIT.", "capitals only"),
    ("he came home. | she did not.", "small letters only"),
    ("1. The council met. | 2. It voted.", "numbers of items"),
    ("This is great :) | We loved it.", "a face ends a sentence"),
    ("Rebels seize bridge⏎Army denies losses⏎Talks go on", "headlines without stops"),
    ("eggs⏎milk⏎bread and butter", "a list of short lines"),
    ("- first item⏎- second item⏎• third item", "bullets"),
    ("He said.⏎They left.", "a newline after a stop"),
    ("The minister spoke of↵the war.", "a small word at the end of the line: it goes on"),
    ("Ulvar falls⏎↵The town of Ulvar fell.", "an empty line always parts"),
    ("The stock was found.[12] | It was old. [3] | Nobody knew.", "notes stay with the sentence before"),
    ("Did he know? | Nobody can say! | Perhaps.", "question and exclamation marks"),
    ("What?! | No.", "marks in a row"),
    ("The U.N. Security Council met with the E.U. | It adjourned.", "acronyms both ways"),
    ("Tarn et al. found nothing. | The study ended.", "et al. before a small letter"),
    ("In Portland, Ore. | The river rose.", "a state at the end"),
    ("He has a Ph.D. | His wife has none.", "a degree at the end"),
    ("A friend? - well, an ally.", "a dash before a small letter goes on"),
]
WRAPPED = (
    "The minister told reporters in the capital late on↵Tuesday that the government of Gen. Orr, who took over in↵"
    "March, would hold a vote before the end of the year. | The↵opposition laughed."
)


def read_case(drawn: str) -> tuple[str, list[str]]:
    """The text of a drawn case and its sentences."""
    text = drawn.replace(" | ", " ").replace("⏎", "\n").replace("↵", "\n")
    return text, [s.replace("↵", "\n").strip() for s in re.split(r" \| |⏎", drawn)]


@pytest.mark.parametrize(("drawn", "reason"), CASES, ids=[r for _, r in CASES])
def test_breaks(drawn: str, reason: str) -> None:
    text, sentences = read_case(drawn)
    if "glued" in reason:
        sentences = ["The deal is dead,he said.", "They left."]
    assert [s.of(text) for s in split_sentences(text, (0, len(text)))] == sentences, reason


def test_wrapped_lines_run_on() -> None:
    text, sentences = read_case(WRAPPED)
    assert [s.of(text) for s in split_sentences(text, (0, len(text)))] == sentences


def test_a_short_line_in_wrapped_text_ends_its_paragraph() -> None:
    text = WRAPPED.replace(" | ", " ").replace("↵", "\n") + "\nBy Ulla Tarn"
    assert split_sentences(text, (0, len(text)))[-1].of(text) == "By Ulla Tarn"


def test_spans_index_the_whole_text() -> None:
    text = "Headline\n\nIt rained. It stopped.\n\nEnd."
    assert split_sentences(text, (10, 32)) == [Span(10, 20), Span(21, 32)]


def test_explain_names_the_rule() -> None:
    text = "Mr. Orr lives in the U.S. He likes it."
    names = {rule.__name__ for rule in RULES} | {"after_stop"}
    decided = explain_sentences(text, (0, len(text)))
    assert decided == [(4, "after_title", False), (23, "glued", False), (26, "after_acronym", True)]
    assert {rule for _, rule, _ in decided} <= names


@given(st.text(alphabet=st.sampled_from("ab A.B?!…\"”'’()[]1 \n\t•-:)É\u00a0"), max_size=80) | st.text(max_size=60), st.data())
def test_spans_are_sound(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = split_sentences(text, (start, end))
    assert all(start <= a < b <= end for a, b in spans)
    assert all(x.end <= y.start for x, y in pairwise(spans))
    assert all(s == s.trim(text) for s in spans)
    covered = {i for s in spans for i in range(*s)}
    assert all(i in covered for i in range(start, end) if not text[i].isspace())


@pytest.mark.parametrize("unit", [". ", "a.", "...", "\n", "A. ", '"', ":) ", "a.B", " \n ", "1. ", "x ", " [1]", " ", ".)", "? [1"])
def test_time_is_linear(unit: str) -> None:
    def measure(n: int) -> float:
        text = "x" + unit * n + "x"
        start = time.process_time()
        split_sentences(text, (0, len(text)))
        return time.process_time() - start

    assert measure(40_000) < 40 * max(measure(4_000), 0.005)
