"""Analysed sentences -> attributions: who is said to have said, believed, wanted, ordered or shown what.

The model drafts cue, source and content inside a sentence (`drafts`), quotation marks carry content over sentences and
paragraphs (`continuations`), a second look finds what stands inside others (`inner`), and tables tell the stance (`stances`).
Pronouns are not resolved here: a source is the report's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hearsay.core.document import Document, Sentence
from hearsay.core.records import Attribution, Provenance
from hearsay.core.span import Span, join_spans
from hearsay.extract.addressees import find_addressee
from hearsay.extract.attribution_model import AttributionModel, open_attribution_model
from hearsay.extract.attribution_spans import content_spans, is_word, source_spans
from hearsay.extract.continuations import join_quoted
from hearsay.extract.drafts import Draft, find_drafts
from hearsay.extract.inner import find_inner
from hearsay.extract.leads import raise_leads
from hearsay.extract.nesting import chain_of, set_inside
from hearsay.extract.quotations import Quotes, mark_quotes
from hearsay.extract.reports import add_closing, raise_citing, raise_reports
from hearsay.extract.stances import cue_end, find_stance
from hearsay.extract.turns import find_turns, merge_turns
from hearsay.neural.decode import Evidence
from hearsay.neural.heads import PartScorer
from hearsay.neural.pack import Pack

__all__ = ["AttributionReader", "chain_of", "find_attributions", "speaker_mention"]

STAGE = "attributions"
DIRECT = 0.9
"""Share of the content's words inside double marks from which an attribution is direct (as the benchmark counts)."""


class AttributionReader:
    """The attribution weights and the pair scorer of one pack, opened once."""

    def __init__(self, pack: Pack, model: AttributionModel | None = None) -> None:
        self._scorer = PartScorer(pack)
        self._model = model or open_attribution_model()

    def find(self, document: Document, evidence: Sequence[Evidence]) -> tuple[Attribution, ...]:
        """As `find_attributions`."""
        return find_attributions(document, evidence, self._scorer, self._model)


def find_attributions(
    document: Document, evidence: Sequence[Evidence], scorer: PartScorer, model: AttributionModel | None = None
) -> tuple[Attribution, ...]:
    """Attributions of a report in text order, ids a1, a2, …

    Args:
        evidence: one a sentence, in the order of `document.sentences`.
        scorer: of the pack that made the evidence.
        model: None opens the weights that ship.
    """
    model = model or open_attribution_model()
    quotes = mark_quotes(document)
    drafts = find_drafts(document, quotes, evidence, scorer, model)
    add_closing(document, drafts)
    raise_reports(document, drafts)
    raise_citing(document, drafts)
    raise_leads(document, quotes, drafts)
    kept = [d for d in drafts if d.score >= model.settings["threshold"]]
    for draft in kept:
        _widen_cue(document.sentences[draft.sentence], draft)
    kept = merge_turns(kept, find_turns(document, quotes))
    join_quoted(document, quotes, kept)
    kept += find_inner(document, quotes, kept, evidence, scorer, model)
    found = [a for d in kept if (a := _finish(document, quotes, d))]
    return set_inside(_number(found))


def _widen_cue(sentence: Sentence, draft: Draft) -> None:
    """Words of the content's beginning that belong to the cue go over to it."""
    end = cue_end(sentence, draft.first, draft.last)
    if end > draft.last and set(range(draft.last, end)) < set(draft.content):
        draft.last = end
        draft.content = [i for i in draft.content if i >= end or i < draft.first]


def _finish(document: Document, quotes: Quotes, draft: Draft) -> Attribution | None:
    """A draft's record with clean spans; None if no content is left."""
    sentence = document.sentences[draft.sentence]
    cue = set(range(draft.first, draft.last))
    pieces = sorted([(draft.sentence, [i for i in draft.content if i not in cue]), *draft.extra])
    begun = {index for index, tokens in pieces if 0 in tokens}
    content = []
    for index, tokens in pieces:
        content += content_spans(document.sentences[index], tokens, quotes, goes_on=index + 1 in begun, inner=draft.is_inner)
    if not content:
        return None
    stance = find_stance(sentence, draft.first, draft.last)
    joined = join_spans(content, document.text)
    return Attribution(
        id="",
        kind=_kind(document, quotes, draft),
        source=tuple(source_spans(sentence, [i for i in draft.source if i not in cue])),
        cue=(sentence.cover(range(draft.first, draft.last)),),
        content=joined,
        provenance=Provenance(STAGE, draft.rule, draft.score),
        addressee=tuple(find_addressee(sentence, draft.first, draft.last, {*draft.source, *draft.content})),
        stance=stance.stance,
        negated=stance.negated,
    )


def _kind(document: Document, quotes: Quotes, draft: Draft) -> str:
    """Direct in marks of its own: what somebody tells inside a quotation is in the words of whoever is quoted."""
    around = quotes.at(document.sentences[draft.sentence].tokens[draft.first].start)
    if around and around.level == "double" and around.opened and around.closed:
        return "indirect"
    words = list(_words(document, [(draft.sentence, draft.content), *draft.extra]))
    inside = sum(1 for place in words if (q := quotes.at(place)) and q.level == "double")
    share = inside / max(1, len(words))
    return "direct" if share >= DIRECT else "mixed" if inside else "indirect"


def _words(document: Document, pieces: Iterable[tuple[int, list[int]]]) -> Iterable[int]:
    for index, tokens in pieces:
        for i in tokens:
            token = document.sentences[index].tokens[i]
            if is_word(token.text):
                yield token.start


def _number(found: Sequence[Attribution]) -> list[Attribution]:
    ordered = sorted(found, key=lambda a: (min(s.start for s in (*a.source, *a.cue, *a.content)), a.cue[0].start))
    return [replace(a, id=f"a{i}") for i, a in enumerate(ordered, 1)]


def speaker_mention(attribution: Attribution, document: Document, attributions: Sequence[Attribution] = ()) -> Span | None:
    """The words that name an attribution's speaker: its source; None when the text names nobody.

    Args:
        attributions: all of the report. With them, a quotation without a source is given to whoever spoke last before it in its
            story, if that was in marks too.
    """
    if attribution.source or attribution.kind != "direct":
        return attribution.source[0] if attribution.source else None
    story = _story_at(document, attribution.content[0].start)
    before = [a for a in attributions if a.source and a.kind == "direct" and a.content[0].start < attribution.content[0].start]
    last = max(before, key=lambda a: a.content[0].start, default=None)
    return last.source[0] if last and _story_at(document, last.content[0].start) == story else None


def _story_at(document: Document, place: int) -> int:
    return next((p.story for p in document.article.parts if p.span.start <= place < p.span.end), 0)
