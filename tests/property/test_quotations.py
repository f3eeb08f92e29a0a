"""Any text with any marks: nothing raises, quotations lie inside their paragraph, attributions inside the text."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearsay.core.document import Article, Document, Part
from hearsay.core.span import Span
from hearsay.extract.attributions import chain_of, find_attributions, speaker_mention
from hearsay.extract.quotations import find_quotations, mark_quotes, split_paragraphs
from hearsay.neural.decode import Analyser
from hearsay.neural.heads import PartScorer
from hearsay.text.layout import lay_out

PIECES = ["“", "”", '"', "'", "’", "‘", "«", "»", "„", "''", "``", " ", " ", "\n", ".", ",", ":", "—", "?", "5"]
WORDS = ["he", "said", "the", "minister", "told", "Reuters", "that", "war", "allegedly", "Moscow", "accused", "of", "will", "not", "deny"]
TEXTS = st.lists(st.sampled_from(PIECES + WORDS), max_size=60).map(lambda p: "".join(w if w in PIECES else f" {w}" for w in p))


@settings(max_examples=400, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=80)))
def test_quotations_lie_inside_their_paragraph(text: str) -> None:
    lines = split_paragraphs(text, Span(0, len(text)))
    for quotation in find_quotations(text, lines):
        assert quotation.span.length > 0
        assert lines[quotation.paragraph].holds(quotation.span)


@lru_cache(maxsize=1)
def _analyser() -> tuple[Analyser, PartScorer]:
    analyser = Analyser()
    return analyser, PartScorer(analyser.pack)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_attributions_lie_inside_the_text(text: str) -> None:
    analyser, scorer = _analyser()
    parts = tuple(Part("body", p) for p in split_paragraphs(text, Span(0, len(text))))
    layouts = lay_out(text, [p.span for p in parts])
    sentences, evidence = analyser.analyse(text, layouts)
    document = Document(Article(text, parts), sentences)
    assert len(mark_quotes(document).number) == len(text) + 1
    found = find_attributions(document, evidence, scorer)
    assert [a.id for a in found] == [f"a{i}" for i in range(1, len(found) + 1)]
    for one in found:
        spans = [*one.source, *one.cue, *one.content, *one.addressee]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert one.content and one.cue and 0 <= one.provenance.score <= 1
        assert one.inside != one.id
        assert speaker_mention(one, document) in (None, *one.source)
        chain_of(one.id, found, document)
