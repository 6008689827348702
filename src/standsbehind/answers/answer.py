"""An answer: what a verb says, as a document and as text, and what it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as a document and as text, and what it rests on."""

    document: dict[str, Any]
    told: Sequence[str]
    """The entities, links, listings and replies whose statements it uses."""
    shown: "Callable[[], RenderableType]"
    judgements: Mapping[str, Any] | None = None
    """The judgements that had a say, as a receipt names them."""
    page: Callable[[str], str] | None = None
    """Sets the answer as a page, from the moment of its making; empty where that is not told."""
    picture: Callable[[], str] | None = None
    """Draws the answer; None where there is nothing to be drawn."""
    table: Callable[[], str] | None = None
    """Writes the answer as CSV; None where it is no table."""
