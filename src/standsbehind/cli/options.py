"""Options that several verbs share: who asks, where, and for which day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.session import as_of_option, known_on_option
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.effects import Position

__all__ = [
    "country_codes",
    "file_options",
    "position_of",
    "position_options",
    "role_options",
]

ROLES = ("buyer", "contractor", "exporter", "importer", "investor", "bank", "deployer")


class Roles(click.ParamType[tuple[str, ...]]):
    """One role or several, with commas between them."""

    name = "role"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """Read the roles; an unknown one is refused with the list of those known."""
        roles = tuple(filter(None, str(value).lower().split(",")))
        for role in roles:
            if role not in ROLES:
                self.fail(
                    f"{role!r} is not a role; known are {', '.join(ROLES)}", param, ctx
                )
        return roles


def role_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options `--role` and `--in`."""
    for option in (
        click.option(
            "--in",
            "jurisdiction",
            metavar="JURISDICTION",
            help="Where you act: us, eu, gb, de ...",
        ),
        click.option(
            "--role",
            "roles",
            type=Roles(),
            multiple=True,
            help=f"Your role: {', '.join(ROLES)}; repeatable (buyer).",
        ),
    ):
        verb = option(verb)
    return verb


def position_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options `--role`, `--in`, `--as-of` and `--known-on`."""
    return role_options(as_of_option(known_on_option(verb)))


def file_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that say how a file of the user's is read."""
    for option in (
        click.option("--sheet", help="The sheet of a workbook."),
        click.option(
            "--encoding", help="The file's encoding, where the guess is wrong."
        ),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="KIND=HEADING",
            help="Which column is what, as in name=Vendor; repeatable.",
        ),
    ):
        verb = option(verb)
    return verb


def position_of(today: date, options: Mapping[str, Any]) -> "Position":
    """Put the three options together; the day is today where none is given.

    Raises UsageError where the jurisdiction is not a code of two letters.
    """
    from standsbehind.cases.effects import Position

    where = options["jurisdiction"]
    if where is not None and not (
        where.isascii() and where.isalpha() and len(where) == 2
    ):
        message = (
            f"--in {where}: not a jurisdiction; write two letters such as us, eu or gb"
        )
        raise UsageError(message)
    roles = dict.fromkeys(role for group in options["roles"] for role in group)
    return Position(
        options["as_of"] or today, tuple(roles) or ("buyer",), where and where.lower()
    )


def country_codes(given: str) -> tuple[str, ...]:
    """Read the countries of `--country`; raises UsageError where one is none."""
    from standsbehind.screening.files.countries import countries_in

    countries, unknown = countries_in(given)
    if unknown:
        message = (
            f"--country {', '.join(unknown)}: not a country; write a code such as cn"
        )
        raise UsageError(message)
    return countries
