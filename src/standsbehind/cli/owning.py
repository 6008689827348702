"""`behind owners` and `owned-by`: who holds an entity, what it holds, and which rules reach it."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from standsbehind.cli.answers import picture_options, receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
)
from standsbehind.cli.showing import answered
from standsbehind.errors import UsageError

__all__ = ["owned_by", "owners"]


def _options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options of a question about ownership."""
    for option in (
        json_option,
        receipt_option,
        picture_options,
        known_on_option,
        as_of_option,
        click.option(
            "--limit", default=200, show_default=True, type=click.IntRange(1, 100_000)
        ),
        click.option(
            "--test",
            "tests",
            multiple=True,
            metavar="A,B",
            help="Only these tests, as in us-ofac-50,eu-50-control; repeatable (all).",
        ),
        click.option(
            "--by",
            multiple=True,
            metavar="ENTITY",
            help="Take this as a listed holder; repeatable (those the data lists).",
        ),
    ):
        verb = option(verb)
    return verb


def _asked(session: Session, entity: str, options: dict[str, Any]) -> dict[str, Any]:
    day = options["as_of"] or session.now.date()
    return {
        "entity": entity,
        "by": list(options["by"]),
        "tests": _tests(options["tests"]),
        "limit": options["limit"],
        "as_of": day.isoformat(),
    }


def _tests(given: Sequence[str]) -> list[str]:
    """Read the names of tests; raises UsageError for one that is not known."""
    from standsbehind.standards.ownership_tests import load_ownership_tests

    named = [name.strip() for group in given for name in group.split(",")]
    known = load_ownership_tests()
    for name in filter(None, named):
        if name not in known:
            message = f"--test {name}: no such test; known are {', '.join(known)}"
            raise UsageError(message)
    return list(dict.fromkeys(filter(None, named)))


@click.command()
@click.argument("entity")
@_options
@pass_session
def owners(session: Session, entity: str, **options: Any) -> None:
    """Say who holds ENTITY, directly and through others, and which rules reach it so.

    A share is printed as the bounds in which sources state it. A test answers YES, NO or
    UNDETERMINED, with the fact that would decide.
    """
    answered(session, "owners", _asked(session, entity, options), options)


@click.command("owned-by")
@click.argument("entity")
@_options
@pass_session
def owned_by(session: Session, entity: str, **options: Any) -> None:
    """Say what ENTITY holds, directly and through others, and which rules reach ENTITY."""
    answered(session, "owned-by", _asked(session, entity, options), options)
