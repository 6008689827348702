"""Pulling: from files or a publisher's address into the archive and the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standsbehind.connectors.collector import without_collector
from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Dataset
from standsbehind.connectors.reading import Harvest, read
from standsbehind.errors import SourceError
from standsbehind.ledger.ledger import Ledger, Stamp
from standsbehind.ledger.revision import Held, Revision, revise
from standsbehind.ledger.rows import tables_of
from standsbehind.model.citation import digest_of
from standsbehind.model.schema import is_subject
from standsbehind.store.archive import Archive

__all__ = ["Pulled", "Terms", "describe", "pull", "record_of"]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one pull of one dataset did to the ledger."""

    harvest: Harvest
    revision: Revision
    recorded_at: str

    def to_json(self) -> dict[str, Any]:
        """Give the counts and dates, as in `behind pull --json`."""
        dataset = self.harvest.dataset
        return {
            **describe(dataset),
            "retrieved": max(
                (copy.retrieved for copy in self.harvest.copies),
                default=self.recorded_at[:10],
            ),
            "rows": self.harvest.rows,
            "subjects": self.harvest.subjects,
            "added": self.revision.added,
            "changed": self.revision.changed,
            "removed": self.revision.removed,
            "older": self.revision.older,
            "quarantined": len(self.harvest.quarantined),
            "stale": False,
            "partial": list(self.harvest.missing),
        }


def describe(dataset: Dataset) -> dict[str, Any]:
    """Give what is the same at every pull of a dataset."""
    return {
        "id": dataset.id,
        "title": dataset.title,
        "publisher": dataset.publisher,
        "url": dataset.url,
        "licence": dataset.licence,
        "jurisdiction": dataset.jurisdiction,
        "unproven": dataset.unproven,
        "notes": dataset.notes,
    }


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a reading is taken into the ledger."""

    recorded_at: str
    """ISO time in UTC at which we come to know it."""
    accept_shrink: bool = False
    accept_partial: bool = True
    """Whether a copy may lack rows or canaries: yes for a user's file, no for a live list."""
    feed: Mapping[str, Any] | None = None
    """Of a feed that is followed: its address, the version held and the digest of its state."""


def pull(
    ledger: Ledger,
    archive: Archive,
    dataset: Dataset,
    copies: Sequence[Copy],
    terms: Terms,
) -> Pulled:
    """Read copies of one dataset into the ledger; the ledger changes whole or not at all.

    Raises SourceError where the layout is unknown, a live list is not whole, or the list
    shrank by half and that was not accepted. What was stored before goes on serving.
    """
    for copy in copies:
        archive.put(copy.content)
        if copy.capture is not None:
            archive.put(copy.capture)
    harvest = read(dataset, copies)
    if harvest.missing and not terms.accept_partial:
        why = "; ".join(harvest.missing)
        message = f"{dataset.id}: not whole: {why}. The last good copy goes on serving"
        raise SourceError(message)
    with without_collector():
        told, cited = tables_of(harvest.claims)
    with ledger.writing():
        held = Held(ledger.live(dataset.id), ledger.citations(dataset.id))
        revision = revise(held, told, cited, collects=dataset.collects)
        _refuse_shrinking(dataset, revision, terms)
        pulled = Pulled(harvest, revision, terms.recorded_at)
        stamp = Stamp(dataset.id, terms.recorded_at)
        ledger.append(
            stamp, revision.changes, revision.citations, record_of(pulled, terms)
        )
    return pulled


def _refuse_shrinking(dataset: Dataset, revision: Revision, terms: Terms) -> None:
    stay = revision.entities_before - revision.removed
    if terms.accept_shrink or 2 * stay >= revision.entities_before:
        return
    message = (
        f"{dataset.id}: shrank by more than half: {revision.removed} of "
        f"{revision.entities_before} entities are gone. If the publisher did this, "
        "pull again with --accept-shrink; the last good copy goes on serving"
    )
    raise SourceError(message)


def record_of(pulled: Pulled, terms: Terms) -> dict[str, Any]:
    """Give what an entry of the ledger keeps of a reading."""
    harvest = pulled.harvest
    return {
        **({"feed": dict(terms.feed)} if terms.feed is not None else {}),
        "source": pulled.to_json(),
        "published": _published(harvest),
        "copies": [_copy_record(copy) for copy in harvest.copies],
        "quarantined": [
            {"locator": q.locator, "reason": q.reason} for q in harvest.quarantined
        ],
        "unread": [{"locator": u.locator, "what": u.what} for u in harvest.unread],
    }


def _copy_record(copy: Copy) -> dict[str, Any]:
    capture = {"capture": digest_of(copy.capture)} if copy.capture is not None else {}
    return {
        "role": copy.role,
        "name": copy.name,
        "sha256": copy.digest,
        "bytes": len(copy.content),
        "url": copy.url,
        "retrieved": copy.retrieved,
        **capture,
    }


def _published(harvest: Harvest) -> str | None:
    """Return the date that the list gives for itself: the one that all its subjects bear."""
    drafts = (draft for draft in harvest.drafts if is_subject(draft.schema))
    dates = {draft.citation.published for draft in drafts}
    return dates.pop() if len(dates) == 1 else None
