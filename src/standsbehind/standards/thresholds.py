"""Thresholds: whether the sources of a fact are good enough to rest an element on."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from standsbehind.model.evidence import Source
from standsbehind.model.statement import Status
from standsbehind.standards.norms import Threshold

__all__ = ["COUNTED", "PRIMARY", "THRESHOLDS", "origins_of", "reason"]

PRIMARY = (Status.OFFICIAL, Status.COMPANY)
"""An authority or court in its own act, or the firm of itself: one such source is enough."""

COUNTED = (*PRIMARY, Status.REPORTED)
"""The voices whose origins are counted. What is alleged, disputed, an opinion or of no stated
voice is looked at and shown, and counts for nothing, however often it is repeated."""


def origins_of(sources: Sequence[Source]) -> frozenset[str]:
    """Return the independent origins that count."""
    return frozenset(s.origin for s in sources if s.voice in COUNTED)


def _primary_or_two_origins(sources: Sequence[Source]) -> bool:
    return any(s.voice in PRIMARY for s in sources) or len(origins_of(sources)) >= 2


def _court_or_un(sources: Sequence[Source]) -> bool:
    return any(s.voice in PRIMARY and s.body in {"court", "un"} for s in sources)


def _recorded_search(sources: Sequence[Source]) -> bool:
    return any(s.body == "search" for s in sources) or _primary_or_two_origins(sources)


THRESHOLDS: Mapping[Threshold, Callable[[Sequence[Source]], bool]] = MappingProxyType(
    {
        "primary_or_two_origins": _primary_or_two_origins,
        "court_or_un": _court_or_un,
        "recorded_search": _recorded_search,
    }
)


_OWN_WORD = {
    "court": "a court's own word",
    "un": "the United Nations' own word",
    Status.OFFICIAL: "an authority's own word",
    Status.COMPANY: "the firm's own word",
}


def reason(sources: Sequence[Source]) -> str:
    """Say what the sources of a fact amount to."""
    if any(s.body == "search" for s in sources):
        return "a recorded search"
    for source in sources:
        if source.voice in PRIMARY:
            return f"primary: {_OWN_WORD[source.body or source.voice]}"
    count = len(origins_of(sources))
    if count:
        return "one origin" if count == 1 else f"{count} independent origins"
    return (
        f"{sources[0].voice}, a voice that is not counted" if sources else "no source"
    )
