"""Whether an event is told as asserted, future, hypothetical or negated, and whether as background.

Walks from the trigger to the words that govern it: its auxiliaries and negations, the verbs that carry it ("will hold
talks"), the governors of `modality.tsv` ("refused to meet", "a call for talks"), conditionals and purpose clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hearsay.core.document import Token
from hearsay.extract.clauses import Clauses
from hearsay.extract.evidence import Seen
from hearsay.extract.stances import is_claim
from hearsay.extract.triggers import Trigger, light_verb
from hearsay.knowledge.codings import load_classes
from hearsay.knowledge.lexicons import load_governors

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "hardly", "n’t", "nobody", "none"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_HYPOTHETICAL = frozenset({"could", "may", "might", "should", "must", "can", "ought", "ca"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "should", "until", "once"})
_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}
_ARRANGED = frozenset({"CONSULT", "COOPERATE", "PROTEST", "ACCUSE"})
"""Types whose events are arranged beforehand."""
_SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "CONCEDE", "THREATEN"})
_AT = frozenset({"at", "during", "in", "after"})
_OWN = frozenset({"auxiliary", "no", "headline", "to be judged"})
"""Rules of possibility that read the event's own clause, not what governs it."""
_RANK = {"asserted": 0, "future": 1, "hypothetical": 2, "negated": 3}


class Effect(NamedTuple):
    """What one word does to the event's reality, and the rule that says so."""

    value: str
    rule: str


def find_modality(clauses: Clauses, trigger: Trigger, *, is_coming: bool = False) -> Effect:
    """The modality of an event and what decided it. Negation outdoes possibility, which outdoes the future.

    Args:
        is_coming: the event is dated after the report.
    """
    if trigger.pos == "NOUN" and _is_reacted_to(clauses, trigger.token):
        return Effect("asserted", "reacted to")
    effects = [e for e in _effects(clauses, trigger.token, trigger.pos) if not _is_said_anyway(e, trigger)]
    if trigger.pos == "NOUN" and trigger.coding.type in _ARRANGED:
        effects.extend(_surrounding_future(clauses, trigger.token))
    if is_coming:
        effects.append(Effect("future", "date"))
    if any(e.rule == "condition" for e in effects):
        return Effect("hypothetical", "condition")
    negations = [k for k, e in enumerate(effects) if e.value == "negated"]
    if negations and len(negations) % 2 == 0:  # "did not rule out talks", "refused to deny"
        return Effect("hypothetical", "double negation")
    if negations and any(e.value == "hypothetical" and e.rule not in _OWN for e in effects[negations[0] :]):  # "urged them not to strike"
        return Effect("hypothetical", "asked not to")
    return max(effects, key=lambda e: _RANK[e.value], default=Effect("asserted", "plain"))


def _is_reacted_to(clauses: Clauses, i: int) -> bool:
    """Whether a noun names what another noun answers, so that it has happened: "promised a response to the sanctions"."""
    head = clauses.tokens[i].head
    placed = head >= 0 and clauses.tokens[i].role == "nmod" and clauses.preposition(i) == "to"
    return placed and clauses.lemmas[head] in load_classes()["reaction"]


def _effects(clauses: Clauses, i: int, pos: str) -> Iterator[Effect]:
    if pos == "NOUN":
        yield from _modifiers(clauses, i)
    else:
        yield from _auxiliaries(clauses, i)
    at = i
    for _ in clauses.tokens:
        up = _step(clauses, at, at == i)
        yield from up.effects
        if up.to < 0:
            return
        at = up.to


def _is_said_anyway(effect: Effect, trigger: Trigger) -> bool:
    """Whether an effect leaves a speech act as it is: marched to demand, voted to reject, denied the accusation."""
    if trigger.coding.type not in _SPEECH:
        return False
    return effect.rule == "purpose" or (trigger.pos == "NOUN" and effect.value == "negated" and effect.rule not in {"negation", "no"})


def _surrounding_future(clauses: Clauses, i: int) -> Iterator[Effect]:
    """Talks are to come where what they will do, or what will be done at them, is told: "the visit will help", "will sign at the talks"."""
    if clauses.preposition(i) in {"ahead", "before", "pending"}:
        yield Effect("future", "ahead of")
    at = i
    while clauses.tokens[at].role == "conj" and not clauses.is_verb(clauses.tokens[at].head):
        at = clauses.tokens[at].head
    head = clauses.tokens[at].head
    if head < 0 or not clauses.is_verb(head):
        return
    placed = clauses.tokens[at].role == "nsubj" or (clauses.tokens[at].role == "obl" and clauses.preposition(at) in _AT)
    if placed and any(clauses.tokens[c].role == "aux" and clauses.tokens[c].text.lower() in _FUTURE for c in clauses.children[head]):
        yield Effect("future", "will")


class _Step(NamedTuple):
    to: int
    effects: tuple[Effect, ...]


_STOP = _Step(-1, ())


def _step(clauses: Clauses, at: int, first: bool) -> _Step:
    """One step up the tree; `to` is -1 where what stands above no longer bears on the event."""
    token = clauses.tokens[at]
    head = token.head
    if head < 0:
        return _STOP
    if token.role == "conj":
        return _conjunct(clauses, at, head)
    if token.role == "advcl":
        return _adverbial(clauses, at, head)
    if token.role == "ccomp" and _is_subjunctive(clauses, at):
        return _Step(-1, (Effect("hypothetical", "subjunctive"),))
    effect = _governed(clauses, at, head)
    judged = clauses.tokens[head].upos == "ADJ" and token.role in {"csubj", "xcomp", "ccomp"}
    if not effect and judged and clauses.mark(at) in {"to", "for"}:
        return _Step(-1, (Effect("hypothetical", "to be judged"),))
    if effect:
        return _Step(head, (effect, *_auxiliaries(clauses, head, only_negation=True)))
    light = light_verb(clauses, at) if not clauses.is_verb(at) else None
    if light and light.verb == head:
        return _Step(head, tuple(_auxiliaries(clauses, head)))
    if token.role == "xcomp" and clauses.lemmas[head] == "be" and clauses.mark(at) == "to":
        return _Step(head, (Effect("future", "is to"),))
    if token.role == "xcomp":
        return _Step(head, tuple(_auxiliaries(clauses, head)))
    at_top = clauses.tokens[head].head < 0 and not clauses.is_verb(head)
    if token.role in {"acl", "parataxis"} and token.xpos == "VB" and at_top and not _has_verb(clauses):
        return _Step(-1, (Effect("future", "headline"),))
    if not clauses.is_verb(at) and not clauses.is_verb(head) and clauses.preposition(at) == "of":
        if _is_denied_claim(clauses, head):
            return _Step(-1, (Effect("negated", "claim denied"),))
        return _Step(head, tuple(_modifiers(clauses, head)))
    return _STOP


def _is_denied_claim(clauses: Clauses, noun: int) -> bool:
    """ "dismissed allegations of torture", "rejected claims of fraud": who does so denies what is claimed."""
    above, classes = clauses.tokens[noun].head, load_classes()
    claimed = is_claim(clauses.lemmas[noun]) or clauses.lemmas[noun] in classes["deniable"]
    return claimed and clauses.tokens[noun].role in {"obj", "nsubj"} and above >= 0 and clauses.lemmas[above] in classes["denying"]


def _is_subjunctive(clauses: Clauses, at: int) -> bool:
    """ "insisted that he be dismissed", "demanded that Lebanon recover": a bare form with a subject and no modal."""
    children = [clauses.tokens[c] for c in clauses.children[at]]
    if any(c.xpos == "MD" or (c.role == "mark" and c.text.lower() == "to") for c in children):
        return False
    bare = clauses.tokens[at].xpos == "VB" or any(c.role in {"aux", "cop"} and c.text.lower() == "be" for c in children)
    return bare and any(c.role == "nsubj" for c in children)


def _conjunct(clauses: Clauses, at: int, head: int) -> _Step:
    """A later conjunct shares what governs the first; it shares its auxiliaries only where it has none."""
    if not clauses.is_verb(at):
        return _Step(head, ())
    own = any(clauses.tokens[c].role in {"aux", "nsubj", "cop"} for c in clauses.children[at])
    if own:
        return _STOP
    bare = clauses.tokens[at].xpos == "VB" or clauses.tokens[at].xpos == clauses.tokens[head].xpos
    return _Step(head, tuple(_auxiliaries(clauses, head)) if bare else ())


def _adverbial(clauses: Clauses, at: int, head: int) -> _Step:
    mark = clauses.mark(at)
    if mark in _CONDITIONS:
        return _Step(-1, (Effect("hypothetical", "condition"),))
    effect = _governed(clauses, at, head)
    if effect and mark in {"to", "from", "against", "of"}:
        return _Step(head, (effect,))
    if mark == "as" and any(clauses.tokens[c].text.lower() == "soon" for c in clauses.children[at]):
        return _Step(-1, (Effect("hypothetical", "condition"),))
    if mark in {"to", "for"} and clauses.tokens[head].upos == "ADJ":
        return _Step(-1, (Effect("hypothetical", "to be judged"),))
    if mark == "to" and clauses.tokens[at].xpos == "VB":
        return _Step(-1, (Effect("future", "purpose"),))
    if mark == "without":
        return _Step(-1, (Effect("negated", "without"),))
    return _STOP


def _governed(clauses: Clauses, at: int, head: int) -> Effect | None:
    """What a governor of the table does to the slot in which `at` stands."""
    pos = _POS.get(clauses.tokens[head].upos)
    lemma = clauses.lemmas[head]
    rows = load_governors().get((lemma, pos)) if pos else None
    if pos == "VERB":
        for c in clauses.own_slots(head).get("prt", ()):
            rows = load_governors().get((f"{lemma}_{clauses.tokens[c].text.lower()}", pos), rows)
    if not rows:
        return None
    slot = _slot_of(clauses, at, head)
    found = rows.get(slot)
    return Effect(*found) if found else None


def _slot_of(clauses: Clauses, at: int, head: int) -> str:
    """The slot of `head` in which `at` stands; a relative or participial clause is no `acl`, only an infinitive is."""
    relative = clauses.tokens[at].relation == "acl:relcl"
    if clauses.tokens[at].role == "acl" and (relative or clauses.mark(at) not in {"to", "that", "of"}):
        return ""
    for slot, found in clauses.own_slots(head).items():
        if at in found:
            return slot
    return clauses.tokens[at].role


def _auxiliaries(clauses: Clauses, i: int, *, only_negation: bool = False) -> Iterator[Effect]:
    """What the auxiliaries and adverbs of a verb say."""
    perfect = any(clauses.tokens[c].role == "aux" and clauses.lemmas[c] == "have" for c in clauses.children[i])
    for c in clauses.children[i]:
        token = clauses.tokens[c]
        text = token.text.lower()
        if token.role in {"advmod", "det", "cc"} and text in _NEGATIONS and c < i:
            yield Effect("negated", "negation")
        elif not only_negation and token.role == "aux":
            yield from _auxiliary(text, perfect)
        elif not only_negation and token.role == "mark" and text == "to" and clauses.tokens[i].head < 0:
            yield Effect("future", "headline")
    if not only_negation and _goes_to(clauses, i):
        yield Effect("future", "going to")
    subject = clauses.own_slots(i).get("subj", []) + clauses.own_slots(i).get("obj", [])
    if any(clauses.tokens[d].text.lower() in {"no", "neither"} for s in subject for d in clauses.children[s]) or any(
        clauses.tokens[s].text.lower() in _NEGATIONS for s in subject
    ):
        yield Effect("negated", "no")


def _auxiliary(text: str, perfect: bool) -> Iterator[Effect]:
    if text in _FUTURE:
        yield Effect("future", "auxiliary")
    elif text in {"would", "'d"}:
        yield Effect("hypothetical" if perfect else "future", "auxiliary")
    elif text in _HYPOTHETICAL:
        yield Effect("hypothetical", "auxiliary")


def _has_verb(clauses: Clauses) -> bool:
    """Whether the sentence has a finite verb; a headline often has none."""
    return any(t.xpos in {"VBD", "VBZ", "VBP", "MD"} for t in clauses.tokens)


def _goes_to(clauses: Clauses, i: int) -> bool:
    head = clauses.tokens[i].head
    return clauses.tokens[i].role == "xcomp" and head >= 0 and clauses.tokens[head].text.lower() == "going"


def _modifiers(clauses: Clauses, i: int) -> Iterator[Effect]:
    """What the determiners and adjectives of an event noun say: planned talks, no deal."""
    rows = load_governors()
    for c in clauses.children[i]:
        if c < i and clauses.tokens[c].role in {"amod", "det", "case", "advmod", "compound"}:
            found = (rows.get((clauses.tokens[c].text.lower(), "MOD")) or rows.get((clauses.lemmas[c], "MOD"), {})).get("*")
            if found:
                yield Effect(*found)


RULE_WEIGHT = {"asserted": 1.5, "future": 16.0, "hypothetical": 16.0, "negated": 6.0}
"""How many times likelier a modality is when the rules find it."""
SURE_WEIGHT = 20.0
_SURE = frozenset({"auxiliary", "condition", "going to"})
"""Rules that read the grammar of the trigger's own clause."""
BACKGROUND_WEIGHT = 1.5


def join_mood(effect: Effect, seen: Seen, i: int) -> Effect:
    """The modality that rules and heads make likeliest together; a plain "not" is not argued with."""
    if effect.rule in {"negation", "double negation", "reacted to", "claim denied"}:
        return effect
    chances = seen.mood(i)
    chances[effect.value] *= SURE_WEIGHT if effect.rule in _SURE else RULE_WEIGHT[effect.value]
    best = max(chances, key=chances.__getitem__)
    return effect if best == effect.value else Effect(best, "mood head")


def is_background(clauses: Clauses, trigger: Trigger) -> bool:
    """Whether grammar tells the event as history: a past perfect, or a clause that the main one comes after."""
    verb = trigger.light.verb if trigger.light else trigger.token
    if not clauses.is_verb(verb):
        return False
    token = clauses.tokens[verb]
    if _is_past_perfect([clauses.tokens[c] for c in clauses.children[verb]], token):
        return token.role not in {"ccomp", "conj", "parataxis"}  # "said it had agreed" only shifts the tense
    return token.role == "advcl" and clauses.mark(verb) == "since"


def _is_past_perfect(children: list[Token], verb: Token) -> bool:
    return verb.xpos == "VBN" and any(c.role == "aux" and c.text.lower() in {"had", "'d"} for c in children)
