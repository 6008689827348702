"""A reply: what the subject of a claim says to it; it stands wherever the claim stands."""

from dataclasses import dataclass

from standsbehind.model.citation import Citation

__all__ = ["Reply"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer by an entity to claims about it."""

    id: str
    author: str
    """Entity id of who answers."""
    about: tuple[str, ...]
    """Entity ids of what it is about."""
    answers: tuple[str, ...]
    """Ids of the edges and designations that it answers."""
    date: str
    text: str
    citations: tuple[Citation, ...] = ()
