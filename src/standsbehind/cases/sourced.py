"""Sources of a fact: who says it in what voice, and the days that its record allows."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval, earliest, latest
from standsbehind.model.edge import VOICES
from standsbehind.model.evidence import Source
from standsbehind.model.statement import Claim, Status
from standsbehind.standards.thresholds import THRESHOLDS

__all__ = ["Days", "days_of", "source_of", "sources_of", "weaker"]


class Days(TypedDict):
    """First and last day on which something can have begun."""

    earliest: date | None
    latest: date | None


def days_of(interval: Interval) -> Days:
    """Return the days of a start; a year begins on any of its days."""
    start = interval.start
    if start is None:
        return {"earliest": None, "latest": None}
    return {"earliest": earliest(start), "latest": latest(start)}


def sources_of(claims: Iterable[Claim]) -> tuple[Source, ...]:
    """Return the sources of claims that speak in their strongest voice."""
    told = tuple(claims)
    voice = max((claim.status for claim in told), key=VOICES.index)
    cited = {
        c.id: c for claim in told if claim.status == voice for c in claim.citations
    }
    return tuple(source_of(citation, voice) for citation in cited.values())


def source_of(citation: Citation, voice: Status) -> Source:
    """Read a citation as a source of a fact."""
    return Source(
        origin=citation.origin_group,
        voice=voice,
        body="court" if citation.kind == "court" else "",
        publisher=citation.publisher,
        publisher_country=_country_of(citation.url),
        language=_script_of(citation.title),
    )


def weaker(one: tuple[Source, ...], other: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the sources of the weaker of two claims that must both hold."""
    return one if THRESHOLDS["primary_or_two_origins"](other) else other


def _country_of(url: str) -> str:
    """Return the ending of two letters of a web address: the nearest that a citation tells."""
    ending = url.partition("//")[2].partition("/")[0].rpartition(".")[2]
    return ending if len(ending) == 2 and ending.isalpha() else ""


_SCRIPTS = (
    ("han", "一", "鿿"),
    ("cyrillic", "Ѐ", "ӿ"),
    ("hangul", "가", "힣"),
)


def _script_of(title: str) -> str:
    """Tell the script of a title, which stands for the language of the source."""
    for name, first, last in _SCRIPTS:
        if any(first <= letter <= last for letter in title):
            return name
    return "latin"
