"""Organisations with all their names, as official lists publish them."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

EXTRACTS = {
    "ns_cmic": "ofac_nscmic",
    "bis_el": "bis_entity_list",
    "us_1260h": "dow_1260h",
    "us_uflpa": "dhs_uflpa",
    "bis_meu": "bis_meu",
    "us_1286": "dow_1286",
    "us_wro": "cbp_wro",
}
TEST_ONLY = frozenset(
    {"cn_lists", "us_1260h_history", "us_1286_history", "un_sc", *EXTRACTS}
)
"""Sources whose files may be read by tests only: no row of them leaves the build."""
OFAC = {
    "ofac_sdn": ("us-ofac-sdn/2021-07_sdn.csv", "us-ofac-sdn/2021-07_alt.csv"),
    "ofac_cons": ("us-ofac-cons/cons_prim.csv", "us-ofac-cons/cons_alt.csv"),
}


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a record, and how the list calls it (aka, fka, original ...)."""

    name: str
    kind: str = "aka"


@dataclass(frozen=True, slots=True)
class Record:
    """One organisation of one list."""

    source: str
    id: str
    name: str
    aliases: tuple[Alias, ...] = ()
    country: str = ""
    parent: str = ""
    is_surely_organisation: bool = field(default=True)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every other name."""
        return (self.name, *(alias.name for alias in self.aliases))


def read_records(data: Path) -> list[Record]:
    """Read every list in the folder of official files, in a fixed order."""
    readers = (
        *(_ofac(data, source, *files) for source, files in OFAC.items()),
        *(_extract(data, source, file) for source, file in EXTRACTS.items()),
        _dod_history(data),
        _section_1286(data),
        _chinese_notices(data),
        _un(data),
        _gleif(data),
        _gleif_children(data),
    )
    return [record for reader in readers for record in reader]


def _rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def _plain(path: Path) -> list[list[str]]:
    with path.open(encoding="latin-1", newline="") as file:
        return [[cell.strip() for cell in row] for row in csv.reader(file)]


def _ofac(data: Path, source: str, names: str, others: str) -> Iterator[Record]:
    aliases: dict[str, list[Alias]] = {}
    for row in _plain(data / others):
        if len(row) > 3:
            aliases.setdefault(row[0], []).append(Alias(row[3], row[2]))
    for row in _plain(data / names):
        if len(row) > 3 and row[2] == "-0-":
            yield Record(source, row[0], row[1], tuple(aliases.get(row[0], ())))


def _extract(data: Path, source: str, file: str) -> Iterator[Record]:
    path = data / "us-lists-2026-07" / f"{file}.json"
    for number, row in enumerate(json.loads(path.read_text("utf-8"))["entities"]):
        aliases = tuple(Alias(_trimmed(name)) for name in row["aliases"])
        country = row["country"] or ""
        yield Record(
            source,
            f"{number}",
            row["name"],
            aliases,
            country,
            is_surely_organisation=source != "bis_el",
        )


def _trimmed(name: str) -> str:
    """Take off the "; and" that an extract left at the end of a name."""
    return re.sub(r"[;,\s]+(and)?$", "", name)


def _dod_history(data: Path) -> Iterator[Record]:
    for number, row in enumerate(_rows(data / "us-1260h-history" / "sanctions.csv")):
        former = (Alias(name, "fka") for name in _parts(row["Previous Name"]))
        aliases = (*(Alias(name) for name in _parts(row["Alias"])), *former)
        yield Record(
            "us_1260h_history",
            f"{number}",
            row["Clean Name"] or row["Name"],
            aliases,
            "China",
            row["Parent Name"],
        )


def _parts(cell: str) -> list[str]:
    """Cut a cell of several names: at semicolons, or at commas that stand unspaced."""
    cut = cell.split(";") if ";" in cell else re.split(r",(?=\S)", cell)
    return [part.strip() for part in cut if part.strip()]


def _section_1286(data: Path) -> Iterator[Record]:
    path = data / "us-special-leg" / "section_1286.csv"
    for number, row in enumerate(_rows(path)):
        aliases = tuple(Alias(name) for name in _parts(row["aliases"]))
        yield Record("us_1286_history", f"{number}", row["name"], aliases)


def _chinese_notices(data: Path) -> Iterator[Record]:
    for number, row in enumerate(_rows(data / "cn-lists" / "sanctions.csv")):
        if row["Type"] == "Person":
            continue
        chinese = [Alias(row["Chinese name"], "han")] if row["Chinese name"] else []
        aliases = (*chinese, *(Alias(name) for name in _parts(row["Alias"])))
        yield Record("cn_lists", f"{number}", row["Name"], aliases, row["Country"])


def _un(data: Path) -> Iterator[Record]:
    tree = ET.parse(data / "un-sc" / "UN_consolidated.xml")  # noqa: S314
    for entity in tree.iterfind(".//ENTITY"):
        original = entity.findtext("NAME_ORIGINAL_SCRIPT")
        aliases = [Alias(original.strip(), "original")] if original else []
        for alias in entity.iterfind("ENTITY_ALIAS"):
            quality = (alias.findtext("QUALITY") or "").replace(".", "")
            aliases.append(Alias((alias.findtext("ALIAS_NAME") or "").strip(), quality))
        name = (entity.findtext("FIRST_NAME") or "").strip()
        kept = tuple(alias for alias in aliases if alias.name)
        yield Record("un_sc", entity.findtext("DATAID") or name, name, kept)


def _gleif(data: Path) -> Iterator[Record]:
    for path in sorted((data / "gleif").glob("*.json")):
        for row in json.loads(path.read_text("utf-8"))["records"]:
            entity = row["Entity"]
            aliases = tuple(
                Alias(name["$"], name["@type"])
                for group in ("OtherEntityNames", "TransliteratedOtherEntityNames")
                for names in entity.get(group, {}).values()
                for name in names
            )
            country = entity["LegalAddress"]["Country"]["$"]
            yield Record(
                "gleif", row["LEI"]["$"], entity["LegalName"]["$"], aliases, country
            )


def _gleif_children(data: Path) -> Iterator[Record]:
    """Read parents and their children; a child's `parent` is the parent's legal name."""
    folder = data / "gleif-api"
    for path in sorted(folder.glob("direct-children_*.json")):
        lei = path.stem.split("_")[1]
        single = folder / f"single_lei_record_{lei}.json"
        parent = json.loads(single.read_text("utf-8"))["data"]["attributes"]["entity"]
        name = parent["legalName"]["name"]
        yield Record("gleif", lei, name)
        for row in json.loads(path.read_text("utf-8"))["data"]:
            entity = row["attributes"]["entity"]
            yield Record("gleif", row["id"], entity["legalName"]["name"], (), "", name)
