"""`behind compare`: how far two names say the same."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from standsbehind.cli.session import (
    Session,
    json_option,
    opened_to_write,
    pass_session,
    print_json,
)
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from standsbehind.matching.score import Comparison

__all__ = ["compare"]

Pair = tuple[str, str, str]
"""Left, right and schema."""

PERSON = "Person"
"""The schema of names that are compared as those of persons."""

CHUNK = 5_000
"""Pairs that are scored together."""
SMALL_BYTES = 200_000
"""A file that one process scores sooner than several can be started."""


@click.command()
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option(
    "--pairs", type=click.Path(path_type=Path), help="A CSV of left,right[,schema]."
)
@click.option("--schema", help="What the two names are of, as in Person.")
@click.option("--out", metavar="PATH", help="Where to write the scores of --pairs.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Processes that score --pairs (one for each core).",
)
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
        _score_file(options, known)
        return
    if left is None or right is None:
        message = "give two names, or a file with --pairs"
        raise click.UsageError(message)
    from standsbehind.matching.score import THRESHOLD

    [found] = _compared([(left, right, options["schema"] or "")], known)
    is_match = found.score >= THRESHOLD
    if options["as_json"]:
        reasons = [feature.to_json() for feature in found.features]
        print_json({"score": found.score, "match": is_match, "explanation": reasons})
        return
    click.echo(f"{found.score:.4f}  {'match' if is_match else 'no match'}")
    for feature in found.features:
        click.echo(f"  {feature.weight:.4f}  {feature.feature}: {feature.detail}")


def _score_file(options: Mapping[str, Any], known: Session | None) -> None:
    """Score the pairs of a file, writing them as they come; memory stays flat."""
    from standsbehind.screening.workers import cores, in_order

    path: Path = options["pairs"]
    with _opened(path) as file:
        pairs = _pairs(path, file)
        small = file.seekable() and path.stat().st_size < SMALL_BYTES
        # What reads the data has threads, which no fork takes along.
        jobs = 1 if small or known else options["jobs"] or cores()
        with (
            opened_to_write(options["out"] or "-") as write,
            closing(in_order(_chunks(pairs), partial(_scored, known), jobs)) as written,
        ):
            write(b"left,right,schema,score,match\n")
            for lines in written:
                write(lines)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open the file of pairs as UTF-8; what cannot be read is told with its path."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except (
        UnicodeDecodeError,
        FileNotFoundError,
        IsADirectoryError,
        PermissionError,
    ) as error:
        message = f"{path}: cannot be read as UTF-8 ({error}); check path and encoding"
        raise UsageError(message) from error


def _pairs(path: Path, file: TextIO) -> Iterator[Pair]:
    rows = csv.reader(file)
    places = _places(path, next(rows, []))
    for row in rows:
        if not row:
            continue
        if len(row) <= max(places[:2]):
            message = f"{path}: line {rows.line_num} has too few cells; each line needs left and right"
            raise UsageError(message)
        left, right, schema = places
        yield row[left], row[right], row[schema] if -1 < schema < len(row) else ""


def _places(path: Path, header: list[str]) -> tuple[int, int, int]:
    missing = {"left", "right"} - set(header)
    if missing:
        message = f"{path}: no column {' and '.join(sorted(missing))}; the header must name left and right"
        raise UsageError(message)
    schema = header.index("schema") if "schema" in header else -1
    return header.index("left"), header.index("right"), schema


def _chunks(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    while chunk := list(islice(pairs, CHUNK)):
        yield chunk


def _compared(pairs: "Sequence[Pair]", known: Session | None) -> "Iterator[Comparison]":
    """Compare pairs, with what the session's snapshot states of the names, if there is one.

    Names of persons are compared part by part, and no alias speaks for them.
    """
    from standsbehind.matching.aliases import Aliases, compare_known
    from standsbehind.matching.names import read_name
    from standsbehind.matching.search import compare_as

    aliases = Aliases()
    if known is not None:
        from standsbehind.graph.aliases import aliases_of

        names = (name for *both, schema in pairs if schema != PERSON for name in both)
        aliases = aliases_of(known.reader.snapshot, names)
    for left, right, schema in pairs:
        if schema == PERSON:
            yield compare_as(left, right, is_person=True)
        else:
            yield compare_known(read_name(left), read_name(right), aliases)


def _scored(known: Session | None, pairs: list[Pair]) -> bytes:
    from standsbehind.matching.score import THRESHOLD

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    found = _compared(pairs, known)
    for (left, right, schema), comparison in zip(pairs, found, strict=True):
        match = "true" if comparison.score >= THRESHOLD else "false"
        writer.writerow((left, right, schema, comparison.score, match))
    return text.getvalue().encode()
