"""Accounts: who may ask a server what, as roles that contain each other and scopes of keys."""

import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

__all__ = [
    "ROLES",
    "SCOPES",
    "SESSION_HOURS",
    "AccountRole",
    "Caller",
    "Key",
    "Needs",
    "NewKey",
    "Scope",
    "User",
    "digest_of_secret",
    "is_named_well",
    "is_the_secret",
    "parts_of_key",
    "scopes_of",
]

AccountRole = Literal[
    "reader", "screener", "researcher", "reviewer", "decider", "admin"
]
"""Each may what those before it may. Who decides in a case is for the docket to say."""
Scope = Literal["read", "screen", "cases", "metrics", "admin"]
"""What a key is for: a key may nothing that is not among its scopes, whatever its user may."""

ROLES: tuple[AccountRole, ...] = get_args(AccountRole)
SCOPES: tuple[Scope, ...] = get_args(Scope)
SESSION_HOURS = 12
"""How long a session lasts, whatever is done in it."""

_KEY = re.compile(r"sb_([0-9a-f]{10})_([A-Za-z0-9_-]{43})")
_NAME = re.compile(r"\w[\w.@+-]{0,63}")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, or a program, that the server knows."""

    name: str
    role: AccountRole
    created: datetime
    disabled: datetime | None = None
    has_password: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a user, without its secret, of which only the digest is kept."""

    id: str
    """The beginning of the key, by which it is recognised; it opens nothing."""
    user: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime
    revoked: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.revoked is None and now < self.expires


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is told once."""

    key: Key
    secret: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request, and by what that is known."""

    name: str
    role: AccountRole
    scopes: frozenset[Scope]
    means: str
    """`key ID`, `session` or `proxy`."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a route asks of its caller."""

    role: AccountRole | None = None
    """The least role; None where anybody may."""
    scope: Scope | None = None
    is_audited: bool = False
    """Whether each request is put on record before it is answered: reads of cases, all writes."""

    def lets_role(self, role: AccountRole) -> bool:
        """Whether a role is enough, whatever the scopes."""
        return self.role is None or ROLES.index(role) >= ROLES.index(self.role)

    def refusal(self, caller: Caller) -> str | None:
        """Say why a caller may not; None where they may."""
        if self.role is None:
            return None
        if not self.lets_role(caller.role):
            return f"this asks for the role {self.role} or more; {caller.name} is {caller.role}"
        if self.scope is not None and self.scope not in caller.scopes:
            return f"this asks for a key with the scope {self.scope}"
        return None


def parts_of_key(text: str) -> tuple[str, str] | None:
    """Split a key into its id and its secret; None where it does not look like one."""
    found = _KEY.fullmatch(text)
    return (found[1], found[2]) if found else None


def digest_of_secret(secret: str) -> str:
    """Digest a secret of 256 random bits: so many cannot be guessed, so a quick digest does."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_the_secret(secret: str, digest: str | None) -> bool:
    """Compare in a time that tells nothing of either, also where there is no such key."""
    made = digest_of_secret(secret)
    return hmac.compare_digest(made, digest or "0" * 64) and digest is not None


def is_named_well(name: str) -> bool:
    """Whether a name of a user is one word that a log can hold."""
    return bool(_NAME.fullmatch(name))


def scopes_of(told: Collection[str]) -> tuple[Scope, ...]:
    """Read scopes, in the order of the words."""
    return tuple(scope for scope in SCOPES if scope in told)
