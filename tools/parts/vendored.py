"""What others made and the repository holds as files, as `vendored.toml` tells it."""

import base64
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.parts.licences import licence_of
from tools.parts.locked import ROOT, Key
from tools.parts.stated import Stated

__all__ = ["Part", "digest", "npm_packages", "own_tools", "read_parts"]

_HERE = ROOT / "tools/parts/vendored.toml"
_NPM = ROOT / "tools/web/package-lock.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Something of somebody else's, and the files of ours that were made from it."""

    name: str
    version: str | None
    what: str
    spdx: str | None
    """Its licence as an SPDX expression,"""
    licence: str | None
    """or, where it has none, what stands in its place."""
    url: str
    purl: str | None
    sha512: str | None
    """The digest of the package that the files were taken from."""
    notice: str | None
    """A line of what the licence asks to be kept."""
    tool: str
    files: tuple[Path, ...]


def read_parts(stated: Mapping[Key, Stated]) -> list[Part]:
    """Read the parts; those that are packages as well have their package's licence."""
    by_name = {name: one for (name, _), one in stated.items()}
    return [
        _part(entry, by_name)
        for entry in tomllib.loads(_HERE.read_text("utf-8"))["part"]
    ]


def own_tools() -> set[str]:
    """Name the tools that write from what we wrote ourselves."""
    return set(tomllib.loads(_HERE.read_text("utf-8"))["own"])


def npm_packages() -> Iterator[tuple[str, dict[str, Any]]]:
    """List the packages from which the files for browsers come."""
    packages = json.loads(_NPM.read_text("utf-8"))["packages"]
    for path, package in packages.items():
        if path:
            yield path.removeprefix("node_modules/"), package


def digest(path: Path) -> str:
    """Return the SHA-256 of a file of the repository."""
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


def _part(entry: dict[str, Any], by_name: Mapping[str, Stated]) -> Part:
    npm, pypi = entry.get("npm"), entry.get("pypi")
    package = dict(npm_packages())[npm] if npm else {}
    spdx = entry.get("spdx") or package.get("license")
    if pypi:
        spdx = licence_of(by_name[pypi]).expression
    version = package.get("version")
    purl = f"pkg:npm/{npm}@{version}" if npm else pypi and f"pkg:pypi/{pypi}"
    return Part(
        name=npm or entry["name"],
        version=version,
        what=entry["what"],
        spdx=spdx,
        licence=entry.get("licence"),
        url=entry["url"],
        purl=purl,
        sha512=_sha512(package.get("integrity")),
        notice=entry.get("notice"),
        tool=entry["tool"],
        files=tuple(map(Path, entry["files"])),
    )


def _sha512(integrity: str | None) -> str | None:
    """Read npm's way of writing a digest."""
    return integrity and base64.b64decode(integrity.removeprefix("sha512-")).hex()
