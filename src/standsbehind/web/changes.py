"""Changes: what was read into a snapshot last, and between which two it can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from standsbehind.api.held import Held

__all__ = ["Reading", "newest_readings"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a source, with how many entities it changed."""

    source: str
    title: str
    recorded_at: str
    added: int
    changed: int
    removed: int


def newest_readings(held: Held, most: int) -> Sequence[Reading]:
    """List the readings that the snapshot was made of, the newest first."""
    size = held.snapshot.manifest["ledger"]["size"]
    entries = held.home.ledger.entries()[:size]
    return [
        Reading(
            entry.dataset,
            held.titles.get(entry.dataset, entry.dataset),
            entry.recorded_at,
            *(
                entry.record["source"].get(n) or 0
                for n in ("added", "changed", "removed")
            ),
        )
        for entry in list(entries)[::-1][:most]
    ]
