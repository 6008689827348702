"""`behind diff`: what changed between two snapshots, and which statements explain it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.options import role_options
from standsbehind.cli.questions import asked_by, look
from standsbehind.cli.screening import reading_options
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    pass_session,
    print_json,
)
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.store.snapshot import Snapshot

__all__ = ["diff"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--entity", "entities", multiple=True, help="Only these; repeatable.")
@click.option("--dataset", help="Only what this source says.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@click.option("--screen", metavar="FILE", help="How the screening of a file changed.")
@click.option(
    "--trace", "ends", nargs=2, metavar="FROM TO", help="How the paths changed."
)
@role_options
@as_of_option
@reading_options
@json_option
@pass_session
def diff(session: Session, before: str, after: str, **options: Any) -> None:
    """Say what changed from A to B, each change with the statements that explain it.

    A and B are snapshots, by id or the beginning of one, or days (what was known on them).
    With --screen or --trace, it is the answer that is compared, both times as of one day.
    """
    from standsbehind.publishing.difference import Difference
    from standsbehind.reports.differences import difference_json, difference_lines

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    sides = _named(session, before), _named(session, after)
    if options["screen"] or options["ends"]:
        _tell_answers(session, *sides, options)
        return
    found = Difference(*sides, options["dataset"])
    shown = found.entities(options["entities"] or None, options["limit"])
    if options["as_json"]:
        print_json(difference_json(found, shown))
    else:
        for line in difference_lines(found, shown):
            click.echo(line)


def _tell_answers(
    session: Session, before: "Snapshot", after: "Snapshot", options: Mapping[str, Any]
) -> None:
    """Ask one question of both snapshots, and say how the answer changed."""
    from standsbehind.cases.watched import Moved, changes_between
    from standsbehind.publishing.difference import Difference
    from standsbehind.reports.alerts import alert_json, alert_lines
    from standsbehind.reports.plain import plain

    kind, asked = asked_by({**options, "source": None})
    looks = []
    for side in (before, after):
        session.open_at(side, None)
        looks.append(look(session, kind, asked))
    was, now = looks
    changes = changes_between(was.facts, now.facts, Difference(before, after), Moved())
    told = [
        {"snapshot": side.id, "as_of": found.as_of, "input": found.input}
        for side, found in zip((before, after), looks, strict=True)
    ]
    about = {"watch": kind, "kind": kind, "asked": asked}
    answer = alert_json(about, told[0], told[1], changes)
    if options["as_json"]:
        print_json(answer)
        return
    for line in alert_lines(answer):
        click.echo(plain(line))


def _is_day(text: str) -> bool:
    """Whether the text is a day; the beginning of a snapshot's id has no dashes in it."""
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _named(session: Session, text: str) -> "Snapshot":
    from standsbehind.store import snapshot

    home = session.home
    if _is_day(text):
        return home.snapshot_known(f"{text}T23:59:59Z", lambda: None)
    fits = [one for one in snapshot.history(home.snapshots) if one.id.startswith(text)]
    if len(fits) == 1:
        return fits[0]
    message = (
        f"{text}: {'several snapshots begin so' if fits else 'no such snapshot'}; "
        "`behind snapshots` lists them, and a day is written as 2026-11-23"
    )
    raise UsageError(message)
