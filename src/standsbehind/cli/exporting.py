"""`behind export`: the snapshot in other formats."""

from typing import TYPE_CHECKING

import click

from standsbehind.cli.session import (
    Session,
    as_of_option,
    known_on_option,
    pass_session,
    write,
)

if TYPE_CHECKING:
    from datetime import date

__all__ = ["export"]


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["ftm", "statements"]),
    default="ftm",
    show_default=True,
)
@click.option("--out", metavar="PATH", help="Where to write; stdout without it.")
@as_of_option
@known_on_option
@pass_session
def export(session: Session, form: str, out: str | None, as_of: "date | None") -> None:
    """Write the snapshot as FollowTheMoney entities (ftm) or statements (CSV).

    With --as-of, without the links, listings and values that do not hold on that day.
    """
    from standsbehind.reports import export as exports

    written = exports.ftm_entities if form == "ftm" else exports.ftm_statements
    write("".join(written(session.reader, as_of)), out)
