"""`behind show`, `trace` and `effects`: what is known of one entity, or between two."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.options import position_options
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
    print_json,
)
from standsbehind.errors import UnknownEntityError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from standsbehind.tracing.paths import Trace

__all__ = ["effects", "show", "trace", "traced", "tracing_options"]


@click.command()
@click.argument("entity")
@as_of_option
@known_on_option
@json_option
@pass_session
def show(session: Session, entity: str, as_of: "date | None", as_json: bool) -> None:
    """Show all that is known of ENTITY (an id or a name), with the source of each statement.

    With --as-of, only what is stated of that day: a link or listing that had ended or not
    begun is left out, one without dates stays.
    """
    from standsbehind.cases.screening import own_links
    from standsbehind.reports import document, terminal

    entity_id, *others = session.lookup.find(entity)
    links = own_links(session.reader, entity_id)
    if as_of is not None:
        links = tuple(edge for edge in links if edge.interval.holds_on(as_of))
    if as_json:
        print_json(document.show_json(entity_id, session.reader, links, as_of))
        return
    shown = terminal.show_text(entity_id, session.reader, links, as_of)
    terminal.console().print(shown)
    for other in others:
        click.echo(f"also of that name: {session.reader.caption(other)} ({other})")


def tracing_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that bound a search."""
    for option in (
        click.option(
            "--types", metavar="A,B", help="Only links of these schemata or roles."
        ),
        click.option(
            "--limit", default=10, show_default=True, type=click.IntRange(1, 1000)
        ),
        click.option(
            "--max-hops", default=6, show_default=True, type=click.IntRange(1, 12)
        ),
    ):
        verb = option(verb)
    return verb


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@tracing_options
@as_of_option
@known_on_option
@json_option
@pass_session
def trace(session: Session, source: str, target: str, **options: Any) -> None:
    """Trace how FROM stands behind TO, hop by hop, with the sources of each hop."""
    from standsbehind.reports import document, terminal

    found = traced(session, source, target, options)
    if options["as_json"]:
        print_json(document.trace_json(found, session.reader))
    else:
        terminal.console().print(terminal.paths_text(found, session.reader))


def traced(
    session: Session, source: str, target: str, options: Mapping[str, Any]
) -> "Trace":
    """Search on the session's snapshot. Raises UsageError where both ends are one entity."""
    from standsbehind.tracing.paths import Question
    from standsbehind.tracing.paths import trace as find_paths

    types = (options["types"] or "").split(",")
    question = Question(
        sources=_known(session, source),
        targets=_known(session, target),
        max_hops=options["max_hops"],
        limit=options["limit"],
        as_of=options["as_of"],
        types=frozenset(filter(None, types)),
    )
    if set(question.sources) & set(question.targets):
        message = f"{source} and {target} are the same entity; name two"
        raise UsageError(message)
    return find_paths(session.reader, question)


def _known(session: Session, text: str) -> tuple[str, ...]:
    """Find the entities meant; an end that is not in the data is an answer, not an error."""
    try:
        return tuple(session.lookup.find(text))
    except UnknownEntityError as error:
        click.echo(f"behind: {error}", err=True)
        return (text,)


@click.command()
@click.argument("entity")
@position_options
@json_option
@pass_session
def effects(session: Session, entity: str, as_json: bool, **options: Any) -> None:
    """Say what each program does about ENTITY for your role on a day."""
    from standsbehind.cases.effects import effects_for
    from standsbehind.cli.options import position_of
    from standsbehind.reports import document, terminal

    position = position_of(session.now.date(), options)
    found = effects_for(session.reader, session.lookup.find(entity), position)
    if as_json:
        print_json(document.effects_json(found, position, session.reader))
        return
    shown = terminal.effects_text(found, position, session.reader)
    terminal.console().print(shown)
