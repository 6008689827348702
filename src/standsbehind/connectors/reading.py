"""Reading: from the copies of one dataset to its entities, or to a clear refusal."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, cast

from standsbehind.connectors import ftmfile
from standsbehind.connectors.collector import without_collector
from standsbehind.connectors.context import (
    Copy,
    Draft,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.dataset import Dataset, dataset_ids
from standsbehind.errors import SourceError, UsageError
from standsbehind.model.citation import digest_of
from standsbehind.model.schema import is_subject
from standsbehind.model.statement import Claim

__all__ = ["Harvest", "copies_of", "read"]

MAX_COPY_BYTES = 1 << 30
"""No list of ours is near 1 GiB; a larger file is a mistake or an attack."""


class Crawler(Protocol):
    """A source's `crawler.py`: one function, from copies to readings."""

    crawl: Callable[[Pull], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one reading of one dataset gave."""

    dataset: Dataset
    copies: tuple[Copy, ...]
    drafts: tuple[Draft, ...]
    quarantined: tuple[Quarantined, ...]
    unread: tuple[Unread, ...]
    missing: tuple[str, ...]
    """Why this is not the whole list: too few rows, canaries not found, parts not given."""

    @property
    def claims(self) -> Iterator[Claim]:
        """Iterate over all claims, in the order of the source."""
        return (claim for draft in self.drafts for claim in draft.claims)

    @property
    def subjects(self) -> int:
        """Count the entities that the list names: neither edges nor sanctions."""
        return sum(is_subject(draft.schema) for draft in self.drafts)

    @property
    def rows(self) -> int:
        """Count the records of the source that were read.

        One firm may stand in several rows, and a row may name several firms. Where a
        dataset cites other sources than itself, as `core` does, its subjects are counted.
        """
        records = {
            citation.record
            for claim in self.claims
            for citation in claim.citations
            if citation.source == self.dataset.id
        }
        return len(records) or self.subjects


def copies_of(dataset: Dataset, paths: Sequence[Path], today: str) -> tuple[Copy, ...]:
    """Read files from disk and tell each file's role by its name.

    Raises UsageError for a file that cannot be read, is too large, fits no part, or where
    two files claim one part.
    """
    copies: dict[str, Copy] = {}
    more: list[Copy] = []
    for path in paths:
        part = dataset.part_of(path.name)
        if part.role in copies and part.many:
            more.append(_copy(part.role, path, today))
            continue
        if part.role in copies:
            message = (
                f"{path.name}: {copies[part.role].name} is already read as the "
                f"{part.role} part of {dataset.id}; pull one edition at a time"
            )
            raise UsageError(message)
        copies[part.role] = _copy(part.role, path, today)
    _need_required(dataset, copies)
    return (*copies.values(), *more)


def _copy(role: str, path: Path, today: str) -> Copy:
    try:
        if path.stat().st_size > MAX_COPY_BYTES:
            message = f"{path}: larger than 1 GiB; no list that we read is that large"
            raise UsageError(message)
        content = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path"
        raise UsageError(message) from error
    if not content.strip():
        message = f"{path}: the file is empty; fetch it again"
        raise SourceError(message)
    return Copy(role, path.name, content, digest_of(content), today)


def _need_required(dataset: Dataset, copies: dict[str, Copy]) -> None:
    absent = [p for p in dataset.parts if p.required and p.role not in copies]
    if absent:
        wanted = ", ".join(f"{p.role} ({' or '.join(p.patterns)})" for p in absent)
        message = f"{dataset.id}: missing {wanted}; give it with another --file"
        raise UsageError(message)


def read(dataset: Dataset, copies: Sequence[Copy]) -> Harvest:
    """Crawl the copies and check what the dataset expects of a whole list.

    Raises SourceError where the publisher's layout is not the one the crawler knows, or
    where nothing at all could be read.
    """
    pull = Pull(dataset, tuple(copies))
    found: dict[type, list[Reading]] = {Draft: [], Quarantined: [], Unread: []}
    try:
        with without_collector():
            for reading in _crawler(dataset).crawl(pull):
                found[type(reading)].append(reading)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        # A crawler trips over what nobody foresaw: that source fails, the others go on.
        names = ", ".join(copy.name for copy in copies)
        message = (
            f"{names}: holds what the connector of {dataset.id} cannot read "
            f"({type(error).__name__}: {error}); the last good copy goes on serving. "
            "Please report it with the file"
        )
        raise SourceError(message) from error
    harvest = Harvest(
        dataset=dataset,
        copies=pull.copies,
        drafts=tuple(cast("list[Draft]", found[Draft])),
        quarantined=tuple(cast("list[Quarantined]", found[Quarantined])),
        unread=tuple(cast("list[Unread]", found[Unread])),
        missing=(),
    )
    if not harvest.rows:
        names = ", ".join(copy.name for copy in copies)
        message = f"{names}: no record of {dataset.title} was found in it; is it the right file?"
        raise SourceError(message)
    return replace(harvest, missing=tuple(_missing(harvest)))


def _crawler(dataset: Dataset) -> Crawler:
    if dataset.id not in dataset_ids():
        return cast("Crawler", ftmfile)
    module = f"standsbehind.connectors.sources.{dataset.id}.crawler"
    return cast("Crawler", importlib.import_module(module))


def _missing(harvest: Harvest) -> Iterator[str]:
    dataset = harvest.dataset
    given = {copy.role for copy in harvest.copies}
    for part in dataset.parts:
        if part.role not in given and not part.helps:
            yield f"no {part.role} file was given"
    if harvest.rows < dataset.expect.min_rows:
        yield f"{harvest.rows} records, at least {dataset.expect.min_rows} expected"
    names = {
        claim.statement.value.casefold()
        for claim in harvest.claims
        if claim.statement.prop
        in {"name", "alias", "weakAlias", "previousName", "listedName"}
    }
    for canary in dataset.expect.canaries:
        if not any(canary.casefold() in name for name in names):
            yield f"{canary} is not on it, but stands on the whole list"
