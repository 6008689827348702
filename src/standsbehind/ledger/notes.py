"""Signed notes: a short text and Ed25519 signatures under it, in the form that logs exchange.

The form is that of C2SP `signed-note` and `tlog-checkpoint`: text, an empty line, and one
line per signature, so that other people's tools for transparency logs can read ours.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from standsbehind.errors import EvidenceError
from standsbehind.ledger.ledger import TreeHead

__all__ = [
    "ORIGIN",
    "Verifier",
    "checkpoint_text",
    "read_checkpoint",
    "sign",
    "signers",
]

ORIGIN = "standsbehind ledger"
_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with the name of who signs: all that is needed to check a signature."""

    name: str
    key: bytes
    """32 bytes of Ed25519 (RFC 8032)."""

    @property
    def hint(self) -> bytes:
        """Four bytes that tell which key made a signature."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    @property
    def text(self) -> str:
        """Write the key in one line: name, hint and key."""
        encoded = base64.b64encode(_ED25519 + self.key).decode()
        return f"{self.name}+{self.hint.hex()}+{encoded}"

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """Read the one line. Raises EvidenceError where it is not one, or was changed."""
        name, _, rest = text.strip().partition("+")
        hint, _, encoded = rest.partition("+")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        found = cls(name, key[1:])
        if key[:1] != _ED25519 or len(key) != 33 or found.hint.hex() != hint:
            message = f"{text[:80]!r}: not a public key as `behind keys` writes it"
            raise EvidenceError(message)
        return found


def sign(text: str, keys: Sequence[tuple[str, Ed25519PrivateKey]]) -> bytes:
    """Put signatures under a text, which ends with a line break."""
    lines = []
    for name, key in keys:
        hint = Verifier(name, key.public_key().public_bytes_raw()).hint
        encoded = base64.b64encode(hint + key.sign(text.encode())).decode()
        lines.append(f"\u2014 {name} {encoded}\n")
    return f"{text}\n{''.join(lines)}".encode()


def signers(note: bytes, known: Iterable[Verifier]) -> tuple[str, tuple[Verifier, ...]]:
    """Return the text of a note and those known keys that signed it.

    Raises EvidenceError where the note is not in that form, or where a signature that
    names a known key is not its own.
    """
    try:
        text, _, under = note.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        message = f"not a signed note: not UTF-8 at byte {error.start}"
        raise EvidenceError(message) from error
    if not text or (under and not under.endswith("\n")):
        message = "not a signed note: a text, an empty line, then signatures"
        raise EvidenceError(message)
    by_hint = {(key.name, key.hint): key for key in known}
    found = []
    for line in under.splitlines():
        name, signature = _signature(line)
        key = by_hint.get((name, signature[:4]))
        if key is not None:
            _check(key, signature[4:], f"{text}\n")
            found.append(key)
    return f"{text}\n", tuple(found)


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.rpartition(" ")
    try:
        signature = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        signature = b""
    canonical = base64.b64encode(signature).decode() == encoded
    if dash != "\u2014" or len(signature) != 68 or not canonical:
        message = f"{line[:80]!r}: not a line with a signature"
        raise EvidenceError(message)
    return name, signature


def _check(key: Verifier, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature, text.encode())
    except InvalidSignature as error:
        message = f"the signature of {key.name} is not over this text"
        raise EvidenceError(message) from error


def checkpoint_text(head: TreeHead) -> str:
    """Write the state of the ledger as three lines: whose log, its size, its root."""
    root = base64.b64encode(bytes.fromhex(head.root)).decode()
    return f"{ORIGIN}\n{head.size}\n{root}\n"


def read_checkpoint(text: str) -> TreeHead:
    """Read the three lines. Raises EvidenceError where they are not a checkpoint of ours."""
    try:
        origin, size, root = text.splitlines()
        head = TreeHead(int(size), base64.b64decode(root, validate=True).hex())
    except ValueError as error:
        message = f"{text[:80]!r}: not a checkpoint: origin, size and root"
        raise EvidenceError(message) from error
    if origin != ORIGIN or checkpoint_text(head) != text:
        message = f"{origin!r}: not a checkpoint of {ORIGIN!r} as we write it"
        raise EvidenceError(message)
    return head
