"""Evidence: the rows of core's tables, and the voices in which their sources speak."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from standsbehind.connectors.context import Copy, Draft, Fields, Pull
from standsbehind.errors import SourceError
from standsbehind.model.citation import NOT_CAPTURED, Citation
from standsbehind.model.dates import Interval, PartialDate, partial_date
from standsbehind.model.statement import Status

__all__ = [
    "NAMES",
    "Sources",
    "Value",
    "Voice",
    "day_in",
    "items",
    "status_in",
    "table",
    "voice_of",
]

Kind = Literal["official", "press", "ngo", "company", "court", "research", "other"]

_VOICE_OF_KIND: Mapping[Kind, Status] = {
    "company": Status.COMPANY,
    "court": Status.OFFICIAL,
    "ngo": Status.REPORTED,
    "official": Status.OFFICIAL,
    "other": Status.REPORTED,
    "press": Status.REPORTED,
    "research": Status.REPORTED,
}

_STATUSES: Mapping[str, Status] = {
    "alleged": Status.ALLEGED,
    "alleged-official": Status.ALLEGED,
    "company-confirmed": Status.COMPANY,
    "company-filing": Status.COMPANY,
    "company-statement": Status.COMPANY,
    "company-terms": Status.COMPANY,
    "court": Status.OFFICIAL,
    "court-settlement": Status.OFFICIAL,
    "disputed": Status.DISPUTED,
    "official": Status.OFFICIAL,
    "official-record": Status.OFFICIAL,
    "official-statement": Status.OFFICIAL,
    "opinion": Status.OPINION,
    "peer-reviewed": Status.REPORTED,
    "reported": Status.REPORTED,
}
"""The words of the table for the voice of a source, and what the model calls them."""

NAMES = ("name", "alias", "weakAlias", "previousName")
"""The properties that hold names, in the script of their language."""

_SCRIPTS = (
    (re.compile(r"[\u4e00-\u9fff]"), "zho"),
    (re.compile(r"[\u0400-\u04ff]"), "rus"),
    (re.compile(r"[\uac00-\ud7af]"), "kor"),
)

_TIMES = re.compile(
    r"(?P<text>.*\S)\s*\{(?:since (?P<since>[\d-]+))? ?(?:until (?P<until>[\d-]+))?\}"
)
"""A value with the time for which it held: `AnyVision {until 2021-10}`."""

_OWN_SOURCES = re.compile(r"(?P<text>.*\S)\s*\[(?P<sources>[^\[\]]+)\]", re.DOTALL)
"""A value that other sources state than those of its row: `大华 [S131]`."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell; its own citations are empty where those of the row hold."""

    text: str
    citations: tuple[Citation, ...] = ()
    valid: Interval | None = None
    """The time for which it held; None where that of the row holds."""


def table(pull: Pull, role: str, key: str) -> dict[str, Fields]:
    """Read one table: its rows by their id, in the order of the file.

    Raises SourceError where the table is absent, cannot be decoded, or holds an id twice.
    """
    copy = pull.copy(role)
    if copy is None:
        message = f"{pull.dataset.id}: no {role} table; install the package again"
        raise SourceError(message)
    rows: dict[str, Fields] = {}
    for row in _rows(copy):
        name = row.take(key)
        if not name or name in rows:
            message = f"{row.locator}: {key} {name!r} is blank or used twice; give the row an id of its own"
            raise SourceError(message)
        rows[name] = Fields(f"{copy.name}, {name}", dict(row))
    return rows


def _rows(copy: Copy) -> Iterator[Fields]:
    reader = csv.reader(io.StringIO(_text(copy), newline=""), strict=True)
    try:
        header = next(reader, [])
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                message = f"{copy.name}, row {number}: {len(cells)} cells under {len(header)} columns; mend the row"
                raise SourceError(message)
            row = dict(zip(header, cells, strict=True))
            yield Fields(f"{copy.name}, row {number}", row)
    except csv.Error as error:
        message = (
            f"{copy.name}, line {reader.line_num}: {error}; the file is cut or not CSV"
        )
        raise SourceError(message) from error


def _text(copy: Copy) -> str:
    try:
        return copy.content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{copy.name}, byte {error.start}: not UTF-8; save the file as UTF-8"
        raise SourceError(message) from error


def items(cell: str, apart: str = ";") -> list[str]:
    """Split a cell into its items; a blank cell holds none."""
    return [item.strip() for item in cell.split(apart) if item.strip()]


def day_in(text: str, locator: str) -> PartialDate | None:
    """Read a date of a cell; None where the cell is blank. Raises SourceError for others."""
    if not text:
        return None
    day = partial_date(text)
    if day is None:
        message = f"{locator}: {text!r} is not a year, month or day in ISO form"
        raise SourceError(message)
    return day


def status_in(word: str, citations: tuple[Citation, ...], locator: str) -> Status:
    """Read the voice of a row; a blank one is that of its sources.

    Raises SourceError for a word that is not known.
    """
    if not word:
        return voice_of(citations)
    if word not in _STATUSES:
        message = f"{locator}: status {word!r} is not one of {', '.join(_STATUSES)}"
        raise SourceError(message)
    return _STATUSES[word]


def voice_of(citations: tuple[Citation, ...]) -> Status:
    """Tell the voice of sources by the kind of the first of them."""
    return _VOICE_OF_KIND[citations[0].kind]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says what a row says, in what voice, and for which time."""

    citations: tuple[Citation, ...]
    status: Status
    valid: Interval = field(default=Interval())

    def begin(self, dataset: str, key: str, schema: str) -> Draft:
        """Begin an entity; that it exists is said in this voice too."""
        draft = Draft(dataset, f"{dataset}-{key}", schema, self.citations[0])
        draft.claims[:] = [
            replace(
                claim, citations=self.citations, valid=self.valid, status=self.status
            )
            for claim in draft.claims
        ]
        return draft

    def say(self, draft: Draft, prop: str, *texts: str | None) -> None:
        """Add values that rest on the sources of the row."""
        for text in filter(None, texts):
            self.cite(draft, prop, Value(text))

    def cite(self, draft: Draft, prop: str, value: Value) -> None:
        """Add a value that may rest on sources of its own."""
        draft.add(
            prop,
            value.text,
            lang=_language(value.text) if prop in NAMES else None,
            valid=value.valid or self.valid,
            status=voice_of(value.citations) if value.citations else self.status,
            citations=value.citations or self.citations,
        )


def _language(text: str) -> str | None:
    """Tell the language of a name where its script does."""
    return next((lang for script, lang in _SCRIPTS if script.search(text)), None)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that core cites, by their ids."""

    by_id: Mapping[str, Citation]

    @classmethod
    def of(cls, rows: Mapping[str, Fields]) -> "Sources":
        """Make one citation of each row of the table of sources."""
        return cls({name: _citation(name, row) for name, row in rows.items()})

    def cite(self, cell: str, locator: str) -> tuple[Citation, ...]:
        """Return the citations that a cell names.

        `S001=reuters-2020-04` cites S001 as a voice of another origin: the article relays
        that report, and for this claim the two count as one.
        """
        return tuple(
            self._one(item, locator) for item in re.split(r"[;\s]+", cell) if item
        )

    def _one(self, item: str, locator: str) -> Citation:
        name, _, origin = item.partition("=")
        citation = self.by_id.get(name)
        if citation is None:
            message = f"{locator}: no source {name!r}; add it to sources.csv or correct the id"
            raise SourceError(message)
        return replace(citation, origin_group=origin) if origin else citation

    def value(self, text: str, locator: str) -> Value:
        """Read one value and the sources in brackets after it, if it has any."""
        found = _OWN_SOURCES.fullmatch(text)
        if found is None:
            return _timed(Value(text), locator)
        value = Value(found["text"], self.cite(found["sources"], locator))
        return _timed(value, locator)


def _timed(value: Value, locator: str) -> Value:
    found = _TIMES.fullmatch(value.text)
    if found is None:
        return value
    since, until = (day_in(found[day] or "", locator) for day in ("since", "until"))
    return replace(value, text=found["text"], valid=Interval(since, until))


def _citation(name: str, row: Fields) -> Citation:
    kind = row.take("kind")
    if kind not in _VOICE_OF_KIND:
        message = (
            f"{row.locator}: kind {kind!r} is not one of {', '.join(_VOICE_OF_KIND)}"
        )
        raise SourceError(message)
    return Citation(
        source=name,
        title=row.take("title"),
        publisher=row.take("publisher"),
        url=row.take("url"),
        origin_group=row.take("origin_group"),
        locator=row.take("seen"),
        digest=NOT_CAPTURED,
        published=day_in(row.take("date"), row.locator),
        kind=cast("Kind", kind),
    )
