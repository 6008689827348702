"""`behind case`: open a case, list and show cases, and say who may act."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.case_deciding import appeal, close, decide, find, notify, review
from standsbehind.cli.case_desk import (
    acting_options,
    desk_options,
    drafted,
    reason_option,
    said,
    tell,
)
from standsbehind.cli.case_filing import add, check, conflict, correct, reply
from standsbehind.cli.case_people import people
from standsbehind.cli.case_sealing import seal
from standsbehind.cli.session import Session, pass_session, print_json
from standsbehind.errors import EvidenceError

if TYPE_CHECKING:
    from standsbehind.model.case import Case
    from standsbehind.model.filed import Proposal

__all__ = ["case"]


@click.group()
def case() -> None:
    """Run a case: evidence, notice, reply, finding, appeal, each act on record for good.

    Nobody decides alone: one person proposes, a second reviews, a third decides.
    """


@case.command(short_help="Open a case.")
@click.argument("entity")
@reason_option
@click.option(
    "--standard",
    default="biometric-surveillance",
    show_default=True,
    metavar="ID",
    help="The standard to apply.",
)
@acting_options
@pass_session
def new(session: Session, entity: str, standard: str, **options: Any) -> None:
    """Open a case on ENTITY (an id or a name)."""
    from standsbehind.model.filed import Opening
    from standsbehind.standards.norms import load_standard

    key = session.lookup.find(entity)[0]
    opening = Opening(
        subject=key,
        caption=session.reader.caption(key),
        standard=load_standard(standard).id,
        reason=said(options["reason"], "--reason"),
    )
    act = session.docket.open(drafted(session, "open", opening, options), session.now)
    tell(session, [act], options)


@case.command(name="list", short_help="List the cases.")
@desk_options
@pass_session
def list_cases(session: Session, as_json: bool) -> None:
    """List the cases, with how far each has come."""
    from standsbehind.reports.cases import case_line
    from standsbehind.reports.plain import one_line

    found = session.docket.cases()
    if as_json:
        print_json({"cases": [_in_short(one) for one in found]})
        return
    for one in found:
        click.echo(one_line(case_line(one)))
    if not found:
        click.echo("no case; `behind case new` opens one")


def _in_short(one: "Case") -> dict[str, Any]:
    return {
        "id": one.id,
        "subject": {"id": one.opening.subject, "caption": one.opening.caption},
        "state": one.state,
        "acts": len(one.acts),
        "head": one.head,
    }


@case.command(short_help="Show a case.")
@click.argument("key", metavar="CASE")
@click.option(
    "--holds",
    metavar="DIGEST",
    help="Say whether the case has the act of this digest, as a letter names it.",
)
@desk_options
@pass_session
def show(session: Session, key: str, holds: str | None, as_json: bool) -> None:
    """Show CASE: findings with the reply beside each claim, and every act.

    The chain of acts is checked first; the first act that is not what was written is named.
    """
    from standsbehind.reports import terminal
    from standsbehind.reports.cases import case_json, case_text

    found = session.docket.case(key)
    if holds and holds.lower() not in {act.digest for act in found.acts}:
        message = (
            f"case {key}: has no act of digest {holds}; one was taken out or exchanged"
        )
        raise EvidenceError(message)
    if as_json:
        print_json({"case": case_json(found)})
    else:
        terminal.console().print(case_text(found))


@case.command(short_help="Make the findings again.")
@click.argument("key", metavar="CASE")
@desk_options
@pass_session
def again(session: Session, key: str, as_json: bool) -> int:
    """Make each finding of CASE again on its snapshot; leave with 3 if one is not the same.

    One that was made with another edition of the standard is named, and not compared.
    """
    found = session.docket.case(key)
    told = {one.number: _made_again(session, found, one.what) for one in found.findings}
    if as_json:
        print_json(
            {"case": key, "findings": {str(n): word for n, word in told.items()}}
        )
    else:
        for number, word in told.items():
            click.echo(f"finding {number}: {word}")
    return EvidenceError.exit_code if _OTHER in told.values() else 0


_OTHER = "not the same"


def _made_again(session: Session, found: "Case", held: "Proposal") -> str:
    from standsbehind.cases.filing import proposed

    session.open_at(session.home.reopen(held.snapshot, 0), None)
    day = date.fromisoformat(held.as_of) if held.as_of else None
    (made,) = proposed(session.lookup, found, [held.norm], day, held.reason)
    if made.standard_digest != held.standard_digest:
        return f"found by another edition of {held.standard} ({held.version})"
    return "the same" if made == held else _OTHER


for verb in (
    add,
    notify,
    reply,
    find,
    review,
    decide,
    appeal,
    correct,
    conflict,
    close,
    check,
    seal,
    people,
):
    case.add_command(verb)
