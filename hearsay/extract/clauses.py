"""Predicates with their arguments, from dependency trees: who fills which slot of a verb, a noun or an adjective.

Slots are logical: the agent of a passive is its `subj`, its subject is its `obj`. What grammar leaves unsaid is filled in:
subjects shared by conjuncts, controlled and raised subjects, antecedents of relative pronouns and of participles, the
subject of the matrix clause for adverbial clauses. Slots are named `subj obj iobj xcomp ccomp acl advcl prt compound amod
poss mod`, `obl_PREP` and `nmod_PREP`; `xcomp.obj` is the object of the complement. Nothing here knows what an event is.
"""

from __future__ import annotations

from collections.abc import Iterator

from hearsay.core.document import Sentence
from hearsay.extract.words import Words
from hearsay.knowledge.codings import Filler, load_classes
from hearsay.knowledge.forms import Forms

SlotMap = dict[str, list[int]]

_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "parataxis", "root", "conj", "csubj", "acl:relcl"})
_OBJECT_CONTROL = frozenset({"of", "for", "from", "into", "over", "against", "with"})
"""Prepositions before a gerund that take the object as its subject: accused X of helping, thanked X for coming."""
_OBLIQUE = frozenset({"of", "to", "from", "against", "into", "with", "for", "on", "in", "at"})
"""Prepositions that no object has."""
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


class Clauses(Words):
    """The clauses of one sentence. Slots are worked out when asked for, and kept."""

    def __init__(self, sentence: Sentence, forms: Forms | None = None) -> None:
        super().__init__(sentence, forms)
        self._own: dict[int, SlotMap] = {}
        self._full: dict[int, SlotMap] = {}
        self._busy: set[int] = set()

    def slots(self, i: int) -> SlotMap:
        """Slots of a token with everything that grammar leaves unsaid."""
        if i not in self._full:
            if i in self._busy:  # a controller that waits for its own complement
                return self.own_slots(i)
            self._busy.add(i)
            self._full[i] = self._fill(i)
            self._busy.discard(i)
        return self._full[i]

    def own_slots(self, i: int) -> SlotMap:
        """Slots that the token's own dependents fill."""
        if i not in self._own:
            self._own[i] = self._verb_slots(i) if self.is_verb(i) else self._noun_slots(i)
        return self._own[i]

    def fill(self, i: int, slot: str) -> list[int]:
        """Tokens in a slot, which may have a path: `xcomp.obj`."""
        first, dot, rest = slot.partition(".")
        found = self.slots(i).get(first, [])
        if not found and first.startswith("nmod_") and self.is_verb(i):  # a noun that the tagger took for a verb
            found = self.slots(i).get("obl_" + first.removeprefix("nmod_"), [])
        if not found and first.startswith("obl_"):  # parsers hang "to Sudan" in "offered loans to Sudan" on the loans
            found = [k for j in self.slots(i).get("obj", ()) for k in self.slots(j).get("nmod_" + first.removeprefix("obl_"), ())]
        if not dot:
            return found
        inner = [j for at in found for j in self.fill(at, rest)]
        if not inner and first == "obj" and rest.startswith("nmod_"):  # and "to Sudan" in "suspended flights to Sudan" on the verb
            return self.slots(i).get("obl_" + rest.removeprefix("nmod_"), [])
        return inner

    def fillers(self, i: int, slot: str) -> Iterator[Filler]:
        """Lemma and entity kind of the words in a slot, conjuncts and the contents of quantities included; `sentence`: of all words."""
        if slot == "sentence":
            yield from ((lemma, "") for lemma in self.lemmas)
            return
        for at in self.fill(i, slot):
            for j in (at, *self.conjuncts(at)):
                yield self.filler(j)
                if self.lemmas[j] in load_classes()["quantity"]:
                    yield from (self.filler(k) for k in self.own_slots(j).get("nmod_of", ()))

    def is_passive(self, i: int) -> bool:
        """Whether a verb is a passive participle: by its auxiliary or subject, or a bare one without an object."""
        if any(self.tokens[c].relation in {"nsubj:pass", "aux:pass", "csubj:pass"} for c in self.children[i]):
            return True
        token = self.tokens[i]
        if self._is_bare(i) or self._is_elliptical(i):
            return True
        if token.relation == "acl" and token.xpos == "VBD" and not self._has(i, "nsubj", "obj", "aux"):
            return True
        if token.xpos != "VBN" or any(self.tokens[c].role == "aux" for c in self.children[i]):
            return False
        if self.is_closed and any(self.tokens[c].relation == "nsubj" for c in self.children[i]):
            return False  # a past tense that the tagger took for a participle; a headline may leave out "was"
        if token.role == "conj" and token.head >= 0 and not self._has(i, "nsubj", "aux"):
            return self.tokens[token.head].xpos == "VBN" and self.is_passive(token.head)
        return token.role in {"acl", "amod", "advcl"} or not self._has(i, "obj", "ccomp")

    def _is_bare(self, i: int) -> bool:
        """Whether a headline leaves out the "was" of a verb that needs an object: "Two killed in blast", "Both sides urged to talk"."""
        if self.is_closed or self.tokens[i].xpos != "VBD" or self._has(i, "obj", "ccomp", "aux"):
            return False
        return self.lemmas[i] in load_classes()["transitive"] or (self.lemmas[i] in load_classes()["told"] and self._has(i, "xcomp"))

    def _is_elliptical(self, i: int) -> bool:
        """Whether a verb shares the auxiliary of a passive: "one was killed and another injured"."""
        token = self.tokens[i]
        bare = token.xpos in {"VBN", "VBD"} and self._has(i, "nsubj") and not self._has(i, "aux", "obj")
        return token.role == "conj" and bare and any(self.tokens[c].relation == "aux:pass" for c in self.children[token.head])

    def conjuncts(self, i: int) -> list[int]:
        """The nominal conjuncts of a token, itself left out, without those that stand in a clause of their own."""
        out: list[int] = []
        for c in self.children[i]:
            if self.tokens[c].role == "conj" and self.is_verb(c) == self.is_verb(i) and not self._has(c, "nsubj", "cop"):
                out.append(c)
                out.extend(self.conjuncts(c))
        return out

    def preposition(self, i: int) -> str:
        """Lemma of the word that marks the case of a token, or of the first of its conjuncts; empty if there is none."""
        case = next((c for c in self.children[i] if self.tokens[c].role == "case" and self.tokens[c].xpos != "POS"), None)
        if case is None:
            case = self._stray_case(i)
        return self.lemmas[case] if case is not None else ""

    def _stray_case(self, i: int) -> int | None:
        """A preposition right before a noun phrase that the parser hung on the phrase's head: "murder of a leader"."""
        before = min(self.sentence.subtree(i)) - 1
        if before < 0 or before == self.tokens[i].head:
            return None
        token = self.tokens[before]
        return before if token.role == "case" and token.upos == "ADP" and token.head == self.tokens[i].head else None

    def mark(self, i: int) -> str:
        """Lemma of the subordinator of a clause; empty if there is none."""
        return next((self.lemmas[c] for c in self.children[i] if self.tokens[c].role in {"mark", "case"}), "")

    def _is_nominal(self, i: int) -> bool:
        """Whether a word is a noun, or has the article of one."""
        return self.tokens[i].upos in {"NOUN", "PROPN"} or self._has(i, "det")

    def _has(self, i: int, *roles: str) -> bool:
        return any(self.tokens[c].role in roles for c in self.children[i])

    def _verb_slots(self, i: int) -> SlotMap:
        out: SlotMap = {}
        passive = self.is_passive(i)
        for c in self.children[i]:
            slot = self._verb_slot(c, passive)
            if slot:
                out.setdefault(slot, []).append(c)
        return out

    def _verb_slot(self, c: int, passive: bool) -> str:
        token = self.tokens[c]
        if token.role == "nsubj":
            return "obj" if passive else "subj"
        if token.role == "obl":
            return self._oblique_slot(c, passive)
        if token.relation == "compound:prt":
            return "prt"
        if token.role == "obj" and (preposition := self.preposition(c)) in _OBLIQUE:
            return f"obl_{preposition}"  # "pulled out of the coalition", "accused it of involvement", taken for objects
        if token.role == "obj" and passive and not self._has(token.head, "nsubj"):
            return "obj"
        if token.role == "ccomp" and token.upos in {"NOUN", "PROPN"} and not self._has(c, "nsubj", "cop", "mark"):
            return "obj"  # "condemned the murder", taken for a clause
        if token.role in {"ccomp", "xcomp"} and self._is_nominal(c) and self.mark(c) and not self._has(c, "nsubj", "cop"):
            return f"obl_{self.mark(c)}"  # "put its army on alert", "agreed to the demands", "called for a boycott", taken for clauses
        if token.role == "ccomp" and self.mark(c) == "to" and not self._has(c, "nsubj"):
            return "xcomp"
        return token.role if token.role in {"obj", "iobj", "xcomp", "ccomp", "advcl", "compound"} else ""

    def _oblique_slot(self, c: int, passive: bool) -> str:
        token = self.tokens[c]
        if token.relation in {"obl:tmod", "obl:npmod", "obl:unmarked"}:
            return "mod"
        preposition = self.preposition(c)
        if token.relation == "obl:agent" or (passive and preposition == "by" and token.xpos != "VBG"):
            return "subj"
        if preposition:
            return f"obl_{preposition}"
        bare = not passive and token.head < c and token.upos in {"NOUN", "PROPN"} and self.lemmas[c] not in load_classes()["notparty"]
        return "obj" if bare and not self._has(token.head, "obj") else "mod"  # "met the emir", taken for a time or place

    def _noun_slots(self, i: int) -> SlotMap:
        out: SlotMap = {}
        for c in self.children[i]:
            slot = self._noun_slot(c)
            if slot:
                out.setdefault(slot, []).append(c)
        return out

    def _noun_slot(self, c: int) -> str:
        token = self.tokens[c]
        if token.relation == "nmod:poss":
            return "poss"
        if token.role in {"nmod", "obl"} or (token.role == "appos" and self.preposition(c)):
            preposition = self.preposition(c)
            kind = "obl" if self.tokens[token.head].upos == "ADJ" else "nmod"
            return f"{kind}_{preposition}" if preposition else "mod"
        if token.role == "nsubj":
            return "compound" if c == token.head - 1 and token.upos != "PRON" and not self._has(token.head, "cop") else "subj"
        return token.role if token.role in {"compound", "amod", "acl", "xcomp", "ccomp", "advcl"} else ""

    def _fill(self, i: int) -> SlotMap:
        if self.tokens[i].role == "aux" and self.tokens[i].head >= 0:
            return self._modal_slots(self.tokens[i].head)
        own = {k: list(v) for k, v in self.own_slots(i).items()}
        self._resolve_relatives(i, own)
        if not self.is_verb(i):
            return self._fill_noun(i, own)
        if "obj" not in own and "iobj" in own:  # one object alone is no indirect one
            own["obj"] = own["iobj"]
        if "subj" not in own:
            self._add(own, "subj", self._unsaid_subject(i, own))
        self._share_object(i, own)
        return own

    def _modal_slots(self, verb: int) -> SlotMap:
        """Slots of a modal: those of its verb, and `said`, the verb that reports the clause."""
        out = dict(self.slots(verb))
        if self.tokens[verb].role in {"ccomp", "parataxis"}:
            out["said"] = [self.tokens[verb].head]
        return out

    def _fill_noun(self, i: int, own: SlotMap) -> SlotMap:
        token = self.tokens[i]
        if "poss" not in own:  # "Rome's diplomat expulsions": parsers hang the owner on the first noun
            self._add(own, "poss", [k for c in own.get("compound", ()) for k in self.own_slots(c).get("poss", ())])
        if token.role == "conj" and token.head >= 0 and not self.is_verb(token.head):
            for slot, found in self.own_slots(token.head).items():
                if slot in {"poss", "nmod_between", "nmod_by"} or (slot.startswith("nmod_") and found[-1] > i):
                    own.setdefault(slot, found)
        elif token.role in {"xcomp", "conj"} and token.head >= 0 and "subj" not in own:
            self._add(own, "subj", self.slots(token.head).get("subj", []))
        for c in self.children[i]:  # "the arrest and jailing of X": the complement hangs on the last conjunct
            if self.tokens[c].role == "conj" and not self.is_verb(c):
                for slot in ("nmod_of", "nmod_by", "nmod_between", "nmod_with", "nmod_against", "nmod_on", "nmod_to"):
                    if slot in self.own_slots(c):
                        own.setdefault(slot, self.own_slots(c)[slot])
        return own

    def _resolve_relatives(self, i: int, own: SlotMap) -> None:
        """Put the antecedent for `who`, `which`, `that`."""
        if self.tokens[i].relation not in {"acl:relcl", "acl"}:
            return
        antecedent = self.tokens[i].head
        for found in own.values():
            for k, j in enumerate(found):
                if self.lemmas[j] in _RELATIVE and self.tokens[j].xpos in {"WP", "WDT", "WP$", "IN", "DT"}:
                    found[k] = antecedent

    @staticmethod
    def _add(own: SlotMap, slot: str, found: list[int]) -> None:
        if found:
            own[slot] = list(found)

    def _unsaid_subject(self, i: int, own: SlotMap) -> list[int]:
        token = self.tokens[i]
        if token.head < 0:
            return []
        passive = self.is_passive(i)
        if token.role == "conj":
            return self._conjunct_subject(i, own, passive)
        if token.role in {"acl", "amod"}:
            return self._modifier_subject(i, own, passive)
        found = self._controller(i)
        if passive and "obj" not in own:
            own["obj"] = found
            return []
        return [] if passive else found

    def _conjunct_subject(self, i: int, own: SlotMap, passive: bool) -> list[int]:
        head = self.tokens[i].head
        if not self.is_verb(head) and "subj" not in self.slots(head):
            return []
        theirs = self.slots(head)
        grammatical = theirs.get("obj" if self.is_passive(head) else "subj", [])
        if not passive:
            return grammatical
        if "obj" not in own:
            self._add(own, "obj", grammatical)
        return theirs.get("subj", []) if self.is_passive(head) and max(theirs.get("subj", [-1])) > i else []

    def _modifier_subject(self, i: int, own: SlotMap, passive: bool) -> list[int]:
        """Participles: a detained reporter, reporters detained in, a visiting king, a plan to attack."""
        token = self.tokens[i]
        if self.mark(i) == "to" or (token.xpos in {"VB", "VBG"} and self.mark(i)):
            return self._holder_of_plan(i)
        if passive:
            own.setdefault("obj", [token.head])
            return []
        if token.relation == "acl:relcl":  # "the man police arrested" has a subject; this one has none
            return [token.head]
        return [token.head]

    def _holder_of_plan(self, i: int) -> list[int]:
        """Who would do what a noun's infinitive or gerund says: the plan's maker, else the noun itself ("Ministers to meet")."""
        noun = self.tokens[i].head
        if self.tokens[i].xpos == "VBG" and self.is_actor(noun):  # "accused officials of taking part", hung on the officials
            return [noun]
        found = self._noun_agent(noun)
        return found or ([noun] if self.tokens[noun].head < 0 and self.is_actor(noun) else [])

    def _noun_agent(self, noun: int) -> list[int]:
        """Who acts in "Iran's threat to strike", "made a promise to pay", "a decision by X to go"."""
        own = self.own_slots(noun)
        for slot in ("poss", "nmod_by", "subj"):
            if slot in own:
                return own[slot]
        head = self.tokens[noun].head
        if head >= 0 and self.is_verb(head) and self.tokens[noun].role in {"obj", "obl", "xcomp"}:
            return self.slots(head).get("subj", [])
        return []

    def _controller(self, i: int) -> list[int]:
        """Whoever controls the subject of a complement or an adverbial clause."""
        token = self.tokens[i]
        if token.role not in {"xcomp", "advcl", "ccomp", "parataxis", "obl"}:
            return []
        if self.mark(i) == "to" and not self.is_verb(token.head) and self.is_actor(token.head):
            return [token.head]  # a headline: "Oman, Qatar to sign accord"
        theirs = self.slots(token.head)
        if token.role == "xcomp" or (token.role == "ccomp" and self.mark(i) == "to"):
            if self.lemmas[token.head] in {"promise", "threaten", "vow", "pledge"}:
                return theirs.get("subj", [])
            return theirs.get("obj", []) or theirs.get("iobj", []) or theirs.get("obl_on", []) or theirs.get("subj", [])
        if token.role == "advcl" and self.mark(i) in _OBJECT_CONTROL and token.xpos == "VBG":
            return theirs.get("obj", []) or theirs.get("subj", [])
        if self.is_verb(token.head) and self.is_passive(token.head):
            return theirs.get("obj", [])
        return theirs.get("subj", [])

    def _share_object(self, i: int, own: SlotMap) -> None:
        if "obj" in own or "ccomp" in own:
            return
        token = self.tokens[i]
        if token.relation == "acl:relcl" and "subj" in own and own["subj"] != [token.head] and not self.preposition_left(i):
            own["obj"] = [token.head]
            return
        if token.role == "conj" and token.head >= 0 and self.is_verb(token.head):
            shared = [j for j in self.own_slots(token.head).get("obj", []) if j > i]
            self._add(own, "obj", shared)
            return
        for c in self.children[i]:  # "arrested and jailed the editor": the object may hang on the last conjunct
            if self.tokens[c].role == "conj" and self.is_verb(c) and c - i <= 3 and not self._has(c, "nsubj", "aux"):
                self._add(own, "obj", self.own_slots(c).get("obj", []))

    def preposition_left(self, i: int) -> bool:
        """Whether a relative clause has a place for its antecedent other than the object: a pronoun in another slot."""
        return any(self.lemmas[j] in {"where", "when", "why"} for j in self.sentence.subtree(i)[:3])
