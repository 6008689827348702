"""A list of the user's own, kept as columns so that a million names fit in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.names import fold_number
from standsbehind.matching.search import Listed, list_names
from standsbehind.model.schema import schemata
from standsbehind.screening.files.columns import field_names
from standsbehind.screening.files.headings import normalise
from standsbehind.screening.files.rows import Remarks
from standsbehind.screening.intake import Opened, open_queries, receive
from standsbehind.screening.query import Intake, Query

__all__ = ["OPTION", "OwnList", "read_list"]

OPTION = "--against-column"
"""How the user says which column of the list is what."""

ANY_SCHEMA = "LegalEntity"
"""What an entry is whose list does not say."""

_IDS = frozenset({"id", "entity id", "list id", "entry id", "uid", "entity number"})
_TYPES = frozenset({"type", "entity type", "schema"})
_WORDS_FOR_TYPES = {
    "company": "Company",
    "corporation": "Company",
    "firm": "Company",
    "organisation": "Organization",
    "entity": ANY_SCHEMA,
    "individual": "Person",
}
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class OwnList:
    """The entries of a list, each with one name or several. An entry is its place."""

    intake: Intake
    """How the file was read; it holds no rows."""
    rows: int
    """Rows below the header, whether or not they could be read."""
    ids: Sequence[str]
    """From the list's own column, else the number of the row."""
    schemata: Sequence[str]
    countries: Sequence[tuple[str, ...]]
    names: Sequence[str]
    bearers: NDArray[np.int32]
    """The entry that bears each name; shape (names,)."""
    mains: NDArray[np.int32]
    """The place of each entry's main name among the names; shape (entries,)."""
    numbers: Mapping[str, Sequence[tuple[int, str]]]
    """Entries by identifier, as `number` writes it, each with the kind of identifier."""
    listed: Listed


@dataclass(slots=True)
class _Columns:
    ids: list[str] = field(default_factory=list)
    schemata: list[str] = field(default_factory=list)
    countries: list[tuple[str, ...]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    bearers: list[int] = field(default_factory=list)
    mains: list[int] = field(default_factory=list)
    numbers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    shared: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """One copy of each combination of countries."""

    def add(self, query: Query, entry_id: str, schema: str) -> None:
        entry = len(self.ids)
        self.ids.append(entry_id)
        self.schemata.append(schema)
        self.countries.append(self.shared.setdefault(query.countries, query.countries))
        self.mains.append(len(self.names))
        for name in query.asked:
            self.names.append(name)
            self.bearers.append(entry)
        for kind, value in query.identifiers:
            self.numbers.setdefault(fold_number(value), []).append((entry, kind))


def read_list(
    source: Path | bytes, *, file_name: str, columns: Mapping[str, str] | None = None
) -> OwnList:
    """Read the list in the formats and by the headings of a screened file, and index it.

    `columns` says what stands where, with `id` for the list's own ids. Raises UsageError
    where the file cannot be read, and where no row of it has a name.
    """
    given = dict(columns or {})
    id_heading = given.pop("id", None)
    opened = open_queries(receive(source, file_name, OPTION), columns=given)
    remarks, found, skipped = Remarks(), _Columns(), 0
    fields = _ListFields.of(opened, id_heading)
    for chunk in opened.chunks(_CHUNK):
        for answer in opened.ask(chunk, remarks):
            if isinstance(answer, Query):
                found.add(answer, *fields.of_entry(answer))
            else:
                skipped += 1
    if not found.ids:
        raise opened.refusal(
            "no row of the list has a name, so there is nothing to search; name the"
            f" column with {OPTION} name=..."
        )
    notes = (*opened.intake.notes, *remarks.notes, *_notes(found.ids, skipped))
    return OwnList(
        intake=replace(opened.intake, notes=notes),
        rows=opened.count,
        ids=found.ids,
        schemata=found.schemata,
        countries=found.countries,
        names=found.names,
        bearers=np.array(found.bearers, dtype=np.int32),
        mains=np.array(found.mains, dtype=np.int32),
        numbers=found.numbers,
        listed=list_names(found.names, [found.schemata[i] for i in found.bearers]),
    )


@dataclass(frozen=True, slots=True)
class _ListFields:
    """The fields of a list's rows that a screened file has no use for."""

    id_field: str | None
    type_field: str | None

    @classmethod
    def of(cls, opened: Opened, id_heading: str | None) -> "_ListFields":
        columns = opened.asked.columns
        headings = field_names(columns.header) if columns else ("id", "schema")
        wanted = frozenset({normalise(id_heading)}) if id_heading else _IDS
        id_field = next((h for h in headings if normalise(h) in wanted), None)
        if id_heading and id_field is None:
            listed = ", ".join(map(repr, headings[:30]))
            message = f"there is no column {id_heading!r}; the columns are: {listed}"
            raise opened.refusal(message)
        types = (h for h in headings if normalise(h) in _TYPES)
        return cls(id_field, next(types, None))

    def of_entry(self, query: Query) -> tuple[str, str]:
        entry_id = query.fields.get(self.id_field, "").strip() if self.id_field else ""
        said = query.schema or (
            query.fields.get(self.type_field, "") if self.type_field else ""
        )
        return entry_id or str(query.row), _schema(said)


def _schema(said: str) -> str:
    if said in schemata():
        return said
    word = said.strip().casefold()
    known = _WORDS_FOR_TYPES.get(word, word.capitalize())
    return known if known in schemata() else ANY_SCHEMA


def _notes(ids: Iterable[str], skipped: int) -> list[str]:
    doubled = [key for key, times in Counter(ids).items() if times > 1]
    notes = []
    if doubled:
        shown = ", ".join(map(repr, doubled[:3]))
        more = ", ..." if len(doubled) > 3 else ""
        notes.append(
            f"Ids that stand on more than one row, all of which are searched: "
            f"{len(doubled):,} ({shown}{more})."
        )
    if skipped:
        notes.append(f"Rows without a name that can be searched: {skipped:,}.")
    return notes
