"""`behind case seal`: from a case on the command line to a file that a stranger checks."""

import subprocess
import sys
import zipfile
from hashlib import sha256

import pytest


@pytest.fixture
def case(behind):
    """Open a case on a firm, propose a finding and seal a paper in it; return its id."""
    behind("case", "people", "add", "Ada", "--role", "researcher", "--as", "Ada")
    told = behind("case", "new", "Raytheon", "--reason", "A tip.", "--as", "Ada")
    key = told.out.partition(",")[0]
    assert behind("case", "find", key, "C3", "--as", "Ada").code == 0
    return key


def test_a_case_is_sealed_and_a_stranger_checks_it(behind, case, tmp_path):
    out = tmp_path / "dossier.zip"
    told = behind("case", "seal", case, "--out", out)
    assert told.code == 0
    assert "made a key to seal with" in told.err
    assert sha256(out.read_bytes()).hexdigest() in told.out
    with zipfile.ZipFile(out) as packed:
        packed.extract("verify.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "verify.py", out],
        capture_output=True,
        text=True,
        check=False,
        env={},
    )
    assert done.returncode == 0, done.stdout
    assert "FAILED" not in done.stdout
    assert behind("verify", out).out == "15 checks made, 0 failed\n"


def test_it_is_sealed_again_with_the_same_key_to_the_same_bytes(behind, case, tmp_path):
    behind("keys", "new", "--name", "desk")
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    told = behind("case", "seal", case, "--out", first, "--json")
    assert told.json["key"].startswith("desk+")
    assert told.json["case"]["id"] == case
    assert not told.err
    behind("pull", "us_ndaa_889")
    behind("case", "seal", case, "--out", second)
    assert first.read_bytes() == second.read_bytes()


def test_a_bent_dossier_is_refused_with_the_part(behind, case, tmp_path):
    out = tmp_path / "dossier.zip"
    behind("case", "seal", case, "--out", out)
    out.write_bytes(out.read_bytes().replace(b"A tip.", b"A top."))
    told = behind("verify", out)
    assert told.code == 3
    assert "acts: act 1: was changed after it was written" in told.out + told.err


def test_a_case_that_nobody_opened_is_the_callers_mistake(behind, tmp_path):
    told = behind("case", "seal", "2026-00009", "--out", tmp_path / "x.zip")
    assert told.code == 2
    assert not (tmp_path / "x.zip").exists()
