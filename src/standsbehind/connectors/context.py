"""What a crawler holds while it reads: the copies, and the forms in which it reports."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from standsbehind.connectors.dataset import Dataset
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation, Digest, Quote
from standsbehind.model.dates import Interval, PartialDate
from standsbehind.model.statement import BASE_ID, Claim, Statement, Status

__all__ = [
    "Copy",
    "Draft",
    "Fields",
    "Listing",
    "Pull",
    "Quarantined",
    "Reading",
    "Unread",
    "entity_id",
]


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of one file as published, archived under their digest."""

    role: str
    name: str
    """The file's name, for messages."""
    content: bytes
    digest: Digest
    retrieved: str
    """ISO date on which the bytes were fetched or handed to us."""
    url: str | None = None
    """The address they came from; None for a file that a user gave us."""
    capture: bytes | None = None
    """The WARC file of how they came over the wire; None for a file that a user gave us."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not be read without guessing: set aside, counted, shown."""

    locator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A field or category that the connector does not know: the publisher may have changed."""

    locator: str
    what: str


class Draft:
    """An entity while it is read from one place; each value added cites that place."""

    __slots__ = ("citation", "claims", "dataset", "id", "schema")

    def __init__(
        self, dataset: str, entity_id: str, schema: str, citation: Citation
    ) -> None:
        self.dataset = dataset
        self.id = entity_id
        self.schema = schema
        self.citation = citation
        self.claims: list[Claim] = []
        self.add(BASE_ID, entity_id)

    def add(  # noqa: PLR0913 - a value has this many sides; all but two are rarely given
        self,
        prop: str,
        *values: str | None,
        lang: str | None = None,
        original: str | None = None,
        valid: Interval = Interval(),  # noqa: B008 - frozen
        status: Status = Status.OFFICIAL,
        citations: tuple[Citation, ...] = (),
    ) -> None:
        """Add values of one property; None and blank text are skipped, spaces are squeezed."""
        for value in values:
            text = " ".join(value.split()) if value else ""
            if text:
                statement = Statement(
                    entity_id=self.id,
                    prop=prop,
                    schema=self.schema,
                    value=text,
                    dataset=self.dataset,
                    lang=lang,
                    original_value=original,
                )
                cited = citations or (self.citation,)
                self.claims.append(Claim(statement, cited, valid, status))


Reading = Draft | Quarantined | Unread
"""What a crawler yields, one at a time."""


@dataclass(frozen=True, slots=True)
class Listing:
    """How an entity stands on a program's list: the facts of a FollowTheMoney `Sanction`."""

    program: str
    """Program id, a key of `standards/programs`."""
    authority: str
    listed_name: str
    tag: str | None = None
    """The publisher's own label of the program or sub-list (`GLOMAG`, `DRC`)."""
    start: PartialDate | None = None
    end: PartialDate | None = None
    listing_date: PartialDate | None = None
    status: Literal["listed", "exempted", "revoked"] = "listed"
    legal_ground: str = ""
    scope: str = ""
    """The list's own limit on what is covered, in its words."""
    record_id: str | None = None
    """The publisher's number of the record."""
    source_url: str | None = None
    reason: str | None = None
    key: tuple[str, ...] = ()
    """What tells this listing from another of the same entity and program."""


@dataclass(slots=True)
class Fields(Mapping[str, str]):
    """The fields of one record, taken out one by one, so that what is left can be reported.

    Taking a field that the record does not have raises SourceError: the publisher
    dropped a column, and going on would be guessing.
    """

    locator: str
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def take(self, name: str) -> str:
        """Take one field out, stripped. Raises SourceError where there is no such field."""
        try:
            return self.cells.pop(name).strip()
        except KeyError:
            message = (
                f"{self.locator}: no field {name!r}; the publisher changed the layout, "
                "and the connector must be adapted before this file can be read"
            )
            raise SourceError(message) from None

    def ignore(self, *names: str) -> None:
        """Leave fields aside on purpose, by name."""
        for name in names:
            self.cells.pop(name, None)

    def unread(self) -> Iterator[Unread]:
        """Report the fields with a value that nobody took or ignored."""
        for name, value in self.cells.items():
            if value and value.strip():
                yield Unread(self.locator, f"field {name!r}")


@dataclass(frozen=True, slots=True)
class Pull:
    """One reading of one dataset: its description and its copies."""

    dataset: Dataset
    copies: tuple[Copy, ...]

    def copy(self, role: str) -> Copy | None:
        """Return the copy that plays the role, or None where it was not given."""
        return next((copy for copy in self.copies if copy.role == role), None)

    def copies_of(self, role: str) -> tuple[Copy, ...]:
        """Return all copies that play the role, in the order in which they were given."""
        return tuple(copy for copy in self.copies if copy.role == role)

    def cite(  # noqa: PLR0913 - what a citation is made of
        self,
        copy: Copy,
        locator: str,
        *,
        quote: str | None = None,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
    ) -> Citation:
        """Make the citation of one place in a copy.

        A date of publication after the day of reading is a slip of the publisher's
        ("2922-09-01" stands on an official list), and is left out.
        """
        return Citation(
            source=self.dataset.id,
            title=title or self.dataset.title,
            publisher=self.dataset.publisher,
            url=url or copy.url or self.dataset.url,
            origin_group=self.dataset.origin_group,
            locator=locator,
            quote=Quote(quote) if quote else None,
            digest=copy.digest,
            published=published if (published or "") <= copy.retrieved else None,
            retrieved=copy.retrieved,
            kind=self.dataset.kind,
        )

    def draft(self, schema: str, *key: str, citation: Citation) -> Draft:
        """Begin an entity. Its id is made of the fewest stable raw values of the source."""
        return Draft(
            self.dataset.id, entity_id(self.dataset.id, *key), schema, citation
        )

    def sanction(
        self, entity: Draft, listing: Listing, citation: Citation | None = None
    ) -> Draft:
        """Make the `Sanction` of a listed entity, citing its row or that of the entity."""
        key = (entity.id, listing.program, *listing.key)
        sanction = Draft(
            self.dataset.id,
            entity_id(self.dataset.id, "sanction", *key),
            "Sanction",
            citation or entity.citation,
        )
        sanction.add("entity", entity.id)
        sanction.add("programId", listing.program)
        sanction.add("program", listing.tag)
        sanction.add("authority", listing.authority)
        sanction.add("listedName", listing.listed_name)
        sanction.add("startDate", listing.start)
        sanction.add("endDate", listing.end)
        sanction.add("listingDate", listing.listing_date)
        sanction.add("status", listing.status)
        sanction.add("provisions", listing.legal_ground)
        sanction.add("scope", listing.scope)
        sanction.add("recordId", listing.record_id)
        sanction.add("sourceUrl", listing.source_url)
        sanction.add("reason", listing.reason)
        return sanction

    def look_up(self, field_name: str, value: str) -> str:
        """Return the correction of a publisher's value from `dataset.yml`, else the value."""
        return (self.dataset.lookups or {}).get(field_name, {}).get(value, value)


def entity_id(dataset_id: str, *key: str) -> str:
    """Make a stable id: readable where the key is letters and digits, a digest elsewhere.

    >>> entity_id("un_sc_sanctions", "6907993")
    'un-sc-sanctions-6907993'
    """
    prefix = dataset_id.replace("_", "-")
    plain = [unicodedata.normalize("NFKC", part).strip().lower() for part in key]
    if all(part.isascii() and part.isalnum() for part in plain):
        return "-".join((prefix, *plain))
    digest = hashlib.sha1("\x1f".join(plain).encode(), usedforsecurity=False)
    return f"{prefix}-{digest.hexdigest()[:20]}"
