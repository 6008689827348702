"""`behind case find`, `notify`, `review`, `decide`, `appeal` and `close`: the way to a decision."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.case_desk import (
    acting_options,
    drafted,
    kept_file,
    put_on_record,
    reason_option,
    said,
    text_or_file,
)
from standsbehind.cli.session import (
    Day,
    Session,
    as_of_option,
    known_on_option,
    pass_session,
    print_json,
    write,
)

if TYPE_CHECKING:
    from standsbehind.model.act import ActKind

__all__ = ["appeal", "close", "decide", "find", "notify", "review"]

_OUTCOMES = ("made", "not-made", "allowed", "dismissed")

_seen_option = click.option(
    "--seen",
    type=int,
    metavar="N",
    help="How many acts you have read; refused where more have come (all until now).",
)


@click.command(short_help="Propose what assess finds.")
@click.argument("key", metavar="CASE")
@click.argument("norms", metavar="CLASS...", nargs=-1, required=True)
@click.option("--reason", default="", help="Why it corrects a decided finding.")
@as_of_option
@known_on_option
@acting_options
@pass_session
def find(session: Session, key: str, norms: tuple[str, ...], **options: Any) -> None:
    """Propose what `behind assess` finds of the subject of CASE for each CLASS (as in C1).

    What is found is taken over as it is, with its grounds and its snapshot; nothing can be
    typed. One of a class that was found before takes the place of the earlier one.
    """
    from standsbehind.cases.filing import proposed

    case = session.docket.case(key)
    why = options["reason"].strip()
    found = proposed(session.lookup, case, norms, options["as_of"], why)
    drafts = [drafted(session, "find", what, options) for what in found]
    put_on_record(session, key, drafts, options)
    if not options["as_json"]:
        for what in found:
            click.echo(f"{what.norm} {what.title}: {what.result}")


@click.command(short_help="Write the notice to the subject.")
@click.argument("key", metavar="CASE")
@click.option("--to", required=True, help="Name and address of the subject.")
@click.option("--from", "sender", required=True, help="Who writes.")
@click.option("--reply-to", required=True, help="Where a reply goes.")
@click.option(
    "--draft", is_flag=True, help="Write the letter, and put nothing on record."
)
@click.option("--out", metavar="PATH", help="Where to write the letter (stdout).")
@acting_options
@pass_session
def notify(session: Session, key: str, out: str | None, **options: Any) -> None:
    """Write the letter that tells the subject of CASE what is proposed; it has 30 days.

    The letter is put on record as sent today, word for word; --draft only writes it.
    """
    from standsbehind.reports.cases import case_json
    from standsbehind.reports.letters import Terms, notice

    case = session.docket.case(key)
    terms = Terms(
        said(options["to"], "--to"),
        said(options["sender"], "--from"),
        said(options["reply_to"], "--reply-to"),
        session.now.date(),
    )
    what = notice(case, terms)
    if not options["draft"]:
        draft = drafted(session, "notify", what, options)
        session.docket.add(key, [draft], session.now, seen=len(case.acts))
    if out or not options["as_json"]:
        write(what.letter, out)
    if options["as_json"]:
        print_json({"case": case_json(session.docket.case(key)), "letter": what.letter})


@click.command(short_help="Agree or object.")
@click.argument("key", metavar="CASE")
@click.argument("finding", type=int)
@click.option("--agree/--object", "agrees", required=True, help="The reviewer's word.")
@reason_option
@_seen_option
@acting_options
@pass_session
def review(session: Session, key: str, finding: int, **options: Any) -> None:
    """Review FINDING (the number of its act) of CASE, after the subject had its say."""
    from standsbehind.model.filed import Review

    reason = said(options["reason"], "--reason")
    _put_seen(
        session, key, "review", Review(finding, options["agrees"], reason), options
    )


@click.command(short_help="Decide a finding or an appeal.")
@click.argument("key", metavar="CASE")
@click.argument("finding", type=int)
@click.argument("outcome", type=click.Choice(_OUTCOMES))
@reason_option
@_seen_option
@acting_options
@pass_session
def decide(
    session: Session, key: str, finding: int, outcome: str, **options: Any
) -> None:
    """Decide FINDING of CASE: made or not-made; or its appeal: allowed or dismissed.

    Where two decide at once, the first counts and the second is told.
    """
    from standsbehind.model.filed import Decision, Ruling

    reason = said(options["reason"], "--reason")
    match outcome:
        case "allowed" | "dismissed":
            _put_seen(session, key, "rule", Ruling(finding, outcome, reason), options)
        case "made":
            decision = Decision(finding, "made", reason)
            _put_seen(session, key, "decide", decision, options)
        case _:
            decision = Decision(finding, "not made", reason)
            _put_seen(session, key, "decide", decision, options)


def _put_seen(
    session: Session, key: str, kind: "ActKind", what: object, options: dict[str, Any]
) -> None:
    """Put a word on record that rests on what was read: what came since undoes it."""
    seen = options["seen"]
    if seen is None:
        seen = len(session.docket.case(key).acts)
    draft = drafted(session, kind, what, options)
    put_on_record(session, key, [draft], options, seen)


@click.command(short_help="Put an appeal on record.")
@click.argument("key", metavar="CASE")
@click.argument("finding", type=int)
@click.argument("text", default="")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The appeal as it came; a copy is kept.",
)
@click.option("--received", type=Day(), help="The day on which it came (today).")
@acting_options
@pass_session
def appeal(session: Session, key: str, finding: int, text: str, **options: Any) -> None:
    """Put on record that the subject appeals against the decision on FINDING of CASE."""
    from standsbehind.model.filed import Appeal

    words, content = text_or_file(text, options["file"])
    day = options["received"] or session.now.date()
    what = Appeal(finding, day.isoformat(), words, kept_file(session, content))
    draft = drafted(session, "appeal", what, options)
    put_on_record(session, key, [draft], options)


@click.command(short_help="Close a case.")
@click.argument("key", metavar="CASE")
@reason_option
@_seen_option
@acting_options
@pass_session
def close(session: Session, key: str, **options: Any) -> None:
    """Close CASE. A reply, an appeal or a correction may still come."""
    from standsbehind.model.filed import Closing

    what = Closing(said(options["reason"], "--reason"))
    _put_seen(session, key, "close", what, options)
