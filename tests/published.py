"""Publishing claims in a test: a ledger of one entry, and the snapshot of it."""

from standsbehind.graph.reader import Reader
from standsbehind.ledger.ledger import Change, Ledger
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
    changes = [Change("assert", claim) for group in groups for claim in group]
    with ledger.writing():
        ledger.append("list", changes, NOW, RECORD)
    return ledger
