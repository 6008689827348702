"""The deployment guide's own blocks, run with its places laid elsewhere."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.accounts.processes import BEHIND

PAGE = Path(__file__).parents[2] / "docs" / "deployment.md"


def blocks(heading, kind="sh"):
    """Return the blocks of one kind that stand under a heading, in their order."""
    (part,) = re.findall(
        rf"^## {heading}\n(.*?)(?=^## |\Z)",
        PAGE.read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    return re.findall(rf"^```{kind}\n(.*?)^```$", part, re.DOTALL | re.MULTILINE)


class Machine:
    """A machine of the guide: its folders lie in one of ours, and its users are all we ourselves."""

    def __init__(self, folder, programs=None):
        self.folder = folder
        self.data = folder / "var-lib-behind"
        self._programs = programs or {}
        self._stand_ins = folder / "stand-ins"
        self._stand_ins.mkdir(parents=True)
        self._stand_in("sudo", 'shift 2; exec env "$@"')
        self._stand_in("chown", "exit 0")

    def _stand_in(self, name, does):
        path = self._stand_ins / name
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)

    def run(self, block, backup):
        """Run a block as it stands but for the places; return what it printed."""
        places = {
            "/var/lib/behind": self.data,
            "/opt/behind/bin/behind": BEHIND,
            "/etc/behind.env": self.folder / "behind.env",
            "/backup": backup,
        }
        for told, laid in places.items():
            block = re.sub(rf"{told}(?![\w.])", str(laid), block)
        env = {key: v for key, v in os.environ.items() if not key.startswith("BEHIND_")}
        env |= self._programs
        env["PATH"] = f"{self._stand_ins}:{env['PATH']}"
        done = subprocess.run(
            ["sh", "-eu", "-c", block],
            capture_output=True,
            env=env,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def environment(self):
        """Read what the guide has systemd read."""
        lines = (self.folder / "behind.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)


def needs(*programs):
    for name in programs:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed (Debian: apt-get install {name})")
