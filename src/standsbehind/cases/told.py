"""Told: what one record of a snapshot says, when, and where it stands."""

from dataclasses import dataclass

from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval, read_interval
from standsbehind.model.entity import fold
from standsbehind.model.statement import Claim

__all__ = ["Told", "tell"]


@dataclass(frozen=True, slots=True)
class Told:
    """One record in words; they are ours, and the words of its sources are `quotes`."""

    record: str
    said: str
    interval: Interval
    amount: str
    places: tuple[str, ...]
    """Codes of countries and ids of places."""
    claims: tuple[Claim, ...]

    @property
    def day(self) -> str:
        """The day on which it begins, as exact as its sources; empty where none is stated."""
        return self.interval.start or ""

    @property
    def voice(self) -> str:
        """In what voice it is said; empty where the record is not in the data."""
        return str(self.claims[0].status) if self.claims else ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every source of any statement of the record."""
        cited = {c.id: c for claim in self.claims for c in claim.citations}
        return tuple(cited.values())

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins of its sources."""
        return tuple(sorted({c.origin_group for c in self.citations}))

    @property
    def quotes(self) -> tuple[str, ...]:
        """The exact words of sources, where they are kept."""
        return tuple(dict.fromkeys(c.quote for c in self.citations if c.quote))


def tell(reader: Reader, record: str) -> Told:
    """Read a record; one that is not in the data says so."""
    claims = reader.claims([record])[record]
    if not claims:
        missing = f"{record}, which is not in the data"
        return Told(record, missing, Interval(), "", (), ())
    entity = fold(claim.statement for claim in claims)
    began = entity.first("startDate") or entity.first("date")
    return Told(
        record=record,
        said=entity.first("summary") or entity.first("description") or record,
        interval=read_interval(began, entity.first("endDate")),
        amount=entity.first("amount") or "",
        places=(*entity.get("country"), *entity.get("place")),
        claims=claims,
    )
