"""The licence report: a page that says of everything that comes along what it asks."""

from collections.abc import Callable, Iterable, Sequence

from tools.parts.licences import ASKS, BY_HAND, Licence, names_in
from tools.parts.locked import CORE, Package
from tools.parts.vendored import Part

__all__ = ["write_page"]

LicenceOf = Callable[[Package], Licence]

_HEAD = """\
# Licences of what comes along

`python -m tools.list_parts` writes this page and a bill of materials (`build/parts.cdx.json`, CycloneDX 1.6)
from `uv.lock`; a test fails where either is out of date, a package is missing, or a licence is unknown. It covers
what a user gets: the core, each extra, and what the repository holds of others. Packages for development alone
are not in it.

standsbehind itself is under Apache-2.0.
"""
_FOOT = """\
## How it was read

A licence is what the package's own metadata state: `License-Expression`, else a classifier that means one licence,
else the field `License` where it names one. Where these leave it open, a person read the licence file, and the
table says "read". `tools/parts/stated.csv` keeps these words, so that the page does not
depend on what is installed; a test holds them against every package that is. Nobody's lawyer looked at it.

Wheels hold compiled code of others too (OpenSSL in psycopg-binary and cryptography, OpenBLAS in numpy, libxml2 in
lxml, ...). What is in them differs by platform, and is told by the licence files of each wheel; it is not listed
here.
"""


def write_page(
    packages: Sequence[Package], licence: LicenceOf, parts: Sequence[Part]
) -> str:
    """Write the page."""
    sections = (
        _HEAD,
        _verdict(packages, licence),
        _held(parts),
        _packages(packages, licence),
        _by_hand(packages, licence),
        _FOOT,
    )
    return "\n".join(sections)


def _verdict(packages: Sequence[Package], licence: LicenceOf) -> str:
    lines = [
        "## In short\n",
        "None of these licences forbids to use, to change or to pass on. Most ask for no more than to keep the notice.",
        "These ask for more of who passes the packages on (who only uses them owes nothing):\n",
        "| licence | asks | of |",
        "|---|---|---|",
    ]
    for name, asks in ASKS.items():
        having = [
            f"{package.name}{_brought(package)}"
            for package in packages
            if name in names_in(licence(package).expression or "")
        ]
        lines.append(f"| {name} | {asks} | {', '.join(having)} |")
    silent = [one.name for one in packages if licence(one).expression is None]
    told = (
        f"These state no licence: {', '.join(silent)}."
        if silent
        else "Each states one."
    )
    lines.append(f"\nThere are {len(packages)} packages. {told}\n")
    return "\n".join(lines)


def _brought(package: Package) -> str:
    return "" if not package.is_optional else f" (extra {', '.join(package.ways)})"


def _held(parts: Iterable[Part]) -> str:
    lines = [
        "## Held as files\n",
        "| what | version | licence | files |",
        "|---|---|---|---|",
    ]
    for part in parts:
        files = ", ".join(f"`{path}`" for path in part.files)
        lines.append(
            f"| [{part.name}]({part.url}), {part.what} | {part.version or ''} "
            f"| {part.spdx or part.licence} | {files} |"
        )
    lines.append(
        "\nThe facts of the built-in data are cited one by one; lists that you pull keep the terms of their "
        "publishers,\nwhich [sources](sources.md) names.\n"
    )
    return "\n".join(lines)


def _packages(packages: Iterable[Package], licence: LicenceOf) -> str:
    lines = ["## Packages\n"]
    lines += ["| package | version | licence | comes with |", "|---|---|---|---|"]
    for one in sorted(packages, key=lambda one: (one.is_optional, one.key)):
        told = licence(one)
        name = told.expression or "not stated"
        # Some machines alone get it, as Windows or a later Python.
        where = ", on some machines" if one.when else ""
        ways = CORE if not one.is_optional else ", ".join(one.ways)
        lines.append(
            f"| {one.name} | {one.version} | {name}{' (read)' if told.is_read else ''} | {ways}{where} |"
        )
    return "\n".join([*lines, ""])


def _by_hand(packages: Iterable[Package], licence: LicenceOf) -> str:
    lines = ["### Those that were read by a person\n"]
    lines += [
        f"* **{one.name}**: {licence(one).expression}. {BY_HAND[one.name][1]}"
        for one in packages
        if licence(one).is_read
    ]
    return "\n".join([*lines, ""])
