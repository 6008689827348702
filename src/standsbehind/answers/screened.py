"""A file that is screened: what answers its rows, and on what terms."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from standsbehind.answers.given import Given
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.effects import Position
    from standsbehind.cases.screening import ScreenAnswer
    from standsbehind.reports.streaming import Answers, Form, Sink, Streaming, Totals
    from standsbehind.screening.intake import Opened
    from standsbehind.screening.match import Options

__all__ = ["SMALL", "Asked", "ask_snapshot"]

SMALL = 2_000
"""Rows that one process answers sooner than several can be started."""
CHUNK = 10_000
"""Rows that are answered together."""


@dataclass(frozen=True)
class Asked:
    """A file with what answers its rows."""

    opened: "Opened"
    head: "ScreenAnswer"
    """The answer without its rows."""
    answers: "Answers"
    jobs: int = 1

    def run(
        self,
        streaming: "Streaming",
        sinks: Iterable["Sink"],
        at_once: int | None = None,
    ) -> "Totals":
        """Answer all rows in their order, handing on each part as it comes.

        `at_once` is how many rows a part has; else as many as are answered fastest.
        """
        from standsbehind.reports.streaming import Totals
        from standsbehind.screening.workers import in_order

        totals, takers = Totals(), tuple(sinks)
        size = at_once or (CHUNK if self.jobs > 1 else SMALL)
        with closing(
            in_order(self.opened.chunks(size), streaming.part, self.jobs)
        ) as parts:
            for part in parts:
                totals.add(part)
                for taker in takers:
                    taker.add(part)
        return totals

    def streaming(
        self, forms: Iterable["Form"], *, digests: bool, keeps: bool
    ) -> "Streaming":
        """Say what is made of each row."""
        from standsbehind.reports.streaming import Streaming

        return Streaming(
            self.opened, self.answers, self.head, frozenset(forms), digests, keeps
        )


def ask_snapshot(
    given: Given,
    opened: "Opened",
    position: "Position",
    terms: "Options",
    *,
    reading: Mapping[str, Any],
) -> Asked:
    """Prepare what answers the rows of a file from a snapshot.

    `reading` says how the file was asked to be read, for the receipt. Raises UsageError for
    a list that the snapshot does not hold.
    """
    from standsbehind.cases.screening import Answerer, Captions, ScreenAnswer

    reader, memory = given.reader, given.memory
    searched, left_out = _lists(_sources(given), terms.lists)
    head = ScreenAnswer(
        intake=opened.intake,
        position=position,
        options=terms,
        snapshot=reader.snapshot.id,
        lists=searched,
        not_searched=left_out,
        rows=(),
        names=Captions(reader),
        manifest=reader.snapshot.manifest_digest,
        ledger_size=reader.snapshot.manifest["ledger"]["size"],
        known_on=given.known_on.asked if given.known_on else None,
        reading=reading,
        memory=memory,
    )
    return Asked(opened, head, Answerer(reader, given.lookup, position, terms, memory))


def _sources(given: Given) -> list[Mapping[str, Any]]:
    """Return the sources of the snapshot, marked stale where the last pull failed."""
    from standsbehind.publishing.status import failures

    failed = failures(given.home)
    sources = given.reader.snapshot.sources
    return [
        {**source, "stale": source["id"] in failed, "failed": failed.get(source["id"])}
        for source in sources
    ]


def _lists(
    sources: Sequence[Mapping[str, Any]], lists: frozenset[str]
) -> tuple[tuple[Mapping[str, Any], ...], tuple[str, ...]]:
    """Tell the sources that are searched from those that exist and are not."""
    from standsbehind.connectors.dataset import dataset_ids

    held = [source["id"] for source in sources]
    if unknown := lists - set(held):
        message = (
            f"--lists {','.join(sorted(unknown))}: not in this snapshot; "
            f"it holds {', '.join(held)}; `behind pull SOURCE` adds one"
        )
        raise UsageError(message)
    searched = tuple(s for s in sources if not lists or s["id"] in lists)
    names = {source["id"] for source in searched}
    return searched, tuple(n for n in sorted({*dataset_ids(), *held}) if n not in names)
