"""The command tells mistakes in a line or two, starts quickly, and hides no verb."""

import subprocess
import sys

import pytest

from standsbehind.cli.main import HELP, VERBS


def test_every_verb_has_help(behind):
    assert set(HELP) == set(VERBS)
    for verb in VERBS:
        told = behind(verb, "-h")
        assert told.code == 0
        assert "Usage: behind" in told.out


def test_a_list_in_a_help_stays_a_list(behind):
    told = behind("export", "--help").out
    assert "\n  graphml     entities and links" in told
    assert "\\b" not in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("screen",),
        ("screen", "no-such-file.csv"),
        ("screen", "README.md", "--format", "docx"),
        ("screen", "examples/vendors.csv", "--role", "king"),
        ("screen", "examples/vendors.csv", "--in", "USA"),
        ("screen", "examples/vendors.csv", "--lists", "us_nothing"),
        ("screen", "examples/vendors.csv", "--column", "name"),
        ("screen", "examples/vendors.csv", "--format", "xlsx"),
        ("screen", "examples/vendors.csv", "--as-of", "2020-02-30"),
        ("compare", "one"),
        ("screen", "examples/vendors.csv", "--out", "README.md/answer.json"),
        ("match", " - "),
        ("show", ""),
        ("trace", "Amazon", "Amazon.com, Inc."),
        ("screem",),
    ],
    ids=" ".join,
)
def test_a_mistake_is_told_without_a_traceback(behind, arguments):
    told = behind(*arguments)
    assert told.code == 2
    assert "Traceback" not in told.err
    assert 0 < len(told.err.strip().splitlines()) <= 5


def test_control_codes_in_a_file_do_not_reach_the_terminal(behind, tmp_path):
    hostile = tmp_path / "hostile.csv"
    hostile.write_text("Vendor\n\x1b]0;owned\x07\x1b[31mDahua Technology\n")
    told = behind("screen", hostile)
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "Dahua Technology" in told.out


def test_a_misspelt_verb_is_guessed(behind):
    assert "Did you mean screen?" in behind("screem").err


def test_global_options_may_stand_anywhere(behind, tmp_path):
    told = behind("snapshots", "--data", tmp_path / "elsewhere", "--json")
    assert told.json == {"snapshots": []}


def test_a_damaged_snapshot_is_named_not_answered_from(behind, tmp_path):
    for path in (tmp_path / "data").glob("snapshots/*/claims.arrow"):
        path.write_bytes(path.read_bytes()[:-40])
    told = behind("match", "Dahua")
    assert (told.code, "claims.arrow" in told.err, "Traceback" in told.err) == (
        3,
        True,
        False,
    )


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['behind', '--help'];"
        "from standsbehind.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy', 'pyarrow', 'duckdb', 'rich', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_doctor_finds_the_installation_in_order(behind):
    told = behind("doctor", "--json")
    assert told.code == 0
    assert {check["state"] for check in told.json["checks"]} <= {"ok", "note"}
