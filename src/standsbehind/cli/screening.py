"""`behind screen` and `behind match`: a file, or one name, against a snapshot."""

import sys
from pathlib import Path
from typing import Any

import click

from standsbehind.cli.options import position_of, position_options
from standsbehind.cli.session import (
    Session,
    json_option,
    pass_session,
    print_json,
    write,
)
from standsbehind.errors import UsageError

__all__ = ["match", "screen"]

FORMATS = ("table", "json", "jsonl", "csv", "xlsx", "html", "md")


@click.command()
@click.argument("file", metavar="FILE")
@position_options
@click.option(
    "--threshold", default=0.7, show_default=True, type=click.FloatRange(0.1, 1.0)
)
@click.option("--lists", metavar="A,B", help="Only these sources.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KIND=HEADING",
    help="Which column is what, as in name=Vendor; repeatable.",
)
@click.option("--encoding", help="The file's encoding, where the guess is wrong.")
@click.option("--sheet", help="The sheet of a workbook.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="table, or by --out's ending."
)
@click.option("--out", metavar="PATH", help="Where to write; stdout without it.")
@click.option(
    "--fail-on", type=click.Choice(["hit", "finding"]), help="Exit 1 if found."
)
@click.option("--receipt", metavar="PATH", help="Where to write the receipt.")
@json_option
@pass_session
def screen(session: Session, file: str, **options: Any) -> int:
    """Screen FILE (CSV, TSV, XLSX, JSON, JSONL or FollowTheMoney; - is stdin).

    Each row is a hit, no_hit_found or not_examined. No hit found is not clear.
    """
    intake = _read(file, options)
    for note in intake.notes:
        click.echo(f"note: {note}", err=True)
    if intake.columns:
        taken = ", ".join(
            f"{kind}={heading}" for kind, heading in intake.columns.items()
        )
        how = "guessed" if intake.guessed else "as given"
        click.echo(f"columns ({how}): {taken}; --column changes them", err=True)
    answer = _answer(session, intake, options)
    form = "json" if options["as_json"] else _form(options["form"], options["out"])
    _write(answer, form, options["out"], session)
    if options["receipt"]:
        _write_receipt(answer, options["receipt"])
    return 1 if options["fail_on"] == "hit" and answer.hit_count else 0


def _read(file: str, options: dict[str, Any]) -> Any:  # noqa: ANN401 - imported when used
    from standsbehind.screening.intake import read_queries

    source: Path | bytes = sys.stdin.buffer.read() if file == "-" else Path(file)
    return read_queries(
        source,
        file_name="stdin" if file == "-" else Path(file).name,
        columns=_columns(options["columns"]),
        encoding=options["encoding"],
        sheet=options["sheet"],
    )


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    columns = {}
    for pair in given:
        kind, equals, heading = pair.partition("=")
        if not (kind and equals and heading):
            message = f"--column {pair}: write it as name=Vendor"
            raise UsageError(message)
        columns[kind] = heading
    return columns


def _answer(session: Session, intake: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401
    from standsbehind.cases.screening import Answerer, ScreenAnswer, mentioned
    from standsbehind.screening.match import Options

    position = position_of(
        session.now.date(),
        roles=options["roles"],
        jurisdiction=options["jurisdiction"],
        as_of=options["as_of"],
    )
    reader = session.reader
    lists = frozenset(filter(None, (options["lists"] or "").split(",")))
    terms = Options(options["threshold"], lists)
    searched, left_out = _lists(reader.snapshot.sources, lists)
    answerer = Answerer(reader, session.lookup, position, terms)
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
    )


def _lists(
    sources: Any, lists: frozenset[str]
) -> tuple[tuple[Any, ...], tuple[str, ...]]:  # noqa: ANN401
    from standsbehind.connectors.dataset import dataset_ids

    held = [source["id"] for source in sources]
    unknown = lists - set(held)
    if unknown:
        message = (
            f"--lists {','.join(sorted(unknown))}: not in this snapshot; "
            f"it holds {', '.join(held)}; `behind pull SOURCE` adds one"
        )
        raise UsageError(message)
    searched = tuple(s for s in sources if not lists or s["id"] in lists)
    names = {source["id"] for source in searched}
    return searched, tuple(n for n in sorted({*dataset_ids(), *held}) if n not in names)


def _with_progress(session: Session, rows: Any, count: int) -> Any:  # noqa: ANN401
    if not session.progress or count < 500 or not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(rows, "screening", total=count, console=console, transient=True)


def _form(form: str | None, out: str | None) -> str:
    """Choose the format by the option, else by the ending of the file to write."""
    ending = Path(out).suffix.lstrip(".").lower() if out else ""
    if form is None and ending and ending not in FORMATS:
        message = f"{out}: no format of that ending; add --format {'|'.join(FORMATS)}"
        raise UsageError(message)
    return form or ending or "table"


def _write(answer: Any, form: str, out: str | None, session: Session) -> None:  # noqa: ANN401
    from standsbehind.publishing.home import timestamp
    from standsbehind.reports import document

    match form:
        case "json":
            import orjson

            content = orjson.dumps(
                document.screen_json(answer), option=orjson.OPT_INDENT_2
            )
            write(content + b"\n", out)
        case "jsonl":
            write("".join(document.screen_lines(answer)), out)
        case "csv":
            from standsbehind.reports.table import to_csv

            write(to_csv(answer), out)
        case "md":
            from standsbehind.reports.table import to_markdown

            write(to_markdown(answer), out)
        case "xlsx":
            from standsbehind.reports.workbook import to_workbook

            if out is None:
                message = "a workbook is not text: name a file with --out"
                raise UsageError(message)
            write(to_workbook(answer), out)
        case "html":
            from standsbehind.reports.page import render_page

            write(render_page(answer, timestamp(session.now)), out)
        case _:
            _print_table(answer, out)
    if out and out != "-":
        click.echo(f"written: {out}", err=True)


def _print_table(answer: Any, out: str | None) -> None:  # noqa: ANN401
    from standsbehind.reports import terminal

    if out is None:
        terminal.console().print(terminal.screen_table(answer))
        return
    from io import StringIO

    from rich.console import Console

    text = StringIO()
    Console(file=text, width=160, highlight=False).print(terminal.screen_table(answer))
    write(text.getvalue(), out)


def _write_receipt(answer: Any, path: str) -> None:  # noqa: ANN401
    import orjson

    from standsbehind.reports import document

    receipt = document.screen_json(answer)["receipt"]
    write(orjson.dumps(receipt, option=orjson.OPT_INDENT_2) + b"\n", path)


@click.command()
@click.argument("name")
@position_options
@click.option("--schema", help="Only entities of this schema, as in Company.")
@click.option("--country", help="The country of the one asked for, as in cn.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option(
    "--threshold", default=0.7, show_default=True, type=click.FloatRange(0.1, 1.0)
)
@json_option
@pass_session
def match(session: Session, name: str, **options: Any) -> None:
    """Screen one NAME."""
    from standsbehind.cases.screening import Answerer, mentioned
    from standsbehind.reports import document, terminal
    from standsbehind.screening.match import Options, screen_one
    from standsbehind.screening.query import Query

    position = position_of(
        session.now.date(),
        roles=options["roles"],
        jurisdiction=options["jurisdiction"],
        as_of=options["as_of"],
    )
    terms = Options(
        options["threshold"], limit=options["limit"], schema=options["schema"]
    )
    country = options["country"]
    query = Query(row=1, name=name, countries=(country.lower(),) if country else ())
    answerer = Answerer(session.reader, session.lookup, position, terms)
    row = answerer.row(screen_one(session.reader, session.lookup, query, terms))
    names = mentioned(session.reader, (row,))
    if options["as_json"]:
        found = document.row_json(row, names)
        print_json({"snapshot": session.reader.snapshot.id, **found})
    else:
        terminal.console().print(terminal.match_text(row))
