"""Running `behind` as a user does: arguments in, output and exit code out."""

import json
from dataclasses import dataclass

import pytest

from standsbehind.cli.main import main


@dataclass(frozen=True)
class Run:
    """What one run printed and returned."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """Read what was printed as one JSON document."""
        return json.loads(self.out)


class Behind:
    """The command, with what it prints caught."""

    def __init__(self, capfdbinary):
        self._capture = capfdbinary

    def __call__(self, *arguments):
        """Run the command to its exit."""
        self._capture.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        return Run(left.value.code, out.decode(), err.decode())
