"""`behind users`, and what `behind serve` refuses to do without it."""

import io
import stat


def test_a_user_is_given_a_key_once(behind, monkeypatch):
    monkeypatch.setenv("BEHIND_AS", "root")
    assert behind("users", "add", "ada", "--role", "screener").out == "ada: screener\n"
    made = behind("users", "key", "ada", "--scope", "screen", "--days", "30")
    secret = made.out.strip()
    assert secret.startswith("sb_")
    assert "it is not shown again" in made.err
    listed = behind("users", "list")
    assert f"  {secret[:13]}_...: screen; good, until " in listed.out
    assert secret[14:] not in listed.out + made.err
    assert behind("users", "revoke", secret[3:13]).code == 0
    assert behind("users", "list", "--json").json["keys"][0]["state"] == "revoked"
    log = behind("users", "audit")
    assert "root (command): make ada a user, as screener" in log.out
    assert secret[14:] not in log.out


def test_a_password_comes_from_standard_input(behind, monkeypatch, tmp_path):
    behind("users", "add", "ada", "--role", "reader")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "fewer than 12 characters" in behind("users", "password", "ada").err
    monkeypatch.setattr("sys.stdin", io.StringIO("long enough a password\n"))
    assert behind("users", "password", "ada").out == "ada: has a password\n"
    assert "long enough" not in behind("users", "audit").out
    assert behind("users", "disable", "ada").code == 0
    assert behind("users", "list").out.startswith("ada: reader, disabled\n")
    mode = (tmp_path / "data" / "docket.sqlite").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_others_are_not_served_without_saying_so(behind):
    run = behind("serve", "--host", "192.0.2.1")
    assert run.code == 2
    assert "add --auth, or --open-to-all-i-know" in run.err


def test_what_means_nothing_without_accounts_is_refused(behind):
    run = behind("serve", "--trust-proxy", "10.0.0.1")
    assert run.code == 2
    assert "without --auth" in run.err
