"""Actors that a user brings: a TSV, a TOML file, a PETRARCH dictionary, or JSON lines; they win over the tables that ship.

A TSV opens with a line of column names (`name country sector aliases from to`, tabs between). A `.toml` file holds `[[actor]]` tables
with the same keys. A `.txt` file is a PETRARCH actor or agent dictionary. A `.jsonl` or `.json` file holds `{"name", "codes", "synonyms"}`
or FollowTheMoney entities, one to a line.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hearsay.errors import DataFormatError, DataNotFound
from hearsay.knowledge.actors import SECTORS, ActorTables, Agent, Name, Organization, Term, load_actor_tables
from hearsay.knowledge.folding import word_set

_LIMITS = re.compile(r"(?:([<>])\s*(\d{6}|\d{8})|(\d{6}|\d{8})\s*-\s*(\d{6}|\d{8}))")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CODE = re.compile(r"~?[A-Z0-9]{3,15}")
_OLD = {"CIV": "CVL", "HLH": "MED", "INS": "REB", "SEP": "REB", "RAD": "REB", "ENV": "SOC", "HRI": "SOC", "DEV": "BUS", "IND": "BUS"}
"""CAMEO sectors under PLOVER's names."""
_KEYS = word_set("name country sector aliases from to")
_BRACKET = re.compile(r"\[([^\]]*)\]")
_TOPICS = {
    "role.pep": "GOV", "gov.national": "GOV", "gov.state": "GOV", "gov.muni": "GOV", "gov.executive": "GOV", "gov.head": "GOV",
    "gov.financial": "GOV", "gov.legislative": "LEG", "gov.judicial": "JUD", "gov.security": "SPY", "gov.soe": "BUS", "gov.religion": "REL",
    "gov": "GOV", "pol.party": "PTY", "pol.union": "LAB", "role.pol": "PTY", "role.rca": "ELI", "role.judge": "JUD", "role.lawyer": "JUD",
    "role.diplo": "GOV", "role.civil": "GOV", "role.spy": "SPY", "role.journo": "JRN", "role.act": "SOC", "role.oligarch": "BUS",
    "rel": "REL", "mil": "MIL", "crime.terror": "REB", "crime": "CRM", "crime.traffick": "CRM", "role.acct": "BUS", "asset.frozen": "",
}  # fmt: skip
_SCHEMAS = {
    "Person": "person", "LegalEntity": "organization", "Organization": "organization", "Company": "organization",
    "PublicBody": "organization",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UserRow:
    """A name, and what it stands for between two dates."""

    names: tuple[str, ...]
    country: str | None
    sector: str | None
    sector2: str | None
    term: Term
    kind: str
    place: str
    agent: bool = False


class ActorTable:
    """A user's rows laid over the tables that ship: a name of theirs hides every row of ours with that name."""

    def __init__(self, rows: Iterable[UserRow]) -> None:
        self.rows = tuple(rows)
        self.tables = load_actor_tables().copy()
        own = ActorTables()
        for row in self.rows:
            _add(own, row)
        self.tables.override(own)


def _add(own: ActorTables, row: UserRow) -> None:
    for text in dict.fromkeys(row.names):
        if row.agent:
            own.add_agent(Agent(text, row.sector or "UNK", row.sector2, "person", False, row.place))
            continue
        found = Organization(row.names[0], row.country, row.sector, row.sector2, row.kind, row.term, row.place)
        own.add_name(text, Name("organization", found, False, own=True))


def load_user_actors(path: Path) -> ActorTable:
    """The user's actors, read by the file's ending.

    Raises:
        DataNotFound: no such file.
        DataFormatError: a line that cannot be read, with its number.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise DataNotFound(f"{path}: no such file") from error
    except UnicodeDecodeError as error:
        raise DataFormatError(path, None, "not UTF-8 text: save it as UTF-8") from error
    ending = path.suffix.lower()
    if ending in {".jsonl", ".json", ".ijson", ".ndjson"}:
        return ActorTable(_read_jsonl(path, lines))
    if ending == ".toml":
        return ActorTable(_read_toml(path, lines))
    return ActorTable(_read_petrarch(path, lines) if ending == ".txt" else _read_tsv(path, lines))


def _read_tsv(path: Path, lines: list[str]) -> Iterator[UserRow]:
    columns: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or (line.startswith("#") and not line.startswith("# columns:")):
            continue
        if not columns:
            columns = _columns(path, number, line)
            continue
        cells = [c.strip() for c in line.split("\t")]
        if len(cells) > len(columns):
            raise DataFormatError(path, number, f"{len(cells)} cells for {len(columns)} columns ({', '.join(columns)}): part them by tabs")
        yield _tsv_row(path, number, dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))


def _read_toml(path: Path, lines: list[str]) -> Iterator[UserRow]:
    """Rows of `[[actor]]` tables; faults name the line where the table opens."""
    try:
        held = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise DataFormatError(path, int(line[1]) if line else None, f"not valid TOML: {error}") from error
    actors = held.get("actor")
    if not isinstance(actors, list) or set(held) != {"actor"}:
        raise DataFormatError(path, 1, "write one [[actor]] table for each actor, with name, country, sector, aliases, from, to")
    places = [n for n, text in enumerate(lines, 1) if text.strip().startswith("[[actor]]")]
    for n, actor in enumerate(actors):
        number = places[n] if n < len(places) else 1
        yield _tsv_row(path, number, _toml_cells(path, number, actor))


def _toml_cells(path: Path, number: int, actor: object) -> dict[str, str]:
    """The cells of a TSV row that say the same as an `[[actor]]` table."""
    if not isinstance(actor, dict):
        raise DataFormatError(path, number, "write [[actor]] and its keys below")
    unknown = sorted(set(actor) - _KEYS)
    if unknown:
        raise DataFormatError(path, number, f"{unknown[0]!r} is not one of {', '.join(sorted(_KEYS))}", column=unknown[0])
    aliases = actor.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
        raise DataFormatError(path, number, 'aliases are a list of texts: aliases = ["…", "…"]', column="aliases")
    sectors = actor.get("sector", "")
    cells = {key: str(actor.get(key, "")) for key in _KEYS}
    return cells | {"aliases": ";".join(aliases), "sector": "+".join(sectors) if isinstance(sectors, list) else str(sectors)}


def _columns(path: Path, number: int, line: str) -> list[str]:
    columns = line.removeprefix("# columns:").lower().split("\t" if "\t" in line else None)
    columns = [c.strip() for c in columns]
    for needed in ("name", "country"):
        if needed not in columns:
            raise DataFormatError(path, number, f"no column {needed!r}: the first line names the columns, such as name, country, sector")
    return columns


def _tsv_row(path: Path, number: int, cells: dict[str, str]) -> UserRow:
    if not cells["name"]:
        raise DataFormatError(path, number, "a row without a name", column="name")
    if cells["country"] and not re.fullmatch("[A-Z]{3}", cells["country"]):
        raise DataFormatError(path, number, f"{cells['country']!r} is not a code of three capitals such as FRA", column="country")
    first, _, second = cells.get("sector", "").partition("+")
    for sector in (first, second):
        if sector and sector not in SECTORS:
            raise DataFormatError(path, number, f"{sector!r} is not one of {', '.join(sorted(SECTORS))}", column="sector")
    for column in ("from", "to"):
        if cells.get(column) and not _DATE.fullmatch(cells[column]):
            raise DataFormatError(path, number, f"{cells[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD", column=column)
    names = (cells["name"], *(a.strip() for a in cells.get("aliases", "").split(";") if a.strip()))
    term = Term(cells.get("from", ""), cells.get("to", ""))
    return UserRow(names, cells["country"] or None, first or None, second or None, term, _kind(first), f"{path.name}:{number}")


def _kind(sector: str | None) -> str:
    return "organization" if sector else "state"


def _read_petrarch(path: Path, lines: list[str]) -> Iterator[UserRow]:
    """Actors ("NAME_ [CODE <930101]", "+SYNONYM_", codes on lines of their own) and agents ("SOLDIER_ {SOLDIERS_} [~MIL]")."""
    names: list[str] = []
    codes: list[tuple[int, str]] = []
    for number, raw in enumerate(lines, 1):
        line = re.sub(r"\s[#;].*$|^[#;].*$|<!--.*?-->", "", raw).rstrip()
        if not line.strip():
            continue
        brackets = _BRACKET.findall(line)
        text = _BRACKET.sub("", line)
        if "[" in text or "]" in text:
            raise DataFormatError(path, number, "a bracket without its partner: write a code as [USAGOV] or [USAGOV >930120]")
        if text.strip() and not line[0].isspace() and not line.startswith("+"):
            yield from _petrarch_rows(path, names, codes)
            names, codes = [], []
        if text.strip() and not text.lstrip().startswith("!"):
            names += _spellings(text)
        codes += [(number, c.strip()) for c in brackets]
        if codes and not names and not text.lstrip().startswith("!"):
            raise DataFormatError(path, number, "a code before any name")
    yield from _petrarch_rows(path, names, codes)


def _spellings(text: str) -> list[str]:
    """Names of a line: underscores are spaces, the plural of an agent stands in braces."""
    plural = re.findall(r"\{([^}!]*)\}", text)
    out = (re.sub(r"\{[^}]*\}", "", text).strip().lstrip("+"), *plural)
    return [n for n in (re.sub(r"[_=]+", " ", o).strip() for o in out) if n]


def _petrarch_rows(path: Path, names: list[str], codes: list[tuple[int, str]]) -> Iterator[UserRow]:
    for number, code in codes:
        if names:
            yield _coded(path, number, tuple(names), code)


def _coded(path: Path, number: int, names: tuple[str, ...], code: str) -> UserRow:
    """A row of a code such as "CZEGOV <930101", "ORCHOB 20100109-20100112" or "~MIL"; of "ELR/GAL" the first is taken."""
    bare, _, limits = code.strip().partition(" ")
    bare = bare.upper().partition("/")[0]
    if not _CODE.fullmatch(bare.rstrip("~")) and bare not in {"---", "+++"}:
        raise DataFormatError(path, number, f"{code!r} is not a code such as USAGOV, with limits <930120, >930120 or 930120-010120")
    term = _term(path, number, limits.strip()) if limits.strip() else Term("", "")
    parts = [bare.strip("~-+")[i : i + 3] for i in range(0, len(bare.strip("~-+")), 3)]
    agent = bare.startswith("~")
    country = parts[0] if parts and not agent and parts[0] not in SECTORS else None
    sectors = [s for s in map(_sector, parts[1:] if country else parts) if s]
    first, second = [*sectors, None, None][:2]
    return UserRow(names, country, first, second, term, _kind(first), f"{path.name}:{number}", agent)


def _sector(part: str) -> str | None:
    return part if part in SECTORS else _OLD.get(part)


def _term(path: Path, number: int, limits: str) -> Term:
    found = _LIMITS.fullmatch(limits)
    if found is None:
        raise DataFormatError(path, number, f"{limits!r} is no date limit: write <930120, >930120 or 930120-010120")
    sign, one, start, end = found.groups()
    if sign == "<":
        return Term("", (_day(path, number, one) - timedelta(1)).isoformat())
    if sign == ">":
        return Term((_day(path, number, one) + timedelta(1)).isoformat(), "")
    return Term(_day(path, number, start).isoformat(), _day(path, number, end).isoformat())


def _day(path: Path, number: int, digits: str) -> date:
    """The day of YYMMDD (from 1930 on) or YYYYMMDD."""
    full = digits if len(digits) == 8 else ("19" if digits[:2] >= "30" else "20") + digits
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:]))
    except ValueError as error:
        raise DataFormatError(path, number, f"{digits} is no day: write YYMMDD or YYYYMMDD") from error


def _read_jsonl(path: Path, lines: list[str]) -> Iterator[UserRow]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DataFormatError(path, number, f"not a JSON object: {error}") from error
        if not isinstance(record, dict):
            raise DataFormatError(path, number, "not a JSON object: write one actor to a line")
        if "properties" in record:
            yield from _entity(path, number, record)
        else:
            yield from _listed(path, number, record)


def _listed(path: Path, number: int, record: dict[str, Any]) -> Iterator[UserRow]:
    """Rows of `{"name", "codes", "synonyms"}`; a synonym is a text or `{"name"}`."""
    name, codes, synonyms = record.get("name"), record.get("codes"), record.get("synonyms") or []
    if not isinstance(name, str) or not isinstance(codes, list) or not isinstance(synonyms, list):
        raise DataFormatError(path, number, 'an actor is {"name": "…", "codes": ["USAGOV"], "synonyms": []} or a FollowTheMoney entity')
    others = [s.get("name") if isinstance(s, dict) else s for s in synonyms]
    names = tuple(n.replace("_", " ").strip() for n in (name, *others) if isinstance(n, str) and n.strip(" _"))
    for code in codes:
        if names:
            yield _coded(path, number, names, str(code))


def _entity(path: Path, number: int, record: dict[str, Any]) -> Iterator[UserRow]:
    """The row of a FollowTheMoney entity; links between entities and nameless ones give none."""
    properties, schema = record["properties"], record.get("schema")
    if not isinstance(properties, dict) or not isinstance(schema, str):
        raise DataFormatError(path, number, 'a FollowTheMoney entity has a "schema" and an object "properties"')
    names = [n for key in ("name", "alias", "weakAlias", "previousName") for n in _texts(properties.get(key))]
    names = list(dict.fromkeys([*_texts(record.get("caption")), *names])) if names else []
    if not names or schema not in _SCHEMAS:
        return
    country = next(filter(None, (_alpha3(c) for key in _COUNTRY_KEYS for c in _texts(properties.get(key)))), None)
    sector = next((s for t in _texts(properties.get("topics")) if (s := _TOPICS.get(t))), None)
    sector = sector or {"PublicBody": "GOV", "Company": "BUS"}.get(schema)
    yield UserRow(tuple(names), country, sector, None, Term("", ""), _SCHEMAS[schema], f"{path.name}:{number}")


def _texts(value: object) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v.strip()]


_COUNTRY_KEYS = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry")
_ALPHA2 = dict(
    pair.split(":")
    for pair in word_set(
        "af:AFG al:ALB dz:DZA ad:AND ao:AGO ag:ATG ar:ARG am:ARM au:AUS at:AUT az:AZE bs:BHS bh:BHR bd:BGD bb:BRB by:BLR be:BEL "
        "bz:BLZ bj:BEN bt:BTN bo:BOL ba:BIH bw:BWA br:BRA bn:BRN bg:BGR bf:BFA bi:BDI cv:CPV kh:KHM cm:CMR ca:CAN cf:CAF td:TCD "
        "cl:CHL cn:CHN co:COL km:COM cg:COG cd:COD cr:CRI ci:CIV hr:HRV cu:CUB cy:CYP cz:CZE dk:DNK dj:DJI dm:DMA do:DOM tl:TLS "
        "ec:ECU eg:EGY sv:SLV gq:GNQ er:ERI ee:EST sz:SWZ et:ETH fj:FJI fi:FIN fr:FRA ga:GAB gm:GMB ge:GEO de:DEU gh:GHA gr:GRC "
        "gd:GRD gt:GTM gn:GIN gw:GNB gy:GUY ht:HTI hn:HND hu:HUN is:ISL in:IND id:IDN ir:IRN iq:IRQ ie:IRL il:ISR it:ITA jm:JAM "
        "jp:JPN jo:JOR kz:KAZ ke:KEN ki:KIR kp:PRK kr:KOR xk:XKX kw:KWT kg:KGZ la:LAO lv:LVA lb:LBN ls:LSO lr:LBR ly:LBY li:LIE "
        "lt:LTU lu:LUX mg:MDG mw:MWI my:MYS mv:MDV ml:MLI mt:MLT mh:MHL mr:MRT mu:MUS mx:MEX fm:FSM md:MDA mc:MCO mn:MNG me:MNE "
        "ma:MAR mz:MOZ mm:MMR na:NAM nr:NRU np:NPL nl:NLD nz:NZL ni:NIC ne:NER ng:NGA mk:MKD no:NOR om:OMN pk:PAK pw:PLW ps:PSE "
        "pa:PAN pg:PNG py:PRY pe:PER ph:PHL pl:POL pt:PRT qa:QAT ro:ROU ru:RUS rw:RWA kn:KNA lc:LCA vc:VCT ws:WSM sm:SMR st:STP "
        "sa:SAU sn:SEN rs:SRB sc:SYC sl:SLE sg:SGP sk:SVK si:SVN sb:SLB so:SOM za:ZAF ss:SSD es:ESP lk:LKA sd:SDN sr:SUR se:SWE "
        "ch:CHE sy:SYR tj:TJK tz:TZA th:THA tg:TGO to:TON tt:TTO tn:TUN tr:TUR tm:TKM tv:TUV ug:UGA ua:UKR ae:ARE gb:GBR us:USA "
        "uy:URY uz:UZB vu:VUT va:VAT ve:VEN vn:VNM ye:YEM zm:ZMB zw:ZWE tw:TWN hk:HKG mo:MAC eh:ESH pr:PRI gl:GRL fo:FRO gi:GIB "
        "bm:BMU ky:CYM vg:VGB gg:GGY je:JEY im:IMN suhh:RUS yucs:SRB ddde:DEU cshh:CZE eu:EUR"
    )
)
"""ISO 3166-1 alpha-2, as FollowTheMoney writes countries, and alpha-3."""


def _alpha3(code: str) -> str | None:
    bare = code.strip().lower()
    return _ALPHA2.get(bare) or (bare.upper() if len(bare) == 3 and bare.isalpha() else None)
