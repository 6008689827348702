"""An edge: a dated, cited link between two entities."""

from dataclasses import dataclass, field
from datetime import date

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval
from standsbehind.model.statement import Status

__all__ = ["VOICES", "Edge"]

VOICES = (
    Status.UNSTATED,
    Status.OPINION,
    Status.JUDGED,
    Status.DISPUTED,
    Status.ALLEGED,
    Status.REPORTED,
    Status.COMPANY,
    Status.OFFICIAL,
)
"""From the weakest voice to the strongest: an order, not a measure."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One link as its statements give it; `source` and `target` follow the schema's direction."""

    id: str
    schema: str
    role: str
    source: str
    target: str
    interval: Interval = field(default=Interval())
    status: Status = Status.OFFICIAL
    summary: str = ""
    amount: str = ""
    citations: tuple[Citation, ...] = ()

    @property
    def origins(self) -> frozenset[str]:
        """Return the independent origins of the link."""
        return frozenset(citation.origin_group for citation in self.citations)

    @property
    def strength(self) -> tuple[int, int]:
        """Rank the link's evidence: first by voice, then by the number of origins."""
        return (VOICES.index(self.status), len(self.origins))

    @property
    def grade(self) -> str:
        """Say the strength in words: `reported, one origin`."""
        count = len(self.origins)
        return f"{self.status}, {'one origin' if count == 1 else f'{count} origins'}"

    def holds_on(self, day: date) -> bool:
        """Whether the link may hold on that day."""
        return self.interval.holds_on(day)
