"""Judging: what people judged of two records is read into the ledger, as any source is."""

from datetime import datetime

import pyarrow.compute as pc

from standsbehind.connectors.reading import Harvest
from standsbehind.connectors.runner import Pulled, Terms, record_of
from standsbehind.ledger.ledger import Stamp
from standsbehind.ledger.revision import Held, Revision, revise
from standsbehind.ledger.rows import tables_of
from standsbehind.publishing.home import Home, timestamp
from standsbehind.resolution.judged import JUDGED, Told, describe_judged, told_by

__all__ = ["read_judged"]


def read_judged(home: Home, now: datetime) -> Revision | None:
    """Read the judgements of two records that hold today; None where nothing changed.

    What was withdrawn, replaced or has expired is retracted.
    """
    told = list(told_by(home.judgements.read().pairs(now.date())))
    if not told and JUDGED not in home.ledger.latest():
        return None
    claims, cited = tables_of(claim for one in told for claim in one.claims)
    with home.ledger.writing():
        held = Held(home.ledger.live(JUDGED), home.ledger.citations(JUDGED))
        revision = revise(held, claims, cited)
        if not revision.changes.num_rows:
            return None
        fresh = _asserted(told, revision)
        for one in fresh:
            home.archive.put(one.copy.content)
        harvest = Harvest(
            dataset=describe_judged(),
            copies=tuple(one.copy for one in fresh),
            drafts=tuple(draft for one in told for draft in one.drafts),
            quarantined=(),
            unread=(),
            missing=(),
        )
        terms = Terms(timestamp(now))
        pulled = Pulled(harvest, revision, terms.recorded_at)
        home.ledger.append(
            Stamp(JUDGED, terms.recorded_at),
            revision.changes,
            revision.citations,
            record_of(pulled, terms),
        )
    return revision


def _asserted(told: list[Told], revision: Revision) -> list[Told]:
    """Return those that the ledger did not hold: their copies come with this entry."""
    rows = revision.changes.filter(pc.not_equal(revision.changes["op"], "retract"))
    named = set(pc.unique(rows["entity_id"]).to_pylist())
    return [one for one in told if any(draft.id in named for draft in one.drafts)]
