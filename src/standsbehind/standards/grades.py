"""Grades: what the evidence of a finding amounts to, element by element."""

from collections.abc import Sequence
from typing import Literal, get_args

from standsbehind.model.evidence import Evidence, Source
from standsbehind.standards.findings import Finding
from standsbehind.standards.thresholds import PRIMARY, origins_of

__all__ = ["GRADES", "Grade", "grade_of", "grades_of"]

Grade = Literal[
    "primary",  # an authority or a court in its own act, or the firm of itself
    "several origins",
    "recorded search",  # for something, which was not found
    "one origin",
    "not counted",  # alleged, disputed, an opinion, or in no stated voice
    "none",
]
"""From the best to none at all."""

GRADES: tuple[Grade, ...] = get_args(Grade)


def grade_of(sources: Sequence[Source]) -> Grade:
    """Return what the sources of one fact amount to."""
    if any(source.body == "search" for source in sources):
        return "recorded search"
    if any(source.voice in PRIMARY for source in sources):
        return "primary"
    count = len(origins_of(sources))
    if count:
        return "one origin" if count == 1 else "several origins"
    return "not counted" if sources else "none"


def grades_of(finding: Finding, evidence: Evidence) -> tuple[Grade, ...]:
    """Return, for each element of a finding, the best grade among the facts looked at for it."""
    graded = {f.id: grade_of(f.sources) for f in evidence.facts(finding.subject)}
    return tuple(
        min((graded[key] for key in state.facts), key=GRADES.index, default="none")
        for state in finding.elements
    )
