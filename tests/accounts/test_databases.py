"""The database under accounts: an older one is brought up to date, and one that is gone is told of plainly."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path

import httpx
import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from standsbehind.api.callers import SESSION
from standsbehind.errors import BehindError, EngineError, UsageError
from standsbehind.model.audited import Deed
from standsbehind.store.accounts import Accounts
from standsbehind.store.database import HEAD, Database, _engine, _revision, _url
from standsbehind.store.docket import ACTS, Docket
from tests.accounts.conftest import PASSWORD, now
from tests.accounts.processes import behind, served
from tests.accounts.test_entering import enter
from tests.casework import START, add, enrolments, opening

EARLIER = ("0001",)
"""Revisions that versions before this one left behind."""
ROOT = Path(__file__).parents[2]
NOWHERE = "postgresql://ada:hunter2@127.0.0.1:1/behind"


def case_in(docket):
    for draft in enrolments():
        docket.add_person(draft, START)
    case = docket.open(opening(), START).case
    docket.add(case, [add()], START)
    return case


def left_by_earlier(address, revision, acts):
    """Make a database as an earlier version left it, with acts in it."""
    config = Config()
    folder = resources.files("standsbehind.store") / "migrations"
    config.set_main_option("script_location", str(folder))
    with closing_engine(address) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(insert(ACTS), acts)


@contextmanager
def closing_engine(address):
    engine = _engine(_url(address))
    yield engine
    engine.dispose()


def acts_of_a_case(tmp_path):
    docket = Docket.at(tmp_path / "before.sqlite")
    case = case_in(docket)
    with docket.database.reading() as connection:
        found = connection.execute(select(ACTS)).mappings()
        return docket.case(case), list(map(dict, found))


@pytest.mark.parametrize("revision", EARLIER)
def test_what_an_earlier_version_left_is_brought_up_to_date_once(
    docket_address, tmp_path, revision
):
    case, acts = acts_of_a_case(tmp_path)
    left_by_earlier(docket_address, revision, acts)
    many = (sys.executable, "-m", "tests.faults.docket_driver", "first")
    opened = subprocess.run(
        [*many, str(docket_address), "none", "3"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert json.loads(opened.stdout) == ["8"] * 3
    docket = Docket.at(docket_address)
    assert docket.case(case.id) == case
    assert not any(docket.problems())
    Accounts(docket.database).add("ada", "reader", "root", now())
    with docket.database.reading() as connection:
        assert _revision(connection) == HEAD
    with (
        pytest.raises(DBAPIError, match="audit is never changed"),
        docket.database._engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM audit"))


def test_each_revision_before_this_one_is_tried():
    folder = resources.files("standsbehind.store") / "migrations" / "versions"
    told = sorted(one.name[1:5] for one in folder.iterdir() if one.name[0] == "m")
    assert (*EARLIER, HEAD) == tuple(told)


def test_a_change_of_the_tables_that_fails_leaves_what_was(docket_address, tmp_path):
    case, acts = acts_of_a_case(tmp_path)
    left_by_earlier(docket_address, "0001", acts)
    with closing_engine(docket_address) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE sessions (mine INTEGER)"))
    with pytest.raises(EngineError, match="sessions"):
        Docket.at(docket_address)
    with closing_engine(docket_address) as engine, engine.begin() as connection:
        assert _revision(connection) == "0001"
        assert not connection.dialect.has_table(connection, "users")
        connection.execute(text("DROP TABLE sessions"))
    assert Docket.at(docket_address).case(case.id) == case


def test_an_id_that_no_database_could_hold_is_that_of_no_case(docket_address):
    docket = Docket.at(docket_address)
    for case in ("a\0b", "x" * 100, "2026-00001"):
        with pytest.raises(UsageError, match="no such case"):
            docket.case(case)


def test_moments_are_kept_in_utc_whatever_the_server_and_the_machine_say(
    docket_address, monkeypatch
):
    monkeypatch.setenv("TZ", "America/Caracas")
    time.tzset()
    try:
        accounts = Accounts.at(docket_address)
        moment = now().replace(microsecond=0)
        accounts.add("ada", "reader", "root", moment)
        made = accounts.new_key("ada", ["read"], 1, "root", moment)
        assert accounts.users()[0].created == moment
        assert accounts.keys() == [made.key]
        told = accounts.audit.last(1)[0].at
        assert told == moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_names_are_told_apart_and_listed_alike_on_both(docket_address):
    accounts = Accounts.at(docket_address)
    names = ["Irmak", "irmak", "ırmak", "ada", "Zoë", "zoe", "王", "a-b", "a.c", "ab"]
    for name in names:
        accounts.add(name, "reader", "root", now())
    assert [one.name for one in accounts.users()] == sorted(names)
    assert accounts.caller_named("IRMAK", "proxy") is None
    assert accounts.caller_named("王", "proxy").name == "王"


@pytest.fixture
def on_server(postgres):
    """Return accounts in PostgreSQL, with one reader who has a password."""
    accounts = Accounts.at(postgres.url())
    accounts.add("ada", "reader", "root", now())
    accounts.set_password("ada", PASSWORD, "root", now())
    return accounts


def url_of(accounts):
    return accounts.database.url.render_as_string(hide_password=False)


def fresh_key(accounts):
    made = accounts.new_key("ada", ["read"], 1, "root", now())
    return {"authorization": f"ApiKey {made.secret}"}


@contextmanager
def nothing_running(postgres):
    postgres.shut_down()
    try:
        yield
    finally:
        postgres.start()


def test_while_the_database_is_down_who_asks_is_told_so_and_nothing_else(
    guarded_home, postgres, on_server, caplog
):
    from tests.api.serving import serving

    one, two = fresh_key(on_server), fresh_key(on_server)
    with (
        serving(guarded_home, asks_who=True, docket=url_of(on_server)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        client.get("/login")
        with nothing_running(postgres):
            ours = client.get("/api/v1/snapshot", headers=one)
            theirs = client.get("/catalog", headers=one)
            form = client.get("/login", headers={"cookie": f"{SESSION}=some"})
            entered = enter(client, name="ada")
            assert client.get("/healthz").status_code == 200
        assert client.get("/catalog", headers=one).status_code == 200
        assert client.get("/api/v1/snapshot", headers=two).status_code == 200
        assert enter(client, name="ada").status_code == 303
    assert ours.headers["content-type"] == "application/problem+json"
    assert ours.json()["title"] == "Not ready"
    for told in (ours, theirs, form, entered):
        assert told.status_code == 503
        assert not {"postgresql", str(postgres.folder), "5432"} & set(
            told.text.replace("/", " ").split()
        )
        assert "log tells more" in told.text
    assert "the database failed" in caplog.text


def test_a_server_that_was_started_again_is_not_noticed(postgres, on_server):
    before = on_server.users()
    with nothing_running(postgres):
        pass
    assert on_server.users() == before


def test_a_connection_that_breaks_in_the_middle_leaves_it_open_what_was_stored(
    postgres, on_server
):
    def changed_and_broken_off():
        with on_server.database.writing() as connection:
            connection.execute(text("UPDATE users SET role = 'admin'"))
            break_off(connection)

    def break_off(connection):
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(
            host=str(postgres.folder), user="behind", dbname="postgres"
        ) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    with pytest.raises(EngineError, match="is not known"):
        changed_and_broken_off()
    assert on_server.users()[0].role == "reader"


def test_writers_wait_as_long_on_both_and_commits_are_on_disk(on_server):
    with on_server.database.writing() as connection:
        told = [
            connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("lock_timeout", "synchronous_commit", "transaction_isolation")
        ]
    assert told == ["1min", "on", "read committed"]


def test_one_process_holds_few_connections_however_many_ask(postgres, on_server):
    database = Database(f"{url_of(on_server)}&application_name=counted")
    accounts, held, failed = Accounts(database), [], []

    def write_on():
        try:
            for _ in range(3):
                accounts.audit.add(Deed("ada", "session", "", "GET /"), now())
        except BehindError as error:
            failed.append(error)

    threads = [threading.Thread(target=write_on) for _ in range(24)]
    counted = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'counted'"
    with closing(
        psycopg.connect(host=str(postgres.folder), user="behind", dbname="postgres")
    ) as watching:
        watching.autocommit = True
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            held.append(watching.execute(counted).fetchone()[0])
        for thread in threads:
            thread.join()
    assert failed == []
    assert 0 < max(held) <= 8
    assert len(accounts.audit.last(100)) == 74
    assert list(accounts.audit.problems()) == []


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_name_is_refused(postgres, encoding):
    name = f"held_{encoding.lower()}"
    where = {"host": str(postgres.folder), "user": "behind", "dbname": "postgres"}
    with psycopg.connect(**where, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
            + (
                " LOCALE_PROVIDER libc"
                if connection.info.server_version >= 150_000
                else ""
            )
        )
    with pytest.raises(UsageError, match="createdb -E UTF8 -T template0"):
        Accounts.at(f"postgresql://behind@/{name}?host={postgres.folder}")


def test_a_database_that_is_down_is_told_of_before_anything_is_served(guarded_home):
    run = behind(guarded_home, "serve", "--auth", docket=NOWHERE)
    assert run.returncode == 4
    (line,) = (one for one in run.stderr.splitlines() if "database" in one)
    assert "postgresql://ada:***@127.0.0.1:1/behind: the database failed" in line
    assert "Check that it runs" in line
    assert "hunter2" not in run.stderr + run.stdout


def workers_of(server):
    """List the processes that answer: those of which the others are not."""
    told = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    found = map(int, told.split())
    return [
        pid
        for pid in found
        if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


@contextmanager
def halted(pid):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_key_that_is_revoked_is_unknown_to_every_worker_within_five_seconds(
    guarded_home, on_server
):
    made = on_server.new_key("ada", ["read"], 1, "root", now())
    sent = {"authorization": f"ApiKey {made.secret}"}
    with served(guarded_home, "--workers", "2", docket=url_of(on_server)) as (
        address,
        server,
    ):
        one, other = workers_of(server)
        with (
            httpx.Client(base_url=address, timeout=60) as first,
            httpx.Client(base_url=address, timeout=60) as second,
        ):
            # A connection stays with the worker that took it: halt one, and the other takes it.
            for client, worker in ((first, other), (second, one)):
                with halted(worker):
                    assert client.get("/catalog", headers=sent).status_code == 200
            run = behind(
                guarded_home, "users", "revoke", made.key.id, docket=url_of(on_server)
            )
            revoked = time.monotonic()
            assert run.returncode == 0, run.stderr
            assert "within 5 seconds" in run.stdout
            time.sleep(max(0.0, revoked + 5 - time.monotonic()))
            told = [
                client.get("/catalog", headers=sent).status_code
                for client in (first, second)
            ]
    assert told == [401, 401]
