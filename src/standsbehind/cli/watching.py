"""`behind watch`: saved questions, asked again, with what changed and why."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.asking_again import ask_again, ask_first
from standsbehind.cli.options import role_options
from standsbehind.cli.questions import QUESTIONS, asked_by
from standsbehind.cli.screening import reading_options
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    pass_session,
    print_json,
    write,
)
from standsbehind.cli.tracing import tracing_options

if TYPE_CHECKING:
    from standsbehind.publishing.watches import Watches

__all__ = ["watch"]


@click.group()
def watch() -> None:
    """Save a screening, a trace or a source, and be told when its answer changes."""


@watch.command(short_help="Save a question, with its answer of now.")
@click.argument("name")
@click.option("--screen", metavar="FILE", help="Watch the screening of a file.")
@click.option(
    "--trace", "ends", nargs=2, metavar="FROM TO", help="Watch the paths between two."
)
@click.option("--source", metavar="SOURCE", help="Watch what a source says.")
@click.option("--webhook", metavar="URL", help="Send each alert there, signed.")
@role_options
@as_of_option
@reading_options
@tracing_options
@json_option
@pass_session
def add(session: Session, name: str, **options: Any) -> None:
    """Save a question as NAME; its answer of now is what later ones are held against.

    A file in place of NAME is watched by its screening, under the file's own name.
    """
    from standsbehind.publishing.watches import Watch, Watches
    from standsbehind.publishing.webhook import check_address, new_secret

    if Path(name).is_file() and not any(options[kind] for kind in QUESTIONS):
        name, options["screen"] = _named_after(Path(name)), name
    kind, asked = asked_by(options)
    if options["webhook"]:
        check_address(options["webhook"])
    secret = new_secret() if options["webhook"] else None
    one = Watch(name, kind, asked, options["webhook"])
    watches = Watches.of(session.home)
    watches.need_free(name)
    seen = ask_first(session, one)
    with watches.writing():
        watches.add(one, seen, secret)
    if options["as_json"]:
        print_json({"watch": asdict(one), "snapshot": seen.snapshot, "alerts": []})
    else:
        click.echo(f"{name}: watched from snapshot {seen.snapshot} on")
    if secret:
        click.echo(
            f"The receiver checks each message with this secret: {secret}", err=True
        )


def _named_after(file: Path) -> str:
    """Make a name of a file's: `Vendors 2026.csv` is `vendors-2026`."""
    return re.sub(r"[^a-z0-9_-]+", "-", file.stem.lower()).strip("-_") or "file"


@watch.command(name="list", short_help="List what is watched.")
@json_option
@pass_session
def list_watches(session: Session, as_json: bool) -> None:
    """List what is watched, and when it was last looked at."""
    from standsbehind.publishing.watches import Watches

    watches = Watches.of(session.home)
    rows = []
    for name in watches.names():
        one, seen = watches.watch(name), watches.seen(name)
        told = ("at", "snapshot", "alerts", "undelivered")
        rows.append(asdict(one) | {field: getattr(seen, field) for field in told})
    if as_json:
        print_json({"watches": rows})
        return
    for row in rows:
        what = " ".join(str(v) for v in row["asked"].values() if isinstance(v, str))
        click.echo(
            f"{row['name']}: {row['kind']} {what}; last looked at {row['at']}, "
            f"alerts: {row['alerts']}"
        )
    if not rows:
        click.echo("nothing is watched yet; `behind watch add` begins")


@watch.command(short_help="End a watch; its alerts go with it.")
@click.argument("name")
@pass_session
def remove(session: Session, name: str) -> None:
    """Watch NAME no longer; its alerts go with it."""
    from standsbehind.publishing.watches import Watches

    watches = Watches.of(session.home)
    with watches.writing():
        watches.remove(name)
    click.echo(f"{name}: no longer watched")


def _feed_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--calendar", metavar="PATH", help="Write all alerts as iCalendar there."
        ),
        click.option("--atom", metavar="PATH", help="Write all alerts as Atom there."),
    ):
        verb = option(verb)
    return verb


@watch.command(short_help="Show the alerts that are kept.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@_feed_options
@json_option
@pass_session
def alerts(session: Session, names: tuple[str, ...], **options: Any) -> None:
    """Show the alerts that are kept, oldest first, of all watches or of those named."""
    from standsbehind.publishing.watches import Watches

    watches = Watches.of(session.home)
    chosen = _chosen(watches, names)
    _tell_alerts(list(watches.alerts(chosen)), as_json=options["as_json"])
    _write_feeds(session, watches, chosen, options)


@watch.command(short_help="Ask again, and say what changed and why.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@_feed_options
@click.option(
    "--fail-on", type=click.Choice(["change"]), help="Exit 1 where something changed."
)
@json_option
@pass_session
def run(session: Session, names: tuple[str, ...], **options: Any) -> int:
    """Ask again, of all watches or those named, and say what changed and why.

    One watch that fails stops no other. `behind pull` first brings new data.
    """
    from standsbehind.publishing.watches import Watches

    watches = Watches.of(session.home)
    with watches.writing():
        outcomes = [
            ask_again(session, watches, name) for name in _chosen(watches, names)
        ]
    made = [one.alert for one in outcomes if one.alert]
    if options["as_json"]:
        print_json({"alerts": made, "watches": [one.to_json() for one in outcomes]})
    else:
        _tell_alerts(made, as_json=False)
    for one in outcomes:
        one.tell()
    _write_feeds(session, watches, watches.names(), options)
    if any(one.problems for one in outcomes):
        return 3
    return 1 if options["fail_on"] and made else 0


def _chosen(watches: "Watches", names: Sequence[str]) -> list[str]:
    for name in names:
        watches.watch(name)  # says so where there is none
    return list(dict.fromkeys(names)) or watches.names()


def _write_feeds(
    session: Session,
    watches: "Watches",
    names: Sequence[str],
    options: Mapping[str, Any],
) -> None:
    from standsbehind.publishing.home import timestamp
    from standsbehind.reports.alert_feeds import to_atom, to_calendar

    if options["atom"]:
        found = list(watches.alerts(names))
        write(to_atom(found, timestamp(session.now)), options["atom"])
    if options["calendar"]:
        write(to_calendar(list(watches.alerts(names))), options["calendar"])


def _tell_alerts(found: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    from standsbehind.reports.alerts import alert_lines
    from standsbehind.reports.plain import plain

    if as_json:
        print_json({"alerts": list(found)})
        return
    for alert in found:
        for line in alert_lines(alert):
            click.echo(plain(line))
