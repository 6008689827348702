"""`behind screen` and `behind match`: a file, or one name, against a snapshot or a list."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from standsbehind.cli.answers import need_pdf, receipt_option
from standsbehind.cli.options import country_codes, file_options, position_options
from standsbehind.cli.screened import ask_file, open_file, tell_reading
from standsbehind.cli.session import Session, json_option, pass_session
from standsbehind.cli.showing import answered, placed
from standsbehind.cli.writing import refuse_too_many, write_answer
from standsbehind.errors import UsageError

__all__ = ["match", "reading_options", "screen"]

FORMATS = ("table", "json", "jsonl", "csv", "xlsx", "html", "md", "pdf", "sarif")
BINARY = {"xlsx": "a workbook", "pdf": "a PDF"}
STDOUT = "-"

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
        file_options,
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
    "--against",
    metavar="FILE",
    help="Screen against a list of yours in place of the data (- is stdin).",
)
@click.option(
    "--against-column",
    "against_columns",
    multiple=True,
    metavar="KIND=HEADING",
    help="Which column of that list is what, as in id=Number; repeatable.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Processes that screen against a list of yours (one for each core).",
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
    _refuse_mixture(file, options)
    opened = open_file(file, options)
    refuse_too_many(opened, forms.values())
    tell_reading(opened.intake)
    asked = ask_file(session, opened, {**options, "file": file})
    answered = write_answer(session, asked, forms, receipt=options["receipt"])
    if options["fail_on"] == "finding":
        click.echo(
            "note: a screening makes no findings; `behind assess` applies the standard",
            err=True,
        )
    return 1 if options["fail_on"] == "hit" and answered.counts.hits else 0


def _refuse_mixture(file: str, options: Mapping[str, Any]) -> None:
    """Refuse options that only a snapshot, or only a list of the user's own, has a use for."""
    against = options["against"]
    if against is None:
        if options["against_columns"]:
            message = "--against-column is for the list of --against FILE; name it"
            raise UsageError(message)
        return
    if options["lists"]:
        message = "--lists names lists of the snapshot, and --against is another list; give one"
        raise UsageError(message)
    if against == file == STDOUT:
        message = "stdin can be read once: name a file for FILE or for --against"
        raise UsageError(message)


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
    if chosen in BINARY and out == STDOUT:
        message = f"{BINARY[chosen]} is not text: name a file with --out"
        raise UsageError(message)
    if chosen == "pdf":
        need_pdf()
    return chosen or "table"


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

    countries = country_codes(options["country"] or "")
    if not fold(name):
        message = f"{name!r}: no letter or digit to look for"
        raise UsageError(message)
    terms = {key: options[key] for key in ("threshold", "limit", "schema")}
    asked = {"name": name, "countries": list(countries), **terms}
    answered(session, "match", {**asked, **placed(session, options)}, options)
