"""What was found: an answer as a document, as text and as a cell of a notebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from standsbehind.reports.words import NOTICES

if TYPE_CHECKING:
    from standsbehind.answers.answer import Answer

__all__ = ["Found"]


@dataclass(frozen=True)
class Found:
    """The answer to one question. No hit found is not clear."""

    answer: "Answer"
    receipt: Mapping[str, Any]
    """By digest, everything that the answer was made from."""
    told: tuple[str, ...] = ()
    """How the question was understood."""

    @property
    def document(self) -> dict[str, Any]:
        """The fields that `--json` prints, each claim with its citations."""
        return self.answer.document

    @cached_property
    def text(self) -> str:
        """What the command prints."""
        from standsbehind.reports import terminal

        return terminal.as_text(self.answer.shown())

    def __getitem__(self, field: str) -> Any:  # noqa: ANN401 - whatever the field holds
        """Return one field of the document."""
        return self.document[field]

    def __str__(self) -> str:
        """Say what the command prints."""
        return self.text

    def __repr__(self) -> str:
        """Name the snapshot, not the whole answer."""
        return f"<Found in snapshot {self.document['snapshot']}>"

    def _repr_html_(self) -> str:
        """Show in a notebook what the command prints, with what stands on every answer."""
        said = "\n".join(map(escape, (*self.told, self.text)))
        return f"<pre>{said}</pre><p>{escape(' '.join(NOTICES))}</p>"
