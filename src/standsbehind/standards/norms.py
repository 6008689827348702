"""Norms: the conduct classes as data, checked against the closed list of terms."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from standsbehind.errors import SourceError, UsageError
from standsbehind.model.packaged import read_yaml
from standsbehind.standards.terms import Term

__all__ = [
    "STANDARD",
    "After",
    "Change",
    "Element",
    "Norm",
    "Severity",
    "Standard",
    "Text",
    "Threshold",
    "catalog_files",
    "load_standard",
    "read_standard",
]

STANDARD = "biometric-surveillance"
"""The one standard that ships with the package."""

Threshold = Literal["primary_or_two_origins", "court_or_un", "recorded_search"]
"""What makes a fact good enough: one primary source or two independent origins; a court or a
body of the United Nations; or, of what is absent, a recorded search as well as the first."""

M = TypeVar("M", bound=BaseModel)
Grade = Annotated[int, Field(ge=0, le=3)]
Name = Annotated[str, Field(pattern="^[a-z]+(-[a-z]+)*$")]


class _Model(BaseModel):
    """Data of the catalog: nothing that is not named here can stand in it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class After(_Model):
    """That a fact must begin some days after that of another element, on the same matter."""

    element: Name
    days: Annotated[int, Field(ge=1)] = 1


class Element(_Model):
    """One thing that must be shown; a fact in any of its terms may show it."""

    id: Name
    says: str
    any: Annotated[tuple[Term, ...], Field(min_length=1, strict=False)]
    threshold: Threshold = "primary_or_two_origins"
    after: After | None = None


class Severity(_Model):
    """How grave the conduct is by itself, 0 to 3 each; it never decides whether it is shown."""

    scale: Grade
    scope: Grade
    irremediability: Grade
    reason: str


class Text(_Model):
    """A text that the norm rests on, with where it stands and since when."""

    title: str
    href: str
    since: date | None = None
    unverified: str = ""
    """Why the reference may be wrong; empty where the text was read."""


class Norm(_Model):
    """One conduct class: all its elements are needed, on one matter."""

    id: Annotated[str, Field(pattern="^C[1-9][0-9]?$")]
    title: str
    summary: str
    elements: Annotated[tuple[Element, ...], Field(min_length=1, strict=False)]
    mitigating: Annotated[tuple[Term, ...], Field(strict=False)] = ()
    severity: Severity
    texts: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms that any element asks for."""
        return frozenset(term for element in self.elements for term in element.any)

    @model_validator(mode="after")
    def _elements_are_told_apart(self) -> "Norm":
        seen: set[str] = set()
        terms: set[str] = set()
        for element in self.elements:
            if element.id in seen or terms & set(element.any):
                message = f"{self.id}/{element.id}: an id or a term stands twice"
                raise ValueError(message)
            if element.after is not None and element.after.element not in seen:
                message = f"{self.id}/{element.id}: comes after no earlier element"
                raise ValueError(message)
            seen.add(element.id)
            terms.update(element.any)
        return self


class Change(_Model):
    """What a version changed, told by its effect."""

    version: str
    rule: str
    since: date
    affects: str


class _Head(_Model):
    id: str
    version: str
    title: str
    about: str
    changes: Annotated[tuple[Change, ...], Field(min_length=1, strict=False)]


class Standard(_Head):
    """The catalog as a whole, with the digest of its files."""

    digest: str
    norms: tuple[Norm, ...]

    def norm(self, name: str) -> Norm:
        """Return one class. Raises UsageError where the standard has none of that id."""
        for norm in self.norms:
            if norm.id == name:
                return norm
        message = f"{name}: not a class of {self.id}; it has {', '.join(n.id for n in self.norms)}"
        raise UsageError(message)


HEAD = "standard.yml"


@cache
def load_standard(name: str = STANDARD) -> Standard:
    """Read the standard that ships with the package.

    Raises UsageError for a name that none bears.
    """
    if name != STANDARD:
        message = f"{name}: no standard bears that name; there is {STANDARD}"
        raise UsageError(message)
    return read_standard(catalog_files())


def catalog_files(folder: Traversable | None = None) -> Mapping[str, str]:
    """Return the text of each file of a catalog by its name, that of the package by default.

    Raises UsageError where the folder holds no standard.
    """
    where = folder or resources.files("standsbehind.standards") / "catalog"
    found = {
        file.name: file.read_text("utf-8")
        for file in sorted(where.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yml")
    }
    if HEAD not in found:
        message = f"{folder}: no {HEAD}; name a folder like standards/catalog"
        raise UsageError(message)
    return found


def read_standard(files: Mapping[str, str]) -> Standard:
    """Read a standard from the texts of its files.

    Raises SourceError where a file holds what the vocabulary does not.
    """
    head = _read(HEAD, files[HEAD], _Head)
    norms = [_read(name, text, Norm) for name, text in files.items() if name != HEAD]
    norms.sort(key=lambda norm: int(norm.id[1:]))
    return Standard(**dict(head), digest=_digest(files), norms=tuple(norms))


def _read(name: str, text: str, model: type[M]) -> M:
    try:
        return model.model_validate(read_yaml(text))
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        line = _line_of(text, first["input"], first["loc"][-1] if first["loc"] else "")
        message = f"{name}:{line}: {place}: {first['msg']}; correct the file"
        raise SourceError(message) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        message = f"{name}:{line}: {error}; correct the file"
        raise SourceError(message) from error


def _line_of(text: str, *said: object) -> int:
    """Return the first line with one of what is said, the likelier first; 0 where none has it."""
    lines = text.splitlines()
    for one in said:
        if isinstance(one, str) and one:
            for number, line in enumerate(lines, start=1):
                if one in line:
                    return number
    return 0


def _digest(files: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for name, text in sorted(files.items()):
        one = hashlib.sha256(text.encode()).hexdigest()
        whole.update(f"{one}  {name}\n".encode())
    return whole.hexdigest()
