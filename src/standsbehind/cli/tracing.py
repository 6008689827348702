"""`behind trace` and `near`: the paths between two, and what lies around one."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from standsbehind.answers.terms import iso
from standsbehind.answers.traces import NEAR_TERMS, TRACE_TERMS
from standsbehind.cli.answers import picture_options, receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
)
from standsbehind.cli.showing import answered

__all__ = ["near", "terms_of", "trace", "tracing_options", "walking_options"]


def _with(
    *options: Callable[[Callable[..., Any]], Callable[..., Any]],
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a verb several options, which its help tells in this order."""

    def given(verb: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            verb = option(verb)
        return verb

    return given


walking_options = _with(
    click.option(
        "--types", metavar="A,B", help="Only links of these schemata or roles."
    ),
    click.option(
        "--status",
        metavar="A,B",
        help="Only links told in these voices: official, company, reported ...",
    ),
    click.option(
        "--min-voice",
        metavar="VOICE",
        help="Only links told in this voice or stronger.",
    ),
    click.option(
        "--min-origins",
        metavar="N",
        default=0,
        type=click.IntRange(0, 1000),
        help="Only links with at least so many independent origins.",
    ),
    click.option(
        "--direction",
        type=click.Choice(["any", "out", "in"]),
        default="any",
        show_default=True,
        help="Follow the links as they run (out), against them (in), or both.",
    ),
    click.option(
        "--hubs",
        metavar="N",
        type=click.IntRange(1, 10**9),
        help="Walk through nobody with more than N links of one type.",
    ),
    click.option(
        "--time-limit",
        metavar="SECONDS",
        default=10.0,
        show_default=True,
        type=click.FloatRange(0.01, 86_400),
        help="Stop there, and say what was cut.",
    ),
)

tracing_options = _with(
    click.option(
        "--max-hops", default=6, show_default=True, type=click.IntRange(1, 250)
    ),
    click.option(
        "--limit", default=10, show_default=True, type=click.IntRange(1, 10_000)
    ),
    click.option("--all", "every", is_flag=True, help="All paths, not the best few."),
    click.option("--shortest", is_flag=True, help="Only paths of the fewest hops."),
    walking_options,
)
"""The options that bound a search for paths."""


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@tracing_options
@as_of_option
@known_on_option
@picture_options
@receipt_option
@json_option
@pass_session
def trace(session: Session, source: str, target: str, **options: Any) -> None:
    """Trace how FROM stands behind TO, hop by hop, with the sources of each hop.

    FROM and TO are an id, a name (of a place, a capability or a norm too), or list:NAME
    for all that a list names. The paths come shortest first, of equal ones that with the
    strongest weakest hop. A path is as strong as its weakest hop.
    """
    ends = {"source": source, "target": target}
    answered(session, "trace", {**ends, **terms_of(TRACE_TERMS, options)}, options)


@click.command()
@click.argument("entity")
@click.option("--hops", default=2, show_default=True, type=click.IntRange(1, 250))
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@click.option(
    "--schema", metavar="A,B", help="Tell only entities of these types: Company ..."
)
@click.option(
    "--listed", is_flag=True, help="Tell only entities that a list ever named."
)
@walking_options
@as_of_option
@known_on_option
@receipt_option
@json_option
@pass_session
def near(session: Session, entity: str, **options: Any) -> None:
    """Tell everything within some hops of ENTITY, each with one shortest way to it."""
    asked = {"entity": entity, **terms_of(NEAR_TERMS, options)}
    answered(session, "near", asked, options)


def terms_of(terms: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the options that bound a search as plain values, with the day."""
    return {
        **{name: options[name] for name in terms},
        "as_of": iso(options["as_of"]),
    }
