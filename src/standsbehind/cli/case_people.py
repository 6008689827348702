"""`behind case people`: who may act in the docket, and in which roles."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.case_desk import desk_options, named
from standsbehind.cli.session import Session, pass_session, print_json

if TYPE_CHECKING:
    from standsbehind.model.act import ActKind

__all__ = ["people"]

_by_option = click.option(
    "--as", "by", envvar="BEHIND_AS", default="", help="Who acts (BEHIND_AS)."
)


@click.group(short_help="Say who may act, in which roles.")
def people() -> None:
    """Say who may act, and in which roles; each change stays on record."""


@people.command(name="add")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(("researcher", "reviewer", "decider")),
    help="What the person may be; repeatable.",
)
@_by_option
@desk_options
@pass_session
def add_person(session: Session, name: str, **options: Any) -> None:
    """Enrol NAME, or give NAME other roles. The first person enrols themself.

    Nobody changes their own roles.
    """
    roles = list(dict.fromkeys(options["roles"]))
    _put(session, "enrol", {"name": named(name, "NAME"), "roles": roles}, options)


@people.command()
@click.argument("name")
@_by_option
@desk_options
@pass_session
def retire(session: Session, name: str, **options: Any) -> None:
    """Take NAME off the people who may act; what NAME did stays."""
    _put(session, "retire", {"name": named(name, "NAME")}, options)


def _put(
    session: Session, kind: "ActKind", told: Mapping[str, Any], options: dict[str, Any]
) -> None:
    from standsbehind.model.act import Draft

    by = named(options["by"] or told["name"], "--as")
    session.docket.add_person(Draft(kind, by, None, told), session.now)
    _tell(session, told["name"], as_json=options["as_json"])


@people.command(name="list")
@desk_options
@pass_session
def list_people(session: Session, as_json: bool) -> None:
    """List who may act."""
    _tell(session, None, as_json=as_json)


def _tell(session: Session, name: str | None, *, as_json: bool) -> None:
    """Tell the roles of one person, or of all; as JSON always of all."""
    roles = session.docket.people().roles
    if as_json:
        print_json({"people": [{"name": n, "roles": r} for n, r in roles.items()]})
        return
    for one in [name] if name else roles:
        click.echo(f"{one}: {', '.join(roles.get(one, ())) or 'may act no longer'}")
    if not name and not roles:
        click.echo("nobody may act yet; `behind case people add` enrols the first")
