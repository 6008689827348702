"""`behind assess`: what the conduct standard finds of one entity, and on what grounds."""

from typing import Any

import click

from standsbehind.cli.answers import receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
)
from standsbehind.cli.showing import answered

__all__ = ["assess"]


@click.command()
@click.argument("entity")
@click.option(
    "--standard",
    default="biometric-surveillance",
    show_default=True,
    metavar="ID",
    help="The standard to apply.",
)
@as_of_option
@known_on_option
@receipt_option
@json_option
@pass_session
def assess(session: Session, entity: str, standard: str, **options: Any) -> None:
    """Apply the conduct standard to ENTITY (an id or a name): findings with their grounds.

    The standard is the same for everyone and knows no names, countries or lists. With
    --as-of, acts that began later are left out.
    """
    day = options["as_of"].isoformat() if options["as_of"] else None
    asked = {"entity": entity, "standard": standard, "as_of": day}
    answered(session, "assess", asked, options)
