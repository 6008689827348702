"""The database of the docket: a file of SQLite, or PostgreSQL where a URL names it."""

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from standsbehind.errors import BehindError, EngineError, EvidenceError, UsageError

__all__ = ["HEAD", "TABLES", "Database"]

HEAD = "0002"
"""The last migration. What lies at this one is opened without loading Alembic."""

TABLES = MetaData()
"""All tables of the database, as the modules that speak of them declare them."""

_PATIENCE_SECONDS = 60
"""How long a writer waits for another."""

_SERVER = {
    "connect_timeout": 10,
    "tcp_user_timeout": 30_000,  # milliseconds; a wire that was cut is noticed
    "fallback_application_name": "standsbehind",
    "client_encoding": "utf8",
}
"""What is asked of a connection to PostgreSQL, where the URL says nothing else."""

_POOL = {
    "pool_size": 4,
    "max_overflow": 4,
    "pool_timeout": 30,
    "pool_recycle": 1800,
    "pool_pre_ping": True,  # one that the server closed meanwhile is opened anew
}
"""Connections of one process to PostgreSQL: 4 are kept, 8 are the most; seconds."""


class Database:
    """One database, brought to the form that this version writes when it is opened.

    What was committed is on disk before a write returns: SQLite runs in WAL mode with
    `synchronous=FULL`, PostgreSQL with `synchronous_commit` on, whatever its default.
    """

    def __init__(self, address: Path | str) -> None:
        self.url = _url(address)
        self.name = _name(self.url)
        if self.is_file:
            _make_private(Path(str(self.url.database)))
        with self._told():
            self._engine = _engine(self.url)
        weakref.finalize(self, self._engine.dispose)
        self._migrate()

    @property
    def is_file(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read from the database; each statement sees one state of it."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all or nothing; what was written is on disk when this ends without an error."""
        options = {"writes": True}
        with (
            self._told(),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if not self.is_file:
                connection.execute(_ON_DISK)
            yield connection

    def _migrate(self) -> None:
        """Bring the database to the last migration; of several openings at once one does it."""
        with self.reading() as connection:
            if _revision(connection) == HEAD:
                return
        with self.writing() as connection:
            if not self.is_file:
                connection.execute(text("SELECT pg_advisory_xact_lock(7236838)"))
                _must_hold_all_text(connection, self.name)
            if _revision(connection) != HEAD:
                _upgrade(connection, self.name)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell errors of the database as ours: what, where, and what to do."""
        try:
            yield
        except SQLAlchemyError as error:
            raise _as_ours(self.name, error) from error


_ON_DISK = text(
    "SELECT set_config('synchronous_commit', 'on', true), "
    f"set_config('lock_timeout', '{_PATIENCE_SECONDS}s', true)"
)
"""Said in each transaction that writes, since a pooler between may hand out another session."""

_DAMAGED = ("not a database", "malformed", "corrupt", "no such table")
_DAMAGED_STATES = frozenset({"42P01", "XX001", "XX002"})
"""PostgreSQL's for a table that is not there, and for data and indexes that are corrupt."""


def _as_ours(name: str, error: SQLAlchemyError) -> BehindError:
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if isinstance(error, DatabaseError) and _is_damage(error, reason):
        message = f"{name}: damaged ({reason}); restore the docket from a backup"
        return EvidenceError(message)
    if isinstance(error, DatabaseError) and error.connection_invalidated:
        message = (
            f"{name}: the connection broke ({reason}); whether the last change was "
            "stored is not known. Check that the database runs, and look before you repeat it"
        )
        return EngineError(message)
    message = (
        f"{name}: the database failed ({reason}); nothing that was stored has changed. "
        "Check that it runs and can be reached and written, then run the command again"
    )
    return EngineError(message)


def _is_damage(error: DatabaseError, reason: str) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _DAMAGED_STATES or any(word in reason for word in _DAMAGED)


def _url(address: Path | str) -> URL:
    if isinstance(address, Path):
        return URL.create("sqlite+pysqlite", database=str(address))
    try:
        url = make_url(address)
    except ArgumentError as error:
        message = (
            "--docket: not the URL of a database; write postgresql://user@host/name"
        )
        raise UsageError(message) from error
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database:
        message = f"{_name(url)}: not a database of SQLite or PostgreSQL"
        raise UsageError(message)
    return url


def _name(url: URL) -> str:
    """Name the database without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def _make_private(path: Path) -> None:
    """Make the file if it is not there, for its owner alone: it names people."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); check permissions"
        raise EngineError(message) from error


def _engine(url: URL) -> Engine:
    is_file = url.get_backend_name() == "sqlite"
    try:
        engine = _of_file(url) if is_file else _of_server(url)
    except ModuleNotFoundError as error:
        message = (
            f"{_name(url)}: needs a driver that is not installed; "
            "pip install 'standsbehind[postgres]'"
        )
        raise UsageError(message) from error
    return engine


def _of_file(url: URL) -> Engine:
    # A file is opened in no time: connections are not kept.
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _of_server(url: URL) -> Engine:
    told = {key: value for key, value in _SERVER.items() if key not in url.query}
    # Each statement must see what was committed before it, whatever the server's default:
    # a writer that waited for another builds on what that one wrote.
    level: Any = "READ COMMITTED"
    return create_engine(url, isolation_level=level, connect_args=told, **_POOL)


def _set_up_sqlite(connection: Any, record: object) -> None:  # noqa: ANN401 - sqlite3's
    del record
    connection.isolation_level = None  # BEGIN is ours to say
    for pragma in (
        f"busy_timeout={_PATIENCE_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "fullfsync=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    # A writer takes the lock before it reads, so that it reads what it builds on.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _must_hold_all_text(connection: Connection, name: str) -> None:
    """Refuse a database that cannot keep names in every script."""
    held = connection.execute(text("SHOW server_encoding")).scalar_one()
    if held != "UTF8":
        message = (
            f"{name}: keeps text as {held}, which cannot hold every name; "
            "make a database with `createdb -E UTF8 -T template0`"
        )
        raise UsageError(message)


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()


def _upgrade(connection: Connection, name: str) -> None:
    from alembic import command  # noqa: PLC0415 - felt at start-up
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    folder = resources.files("standsbehind.store") / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = f"{name}: a later version wrote it ({error}); install that version"
        raise UsageError(message) from error
