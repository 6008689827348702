"""The way in: help and version at once, everything else through the command itself."""

import sys
from pathlib import Path

__all__ = ["HELP_FILE", "run"]

HELP_FILE = Path(__file__).with_name("help.txt")
"""What `behind --help` prints, written by `tools/write_docs.py` and held to it by a test.

Building it takes the whole of click, which is most of the time of a start.
"""


def run() -> None:
    """Run `behind` with the arguments of this process."""
    match sys.argv[1:]:
        case [] | ["-h"] | ["--help"]:
            sys.stdout.write(HELP_FILE.read_text("utf-8"))
        case _:
            from standsbehind.cli.main import main

            main()
