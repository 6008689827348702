"""Asking: one question at a time to the snapshot that is current, in an answer of bounded size."""

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import orjson

from standsbehind.errors import UsageError
from standsbehind.library.data import Data
from standsbehind.library.found import Found
from standsbehind.reports.words import NOTICES

__all__ = ["MOST_BYTES", "MOST_OF_EACH", "Asking"]

MOST_OF_EACH = 50
"""Elements of each list of an answer; how many were left out is told beside it."""
MOST_BYTES = 500_000
"""An answer that is longer is refused, with what would make it shorter."""


class Asking:
    """Puts questions to a data folder; whoever asks together waits for each other."""

    def __init__(self, folder: Path) -> None:
        self._data = Data(folder)
        self._turn = Lock()

    def ask(self, put: Callable[[Data], Found]) -> dict[str, Any]:
        """Answer with the citations, the snapshot, and what stands on every answer.

        Raises UsageError where the question is wrong, or its answer too long.
        """
        with self._turn:
            self._data = self._data.current()
            found = put(self._data)
        answer = {
            "notices": list(NOTICES),
            "notes": list(found.told),
            **_shortened(found.document),
            "receipt": found.receipt["id"],
        }
        size = len(orjson.dumps(answer, default=str))
        if size > MOST_BYTES:
            message = (
                f"the answer has {size:,} bytes, and at most {MOST_BYTES:,} are given; ask "
                "with a lower limit or fewer hops, or use the command or the HTTP API"
            )
            raise UsageError(message)
        # Days become text here, as they do in every other answer of ours.
        told: dict[str, Any] = orjson.loads(orjson.dumps(answer, default=str))
        return told


def _shortened(document: Mapping[str, Any]) -> dict[str, Any]:
    """Cut each long list of an answer, and say in `not_shown` how many of what are not shown."""
    lists = {name: found for name, found in document.items() if isinstance(found, list)}
    long = {name: found for name, found in lists.items() if len(found) > MOST_OF_EACH}
    return {
        **document,
        **{name: found[:MOST_OF_EACH] for name, found in long.items()},
        "not_shown": {name: len(found) - MOST_OF_EACH for name, found in long.items()},
    }
