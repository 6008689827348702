"""`behind show` and `effects`: what is known of one entity."""

from collections.abc import Mapping
from typing import Any

import click

from standsbehind.answers.answering import answer_to
from standsbehind.answers.answers import Verb
from standsbehind.answers.terms import iso
from standsbehind.cli.answers import (
    keep_pages,
    keep_receipt,
    need_pdf,
    page_options,
    receipt_option,
)
from standsbehind.cli.options import position_of, position_options
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
    print_json,
    write,
)

__all__ = ["answered", "effects", "placed", "show"]


def answered(
    session: Session, verb: Verb, asked: Mapping[str, Any], options: Mapping[str, Any]
) -> None:
    """Ask, and print the answer as the options say; write its receipt where one is wanted."""
    if options.get("pdf"):
        need_pdf()
    answer = answer_to(session, verb, asked)
    if options["as_json"]:
        print_json(answer.document)
    elif options.get("as_csv") and answer.table:
        write(answer.table(), None)
    else:
        from standsbehind.reports import terminal

        terminal.console().print(answer.shown())
    keep_pages(session, answer, asked, options)
    if options["receipt"]:
        keep_receipt(session, verb, asked, answer, options["receipt"])


def placed(session: Session, options: Mapping[str, Any]) -> dict[str, Any]:
    """Give who asks, where and for which day as plain values; the day is today by default."""
    position = position_of(session.now.date(), options)
    return {
        "roles": list(position.roles),
        "in": position.jurisdiction,
        "as_of": position.as_of.isoformat(),
    }


@click.command()
@click.argument("entity")
@as_of_option
@known_on_option
@page_options
@receipt_option
@json_option
@pass_session
def show(session: Session, entity: str, **options: Any) -> None:
    """Show all that is known of ENTITY (an id or a name), with the source of each statement.

    With --as-of, only what is stated of that day: a link or listing that had ended or not
    begun is left out, one without dates stays.
    """
    asked = {"entity": entity, "as_of": iso(options["as_of"])}
    answered(session, "show", asked, options)


@click.command()
@click.argument("entity")
@position_options
@receipt_option
@json_option
@pass_session
def effects(session: Session, entity: str, **options: Any) -> None:
    """Say what each program does about ENTITY for your role on a day."""
    asked = {"entity": entity, **placed(session, options)}
    answered(session, "effects", asked, options)
