"""A file that is screened: how it is read, what answers its rows, and on what terms."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.options import position_of
from standsbehind.cli.session import Session, iso
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.screening import ScreenAnswer
    from standsbehind.reports.streaming import Answers, Form, Sink, Streaming, Totals
    from standsbehind.screening.intake import Intake, Opened

__all__ = [
    "Asked",
    "answer_to",
    "ask_file",
    "open_file",
    "receipt_for_file",
    "tell_reading",
]

STDIN = "-"
SMALL = 2_000
"""Rows that one process answers sooner than several can be started."""
CHUNK = 10_000
"""Rows that are answered together."""


@dataclass(frozen=True)
class Asked:
    """A file with what answers its rows."""

    opened: "Opened"
    head: "ScreenAnswer"
    """The answer without its rows."""
    answers: "Answers"
    jobs: int = 1

    def run(self, streaming: "Streaming", sinks: Iterable["Sink"]) -> "Totals":
        """Answer all rows in their order, handing on each part as it comes."""
        from standsbehind.reports.streaming import Totals
        from standsbehind.screening.workers import in_order

        totals, takers = Totals(), tuple(sinks)
        size = CHUNK if self.jobs > 1 else SMALL
        with closing(
            in_order(self.opened.chunks(size), streaming.part, self.jobs)
        ) as parts:
            for part in parts:
                totals.add(part)
                for taker in takers:
                    taker.add(part)
        return totals

    def streaming(
        self, forms: Iterable["Form"], *, digests: bool, keeps: bool
    ) -> "Streaming":
        """Say what is made of each row."""
        from standsbehind.reports.streaming import Streaming

        return Streaming(
            self.opened, self.answers, self.head, frozenset(forms), digests, keeps
        )


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
    from standsbehind.cases.screening import Answerer, Captions, ScreenAnswer
    from standsbehind.screening.match import Options

    reader = session.reader
    lists = frozenset(filter(None, (options["lists"] or "").split(",")))
    searched, left_out = _lists(_sources(session), lists)
    position = position_of(session.now.date(), options)
    terms, memory = Options(options["threshold"], lists), session.memory
    head = ScreenAnswer(
        intake=opened.intake,
        position=position,
        options=terms,
        snapshot=reader.snapshot.id,
        lists=searched,
        not_searched=left_out,
        rows=(),
        names=Captions(reader),
        manifest=reader.snapshot.manifest_digest,
        ledger_size=reader.snapshot.manifest["ledger"]["size"],
        known_on=iso(session.known_on),
        reading=_reading(options),
        memory=memory,
    )
    answerer = Answerer(reader, session.lookup, position, terms, memory)
    return Asked(opened, head, answerer)


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


def _sources(session: Session) -> list[Mapping[str, Any]]:
    """Return the sources of the snapshot, marked stale where the last pull failed."""
    from standsbehind.publishing.status import failures

    failed = failures(session.home)
    sources = session.reader.snapshot.sources
    return [
        {**source, "stale": source["id"] in failed, "failed": failed.get(source["id"])}
        for source in sources
    ]


def _lists(
    sources: Sequence[Mapping[str, Any]], lists: frozenset[str]
) -> tuple[tuple[Mapping[str, Any], ...], tuple[str, ...]]:
    """Tell the sources that are searched from those that exist and are not."""
    from standsbehind.connectors.dataset import dataset_ids

    held = [source["id"] for source in sources]
    if unknown := lists - set(held):
        message = (
            f"--lists {','.join(sorted(unknown))}: not in this snapshot; "
            f"it holds {', '.join(held)}; `behind pull SOURCE` adds one"
        )
        raise UsageError(message)
    searched = tuple(s for s in sources if not lists or s["id"] in lists)
    names = {source["id"] for source in searched}
    return searched, tuple(n for n in sorted({*dataset_ids(), *held}) if n not in names)
