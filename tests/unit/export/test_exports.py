"""Each format: fields in their order, values in their place, nothing claimed that the report does not claim."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from eval.ledger import make_reading
from hearsay import export
from hearsay.core.records import Event, Reading
from hearsay.errors import ArgumentError
from hearsay.export import common, ftm, gdelt, jsonl, plover, polecat, prov
from hearsay.export import csv as csv_codec
from hearsay.ledger.ids import report_id
from tests.unit.ledger.story import LATER, STORY, TEXT

READINGS = (STORY, LATER, *(make_reading(n, sentences=6) for n in range(4)))
ODD = replace(
    STORY, id='a "b"\t,\nc', title="tab\there", publisher="Ü; Zeitung\u2028", url=None, text=TEXT.replace("José Ruiz", 'J\t"é\ud800;u'),
    events=(replace(STORY.events[0], mode=None, cameo=None, when=None),
            Event("e2", "AID", STORY.events[0].trigger, STORY.events[0].provenance)),
)  # fmt: skip


def written(codec, readings=READINGS, write=None) -> str:
    sink = io.StringIO()
    rows = (write or codec.write)(readings, sink)
    text = sink.getvalue()
    assert isinstance(rows, int)
    return text


def asserted(readings) -> list[tuple[Reading, Event]]:
    return list(common.happened(readings))


@pytest.mark.parametrize("name", export.FORMATS)
def test_every_codec_has_the_same_names(name: str) -> None:
    codec = export.codec(name)
    assert codec.FIELDS and all(isinstance(f, str) for f in codec.FIELDS) and len(set(codec.FIELDS)) == len(codec.FIELDS)
    assert all(isinstance(loss, str) for loss in codec.LOSSES) and codec.LOSSES
    assert codec.SUFFIX.startswith(".") and callable(codec.write)


@pytest.mark.parametrize("name", [n for n in export.FORMATS if n != "parquet"])
@pytest.mark.parametrize("readings", [(), (ODD,), (Reading("bare", "Words."),)], ids=["none", "odd", "bare"])
def test_empty_and_odd_readings_are_written(name: str, readings: tuple[Reading, ...]) -> None:
    codec = export.codec(name)
    for write in (codec.write, *getattr(codec, "COMPANIONS", {}).values()):
        text = written(codec, readings, write)
        if name in ("polecat", "gdelt"):
            fields = codec.FIELDS if write is codec.write else gdelt.MENTION_FIELDS
            assert all(line.count("\t") == len(fields) - 1 for line in text.splitlines())


def test_the_report_key_is_the_ledgers_id() -> None:
    assert common.report_key(STORY) == report_id(STORY)
    assert common.report_key(ODD) == report_id(ODD)


def test_country_codes() -> None:
    kept = common.countries()
    assert kept["RUS"] == ("RUS", "RU", "RS", "365") and kept["DEU"].fips == "GM" and kept["GBR"].fips == "UK" and len(kept) > 200


def test_jsonl_is_the_record() -> None:
    lines = written(jsonl).splitlines()
    assert [json.loads(line) for line in lines] == [r.to_json() for r in READINGS]
    assert tuple(json.loads(lines[0])) == jsonl.FIELDS


def test_csv_comes_back_as_it_went() -> None:
    back = list(csv.DictReader(io.StringIO(written(csv_codec, (*READINGS, ODD)))))
    rows = [row for r in (*READINGS, ODD) for row in csv_codec.rows_of(r)]
    assert back == [{k: "" if row[k] is None else str(row[k]) for k in csv_codec.FIELDS} for row in rows]
    assert tuple(rows[0]) and set(rows[0]) == set(csv_codec.FIELDS)
    first = back[0]
    assert (first["actor"], first["actor_words"], first["actor_country"], first["day"]) == ("Russia", "Moscow", "RUS", "2024-04-30")
    assert first["chain"] == "Sergei Vershinin ← RIA Novosti ← The Moscow Times" and first["alleged"] == "True"
    assert TEXT[int(first["trigger_start"]) : int(first["trigger_end"])] == first["trigger"]


def test_csv_takes_flat_rows_too() -> None:
    rows = [{"event": "1", "type": "AID", "more": "left out"}]
    assert written(csv_codec, rows).splitlines()[1].startswith("1,")


def test_csv_statements() -> None:
    back = list(csv.DictReader(io.StringIO(written(csv_codec, READINGS, csv_codec.write_statements))))
    assert len(back) == sum(len(r.attributions) for r in READINGS)
    assert (back[0]["speaker"], back[0]["cue"], back[0]["addressee"]) == ("Sergei Vershinin", "told", "RIA Novosti")


def test_plover_has_the_manuals_fields() -> None:
    records = [json.loads(line) for line in written(plover).splitlines()]
    assert len(records) == len([1 for _, e in asserted(READINGS) if e.actors])
    for record in records:
        assert set(plover.FIELDS) | {"hearsay"} == set(record) and all(record[f] for f in plover.REQUIRED)
        assert record["quad_code"] in (1, 2, 3, 4) and len(record["date"]) == 10
        assert {"code", "sector", "entity_text"} <= set(record["actor"][0])
    first = records[0]
    assert (first["event"], first["mode"], first["context"], first["date"]) == (["REJECT"], ["meet"], ["diplomatic"], "2024-04-30")
    assert TEXT[first["text_info"]["start"] : first["text_info"]["end"]] == first["text"]
    assert first["event_loc"]["country_code"] == "UKR" and first["cite_info"]["publication"] == "The Moscow Times"


def test_polecat_has_forty_columns_in_order() -> None:
    assert len(polecat.FIELDS) == 40
    rows = list(csv.DictReader(io.StringIO(written(polecat)), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == len(asserted(READINGS)) and tuple(rows[0]) == polecat.FIELDS
    first = rows[0]
    assert first["Actor Name"] == "Russia" and first["Actor COW"] == "365" and first["Actor Name Raw"] == "Moscow"
    assert first["Quad Code"] == "VERBAL CONFLICT" and first["Intensity"] == "-2" and first["Event Mode"] == "meet"
    assert first["Story People"] == "Sergei Vershinin" and first["Publication Date"] == "2024-05-02"
    assert rows[1]["Recipient Name"] == "two Russian banks" and rows[1]["Recipient Country"] == ""


def test_gdelt_has_its_columns_and_a_mention_for_each_row() -> None:
    assert len(gdelt.FIELDS) == 61 and len(gdelt.MENTION_FIELDS) == 16
    rows = [dict(zip(gdelt.FIELDS, line.split("\t"), strict=True)) for line in written(gdelt).splitlines()]
    lines = written(gdelt, READINGS, gdelt.write_mentions).splitlines()
    mentions = [dict(zip(gdelt.MENTION_FIELDS, line.split("\t"), strict=True)) for line in lines]
    assert [r["GlobalEventID"] for r in rows] == [m["GlobalEventID"] for m in mentions]
    assert len({r["GlobalEventID"] for r in rows}) == len(rows) and all(int(r["GlobalEventID"]) < 2**63 for r in rows)
    first = rows[0]
    assert (first["Day"], first["MonthYear"], first["Year"]) == ("20240430", "202404", "2024")
    assert (first["EventCode"], first["EventBaseCode"], first["EventRootCode"], first["QuadClass"]) == ("120", "120", "12", "3")
    assert (first["Actor1Code"], first["Actor2CountryCode"], first["ActionGeo_CountryCode"]) == ("RUSGOV", "UKR", "UP")
    assert first["FractionDate"] == "2024.4110" and first["DATEADDED"] == "20240502000000"
    assert TEXT[int(mentions[0]["ActionCharOffset"]) :].startswith("rejected")
    assert rows[1]["EventCode"] == "160"


def test_gdelt_has_a_row_for_each_pair() -> None:
    event = STORY.events[0]
    pairs = replace(STORY, events=(replace(event, actors=event.actors * 2, recipients=event.recipients * 3),))
    assert len(written(gdelt, [pairs]).splitlines()) == 6


FTM = {
    "Article": {
        "fileName", "title", "author", "publisher", "publishedAt", "sourceUrl", "language", "bodyText", "contentHash",
    },
    "Person": {"name", "country", "position"},
    "Organization": {"name", "country", "summary"},
    "PublicBody": {"name", "country", "summary"},
    "LegalEntity": {"name", "country", "summary"},
    "Event": {"name", "date", "location", "involved", "proof", "publisher", "summary", "sourceUrl", "keywords"},
    "UnknownLink": {"subject", "object", "role", "date", "proof"},
    "Mention": {"document", "name", "resolved", "detectedSchema", "contextCountry"},
    "Note": {"name", "entity", "description"},
}  # fmt: skip
FTM_REQUIRED = {"Article": "fileName", "UnknownLink": "subject object", "Mention": "document name", "Note": ""}
FTM_ENDS = ("proof", "involved", "subject", "object", "document", "resolved", "entity")


def test_ftm_entities_keep_to_the_schema_and_point_at_each_other() -> None:
    entities = [json.loads(line) for line in written(ftm).splitlines()]
    ids = {e["id"] for e in entities}
    for entity in entities:
        assert tuple(entity) == ftm.FIELDS
        assert set(entity["properties"]) <= FTM[entity["schema"]], entity
        assert set(FTM_REQUIRED.get(entity["schema"], "name").split()) <= set(entity["properties"]), entity
        for name, values in entity["properties"].items():
            assert values and all(isinstance(v, str) and v for v in values)
            assert name not in FTM_ENDS or ids.issuperset(values), name
    links = [e for e in entities if e["schema"] == "UnknownLink"]
    assert links[0]["properties"]["role"] == ["REJECT"]
    note = next(e for e in entities if e["schema"] == "Note")
    assert note["properties"]["description"][0].startswith("Sergei Vershinin told: Moscow had rejected")
    assert next(e for e in entities if e["schema"] == "Person")["properties"]["country"] == ["ru"]


@pytest.mark.skipif(find_spec("followthemoney") is None, reason="followthemoney is not installed")
def test_ftm_entities_are_valid_for_the_library() -> None:
    from followthemoney import model

    for line in written(ftm).splitlines():
        plain = json.loads(line)
        proxy = model.get_proxy(plain, cleaned=False)
        proxy.schema.validate(plain)
        assert set(proxy.to_dict()["properties"]) == set(plain["properties"])


def test_prov_is_one_document_whose_links_have_ends() -> None:
    document = json.loads(written(prov))
    assert set(document) == {"prefix", "bundle"} and len(document["bundle"]) == len(READINGS)
    for bundle in document["bundle"].values():
        assert set(bundle) <= set(prov.FIELDS)
        known = {kind: set(bundle.get(kind, {})) for kind in ("entity", "activity", "agent")}
        for kind in set(bundle) - set(known):
            for link in bundle[kind].values():
                for end, key in link.items():
                    place = {"prov:agent": "agent", "prov:activity": "activity"}.get(end, "entity")
                    assert key in known[place], (kind, end, key)
    first = next(iter(document["bundle"].values()))
    key = f"report:{report_id(STORY)}"
    assert first["agent"][f"{key}-t1"]["hearsay:name"] == "Sergei Vershinin"
    assert {"prov:entity": f"{key}-a1", "prov:agent": f"{key}-t1"} in first["wasAttributedTo"].values()
    assert {"prov:generatedEntity": f"{key}-e1", "prov:usedEntity": f"{key}-a1"} in first["wasDerivedFrom"].values()


@pytest.mark.parametrize("name", ["plover", "polecat", "gdelt"])
def test_what_did_not_happen_is_left_out(name: str) -> None:
    codec = export.codec(name)
    for modality in ("negated", "future", "hypothetical"):
        only = replace(STORY, events=tuple(replace(e, modality=modality) for e in STORY.events))
        assert "REJECT" not in written(codec, [only]) and len(written(codec, [only]).splitlines()) == (name == "polecat")


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")
def test_parquet_comes_back_as_it_went(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    place = tmp_path / "events.parquet"
    export.write_export(lambda: READINGS, "parquet", str(place))
    assert pq.read_table(place).to_pylist() == [row for r in READINGS for row in csv_codec.rows_of(r)]


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_parquet_without_pyarrow_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="pip install pyarrow"):
        export.write_export(lambda: READINGS, "parquet", str(tmp_path / "events.parquet"))
    assert list(tmp_path.iterdir()) == []


def test_files_are_written_whole_with_their_companions(tmp_path: Path) -> None:
    done = export.write_export(lambda: READINGS, "gdelt", str(tmp_path / "out.tsv"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.mentions.tsv", "out.tsv"] == sorted(Path(p).name for p in done)
    assert len(set(done.values())) == 1

    def broken():
        yield STORY
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export.write_export(broken, "jsonl", str(tmp_path / "out.jsonl"))
    assert len(list(tmp_path.iterdir())) == 2


def test_unknown_formats_and_places_are_told(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="choose one of jsonl"):
        export.codec("xml")
    with pytest.raises(ArgumentError, match="No such file"):
        export.write_export(lambda: READINGS, "jsonl", str(tmp_path / "nowhere" / "x.jsonl"))


@pytest.mark.parametrize("name", export.FORMATS)
def test_the_page_lists_fields_and_losses(name: str) -> None:
    page = " ".join((Path(__file__).resolve().parents[3] / "docs" / "reference" / "exports.md").read_text(encoding="utf-8").split())
    codec = export.codec(name)
    assert f"hearsay export --to {name} " in page
    assert all(f"* {loss}" in page for loss in codec.LOSSES)
    assert ", ".join(f"`{field}`" for field in codec.FIELDS) in page
