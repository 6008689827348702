"""Write how common each word is in the names of organisations.

Run `python tools/write_rarity.py FOLDER`, where FOLDER holds copies of lists that are in the
public domain or under CC0 1.0: us-ofac-sdn, us-ofac-cons, us-csl, us-uflpa (works of the US
government), ieee-oui (no copyright is asserted), gleif (CC0). Only words and counts are
written.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from standsbehind.matching.forms import without_forms
from standsbehind.matching.lexicon import lexicon
from standsbehind.matching.names import fold

TARGET = Path(__file__).parents[1] / "src/standsbehind/matching/rarity.csv"
LEAST = 4
"""Organisations below which a word is not told from one never seen."""
PLAIN = re.compile(r"[a-z]{2,}")

Entity = frozenset[str]
"""The names of one entity."""


def main(folder: Path) -> None:
    firms = [*ofac(folder), *csl(folder), *uflpa(folder), *gleif(folder), *oui(folder)]
    entities = words_of(merged(firms))
    counts = Counter(word for words in entities for word in words)
    lines = [f"{word},{n}" for word, n in sorted(counts.items()) if n >= LEAST]
    text = "\n".join(["word,entities", f"*,{len(entities)}", *lines])
    TARGET.write_text(text + "\n", "utf-8")


def words_of(entities: Iterable[Entity]) -> list[set[str]]:
    return [set(PLAIN.findall(" ".join(map(named, names)))) for names in entities]


def named(name: str) -> str:
    return " ".join(without_forms(fold(name).split())[0])


def merged(entities: list[Entity]) -> list[Entity]:
    """Count an entity once that several lists name in the same way."""
    seen: set[str] = set()
    kept = []
    for names in entities:
        told = {named(name) for name in names} - {""}
        if told and not told & seen:
            kept.append(names)
        seen |= told
    return kept


def ofac(folder: Path) -> Iterator[Entity]:
    kinds: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for file in (
        "us-ofac-sdn/2021-07_sdn",
        "us-ofac-sdn/sdn_photoangell",
        "us-ofac-cons/cons_prim",
    ):
        for number, name, kind, *_ in table(folder / f"{file}.csv", least=3):
            kinds[number] = kind.strip()
            names[number].add(name)
    for file in (
        "us-ofac-sdn/2021-07_alt",
        "us-ofac-sdn/2025-02_alt",
        "us-ofac-cons/cons_alt",
    ):
        for number, _, _, name, *_ in table(folder / f"{file}.csv", least=4):
            names[number].add(name)
    for number, kind in kinds.items():
        if kind == "-0-":
            yield frozenset(names[number])


def csl(folder: Path) -> Iterator[Entity]:
    with (folder / "us-csl/csl_2023-11.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            kind = row["type"]
            if kind == "Entity" or (not kind and looks_like_a_firm(row["name"])):
                yield frozenset([row["name"], *row["alt_names"].split("; ")])


def looks_like_a_firm(name: str) -> bool:
    """Tell firms from the persons among them, where the list does not."""
    words, form = without_forms(fold(name).split())
    return form is not None or any(word in lexicon().kinds for word in words)


def uflpa(folder: Path) -> Iterator[Entity]:
    page = (folder / "us-uflpa/dhs-uflpa_2026-07-24.html").read_text("utf-8")
    for row in re.findall(r"<tr[^>]*>\s*<td[^>]*>(.*?)</td>", page, re.DOTALL):
        yield frozenset([re.split(r"\(|;", re.sub("<[^>]+>|&[a-z]+;", " ", row))[0]])


def gleif(folder: Path) -> Iterator[Entity]:
    file = folder / "gleif/20240505-0000-gleif-goldencopy-lei2-intra-day.json"
    for record in json.loads(file.read_text("utf-8"))["records"]:
        entity = record["Entity"]
        if entity.get("EntityCategory", {}).get("$") != "SOLE_PROPRIETOR":
            yield frozenset([entity["LegalName"]["$"]])


def oui(folder: Path) -> Iterator[Entity]:
    for file in sorted((folder / "ieee-oui").glob("*.csv")):
        for row in table(file, least=3):
            if row[2] not in {"Organization Name", "Private"}:
                yield frozenset([row[2]])


def table(file: Path, *, least: int) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        yield from (row for row in csv.reader(lines) if len(row) >= least)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
