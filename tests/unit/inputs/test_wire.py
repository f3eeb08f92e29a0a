"""ninjs of three generations, NewsML-G2 with XHTML, NITF or plain text inside, NITF alone."""

from __future__ import annotations

import json

import pytest

from hearsay.page.article import read_text
from hearsay.page.hypertext import read_html

FIRST = {
    "uri": "urn:wire:1", "type": "text", "versioncreated": "2023-03-14T10:00:00Z", "language": "en-GB", "headline": "Envoy meets rebels",
    "byline": "By Ana Ruiz", "infosource": [{"name": "AFP"}], "subject": [{"name": "War"}, {"code": "1"}], "pubstatus": "usable",
    "body_text": "ADEN, March 14 (AFP) - The envoy met the rebels on Monday, the port's master said.\n\nNobody was hurt.",
}  # fmt: skip
SECOND = {
    "uri": "https://wire.example/2", "versioncreated": "2023-03-15T10:00:00Z", "by": "Jo Lee", "headlines": [
        {"role": "short", "value": "Talks"}, {"role": "main", "value": "Talks fail in the port"}],
    "bodies": [{"contenttype": "text/html",
                "value": "<section><p>The talks failed on Sunday, both sides said.</p><p>More will follow.</p></section>"}],
}  # fmt: skip
NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:wire:3" version="1"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:REUTERS"><name>Reuters</name></provider>
<versionCreated>2022-12-09T08:30:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline xml:lang="en">Two nurses freed</headline><by>Ana Ruiz and Jo Lee</by><language tag="en"/>
<subject qcode="x:1"><name>Health</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
<body><p>Rebels freed two nurses on Friday, the army said.</p><p>Both are well.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:wire:4"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta/><contentSet/></newsItem>
<newsItem guid="urn:wire:5"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
<newsItem guid="urn:wire:6"><itemMeta><provider literal="dpa"/></itemMeta><contentMeta><headline>Rain</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">It rained in the capital.
It will rain again, the service said.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>"""
NITF = """<nitf><head><title>Fire</title><docdata><doc-id id-string="n9"/><date.issue norm="20221209T083000Z"/></docdata></head><body>
<body.head>
<hedline><hl1>Fire in the port</hl1></hedline><byline>By <person>Ana Ruiz</person></byline><distributor>AP</distributor></body.head>
<body.content><p>A fire broke out in the port on Friday, the police said.</p><hl2>Smoke</hl2><p>Nobody was hurt, they said.</p>
<media><media-caption>Smoke over the port.</media-caption></media></body.content></body></nitf>"""


def shown(article) -> list[tuple[str, str]]:
    return [(p.kind, p.span.of(article.text)) for p in article.parts]


def test_first_generation(opened) -> None:
    (report,), errors = opened("item.json", json.dumps(FIRST, indent=1))
    assert errors == []
    assert (report.id, report.title, report.date, report.language) == ("urn:wire:1", "Envoy meets rebels", "2023-03-14T10:00:00Z", "en")
    assert (report.publisher, report.authors, report.tags, report.agencies) == ("AFP", ("Ana Ruiz",), ("War",), ("AFP",))
    assert [k for k, _ in shown(read_text(report.text))] == ["headline", "byline", "dateline", "lead", "body"]


def test_second_and_third_generation(opened) -> None:
    third = {k.replace("versionc", "versionC"): v for k, v in SECOND.items()}
    third["bodies"] = [{"contentType": "text/html", "value": SECOND["bodies"][0]["value"]}]
    for item in (SECOND, third):
        (report,), _ = opened("item.json", json.dumps(item))
        assert (report.title, report.url, report.authors) == ("Talks fail in the port", "https://wire.example/2", ("Jo Lee",))
        assert shown(read_html(report.html)) == [
            ("headline", "Talks fail in the port"), ("byline", "Jo Lee"),
            ("lead", "The talks failed on Sunday, both sides said."), ("body", "More will follow."),
        ]  # fmt: skip


def test_items_in_a_list_and_in_lines(opened) -> None:
    picture = {"uri": "urn:p", "type": "picture", "pubstatus": "usable", "description_text": "A boat."}
    gone = FIRST | {"pubstatus": "canceled"}
    reports, errors = opened("items.json", json.dumps([FIRST, picture, SECOND, gone]))
    assert [r.id for r in reports] == ["urn:wire:1", "https://wire.example/2"]
    assert errors == ["items.json:2: a ninjs item without a text body (type picture)",
                      "items.json:4: withdrawn by its provider (pubstatus canceled)"]  # fmt: skip
    reports, errors = opened("items.jsonl", json.dumps(FIRST) + "\n" + json.dumps(SECOND))
    assert len(reports) == 2 and errors == []


def test_newsml(opened) -> None:
    (first, last), errors = opened("m.xml", NEWSML)
    assert (first.id, first.title, first.date, first.publisher) == ("urn:wire:3", "Two nurses freed", "2022-12-09T08:30:00Z", "Reuters")
    assert (first.authors, first.tags, first.agencies) == (("Ana Ruiz", "Jo Lee"), ("Health",), ("Reuters",))
    assert shown(read_html(first.html))[-2:] == [
        ("lead", "Rebels freed two nurses on Friday, the army said."), ("body", "Both are well.")
    ]  # fmt: skip
    assert last.text == "Rain\n\nIt rained in the capital.\nIt will rain again, the service said." and last.publisher == "dpa"
    assert errors == ["m.xml:2: a newsItem without a text body (class ninat:picture)",
                      "m.xml:3: withdrawn by its provider (pubStatus stat:canceled)"]  # fmt: skip


def test_nitf_alone_and_inside_newsml(opened) -> None:
    (report,), _ = opened("n.xml", NITF)
    assert (report.id, report.title, report.date, report.publisher, report.authors) == (
        "n9", "Fire in the port", "2022-12-09", "AP", ("Ana Ruiz",))  # fmt: skip
    parts = shown(read_html(report.html))
    assert ("headline", "Fire in the port") in parts and ("caption", "Smoke over the port.") in parts
    assert [t for k, t in parts if k in ("lead", "body")] == [
        "A fire broke out in the port on Friday, the police said.", "Smoke", "Nobody was hurt, they said."]  # fmt: skip
    wrapped = f"""<newsItem guid="g"><contentMeta><headline>Fire in the port</headline></contentMeta><contentSet><inlineXML
        contenttype="application/nitf+xml">{NITF}</inlineXML></contentSet></newsItem>"""
    (inner,), _ = opened("w.xml", wrapped)
    assert shown(read_html(inner.html)) == parts


@pytest.mark.parametrize("data", ["{", '{"uri": 1}', '[1, {"a": 2}]', "[" * 100_000, '"words"'])
def test_json_that_holds_no_report(opened, data: str) -> None:
    reports, errors = opened("x.json", data)
    assert reports == [] and errors and all("JSON" in e or "with words" in e for e in errors)
