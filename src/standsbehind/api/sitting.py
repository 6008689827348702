"""A sitting: one question that is answered from a held snapshot, with the notes it gave rise to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from standsbehind.answers.answering import answer_to, receipt_of
from standsbehind.answers.answers import Verb
from standsbehind.answers.known import KnownBy
from standsbehind.api.held import Held
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.publishing.home import Home
from standsbehind.screening.judged import Memory

__all__ = ["Sitting", "answered"]


@dataclass
class Sitting:
    """What a question is answered from, for the server."""

    held: Held
    notes: list[str] = field(default_factory=list)
    known_on: KnownBy | None = None

    @property
    def home(self) -> Home:
        """The data folder."""
        return self.held.home

    @property
    def reader(self) -> Reader:
        """The snapshot."""
        return self.held.reader

    @property
    def lookup(self) -> Lookup:
        """The names of the snapshot."""
        return self.held.lookup

    @property
    def memory(self) -> Memory:
        """The judgements as they stand today, or stood by `known_on`."""
        return self.held.memory_by(self.known_on)

    def tell(self, note: str) -> None:
        """Keep a note for the answer."""
        self.notes.append(note)


def answered(
    held: Held, verb: Verb, asked: Mapping[str, Any], known: KnownBy | None = None
) -> dict[str, Any]:
    """Answer as the command does, and add notes, freshness and the receipt."""
    sitting = Sitting(held, known_on=known)
    if known is not None:
        sitting.tell(f"as known on {known.asked}: snapshot {held.snapshot.id}")
    answer = answer_to(sitting, verb, asked)
    receipt = receipt_of(sitting, verb, asked, answer)
    # An answer may have notes of its own.
    notes = [*answer.document.get("notes", ()), *sitting.notes]
    told = {"notes": notes, "freshness": held.freshness().to_json(), "receipt": receipt}
    return {**answer.document, **told}
