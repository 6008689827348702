"""Writing the answer to a screened file, in every form that was asked for."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.answers.screened import Asked
from standsbehind.cli.answers import write_receipt
from standsbehind.cli.session import Session, opened_to_write, tell_written, write
from standsbehind.errors import EngineError, UsageError

if TYPE_CHECKING:
    from standsbehind.cases.screening import ScreenAnswer
    from standsbehind.reports.streaming import Part, Totals
    from standsbehind.screening.intake import Opened

__all__ = ["refuse_too_many", "write_answer"]

STDOUT = "-"
MOST_WHOLE = 100_000
"""Rows of an answer that is laid out as a whole; more are for forms written row by row."""
MOST_OF = {"pdf": 10_000}
"""The same for forms that take more memory for each row: 1.3 GB for 5,000 rows with a hit."""
SHOW_PROGRESS_FROM = 500


def refuse_too_many(opened: "Opened", forms: Iterable[str]) -> None:
    """Refuse, before any work, a form that cannot hold so many rows."""
    from standsbehind.reports.streaming import STREAMED

    for form in forms:
        most = MOST_OF.get(form, MOST_WHOLE)
        if form not in STREAMED and opened.count > most:
            message = (
                f"{opened.intake.name}: {opened.count:,} rows, and {form} is for at most"
                f" {most:,}; add --format csv, jsonl or json, which have no limit"
            )
            raise UsageError(message)


def write_answer(
    session: Session, asked: Asked, forms: Mapping[str, str], *, receipt: str | None
) -> "Totals":
    """Answer all rows and write them where they are wanted, each file whole or not at all."""
    from standsbehind.reports.streaming import STREAMED, Stream

    streamed = {out: STREAMED[form] for out, form in forms.items() if form in STREAMED}
    is_filed = bool(receipt) or set(forms) != {STDOUT}
    streaming = asked.streaming(
        streamed.values(),
        digests=is_filed or "json" in streamed.values(),
        keeps=len(streamed) < len(forms),
    )
    with ExitStack() as files:
        streams = [
            Stream(form, files.enter_context(opened_to_write(out)))
            for out, form in streamed.items()
        ]
        for stream in streams:
            stream.begin(asked.head)
        with _progress(session, asked.opened.count) as advance:
            totals = asked.run(streaming, [*streams, _Watched(advance)])
        answer = totals.answer(asked.head)
        for stream in streams:
            stream.end(answer, totals)
    for out, form in forms.items():
        if form not in STREAMED:
            _write_whole(session, answer, form, out)
        tell_written(out)
    _tell(totals, forms)
    if is_filed:
        _keep(session, answer, totals, list(forms), receipt)
    return totals


class _Watched:
    """Shows how far the rows have come."""

    def __init__(self, advance: Callable[[int], object]) -> None:
        self._advance = advance

    def add(self, part: "Part") -> None:
        self._advance(part.counts.rows)


@contextmanager
def _progress(session: Session, count: int) -> Iterator[Callable[[int], object]]:
    if not session.progress or count < SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("screening", total=count)
        yield lambda rows: shown.advance(task, rows)


def _write_whole(session: Session, answer: "ScreenAnswer", form: str, out: str) -> None:
    from standsbehind.publishing.home import timestamp
    from standsbehind.reports import terminal
    from standsbehind.reports.formats import render

    if form != "table":
        write(render(answer, form, timestamp(session.now)), out)
    elif out == STDOUT:
        terminal.console().print(terminal.screen_table(answer))
    else:
        write(terminal.as_text(terminal.screen_table(answer)), out)


def _tell(totals: "Totals", forms: Mapping[str, str]) -> None:
    """Say on stderr what the rows told of the file, and how many there are of each status."""
    from standsbehind.reports.words import outcome

    for note in totals.remarks.notes:
        click.echo(f"note: {note}", err=True)
    if forms.get(STDOUT) == "table":
        return  # a table ends with the counts
    click.echo(outcome(totals.counts), err=True)


def _keep(
    session: Session,
    answer: "ScreenAnswer",
    totals: "Totals",
    outs: list[str],
    path: str | None,
) -> None:
    """Keep the receipt with the statements that the answer used, and write it where asked.

    A report that was written is kept in mind too, so that a later retraction can name it.
    What was screened against a list of the user's own used no statement.
    """
    receipt = totals.receipt(answer)
    if answer.against is None:
        _file(session, receipt, totals, outs, is_wanted=path is not None)
    if path:
        write_receipt(receipt, path)


def _file(
    session: Session,
    receipt: Mapping[str, Any],
    totals: "Totals",
    outs: list[str],
    *,
    is_wanted: bool,
) -> None:
    from standsbehind.cases.receipt import used_statements
    from standsbehind.publishing.receipts import file_receipt

    used = used_statements(totals.told, session.reader)
    reports = [str(Path(out).resolve()) for out in outs if out != STDOUT]
    try:
        file_receipt(session.home, receipt, used, reports)
    except EngineError as error:
        if is_wanted:
            raise
        click.echo(f"note: no receipt is kept of this report: {error}", err=True)
