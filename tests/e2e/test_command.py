"""The command line as a user meets it: output, exit status, messages, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def hearsay(*args: str, stdin: bytes = b"", timeout_s: float = 120) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "hearsay", *args]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=timeout_s, env=env, check=False)


def records(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    message = done.stderr.decode()
    assert "Traceback" not in message
    return message


def test_a_person_sees_who_says_what_and_what_happened() -> None:
    done = hearsay("read", str(EXAMPLES / "hostages.txt"), "--date", "2023-03-14")
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "Who says what" in shown and "What happened" in shown
    assert "al-Rawahi" in shown and "ACCUSE" in shown
    assert "\x1b[" not in shown  # no colours where no terminal is


@pytest.mark.parametrize("view", ["parts", "attributions", "events", "times", "things"])
def test_each_view_shows_something(view: str) -> None:
    done = hearsay("read", str(EXAMPLES / "border_clash.txt"), "--show", view)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 4


def test_json_is_one_line_a_report_and_spans_lie_in_the_text() -> None:
    done = hearsay("read", str(EXAMPLES), "--json")
    assert done.returncode == 0 and done.stderr == b""
    out = records(done)
    assert len(out) == len(list(EXAMPLES.iterdir()))
    for record in out:
        spans = [a for x in record["attributions"] for k in ("source", "cue", "content") for a in x[k]]
        spans += [e["trigger"] for e in record["events"]] + [p["span"] for p in record["parts"]]
        assert spans and all(0 <= s < e <= len(record["text"]) for s, e in spans)
        for event in record["events"]:
            for p in event["actors"] + event["recipients"]:
                assert record["text"][slice(*p["span"])] == p["text"]


def test_text_is_kept_to_the_last_character(tmp_path: Path) -> None:
    text = "\n\n  Rebels freed two nurses.\r\n\tThe army said so.  \n\n"
    file = tmp_path / "odd.txt"
    file.write_bytes(text.encode())
    assert records(hearsay("read", str(file), "--json"))[0]["text"] == text


def test_standard_input_and_json_lines() -> None:
    lines = [{"id": "a", "text": "Police arrested the mayor on Monday.", "date": "2020-01-08"}, {"id": "b", "text": "Rain is expected."}]
    done = hearsay("read", "-", "--json", stdin="\n".join(map(json.dumps, lines)).encode())
    out = records(done)
    assert [r["id"] for r in out] == ["a", "b"]
    assert out[0]["date"] == "2020-01-08" and out[0]["date_from"] == "given"
    assert out[0]["events"][0]["when"]["value"] == "2020-01-06"
    assert out[1]["date"] is None and out[1]["date_from"] is None


def test_without_a_date_nothing_is_guessed() -> None:
    out = records(hearsay("read", "-", "--json", stdin=b"Police arrested the mayor on Monday."))[0]
    assert out["date"] is None
    assert not any(t["value"][:4].isdigit() for t in out["timexes"])


BAD = {
    "empty": (b"", "empty"),
    "blank": (b"  \n \n", "empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "binary"),
    "huge": (b"Police said so. " * 3_400_000, "larger than"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_the_rest_goes_on(name: str, tmp_path: Path) -> None:
    bad = tmp_path / f"{name}.txt"
    bad.write_bytes(BAD[name][0])
    done = hearsay("read", str(bad), str(EXAMPLES / "cup_final.txt"), "--json")
    assert done.returncode == 1
    assert len(records(done)) == 1
    assert BAD[name][1] in complaint(done) and name in complaint(done)


def test_a_missing_file_is_named() -> None:
    done = hearsay("read", "no/such/file.txt", str(EXAMPLES / "cup_final.txt"), "--json")
    assert done.returncode == 1 and len(records(done)) == 1
    assert "no/such/file.txt: no such file" in complaint(done)


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    lines = b'{"id": "1", "text": "Troops left."}\n{"id": 2\n{"text": ""}\n{"id": "4", "text": "Talks began."}'
    done = hearsay("read", "-", "--json", stdin=lines)
    assert done.returncode == 1
    assert [r["id"] for r in records(done)] == ["1", "4"]
    assert "standard input:2" in complaint(done) and "standard input:3" in complaint(done)


def test_bytes_that_are_not_utf8_are_read_with_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("The café owner met Señor Núñez.".encode("latin-1"))
    out = records(hearsay("read", str(file), "--json"))[0]
    assert out["text"] == "The café owner met Señor Núñez."
    assert "Windows-1252" in out["problems"][0]["message"]


def test_one_line_of_a_megabyte_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("Police arrested the mayor. " * 40_000)
    done = hearsay("read", str(file), "--json", timeout_s=280)
    assert done.returncode == 0
    assert "not analysed" in " ".join(p["message"] for p in records(done)[0]["problems"])


@pytest.mark.parametrize("date", ["2022-13-40", "20 December", "2022-2-3", "0000-00-00"])
def test_a_wrong_date_is_wrong_usage(date: str) -> None:
    done = hearsay("read", str(EXAMPLES / "cup_final.txt"), "--date", date)
    assert done.returncode == 2
    assert "YYYY-MM-DD" in complaint(done)


def test_wrong_usage() -> None:
    assert hearsay("read").returncode == 2
    assert hearsay("read", "x.txt", "--show", "nonsense").returncode == 2
    assert hearsay("nonsense").returncode == 2


def test_help_has_examples() -> None:
    done = hearsay("read", "--help")
    assert done.returncode == 0 and b"hearsay read report.txt" in done.stdout


def test_relate_answers_every_line_with_one_of_the_sixteen() -> None:
    lines = [
        {"id": "1", "text": "Iran condemned the ban.", "source_span": [0, 4], "target_span": [15, 22]},
        {"id": "2", "text": "A recipient was given food.", "source_span": None, "target_span": [0, 11]},
        {"id": "3", "text": "x", "source_span": [0, 9], "target_span": None},
    ]
    done = hearsay("relate", "-", "--json", stdin="\n".join(map(json.dumps, lines)).encode())
    out = records(done)
    assert done.returncode == 1 and "does not lie in the text" in complaint(done)
    assert [r["id"] for r in out] == ["1", "2"]
    assert out[0]["type"] == "ACCUSE" and out[0]["modality"] == "asserted"
    assert all(len(r["scores"]) == 16 for r in out)


def test_actors_answers_every_line() -> None:
    lines = [{"id": "1", "text": "four Saudi soldiers"}, {"id": "2", "text": "qwxyz"}]
    out = records(hearsay("actors", "-", "--json", stdin="\n".join(map(json.dumps, lines)).encode()))
    assert (out[0]["country"], out[0]["sector"]) == ("SAU", "MIL")
    assert out[1]["country"] is None and set(out[1]) == {"id", "country", "sector", "sector2", "name", "kind", "rule", "body"}


def test_check_finds_the_shipped_data_sound() -> None:
    done = hearsay("check")
    assert done.returncode == 0, done.stderr.decode()


def test_every_form_of_input_and_exit_status_1_when_one_cannot_be_read(tmp_path: Path) -> None:
    import gzip

    text = "Police arrested the mayor on Monday, the court said."
    (tmp_path / "a.csv").write_text(f'story,day\n"{text}",2020-01-08\n,2020-01-09\n')
    item = f"<item><title>Mayor held</title><description>{text}</description></item>"
    (tmp_path / "b.xml").write_text(f"<rss version='2.0'><channel>{item}</channel></rss>")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "c", "text": text}).encode()))
    ninjs = {"uri": "urn:d", "versioncreated": "2020-01-08", "headline": "Mayor held", "body_text": text}
    (tmp_path / "d.json").write_text(json.dumps(ninjs))
    done = hearsay("read", str(tmp_path), "--json", "--column", "date=day")
    assert done.returncode == 1
    assert complaint(done) == f"hearsay: {tmp_path}/a.csv:3: a row without a text\n"
    out = records(done)
    assert [r["id"] for r in out[2:]] == ["c", "urn:d"] and [r["date"] for r in out] == ["2020-01-08", None, None, "2020-01-08"]
    assert all(any(e["type"] == "COERCE" for e in r["events"]) for r in out)
    done = hearsay("read", "-", "--json", "--column", "text=w", stdin=f'w\n"{text}"\n'.encode())
    assert done.returncode == 0 and records(done)[0]["text"] == text
    assert hearsay("read", str(tmp_path), "--column", "nonsense").returncode == 2
