"""Told hits: what a page asks while it sets out what is known of entities that were met."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from standsbehind.cases.exposed import Exposure
from standsbehind.cases.ownership import TestAnswer
from standsbehind.cases.screening import AnsweredHit
from standsbehind.model.citation import Citation
from standsbehind.model.reply import Reply
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.exposures import effects_through
from standsbehind.reports.tested import stake_in_words, test_in_words
from standsbehind.tracing.paths import Path

__all__ = ["TellsHits"]


class TellsHits(ABC):
    """Tells hits: each with its listings, what stands behind it, and the replies to any of it."""

    @property
    @abstractmethod
    def names(self) -> Mapping[str, str]:
        """The name to print of each entity."""

    @property
    @abstractmethod
    def hits(self) -> Iterable[AnsweredHit]:
        """The hits that are told."""

    def name(self, entity_id: str) -> str:
        """Return the name to print of an entity."""
        return self.names.get(entity_id, entity_id)

    @cached_property
    def _answers(self) -> Mapping[str, tuple[Reply, ...]]:
        found: dict[str, dict[str, Reply]] = {}
        for hit in self.hits:
            for reply in hit.replies:
                for claim in reply.answers:
                    found.setdefault(claim, {})[reply.id] = reply
        return {claim: tuple(replies.values()) for claim, replies in found.items()}

    def replies_to(self, claim_id: str) -> tuple[Reply, ...]:
        """Return what was answered to a link or a designation."""
        return self._answers.get(claim_id, ())

    def other_replies(self, hit: AnsweredHit) -> tuple[Reply, ...]:
        """Return the replies that answer nothing which is set out with the hit."""
        here = set(_claims_of(hit))
        return tuple(reply for reply in hit.replies if here.isdisjoint(reply.answers))

    def own(self, hit: AnsweredHit) -> Exposure | None:
        """Return the hit's own listings, if it is listed."""
        return next((found for found in hit.exposures if found.path is None), None)

    def behind(self, hit: AnsweredHit) -> tuple[tuple[Exposure, Path], ...]:
        """Return the listed subjects near the hit, each with the path to it."""
        return tuple((e, e.path) for e in hit.exposures if e.path is not None)

    def relied_on(
        self, hit: AnsweredHit, exposure: Exposure
    ) -> list[tuple[str, tuple[Citation, ...]]]:
        """Return the links by which a listed name reaches the hit, each with its citations."""
        effects = (effect for _, found in exposure.effects for effect in found)
        links = hit.reached.links({key for e in effects for key in e.evidence})
        return [(stake_in_words(one, self.names), one.edge.citations) for one in links]

    def through(self, hit: AnsweredHit) -> list[str]:
        """Say what binds because of the listings of others, and what is not determined."""
        return list(effects_through(hit))

    def test(self, answer: TestAnswer) -> str:
        """Say what a test of another's listing asks, on which days it counts, and why it answers so."""
        return test_in_words(answer, self.names)

    def marks(self, path: Path, sources: Bibliography) -> Mapping[str, Sequence[int]]:
        """Return the source numbers of each link of a path."""
        return {hop.edge.id: sources.cite(hop.edge.citations) for hop in path.hops}


def _claims_of(hit: AnsweredHit) -> Iterator[str]:
    yield from (edge.id for edge in hit.links)
    for exposure in hit.exposures:
        yield from (designation.id for designation in exposure.designations)
        for hop in exposure.path.hops if exposure.path else ():
            yield from (edge.id for edge in (hop.edge, *hop.also))
