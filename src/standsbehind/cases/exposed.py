"""Exposed: what stands behind an entity that was met, and what the law makes of each of these."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.effects import EntityEffects, Position, effects_for
from standsbehind.cases.ownership import TestAnswer
from standsbehind.cases.reaching import Reached
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.standards.effects import Effect
from standsbehind.standards.provisions import Relation, Role
from standsbehind.tracing.exposure import exposures
from standsbehind.tracing.paths import Hop, Path
from standsbehind.tracing.stated import Stake

__all__ = ["Exposed", "Exposure", "RoleEffects", "exposed"]

RoleEffects = tuple[tuple[Role, tuple[Effect, ...]], ...]
"""For each role asked for, what the provisions do."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a hit is exposed to: its own listings and rules of use, or the listings of another."""

    entity_id: str
    path: Path | None
    """None for the hit itself."""
    designations: tuple[Designation, ...]
    effects: RoleEffects
    """On the hit. A listing of another has them as far as its program's own reach goes."""
    relations: tuple[Relation, ...] = ("none",)
    """Of the hit to the listed name; `none` alone where no stated link is found to reach it."""
    tests: tuple[TestAnswer, ...] = ()
    """What the ownership tests of another's listings say of the hit."""

    @property
    def binding(self) -> RoleEffects:
        """The effects that are not `permitted`, for the roles that have any."""
        binding = (
            (role, tuple(e for e in effects if e.effect != "permitted"))
            for role, effects in self.effects
        )
        return tuple((role, effects) for role, effects in binding if effects)


@dataclass(frozen=True, slots=True)
class Exposed:
    """All that an entity is exposed to."""

    exposures: tuple[Exposure, ...]
    more: bool
    """Whether more listed subjects stand near than are shown."""
    reached: Reached


def exposed(reader: Reader, entity_id: str, position: Position) -> Exposed:
    """Find what stands behind an entity, with the effects on it that `effects_for` decides.

    The entity itself comes first if a list ever named it or a rule of use binds who asks,
    then the listed subjects near it, then those that reach it from further away.
    """
    near, more = exposures(reader, entity_id, position.as_of)
    (found,) = effects_for(reader, [entity_id], position)
    own = Exposure(
        entity_id=entity_id,
        path=None,
        designations=found.designations,
        effects=_coming_from("", found),
        relations=("itself" if found.designations else "none",),
    )
    paths = {one.entity_id: one.path for one in near if one.path is not None}
    for reach in found.reached.reaches:
        listed = reach.listing.entity_id
        if listed not in paths:
            links = found.reached.links(reach.evidence)
            paths[listed] = _path_along(links, entity_id, listed)
    listings = reader.designations(paths)
    others = tuple(
        _of_another(listed, path, listings[listed], found, position.as_of)
        for listed, path in paths.items()
    )
    is_own = bool(found.designations or own.binding)
    return Exposed((own, *others) if is_own else others, more, found.reached)


def _of_another(
    listed: str,
    path: Path,
    listings: tuple[Designation, ...],
    found: EntityEffects,
    day: date,
) -> Exposure:
    programs = {one.program for one in listings if one.holds_on(day)}
    return Exposure(
        entity_id=listed,
        path=path,
        designations=listings,
        effects=_coming_from(listed, found),
        relations=found.reached.relations(listed) or ("none",),
        tests=tuple(
            answer
            for answer in found.reached.tests
            if not programs.isdisjoint(answer.test.programs)
        ),
    )


def _coming_from(listed: str, found: EntityEffects) -> RoleEffects:
    """Choose the effects that come from one listed name; from nobody else where it is blank."""
    chosen = (
        (role, tuple(effect for effect in effects if effect.listed == listed))
        for role, effects in found.effects
    )
    return tuple((role, effects) for role, effects in chosen if effects)


def _path_along(links: Sequence[Stake], start: str, end: str) -> Path:
    """Walk from an entity to a listed name along the links by which that reaches it."""
    came: dict[str, tuple[str, Stake]] = {}
    ring = deque([start])
    while end not in came:
        here = ring.popleft()
        for link in links:
            for near, far in ((link.asset, link.owner), (link.owner, link.asset)):
                if near == here and far != start and far not in came:
                    came[far] = (here, link)
                    ring.append(far)
    hops: list[Hop] = []
    while end != start:
        before, link = came[end]
        hops.insert(0, Hop(before, end, link.edge))
        end = before
    return Path(tuple(hops))
