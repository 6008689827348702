"""What packages say of their licence: a table that is kept, so that no machine's packages matter."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from importlib import metadata

from tools.parts.locked import ROOT, Key, Package

__all__ = ["TABLE", "Stated", "installed", "read_stated", "write_stated"]

TABLE = ROOT / "tools/parts/stated.csv"
MOST = 60
"""Letters that are kept of a field in which some packages put the whole text of their licence."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields of a package's own metadata that speak of its licence."""

    name: str
    version: str
    expression: str
    """`License-Expression`, which is SPDX (PEP 639)."""
    classifiers: str
    field: str
    """`License`, in any words."""


def read_stated() -> dict[Key, Stated]:
    """Read the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Stated(**row) for row in csv.DictReader(file)]
    return {(row.name, row.version): row for row in rows}


def write_stated(rows: Iterable[Stated]) -> None:
    """Write the table anew."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(field.name for field in fields(Stated))
        out.writerows(sorted(map(astuple, rows)))


def installed(
    packages: Iterable[Package], folders: list[str] | None = None
) -> Mapping[Key, Stated]:
    """Read what packages say that are installed here, or in folders beside."""
    found = metadata.distributions(path=folders) if folders else None
    by_name: dict[Key, metadata.Distribution] = {}
    for one in found if found is not None else metadata.distributions():
        by_name.setdefault((_name(one.metadata["Name"]), one.version), one)
    return {
        package.key: _stated(package.key, by_name[package.key])
        for package in packages
        if package.key in by_name
    }


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _stated(key: Key, distribution: metadata.Distribution) -> Stated:
    told = distribution.metadata
    classifiers = (
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or ()
        if line.startswith("License :: OSI Approved :: ")
    )
    lines = (told.get("License") or "").strip().splitlines() or [""]
    return Stated(
        *key,
        expression=told.get("License-Expression") or "",
        classifiers="; ".join(sorted(classifiers)),
        field=lines[0][:MOST],
    )
