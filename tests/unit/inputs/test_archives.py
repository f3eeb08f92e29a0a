"""Web archives made here, packed and plain, whole and damaged; packed texts and lines."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>Rebels freed two nurses on Friday, the army said.</p></body></html>"
ZEROS = b"\0" * 30_000_000


def archive(*pages: tuple[str, bytes, dict[str, str]], packed: bool = True, kind: str = "response") -> bytes:
    """A WARC of some pages: address, body, headers ("status" among them)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    out.write(b"")
    writer.write_record(writer.create_warcinfo_record("own.warc", {"software": "test"}))
    for url, body, headers in pages:
        head = StatusAndHeaders(headers.pop("status", "200 OK"), list(headers.items()), protocol="HTTP/1.1")
        http = head if kind == "response" else None
        said = None if http else {"Content-Type": headers.get("Content-Type", "text/plain")}
        writer.write_record(writer.create_warc_record(url, kind, payload=io.BytesIO(body), http_headers=http, warc_headers_dict=said or {}))
    return out.getvalue()


def page(n: int, title: str = "Two freed", **headers: str) -> tuple[str, bytes, dict[str, str]]:
    return f"https://e.example/{n}", PAGE.format(title).encode(), {"Content-Type": "text/html; charset=utf-8"} | headers


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_an_archive(opened, packed: bool) -> None:
    others = (
        ("https://e.example/p.png", b"\x89PNG", {"Content-Type": "image/png"}),
        ("https://e.example/old", b"moved", {"Content-Type": "text/html", "status": "301 Moved"}),
        ("https://e.example/t", b"Rain fell.", {"Content-Type": "text/plain"}),
    )
    reports, errors = opened(f"own.warc{'.gz' if packed else ''}", archive(page(1), *others, page(2), packed=packed))
    assert errors == []
    assert [r.url for r in reports] == ["https://e.example/1", "https://e.example/t", "https://e.example/2"]
    assert reports[0].html == page(1)[1] and reports[0].charset == "utf-8" and reports[0].date is None
    assert reports[1].text == "Rain fell." and reports[0].name.endswith("own.warc" + (".gz" if packed else "") + ":https://e.example/1")


def test_text_that_an_archive_made_of_pages(opened) -> None:
    (report,), _ = opened("own.warc.wet.gz", archive(("https://e.example/1", b"Rain fell.", {}), kind="conversion"))
    assert report.text == "Rain fell." and report.url == "https://e.example/1"


def test_packed_bodies_are_unpacked(opened) -> None:
    url, body, headers = page(1)
    (report,), _ = opened("a.warc.gz", archive((url, gzip.compress(body), headers | {"Content-Encoding": "gzip"})))
    assert report.html == body


def test_an_archive_without_pages(opened) -> None:
    assert opened("a.warc.gz", archive()) == ([], ["a.warc.gz: a web archive without any page of text"])


def test_a_damaged_member_is_named_and_the_rest_goes_on(opened) -> None:
    whole = archive(page(1), page(2), page(3))
    starts = [i for i in range(len(whole)) if whole[i : i + 3] == b"\x1f\x8b\x08"]
    broken = bytearray(whole)
    broken[starts[2] + 60 : starts[2] + 90] = b"x" * 30
    reports, errors = opened("a.warc.gz", bytes(broken))
    assert [r.url for r in reports] == ["https://e.example/1", "https://e.example/3"]
    assert len(errors) == 1 and f"at byte {starts[2]}: a damaged record" in errors[0]


def test_a_cut_archive_gives_what_is_whole(opened) -> None:
    whole = archive(page(1), page(2))
    reports, errors = opened("a.warc.gz", whole[:-40])
    assert reports[0].url == "https://e.example/1" and len(reports) + len(errors) == 2


def test_bombs_in_an_archive_cost_themselves_only(opened) -> None:
    inner = ("https://e.example/b", gzip.compress(ZEROS), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
    outer = ("https://e.example/c", ZEROS, {"Content-Type": "text/html"})
    reports, errors = opened("a.warc.gz", archive(page(1), inner, outer, page(2)))
    assert [r.url for r in reports] == ["https://e.example/1", "https://e.example/2"]
    assert errors == ["a.warc.gz:https://e.example/b: larger than 10 MB", "a.warc.gz:https://e.example/c: larger than 10 MB"]


def test_packed_lines_and_texts(opened) -> None:
    lines = b"".join(json.dumps({"id": str(n), "text": "Rain fell."}).encode() + b"\n" for n in range(3))
    reports, _ = opened("r.jsonl.gz", gzip.compress(lines[:40]) + gzip.compress(lines[40:]))
    assert [r.id for r in reports] == ["0", "1", "2"]
    assert opened("t.txt.gz", gzip.compress("Regen fiel über der Stadt.".encode()))[0][0].text == "Regen fiel über der Stadt."
    assert opened("p.html.gz", gzip.compress(page(1)[1]))[0][0].html == page(1)[1]
    assert opened("t.csv.gz", gzip.compress(b"text\nRain fell.\n"))[0][0].text == "Rain fell."


def test_damaged_and_nested_packing(opened) -> None:
    lines = json.dumps({"text": "Rain fell on the town. " * 30}) + "\n"
    packed = gzip.compress((lines * 2000).encode(), 1)
    reports, errors = opened("r.jsonl.gz", packed[: len(packed) // 2])
    assert len(reports) > 100 and len(errors) == 1 and "cut gzip" in errors[0]
    assert opened("r.txt.gz", gzip.compress(gzip.compress(b"Rain.")))[1] == ["r.txt.gz: gzip inside gzip: unpack it once"]
    assert opened("r.txt.gz", gzip.compress(b"a" * 11_000_000))[1][0].startswith("r.txt.gz: larger than 10 MB")


def test_a_line_beyond_all_bounds_costs_itself_only(opened) -> None:
    lines = json.dumps({"text": "Rain fell."})
    reports, errors = opened("r.jsonl", f'{lines}\n{{"text": "{"a" * 20_000_000}"}}\n{lines}\n')
    assert len(reports) == 2 and errors == ["r.jsonl:2: larger than 10 MB"]


def test_a_folder_of_everything(opened, tmp_path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(archive(page(1)))
    (tmp_path / "in" / "b.csv").write_text("text\nRain fell.\n")
    (tmp_path / "in" / "c.txt").write_text("Snow fell.")
    (tmp_path / "in" / "d.png").write_bytes(b"\x89PNG")
    (tmp_path / "in" / "e.xml").write_text("<a/>")
    from hearsay.errors import InputError
    from hearsay.page.inputs import open_inputs

    found = list(open_inputs([str(tmp_path / "in")]))
    assert [isinstance(f, InputError) for f in found] == [False, False, False, True]
