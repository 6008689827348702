"""`behind commitments`: what firms promised, and what came after."""

from typing import Any

import click

from standsbehind.answers.terms import iso
from standsbehind.cli.answers import page_options, receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
)
from standsbehind.cli.showing import answered

__all__ = ["commitments"]


@click.command()
@click.argument("entity", required=False)
@as_of_option
@known_on_option
@page_options
@receipt_option
@json_option
@pass_session
def commitments(session: Session, entity: str | None, **options: Any) -> None:
    """Tell what ENTITY (an id or a name; all, where none is named) promised.

    For each commitment: its text, day and scope, what came after by day with its sources,
    how it stands by a rule that is the same for all, and what the subject answers. With
    --as-of, acts that began later are left out.
    """
    # A receipt is named by what was asked about; all firms have no name.
    named = {"entity": entity} if entity else {}
    asked = {**named, "as_of": iso(options["as_of"])}
    answered(session, "commitments", asked, options)
