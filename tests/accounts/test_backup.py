"""The backup of the deployment guide, rehearsed: taken while a server is asked, restored elsewhere, verified."""

import shutil
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from standsbehind.publishing.home import Home
from standsbehind.store.accounts import Accounts
from standsbehind.store.docket import Docket
from tests.accounts.conftest import PASSWORD, now
from tests.accounts.guide import Machine, blocks, needs
from tests.accounts.processes import behind
from tests.accounts.test_entering import enter
from tests.api.serving import serving
from tests.casework import START, enrolments, opening
from tests.postgres import binaries, running

OF_SQLITE, OF_POSTGRESQL, BACK_SQLITE, BACK_POSTGRESQL = blocks("Backup and restore")
(MADE,) = blocks("PostgreSQL")
ON_SERVER = "postgresql://behind@/behind"


@pytest.fixture(scope="module")
def two_servers():
    """Start one server, and one that is empty; neither knows of us yet."""
    found = binaries()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with ExitStack() as stack:
        yield [stack.enter_context(running(found, "postgres")) for _ in range(2)]


@pytest.fixture(params=["sqlite", "postgresql"])
def machines(request, tmp_path):
    """Return a machine with its server, an empty one, and the blocks to save and restore by."""
    if request.param == "sqlite":
        needs("sqlite3", "rsync")
        here, there = Machine(tmp_path / "here"), Machine(tmp_path / "there")
        return here, there, (OF_SQLITE, BACK_SQLITE)
    needs("rsync")
    one, other = request.getfixturevalue("two_servers")
    here = Machine(tmp_path / "here", one.programs())
    there = Machine(tmp_path / "there", other.programs())
    here.run(MADE, tmp_path)
    assert here.environment() == {"BEHIND_DOCKET": ON_SERVER}
    return here, there, (OF_POSTGRESQL, BACK_POSTGRESQL)


def docket_of(machine, monkeypatch):
    """Return where the docket of a machine is, as the guide has it told."""
    if "PGHOST" not in machine._programs:
        return machine.data / "docket.sqlite"
    monkeypatch.setenv("PGHOST", machine._programs["PGHOST"])
    return ON_SERVER


def fill(docket):
    """Open a case, and have a user who can log in and has a key."""
    for draft in enrolments():
        docket.add_person(draft, START)
    case = docket.open(opening(), START).case
    accounts = Accounts(docket.database)
    accounts.add("ada", "reader", "root", now())
    accounts.set_password("ada", PASSWORD, "root", now())
    return docket.case(case), accounts.new_key("ada", ["read"], 1, "root", now())


@contextmanager
def asked_all_the_time(address, key):
    """Ask a server, which puts each refusal on record, until the end."""
    stop, begun, told = threading.Event(), threading.Event(), []

    def ask_on():
        with httpx.Client(base_url=address, headers=key, timeout=60) as client:
            while not stop.is_set():
                told.append(client.post("/updatez").status_code)
                begun.set()

    asker = threading.Thread(target=ask_on)
    asker.start()
    assert begun.wait(60)
    try:
        yield told
    finally:
        stop.set()
        asker.join()


def url_of(docket):
    return f"sqlite:///{docket}" if isinstance(docket, Path) else docket


def test_a_backup_of_a_server_that_is_asked_restores_whole_elsewhere(
    guarded_home, machines, tmp_path, monkeypatch
):
    here, there, (save, restore) = machines
    backup = tmp_path / "backup"
    backup.mkdir()
    apart = shutil.ignore_patterns("docket.sqlite*", "jobs")
    shutil.copytree(guarded_home.folder, here.data, ignore=apart)
    where = docket_of(here, monkeypatch)
    case, made = fill(Docket.at(where))
    key = {"authorization": f"ApiKey {made.secret}"}
    with (
        serving(Home(here.data), asks_who=True, docket=url_of(where)) as address,
        asked_all_the_time(address, key) as told,
    ):
        here.run(save, backup)
    assert set(told) == {403}

    verified = there.run(restore, backup)
    assert ", 0 failed" in verified
    where = docket_of(there, monkeypatch)
    assert Docket.at(where).case(case.id) == case
    restored = Accounts.at(where)
    assert 3 < len(restored.audit.last(10**6)) <= 3 + len(told)
    with (
        serving(Home(there.data), asks_who=True, docket=url_of(where)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert client.get("/catalog", headers=key).status_code == 200
        assert enter(client, name="ada").status_code == 303
        assert client.get("/catalog").status_code == 200
    names_what_was_changed(there, restored.database, url_of(where))


def names_what_was_changed(machine, database, url):
    """Change two rows behind the triggers' back, and have the command name both."""
    with database._engine.begin() as connection:
        for table in ("acts", "audit"):
            if database.is_file:
                connection.execute(text(f"DROP TRIGGER {table}_no_update"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE audit SET person = 'eve' WHERE number = 2"))
        connection.execute(
            text("UPDATE acts SET person = 'eve' WHERE case_id = '2026-00001'")
        )
    run = behind(Home(machine.data), "verify", docket=url)
    assert run.returncode == 3
    told = run.stdout + run.stderr
    assert "audit log, entry 2: was changed" in told
    assert "case 2026-00001, act 1: was changed" in told
