"""`behind feed` and `behind follow`: datasets from house to house, version by version."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from standsbehind.cli.session import Session, json_option, pass_session, print_json
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.publishing.following import Followed, Refused
    from standsbehind.publishing.subscriptions import Subscription

__all__ = ["feed", "follow"]


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write, or to add a version to.",
)
@click.option("--dataset", "names", multiple=True, help="Only these; repeatable.")
@click.option("--url", default="", help="The address where the folder will be served.")
@json_option
@pass_session
def feed(
    session: Session, out: Path, names: tuple[str, ...], url: str, as_json: bool
) -> None:
    """Write the ledger's datasets as a feed: catalog, versions, deltas and their chain."""
    from standsbehind.publishing.feed import write_feed

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    offered = write_feed(session.home, out, names, url)
    if as_json:
        print_json({"datasets": [one.to_json() for one in offered]})
        return
    for one in offered:
        what = "unchanged"
        if one.is_new:
            steps = one.ops or {}
            what = ", ".join(f"{n} {op}" for op, n in steps.items()) or "first version"
        click.echo(f"{one.dataset}: {one.version}, {one.entities} entities: {what}")


@click.group()
def follow() -> None:
    """Follow other people's feeds; each version is checked before it is believed."""


@follow.command()
@click.argument("name")
@click.argument("address")
@click.option("--dataset", help="Its name in the catalog, where that holds several.")
@pass_session
def add(session: Session, name: str, address: str, dataset: str | None) -> None:
    """Follow the feed at ADDRESS (of a catalog, a dataset's index or a file) as NAME."""
    from standsbehind.publishing.subscriptions import Subscription, subscribe

    subscribe(session.home, Subscription(name, address, dataset))
    click.echo(f"{name}: follows {address}; `behind follow run {name}` takes it in")


@follow.command(name="list")
@json_option
@pass_session
def list_feeds(session: Session, as_json: bool) -> None:
    """List the feeds that are followed, with the version held of each."""
    from dataclasses import asdict

    from standsbehind.publishing.following import version_held
    from standsbehind.publishing.subscriptions import subscriptions

    rows = [
        asdict(one) | {"version": version_held(session.home, one.name)}
        for one in subscriptions(session.home)
    ]
    if as_json:
        print_json({"feeds": rows})
        return
    for row in rows:
        click.echo(f"{row['name']}: {row['version'] or 'no version'}: {row['address']}")


@follow.command()
@click.argument("name")
@pass_session
def remove(session: Session, name: str) -> None:
    """Follow NAME no longer; what was taken in stays in the ledger."""
    from standsbehind.publishing.subscriptions import forget

    forget(session.home, name)
    click.echo(f"{name}: no longer followed; its statements stay in the ledger")


@follow.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--full", is_flag=True, help="Take the whole file, whatever the deltas.")
@click.option(
    "--accept-shrink", is_flag=True, help="Take a dataset that lost half its entities."
)
@json_option
@pass_session
def run(
    session: Session,
    names: tuple[str, ...],
    full: bool,
    accept_shrink: bool,
    as_json: bool,
) -> int:
    """Take in what the feeds offer now, then publish a snapshot.

    One feed that is refused never stops another; what was held of it goes on serving.
    """
    from standsbehind.publishing.following import Followed, Refused, Taking, follow

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    taking = Taking(whole=full, accept_shrink=accept_shrink)
    outcomes = [
        follow(session.home, one, session.now, taking)
        for one in _chosen(session, names)
    ]
    if any(isinstance(one, Followed) and one.pulled for one in outcomes):
        session.home.publish()
    if as_json:
        print_json({"feeds": [one.to_json() for one in outcomes]})
    else:
        for one in outcomes:
            _tell(one)
    return 3 if any(isinstance(one, Refused) for one in outcomes) else 0


def _chosen(session: Session, names: tuple[str, ...]) -> "list[Subscription]":
    from standsbehind.publishing.subscriptions import subscriptions

    held = {one.name: one for one in subscriptions(session.home)}
    unknown = sorted(set(names) - held.keys())
    if unknown or not held:
        what = ", ".join(unknown) or "nothing"
        message = (
            f"{what}: not followed yet; begin with `behind follow add NAME ADDRESS`"
        )
        raise UsageError(message)
    return [held[name] for name in names or sorted(held)]


def _tell(outcome: "Followed | Refused") -> None:
    told = outcome.to_json()
    if "failed" in told:
        click.echo(f"behind: {told['id']}: {told['failed']}", err=True)
        click.echo(
            "  what was held goes on serving; --full takes the whole file", err=True
        )
        return
    if told["how"] == "unchanged":
        click.echo(f"{told['id']}: unchanged at {told['version'] or 'the file held'}")
        return
    by = f"{told['deltas']} deltas" if told["how"] == "delta" else "the whole file"
    click.echo(
        f"{told['id']}: {told['version'] or 'no version'} by {by}: {told['added']} entities "
        f"added, {told['changed']} changed, {told['removed']} removed"
    )
    for note in told["notes"]:
        click.echo(f"  {note}", err=True)
