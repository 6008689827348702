"""Words of a trace: what its paths rest on, and which links were asked for."""

from collections.abc import Mapping
from typing import Any

from standsbehind.model.citation import Citation
from standsbehind.tracing.filters import Filter
from standsbehind.tracing.paths import Trace

__all__ = ["evidence_cut_json", "filter_in_words", "rests_on_in_words"]


def rests_on_in_words(trace: Trace) -> str:
    """Say on which origins all paths rest, and whether fewer might do; nothing of no path."""
    rests_on = trace.rests_on
    if rests_on is None:
        return ""
    cited = _by_origin(trace)
    if rests_on.alone:
        told = ", and on ".join(_origin(one, cited) for one in rests_on.alone)
        which = "it" if len(rests_on.alone) == 1 else "any of them"
        return f"Every path told rests on {told}; were {which} wrong, none would stand."
    told = "; ".join(_origin(one, cited) for one in rests_on.origins)
    count = len(rests_on.origins)
    proof = "" if rests_on.proven else " Fewer may do: that was not settled."
    return f"Were these {count} origins wrong, no path told would stand: {told}.{proof}"


def evidence_cut_json(trace: Trace) -> dict[str, Any] | None:
    """Give what all paths rest on; null where there is no path."""
    if trace.rests_on is None:
        return None
    cited = _by_origin(trace)
    return {
        "origins": [_origin_json(one, cited) for one in trace.rests_on.origins],
        "proven": trace.rests_on.proven,
        "paths": len(trace.paths),
        "each_alone": [_origin_json(one, cited) for one in trace.rests_on.alone],
    }


def _origin_json(origin: str, cited: Mapping[str, list[Citation]]) -> dict[str, Any]:
    told = cited.get(origin, [])
    return {
        "origin": origin,
        "publishers": list(dict.fromkeys(c.publisher for c in told)),
        "published": _first_in_print(told).published if told else None,
    }


def _first_in_print(cited: list[Citation]) -> Citation:
    """Let the first in print speak for an origin; a bare year may be any day of it."""
    return min(cited, key=lambda c: (len(c.published or "") < 10, c.published or ""))


def filter_in_words(wanted: Filter) -> str:
    """Say what links were asked for, after a comma; nothing where all were."""
    said = (
        f"on {wanted.as_of}" if wanted.as_of else "",
        f"over links of {', '.join(sorted(wanted.types))}" if wanted.types else "",
        f"told as {', '.join(sorted(wanted.statuses))}" if wanted.statuses else "",
        f"with {wanted.min_origins} origins or more" if wanted.min_origins > 1 else "",
        _DIRECTIONS[wanted.direction],
    )
    return "".join(f", {part}" for part in said if part)


_DIRECTIONS = {"any": "", "out": "along the links", "in": "against the links"}


def _origin(origin: str, cited: Mapping[str, list[Citation]]) -> str:
    if origin not in cited:
        return origin
    first = _first_in_print(cited[origin])
    when = f", {first.published}" if first.published else ""
    return f"{first.publisher}{when} (origin {origin})"


def _by_origin(trace: Trace) -> Mapping[str, list[Citation]]:
    """Group what the paths cite by its origin."""
    found: dict[str, dict[str, Citation]] = {}
    for path in trace.paths:
        for hop in path.hops:
            for edge in (hop.edge, *hop.also):
                for citation in edge.citations:
                    found.setdefault(citation.origin_group, {})[citation.id] = citation
    return {origin: list(of.values()) for origin, of in found.items()}
