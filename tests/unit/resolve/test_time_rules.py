"""Time rules are compiled when they are needed; a bad one is named with file and line then and by `hearsay check`."""

import pytest

from hearsay.check import check_data
from hearsay.errors import DataFormatError
from hearsay.resolve import time_words
from hearsay.resolve.time_words import Rule, check_time_words


def test_every_rule_that_ships_compiles() -> None:
    assert check_time_words() > 50


def test_a_bad_pattern_is_named_with_its_place() -> None:
    bad = Rule("bad", frozenset(), "(", "date", 0, ("languages/en/time_rules.tsv", 7))
    with pytest.raises(DataFormatError, match=r"time_rules\.tsv:7.*not a pattern"):
        bad.pattern  # noqa: B018


def test_check_tells_of_a_bad_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Rule("bad", frozenset(), "(", "date", 0, ("languages/en/time_rules.tsv", 7))
    monkeypatch.setattr(time_words, "load_time_words", lambda: time_words.TimeWords({}, {}, (bad,), {}, {}))
    assert [f for f in check_data() if "time_rules.tsv:7" in f]
