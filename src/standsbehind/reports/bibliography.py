"""The bibliography: every source that a report cites, numbered in the order of first mention."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from standsbehind.model.citation import Citation
from standsbehind.standards.provisions import Reference

__all__ = ["Bibliography", "Entry"]

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered source."""

    number: int
    citation: Citation
    same_origin: tuple[int, ...]
    """Numbers of other sources that go back to the same origin, at most six."""
    same_origin_count: int


@dataclass(slots=True)
class Bibliography:
    """Gives each source its number when it is first cited, and the same one ever after."""

    _sources: dict[Citation, int] = field(default_factory=dict)
    _laws: dict[Reference, int] = field(default_factory=dict)

    def cite(self, citations: Iterable[Citation]) -> list[int]:
        """Return the numbers of the sources, in ascending order."""
        known = self._sources
        return sorted({known.setdefault(c, len(known) + 1) for c in citations})

    def cite_law(self, reference: Reference) -> int:
        """Return the number of a text of law, counted apart from the sources."""
        return self._laws.setdefault(reference, len(self._laws) + 1)

    def entries(self) -> Iterator[Entry]:
        """List what was cited so far, by number, with what shares an origin."""
        origins: dict[str, list[int]] = {}
        for citation, number in self._sources.items():
            origins.setdefault(citation.origin_group, []).append(number)
        for citation, number in self._sources.items():
            group = origins[citation.origin_group]
            near = [other for other in group[: _MOST_NAMED + 1] if other != number]
            named = tuple(near[:_MOST_NAMED])
            yield Entry(number, citation, named, len(group) - 1)

    def laws(self) -> Iterator[tuple[int, Reference]]:
        """List the texts of law that were cited so far, by number."""
        return ((number, reference) for reference, number in self._laws.items())
