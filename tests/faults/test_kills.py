"""Killed or refused at any change on disk, a data folder holds the old state or the new."""

import errno
import json
import os
import subprocess
import sys

import pytest

OLD, NEW = ["Acme", "Bolt"], ["Acme", "Bolt", "Cargo"]
DRIVER = ("-m", "tests.faults.driver")
POINTS = {
    "pull": 46,
    "publish": 46,
    "pull_and_publish": 46,
    "follow": 36,
    "new_key": 20,
    "watch": 15,
    "judge": 16,
    "bundle": 7,
}
"""How many kill points of each operation every run of the tests takes: over 200."""


def struck(failing_disk, folder, operation, *, error=0, wanted=0):
    (folder / "base").mkdir()
    done = subprocess.run(
        [sys.executable, *DRIVER, operation, *map(str, (folder, error, wanted))],
        env={**os.environ, "LD_PRELOAD": str(failing_disk)},
        capture_output=True,
        text=True,
        check=True,
    )
    first, *found = map(json.loads, done.stdout.splitlines())
    assert first["points"] >= len(found) > 0
    return found


def whole(operation, one):
    """Whether what was found is the old state or the new, undamaged, and can go on."""
    found, again = one["found"], one["again"]
    began = NEW if operation in {"publish", "watch"} else OLD
    ended = NEW if "pull" in operation or operation == "follow" else began
    done = one["exit"] == 0
    told = operation == "watch"
    judged = [1, 2] if operation == "judge" else [0]
    return (
        found["ledger"] in ([ended] if done else [began, ended])
        and found["served"] in (OLD, NEW)
        and set(found["served"]) <= set(found["ledger"])
        and found["damaged"] == found["failed"] == []
        and found["keys"] in {1, 2}
        and found["alerts"] in ([[1]] if done and told else [[], [1]])
        and found["judged"] in (judged[-1:] if done else judged)
        and again["ledger"] == again["served"] == ended
        and again["damaged"] == again["failed"] == []
        and again["alerts"] == ([1] if told else [])
        and again["judged"] == judged[-1]
    )


@pytest.mark.parametrize("operation", POINTS)
def test_a_kill_leaves_old_or_new(failing_disk, tmp_path, operation):
    for one in struck(failing_disk, tmp_path, operation, wanted=POINTS[operation]):
        assert one["exit"] in {-9, 0}, one
        assert whole(operation, one), one


@pytest.mark.every_kill
@pytest.mark.parametrize("operation", POINTS)
def test_a_kill_at_every_point_leaves_old_or_new(failing_disk, tmp_path, operation):
    found = struck(failing_disk, tmp_path, operation)
    bad = [one for one in found if not whole(operation, one)]
    sys.stdout.write(f"{operation}: {len(found)} kill points, {len(bad)} bad\n")
    assert bad == []


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_refuses_is_told_and_changes_nothing(failing_disk, tmp_path, error):
    for one in struck(
        failing_disk, tmp_path, "pull_and_publish", error=error, wanted=12
    ):
        assert one["exit"] in {0, 4}, one  # 4: the machine failed, not caller or data
        assert one["exit"] == 0 or os.strerror(error) in one["told"], one
        assert whole("pull_and_publish", one), one
