"""The audit log of a server: what was read of cases and written, added to and never changed."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    text,
)

from standsbehind.model.audited import Deed, Entry, problems_of
from standsbehind.store.database import TABLES, Database
from standsbehind.store.moments import as_text

__all__ = ["AUDIT", "Audit", "in_turn", "put_on_record"]

AUDIT = Table(
    "audit",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(20), nullable=False),
    Column("person", Text, nullable=False),
    Column("means", String(32), nullable=False),
    Column("address", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
)

_PART = 1_000
"""Entries that are held at once when all are read."""


class Audit:
    """The log of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, deed: Deed, now: datetime) -> None:
        """Put a deed on record; it is on disk when this returns."""
        with self.database.writing() as connection:
            put_on_record(connection, deed, now)

    def last(self, most: int) -> list[Entry]:
        """Read the newest entries, the oldest of them first."""
        newest = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(most)
        with self.database.reading() as connection:
            return list(map(_entry, connection.execute(newest)))[::-1]

    def problems(self) -> Iterator[str]:
        """Name the first entry that is not what was written."""
        with self.database.reading() as connection:
            in_parts = connection.execution_options(yield_per=_PART)
            with in_parts.execute(select(AUDIT).order_by(AUDIT.c.number)) as found:
                yield from problems_of(map(_entry, found))


def in_turn(connection: Connection) -> None:
    """Wait until no other transaction that took its turn writes, as SQLite has it anyway.

    What is read after this is what the last one left: nobody changes it before the end.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7236839)"))


def put_on_record(connection: Connection, deed: Deed, now: datetime) -> None:
    """Add a deed after all that is there, in a transaction that writes."""
    in_turn(connection)
    newest = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    entry = Entry.after(_entry(row) if row else None, deed, as_text(now))
    connection.execute(insert(AUDIT), [asdict(entry)])


def _entry(row: Row[Any]) -> Entry:
    return Entry(*tuple(row))
