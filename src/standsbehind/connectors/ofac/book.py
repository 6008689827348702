"""One set of OFAC's files, joined: each subject with the side rows that bear its number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from standsbehind.connectors.context import Copy, Fields, Pull, Quarantined
from standsbehind.connectors.ofac.files import (
    ADDRESS,
    ALTERNATE,
    COMMENT,
    PRIMARY,
    Columns,
    rows_of,
)
from standsbehind.errors import UsageError

__all__ = ["Book", "SideRow", "open_book"]

_SIDE_FILES: Mapping[str, Columns] = MappingProxyType(
    {"alternate": ALTERNATE, "address": ADDRESS, "comments": COMMENT}
)


SideRow = tuple[Copy, Fields]
"""A row with the file in which it stands, so that it can be cited."""


@dataclass(slots=True)
class Book:
    """The rows of a set by the `ent_num` of their subject."""

    primary: Copy
    subjects: dict[str, Fields] = field(default_factory=dict)
    numbers: dict[str, list[str]] = field(default_factory=dict)
    """The numbers of all subjects of one printed name."""
    side: dict[tuple[str, str], list[SideRow]] = field(default_factory=dict)
    """By the role of the file and the number of the subject."""

    def rows(self, role: str, number: str) -> list[SideRow]:
        """Return the rows of one side file about one subject."""
        return self.side.get((role, number), [])

    def number_of(self, name: str) -> str | None:
        """Find the one subject that bears exactly this name; None where not just one does.

        A full stop that ends a remark hides one that ends the name.
        """
        spellings = {name, f"{name}.", name.removesuffix(".")}
        numbers = [n for spelled in spellings for n in self.numbers.get(spelled, [])]
        return numbers[0] if len(numbers) == 1 else None


def open_book(pull: Pull) -> tuple[Book, tuple[Quarantined, ...]]:
    """Join the files of a set, and say which rows have no place in it.

    Raises UsageError where the primary file is not among the copies.
    """
    primary = pull.copy("primary")
    if primary is None:
        message = f"{pull.dataset.id}: the primary file is missing; give it with --file"
        raise UsageError(message)
    book = Book(primary)
    set_aside = list(_open_primary(book))
    for role, columns in _SIDE_FILES.items():
        copy = pull.copy(role)
        if copy is not None:
            set_aside.extend(_open_side(book, copy, columns))
    return book, tuple(set_aside)


def _open_primary(book: Book) -> Iterator[Quarantined]:
    for row in rows_of(book.primary, PRIMARY):
        if isinstance(row, Quarantined):
            yield row
            continue
        number = row.take("ent_num")
        if number in book.subjects:
            yield Quarantined(row.locator, "this ent_num stands twice in the file")
            continue
        book.subjects[number] = row
        book.numbers.setdefault(row["SDN_Name"].strip(), []).append(number)


def _open_side(book: Book, copy: Copy, columns: Columns) -> Iterator[Quarantined]:
    for row in rows_of(copy, columns):
        if isinstance(row, Quarantined):
            yield row
            continue
        number = row.take("ent_num")
        if number in book.subjects:
            book.side.setdefault((copy.role, number), []).append((copy, row))
        else:
            locator = f"{copy.name}, {row.locator}"
            yield Quarantined(locator, "the primary file has no such ent_num")
