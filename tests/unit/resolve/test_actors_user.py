"""Files of actors that users bring: three forms, their dates, and faults named with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearsay.errors import DataFormatError, DataNotFound
from hearsay.resolve.actors import ActorTable, load_user_actors, resolve_actor

TSV = "name\tcountry\tsector\taliases\tfrom\tto\nLong Lake Council\tCAN\tGOV\tthe Lakers\t1990\t1999-06\nMoscow\tUSA\tEDU\n"
PETRARCH = """; a comment
GONDOR_ [GON]
+MINAS_TIRITH_  # the capital
ARAGORN_
+STRIDER_
	[GONREB <30190501]
	[GONGOV 30190501-30190601]
	[GONELI >30190601]
!PEOPLE! = MAN, WOMAN
RANGER_OF_THE_NORTH_ {RANGERS_OF_THE_NORTH_} [~PRM]
"""
JSONL = """{"name": "SAM GAMGEE", "codes": ["HOB", "HOBGOV 20121109-20130119"], "synonyms": [{"name": "SAMWISE"}, "MAYOR SAM"]}
{"id": "Q1", "schema": "Person", "caption": "Ana Lopes", "properties": {"name": ["Ana Lopes"], "country": ["ao"], "topics": ["role.pep"]}}
{"id": "Q2", "schema": "Ownership", "properties": {"owner": ["Q1"]}}
"""


def load(folder: Path, name: str, text: str) -> ActorTable:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_user_actors(path)


def code(table: ActorTable, text: str, date: str | None = None) -> tuple[str | None, str | None]:
    found = resolve_actor(text, date=date, actors=table)
    return found.country, found.sector


def test_tsv(tmp_path: Path) -> None:
    table = load(tmp_path, "own.tsv", TSV)
    assert code(table, "the Long Lake Council", "1995-01-01") == ("CAN", "GOV")
    assert code(table, "the Lakers", "1995-01-01") == ("CAN", "GOV"), "an alias"
    assert code(table, "Moscow") == ("USA", "EDU"), "the user's row wins"
    assert resolve_actor("Moscow", actors=table).rule == "own.tsv:3", "the rule names file and line"
    assert code(table, "Peru") == ("PER", None), "other names stay as they were"


def test_toml(tmp_path: Path) -> None:
    text = """[[actor]]
name = "Long Lake Council"
country = "CAN"
sector = ["GOV", "LEG"]
aliases = ["the Lakers"]
from = 1990
to = 1999-06-30

[[actor]]
name = "Harbour Union"
country = "OMN"
sector = "LAB"
"""
    table = load(tmp_path, "own.toml", text)
    found = resolve_actor("the Lakers", date="1995-01-01", actors=table)
    assert (found.country, found.sector, found.sector2, found.rule) == ("CAN", "GOV", "LEG", "own.toml:1")
    assert code(table, "a Harbour Union official") == ("OMN", "LAB"), "a row of theirs qualifies a role as ours do"


def test_a_users_code_of_a_body_is_told_as_ours(tmp_path: Path) -> None:
    table = load(tmp_path, "own.tsv", "name\tcountry\tsector\nHarbour Agency\tEUR\tGOV\n")
    found = resolve_actor("Harbour Agency", actors=table)
    assert (found.country, found.body) == ("IGO", "EUR")


def test_shipped_tables_stay_as_they_were(tmp_path: Path) -> None:
    load(tmp_path, "own.tsv", TSV)
    assert resolve_actor("Moscow").country == "RUS"


def test_petrarch_dictionary(tmp_path: Path) -> None:
    table = load(tmp_path, "own.txt", PETRARCH)
    assert code(table, "Minas Tirith") == ("GON", None), "a synonym"
    assert code(table, "Strider", "3018-01-01") == ("GON", "REB"), "before a limit"
    assert code(table, "Aragorn", "3019-05-20") == ("GON", "GOV"), "between two limits"
    assert code(table, "Aragorn", "3020-01-01") == ("GON", "ELI"), "after a limit"
    assert code(table, "Rangers of the North") == (None, "PRM"), "an agent's plural"
    assert code(table, "Peruvian ranger of the north") == ("PER", "PRM"), "an agent after a demonym"


def test_two_figure_years(tmp_path: Path) -> None:
    table = load(tmp_path, "own.txt", "PRAGUE_ [CZEGOV <930101]\n\t[CZEOPP >921231]\n")
    assert code(table, "Prague", "1992-12-31") == ("CZE", "GOV")
    assert code(table, "Prague", "1993-01-01") == ("CZE", "OPP")


def test_jsonl(tmp_path: Path) -> None:
    table = load(tmp_path, "own.jsonl", JSONL)
    assert code(table, "Samwise") == ("HOB", None), "the undated code"
    assert code(table, "Sam Gamgee", "2012-12-01") == ("HOB", "GOV"), "the dated code wins in its time"
    assert code(table, "Ana Lopes") == ("AGO", "GOV"), "a FollowTheMoney person of the topic role.pep"


FAULTS = [
    ("own.tsv", "country\tsector\nPER\tGOV\n", 1, "no column for names"),
    ("own.tsv", "name\tcountry\nx\tPeru\n", 2, "a country that is no code"),
    ("own.tsv", "name\tcountry\tsector\nx\tPER\tXXX\n", 2, "an unknown sector"),
    ("own.tsv", "name\tcountry\nx\tPER\tGOV\n", 2, "more cells than columns"),
    ("own.tsv", "name\tcountry\tfrom\nx\tPER\tMay 1990\n", 2, "a date in words"),
    ("own.toml", '[[actor]]\nname = "x"\ncountry = "PER"\n[[actor]]\nname = "y"\ncountry = "Peru"\n', 4, "a country in a table"),
    ("own.toml", '[[actor]]\nname = "x"\ncountry = "PER"\nrole = "y"\n', 1, "an unknown key"),
    ("own.toml", '[[actor]]\nname = x\n', 2, "not TOML"),
    ("own.toml", 'name = "x"\n', 1, "no actor tables"),
    ("own.txt", "PERU_ [PER\n", 1, "an open bracket"),
    ("own.txt", "PERU_ [PER]\nX_ [PERGOV <93]\n", 2, "a limit that is no date"),
    ("own.txt", "\t[PER]\n", 1, "a code before any name"),
    ("own.jsonl", '{"name": "x", "codes": ["PER"]}\n{"name": 1}\n', 2, "a record of another form"),
    ("own.jsonl", "[]\n", 1, "not an object"),
    ("own.jsonl", "{\n", 1, "not JSON"),
]


@pytest.mark.parametrize(("name", "text", "line", "reason"), FAULTS, ids=[f[3] for f in FAULTS])
def test_faults_name_their_line(tmp_path: Path, name: str, text: str, line: int, reason: str) -> None:
    with pytest.raises(DataFormatError) as caught:
        load(tmp_path, name, text)
    assert (caught.value.line, caught.value.path) == (line, str(tmp_path / name)), reason


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataNotFound, match="nowhere"):
        load_user_actors(tmp_path / "nowhere.tsv")
