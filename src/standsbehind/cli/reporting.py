"""`behind common`, `rank` and `around`: what a reporter asks of many links at once."""

from typing import Any

import click

from standsbehind.answers.traces import COMMON_TERMS
from standsbehind.cli.answers import receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
)
from standsbehind.cli.showing import answered
from standsbehind.cli.tracing import terms_of, walking_options

__all__ = ["around", "common", "rank"]


@click.command()
@click.argument("entities", metavar="ENTITY ENTITY...", nargs=-1, required=True)
@click.option("--hops", default=2, show_default=True, type=click.IntRange(1, 250))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@click.option(
    "--owners", is_flag=True, help="Only owners and who controls, at any remove."
)
@walking_options
@as_of_option
@known_on_option
@receipt_option
@json_option
@pass_session
def common(session: Session, entities: tuple[str, ...], **options: Any) -> None:
    """Find what all of the entities lead to: common owners, suppliers, places.

    Each is told with a shortest way from each of the entities.
    """
    asked = {"entities": list(entities), **terms_of(COMMON_TERMS, options)}
    answered(session, "common", asked, options)


@click.command()
@click.argument("types", metavar="TYPE,TYPE")
@click.option(
    "--by",
    type=click.Choice(["source", "target"]),
    default="source",
    show_default=True,
    help="Rank those who act (suppliers), or those acted upon (buyers).",
)
@click.option(
    "--listed", is_flag=True, help="Count only others that a list ever named."
)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000))
@as_of_option
@known_on_option
@receipt_option
@json_option
@pass_session
def rank(session: Session, types: str, **options: Any) -> None:
    """Rank who has links of a type (Supply, owned ...) with the most others.

    `behind rank Supply --listed` tells who supplies the most listed buyers.
    """
    terms = dict.fromkeys(("by", "listed", "limit"))
    answered(session, "rank", {"types": types, **terms_of(terms, options)}, options)


@click.command()
@click.argument("entity")
@click.option(
    "--days",
    default=365,
    show_default=True,
    type=click.IntRange(1, 36_500),
    help="How many days before and after each day of a listing.",
)
@known_on_option
@receipt_option
@json_option
@pass_session
def around(session: Session, entity: str, **options: Any) -> None:
    """Tell which links of ENTITY began or ended around the days of its listings."""
    asked = {"entity": entity, "days": options["days"]}
    answered(session, "around", asked, options)
