"""A disk that is full: one line that says so, and nothing half-written."""

import subprocess
import sys
from pathlib import Path

from tests.full_disk import room_for

VENDORS = Path(__file__).parents[2] / "examples" / "vendors.csv"


def test_a_report_that_finds_no_room_is_not_there_and_what_was_stays(behind, tmp_path):
    out = tmp_path / "report.json"
    out.write_text("the one before")
    with room_for(20_000):
        told = behind("screen", VENDORS, "--format", "json", "--out", out)
    assert told.code == 4
    assert f"{out}: cannot be written" in told.err
    assert "internal error" not in told.err
    assert out.read_text() == "the one before"
    assert {one.name for one in tmp_path.iterdir()} == {"report.json", "data"}


def test_what_is_printed_to_a_full_disk_is_no_mistake_of_ours(behind):
    behind("sources")  # the data is in place
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [Path(sys.executable).with_name("behind"), "screen", VENDORS],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert ended.returncode == 4
    assert "no room is left" in ended.stderr
    assert "internal error" not in ended.stderr
