"""`behind users`: whom a server lets in, by which keys, and what they did."""

import getpass
import sys
from collections.abc import Callable
from typing import Any

import click

from standsbehind.cli.case_desk import desk_options
from standsbehind.cli.session import Session, docket_option, pass_session, print_json
from standsbehind.errors import EvidenceError, UsageError
from standsbehind.model.account import ROLES, SCOPES

__all__ = ["users"]

_by_option = click.option(
    "--as",
    "by",
    envvar="BEHIND_AS",
    default="",
    help="Who does it (BEHIND_AS; your login).",
)


def _changing(verb: Callable[..., Any]) -> Callable[..., Any]:
    return docket_option(_by_option(verb))


def _by(by: str) -> str:
    if said := " ".join(by.split()):
        return said
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        message = "--as: this login has no name; say who does it"
        raise UsageError(message) from error


@click.group(short_help="Say whom a server lets in.")
def users() -> None:
    """Say whom `behind serve --auth` lets in, and as what; each change stays on record."""


@users.command()
@click.argument("name")
@click.option(
    "--role",
    required=True,
    type=click.Choice(ROLES),
    help="Each may what those before it may.",
)
@_changing
@pass_session
def add(session: Session, name: str, role: Any, by: str) -> None:  # noqa: ANN401 - a Literal
    """Add NAME as a user, or give NAME another role.

    NAME can then be given keys, or a password. Who decides in a case is said by
    `behind case people`.
    """
    session.accounts.add(name, role, _by(by), session.now)
    click.echo(f"{name}: {role}")


@users.command(short_help="Let a user in no more.")
@click.argument("name")
@_changing
@pass_session
def disable(session: Session, name: str, by: str) -> None:
    """Let NAME in no more: keys are revoked, the password and sessions are gone."""
    session.accounts.disable(name, _by(by), session.now)
    click.echo(f"{name}: disabled; a server that runs knows it within 5 seconds")


@users.command(short_help="Make a key, and print it once.")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(SCOPES),
    help="What the key is for; repeatable.",
)
@click.option(
    "--days",
    default=90,
    show_default=True,
    type=click.IntRange(1, 730),
    help="After which it opens nothing.",
)
@_changing
@pass_session
def key(session: Session, name: str, scopes: Any, days: int, by: str) -> None:  # noqa: ANN401 - Literals
    """Make a key for NAME and print it, once: only a digest of it is kept.

    It is sent as `Authorization: ApiKey KEY`. The key alone goes to standard output, so
    that it can go to a file without being seen.
    """
    made = session.accounts.new_key(name, scopes, days, _by(by), session.now)
    scopes_told = ", ".join(made.key.scopes)
    session.tell(
        f"key {made.key.id} of {name} for {scopes_told}, until "
        f"{made.key.expires:%Y-%m-%d}; it is not shown again"
    )
    click.echo(made.secret)


@users.command(short_help="Let a key open nothing more.")
@click.argument("key_id", metavar="KEY")
@_changing
@pass_session
def revoke(session: Session, key_id: str, by: str) -> None:
    """Let KEY, named by the ten signs after `sb_`, open nothing more."""
    session.accounts.revoke(key_id, _by(by), session.now)
    click.echo(f"key {key_id}: revoked; a server that runs knows it within 5 seconds")


@users.command(short_help="Give a user a password.")
@click.argument("name")
@_changing
@pass_session
def password(session: Session, name: str, by: str) -> None:
    """Give NAME a password, asked for twice, or read as one line of standard input.

    Only an Argon2id digest of it is kept. Sessions of NAME end.
    """
    if sys.stdin.isatty():
        told = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        told = sys.stdin.readline().rstrip("\r\n")
    session.accounts.set_password(name, told, _by(by), session.now)
    click.echo(f"{name}: has a password")


@users.command(name="list")
@desk_options
@pass_session
def list_users(session: Session, as_json: bool) -> None:
    """List users and keys; of a key only what it is recognised by."""
    accounts = session.accounts
    found, keys = accounts.users(), accounts.keys()
    if as_json:
        print_json(
            {
                "users": [
                    {
                        "name": user.name,
                        "role": user.role,
                        "disabled": user.disabled is not None,
                        "has_password": user.has_password,
                    }
                    for user in found
                ],
                "keys": [
                    {
                        "id": one.id,
                        "user": one.user,
                        "scopes": list(one.scopes),
                        "expires": f"{one.expires:%Y-%m-%dT%H:%M:%SZ}",
                        "state": _state(session, one),
                    }
                    for one in keys
                ],
            }
        )
        return
    for user in found:
        more = ", disabled" if user.disabled else ""
        more += ", has a password" if user.has_password else ""
        click.echo(f"{user.name}: {user.role}{more}")
        for one in keys:
            if one.user == user.name:
                click.echo(
                    f"  sb_{one.id}_...: {', '.join(one.scopes)}; {_state(session, one)}, "
                    f"until {one.expires:%Y-%m-%d}"
                )
    if not found:
        click.echo("no user; `behind users add NAME --role ROLE` adds one")


def _state(session: Session, one: Any) -> str:  # noqa: ANN401 - a Key, which loads late
    if one.revoked:
        return "revoked"
    return "good" if one.is_good(session.now) else "expired"


@users.command(short_help="List what was done.")
@click.option(
    "--last", default=20, show_default=True, type=click.IntRange(1), metavar="N"
)
@desk_options
@pass_session
def audit(session: Session, last: int, as_json: bool) -> int:
    """List what was done, the newest last; leave with 3 if the log is not what was written."""
    from dataclasses import asdict

    from standsbehind.reports.plain import one_line

    log = session.accounts.audit
    entries, problems = log.last(last), list(log.problems())
    if as_json:
        print_json({"entries": list(map(asdict, entries)), "problems": problems})
    else:
        for one in entries:
            who = one.person or "nobody known"
            by = " ".join(filter(None, (one.means, one.address)))
            click.echo(one_line(f"{one.at} {who} ({by}): {one.did}"))
        for problem in problems:
            click.echo(f"behind: {problem}; restore the docket from a backup", err=True)
    return EvidenceError.exit_code if problems else 0
