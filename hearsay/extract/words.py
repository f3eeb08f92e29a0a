"""The words of one sentence: lemmas that the tables know, and which words name people or their bodies."""

from __future__ import annotations

from functools import cache, cached_property

from hearsay.core.document import Sentence, Token
from hearsay.knowledge.codings import Filler, load_classes, load_codings
from hearsay.knowledge.files import read_table
from hearsay.knowledge.forms import Forms

_PERSONAL = frozenset({"he", "she", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who", "whom"})
_PARTY_CLASSES = ("people", "civilian", "military", "official", "envoy", "assailant", "prisoner", "party")
_NEVER_ACTORS = frozenset({"ADV", "PUNCT", "SYM", "VERB", "AUX", "INTJ", "ADP", "CCONJ", "SCONJ", "PART"})
_AGENT_ENDINGS = ("er", "or", "ist", "man", "men", "woman", "women", "ian", "eer", "ants")
_VERBAL = frozenset({"VERB", "AUX"})


class Words:
    """A sentence's tokens with their lemmas and dependents."""

    def __init__(self, sentence: Sentence, forms: Forms | None = None) -> None:
        self.sentence = sentence
        known = forms or load_codings().forms
        self.lemmas = tuple(known.lemma(t.text, t.upos, t.lemma) for t in sentence.tokens)
        self.tokens = sentence.tokens
        self.children = sentence.children

    @cached_property
    def is_capitalised(self) -> bool:
        """Whether most words begin with a capital, as in some headlines."""
        words = [t.text for t in self.tokens if t.text[0].isalpha() and len(t.text) > 3]
        return 2 * sum(w[0].isupper() for w in words) > len(words)

    @cached_property
    def is_closed(self) -> bool:
        """Whether the sentence ends with a stop or a closing quotation mark; a headline does not."""
        return self.tokens[-1].upos == "PUNCT" and self.tokens[-1].text not in {",", ":", ";", "-"}

    def is_actor(self, i: int) -> bool:
        """Whether a word names people or their bodies: a name, a demonym, a pronoun, a word of the people classes or formed like one."""
        token = self.tokens[i]
        if token.role == "expl" or token.upos in _NEVER_ACTORS:
            return False
        if token.entity != "O" or is_demonym(token.text):
            return True
        lemma, classes = self.lemmas[i], load_classes()
        if lemma in classes["notparty"]:
            return False
        if token.upos == "PRON" or self.is_party_word(i) or self._is_other_name(token):
            return True
        return lemma.endswith(_AGENT_ENDINGS) and lemma not in classes["agentless"]

    def is_party_word(self, i: int) -> bool:
        """Whether a word is one of the people classes."""
        return any(self.lemmas[i] in load_classes()[c] for c in _PARTY_CLASSES)

    def _is_other_name(self, token: Token) -> bool:
        """Whether a name that the entity layer missed may be one of a body: APEC, the Brotherhood; a headline in capitals shows nothing."""
        return token.upos == "PROPN" and len(token.text) > 1 and token.text[0].isupper() and not self.is_capitalised

    def is_verb(self, i: int) -> bool:
        """Whether a token heads a clause as a verb, gerunds with objects included."""
        return self.tokens[i].upos in _VERBAL and i not in self._misread

    @cached_property
    def _misread(self) -> frozenset[int]:
        """Nouns that the tagger took for verbs: "Diplomat Expulsions", a word that the tables know as a noun only, in a noun's form."""
        nouns = load_codings().nouns
        verbs = ((i, t.text.lower()) for i, t in enumerate(self.tokens) if t.upos == "VERB" and self.lemmas[i] in nouns)
        return frozenset(i for i, text in verbs if text in {self.lemmas[i], self.lemmas[i] + "s"})

    def filler(self, i: int) -> Filler:
        """Lemma and entity kind of a word, STATE for a country; personal pronouns count as persons."""
        token = self.tokens[i]
        lemma = self.lemmas[i]
        if token.entity != "O":
            return lemma, "STATE" if token.entity.endswith("LOC") and token.text in country_names() else token.entity[2:]
        if token.upos == "PRON" and lemma in _PERSONAL:
            return lemma, "PER"
        return lemma, "ACTOR" if self.is_actor(i) else ""


def is_demonym(word: str) -> bool:
    """Whether a word is one of the reviewed demonyms."""
    return word in _demonyms()


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("page/demonyms.tsv"))


@cache
def country_names() -> frozenset[str]:
    """Names, short names and demonyms of countries, by their last word."""
    out: set[str] = set()
    for row in read_table("actors/countries.tsv"):
        if row["kind"] in {"state", "territory", "union", "breakaway"}:
            names = (row["name"], *row["aliases"].split(";"), *row["demonyms"].split(";"))
            out.update(name.split()[-1] for name in names if name)
    return frozenset(out)
