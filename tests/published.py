"""Publishing claims in a test: a ledger of one entry, and the snapshot of it."""

from standsbehind.graph.reader import Reader
from standsbehind.ledger.ledger import Ledger, Stamp
from standsbehind.ledger.revision import Held, revise
from standsbehind.ledger.rows import tables_of
from standsbehind.publishing.publish import publish

NOW = "2026-11-23T00:00:00Z"
SOURCE = {"id": "list", "title": "The list", "retrieved": "2026-11-23", "partial": []}
RECORD = {"source": SOURCE, "published": None, "copies": []}


def published(folder, *groups):
    """Publish groups of claims under a folder and open the snapshot for reading."""
    ledger = a_ledger(folder / "ledger", *groups)
    return Reader(publish(ledger, folder / "snapshots"))


def a_ledger(folder, *groups):
    """Write groups of claims as the one entry of a new ledger."""
    ledger = Ledger(folder)
    take_in(ledger, [claim for group in groups for claim in group])
    return ledger


def take_in(ledger, claims, when=NOW, dataset="list", **terms):
    """Read claims into the ledger as the whole of a dataset; return the revision."""
    told, cited = tables_of(claims)
    with ledger.writing():
        held = Held(ledger.live(dataset), ledger.citations(dataset))
        revision = revise(held, told, cited, **terms)
        ledger.append(
            Stamp(dataset, when), revision.changes, revision.citations, RECORD
        )
    return revision
