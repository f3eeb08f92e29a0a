"""The short road of plain words gives the pieces of the whole one."""

import random
import string

from tokenizers import Tokenizer

from hearsay.neural.pack import DEFAULT
from hearsay.neural.subwords import MAX_PIECES_A_WORD, Subwords

WORDS = ["Police", "arrested", "NATO", "1999", "2nd", "x" * 150, "McCain", "a", "Z", "establishmentarian", "U.S.", "Élysée", "CLS"]


def test_plain_words_need_no_normaliser() -> None:
    drawn = random.Random(0)
    made = ["".join(drawn.choices(string.ascii_letters + string.digits, k=drawn.randint(1, 14))) for _ in range(2000)]
    whole = Tokenizer.from_file(str(DEFAULT / "tokenizer.json"))
    whole.no_padding()
    whole.no_truncation()
    for word, pieces in zip([*WORDS, *made], Subwords(DEFAULT / "tokenizer.json").cut([*WORDS, *made]), strict=True):
        assert list(pieces.ids) == whole.encode(word, add_special_tokens=False).ids[:MAX_PIECES_A_WORD], word
