"""Contradictions: what was judged, or what numbers say, that a new judgement would go against."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from standsbehind.resolution.judgements import Judgement

__all__ = ["Contradiction", "Step", "contradiction"]


@dataclass(frozen=True, slots=True)
class Step:
    """Two records that are held to be one, and why."""

    left: str
    right: str
    why: str
    is_number: bool = False

    @property
    def said(self) -> str:
        """Say it as a link of a chain: `a = b (uscCode 9133...)`."""
        return f"{self.left} = {self.right} ({self.why})"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The chain by which two records are one, and the judgement that they are not."""

    chain: tuple[Step, ...]
    apart: Judgement

    @property
    def by_numbers(self) -> bool:
        """Whether the chain holds by numbers, which may be wrong, and not by judgements alone."""
        return any(step.is_number for step in self.chain)

    @property
    def said(self) -> str:
        """Say the chain, and what goes against it."""
        steps = ", ".join(step.said for step in self.chain)
        return (
            f"{steps}, but {self.apart.left} != {self.apart.right} ({_why(self.apart)})"
        )


def contradiction(
    new: Judgement, held: Iterable[Judgement], numbers: Iterable[Step]
) -> Contradiction | None:
    """Find what goes against a new judgement of two records; None where nothing does.

    `held` are the judgements in force, `numbers` the records that are one by number. A
    judgement of the same two records does not count: the new one takes its place.
    """
    others = [one for one in held if one.question != new.question]
    told = [*others, new]
    steps = [
        *(_step(one) for one in told if one.verdict == "positive"),
        *numbers,
    ]
    beside = _beside(steps)
    for one in told:
        # What is linked is two as well: a link from an entity to itself says nothing.
        if one.verdict == "negative" or one.link:
            chain = _chain(beside, str(one.left), one.right)
            if chain and _is_new(new, one, chain):
                return Contradiction(chain, one)
    return None


def _is_new(new: Judgement, apart: Judgement, chain: Sequence[Step]) -> bool:
    """Whether the new judgement has a part in it: what contradicts already is not its fault."""
    return apart is new or _step(new) in {*chain, *map(_turned, chain)}


def _step(one: Judgement) -> Step:
    return Step(str(one.left), one.right, _why(one))


def _why(one: Judgement) -> str:
    return f"{one.id}: {one.said}" if one.id else "this judgement"


def _turned(step: Step) -> Step:
    return Step(step.right, step.left, step.why, step.is_number)


def _beside(steps: Iterable[Step]) -> Mapping[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.left].append(step)
        found[step.right].append(_turned(step))
    return found


def _chain(
    beside: Mapping[str, Sequence[Step]], start: str, end: str
) -> tuple[Step, ...]:
    """Return the shortest chain from one record to another, by judgements before numbers."""
    came: dict[str, Step | None] = {start: None}
    ring = deque([start])
    while ring and end not in came:
        here = ring.popleft()
        for step in sorted(
            beside.get(here, ()), key=lambda s: (s.is_number, s.right, s.why)
        ):
            if step.right not in came:
                came[step.right] = step
                ring.append(step.right)
    chain: list[Step] = []
    back = came.get(end)
    while back is not None:
        chain.append(back)
        back = came[back.left]
    return tuple(reversed(chain))
