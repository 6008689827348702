"""List what a user gets: a bill of materials, and a page on the licences.

`.venv/bin/python -m tools.list_parts` writes build/parts.cdx.json and docs/licences.md.

After a change of the lock, `python -m tools.list_parts --read [FOLDER...]` first reads what the
packages say of their licences, of those that are installed and of those in the folders; it names
those that are in neither. To have one that this machine does not install:
`uv pip install --no-deps --target FOLDER NAME==VERSION`, with `--python-platform windows` or
`--python-version 3.12` where it asks for that.
"""

import sys
from pathlib import Path

from tools.parts.bom import write_bom
from tools.parts.licences import Licence, licence_of
from tools.parts.locked import ROOT, Locked, Package, read_lock
from tools.parts.page import write_page
from tools.parts.stated import Stated, installed, read_stated, write_stated
from tools.parts.vendored import read_parts

__all__ = ["BILL", "PAGE", "Papers"]

BILL = ROOT / "build/parts.cdx.json"
PAGE = ROOT / "docs/licences.md"


class Papers:
    """Bill and page of one lock."""

    def __init__(self, locked: Locked) -> None:
        self.locked = locked
        self.stated = read_stated()
        self.parts = read_parts(self.stated)

    def licence(self, package: Package) -> Licence:
        """Say which licence a package has. Raises LookupError for one that was never read."""
        if package.key not in self.stated:
            name = f"{package.name} {package.version}"
            raise LookupError(f"{name}: its licence was never read; run with --read")
        return licence_of(self.stated[package.key])

    def bill(self) -> str:
        """Write the bill of materials."""
        return write_bom(self.locked, self.licence, self.parts)

    def page(self) -> str:
        """Write the page on licences."""
        return write_page(self.locked.packages, self.licence, self.parts)


def main(arguments: list[str]) -> None:
    locked = read_lock()
    if arguments[:1] == ["--read"]:
        read_again(locked, arguments[1:])
    papers = Papers(locked)
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(papers.bill(), "utf-8")
    PAGE.write_text(papers.page(), "utf-8")
    for path in (BILL, PAGE):
        print(path.relative_to(ROOT))


def read_again(locked: Locked, folders: list[str]) -> None:
    """Read what the packages state now; what was read before and is still locked stays."""
    before = read_stated()
    found: dict[tuple[str, str], Stated] = {}
    for package in locked.packages:
        if package.key in before:
            found[package.key] = before[package.key]
    for folder in folders:
        found |= installed(locked.packages, [str(Path(folder))])
    found |= installed(locked.packages)
    missing = [one for one in locked.packages if one.key not in found]
    write_stated(found.values())
    if missing:
        names = " ".join(f"{one.name}=={one.version}" for one in missing)
        sys.exit(f"not installed here, and never read: {names}")


if __name__ == "__main__":
    main(sys.argv[1:])
