"""The first use fills the data folder, also when several start at once."""

import os
import subprocess
import sys


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


def test_a_snapshot_of_another_layout_is_built_anew(behind, tmp_path):
    before = behind("snapshots", "--json").json["snapshots"][0]["snapshot"]
    manifest = tmp_path / "data" / "snapshots" / before / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 2', '"format": 1'))
    assert behind("match", "Dahua", "--json").json["hits"]
    assert len(list((tmp_path / "data" / "ledger").glob("0*"))) == 1


def test_a_folder_that_cannot_be_written_is_named(behind, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    told = behind("--data", blocked / "data", "match", "Dahua")
    assert (told.code, str(blocked) in told.err) == (4, True)
