"""What CI systems run: the hook and the action, from the files that they read."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
VENDORS = 'Vendor,Note\nCorner Bakery,"two\nlines"\nDahua Technology,\n,nameless\n'


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a repository of somebody's, which we stand in; it holds a file of vendors."""
    folder = tmp_path / "their repository"
    (folder / "purchasing").mkdir(parents=True)
    (folder / "purchasing" / "vendors.csv").write_text(VENDORS, "utf-8")
    (folder / "purchasing" / "suppliers.jsonl").write_text('{"name": "Bakery"}\n')
    (folder / "purchasing" / "prices.csv").write_text("name\nDahua\n", "utf-8")
    monkeypatch.chdir(folder)
    return folder


def hook_arguments(repository):
    """Give what pre-commit calls: the entry with the files whose path fits."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    paths = (path for path in repository.rglob("*") if path.is_file())
    names = sorted(path.relative_to(repository).as_posix() for path in paths)
    fitting = [name for name in names if re.search(hook["files"], name)]
    command, *entry = hook["entry"].split()
    assert command == "behind"
    return [*entry, *fitting]


def test_the_hook_stops_a_commit_that_adds_a_vendor_with_a_hit(behind, repository):
    run = behind(*hook_arguments(repository))
    assert run.code == 1, run.err
    lines = run.out.splitlines()
    assert lines[0].startswith(
        "purchasing/vendors.csv:4: Dahua Technology: may be Zhejiang Dahua"
    )
    assert any("vendors.csv:5: not examined: no name" in line for line in lines)
    assert lines[-1].startswith("4 rows: 1 with a hit, 2 no hit found")
    assert "No hit found is not clear." in lines[-1]


def test_the_hook_lets_a_commit_pass_where_nothing_was_found(behind, repository):
    (repository / "purchasing" / "vendors.csv").write_text("name\nBakery\n", "utf-8")
    run = behind(*hook_arguments(repository))
    assert run.code == 0
    assert "No hit found is not clear." in run.out


def test_the_hook_refuses_a_file_that_it_cannot_read(behind, repository):
    (repository / "purchasing" / "vendors.csv").write_text("", "utf-8")
    run = behind(*hook_arguments(repository))
    assert run.code == 2
    assert "vendors.csv" in run.err


@pytest.fixture
def act(filled, tmp_path):
    """Return a function that runs the screening step of the action as a runner does."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    (step,) = [one for one in steps if one.get("id") == "screen"]
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "behind").write_text(
        f"#!{sys.executable}\nfrom standsbehind.cli.entry import run\nrun()\n", "utf-8"
    )
    (commands / "behind").chmod(0o755)
    shutil.copytree(filled, tmp_path / "data")

    def run(**inputs):
        asked = {"file": "", "role": "buyer", "in": "", "pull": "", "fail-on": ""}
        asked |= {"sarif": "behind.sarif", **inputs}
        given = {
            f"INPUT_{k.upper().replace('-', '_')}": text for k, text in asked.items()
        }
        assert set(step["env"]) == {*given, "BEHIND_DATA"}
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            env={
                **os.environ,
                **given,
                "BEHIND_DATA": str(tmp_path / "data"),
                "GITHUB_OUTPUT": str(tmp_path / "output"),
                "PATH": f"{commands}:{os.environ['PATH']}",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_action_writes_a_log_and_fails_where_asked_to(act, repository, tmp_path):
    done = act(**{"file": "purchasing/vendors.csv", "fail-on": "hit", "in": "us"})
    assert done.returncode == 1, done.stderr
    (run,) = json.loads((repository / "behind.sarif").read_text("utf-8"))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "purchasing/vendors.csv"
    assert place["region"] == {"startLine": 4}
    assert (tmp_path / "output").read_text("utf-8") == "sarif=behind.sarif\n"


def test_a_path_in_the_action_is_no_command(act, repository):
    odd = "--version; touch stolen $(touch stolen).csv"
    (repository / odd).write_text("name\nBakery\n", "utf-8")
    assert act(file=odd).returncode == 0
    assert not (repository / "stolen").exists()
