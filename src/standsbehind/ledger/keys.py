"""Keys: the Ed25519 keys of one data folder, the private ones readable by their owner alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.ledger.ledger import TreeHead
from standsbehind.ledger.notes import Verifier, checkpoint_text, sign, signers
from standsbehind.store.disk import only_writer, write_file

__all__ = ["Keyring"]

ROTATION = "standsbehind key rotation"


@dataclass(frozen=True, slots=True)
class Keyring:
    """A folder of keys, numbered in the order in which they were made; the last one signs."""

    folder: Path

    def new(self, name: str, today: str) -> Verifier:
        """Make a key. Where one is in use, an overlap record hands over to the new one.

        The record is signed by both keys: who trusts the old key can follow to the new.
        """
        if not name.strip() or "+" in name or any(c.isspace() for c in name):
            message = f"{name!r}: not a key name; use letters, digits, dots and dashes"
            raise UsageError(message)
        with only_writer(self.folder):
            number = len(self._publics()) + 1
            key = Ed25519PrivateKey.generate()
            made = Verifier(name, key.public_key().public_bytes_raw())
            if number > 1:
                old = self._signer(number - 1)
                old_text = self._verifier(number - 1).text
                text = f"{ROTATION}\n{old_text}\n{made.text}\n{today}\n"
                note = sign(text, [old, (name, key)])
                write_file(self.folder / f"{number:04d}.rotation", note)
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            write_file(self.folder / f"{number:04d}.key", pem, mode=0o600)
            # The public key comes last: from here on the key counts.
            write_file(self.folder / f"{number:04d}.pub", f"{made.text}\n".encode())
        return made

    def verifiers(self) -> list[Verifier]:
        """Return the public keys, oldest first; the last one is in use."""
        return [Verifier.read(path.read_text("utf-8")) for path in self._publics()]

    def rotations(self) -> list[bytes]:
        """Return the overlap records, oldest first."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.rotation"))]

    def checkpoint(self, head: TreeHead) -> bytes:
        """Write the state of the ledger, signed where there is a key."""
        return self.sign(checkpoint_text(head))

    def sign(self, text: str) -> bytes:
        """Put the signature of the key in use under a text; none where there is no key."""
        count = len(self._publics())
        return sign(text, [self._signer(count)] if count else [])

    def problems(self) -> Iterator[str]:
        """Check each file of the ring: one line each, empty where it is as it was made."""
        for number, path in enumerate(self._publics(), start=1):
            private = self.folder / f"{number:04d}.key"
            try:
                _, key = self._signer(number)
                pair = key.public_key().public_bytes_raw()
                same = path.read_text("utf-8") == f"{self._verifier(number).text}\n"
                is_pair = same and pair == self._verifier(number).key
                yield "" if is_pair else f"{path}: not the public half of {private}"
                yield _open_to_others(private)
                if number > 1:
                    yield self._rotation_problem(number)
            except (EvidenceError, ValueError, OSError) as error:
                yield f"{private}: {error}"

    def _rotation_problem(self, number: int) -> str:
        path = self.folder / f"{number:04d}.rotation"
        both = [self._verifier(number - 1), self._verifier(number)]
        _, found = signers(path.read_bytes(), both)
        return "" if len(found) == 2 else f"{path}: not signed by both keys"

    def _publics(self) -> list[Path]:
        return sorted(self.folder.glob("*.pub"))

    def _verifier(self, number: int) -> Verifier:
        return Verifier.read((self.folder / f"{number:04d}.pub").read_text("utf-8"))

    def _signer(self, number: int) -> tuple[str, Ed25519PrivateKey]:
        path = self.folder / f"{number:04d}.key"
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError) as error:
            message = f"{path}: the private key cannot be read ({error})"
            raise EvidenceError(message) from error
        if not isinstance(key, Ed25519PrivateKey):
            message = f"{path}: not an Ed25519 key"
            raise EvidenceError(message)
        return self._verifier(number).name, key


def _open_to_others(path: Path) -> str:
    mode = path.stat().st_mode & 0o777
    return "" if mode == 0o600 else f"{path}: mode {mode:o}; a private key needs 600"
