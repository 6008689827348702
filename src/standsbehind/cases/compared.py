"""Compared: every firm and body of a snapshot under the same elements, in the order of names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.assess import Assessment, assess_one, gather
from standsbehind.cases.kinds import entities_of
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Fact, Held
from standsbehind.model.schema import is_a
from standsbehind.standards.findings import Finding, Result
from standsbehind.standards.norms import Norm, Standard
from standsbehind.standards.thresholds import origins_of

__all__ = ["RESULTS", "Comparison", "Extent", "compare", "extent_of"]

RESULTS: tuple[Result, ...] = ("shown", "answered", "not shown", "not examined")
"""All results, in the order in which they are told everywhere."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the standard finds of every firm and body. Nobody stands before another."""

    standard: Standard
    norms: tuple[Norm, ...]
    """The classes that are compared."""
    rows: tuple[Assessment, ...]
    """One for each firm and body, by name; the findings are in the order of `norms`."""

    @property
    def totals(self) -> Mapping[str, Counter[Result]]:
        """Count how many findings of each class have which result."""
        return {
            norm.id: Counter(row.findings[place].result for row in self.rows)
            for place, norm in enumerate(self.norms)
        }

    @property
    def in_all(self) -> Counter[Result]:
        """Count how many findings have which result."""
        return sum(self.totals.values(), Counter())


@dataclass(frozen=True, slots=True)
class Extent:
    """How much was looked at for one finding; it says nothing of how grave or how sure it is."""

    records: int
    """Records that say something on an element, enough or not."""
    origins: int
    """Independent origins of those records that count."""
    searches: int
    replies: int


def extent_of(finding: Finding, facts: Mapping[str, Fact]) -> Extent:
    """Count what was looked at for a finding; `facts` holds those of its subject by id."""
    found = [facts[key] for state in finding.elements for key in state.facts]
    return Extent(
        records=len({fact.record for fact in found}),
        origins=len({origin for fact in found for origin in origins_of(fact.sources)}),
        searches=len({key for state in finding.elements for key in state.searches}),
        replies=len(finding.replies),
    )


def compare(
    reader: Reader,
    standard: Standard,
    norms: Sequence[Norm],
    as_of: date | None = None,
) -> Comparison:
    """Apply some norms to every firm and body, on what the snapshot says until a day.

    These are all organisations of the data sets that record searches of conduct, whether or
    not anybody looked at them, and every other one of whom something is stated or was searched.
    """
    evidence = gather(reader, standard, as_of)
    by_name = sorted(
        _bodies(reader, evidence), key=lambda key: (reader.caption(key).casefold(), key)
    )
    rows = (assess_one(key, standard, norms, evidence) for key in by_name)
    return Comparison(standard, tuple(norms), tuple(rows))


def _bodies(reader: Reader, evidence: Held) -> set[str]:
    subjects = set(evidence.subjects())
    recording = {
        dataset
        for search in evidence.all_searches
        for dataset in reader.entities[search.record]["datasets"]
    }
    return {
        key
        for key, _ in entities_of(reader, lambda schema: is_a(schema, "Organization"))
        if key in subjects or not recording.isdisjoint(reader.entities[key]["datasets"])
    }
