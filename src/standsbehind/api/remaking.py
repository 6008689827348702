"""Remaking: the process that makes an earlier state of the ledger again, within limits."""

import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from standsbehind.api.working import within_limits
from standsbehind.errors import BehindError
from standsbehind.publishing.home import Home
from standsbehind.publishing.states import States

__all__ = ["main"]

AFTER_OTHERS = 10
"""How far it stands back behind who answers (`nice`)."""
NOT_MADE = 3
"""How it ends where the ledger, or the disk, does not give the state."""


def main(arguments: Iterable[str]) -> None:
    """Make the state of as many entries as are named after the data folder."""
    folder, size = arguments
    os.nice(AFTER_OTHERS)
    within_limits(partial(_make, States(Home(Path(folder))), int(size)))


def _make(states: States, size: int) -> None:
    try:
        states.make(size)
    except BehindError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the server's log has it
        sys.exit(NOT_MADE)


if __name__ == "__main__":
    main(sys.argv[1:])
