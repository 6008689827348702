"""`behind sources`, `pull`, `build`, `snapshots` and `verify`: the data folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.session import (
    Session,
    docket_option,
    json_option,
    pass_session,
    print_json,
)

if TYPE_CHECKING:
    from standsbehind.connectors.runner import Pulled
    from standsbehind.publishing.update import Outcome
    from standsbehind.store.snapshot import Snapshot

__all__ = ["build", "pull", "snapshots", "sources", "verify"]

DONE = {"retract": "retracted", "supersede": "superseded"}
TOLD = 10
"""Records set aside that are printed; `--json` counts all."""


@click.command()
@json_option
@pass_session
def sources(session: Session, as_json: bool) -> None:
    """List the sources with publisher, date, rows and licence."""
    from standsbehind.publishing.status import source_states

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    states = list(source_states(session.home))
    if as_json:
        print_json({"sources": states})
        return
    from standsbehind.reports import terminal

    terminal.console().print(terminal.sources_table(states))


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A copy as published; repeatable, for a list that comes in parts.",
)
@click.option(
    "--accept-shrink", is_flag=True, help="Take a list that lost half its rows."
)
@click.option("--no-build", is_flag=True, help="Do not publish a snapshot afterwards.")
@json_option
@pass_session
def pull(session: Session, names: tuple[str, ...], **options: Any) -> int:
    """Fetch sources from their publishers, or read copies with --file, then publish.

    One source that fails never stops another; its last good copy goes on serving.
    """
    from standsbehind.publishing.update import Failure

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    accept_shrink = options["accept_shrink"]
    if options["files"]:
        outcomes = [
            _read(session, names, options["files"], accept_shrink=accept_shrink)
        ]
    else:
        outcomes = _fetch(session, names, accept_shrink=accept_shrink)
    if not options["no_build"]:
        _publish(session)
    if options["as_json"]:
        print_json({"sources": [outcome.to_json() for outcome in outcomes]})
    else:
        for outcome in outcomes:
            _tell(outcome)
    return 3 if any(isinstance(outcome, Failure) for outcome in outcomes) else 0


def _read(
    session: Session,
    names: Sequence[str],
    files: Sequence[Path],
    *,
    accept_shrink: bool,
) -> "Outcome":
    from standsbehind.publishing.update import pull_files

    if len(names) != 1:
        message = "--file needs exactly one source: behind pull SOURCE --file PATH"
        raise click.UsageError(message)
    return pull_files(
        session.home, names[0], files, session.now, accept_shrink=accept_shrink
    )


def _fetch(
    session: Session, names: Sequence[str], *, accept_shrink: bool
) -> list["Outcome"]:
    from standsbehind.publishing.update import chosen, pull_live

    outcomes = []
    for dataset in chosen(names):
        if session.progress:
            click.echo(f"fetching {dataset.id} ...", err=True)
        outcomes.append(
            pull_live(session.home, dataset, session.now, accept_shrink=accept_shrink)
        )
    return outcomes


def _tell(outcome: "Outcome") -> None:
    from standsbehind.connectors.runner import Pulled
    from standsbehind.publishing.update import Failure

    match outcome:
        case Pulled():
            _tell_pulled(outcome)
        case Failure():
            click.echo(f"behind: {outcome.reason}", err=True)
        case _:
            click.echo(f"{outcome.dataset.id}: unchanged")


def _tell_pulled(outcome: "Pulled") -> None:
    said = outcome.to_json()
    click.echo(
        f"{said['id']}: {said['rows']} rows, {said['added']} entities added, "
        f"{said['changed']} changed, {said['removed']} removed"
    )
    if said["older"]:
        click.echo(f"  {said['older']} left as they are: held from a later publication")
    for missing in said["partial"]:
        click.echo(f"  not whole: {missing}", err=True)
    harvest = outcome.harvest
    set_aside = [f"set aside: {q.locator}: {q.reason}" for q in harvest.quarantined]
    not_known = [f"not known: {u.locator}: {u.what}" for u in harvest.unread]
    for lines in (set_aside, not_known):
        for line in lines[:TOLD]:
            click.echo(f"  {line}", err=True)
        if len(lines) > TOLD:
            click.echo(f"  ... and {len(lines) - TOLD} more", err=True)


def _publish(session: Session) -> "Snapshot":
    from standsbehind.publishing.judging import read_judged

    read_judged(session.home, session.now)  # what has expired is retracted
    return session.home.publish()


@click.command()
@json_option
@pass_session
def build(session: Session, as_json: bool) -> None:
    """Publish a snapshot of all that the ledger holds."""
    if not session.home.ledger.entries():
        session.home.pull_built_in(session.now)
    published = _publish(session)
    if as_json:
        print_json({"snapshot": published.id, "manifest": published.manifest})
    else:
        rows = published.manifest["rows"]
        names = ", ".join(source["id"] for source in published.sources)
        click.echo(
            f"{published.id}: {rows['entities']} entities, {rows['claims']} statements "
            f"of {names}"
        )


@click.command()
@json_option
@pass_session
def snapshots(session: Session, as_json: bool) -> None:
    """List the published snapshots, oldest first."""
    from standsbehind.store import snapshot

    held = snapshot.history(session.home.snapshots)
    now = snapshot.current(session.home.snapshots)
    if as_json:
        listed = [
            {
                "snapshot": s.id,
                "current": now is not None and s.id == now.id,
                "manifest": s.manifest,
            }
            for s in held
        ]
        print_json({"snapshots": listed})
        return
    for one in held:
        mark = "*" if now is not None and one.id == now.id else " "
        names = ", ".join(source["id"] for source in one.sources)
        click.echo(
            f"{mark} {one.id}  {one.manifest['rows']['entities']} entities: {names}"
        )


@click.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--dependents",
    is_flag=True,
    help="List the receipts, reports and alerts that used a statement since withdrawn.",
)
@click.option(
    "--checkpoint",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Hold a checkpoint that you kept elsewhere against the ledger.",
)
@docket_option
@json_option
@pass_session
def verify(
    session: Session,
    path: Path | None,
    dependents: bool,
    checkpoint: Path | None,
    as_json: bool,
) -> int:
    """Re-read every digest, proof and quote of the data folder, or of what is at PATH.

    PATH is a bundle or another data folder.
    """
    if dependents:
        return _tell_dependents(session, as_json=as_json)
    if checkpoint:
        return _tell_checkpoint(session, path, checkpoint, as_json=as_json)
    from standsbehind.publishing.verify import verify_home, verify_path

    done = verify_path(path) if path else verify_home(session.home, session.docket_url)
    if as_json:
        print_json(
            {
                "checked": done.checked,
                "failed": list(done.failed),
                "quotes": {
                    result.replace(" ", "_"): done.quotes.get(result, 0)
                    for result in ("stands", "gone", "not checkable")
                },
            }
        )
        return 3 if done.failed else 0
    for line in done.failed:
        click.echo(line)
    click.echo(f"{done.checked} checks made, {len(done.failed)} failed")
    if unseen := done.quotes.get("not checkable"):
        click.echo(f"{unseen} quotes not checked: no copy is held, or it is not text")
    return 3 if done.failed else 0


def _tell_checkpoint(
    session: Session, path: Path | None, checkpoint: Path, *, as_json: bool
) -> int:
    from standsbehind.publishing.checkpoints import read_kept
    from standsbehind.publishing.home import Home

    head = read_kept(Home(path) if path else session.home, checkpoint)
    if as_json:
        print_json(
            {"checked": 1, "failed": [], "entries": head.size, "root": head.root}
        )
    else:
        click.echo(f"the ledger begins with the {head.size} entries that were signed")
    return 0


def _tell_dependents(session: Session, *, as_json: bool) -> int:
    from standsbehind.publishing.receipts import dependents

    found = list(dependents(session.home))
    if as_json:
        print_json({"dependents": [one.to_json() for one in found]})
        return 0
    for one in found:
        reports = f" ({', '.join(one.reports)})" if one.reports else ""
        click.echo(
            f"{one.kind} {one.receipt}: {one.file}{reports}, snapshot {one.snapshot}: {one.prop} of "
            f"{one.entity}, {one.value!r}: {DONE[one.op]} on {one.recorded_at} by {one.entry}"
        )
    click.echo(f"{len(found)} uses of statements that were since withdrawn or changed")
    return 0
