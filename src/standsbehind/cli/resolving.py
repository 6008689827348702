"""`behind resolve`: which records of the lists are one entity, as numbers and people say."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.judged import author_of, publish_judged, withdraw_judgement
from standsbehind.cli.session import (
    Day,
    Session,
    json_option,
    pass_session,
    print_json,
)

if TYPE_CHECKING:
    from standsbehind.cases.resolving import PairBench
    from standsbehind.resolution.judgements import Linked, Verdict

__all__ = ["resolve"]

_LINKS: "dict[str, tuple[Linked, Verdict]]" = {
    "same-brand": ("same_brand", "negative"),
    "renamed": ("renamed", "unsure"),
    "succeeded": ("succeeded", "negative"),
    "split": ("split", "negative"),
}
"""Each link, and what it says of the two being one. A firm that was renamed is the same legal
entity, where that is known: then judge it the same."""


@click.group()
def resolve() -> None:
    """Say which records of the lists are one entity, which are not, and how they are linked.

    Records that share a number of the register, an LEI or a list's own number are one. A
    likeness of names makes nothing one: `candidates` proposes, and a person judges.
    """


def _judging_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--reason", required=True, help="Why."),
        click.option(
            "--author",
            envvar="BEHIND_AUTHOR",
            default="",
            help="Who judges (BEHIND_AUTHOR).",
        ),
        click.option(
            "--evidence",
            "sources",
            multiple=True,
            metavar="URL",
            help="What was read: an address, or a document's name; repeatable.",
        ),
        click.option(
            "--until", type=Day(), metavar="DATE", help="The last day it holds."
        ),
        click.option(
            "--despite-numbers",
            is_flag=True,
            help="It holds although numbers say otherwise: one of them is wrong.",
        ),
        json_option,
    ):
        verb = option(verb)
    return verb


def _pair(verb: Callable[..., Any]) -> Callable[..., Any]:
    verb = click.argument("right", metavar="B")(verb)
    return click.argument("left", metavar="A")(verb)


@resolve.command(short_help="Judge that two records are one entity.")
@_pair
@_judging_options
@pass_session
def same(session: Session, **options: Any) -> None:
    """Judge that records A and B (ids or names) are one entity.

    They are one in the next snapshot, under the id of the one that came first; the other's
    id leads there.
    """
    _judge(session, options, "positive")


@resolve.command(short_help="Judge that two records are not one entity.")
@_pair
@_judging_options
@pass_session
def not_same(session: Session, **options: Any) -> None:
    """Judge that records A and B (ids or names) are two entities.

    Where a number makes them one, say --despite-numbers: the number is wrong in one of them.
    """
    _judge(session, options, "negative")


@resolve.command(short_help="Leave open whether two records are one entity.")
@_pair
@_judging_options
@pass_session
def unsure(session: Session, **options: Any) -> None:
    """Note that it was looked into whether records A and B are one entity, and left open."""
    _judge(session, options, "unsure")


@resolve.command(short_help="Link two records that are not one entity.")
@_pair
@click.option(
    "--as",
    "link",
    required=True,
    type=click.Choice(list(_LINKS)),
    help="How A is linked to B.",
)
@click.option("--since", metavar="DATE", help="Since when: a day, month or year.")
@_judging_options
@pass_session
def link(session: Session, link: str, **options: Any) -> None:
    """Link records A and B, and keep them apart: each stays what its list names.

    same-brand: one brand, two legal entities. renamed, succeeded, split: A is the earlier.
    """
    told, verdict = _LINKS[link]
    _judge(session, options, verdict, told)


def _judge(
    session: Session,
    options: dict[str, Any],
    verdict: "Verdict",
    link: "Linked | None" = None,
) -> None:
    from standsbehind.cases.resolving import PairWord
    from standsbehind.publishing.home import timestamp
    from standsbehind.reports.judged import judgement_line, kept_json
    from standsbehind.reports.plain import one_line
    from standsbehind.resolution.judgement_log import Kept

    bench = _bench(session)
    word = PairWord(
        left=options["left"],
        right=options["right"],
        verdict=verdict,
        author=author_of(options["author"]),
        reason=options["reason"],
        link=link,
        since=options.get("since"),
        sources=options["sources"],
        until=options["until"],
        despite_numbers=options["despite_numbers"],
    )
    one = bench.judgement(word)
    check = bench.check(one, despite_numbers=word.despite_numbers)
    log = session.home.judgements
    made = log.keep([one], timestamp(session.now), check)
    snapshot = publish_judged(session)
    if options["as_json"]:
        told = [kept_json(Kept(new), bench.standing(Kept(new))) for new in made]
        print_json({"judgement": told[0] if told else None, "snapshot": snapshot})
        return
    for new in made:
        caption = bench.reader.caption(bench.lookup.merges.canonical(new.right))
        click.echo(one_line(judgement_line(new, caption)))
    click.echo(f"snapshot {snapshot}" if made else "known already; nothing was added")


def _bench(session: Session) -> "PairBench":
    from standsbehind.cases.resolving import PairBench

    return PairBench(session.reader, session.lookup, session.now)


@resolve.command(short_help="Propose records that may be one entity.")
@click.argument("entities", metavar="[ENTITY]...", nargs=-1)
@click.option("--lists", default="", metavar="A,B", help="Only between these lists.")
@click.option(
    "--threshold",
    default=0.8,
    show_default=True,
    type=click.FloatRange(0.5, 1.0),
    help="How far names must meet.",
)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@json_option
@pass_session
def candidates(
    session: Session, entities: Sequence[str], lists: str, **options: Any
) -> None:
    """Propose pairs of firms and bodies on different lists whose names meet, likest first.

    With ENTITY, only pairs with one of these. Nothing is merged: judge each pair with
    `same`, `not-same`, `unsure` or `link`; then it is not proposed again.
    """
    from standsbehind.cases.candidates import Wanted, propose
    from standsbehind.reports.plain import one_line
    from standsbehind.reports.resolved import candidate_lines

    bench = _bench(session)
    found = tuple(e for told in entities for e in session.lookup.find(told))
    names = tuple(filter(None, lists.split(",")))
    judged = session.home.judgements.read().pairs(session.now.date())
    proposed = propose(bench, Wanted(found, names, options["threshold"]), judged)
    shown = proposed[: options["limit"]]
    if options["as_json"]:
        told = [one.to_json() for one in shown]
        print_json({"candidates": told, "found": len(proposed)})
        return
    for one in shown:
        for number, line in enumerate(candidate_lines(one, bench.reader)):
            click.echo(one_line(line) if not number else f"      {one_line(line)}")
    click.echo(
        f"{len(proposed)} pairs, {len(shown)} shown. A likeness of names proposes; "
        "it makes nothing one."
    )


@resolve.command(name="list", short_help="List what was judged of two records.")
@click.option("--all", "show_all", is_flag=True, help="Also what no longer counts.")
@json_option
@pass_session
def list_pairs(session: Session, show_all: bool, as_json: bool) -> None:
    """List what was judged of two records and how each stands, and what is kept apart."""
    from standsbehind.reports.judged import kept_json, kept_line
    from standsbehind.reports.plain import one_line

    bench = _bench(session)
    merges = bench.lookup.merges
    kept = [
        (one, bench.standing(one))
        for one in session.home.judgements.read().kept
        if one.judgement.is_pair and (show_all or one.counts)
    ]
    apart = merges.kept_apart()
    if as_json:
        told = [kept_json(*pair) for pair in kept]
        print_json({"judgements": told, "kept_apart": [a.to_json() for a in apart]})
        return
    for one, standing in kept:
        caption = bench.reader.caption(merges.canonical(one.judgement.right))
        click.echo(one_line(kept_line(one, caption, standing)))
    for pair in apart:
        click.echo(one_line(f"kept apart: {', '.join(pair.records)}: {pair.why}"))
    if not kept and not apart:
        click.echo("nothing is judged; `behind resolve candidates` proposes")


@resolve.command(short_help="Take a judgement back.")
@click.argument("judgement", metavar="ID")
@click.option("--reason", required=True, help="Why.")
@click.option(
    "--author", envvar="BEHIND_AUTHOR", default="", help="Who does (BEHIND_AUTHOR)."
)
@json_option
@pass_session
def withdraw(session: Session, judgement: str, **options: Any) -> None:
    """Take the judgement of ID back: what it made one is several again, under the old ids."""
    withdraw_judgement(session, judgement, options)
