"""A bundle is checked by a stranger, with the script that it carries and nothing of ours."""

import subprocess
import sys
import zipfile

import pytest

from standsbehind.errors import UsageError
from standsbehind.publishing.bundle import bundle
from standsbehind.publishing.home import Home
from standsbehind.publishing.verify import verify_path
from standsbehind.publishing.verify_bundle import unpacked, written
from tests.published import take_in
from tests.told import firm


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "data")
    take_in(home.ledger, [*firm("acme", "Acme", "Akme"), *firm("bolt", "Bolt")])
    take_in(home.ledger, firm("cargo", "Cargo"), "2026-11-24T00:00:00Z", "other")
    home.keys.new("desk", "2026-11-24")
    return home


def checked_by_a_stranger(path, folder):
    """Take the script out of the bundle and run it apart from our package."""
    script = folder / "verify_bundle.py"
    with zipfile.ZipFile(path) as packed:
        script.write_bytes(packed.read("verify_bundle.py"))
    done = subprocess.run(
        [sys.executable, "-I", script, path],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_stranger_checks_it_and_learns_who_signed(home, tmp_path):
    path = tmp_path / "evidence.zip"
    made = bundle(home, ["acme", "cargo"], path, with_copies=True)
    assert (made.statements, made.is_signed, made.head.size) == (5, True, 2)
    code, said = checked_by_a_stranger(path, tmp_path)
    assert (code, "0 failed" in said, "signed by: desk" in said) == (0, True, True)


def test_an_unsigned_bundle_says_so(tmp_path):
    home = Home(tmp_path / "data")
    take_in(home.ledger, firm("acme", "Acme"))
    path = tmp_path / "evidence.zip"
    bundle(home, ["acme"], path, with_copies=True)
    code, said = checked_by_a_stranger(path, tmp_path)
    assert (code, "signed by: nobody" in said) == (0, True)
    assert b"NOT SIGNED" in unpacked(path)["README.txt"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("statements.jsonl", b"Akme", b"Bkme"),
        ("citations.json", b"The Paper", b"The Pauper"),
        ("entries/000001.json", b"2026-11-23", b"2020-11-23"),
        ("checkpoint.txt", b"\n2\n", b"\n3\n"),
    ],
)
def test_a_forger_who_mends_the_manifest_is_still_found(home, tmp_path, name, old, new):
    path = tmp_path / "evidence.zip"
    bundle(home, ["acme"], path, with_copies=True)
    files = unpacked(path)
    was = files[name]
    files[name] = was.replace(old, new)
    assert files[name] != was
    from hashlib import sha256

    files["manifest.json"] = files["manifest.json"].replace(
        sha256(was).hexdigest().encode(), sha256(files[name]).hexdigest().encode()
    )
    path.write_bytes(written(files))
    code, said = checked_by_a_stranger(path, tmp_path)
    assert (code, "0 failed" in said) == (3, False), said


def test_a_line_taken_from_another_ledger_is_found(home, tmp_path):
    other = Home(tmp_path / "other")
    take_in(other.ledger, firm("acme", "Acme", "Enemy"))
    mine, theirs = tmp_path / "mine.zip", tmp_path / "theirs.zip"
    bundle(home, ["acme"], mine, with_copies=True)
    bundle(other, ["acme"], theirs, with_copies=True)
    files = unpacked(mine) | {"statements.jsonl": unpacked(theirs)["statements.jsonl"]}
    mine.write_bytes(written(files))
    assert verify_path(mine).failed


def test_an_id_that_nobody_knows_is_refused(home, tmp_path):
    with pytest.raises(UsageError, match="neither an entity nor a statement"):
        bundle(home, ["nobody"], tmp_path / "evidence.zip", with_copies=True)
