"""What is given: the opened snapshot that a question is answered from, with what was judged."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from standsbehind.answers.known import KnownBy
    from standsbehind.graph.lookup import Lookup
    from standsbehind.graph.reader import Reader
    from standsbehind.publishing.home import Home
    from standsbehind.screening.judged import Memory

__all__ = ["Given"]


class Given(Protocol):
    """Whatever asks: a run of the command, or a thread of the server."""

    @property
    def home(self) -> "Home":
        """The data folder."""

    @property
    def reader(self) -> "Reader":
        """The snapshot."""

    @property
    def lookup(self) -> "Lookup":
        """The names of the snapshot."""

    @property
    def memory(self) -> "Memory":
        """The judgements that answers are given with."""

    @property
    def known_on(self) -> "KnownBy | None":
        """Up to when knowledge is asked for; None for all that is known."""

    def tell(self, note: str) -> None:
        """Take a note on how the question was understood."""
