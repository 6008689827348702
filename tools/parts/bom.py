"""The bill of materials: what a user gets, as CycloneDX 1.6 in JSON.

cyclonedx-python-lib makes it, and its strict validator reads it. `uv export --format cyclonedx1.5`
was weighed: it knows no licences, neither the files for browsers nor the data, and has another
serial number and time at each run.
"""

from collections.abc import Callable, Iterable
from uuid import UUID, uuid5

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import (
    DisjunctiveLicense,
    LicenseAcknowledgement,
    LicenseExpression,
)
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from tools.parts.licences import Licence
from tools.parts.locked import CORE, Locked, Package
from tools.parts.vendored import Part, digest

__all__ = ["write_bom"]

_NAMESPACE = UUID("5d1b54a5-6a92-5c02-9a43-3d6d5f1f4a3e")
"""Ours, so that the serial number follows from what the document says."""

LicenceOf = Callable[[Package], Licence]


def write_bom(locked: Locked, licence: LicenceOf, parts: Iterable[Part]) -> str:
    """Write the document; the same lock and files give the same bytes."""
    root = _root(locked.version)
    components = {one.key: _package(one, licence(one)) for one in locked.packages}
    held = [_part(part) for part in parts]
    bom = Bom(components=[*components.values(), *held])
    bom.metadata.component = root
    # Neither the clock nor chance: what is made again must be the same.
    bom.metadata.timestamp = None  # type: ignore[assignment]
    bom.register_dependency(root, [*(components[key] for key in locked.needs), *held])
    for package in locked.packages:
        bom.register_dependency(
            components[package.key], [components[key] for key in package.needs]
        )
    bom.serial_number = UUID(int=0)
    bom.serial_number = uuid5(_NAMESPACE, _json(bom))
    return _json(bom)


def _json(bom: Bom) -> str:
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _root(version: str) -> Component:
    purl = f"pkg:pypi/standsbehind@{version}"
    return Component(
        type=ComponentType.APPLICATION,
        name="standsbehind",
        version=version,
        bom_ref=purl,
        purl=PackageURL.from_string(purl),
        licenses=[LicenseExpression("Apache-2.0")],
    )


def _package(package: Package, licence: Licence) -> Component:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    extras = [Property(name="standsbehind:extra", value=way) for way in package.ways]
    where = [
        Property(name="standsbehind:when", value=marker) for marker in package.when
    ]
    is_optional = package.is_optional
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        bom_ref=purl,
        purl=PackageURL.from_string(purl),
        scope=ComponentScope.OPTIONAL if is_optional else ComponentScope.REQUIRED,
        licenses=_licences(licence),
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(file.url),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=file.sha256)],
            )
            for file in package.files
        ],
        properties=[*(e for e in extras if e.value != CORE), *where],
    )


def _licences(licence: Licence) -> list[LicenseExpression]:
    if licence.expression is None:
        return []
    said = LicenseAcknowledgement
    how = said.CONCLUDED if licence.is_read else said.DECLARED
    return [LicenseExpression(licence.expression, acknowledgement=how)]


def _part(part: Part) -> Component:
    is_code = any(path.suffix == ".js" for path in part.files)
    return Component(
        type=ComponentType.LIBRARY if is_code else ComponentType.DATA,
        name=part.name,
        version=part.version,
        description=part.what,
        bom_ref=f"held:{part.name}",
        purl=PackageURL.from_string(part.purl) if part.purl else None,
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=part.sha512)]
        if part.sha512
        else [],
        licenses=[
            LicenseExpression(part.spdx)
            if part.spdx
            else DisjunctiveLicense(name=part.licence)
        ],
        external_references=[
            ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.url))
        ],
        components=[
            Component(
                type=ComponentType.FILE,
                name=str(path),
                bom_ref=f"held:{part.name}:{path.name}",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest(path))],
            )
            for path in part.files
        ],
    )
