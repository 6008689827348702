"""The first use fills the data folder, also when several start at once."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from standsbehind.publishing.publish import FORMAT
from standsbehind.store import snapshot


def test_three_that_start_at_once_agree(tmp_path):
    env = {**os.environ, "BEHIND_DATA": str(tmp_path / "data")}
    code = "from standsbehind.cli.main import main; main(['match', 'Dahua', '--json'])"
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    answers = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert len(set(answers)) == 1
    assert len(list((tmp_path / "data" / "ledger").glob("0*"))) == 1


@pytest.fixture
def older(behind, tmp_path):
    """Make the home one of an older version: its snapshot lacks what searches read now."""
    mine = tmp_path / "mine.ftm.json"
    mine.write_text('{"id": "m", "schema": "Company", "properties": {"name": ["A"]}}\n')
    behind("pull", "mine", "--file", mine)
    home = tmp_path / "data" / "snapshots"
    held = snapshot.current(home)

    def fill(folder):
        for name in held.manifest["files"]:
            if not name.startswith("names-"):
                shutil.copy(held.folder / name, folder / name)

    said = {k: v for k, v in held.manifest.items() if k not in {"files", "snapshot"}}
    older = snapshot.publish(home, said | {"format": FORMAT - 1}, fill)
    shutil.rmtree(held.folder)
    return older


@pytest.fixture
def receipt(behind, tmp_path, older):
    """Ask, and have the receipt say that the snapshot of the older version was asked."""
    path = tmp_path / "receipt.json"
    assert behind("match", "Dahua", "--receipt", path).code == 0
    was = {"snapshot": older.id, "snapshot_manifest": older.manifest_digest}
    path.write_text(json.dumps(json.loads(path.read_text()) | was))
    return path


def test_a_home_of_an_older_version_is_built_anew(behind, tmp_path, older):
    assert behind("match", "Dahua", "--json").json["hits"]
    serving = snapshot.current(tmp_path / "data" / "snapshots")
    assert (serving.manifest["format"], serving.id != older.id) == (FORMAT, True)
    assert len(list((tmp_path / "data" / "ledger").glob("0*"))) == 2


def test_what_an_older_version_answered_is_asked_again_of_the_same_entries(
    behind, receipt
):
    told = behind("replay", receipt)
    assert (told.code, told.out) == (0, "identical\n"), told.err
    assert told.err == "note: another data than then\n"


def test_a_snapshot_of_an_older_version_without_its_ledger_is_refused(
    behind, tmp_path, older, receipt
):
    elsewhere = tmp_path / "elsewhere"
    behind("--data", elsewhere, "match", "Dahua")
    shutil.copytree(older.folder, elsewhere / "snapshots" / older.id)
    told = behind("--data", elsewhere, "replay", receipt)
    assert (told.code, "another version made it" in told.err) == (2, True), told.err


def test_a_folder_that_cannot_be_written_is_named(behind, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    told = behind("--data", blocked / "data", "match", "Dahua")
    assert (told.code, str(blocked) in told.err) == (4, True)
