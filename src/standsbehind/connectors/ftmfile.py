"""Other people's data: any FollowTheMoney file as a dataset of the caller's naming."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from standsbehind.connectors.context import Copy, Draft, Pull, Quarantined, Reading
from standsbehind.connectors.dataset import Dataset, Expectations, Part
from standsbehind.errors import SourceError, UsageError
from standsbehind.model.ftm import (
    statement_from_row,
    statements_from_entity,
)
from standsbehind.model.statement import Claim, Statement, Status

__all__ = ["crawl", "describe_file"]

RESERVED = frozenset({"judged"})
"""Names of data sets that no file may have."""
_NAME = re.compile(r"[a-z][a-z0-9_]{1,63}")


def describe_file(name: str, path: Path) -> Dataset:
    """Describe a user's file as a dataset. Raises UsageError for a name that cannot be one."""
    if not _NAME.fullmatch(name):
        message = (
            f"{name}: not a dataset name; use 2 to 64 small letters, digits and "
            "underscores, beginning with a letter"
        )
        raise UsageError(message)
    if name in RESERVED:
        message = f"{name}: holds what is judged here; choose another name"
        raise UsageError(message)
    return Dataset(
        id=name,
        title=f"{name} (a file of yours)",
        publisher="the person who pulled the file",
        url=path.name,
        origin_group=name,
        licence="as the file's owner says",
        kind="other",
        parts=(Part("file", ("*",)),),
        expect=Expectations(),
        notes="Statements as the file gives them; nothing was checked against a publisher.",
    )


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read FollowTheMoney entities (JSON lines) or statements (JSON lines or CSV).

    A line that is neither is quarantined with its number; the rest is read.
    """
    copy = pull.copies[0]
    bad: list[Quarantined] = []
    statements = sorted(
        _statements(pull.dataset.id, copy, bad), key=lambda pair: pair[1].entity_id
    )
    for entity_id, group in groupby(statements, key=lambda pair: pair[1].entity_id):
        yield _draft(pull, copy, entity_id, list(group))
    yield from bad


def _draft(
    pull: Pull, copy: Copy, entity_id: str, told: list[tuple[int, Statement]]
) -> Draft:
    line, first = told[0]
    draft = Draft(
        pull.dataset.id, entity_id, first.schema, pull.cite(copy, f"line {line}")
    )
    draft.claims = [
        Claim(
            statement,
            (pull.cite(copy, f"line {number}"),),
            status=Status.UNSTATED,
        )
        for number, statement in told
    ]
    return draft


def _statements(
    dataset: str, copy: Copy, bad: list[Quarantined]
) -> Iterator[tuple[int, Statement]]:
    try:
        text = copy.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = (
            f"{copy.name}: not UTF-8 at byte {error.start}; FollowTheMoney files are"
        )
        raise SourceError(message) from error
    records = _lines(text) if text.lstrip().startswith("{") else _rows(copy.name, text)
    for number, record in records:
        try:
            for statement in _told(dataset, record()):
                yield number, statement
        except ValueError as error:
            bad.append(Quarantined(f"line {number}", str(error)))


def _lines(text: str) -> Iterator[tuple[int, Callable[[], Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, partial(orjson.loads, line)


def _rows(name: str, text: str) -> Iterator[tuple[int, Callable[[], Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=csv.unix_dialect)
    if not {"entity_id", "prop", "value"} <= set(reader.fieldnames or ()):
        message = (
            f"{name}: neither FollowTheMoney JSON lines nor a statement CSV (its header "
            "names entity_id, schema, prop, value, dataset)"
        )
        raise SourceError(message)
    for row in reader:
        yield reader.line_num, partial(dict, row)


def _told(dataset: str, record: Any) -> Iterator[Statement]:  # noqa: ANN401 - JSON
    if not isinstance(record, dict):
        message = "not a JSON object"
        raise ValueError(message)
    if "prop" in record:
        yield statement_from_row(record)
    else:
        yield from statements_from_entity(record, dataset)
