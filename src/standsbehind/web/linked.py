"""Linked: what reports set out, with every name as a link to what is known of its bearer."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from standsbehind.cases.assess import assess
from standsbehind.cases.compared import Comparison
from standsbehind.graph.reader import Reader
from standsbehind.reports.assessed import FindingsPage
from standsbehind.reports.owned import OwnershipPage
from standsbehind.reports.parity_page import ParityPage
from standsbehind.standards.norms import Standard
from standsbehind.web.linking import Names

__all__ = ["Counted", "Findings", "Stakes", "findings_on"]


@dataclass(frozen=True, kw_only=True)
class _Linked:
    names: Names

    def name(self, entity_id: str) -> Markup:
        """Name an entity, as a link."""
        return self.names.name(entity_id)


@dataclass(frozen=True, kw_only=True)
class Stakes(_Linked, OwnershipPage):
    """Stakes in an entity or of it."""


@dataclass(frozen=True, kw_only=True)
class Counted(_Linked, ParityPage):
    """Who is listed, by home."""


@dataclass(frozen=True, kw_only=True)
class Findings(_Linked, FindingsPage):
    """Findings on one entity, or on all."""

    def where(self, entity_id: str) -> str:
        """Return the address of what is known of an entity."""
        return self.names.to.entity(entity_id)


def findings_on(
    reader: Reader, entity_id: str, standard: Standard, day: date, names: Names
) -> Findings:
    """Apply the standard to one entity, on acts until a day."""
    found = assess(reader, [entity_id], standard, standard.norms, day)
    comparison = Comparison(standard, standard.norms, found)
    return Findings(comparison, reader, day.isoformat(), names=names)
