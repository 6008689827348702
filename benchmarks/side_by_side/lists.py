"""Lists: the names of official lists, as the folder of official files holds them."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from side_by_side.peers import Entity

__all__ = ["SCRIPTS", "gleif", "listed", "ofac_and_un", "read_csv", "script_of"]

OFAC = {
    "sdn": ("us-ofac-sdn/2021-07_sdn.csv", "us-ofac-sdn/2021-07_alt.csv"),
    "cons": ("us-ofac-cons/cons_prim.csv", "us-ofac-cons/cons_alt.csv"),
}
UN = "un-sc/UN_consolidated.xml"
SMALLER = ("bis_entity_list", "bis_meu", "bis_dpl", "ofac_nscmic", "dhs_uflpa")
GLEIF = "gleif/20240505-0000-gleif-goldencopy-lei2-intra-day.json"
ABSENT = "-0-"
UN_NAME = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
SCRIPTS = {
    "Kana": re.compile(r"[\u3040-\u30ff]"),
    "Hangul": re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"),
    "Han": re.compile(r"[\u3400-\u9fff]"),
    "Arabic": re.compile(r"[\u0600-\u06ff]"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "other": re.compile(r"[\u0250-\u1dff\u2c00-\uabff]"),
    "accented Latin": re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]"),
}
"""The first that occurs is the script of a name; without any it is plain Latin."""


def script_of(name: str) -> str:
    """Name the script of a name."""
    found = (script for script, letters in SCRIPTS.items() if letters.search(name))
    return next(found, "plain Latin")


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a table with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ofac_and_un(data: Path) -> list[Entity]:
    """Read OFAC's SDN and consolidated list and the UN list, each entity with all its names."""
    return [*_ofac(data, "sdn"), *_ofac(data, "cons"), *_un(data)]


def _ofac(data: Path, part: str) -> Iterator[Entity]:
    main, also = OFAC[part]
    names: dict[str, dict[str, None]] = {}
    schemata: dict[str, str] = {}
    for row in _rows(data / main):
        if len(row) > 2:
            schemata[row[0]] = SCHEMATA.get(row[2], "Organization")
            names[row[0]] = {_in_order(row[1], schemata[row[0]]): None}
    for row in _rows(data / also):
        if len(row) > 3 and row[0] in names and row[3] != ABSENT:
            names[row[0]][_in_order(row[3], schemata[row[0]])] = None
    for number, known in names.items():
        yield Entity(f"{part}-{number}", schemata[number], tuple(known))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            yield [cell.strip() for cell in row]


def _in_order(name: str, schema: str) -> str:
    """Write `TESTOV, Ivan` as `Ivan TESTOV`."""
    if schema != "Person" or "," not in name:
        return name
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}"


def _un(data: Path) -> Iterator[Entity]:
    tree = etree.parse(str(data / UN))
    for tag, schema in (("INDIVIDUAL", "Person"), ("ENTITY", "Organization")):
        for record in tree.iter(tag):
            parts = [(record.findtext(part) or "").strip() for part in UN_NAME]
            names = {" ".join(filter(None, parts)): None}
            for alias in record.iter(f"{tag}_ALIAS"):
                names[(alias.findtext("ALIAS_NAME") or "").strip()] = None
            script = (record.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
            names[script] = None
            names.pop("", None)
            yield Entity(f"un-{record.findtext('DATAID')}", schema, tuple(names))


def listed(data: Path) -> list[Entity]:
    """Read all lists: OFAC, UN, BIS, NS-CMIC, UFLPA, the EU's and the Chinese ones."""
    entities = ofac_and_un(data)
    for name in SMALLER:
        content = json.loads((data / f"us-lists-2026-07/{name}.json").read_text())
        for number, record in enumerate(content["entities"]):
            known = tuple(filter(None, (record["name"], *record["aliases"])))
            entities.append(Entity(f"{name}-{number}", "Organization", known))
    for number, row in enumerate(read_csv(data / "cn-lists/sanctions.csv")):
        known = tuple(filter(None, (row["Name"], row["Alias"], row["Chinese name"])))
        schema = "Person" if row["Type"] == "Person" else "Organization"
        entities.append(Entity(f"cn-{number}", schema, known))
    for number, row in enumerate(read_csv(data / "eu-journal/32020R1998.csv")):
        known = tuple(filter(None, (row["name"], *row["alias"].split(";"))))
        entities.append(Entity(f"eu-{number}", row["schema"] or "Organization", known))
    return entities


def gleif(data: Path) -> list[str]:
    """Read the legal names of GLEIF's daily file."""
    records = json.loads((data / GLEIF).read_text())["records"]
    return [record["Entity"]["LegalName"]["$"] for record in records]
