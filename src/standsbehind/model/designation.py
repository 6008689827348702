"""A designation: an authority puts a subject on a list, from a day to a day, on a legal ground."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval

__all__ = ["Designation", "ListingStatus"]

ListingStatus = Literal["listed", "exempted", "revoked"]
"""`exempted`: named by the same authority as *not* covered; it must never read as listed."""


@dataclass(frozen=True, slots=True)
class Designation:
    """One subject's time on one program's list; on export a FollowTheMoney `Sanction`.

    A designation says what an authority decided. It is never a premise of a finding.
    """

    id: str
    entity_id: str
    program: str
    """Program id, the key of `standards/programs` (`us-bis-entity-list`)."""
    listed_name: str
    interval: Interval = field(default=Interval())
    status: ListingStatus = "listed"
    legal_ground: str = ""
    citations: tuple[Citation, ...] = ()
    scope: str = ""
    """The list's own limit on what is covered, in its words, where it states one."""
    tag: str = ""
    """The heading of the list under which the name stands, as it writes it (`SDGT`, `Al-Qaida`)."""

    def holds_on(self, day: date) -> bool:
        """Whether the subject may stand on the list on that day.

        A revoked listing held until its end; without a known end nothing can be said of it.
        """
        was_held = self.status == "revoked" and self.interval.end is not None
        return (self.status == "listed" or was_held) and self.interval.holds_on(day)
