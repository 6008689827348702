"""`behind compare`: how far two names say the same."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.session import (
    Session,
    json_option,
    pass_session,
    print_json,
    write,
)
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from standsbehind.matching.score import Comparison

__all__ = ["compare"]


@click.command()
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option(
    "--pairs", type=click.Path(path_type=Path), help="A CSV of left,right[,schema]."
)
@click.option("--out", metavar="PATH", help="Where to write the scores of --pairs.")
@click.option(
    "--no-aliases",
    is_flag=True,
    help="Compare the letters alone; leave out what the data states of the names.",
)
@json_option
@pass_session
def compare(
    session: Session, left: str | None, right: str | None, **options: Any
) -> None:
    """Score one pair of names, or a file of pairs."""
    known = None if options["no_aliases"] else session
    if options["pairs"] is not None:
        write(_scored(options["pairs"], known), options["out"])
        return
    if left is None or right is None:
        message = "give two names, or a file with --pairs"
        raise click.UsageError(message)
    from standsbehind.matching.score import THRESHOLD

    [found] = _compared([(left, right)], known)
    is_match = found.score >= THRESHOLD
    if options["as_json"]:
        reasons = [feature.to_json() for feature in found.features]
        print_json({"score": found.score, "match": is_match, "explanation": reasons})
        return
    click.echo(f"{found.score:.4f}  {'match' if is_match else 'no match'}")
    for feature in found.features:
        click.echo(f"  {feature.weight:.4f}  {feature.feature}: {feature.detail}")


def _compared(
    pairs: "Sequence[tuple[str, str]]", known: Session | None
) -> "Iterator[Comparison]":
    """Compare pairs, with what the session's snapshot states of the names, if there is one."""
    from standsbehind.matching.aliases import Aliases, compare_known
    from standsbehind.matching.names import read_name

    aliases = Aliases()
    if known is not None:
        from standsbehind.graph.aliases import aliases_of

        names = (name for pair in pairs for name in pair)
        aliases = aliases_of(known.reader.snapshot, names)
    for left, right in pairs:
        yield compare_known(read_name(left), read_name(right), aliases)


def _scored(path: Path, known: Session | None) -> str:
    from standsbehind.matching.score import THRESHOLD

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("left", "right", "schema", "score", "match"))
    rows = _pairs(path)
    found = _compared([(row["left"], row["right"]) for row in rows], known)
    for row, comparison in zip(rows, found, strict=True):
        match = "true" if comparison.score >= THRESHOLD else "false"
        schema = row.get("schema") or ""
        writer.writerow((row["left"], row["right"], schema, comparison.score, match))
    return text.getvalue()


def _pairs(path: Path) -> list[dict[str, str]]:
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read as UTF-8 ({error}); check path and encoding"
        raise UsageError(message) from error
    reader = csv.DictReader(io.StringIO(content, newline=""))
    missing = {"left", "right"} - set(reader.fieldnames or ())
    if missing:
        message = f"{path}: no column {' and '.join(sorted(missing))}; the header must name left and right"
        raise UsageError(message)
    rows = []
    for row in reader:
        if row["left"] is None or row["right"] is None:
            message = f"{path}: line {reader.line_num} has too few cells; each line needs left and right"
            raise UsageError(message)
        rows.append(row)
    return rows
