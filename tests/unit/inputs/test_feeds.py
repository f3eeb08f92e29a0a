"""Feeds and sitemaps read as they are: each entry its own small report, nothing fetched."""

from __future__ import annotations

from hearsay.page.hypertext import read_html

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Harbour Post</title><language>en-GB</language>
<item><title>Envoy meets rebels in &amp;quot;neutral&amp;quot; port</title><link>https://harbour.example/1</link>
<pubDate>Tue, 14 Mar 2023 23:30:00 -0500</pubDate><dc:creator>Ana Ruiz</dc:creator><category>Yemen</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>The envoy met the rebels on Monday, the port&#8217;s master said.</p><p>Nobody was hurt.</p>]]>
</content:encoded></item>
<item><title>Rain</title><link>https://harbour.example/2</link>
<description>It rained all day in the capital &amp; beyond it.</description></item>
<item><link>https://harbour.example/3</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title>Talks fail</title><link href="https://wire.example/a"/><published>2022-05-01T01:00:00+09:00</published>
<author><name>Jo Lee</name></author><summary>The talks failed on Sunday, both sides said.</summary></entry></feed>"""

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://e.example/1</loc><news:news><news:publication><news:name>E Daily</news:name><news:language>en</news:language>
</news:publication>
<news:publication_date>2021-02-03T04:05:06Z</news:publication_date><news:title>Army frees two nurses</news:title>
<news:keywords>war, health</news:keywords></news:news></url>
<url><loc>https://e.example/2</loc></url></urlset>"""


def test_rss_entries_are_reports_with_their_days_in_their_own_zone(opened) -> None:
    (first, second), errors = opened("feed.xml", RSS)
    assert (first.title, first.date, first.publisher) == ('Envoy meets rebels in "neutral" port', "2023-03-14", "The Harbour Post")
    assert (first.url, first.authors, first.tags, first.language) == ("https://harbour.example/1", ("Ana Ruiz",), ("Yemen",), "en")
    assert second.date is None
    assert errors == ["feed.xml:3: names an address only; read the page itself with --follow"]


def test_an_entry_is_read_as_headline_and_body(opened) -> None:
    (first, second), _ = opened("feed.rss", RSS)
    article = read_html(first.html)
    assert [(p.kind, p.span.of(article.text)) for p in article.parts] == [
        ("headline", 'Envoy meets rebels in "neutral" port'),
        ("lead", "The envoy met the rebels on Monday, the port’s master said."),
        ("body", "Nobody was hurt."),
    ]
    article = read_html(second.html)
    assert [(p.kind, p.span.of(article.text)) for p in article.parts] == [
        ("headline", "Rain"), ("lead", "It rained all day in the capital & beyond it."),
    ]  # fmt: skip


def test_atom(opened) -> None:
    (report,), errors = opened("feed.atom", ATOM)
    assert errors == [] and (report.title, report.date, report.publisher) == ("Talks fail", "2022-05-01", "Wire")
    assert report.authors == ("Jo Lee",)


def test_news_sitemap_gives_headlines(opened) -> None:
    (report,), errors = opened("sitemap.xml", SITEMAP)
    assert (report.text, report.title, report.date) == ("Army frees two nurses", "Army frees two nurses", "2021-02-03")
    assert (report.publisher, report.language, report.tags) == ("E Daily", "en", ("war", "health"))
    assert errors == ["sitemap.xml:2: names an address only; read the page itself with --follow"]


def test_broken_and_empty_ones(opened) -> None:
    assert opened("a.xml", '<rss version="2.0"><channel><title>x</title></channel></rss>')[1] == ["a.xml: a feed without entries"]
    assert opened("b.xml", "<urlset><url>")[1][0].startswith("b.xml: not readable as XML: Premature end of data")
    assert opened("c.xml", "<urlset></urlset>")[1] == ["c.xml: a sitemap that names no address"]
    assert "XML of a kind that Hearsay does not know (<book>)" in opened("d.xml", "<book><p>Words.</p></book>")[1][0]


def test_a_feed_cut_in_the_middle_gives_what_is_whole(opened) -> None:
    reports, _ = opened("feed.xml", RSS[: RSS.index("<item><title>Rain")])
    assert [r.title for r in reports] == ['Envoy meets rebels in "neutral" port']
