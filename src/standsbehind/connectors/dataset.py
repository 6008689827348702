"""A dataset: what a source publishes, by whom, where, and what must be true of it."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import resources
from typing import Any, Literal

from standsbehind.errors import SourceError, UsageError
from standsbehind.model.packaged import read_yaml

__all__ = ["Dataset", "Expectations", "Part", "dataset_ids", "load_dataset"]

_HOME = "standsbehind.connectors.sources"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the dataset, told apart from its siblings by the pattern of its name."""

    role: str
    patterns: tuple[str, ...]
    url: str | None = None
    required: bool = True
    many: bool = False
    """Whether several copies may play this role at once, as with one file a notice."""
    helps: bool = False
    """Whether it only puts words to codes: where it is not given, nothing is missing."""

    def fits(self, file_name: str) -> bool:
        """Whether a copy of that name is this part; case does not matter."""
        return any(fnmatchcase(file_name.lower(), p) for p in self.patterns)


@dataclass(frozen=True, slots=True)
class Expectations:
    """What must be true of a whole list; a copy that fails is partial or not the list."""

    min_rows: int = 0
    canaries: tuple[str, ...] = ()
    """Names that are on the list: a reading that misses one of them is not whole."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One source as its `dataset.yml` describes it."""

    id: str
    title: str
    publisher: str
    url: str
    """The page for people; each part has its own address."""
    origin_group: str
    licence: str
    kind: Literal["official", "press", "ngo", "company", "court", "research", "other"]
    parts: tuple[Part, ...]
    expect: Expectations
    jurisdiction: str = ""
    unproven: str = ""
    """Why the connector is not yet proven on a real file; empty where it is."""
    notes: str = ""
    """What the connector leaves out or sets aside, and why; shown by `behind sources`."""
    lookups: dict[str, dict[str, str]] | None = None
    """Corrections of a publisher's values, by field; kept here and not in code."""
    collects: bool = False
    """Whether each edition only adds: what a later file does not name is not withdrawn.

    A list says who stands on it; a file of notices, awards or changed records does not.
    """
    released: str = ""
    """For data that ships with the package: the day of its release."""

    def part_of(self, file_name: str) -> Part:
        """Find the part that a copy is, by its name; the first pattern that fits wins.

        A dataset of one part takes a copy of any name. Raises UsageError where the name
        fits none of several.
        """
        if len(self.parts) == 1:
            return self.parts[0]
        for part in self.parts:
            if part.fits(file_name):
                return part
        known = ", ".join(
            f"{part.role} ({' or '.join(part.patterns)})" for part in self.parts
        )
        message = (
            f"{file_name}: not a file of {self.id} by its name; expected {known}. "
            "Rename the copy, or name the source that it belongs to"
        )
        raise UsageError(message)


def dataset_ids() -> tuple[str, ...]:
    """List the ids of all sources that ship with the package, in alphabetical order."""
    folders = resources.files(_HOME).iterdir()
    return tuple(sorted(f.name for f in folders if (f / "dataset.yml").is_file()))


def load_dataset(dataset_id: str) -> Dataset:
    """Read the description of one source. Raises UsageError where there is none."""
    if dataset_id not in dataset_ids():
        message = (
            f"{dataset_id}: no such source; known are {', '.join(dataset_ids())}. "
            "For a file of yours in FollowTheMoney form, give it with --file NAME.ftm.json"
        )
        raise UsageError(message)
    text = (resources.files(_HOME) / dataset_id / "dataset.yml").read_text("utf-8")
    return _read(dataset_id, read_yaml(text))


def _read(dataset_id: str, fields: dict[str, Any]) -> Dataset:
    parts = tuple(
        Part(
            role=part.pop("role"),
            patterns=tuple(part.pop("patterns")),
            url=part.pop("url", None),
            required=part.pop("required", True),
            many=part.pop("many", False),
            helps=part.pop("helps", False),
        )
        for part in fields.get("parts", [])
    )
    expect = fields.get("expect", {})
    known = {
        **fields,
        "parts": parts,
        "expect": Expectations(
            min_rows=expect.get("min_rows", 0),
            canaries=tuple(expect.get("canaries", ())),
        ),
    }
    try:
        return Dataset(**known)
    except TypeError as error:
        message = f"{dataset_id}/dataset.yml: {error}"
        raise SourceError(message) from error
