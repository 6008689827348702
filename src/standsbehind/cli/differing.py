"""`behind diff`: what changed between two snapshots, and which statements explain it."""

import re
from typing import TYPE_CHECKING

import click

from standsbehind.cli.session import Session, json_option, pass_session, print_json
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
@json_option
@pass_session
def diff(  # noqa: PLR0917 - click calls by keyword
    session: Session,
    before: str,
    after: str,
    entities: tuple[str, ...],
    dataset: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Say what changed from A to B, each change with the statements that explain it.

    A and B are snapshots, by id or the beginning of one, or days (what was known on them).
    """
    from standsbehind.publishing.difference import Difference
    from standsbehind.reports.differences import difference_json, difference_lines

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    found = Difference(_named(session, before), _named(session, after), dataset)
    shown = found.entities(entities or None, limit)
    if as_json:
        print_json(difference_json(found, shown))
    else:
        for line in difference_lines(found, shown):
            click.echo(line)


def _named(session: Session, text: str) -> "Snapshot":
    from standsbehind.store import snapshot

    home = session.home
    if _DAY.fullmatch(text):
        return home.snapshot_known(f"{text}T23:59:59Z", lambda: None)
    fits = [one for one in snapshot.history(home.snapshots) if one.id.startswith(text)]
    if len(fits) == 1:
        return fits[0]
    message = (
        f"{text}: {'several snapshots begin so' if fits else 'no such snapshot'}; "
        "`behind snapshots` lists them, and a day is written as 2026-11-23"
    )
    raise UsageError(message)
