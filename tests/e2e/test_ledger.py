"""The ledger's commands as a user meets them. Questions are asked of a small ledger made by hand; `add` reads with the model."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from hearsay.errors import ArgumentError, DataNotFound, HearsayError
from hearsay.ledger import Ledger, LedgerError, RecordNotFound
from hearsay.ledger_cli import register
from tests.unit.ledger.story import STORY

BORDERS = Path(__file__).resolve().parents[2] / "docs" / "guide" / "borders"
APP = typer.Typer()
register(APP)


def run(*args: str, file: Path) -> str:
    """Standard output of a command; its errors are raised."""
    result = CliRunner().invoke(APP, [args[0], *args[1:], "--ledger", str(file)])
    if isinstance(result.exception, HearsayError):
        raise result.exception
    assert result.exit_code == 0, result.output + result.stderr
    return result.stdout


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_events_as_table_json_and_csv(news: Path) -> None:
    asked = ("events", "--actor", "RUS", "--recipient", "UKR", "--type", "reject", "--since", "2024-04", "--said-by", "Vershinin")
    table = run(*asked, file=news)
    assert "Russia (RUS/GOV) → Ukraine" in table and "alleged" in table and "RIA Novosti" in table and "\x1b[" not in table
    rows = lines(run(*asked, "--json", file=news))
    assert [r["type"] for r in rows] == ["REJECT", "REJECT"]
    flat = list(csv.DictReader(io.StringIO(run(*asked, "--csv", file=news))))
    assert [r["actor_name"] for r in flat] == ["Russia", "Russia"] and flat[0]["chain"].startswith("Sergei Vershinin ← RIA")
    assert rows[0]["id"] in run(*asked, "--ids", "--json", file=news)


def test_nothing_found_is_said_and_json_is_empty(news: Path) -> None:
    assert "Nothing found" in run("events", "--actor", "NOR", file=news)
    assert run("events", "--actor", "NOR", "--json", file=news) == ""


def test_statements_timeline_who_search_counts(news: Path) -> None:
    assert "had rejected" in run("statements", "--by", "Vershinin", "--about", "Ukraine", "--text", "proposal", file=news)
    assert run("timeline", "USA", "--json", file=news).count("\n") == 2
    entry = json.loads(run("who", "Vershinin", "--json", file=news))
    assert entry["counts"]["said"] == 2 and entry["roles"][0]["role"] == "Deputy Foreign Minister"
    assert "said (2)" in run("who", "Vershinin", file=news)
    assert "[banks]" in run("search", "banks", file=news)
    assert lines(run("counts", "type", "--json", file=news))[0] == {"value": "REJECT", "events": 2}


def test_sql_reads_and_does_not_write(news: Path) -> None:
    assert lines(run("sql", "SELECT count(*) AS n FROM events", "--json", file=news)) == [{"n": 6}]
    assert "<" in run("sql", "SELECT body FROM readings", file=news)
    with pytest.raises(ArgumentError, match="SQL"):
        run("sql", "DELETE FROM events", file=news)


def test_judgements_are_made_listed_and_shown(news: Path) -> None:
    record = lines(run("events", "--type", "REJECT", "--json", file=news))[0]["id"]
    run("judge", record, "correct", "--field", "type", "--value", "ACCUSE", "--by", "Ann", "--note", "a reproach", file=news)
    assert "ACCUSE/meet (was" in " ".join(run("events", "--type", "ACCUSE", file=news).split())
    (made,) = lines(run("judge", record, "--json", file=news))
    assert (made["old"], made["new"], made["by"], made["note"]) == ("REJECT", "ACCUSE", "Ann", "a reproach")
    with pytest.raises(RecordNotFound):
        run("judge", "e0000000000000000", "reject", "--by", "Ann", file=news)


@pytest.mark.parametrize("to", ["jsonl", "csv", "plover", "polecat", "gdelt", "ftm", "prov"])
def test_exports_are_written(news: Path, to: str, tmp_path: Path) -> None:
    run("export", "--to", to, "-o", str(tmp_path / "out.txt"), file=news)
    assert (tmp_path / "out.txt").stat().st_size > 300


def test_an_export_goes_to_standard_output(news: Path) -> None:
    assert [row["id"] for row in lines(run("export", "--to", "jsonl", "-o", "-", file=news))] == ["story", "later"]


def test_exports_show_judgements_unless_asked_not_to(news: Path, tmp_path: Path) -> None:
    record = lines(run("events", "--type", "REJECT", "--json", file=news))[0]["id"]
    run("judge", record, "reject", "--by", "Ann", file=news)
    for more, number in (((), 3), (("--original",), 4)):
        run("export", "--to", "polecat", "-o", str(tmp_path / "out.tsv"), *more, file=news)
        assert len((tmp_path / "out.tsv").read_text().splitlines()) == 1 + number


@pytest.fixture
def reprinted(tmp_path: Path) -> Path:
    """A wire report and two papers' copies, read and added as a user does."""
    told = (
        "ADEN, March 14 (Reuters) - Rebels freed nine sailors in the port of Aden on Monday, envoy Ana Ruiz told reporters.\n"
        "Yemen accused Iran of arming the rebels and rejected talks on the ship.\n"
        "The sailors had been held on their ship since the spring and were in good health, the Red Crescent said."
    )
    added = "France condemned the attack on the second ship, its foreign ministry said on Tuesday."
    rows = [
        {"id": "wire", "publisher": "Reuters", "date": "2023-03-14", "text": f"Rebels free sailors in Aden\n\n{told}"},
        {"id": "copy", "publisher": "Post", "date": "2023-03-15", "text": f"Nine walk free in Aden\n\n{told}\n{added}"},
        {"id": "twin", "publisher": "Gazette", "date": "2023-03-15", "text": f"Sailors freed in Aden\n\n{told}"},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = CliRunner().invoke(APP, ["add", str(tmp_path / "in.jsonl"), "--ledger", str(tmp_path / "news.db")])
    assert done.exit_code == 0 and "2 of them copies" in done.stderr, done.stderr
    return tmp_path / "news.db"


def test_reprints_are_folded_unless_asked_for(reprinted: Path, tmp_path: Path) -> None:
    for command in ("events", "statements"):
        rows, whole = (lines(run(command, "--limit", "0", "--json", *more, file=reprinted)) for more in ((), ("--reprints",)))
        by_report = {name: sum(r["report_name"] == name for r in whole) for name in ("wire", "copy", "twin")}
        assert by_report["copy"] > by_report["wire"] > 0 and by_report["twin"] > 0
        assert {r["report_name"] for r in rows} == {"wire", "copy"}, command
        assert all("France" in r["sentence"] for r in rows if r["report_name"] == "copy")
        assert sum(r["report_name"] == "wire" for r in rows) == by_report["wire"]
    for more in ((), ("--reprints",)):
        counted = sum(c["events"] for c in lines(run("counts", "type", "--json", *more, file=reprinted)))
        assert counted == len(lines(run("events", "--limit", "0", "--json", *more, file=reprinted)))
    assert [h["report_name"] for h in lines(run("search", "spring", "--json", file=reprinted))] == ["wire"]
    assert len(lines(run("search", "spring", "--json", "--reprints", file=reprinted))) == 3


def test_exports_fold_reprints_unless_asked_not_to(reprinted: Path, tmp_path: Path) -> None:
    def exported(*more: str) -> dict[str, tuple[int, int]]:
        rows = lines(run("export", "--to", "jsonl", *more, file=reprinted))
        return {row["id"]: (len(row["events"]), len(row["attributions"])) for row in rows}

    whole, folded = exported("--reprints"), exported()
    assert exported("--original") == whole and folded["wire"] == whole["wire"]
    assert folded["twin"] == (0, 0) < whole["twin"] and folded["copy"] < whole["copy"] and folded["copy"] != (0, 0)


def test_no_ledger_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="hearsay add"):
        run("events", file=tmp_path / "nothing.db")


def test_json_and_csv_at_once_are_refused(news: Path) -> None:
    with pytest.raises(ArgumentError, match="choose one"):
        run("events", "--json", "--csv", file=news)


def test_brackets_and_control_characters_of_a_report_do_nothing(tmp_path: Path) -> None:
    event = replace(STORY.events[0], chain=("\x1b[31mred", "[/nope]"))
    hostile = replace(STORY, title="[bold red]x[/]", publisher="\x1b[31m[link=x]", events=(event,))
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        ledger.add(hostile, coder_version="1")
    table = run("events", file=tmp_path / "a.db")
    assert "\x1b" not in table and "[/nope]" in table


def test_adding_reads_once_and_every_record_is_there(examples: Path, tmp_path: Path) -> None:
    pytest.importorskip("hearsay.pipeline", exc_type=ImportError)
    file = tmp_path / "news.db"
    inputs = [str(examples / "hostages.txt"), str(tmp_path / "missing.txt")]
    first = CliRunner().invoke(APP, ["add", *inputs, "--ledger", str(file), "--date", "2023-03-14"])
    assert first.exit_code == 1 and "1 added" in first.stderr and "missing.txt: no such file" in first.stderr and first.stdout == ""
    again = CliRunner().invoke(APP, ["add", inputs[0], "--ledger", str(file), "--date", "2023-03-14"])
    assert again.exit_code == 0 and "1 there already" in again.stderr
    with Ledger.open(file, readonly=True) as ledger:
        (reading,) = ledger.readings()
        assert len(ledger.rows("SELECT 1 FROM events")) == len(reading.events) > 3
    assert "al-Rawahi" in run("statements", "--by", "al-Rawahi", file=file)


def test_adding_with_taught_categories(tmp_path: Path) -> None:
    from hearsay.cli import app

    folder, file, report = tmp_path / "borders", tmp_path / "news.db", tmp_path / "report.txt"
    shutil.copytree(BORDERS, folder, ignore=shutil.ignore_patterns("taught.npz"))
    report.write_text("Sudan closed its border with Chad on Tuesday, the interior ministry said.")
    untaught = CliRunner().invoke(APP, ["add", str(report), "--ledger", str(file), "--ontology", str(folder)])
    assert isinstance(untaught.exception, DataNotFound) and "hearsay teach" in str(untaught.exception)
    assert CliRunner().invoke(app, ["teach", str(folder)]).exit_code == 0
    for status in ("1 added", "1 there already"):
        taught = CliRunner().invoke(APP, ["add", str(report), "--ledger", str(file), "--ontology", str(folder)])
        assert taught.exit_code == 0 and status in taught.stderr
    assert [e["mode"] for e in lines(run("events", "--json", file=file))] == ["border-closure"]
    plain = CliRunner().invoke(APP, ["add", str(report), "--ledger", str(file)])
    assert "1 read anew" in plain.stderr
