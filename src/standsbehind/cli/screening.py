"""`behind screen` and `behind match`: a file, or one name, against a snapshot."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.answers import receipt_option, write_receipt
from standsbehind.cli.options import position_of, position_options
from standsbehind.cli.session import (
    Session,
    json_option,
    pass_session,
    write,
)
from standsbehind.cli.showing import answered, placed
from standsbehind.errors import EngineError, UsageError

if TYPE_CHECKING:
    from standsbehind.cases.screening import AnsweredRow, ScreenAnswer
    from standsbehind.screening.query import Intake

__all__ = ["answer_to", "match", "read_file", "reading_options", "screen"]

FORMATS = ("table", "json", "jsonl", "csv", "xlsx", "html", "md")
BINARY = "xlsx"
STDOUT = "-"
SHOW_PROGRESS_FROM = 500

threshold_option = click.option(
    "--threshold",
    default=0.7,
    show_default=True,
    type=click.FloatRange(0.1, 1.0),
    help="The least score of a hit.",
)


def reading_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that say how a file is read and against what it is screened."""
    for option in (
        click.option("--sheet", help="The sheet of a workbook."),
        click.option(
            "--encoding", help="The file's encoding, where the guess is wrong."
        ),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="KIND=HEADING",
            help="Which column is what, as in name=Vendor; repeatable.",
        ),
        click.option("--lists", metavar="A,B", help="Only these sources."),
        threshold_option,
    ):
        verb = option(verb)
    return verb


@click.command()
@click.argument("file", metavar="FILE")
@position_options
@reading_options
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="What to write; by the ending of --out, else a table.",
)
@click.option(
    "--out",
    "outs",
    multiple=True,
    metavar="PATH",
    help="Where to write, stdout without it; repeatable, - is stdout.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["hit", "finding"]),
    help="Exit 1 where one is found.",
)
@receipt_option
@click.option(
    "--jsonl", "as_jsonl", is_flag=True, help="Print one JSON document per row."
)
@json_option
@pass_session
def screen(session: Session, file: str, **options: Any) -> int:
    """Screen FILE (CSV, TSV, XLSX, JSON, JSONL or FollowTheMoney; - is stdin).

    Each row is a hit, no_hit_found or not_examined. No hit found is not clear.
    """
    forms = _forms(_form_asked(options), options["outs"] or (STDOUT,))
    intake = read_file(file, options)
    _tell_reading(intake)
    answer = answer_to(session, intake, {**options, "file": file})
    for out, form in forms.items():
        _write(session, answer, form, out)
    if options["fail_on"] == "finding":
        click.echo(
            "note: no conduct standard is assessed yet, so no row has a finding",
            err=True,
        )
    if options["receipt"] or set(forms) != {STDOUT}:
        _keep(session, answer, list(forms), options["receipt"])
    return 1 if options["fail_on"] == "hit" and answer.hit_count else 0


def _form_asked(options: Mapping[str, Any]) -> str | None:
    if options["as_json"]:
        return "json"
    form: str | None = "jsonl" if options["as_jsonl"] else options["form"]
    return form


def _forms(asked: str | None, outs: Sequence[str]) -> dict[str, str]:
    """Choose the format of each output.

    One output takes the format asked for, else that of its ending. Of several, a file
    takes that of its ending, and the format asked for is for those that have none.
    """
    is_alone = len(outs) == 1
    return {out: _form(asked, out, asked_first=is_alone) for out in outs}


def _form(asked: str | None, out: str, *, asked_first: bool) -> str:
    ending = "" if out == STDOUT else Path(out).suffix.lstrip(".").lower()
    by_ending = ending if ending in FORMATS else None
    chosen = (asked or by_ending) if asked_first else (by_ending or asked)
    if chosen is None and ending:
        message = f"{out}: no format of that ending; add --format {'|'.join(FORMATS)}"
        raise UsageError(message)
    if chosen == BINARY and out == STDOUT:
        message = "a workbook is not text: name a file with --out"
        raise UsageError(message)
    return chosen or "table"


def read_file(file: str, options: Mapping[str, Any]) -> "Intake":
    """Read the user's file as the options say; `-` is stdin."""
    from standsbehind.screening.intake import read_queries

    source: Path | bytes = sys.stdin.buffer.read() if file == "-" else Path(file)
    return read_queries(
        source,
        file_name="stdin" if file == "-" else Path(file).name,
        columns=columns_of(options["columns"]),
        encoding=options["encoding"],
        sheet=options["sheet"],
    )


def columns_of(given: Sequence[str]) -> dict[str, str]:
    columns = {}
    for pair in given:
        kind, equals, heading = pair.partition("=")
        if not (kind and equals and heading):
            message = f"--column {pair}: write it as name=Vendor"
            raise UsageError(message)
        columns[kind] = heading
    return columns


def _tell_reading(intake: "Intake") -> None:
    for note in intake.notes:
        click.echo(f"note: {note}", err=True)
    if intake.columns:
        taken = ", ".join(f"{kind}={name}" for kind, name in intake.columns.items())
        how = "guessed" if intake.guessed else "as given"
        click.echo(f"columns ({how}): {taken}; --column changes them", err=True)


def answer_to(
    session: Session, intake: "Intake", options: Mapping[str, Any]
) -> "ScreenAnswer":
    """Screen what was read on the session's snapshot, on the terms of the options."""
    from standsbehind.cases.screening import (
        Answerer,
        ScreenAnswer,
        judgements_in,
        mentioned,
    )
    from standsbehind.screening.match import Options

    reader = session.reader
    lists = frozenset(filter(None, (options["lists"] or "").split(",")))
    searched, left_out = _lists(_sources(session), lists)
    position = position_of(session.now.date(), options)
    terms = Options(options["threshold"], lists)
    memory = session.memory
    answerer = Answerer(reader, session.lookup, position, terms, memory)
    rows = tuple(_with_progress(session, answerer.rows(intake), len(intake.queries)))
    return ScreenAnswer(
        intake=intake,
        position=position,
        options=terms,
        snapshot=reader.snapshot.id,
        lists=searched,
        not_searched=left_out,
        rows=rows,
        names=mentioned(reader, rows),
        manifest=reader.snapshot.manifest_digest,
        ledger_size=reader.snapshot.manifest["ledger"]["size"],
        known_on=session.known_on.isoformat() if session.known_on else None,
        reading={name: options[name] for name in ("encoding", "sheet")}
        | {"file": options["file"], "columns": columns_of(options["columns"])},
        judgements=memory.to_json(judgements_in(rows)),
    )


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


def _with_progress(
    session: Session, rows: Iterable["AnsweredRow"], count: int
) -> Iterable["AnsweredRow"]:
    if not session.progress or count < SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(rows, "screening", total=count, console=console, transient=True)


def _write(session: Session, answer: "ScreenAnswer", form: str, out: str) -> None:
    from standsbehind.publishing.home import timestamp
    from standsbehind.reports import terminal
    from standsbehind.reports.formats import render

    if form != "table":
        write(render(answer, form, timestamp(session.now)), out)
    elif out == STDOUT:
        terminal.console().print(terminal.screen_table(answer))
    else:
        write(terminal.as_text(terminal.screen_table(answer)), out)
    if out != STDOUT:
        click.echo(f"written: {out}", err=True)


def _keep(
    session: Session, answer: "ScreenAnswer", outs: Sequence[str], path: str | None
) -> None:
    """Keep the receipt with the statements that the answer used, and write it where asked.

    A report that was written is kept in mind too, so that a later retraction can name it.
    """
    from standsbehind.cases.receipt import used_statements
    from standsbehind.cases.screening import told_by
    from standsbehind.publishing.receipts import file_receipt
    from standsbehind.reports import document

    receipt = document.screen_json(answer)["receipt"]
    used = used_statements(told_by(answer.rows), session.reader)
    reports = [str(Path(out).resolve()) for out in outs if out != STDOUT]
    try:
        file_receipt(session.home, receipt, used, reports)
    except EngineError as error:
        if path:
            raise
        click.echo(f"note: no receipt is kept of this report: {error}", err=True)
    if path:
        write_receipt(receipt, path)


@click.command()
@click.argument("name")
@position_options
@click.option("--schema", help="Only entities of this schema, as in Company.")
@click.option("--country", help="The country of the one asked for, as in cn.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100))
@threshold_option
@receipt_option
@json_option
@pass_session
def match(session: Session, name: str, **options: Any) -> None:
    """Screen one NAME."""
    from standsbehind.matching.names import fold
    from standsbehind.screening.files.countries import countries_in

    countries, unknown = countries_in(options["country"] or "")
    if unknown:
        message = (
            f"--country {', '.join(unknown)}: not a country; write a code such as cn"
        )
        raise UsageError(message)
    if not fold(name):
        message = f"{name!r}: no letter or digit to look for"
        raise UsageError(message)
    terms = {key: options[key] for key in ("threshold", "limit", "schema")}
    asked = {"name": name, "countries": list(countries), **terms}
    answered(session, "match", {**asked, **placed(session, options)}, options)
