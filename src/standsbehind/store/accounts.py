"""Accounts: users, their keys and sessions, in the database of the docket. No secret is kept."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from standsbehind.errors import UsageError
from standsbehind.model.account import (
    SCOPES,
    SESSION_HOURS,
    AccountRole,
    Caller,
    Key,
    NewKey,
    Scope,
    User,
    digest_of_secret,
    is_named_well,
    is_the_secret,
    parts_of_key,
    scopes_of,
)
from standsbehind.model.audited import Deed
from standsbehind.store.audit import Audit, in_turn, put_on_record
from standsbehind.store.database import TABLES, Database
from standsbehind.store.moments import as_moment, as_text
from standsbehind.store.passwords import (
    SHORTEST,
    digest_of_password,
    is_the_password,
)

__all__ = ["Accounts"]

_USERS = Table(
    "users",
    TABLES,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", Text),
    Column("created", String(20), nullable=False),
    Column("disabled", String(20)),
)
_KEYS = Table(
    "keys",
    TABLES,
    Column("id", String(10), primary_key=True),
    Column("name", String(64), ForeignKey("users.name"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created", String(20), nullable=False),
    Column("expires", String(20), nullable=False),
    Column("revoked", String(20)),
)
_SESSIONS = Table(
    "sessions",
    TABLES,
    Column("digest", String(64), primary_key=True),
    Column("name", String(64), ForeignKey("users.name"), nullable=False),
    Column("created", String(20), nullable=False),
    Column("expires", String(20), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """All accounts of one database; each change of one is put on record with it."""

    database: Database

    @classmethod
    def at(cls, address: Path | str) -> "Accounts":
        """Open them by the path of the docket's file or the URL of its database."""
        return cls(Database(address))

    @property
    def audit(self) -> Audit:
        """What was done."""
        return Audit(self.database)

    def users(self) -> list[User]:
        """List all users, by name."""
        with self.database.reading() as connection:
            found = list(map(_user, connection.execute(select(_USERS))))
        # Databases put names in an order of their own, by language.
        return sorted(found, key=lambda user: user.name)

    def keys(self) -> list[Key]:
        """List all keys: by user, then as they were made."""
        with self.database.reading() as connection:
            found = list(map(_key, connection.execute(select(_KEYS))))
        return sorted(found, key=lambda key: (key.user, key.created, key.id))

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """Change accounts all or nothing, one at a time: what is asked first still holds at the end."""
        with self.database.writing() as connection:
            in_turn(connection)
            yield connection

    def add(self, name: str, role: AccountRole, by: str, now: datetime) -> None:
        """Add a user, or give one another role; one that was disabled may again.

        `by` says who does it. Raises UsageError where the name is none.
        """
        if not is_named_well(name):
            message = f"{name!r}: not a name of a user; write one word of at most 64 letters, digits and . _ - + @"
            raise UsageError(message)
        with self._changing() as connection:
            if _row_of(connection, name):
                change = update(_USERS).where(_USERS.c.name == name)
                connection.execute(change.values(role=role, disabled=None))
            else:
                row = {"name": name, "role": role, "created": as_text(now)}
                connection.execute(insert(_USERS), [row])
            put_on_record(connection, _deed(by, f"make {name} a user, as {role}"), now)

    def disable(self, name: str, by: str, now: datetime) -> None:
        """Let a user in no more: sessions end, keys are revoked. Raises UsageError for nobody."""
        with self._changing() as connection:
            _must_be(connection, name)
            moment = as_text(now)
            shut = update(_USERS).where(_USERS.c.name == name)
            connection.execute(shut.values(disabled=moment, password=None))
            open_keys = (_KEYS.c.name == name) & _KEYS.c.revoked.is_(None)
            connection.execute(update(_KEYS).where(open_keys).values(revoked=moment))
            connection.execute(delete(_SESSIONS).where(_SESSIONS.c.name == name))
            put_on_record(connection, _deed(by, f"disable {name}"), now)

    def set_password(self, name: str, password: str, by: str, now: datetime) -> None:
        """Give a user a password; sessions end. Raises UsageError where it is too short."""
        if not SHORTEST <= len(password) <= 1000:
            message = f"the password: has fewer than {SHORTEST} characters, or more than 1000; write another"
            raise UsageError(message)
        digest = digest_of_password(password)
        with self._changing() as connection:
            _must_be(connection, name)
            change = update(_USERS).where(_USERS.c.name == name)
            connection.execute(change.values(password=digest))
            connection.execute(delete(_SESSIONS).where(_SESSIONS.c.name == name))
            put_on_record(connection, _deed(by, f"set the password of {name}"), now)

    def new_key(
        self, name: str, scopes: Sequence[Scope], days: int, by: str, now: datetime
    ) -> NewKey:
        """Make a key for a user. Its secret is told here and kept nowhere."""
        key_id, secret = secrets.token_hex(5), secrets.token_urlsafe(32)
        now = now.replace(microsecond=0)
        key = Key(key_id, name, scopes_of(scopes), now, now + timedelta(days=days))
        row = {
            "id": key.id,
            "name": name,
            "digest": digest_of_secret(secret),
            "scopes": " ".join(key.scopes),
            "created": as_text(key.created),
            "expires": as_text(key.expires),
        }
        did = f"make key {key.id} of {name} for {row['scopes']}, to {row['expires']}"
        with self._changing() as connection:
            _must_be(connection, name)
            connection.execute(insert(_KEYS), [row])
            put_on_record(connection, _deed(by, did), now)
        return NewKey(key, f"sb_{key_id}_{secret}")

    def revoke(self, key_id: str, by: str, now: datetime) -> None:
        """Let a key open nothing more. Raises UsageError where there is no such key."""
        with self._changing() as connection:
            mine = _KEYS.c.id == key_id
            if connection.execute(select(_KEYS).where(mine)).one_or_none() is None:
                message = (
                    f"{key_id}: no such key; `behind users list` says which there are"
                )
                raise UsageError(message)
            open_key = mine & _KEYS.c.revoked.is_(None)
            change = update(_KEYS).where(open_key).values(revoked=as_text(now))
            connection.execute(change)
            put_on_record(connection, _deed(by, f"revoke key {key_id}"), now)

    def caller_of_key(self, text: str, now: datetime) -> Caller | None:
        """Say whose key it is, and what it is for; None where it opens nothing."""
        key_id, secret = parts_of_key(text) or ("", "")
        both = select(_KEYS, _USERS.c.role, _USERS.c.disabled).join(
            _USERS, _USERS.c.name == _KEYS.c.name
        )
        with self.database.reading() as connection:
            row = connection.execute(both.where(_KEYS.c.id == key_id)).one_or_none()
        if not is_the_secret(secret, row.digest if row else None) or row is None:
            return None
        key = _key(row)
        if not key.is_good(now) or row.disabled:
            return None
        return Caller(key.user, row.role, frozenset(key.scopes), f"key {key.id}")

    def caller_named(self, name: str, means: str) -> Caller | None:
        """Say who a user is whom somebody else vouches for; None where they may not come in."""
        with self.database.reading() as connection:
            row = _row_of(connection, name)
        if row is None or row.disabled:
            return None
        return Caller(row.name, row.role, frozenset(SCOPES), means)

    def proof_of_password(self, name: str, password: str) -> str | None:
        """Return what a session begins by if it is the password of a user that may come in.

        It takes as long where there is none.
        """
        with self.database.reading() as connection:
            row = _row_of(connection, name)
        held = row.password if row and not row.disabled else None
        return held if is_the_password(password[:1000], held) else None

    def begin_session(
        self, name: str, now: datetime, proof: str | None = None
    ) -> str | None:
        """Begin a session of a user, and give its secret; those that are over are forgotten.

        None where the user was disabled, or the password changed since there was that proof.
        """
        secret = secrets.token_urlsafe(32)
        row = {
            "digest": digest_of_secret(secret),
            "name": name,
            "created": as_text(now),
            "expires": as_text(now + timedelta(hours=SESSION_HOURS)),
        }
        with self._changing() as connection:
            user = _row_of(connection, name)
            if user is None or user.disabled or proof not in {None, user.password}:
                return None
            connection.execute(
                delete(_SESSIONS).where(_SESSIONS.c.expires <= as_text(now))
            )
            connection.execute(insert(_SESSIONS), [row])
        return secret

    def end_session(self, secret: str) -> None:
        """End a session."""
        mine = _SESSIONS.c.digest == digest_of_secret(secret)
        with self._changing() as connection:
            connection.execute(delete(_SESSIONS).where(mine))

    def caller_of_session(self, secret: str, now: datetime) -> Caller | None:
        """Say whose session it is; None where it is none, or over."""
        digest = digest_of_secret(secret)
        with self.database.reading() as connection:
            mine = select(_SESSIONS).where(_SESSIONS.c.digest == digest)
            row = connection.execute(mine).one_or_none()
        if row is None or row.expires <= as_text(now):
            return None
        return self.caller_named(row.name, "session")


def _deed(by: str, did: str) -> Deed:
    return Deed(by, "command", "", did)


def _row_of(connection: Connection, name: str) -> Row[Any] | None:
    if not is_named_well(name):
        return None
    mine = select(_USERS).where(_USERS.c.name == name)
    return connection.execute(mine).one_or_none()


def _must_be(connection: Connection, name: str) -> None:
    row = _row_of(connection, name)
    if row is None or row.disabled:
        message = f"{name}: no such user; `behind users add {name} --role ...` adds one"
        raise UsageError(message)


def _user(row: Row[Any]) -> User:
    return User(
        row.name,
        row.role,
        as_moment(row.created),
        as_moment(row.disabled) if row.disabled else None,
        row.password is not None,
    )


def _key(row: Row[Any]) -> Key:
    return Key(
        row.id,
        row.name,
        scopes_of(row.scopes.split()),
        as_moment(row.created),
        as_moment(row.expires),
        as_moment(row.revoked) if row.revoked else None,
    )
