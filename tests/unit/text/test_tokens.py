"""How words are cut. A bar without spaces marks a cut inside a run of characters."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.core.span import Span
from hearsay.text.tokens import abbreviation_kind, split_tokens

CASES = [
    ("They do|n't know|.", "a negation is a clitic"),
    ("I ca|n't|, he wo|n’t and we can|not|.", "odd stems, a curly apostrophe, cannot"),
    ("I|'m sure she|'ll say they|'d|'ve gone|.", "clitics, also two in a row"),
    ("Ulvar|'s army and Tarn|’s fleet", "possessives with both apostrophes"),
    ("the rebels|' guns", "a plural possessive"),
    ("gon|na lem|me got|ta", "cut without an apostrophe"),
    ("a state|-|run firm and a 15|-|year|-|old boy", "hyphens are tokens"),
    ("He was re-elected by co-founders of a non-profit e-mail firm|.", "prefixes stay"),
    ("over|-|the|-|counter drugs in mid-August", "over-the is no prefix"),
    ("about $|60 or US$|4.5|m or £|1,250.50 or 10|%", "money and percent"),
    ("1,250,000 people and 2.5 litres and .5 grams", "numbers"),
    ("pages 10|-|20|, notes [|1|,|2|]", "ranges and lists of numbers"),
    ("on 2024-05-02 and 9/11/2001 or 9/11 and 11-20-2000", "dates"),
    ("at 7:30|pm|, at 10:15 or 5|p.m.", "times"),
    ("the 20th|, the 1970s|, the 80's and '68", "ordinals and decades"),
    ("35|mm|, 200|km|, 17H|?", "units part from their number; others do not"),
    ("Mr. Orr of the U.S. met Gen. Tarn on Dec. 9 at 8 a.m. sharp|.", "abbreviations keep their dot"),
    ("He lives in the U.S.", "also at the end of a sentence"),
    ("No. 5 is alive|. Is it|? No|.", "No. and No"),
    ("J. K. Orrling and Olaf T. Brisk", "initials"),
    ("We go with Plan B|.", "a letter at the end is no initial"),
    ("guns|, tanks|, etc|.", "etc gives up its dot at the end"),
    ("guns|, etc.|, were sold", "and keeps it inside"),
    ("He said|.|They left|.", "glued sentences part"),
    ("See http://www.ulvar.example/a-b?q=1|, or www.tarn.example/x|.", "addresses without the mark that follows"),
    ("Write to o.orr@mail.ulvar.example|.", "mail"),
    ("Amazon.com and report-2.pdf fell|.", "names on the net and files"),
    ("Great :-) and sad :(", "faces"),
    ("Well|... no|. But|…|so|?!", "omissions and marks in a row"),
    ("“|No|,|” he said|, |'|never|'|.", "quotation marks"),
    ("and|/|or|, but w/o and s/he", "slashes"),
    ("AT&T|, R&D and Tarn|&|Sons", "ampersands in names"),
    ("the war|--|so he said|—|ended", "dashes"),
    ("the O'Rourke case at 6 o'clock", "apostrophes inside words"),
    ("@ulla_tarn wrote #PeaceNow", "handles and tags"),
    ("the U.S.|-|led force|, D.C.|-|based", "acronyms before a hyphen"),
    ("call 555-0134 or +44-20-555", "telephone numbers"),
    ("a f**k or two", "words with hidden letters"),
    ("PG&E|'s plan", "a clitic after a name with an ampersand"),
    ("naïve Šárka 東京 کیف", "other scripts"),
]


def read_case(drawn: str) -> tuple[str, list[str]]:
    """The text of a drawn case and its tokens."""
    return drawn.replace("|", ""), drawn.replace("|", " ").split()


@pytest.mark.parametrize(("drawn", "reason"), CASES, ids=[r for _, r in CASES])
def test_cuts(drawn: str, reason: str) -> None:
    text, tokens = read_case(drawn)
    assert [t.of(text) for t in split_tokens(text, (0, len(text)))] == tokens, reason


def test_spans_index_the_whole_text() -> None:
    assert split_tokens("Oh. No.", (4, 7)) == [Span(4, 6), Span(6, 7)]


def test_kinds() -> None:
    kinds = [abbreviation_kind(w) for w in ("Mr.", "GEN.", "J.", "U.S.", "Dec.", "table.")]
    assert kinds == ["title", "title", "initial", "end", "month", ""]


@given(st.text(alphabet=st.sampled_from("abS A.B?!…\"”'’()[]19 \n-_:)@/&$%+,É\u00ad\u0301\u200d"), max_size=60) | st.text(), st.data())
def test_spans_are_sound(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = split_tokens(text, (start, end))
    assert all(start <= a < b <= end for a, b in spans)
    assert all(x.end <= y.start for x, y in pairwise(spans))
    assert "".join(s.of(text) for s in spans) == "".join(text[start:end].split())


@pytest.mark.parametrize(
    "unit", ["a.", "a-", "1,", "1-", "a@", "'s", "w/", "http://", "a_", "U.S.", "&A", "n't", "x", "é\u0301", "*", "0", "(", "a.com/"]
)
def test_time_is_linear(unit: str) -> None:
    def measure(n: int) -> float:
        text = unit * n + "x"
        start = time.process_time()
        split_tokens(text, (0, len(text)))
        return time.process_time() - start

    assert min(measure(20_000) for _ in range(3)) < 40 * max(measure(2_000), 0.005)  # a pause of the machine is no loop
