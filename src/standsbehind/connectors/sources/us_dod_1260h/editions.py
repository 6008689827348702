"""Editions: the day on which a list was released is not the day on which it was published."""

from dataclasses import dataclass

from standsbehind.connectors.context import Listing, Pull
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["AUTHORITY", "Edition", "edition_of"]

AUTHORITY = "US Department of Defense"
_PROGRAM = "us-dod-1260h"
_GROUND = "NDAA FY2021 (Public Law 116-283) section 1260H"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the list, by its days and its notice, as far as they are known."""

    released: PartialDate | None = None
    published: PartialDate | None = None
    """The day of the Federal Register that carries the notice."""
    notice: str = ""

    def listing(
        self,
        name: str,
        *,
        end: PartialDate | None = None,
        reason: str = "",
        url: str = "",
    ) -> Listing:
        """Make the listing of a name: from the release, else from the publication on."""
        start = self.released or self.published
        return Listing(
            program=_PROGRAM,
            authority=AUTHORITY,
            listed_name=name,
            start=start,
            end=end,
            listing_date=self.published,
            legal_ground=f"{_GROUND}; {self.notice}" if self.notice else _GROUND,
            source_url=url,
            reason=reason,
            key=(start or "",),
        )


def edition_of(
    pull: Pull, *, released: PartialDate | None = None, published: str | None = None
) -> Edition:
    """Complete an edition's days from `dataset.yml`, by the one that a copy gives."""
    if released is None and published is not None:
        released = _known(pull, "released", published)
    if published is None and released is not None:
        published = _known(pull, "published", released)
    day = partial_date(published or "")
    return Edition(released, day, _lookups(pull, "notice").get(day or "", ""))


def _known(pull: Pull, field: str, day: str) -> PartialDate | None:
    return partial_date(_lookups(pull, field).get(day, ""))


def _lookups(pull: Pull, field: str) -> dict[str, str]:
    return (pull.dataset.lookups or {}).get(field, {})
