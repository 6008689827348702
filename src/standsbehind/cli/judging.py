"""`behind judge`: a person's reasoned word that a row is not an entity, kept and shown."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.judged import author_of, withdraw_judgement
from standsbehind.cli.options import country_codes, file_options
from standsbehind.cli.screened import open_file
from standsbehind.cli.session import (
    Day,
    Session,
    json_option,
    pass_session,
    print_json,
)
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.judging import BadRow, Bench, Reviewed
    from standsbehind.resolution.judgements import Customer, Judgement

__all__ = ["judge"]

author_option = click.option(
    "--author", envvar="BEHIND_AUTHOR", default="", help="Who judges (BEHIND_AUTHOR)."
)
reason_option = click.option("--reason", required=True, help="Why.")
scope_option = click.option(
    "--scope",
    default="customer",
    show_default=True,
    metavar="SCOPE",
    help="customer, everywhere, or list:ID.",
)


def _reviewed_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        file_options,
        scope_option,
        author_option,
        click.option("--file", metavar="FILE", help="Take the verdicts of a file."),
    ):
        verb = option(verb)
    return verb


@click.group(invoke_without_command=True)
@_reviewed_options
@json_option
@pass_session
def judge(session: Session, file: str | None, **options: Any) -> int:
    """Judge that a row is not an entity: screenings show it, and count no hit.

    With --file, a reviewed table is taken: columns name, entity, verdict (not-same, same,
    unsure), reason, and perhaps author, until and scope. The CSV of a screening with these
    columns added is one.
    """
    verb = click.get_current_context().invoked_subcommand
    if verb is not None and file is None:
        return 0
    if verb is not None or file is None:
        message = (
            "name a verb (not-same, list, withdraw), or a reviewed file with --file"
        )
        raise UsageError(message)
    return _take_file(session, file, options)


def _take_file(session: Session, file: str, options: dict[str, Any]) -> int:
    from standsbehind.cases.judging import read_reviewed

    columns = ("name=name", *options["columns"])
    intake = open_file(file, {**options, "columns": columns}).whole()
    reviewed = read_reviewed(intake, options["author"], options["scope"])
    bench = _bench(session)
    made, bad = _judged(bench, reviewed)
    fresh = _keep(session, made) if made else ()
    bad = sorted((*reviewed.bad, *bad), key=lambda one: one.row)
    if options["as_json"]:
        told = {
            "taken": len(fresh),
            "known": len(made) - len(fresh),
            "not_judged": reviewed.not_judged,
            "bad": [{"row": one.row, "why": one.why} for one in bad],
            "judgements": [one.id for one in fresh],
        }
        print_json(told)
    else:
        _tell(bench, fresh)
        known = len(made) - len(fresh)
        click.echo(
            f"{len(fresh)} taken, {known} known already, {len(bad)} not taken, "
            f"{reviewed.not_judged} without a verdict"
        )
    for one in bad:
        _complain(f"{intake.name}: row {one.row}: {one.why}")
    return 2 if bad else 0


def _judged(
    bench: "Bench", reviewed: "Reviewed"
) -> "tuple[list[Judgement], list[BadRow]]":
    from standsbehind.cases.judging import BadRow

    made: list[Judgement] = []
    bad: list[BadRow] = []
    for word in reviewed.words:
        try:
            made.append(bench.judgement(word))
        except UsageError as error:
            bad.append(BadRow(word.row, str(error)))
    return made, bad


def _bench(session: Session) -> "Bench":
    from standsbehind.cases.judging import Bench

    return Bench(session.reader, session.lookup, session.now)


def _keep(session: Session, made: "Sequence[Judgement]") -> "tuple[Judgement, ...]":
    from standsbehind.publishing.home import timestamp

    return session.home.judgements.keep(made, timestamp(session.now))


def _tell(bench: "Bench", made: "Sequence[Judgement]") -> None:
    from standsbehind.reports.judged import judgement_line
    from standsbehind.reports.plain import one_line

    for one in made:
        click.echo(one_line(judgement_line(one, bench.reader.caption(one.right))))


def _complain(text: str) -> None:
    from standsbehind.reports.plain import one_line

    click.echo(f"behind: {one_line(text)}", err=True)


@judge.command(short_help="Judge that a name is not an entity.")
@click.argument("name")
@click.argument("entity")
@reason_option
@author_option
@click.option("--until", type=Day(), metavar="DATE", help="The last day it holds.")
@scope_option
@click.option("--country", default="", help="The customer's, as in cn; or cn,hk.")
@click.option(
    "--identifier",
    "identifiers",
    multiple=True,
    metavar="KIND=VALUE",
    help="A number of the customer, as in lei=...; repeatable.",
)
@click.option(
    "--other-name",
    "names",
    multiple=True,
    help="Another name, or a product, that the row gives; repeatable.",
)
@json_option
@pass_session
def not_same(session: Session, name: str, entity: str, **options: Any) -> None:
    """Judge that the row of NAME is not ENTITY (an id or a name).

    For a customer, the row must give this name, these countries and these numbers, no more
    and no less. With everywhere or list:ID, any row of this name is meant.
    """
    from standsbehind.cases.judging import Word
    from standsbehind.reports.judged import kept_json
    from standsbehind.resolution.judgement_log import Kept

    word = Word(
        customer=_customer(name, options),
        entity=entity,
        verdict="negative",
        scope=options["scope"],
        author=author_of(options["author"]),
        reason=options["reason"],
        until=options["until"],
    )
    bench = _bench(session)
    one = bench.judgement(word)
    made = _keep(session, [one])
    if options["as_json"]:
        told = [kept_json(Kept(new), bench.standing(Kept(new))) for new in made]
        print_json({"judgement": told[0] if told else None})
    elif made:
        _tell(bench, made)
    else:
        click.echo("known already; nothing was added")


def _customer(name: str, options: dict[str, Any]) -> "Customer":
    from standsbehind.resolution.judgements import Customer

    return Customer(
        " ".join(name.split()),
        tuple(options["names"]),
        country_codes(options["country"]),
        tuple(map(_identifier, options["identifiers"])),
    )


def _identifier(pair: str) -> tuple[str, str]:
    kind, equals, value = pair.partition("=")
    return (kind.strip(), value.strip()) if equals else ("identifier", pair.strip())


@judge.command(name="list", short_help="List what was judged, and how it stands.")
@click.option(
    "--all", "show_all", is_flag=True, help="Also what was withdrawn or replaced."
)
@json_option
@pass_session
def list_judgements(session: Session, show_all: bool, as_json: bool) -> None:
    """List what was judged and how each stands on today's data, oldest first."""
    from standsbehind.reports.judged import kept_json, kept_line
    from standsbehind.reports.plain import one_line

    kept = session.home.judgements.read().kept
    bench = _bench(session)
    shown = [(one, bench.standing(one)) for one in kept if show_all or one.counts]
    if as_json:
        print_json({"judgements": [kept_json(*pair) for pair in shown]})
        return
    for one, standing in shown:
        caption = bench.reader.caption(
            bench.lookup.merges.canonical(one.judgement.right)
        )
        click.echo(one_line(kept_line(one, caption, standing)))
    if not shown:
        click.echo("nothing is judged; `behind judge not-same` begins")


@judge.command(short_help="Take a judgement back.")
@click.argument("judgement", metavar="ID")
@reason_option
@author_option
@json_option
@pass_session
def withdraw(session: Session, judgement: str, **options: Any) -> None:
    """Take the judgement of ID back; it stays in the log, and its hit is a hit again."""
    withdraw_judgement(session, judgement, options)
