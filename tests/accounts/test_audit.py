"""The audit log: written before the answer, never changed, and chained."""

import shutil

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from standsbehind.model.audited import Deed
from standsbehind.publishing.home import Home
from standsbehind.store.accounts import Accounts
from tests.accounts.conftest import as_url, now
from tests.api.serving import serving

FILE = {"file": ("v.csv", b"name\nAcme\n", "text/csv")}


def deeds(accounts, most=1):
    return [(one.person, one.did) for one in accounts.audit.last(most)]


def test_writes_and_refusals_are_on_record(anyone, accounts, key_of):
    sent = anyone.post("/api/v1/screenings", files=FILE, headers=key_of("screener"))
    assert sent.status_code == 202
    assert deeds(accounts) == [("screener", "POST /api/v1/screenings")]
    where, by = sent.headers["location"], key_of("reader")
    assert anyone.delete(where, headers=by).status_code == 403
    assert deeds(accounts) == [("reader", f"refused: DELETE {where}")]
    by = key_of("admin")
    assert anyone.delete(where, headers=by).status_code == 204
    entry = accounts.audit.last(1)[0]
    assert entry.did == f"DELETE {where}"
    assert (entry.means[:4], entry.address) == ("key ", "127.0.0.1")
    assert not list(accounts.audit.problems())


def test_what_cannot_be_put_on_record_is_not_done(
    guarded_home, docket_address, tmp_path, caplog
):
    home = Home(tmp_path / "data")
    shutil.copytree(guarded_home.snapshots, home.snapshots)
    accounts = Accounts.at(docket_address)
    accounts.add("ada", "screener", "root", now())
    made = accounts.new_key("ada", ["screen"], 1, "root", now())
    by = {"authorization": f"ApiKey {made.secret}"}
    with (
        serving(home, asks_who=True, docket=as_url(docket_address)) as address,
        httpx.Client(base_url=address) as client,
    ):
        with accounts.database._engine.begin() as connection:
            connection.execute(text("DROP TABLE audit"))
        sent = client.post("/api/v1/screenings", files=FILE, headers=by)
    assert sent.status_code == 503
    assert str(tmp_path) not in sent.text
    assert "damaged" in caplog.text
    assert "audit" in caplog.text
    assert not (home.folder / "jobs").exists()


def some(address):
    accounts = Accounts.at(address)
    for place in range(3):
        accounts.audit.add(Deed("ada", "session", "", f"GET /cases/{place}"), now())
    return accounts


def test_entries_are_neither_changed_nor_removed(docket_address):
    accounts = some(docket_address)
    changes = ["UPDATE audit SET person = 'x'", "DELETE FROM audit"]
    if not accounts.database.is_file:  # SQLite has no such statement
        changes.append("TRUNCATE audit")
    for change in changes:
        with (
            pytest.raises(DBAPIError, match="never changed"),
            accounts.database._engine.begin() as connection,
        ):
            connection.execute(text(change))
    assert len(accounts.audit.last(9)) == 3


def altered(accounts, statement):
    """Change the log behind the triggers' back, as the owner of a database can."""
    with accounts.database._engine.begin() as connection:
        if accounts.database.is_file:
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("DROP TRIGGER audit_no_delete"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE audit SET did = 'x' WHERE number = 2", "entry 2: was changed"),
        ("DELETE FROM audit WHERE number = 2", "entry 2: is missing"),
        ("UPDATE audit SET previous = 'x' WHERE number = 3", "entry 3: does not"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(docket_address, change, told):
    accounts = some(docket_address)
    altered(accounts, change)
    (problem,) = accounts.audit.problems()
    assert told in problem
