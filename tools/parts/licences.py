"""Licences: which one a package has, from its own words, and what it asks of whoever passes it on."""

from dataclasses import dataclass

from license_expression import get_spdx_licensing
from tools.parts.stated import Stated

__all__ = ["ASKS", "BY_HAND", "FREE", "Licence", "licence_of", "names_in"]

_SPDX = get_spdx_licensing()

_CLASSIFIERS = {
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Those that mean one licence; `BSD License` may be any of several."""
_FIELDS = {"Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0"}
"""Words that mean one licence and are not SPDX's."""

BY_HAND = {
    "jinja2": (
        "BSD-3-Clause",
        "It says only BSD; its licence file has the three clauses.",
    ),
    "python-stdnum": (
        "LGPL-2.1-or-later",
        "Its classifier says version 2 or later, its files version 2.1 or later, as does its licence file.",
    ),
    "pywin32": (
        "PSF-2.0 AND BSD-3-Clause AND HPND AND LGPL-2.1-or-later AND MIT",
        "It says PSF for the whole; the files beside its parts are BSD, HPND, MIT and (adodbapi) LGPL 2.1.",
    ),
    "rfc3161-client": (
        "Apache-2.0",
        "It says only Apache; its licence file is version 2.0.",
    ),
    "uvloop": (
        "MIT OR Apache-2.0",
        "It says both, and has a licence file for each.",
    ),
}
"""What a person read where a package's own words leave it open, and why."""

FREE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 HPND ISC MIT MIT-0 PSF-2.0 Zlib".split()
)
"""Licences that ask for no more than to keep the notice."""

_LESSER = (
    "its text and its source go with it, and whoever gets it may put a changed one in its place; "
    "as a package of its own, installed beside ours, it can be"
)
ASKS = {
    "MPL-2.0": "who passes on a changed file of it passes on that file's source, under the same licence; "
    "other files stay as they are",
    "LGPL-2.1-or-later": _LESSER,
    "LGPL-3.0-only": _LESSER,
    "OFL-1.1": "the fonts go with their licence, are not sold by themselves, and where changed carry "
    "another name where one is reserved; what is set in them is free",
}
"""Licences that ask for more, and what of whom."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as an SPDX expression, or none where the package does not state one."""

    expression: str | None
    is_read: bool = False
    """Whether a person read it, where the package's own words leave it open."""


def licence_of(stated: Stated) -> Licence:
    """Take the clearest word: the expression, then a person's reading, a classifier, the free field."""
    if stated.expression:
        return Licence(_spdx(stated.expression))
    if stated.name in BY_HAND:
        return Licence(BY_HAND[stated.name][0], is_read=True)
    if stated.classifiers in _CLASSIFIERS:
        return Licence(_CLASSIFIERS[stated.classifiers])
    if stated.field in _FIELDS:
        return Licence(_FIELDS[stated.field])
    if stated.field and not _SPDX.validate(stated.field).errors:
        return Licence(_spdx(stated.field))
    return Licence(None)


def _spdx(text: str) -> str:
    return str(_SPDX.parse(text, validate=True).render())


def names_in(expression: str) -> list[str]:
    """List the licences of an expression, in its order."""
    return [str(name) for name in _SPDX.license_keys(expression)]
