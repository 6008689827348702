"""Keys and checkpoints: who signed what, and how one key hands over to the next."""

import pytest

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.ledger.keys import Keyring
from standsbehind.ledger.ledger import TreeHead
from standsbehind.ledger.notes import Verifier, read_checkpoint, signers

HEAD = TreeHead(3, "ab" * 32)


@pytest.fixture
def ring(tmp_path):
    return Keyring(tmp_path / "keys")


def test_a_private_key_is_for_its_owner_alone(ring):
    ring.new("desk", "2026-11-24")
    (path,) = ring.folder.glob("*.key")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not any(ring.problems())
    path.chmod(0o644)
    assert "600" in "".join(ring.problems())


def test_a_checkpoint_names_the_state_and_who_signed_it(ring):
    key = ring.new("desk", "2026-11-24")
    text, found = signers(ring.checkpoint(HEAD), ring.verifiers())
    assert (read_checkpoint(text), found) == (HEAD, (key,))


def test_without_a_key_a_checkpoint_is_unsigned(ring):
    assert signers(ring.checkpoint(HEAD), [])[1] == ()


def test_any_other_text_under_the_signature_is_refused(ring):
    ring.new("desk", "2026-11-24")
    note = ring.checkpoint(HEAD).replace(b"\n3\n", b"\n4\n")
    with pytest.raises(EvidenceError, match="not over this text"):
        signers(note, ring.verifiers())


def test_an_old_key_hands_over_to_the_new_one(ring):
    old, new = ring.new("desk", "2026-11-24"), ring.new("desk-2", "2026-12-01")
    (note,) = ring.rotations()
    text, found = signers(note, [old, new])
    assert found == (old, new)
    assert text.splitlines()[1:] == [old.text, new.text, "2026-12-01"]
    assert signers(ring.checkpoint(HEAD), ring.verifiers())[1] == (new,)
    assert not any(ring.problems())


def test_a_public_key_is_read_back_from_its_line(ring):
    key = ring.new("desk", "2026-11-24")
    assert Verifier.read(key.text) == key
    with pytest.raises(EvidenceError, match="not a public key"):
        Verifier.read(key.text.replace("desk", "disk"))


def test_a_name_with_a_space_is_refused(ring):
    with pytest.raises(UsageError, match="not a key name"):
        ring.new("my desk", "2026-11-24")
