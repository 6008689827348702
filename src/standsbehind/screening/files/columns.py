"""Columns: which column holds the names, which the countries, and so on."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from standsbehind.errors import UsageError
from standsbehind.screening.files.headings import (
    KINDS,
    Kind,
    kind_of,
    normalise,
    rank_of_name,
)
from standsbehind.screening.files.no_names import told_apart
from standsbehind.screening.files.userfile import UserFile

__all__ = ["Columns", "Places", "choose_columns", "field_names", "wanted_headings"]

Places = Mapping[Kind, tuple[int, ...]]
"""For each kind, the columns (from 0) that hold it, in the file's order."""

_SAMPLE_ROWS = 50
_MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file were taken as."""

    header: tuple[str, ...]
    places: Places
    guessed: bool
    """Whether any column was told by its heading and not by the user."""
    notes: tuple[str, ...] = ()

    @property
    def named(self) -> dict[str, str]:
        """The heading of each kind; several are joined with a comma."""
        fields = field_names(self.header)
        return {
            kind: ", ".join(fields[i] for i in places)
            for kind, places in self.places.items()
        }


def wanted_headings(file: UserFile, given: Mapping[str, str]) -> frozenset[str]:
    """Check the keys of `--column` and return its headings as `normalise` writes them."""
    for key in given:
        if key not in KINDS:
            close = difflib.get_close_matches(key, KINDS, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            message = f"{file.option} cannot set {key!r}; {hint}It can set: {', '.join(KINDS)}"
            raise file.refusal(message)
    return frozenset(map(normalise, given.values()))


def choose_columns(
    file: UserFile,
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    given: Mapping[str, str],
) -> Columns:
    """Take the columns that the user gave and tell the others by their headings.

    `sample` holds some rows: a column of numbers is not the column of names where another
    could be. Raises UsageError for no name column, for two that are equally good, for a
    given column that is not there and for one heading over two columns that are used.
    """
    taken = {
        kind: (_place_given(file, header, given[kind]),)
        for kind in KINDS
        if kind in given
    }
    told = _told_by_heading(header, {i for (i,) in taken.values()})
    names = told.pop("name", ())
    if "name" not in taken:
        taken["name"] = (_choose_name(file, header, names, sample[:_SAMPLE_ROWS]),)
    told["alias"] = (
        *told.get("alias", ()),
        *_in_one_language(header, names, taken["name"]),
    )
    found = told | taken
    places = {kind: found[kind] for kind in KINDS if found.get(kind)}
    used = {i for kind_places in places.values() for i in kind_places}
    notes = (
        *_doubles(file, header, used),
        *_not_taken(file, header, names, used),
        *_doubt(file, header[places["name"][0]], places["name"][0], sample),
    )
    return Columns(tuple(header), places, guessed=len(places) > len(given), notes=notes)


def _place_given(file: UserFile, header: Sequence[str], heading: str) -> int:
    exact = [i for i, own in enumerate(header) if own.strip() == heading.strip()]
    alike = [i for i, own in enumerate(header) if normalise(own) == normalise(heading)]
    found = exact or alike
    if not found:
        shown = [own[:100] for own in header[:1000]]
        close = difflib.get_close_matches(heading, shown, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]!r}? " if close else ""
        message = f"there is no column {heading!r}; {hint}{_listed(header)}"
        raise file.refusal(message)
    if len(found) > 1:
        raise _stands_twice(file, heading, found)
    return found[0]


def _told_by_heading(
    header: Sequence[str], taken: set[int]
) -> dict[Kind, tuple[int, ...]]:
    told: dict[Kind, tuple[int, ...]] = {}
    for i, heading in enumerate(header):
        kind = kind_of(heading)
        if kind is None or i in taken or (kind == "schema" and kind in told):
            continue
        told[kind] = (*told.get(kind, ()), i)
    return told


def _choose_name(
    file: UserFile,
    header: Sequence[str],
    candidates: Sequence[int],
    sample: Sequence[Sequence[str]],
) -> int:
    """Choose the column with the surest heading among those that hold words."""
    if not candidates:
        message = (
            f"no column of names was found; {_listed(header)} Name it with"
            f" {file.option} name=..., or add a row of headings where the first row is not one"
        )
        raise file.refusal(message)
    worded = [i for i in candidates if not _holds_codes(i, sample)] or candidates
    surest = min(rank_of_name(header[i]) for i in worded)
    best = [i for i in worded if rank_of_name(header[i]) == surest]
    if len(best) == 1:
        return best[0]
    if len({header[i].strip() for i in best}) == 1:
        raise _stands_twice(file, header[best[0]], best)
    named = " and ".join(repr(header[i]) for i in best)
    message = f"{named} could each hold the name; choose with {file.option} name={header[best[0]]!r}"
    raise file.refusal(message)


def _holds_codes(column: int, sample: Sequence[Sequence[str]]) -> bool:
    """Whether most cells have as many digits as letters: vendor numbers, not vendors."""
    cells = [row[column] for row in sample if column < len(row) and row[column].strip()]
    codes = [sum(map(str.isdigit, c)) >= sum(map(str.isalpha, c)) for c in cells]
    return bool(codes) and sum(codes) >= 0.8 * len(codes)


def _in_one_language(
    header: Sequence[str], names: Sequence[int], chosen: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the columns that give the name in one more language."""
    return tuple(i for i in names if rank_of_name(header[i]) == 2 and i not in chosen)


def _not_taken(
    file: UserFile, header: Sequence[str], names: Sequence[int], used: set[int]
) -> tuple[str, ...]:
    others = ", ".join(repr(header[i]) for i in names if i not in used)
    return (
        (f"Not taken as the name: {others} (set with {file.option}).",)
        if others
        else ()
    )


def _doubt(
    file: UserFile, heading: str, column: int, sample: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Warn of a column of names that mostly holds something else."""
    cells = [row[column] for row in sample if column < len(row) and row[column].strip()]
    found = told_apart(cells)
    if found is None:
        return ()
    said = (
        f"The column of names, {heading[:60]!r}, looks wrong: of its first {len(cells):,}"
        f" cells {found.count:,} hold {found.what}. If the names stand elsewhere, choose"
        f" that column with {file.option} name=HEADING."
    )
    return (said,)


def _doubles(file: UserFile, header: Sequence[str], used: set[int]) -> tuple[str, ...]:
    headings = [heading.strip() for heading in header]
    doubled = [h for h, times in Counter(headings).items() if h and times > 1]
    for heading in doubled:
        found = [i for i, own in enumerate(headings) if own == heading]
        if used.intersection(found):
            raise _stands_twice(file, heading, found)
    if not doubled:
        return ()
    return (
        f"Columns of the same heading, numbered in the answer: {', '.join(doubled)}.",
    )


def _stands_twice(file: UserFile, heading: str, found: Sequence[int]) -> UsageError:
    columns = ", ".join(str(i + 1) for i in found)
    what = f"the heading {heading[:60]!r} stands over columns {columns}; rename all but one"
    return file.refusal(what)


def _listed(header: Sequence[str]) -> str:
    shown = [repr(heading[:60]) for heading in header if heading.strip()]
    more = f" and {len(shown) - _MOST_LISTED} more" if len(shown) > _MOST_LISTED else ""
    return f"The columns are: {', '.join(shown[:_MOST_LISTED])}{more}."


@lru_cache(maxsize=64)
def field_names(header: tuple[str, ...], width: int = 0) -> tuple[str, ...]:
    """Give each column a name of its own: blank headings by number, doubles numbered.

    `width` asks for names of columns past the header, as an overlong row has them.
    """
    names: dict[str, None] = {}
    for i in range(max(len(header), width)):
        heading = header[i].strip() if i < len(header) else ""
        name = base = heading or f"column {i + 1}"
        times = 1
        while name in names:
            times += 1
            name = f"{base} [{times}]"
        names[name] = None
    return tuple(names)
