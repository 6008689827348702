"""Passwords: kept as Argon2id digests, which are slow to make on purpose."""

import base64
import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

__all__ = ["SHORTEST", "digest_of_password", "is_the_password"]

SHORTEST = 12
"""Characters."""

_KIB, _TIMES, _LANES = 19_456, 2, 1
"""What OWASP's page on storing passwords asks for at least: 19 MiB, two passes, one lane."""


def digest_of_password(password: str) -> str:
    """Digest a password with a salt of its own; the terms stand beside it."""
    salt = os.urandom(16)
    made = _argon2id(salt, _KIB, _TIMES, _LANES).derive(password.encode())
    terms = f"m={_KIB},t={_TIMES},p={_LANES}"
    return f"$argon2id$v=19${terms}${_written(salt)}${_written(made)}"


def is_the_password(password: str, digest: str | None) -> bool:
    """Compare; where there is no digest, it takes as long and is never so."""
    _, _, _, terms, salt, made = (digest or _OF_NOBODY).split("$")
    kib, times, lanes = (int(term.partition("=")[2]) for term in terms.split(","))
    try:
        _argon2id(_read(salt), kib, times, lanes).verify(password.encode(), _read(made))
    except InvalidKey:
        return False
    return digest is not None


def _argon2id(salt: bytes, kib: int, times: int, lanes: int) -> Argon2id:
    return Argon2id(
        salt=salt, length=32, iterations=times, lanes=lanes, memory_cost=kib
    )


def _written(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def _read(written: str) -> bytes:
    return base64.b64decode(written + "=" * (-len(written) % 4))


_OF_NOBODY = f"$argon2id$v=19$m={_KIB},t={_TIMES},p={_LANES}${'A' * 22}${'A' * 43}"
