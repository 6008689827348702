"""Keys: told once, kept as a digest, compared in a time that tells nothing; and how often one may ask."""

import hmac
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from standsbehind.api.rates import Bucket, block_of
from standsbehind.errors import UsageError
from standsbehind.model import account
from tests.accounts.conftest import now


def test_the_secret_is_nowhere_in_the_database(accounts, guarded_home):
    made = accounts.new_key("reader", ["read"], 1, "root", now())
    secret = made.secret.rpartition("_")[2]
    for file in guarded_home.folder.glob("docket.sqlite*"):
        assert secret.encode() not in file.read_bytes()
    with accounts.database.reading() as connection:
        for table in ("users", "keys", "sessions", "audit"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
            assert secret not in repr(rows)
    assert secret not in repr(made.key)


def test_a_key_opens_until_its_last_second(accounts):
    made = accounts.new_key("reader", ["read"], 1, "root", now())
    end = made.key.expires
    caller = accounts.caller_of_key(made.secret, end - timedelta(seconds=1))
    assert (caller.name, caller.scopes) == ("reader", {"read"})
    assert accounts.caller_of_key(made.secret, end) is None


def test_secrets_are_compared_in_constant_time_also_for_no_key(accounts, monkeypatch):
    compared = []

    def noted(one, other):
        compared.append((len(one), len(other)))
        return hmac.compare_digest(one, other)

    monkeypatch.setattr(account, "hmac", type("", (), {"compare_digest": noted}))
    made = accounts.new_key("reader", ["read"], 1, "root", now())
    wrong = made.secret[:-4] + ("AAAA" if made.secret[-4:] != "AAAA" else "BBBB")
    unknown = "sb_0000000000_" + wrong[-43:]
    for told in (made.secret, wrong, unknown, "nothing like a key", ""):
        accounts.caller_of_key(told, now())
    assert compared == [(64, 64)] * 5


@pytest.mark.parametrize("header", ["ApiKey", "Bearer", "apikey"])
def test_clients_send_the_key_as_they_do(anyone, key_of, header):
    key = key_of("reader")["authorization"].split()[1]
    answer = anyone.get("/catalog", headers={"authorization": f"{header} {key}"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_disabled_user_is_let_in_no_more(accounts, anyone):
    accounts.add("leaver", "reader", "root", now())
    made = accounts.new_key("leaver", ["read"], 9, "root", now())
    accounts.disable("leaver", "root", now())
    sent = {"authorization": f"ApiKey {made.secret}"}
    assert anyone.get("/catalog", headers=sent).status_code == 401
    accounts.add("leaver", "reader", "root", now())  # back, but the old key stays shut
    assert accounts.caller_of_key(made.secret, now()) is None


def test_names_that_a_log_cannot_hold_are_refused(accounts):
    for name in ("", "two words", "a\nb", "x" * 65):
        with pytest.raises(UsageError, match="not a name"):
            accounts.add(name, "reader", "root", now())
    with pytest.raises(UsageError, match="no such user"):
        accounts.new_key("nobody", ["read"], 1, "root", now())


def test_a_bucket_fills_again():
    clock = [0.0]
    bucket = Bucket(60, lambda: clock[0])
    assert [bucket.take("a") for _ in range(60)] == [0] * 60
    assert bucket.take("a") == 1
    assert bucket.take("b") == 0
    clock[0] = 1.0
    assert (bucket.take("a"), bucket.take("a")) == (0, 1)


def test_one_key_and_one_address_may_ask_so_often(guarding, key_of):
    terms = {"per_caller": 3, "per_address": 8}
    mine, other = key_of("reader"), key_of("screener")
    with (
        guarding(**terms) as address,
        httpx.Client(base_url=address) as client,
    ):
        asked = [client.get("/algorithms", headers=mine) for _ in range(4)]
        assert [one.status_code for one in asked] == [200, 200, 200, 429]
        assert 1 <= int(asked[-1].headers["retry-after"]) <= 20
        assert client.get("/algorithms", headers=other).status_code == 200
        last = [client.get("/healthz").status_code for _ in range(4)]
        assert last == [200, 200, 200, 429]


def test_who_guesses_keys_must_wait_even_with_a_right_one(guarding, key_of):
    wrong = {"authorization": f"ApiKey sb_0123456789_{'A' * 43}"}
    with (
        guarding(failures=3) as address,
        httpx.Client(base_url=address) as client,
    ):
        asked = [client.get("/catalog", headers=wrong).status_code for _ in range(4)]
        assert asked == [401, 401, 401, 429]
        assert client.get("/catalog", headers=key_of("reader")).status_code == 429


def test_a_session_that_is_over_locks_nobody_out(guarding, key_of):
    old = {"cookie": "behind_session=over"}
    with (
        guarding(failures=2) as address,
        httpx.Client(base_url=address) as client,
    ):
        asked = [client.get("/catalog", headers=old).status_code for _ in range(4)]
        assert asked == [401] * 4
        assert client.get("/catalog", headers=key_of("reader")).status_code == 200


def test_no_secret_in_logs_errors_or_the_audit_log(anyone, accounts, key_of, caplog):
    caplog.set_level(logging.DEBUG)
    good = key_of("admin")["authorization"].split()[1]
    bad = good[:-5] + "XXXXX"
    said = []
    for key in (good, bad):
        for method, path in (
            ("GET", "/api/v1/snapshot"),
            ("POST", "/updatez?token=hunter2"),
            ("POST", "/match/default"),
        ):
            sent = {"authorization": f"Bearer {key}"}
            answer = anyone.request(method, path, headers=sent)
            said += [answer.text, str(answer.headers)]
    # The client is in this process too; what it logs of itself is not the server's.
    ours = [one for one in caplog.records if not one.name.startswith("http")]
    said += [one.getMessage() for one in ours]
    said.append(repr(accounts.audit.last(10**6)))
    for secret in (good[14:], bad[14:], "hunter2"):
        assert not any(secret in one for one in said)


def at_once(client, *requests):
    """Send requests together; give their statuses."""
    with ThreadPoolExecutor(len(requests)) as pool:
        sent = [pool.submit(client.send, request) for request in requests]
        return [one.result().status_code for one in sent]


def test_guesses_that_come_together_are_counted_before_they_are_looked_at(guarding):
    with (
        guarding(failures=3) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        wrong = [{"authorization": f"ApiKey sb_0123456789_{n:043}"} for n in range(12)]
        tried = [client.build_request("GET", "/catalog", headers=one) for one in wrong]
        assert sorted(at_once(client, *tried)) == [401] * 3 + [429] * 9


def test_a_key_that_is_right_may_come_many_times_together(guarding, key_of):
    with (
        guarding(failures=2) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        right = client.build_request("GET", "/algorithms", headers=key_of("reader"))
        assert set(at_once(client, *[right] * 12)) == {200}


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not an address", "not an address"),
    ],
)
def test_whoever_has_a_block_of_addresses_is_one_asker(address, block):
    assert block_of(address) == block
