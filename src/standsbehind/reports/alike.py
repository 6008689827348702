"""Alike: listings that read the same, told once with how many they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from standsbehind.model.designation import Designation

__all__ = ["Alike", "alike"]


@dataclass(frozen=True, slots=True)
class Alike:
    """One listing as it is told, and those that it stands for."""

    listing: Designation
    """The first of them, with the headings and citations of all."""
    ids: tuple[str, ...]


def alike(listings: Iterable[Designation]) -> tuple[Alike, ...]:
    """Put together what differs in its record and heading alone, in the order of the first of each.

    A list may name one subject under several of its own headings, once for each.
    """
    same: dict[Designation, list[Designation]] = {}
    for one in listings:
        same.setdefault(replace(one, id="", tag="", citations=()), []).append(one)
    return tuple(_told(found) for found in same.values())


def _told(found: list[Designation]) -> Alike:
    cited = dict.fromkeys(citation for one in found for citation in one.citations)
    # A copy of a list may write several headings into one entry.
    headings = dict.fromkeys(tag for one in found for tag in one.tag.split("; ") if tag)
    told = replace(found[0], tag="; ".join(headings), citations=tuple(cited))
    return Alike(told, tuple(one.id for one in found))
