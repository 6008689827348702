"""The backup of the deployment guide, rehearsed: taken while others write, restored elsewhere, verified."""

import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from standsbehind.model.audited import Deed
from standsbehind.publishing.home import Home
from standsbehind.publishing.verify import verify_home
from standsbehind.store.accounts import Accounts
from standsbehind.store.docket import Docket
from tests.accounts.conftest import now
from tests.casework import START, enrolments, opening


@pytest.fixture
def live(tmp_path):
    home = Home(tmp_path / "live")
    home.snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    Accounts.at(home.docket).add("ada", "reader", "root", now())
    return home


@contextmanager
def somebody_writing(accounts):
    stop, begun = threading.Event(), threading.Event()

    def write_on():
        while not stop.is_set():
            accounts.audit.add(Deed("ada", "session", "", "GET /"), now())
            begun.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        stop.set()
        writer.join()


def backed_up(home, folder):
    """Copy a data folder as the guide says; `backup` is what `.backup` of sqlite3 does."""
    apart = shutil.ignore_patterns("docket.sqlite*", "jobs")
    with (
        closing(sqlite3.connect(home.docket)) as docket,
        closing(sqlite3.connect(folder.with_suffix(".sqlite"))) as saved,
    ):
        docket.backup(saved)
    shutil.copytree(home.folder, folder, ignore=apart)
    restored = Home(folder)
    shutil.copy(folder.with_suffix(".sqlite"), restored.docket)
    return restored


def test_a_backup_of_a_running_server_restores_whole(live, tmp_path):
    docket, accounts = Docket.at(live.docket), Accounts.at(live.docket)
    for draft in enrolments():
        docket.add_person(draft, START)
    case = docket.open(opening(), START).case
    made = accounts.new_key("ada", ["read"], 1, "root", now())
    with somebody_writing(accounts):
        restored = backed_up(live, tmp_path / "restored")
    assert not verify_home(restored).failed
    assert Docket.at(restored.docket).case(case).id == case
    there = Accounts.at(restored.docket)
    assert there.caller_of_key(made.secret, now()).name == "ada"
    assert there.audit.last(1)[0].did == "GET /"


def test_verify_names_an_entry_of_the_audit_log_that_was_changed(live):
    with closing(sqlite3.connect(live.docket)) as behind_its_back:
        behind_its_back.execute("DROP TRIGGER audit_no_update")
        behind_its_back.execute("UPDATE audit SET person = 'eve'")
        behind_its_back.commit()
    (problem,) = verify_home(live).failed
    assert "audit log, entry 1: was changed" in problem
