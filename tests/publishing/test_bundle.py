"""A bundle is checked by a stranger, with the script that it carries and nothing of ours."""

import json
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256

import pytest

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.ledger.merkle import consistency_proof, leaf_hash, root_of
from standsbehind.publishing.bundle import bundle
from standsbehind.publishing.home import Home
from standsbehind.publishing.verify import verify_path
from standsbehind.publishing.verify_bundle import grew, unpacked, written
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


@pytest.fixture
def kept(home, tmp_path):
    """A checkpoint of the first entry, in the hands of somebody else."""
    path = tmp_path / "kept.txt"
    path.write_bytes(home.keys.checkpoint(home.ledger.up_to(1).tree_head()))
    return path


def test_who_kept_a_checkpoint_gets_proof_that_the_ledger_only_grew(
    home, kept, tmp_path
):
    path = tmp_path / "evidence.zip"
    bundle(home, ["acme"], path, with_copies=True, since=kept)
    code, said = checked_by_a_stranger(path, tmp_path)
    assert (code, "0 failed" in said) == (0, True), said
    assert unpacked(path)["since.txt"] == kept.read_bytes()


def test_a_ledger_that_was_written_anew_cannot_prove_that_it_grew(home, kept, tmp_path):
    other = Home(tmp_path / "data" / "anew")
    take_in(other.ledger, firm("acme", "Acme", "Changed"))
    take_in(other.ledger, firm("cargo", "Cargo"), "2026-11-24T00:00:00Z", "other")
    shutil.copytree(home.keys.folder, other.keys.folder)
    with pytest.raises(EvidenceError, match="does not begin with"):
        bundle(other, ["acme"], tmp_path / "x.zip", with_copies=True, since=kept)
    bundle(home, ["acme"], tmp_path / "a.zip", with_copies=True, since=kept)
    bundle(other, ["acme"], tmp_path / "b.zip", with_copies=True)
    mine, theirs = unpacked(tmp_path / "a.zip"), unpacked(tmp_path / "b.zip")
    forged = theirs | {name: mine[name] for name in ("since.txt", "consistency.json")}
    listed = {
        n: sha256(c).hexdigest() for n, c in forged.items() if n != "manifest.json"
    }
    forged["manifest.json"] = json.dumps({"sha256": listed}).encode()
    (tmp_path / "forged.zip").write_bytes(written(forged))
    (line,) = verify_path(tmp_path / "forged.zip").failed
    assert "since.txt" in line


def test_a_checkpoint_of_another_house_is_refused(home, tmp_path):
    other = Home(tmp_path / "other")
    take_in(other.ledger, firm("acme", "Acme", "Akme"))
    theirs = tmp_path / "theirs.txt"
    theirs.write_bytes(other.keys.checkpoint(other.ledger.tree_head()))
    with pytest.raises(EvidenceError, match="no key"):
        bundle(home, ["acme"], tmp_path / "x.zip", with_copies=True, since=theirs)
    theirs.write_bytes(b"no checkpoint")
    with pytest.raises(UsageError, match="not a checkpoint"):
        bundle(home, ["acme"], tmp_path / "x.zip", with_copies=True, since=theirs)


def test_the_stranger_checks_growth_as_the_log_proves_it():
    leaves = [leaf_hash(bytes([n])) for n in range(40)]
    roots = {n: root_of(leaves[:n]) for n in range(1, 41)}
    for new in range(1, 41):
        for old in range(1, new + 1):
            proof = [h.hex() for h in consistency_proof(old, leaves[:new])]
            assert grew((old, roots[old]), (new, roots[new]), proof)
            wrong = roots[old % 40 + 1]
            assert not grew((old, wrong), (new, roots[new]), proof)
    assert not grew((0, b""), (3, roots[3]), [])
    assert not grew((5, roots[5]), (3, roots[3]), [])
