"""What a user asks about: one query for each row of their file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from standsbehind.model.citation import Digest

__all__ = ["Intake", "Query", "Skipped"]


@dataclass(frozen=True, slots=True)
class Query:
    """One subject of the user's file, as far as the file describes it."""

    row: int
    """As a person counts: the header is row 1 of a table; a line of JSONL; an element of JSON."""
    name: str
    names: tuple[str, ...] = ()
    """Further names that the file gives."""
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-2, lower case; text that is no country is left to `fields`."""
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs of kind (`lei`, `usc`, `registration`, `ticker`, `tax`) and value."""
    products: tuple[str, ...] = ()
    schema: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """The row as given."""

    @property
    def asked(self) -> tuple[str, ...]:
        """All names by which the subject is searched for."""
        return (self.name, *self.names, *self.products)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that cannot be asked about; the answer lists it as not examined."""

    row: int
    reason: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intake:
    """The whole of a user's file: each row is a query, or skipped with the reason."""

    name: str
    format: str
    """`csv`, `tsv`, `xlsx`, `json`, `jsonl` or `ftm`."""
    digest: Digest
    size: int
    """Bytes."""
    columns: Mapping[str, str]
    """What was taken as what (`{"name": "Vendor"}`); empty for FollowTheMoney."""
    guessed: bool
    """Whether any of `columns` was told by its heading and not by the user."""
    notes: tuple[str, ...]
    """What the user should know about how the file was read, one sentence each."""
    queries: tuple[Query, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    line_of: Callable[[int], int] | None = field(
        default=None, compare=False, repr=False
    )
    """Gives the line of the file on which a row begins; None where rows are not lines."""
