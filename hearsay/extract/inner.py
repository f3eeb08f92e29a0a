"""What the model does not look for: attributions inside the content of others, and hedges that name nobody.

The benchmark that the model learned from marks the outermost attribution only. Inside content, words of the cue table with a
clause of their own are cues; everywhere, "allegedly", "the alleged …" and "is accused of" are cues without a source.
"""

from __future__ import annotations

from collections.abc import Sequence

from hearsay.core.document import READ_KINDS, Document, Sentence
from hearsay.extract.attribution_features import word_features
from hearsay.extract.attribution_model import AttributionModel
from hearsay.extract.drafts import Draft, draft_parts
from hearsay.extract.quotations import Quotes
from hearsay.extract.stances import Cue, cue_table, find_row, possible_lemmas
from hearsay.neural.decode import Evidence
from hearsay.neural.heads import PartScorer

_CLAUSES = {
    "that": ("ccomp",), "own": ("ccomp",), "quote": ("ccomp", "parataxis"), "to": ("xcomp",), "of": ("obl", "advcl", "xcomp", "ccomp"),
    "object": ("obj",),
}  # fmt: skip
_WITH_OBJECT = frozenset({"denies", "accuses", "praises", "confirms"})
"""Stances whose plain object is content inside other content: "… that she *denies* the charges"."""
_HEDGES = ("adverb", "adjective")
_GROUP = ("aux", "aux:pass", "cop", "advmod")
_AFTER = ("compound:prt",)
_NO_SOURCE = frozenset({"accuse", "allege", "rumor", "rumour", "suspect"})
INNER_SCORE = {"clause": 0.55, "hedge": 0.6}
"""clause: about the share of such finds that GUM train marks too (31 of 59); hedge: set by hand, no gold marks them."""


def find_inner(
    document: Document, quotes: Quotes, outer: Sequence[Draft], evidence: Sequence[Evidence], scorer: PartScorer, model: AttributionModel
) -> list[Draft]:
    """Drafts inside the content of `outer`, and hedges anywhere; none shares a cue word with `outer`."""
    taken: dict[int, set[int]] = {}
    held: dict[int, set[int]] = {}
    for draft in outer:
        taken.setdefault(draft.sentence, set()).update(range(draft.first, draft.last))
        for index, tokens in [(draft.sentence, draft.content), *draft.extra]:
            held.setdefault(index, set()).update(tokens)
    found: list[tuple[Sentence, tuple[int, int], Cue]] = []
    for sentence in document.sentences:
        if not sentence.tokens or document.part_of(sentence).kind not in READ_KINDS:
            continue
        free = set(range(len(sentence.tokens))) - taken.get(sentence.index, set())
        inside = held.get(sentence.index, set())
        found += [(sentence, cue, row) for cue, row in _clause_cues(sentence, free & inside)]
        found += [(sentence, cue, row) for cue, row in _hedges(sentence, free)]
    return _drafts(found, held, quotes, evidence, scorer, model)


def _clause_cues(sentence: Sentence, allowed: set[int]) -> list[tuple[tuple[int, int], Cue]]:
    """Verbs and predicates of the cue table that have the clause their frame asks for."""
    out = []
    for i in sorted(allowed):
        token = sentence.tokens[i]
        if token.upos not in ("VERB", "ADJ", "AUX") or not (possible_lemmas(token.text, token.lemma) & cue_table().rows.keys()):
            continue
        group = cue_group(sentence, i)
        row = find_row(sentence, *group)
        if row and set(range(*group)) <= allowed and any(_clauses(sentence, i, row)):
            out.append((group, row))
    return out


def _clauses(sentence: Sentence, head: int, row: Cue) -> list[int]:
    """The dependents of a cue's head that can be its content."""
    roles = _CLAUSES.get(row.frame) if row.frame != "object" or row.stance in _WITH_OBJECT else None
    tops = list(sentence.dependents(head, *roles)) if roles else []
    if not tops and row.stance in _WITH_OBJECT and row.frame != "deed":
        tops = list(sentence.dependents(head, "obj"))
    if row.frame == "of":
        tops = [t for t in tops if any(sentence.tokens[c].text.lower() == "of" for c in sentence.dependents(t, "case", "mark"))]
    return tops


def cue_group(sentence: Sentence, head: int) -> tuple[int, int]:
    """(first, last + 1) of the words beside a verb that belong to its cue: auxiliaries, negation, adverbs before it, particles."""
    first, last = head, head + 1
    while first and sentence.tokens[first - 1].head == head and sentence.tokens[first - 1].relation in _GROUP:
        first -= 1
    while last < len(sentence.tokens) and sentence.tokens[last].head == head and sentence.tokens[last].relation in _AFTER:
        last += 1
    return first, last


def _hedges(sentence: Sentence, free: set[int]) -> list[tuple[tuple[int, int], Cue]]:
    """ "allegedly" and its like, and passives such as "is accused of" without a "by"."""
    out = []
    for i in sorted(free):
        token = sentence.tokens[i]
        options = possible_lemmas(token.text, token.lemma)
        if token.upos == "ADV" or token.role == "amod":
            frame = "adverb" if token.upos == "ADV" else "adjective"
            rows = [r for lemma in sorted(options) for r in cue_table().rows.get(lemma, ()) if r.frame == frame]
            out += [((i, i + 1), r) for r in rows[:1]]
        elif options & _NO_SOURCE and sentence.dependents(i, "aux:pass", "nsubj:pass") and not sentence.dependents(i, "obl:agent"):
            group = cue_group(sentence, i)
            row = find_row(sentence, *group)
            if row and set(range(*group)) <= free and _has_agentless_content(sentence, i):
                out.append((group, row))
    return out


def _has_agentless_content(sentence: Sentence, i: int) -> bool:
    markers = {sentence.tokens[c].lemma.lower() for d in sentence.children[i] for c in sentence.dependents(d, "case", "mark")}
    return "by" not in markers and bool(markers & {"of", "to", "that"} or sentence.dependents(i, "xcomp", "ccomp"))


def _drafts(
    found: list[tuple[Sentence, tuple[int, int], Cue]],
    held: dict[int, set[int]],
    quotes: Quotes,
    evidence: Sequence[Evidence],
    scorer: PartScorer,
    model: AttributionModel,
) -> list[Draft]:
    unique = {(s.index, cue): (s, cue, row) for s, cue, row in found}
    items = list(unique.values())
    features = {s.index: word_features(s, quotes, model.vocabulary) for s, _, _ in items}
    drafts = draft_parts([(s, cue, evidence[s.index].cue) for s, cue, _ in items], features, quotes, evidence, scorer, model)
    out = []
    for (sentence, _, row), draft in zip(items, drafts, strict=True):
        draft.rule, draft.nested = row.place, True
        if row.frame in _HEDGES or _is_passive(sentence, draft, row):
            _fill_hedge(sentence, draft)
        else:
            _fill_clause(sentence, draft, row, held.get(sentence.index, set()))
        if draft.content:
            out.append(draft)
    return out


def _is_passive(sentence: Sentence, draft: Draft, row: Cue) -> bool:
    head = _head(sentence, draft)
    return row.lemmas[0] in _NO_SOURCE and bool(sentence.dependents(head, "aux:pass", "nsubj:pass"))


def _head(sentence: Sentence, draft: Draft) -> int:
    return next((i for i in range(draft.first, draft.last) if not draft.first <= sentence.tokens[i].head < draft.last), draft.first)


def _fill_hedge(sentence: Sentence, draft: Draft) -> None:
    """No source; the content is the clause in which the hedge stands, without the hedge; of "the alleged thief" what follows."""
    head = _head(sentence, draft)
    if sentence.tokens[head].role == "amod":
        holder = sentence.tokens[head].head
        words = [i for i in sentence.subtree(holder) if i > head and sentence.tokens[i].role not in ("acl", "appos", "parataxis", "punct")]
        draft.source, draft.content, draft.score = [], [i for i in words if i <= holder], INNER_SCORE["hedge"]
        return
    top = sentence.tokens[head].head if sentence.tokens[head].upos == "ADV" and sentence.tokens[head].head >= 0 else head
    skip = frozenset(c for c in sentence.children[top] if sentence.tokens[c].role in ("parataxis", "conj", "discourse", "mark"))
    words = [i for i in sentence.subtree(top, skip) if not draft.first <= i < draft.last]
    draft.source, draft.content, draft.score = [], _without_edges(sentence, words), INNER_SCORE["hedge"]


def _fill_clause(sentence: Sentence, draft: Draft, row: Cue, inside: set[int]) -> None:
    """The model's parts where they lie inside the outer content, the tree's where the model has none."""
    head = _head(sentence, draft)
    draft.content = [i for i in draft.content if i in inside]
    draft.source = [i for i in draft.source if i in inside]
    draft.score = INNER_SCORE["clause"]
    if not draft.content:
        tops = _clauses(sentence, head, row)
        draft.content = _without_edges(sentence, [i for t in tops for i in sentence.subtree(t) if i in inside])
    if not draft.source:
        subjects = _subjects(sentence, head)
        skip = frozenset(c for s in subjects for c in sentence.dependents(s, "acl", "parataxis", "punct"))
        draft.source = [i for s in subjects for i in sentence.subtree(s, skip) if i in inside]
    if row.frame == "of" and draft.content:  # the accused belong to an accusation's content
        objects = [i for o in sentence.dependents(head, "obj") for i in sentence.subtree(o)]
        draft.content = [i for i in range(min([*objects, *draft.content]), max(draft.content) + 1) if i in inside]
    draft.content = [i for i in draft.content if i not in draft.source and not draft.first <= i < draft.last]


def _subjects(sentence: Sentence, head: int) -> tuple[int, ...]:
    """Subjects of a verb, of the verb that it is joined to by "and", or the minister in "quoted the minister as saying"."""
    for _ in sentence.tokens:
        found = sentence.dependents(head, "nsubj")
        if found or sentence.tokens[head].role != "conj":
            break
        head = sentence.tokens[head].head
    above = sentence.tokens[head].head
    marked = any(sentence.tokens[c].text.lower() == "as" for c in sentence.dependents(head, "mark", "case"))
    return found or (sentence.dependents(above, "obj") if marked and above >= 0 else ())


def _without_edges(sentence: Sentence, words: list[int]) -> list[int]:
    words = sorted(set(words))
    while words and sentence.tokens[words[0]].upos == "PUNCT" and sentence.tokens[words[0]].text in ",;:–—-":
        words.pop(0)
    while words and sentence.tokens[words[-1]].upos == "PUNCT" and sentence.tokens[words[-1]].text in ",;:–—-.":
        words.pop()
    return words
