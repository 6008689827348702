"""Several processes change the accounts of one database at once: the log stays whole, nothing slips through."""

import json
import subprocess
import sys
from pathlib import Path

from standsbehind.store.accounts import Accounts
from tests.accounts.conftest import PASSWORD, now

DRIVER = (sys.executable, "-m", "tests.accounts.driver")


def driven(*arguments):
    done = subprocess.run(
        [*DRIVER, *map(str, arguments)],
        capture_output=True,
        cwd=Path(__file__).parents[2],
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_chain_stays_whole_when_processes_write_to_it_at_once(docket_address):
    assert driven("logs", docket_address, 3, 20) == 60
    accounts = Accounts.at(docket_address)
    assert list(accounts.audit.problems()) == []
    entries = accounts.audit.last(100)
    assert [one.number for one in entries] == list(range(1, 61))
    assert {one.person for one in entries} == {"w0", "w1", "w2"}
    assert [one.name for one in accounts.users()] == [
        "user0",
        "user12",
        "user16",
        "user4",
        "user8",
    ]


def test_of_those_who_add_one_user_at_once_the_last_on_record_gave_the_role(
    docket_address,
):
    assert driven("same_user", docket_address, 4) == [["done"] * 4] * 4
    accounts = Accounts.at(docket_address)
    last = {}
    for entry in accounts.audit.last(100):
        _, name, *_, role = entry.did.replace(",", "").split()
        last[name] = role
    assert {user.name: user.role for user in accounts.users()} == last
    assert list(accounts.audit.problems()) == []


def test_what_was_given_out_while_a_user_was_disabled_opens_nothing(docket_address):
    told = driven("leaving", docket_address, 6)
    accounts = Accounts.at(docket_address)
    for key, _, session in told:
        assert accounts.caller_of_key(key, now()) is None
        assert accounts.caller_of_session(session, now()) is None
    assert all(key.revoked for key in accounts.keys())  # noqa: SIM118 - no dict
    assert list(accounts.audit.problems()) == []


def test_who_knew_the_password_before_it_was_changed_begins_no_session(docket_address):
    accounts = Accounts.at(docket_address)
    accounts.add("ada", "reader", "root", now())
    accounts.set_password("ada", PASSWORD, "root", now())
    proof = accounts.proof_of_password("ada", PASSWORD)
    accounts.set_password("ada", f"{PASSWORD} of today", "root", now())
    assert accounts.begin_session("ada", now(), proof) is None
    proof = accounts.proof_of_password("ada", f"{PASSWORD} of today")
    secret = accounts.begin_session("ada", now(), proof)
    accounts.disable("ada", "root", now())
    accounts.add("ada", "reader", "root", now())
    assert accounts.caller_of_session(secret, now()) is None
    assert accounts.begin_session("ada", now(), proof) is None
