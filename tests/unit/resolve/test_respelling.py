"""Slips of one letter are found by the quick look-up as by trying every word; what stands between commas after a mention."""

import random
import string

import pytest

from hearsay.knowledge.folding import is_near
from hearsay.resolve.actors import words_beside
from hearsay.resolve.respelling import find_near

KEYS = ["ethiopia", "germany", "france", "kenya", "georgia", "peacekeeper", "gambia", "zambia"]


def slips(word: str) -> set[str]:
    """A letter left out, put in, changed or swapped with the next, the first letter kept."""
    out = set()
    for k in range(1, len(word)):
        out |= {word[:k] + word[k + 1 :], word[: k - 1] + word[k] + word[k - 1] + word[k + 1 :] if k > 1 else word}
        out |= {word[:k] + c + word[k:] for c in string.ascii_lowercase} | {word[:k] + c + word[k + 1 :] for c in string.ascii_lowercase}
    return out | {word + c for c in string.ascii_lowercase}


@pytest.mark.parametrize("key", KEYS)
def test_quick_look_up_finds_what_trying_all_finds(key: str) -> None:
    listed = {key[0]: [key]}
    tried = [s for s in slips(key) if len(s) > 4]
    assert [find_near(s, listed) for s in tried] == [key if is_near(key, s) else None for s in tried]


def test_other_words_are_left_alone() -> None:
    drawn = random.Random(0)
    listed = {k[0]: [k] for k in KEYS}
    made = ["".join(drawn.choices(string.ascii_lowercase, k=drawn.randint(2, 9))) for _ in range(500)]
    assert not any(find_near(w, listed) for w in made if not any(is_near(w, k) for k in KEYS))


@pytest.mark.parametrize(
    ("mention", "context", "beside"),
    [
        ("Abena Fordjour", "Abena Fordjour, mayor of Tema, said so.", "mayor of Tema"),
        ("Fordjour", "Fordjour said it. Fordjour, the mayor, left.", "the mayor"),
        ("Fordjour (Abena", "Fordjour (Abena, the mayor", "the mayor"),
        ("Fordjour", "Fordjour, who, she said, is away.", ""),
        ("Fordjour", "the mayor said so.", ""),
    ],
)
def test_words_beside_a_mention(mention: str, context: str, beside: str) -> None:
    assert words_beside(mention, context) == beside
