"""A file that is screened: how the options say that it is read and asked."""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.answers.screened import SMALL, Asked, ask_snapshot
from standsbehind.cli.options import position_of
from standsbehind.cli.session import Session
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.screening import ScreenAnswer
    from standsbehind.screening.intake import Intake, Opened

__all__ = [
    "answer_to",
    "ask_file",
    "open_file",
    "receipt_for_file",
    "tell_reading",
]

STDIN = "-"


def open_file(file: str, options: Mapping[str, Any]) -> "Opened":
    """Open the user's file as the options say; `-` is stdin."""
    from standsbehind.screening.intake import open_queries, receive

    return open_queries(
        receive(_source(file), _name(file)),
        columns=columns_of(options["columns"], "--column"),
        encoding=options["encoding"],
        sheet=options["sheet"],
    )


def _source(file: str) -> Path | bytes:
    return sys.stdin.buffer.read() if file == STDIN else Path(file)


def _name(file: str) -> str:
    return "stdin" if file == STDIN else Path(file).name


def columns_of(given: Sequence[str], option: str) -> dict[str, str]:
    """Read which column is what."""
    columns = {}
    for pair in given:
        kind, equals, heading = pair.partition("=")
        if not (kind and equals and heading):
            message = f"{option} {pair}: write it as name=Vendor"
            raise UsageError(message)
        columns[kind] = heading
    return columns


def tell_reading(intake: "Intake", option: str = "--column") -> None:
    """Say on stderr how a file was read, and what is odd about it."""
    for note in intake.notes:
        click.echo(f"note: {note}", err=True)
    if intake.columns:
        taken = ", ".join(f"{kind}={name}" for kind, name in intake.columns.items())
        how = "guessed" if intake.guessed else "as given"
        click.echo(f"columns ({how}): {taken}; {option} changes them", err=True)


def ask_file(session: Session, opened: "Opened", options: Mapping[str, Any]) -> Asked:
    """Prepare what answers the rows: the session's snapshot, or the list of `against`."""
    if options.get("against"):
        return _ask_own_list(session, opened, options)
    return _ask_snapshot(session, opened, options)


def _reading(options: Mapping[str, Any]) -> dict[str, Any]:
    read = {name: options[name] for name in ("encoding", "sheet")}
    columns = columns_of(options["columns"], "--column")
    return {**read, "file": options["file"], "columns": columns}


def _ask_snapshot(
    session: Session, opened: "Opened", options: Mapping[str, Any]
) -> Asked:
    from standsbehind.screening.match import Options

    lists = frozenset(filter(None, (options["lists"] or "").split(",")))
    return ask_snapshot(
        session,
        opened,
        position_of(session.now.date(), options),
        Options(options["threshold"], lists),
        reading=_reading(options),
    )


def _ask_own_list(
    session: Session, opened: "Opened", options: Mapping[str, Any]
) -> Asked:
    from standsbehind.cases.against import OwnAnswerer, source_of
    from standsbehind.cases.screening import OwnListAsked, ScreenAnswer
    from standsbehind.connectors.dataset import dataset_ids
    from standsbehind.screening.match import Options
    from standsbehind.screening.ownlist import OPTION, read_list
    from standsbehind.screening.workers import cores

    if session.known_on is not None:
        message = "--known-on asks for an earlier snapshot, and --against is none; leave one out"
        raise UsageError(message)
    file = options["against"]
    columns = columns_of(options.get("against_columns", ()), OPTION)
    own = read_list(_source(file), file_name=_name(file), columns=columns)
    tell_reading(own.intake, OPTION)
    if own.intake.digest == opened.intake.digest:
        click.echo(
            "warning: the list is the screened file: each row meets itself", err=True
        )
    today = session.now.date().isoformat()
    terms = Options(options["threshold"])
    head = ScreenAnswer(
        intake=opened.intake,
        position=position_of(session.now.date(), options),
        options=terms,
        snapshot="",
        lists=(source_of(own, today, _changed_on(file)),),
        not_searched=tuple(sorted(dataset_ids())),
        rows=(),
        names={},
        reading=_reading(options),
        against=OwnListAsked(
            own.intake.name,
            own.intake.digest,
            {"file": options.get("against_file", file), "columns": columns},
        ),
    )
    jobs = 1 if opened.count <= SMALL else options.get("jobs") or cores()
    return Asked(opened, head, OwnAnswerer(own, terms), jobs)


def _changed_on(file: str) -> str | None:
    if file == STDIN:
        return None
    changed = Path(file).stat().st_mtime
    return datetime.fromtimestamp(changed, tz=UTC).date().isoformat()


def answer_to(
    session: Session, opened: "Opened", options: Mapping[str, Any]
) -> "ScreenAnswer":
    """Screen what was read, on the terms of the options, and keep all rows."""
    asked = ask_file(session, opened, options)
    return asked.run(asked.streaming((), digests=False, keeps=True), ()).answer(
        asked.head
    )


def receipt_for_file(
    session: Session, opened: "Opened", options: Mapping[str, Any]
) -> dict[str, Any]:
    """Screen what was read, keeping no row, and give the receipt."""
    asked = ask_file(session, opened, options)
    totals = asked.run(asked.streaming((), digests=True, keeps=False), ())
    return totals.receipt(asked.head)
