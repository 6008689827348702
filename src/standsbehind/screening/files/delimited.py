"""Delimited text: which sign parts the columns, and the rows between the signs."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from statistics import mode
from typing import TYPE_CHECKING

from standsbehind.errors import UsageError
from standsbehind.screening.files.tables import (
    PREAMBLE,
    Row,
    find_header,
    without_blank,
)
from standsbehind.screening.files.userfile import MAX_FIELD, UserFile

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["Delimited", "LineOf", "Rows", "lines_of", "read_delimited"]

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
"""A line with its end. Not `splitlines`, which breaks names at other separators."""

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_NO_DELIMITER = "\x1f"
"""The unit separator: no file of names has it, so that each line stays whole."""

_END = "\x1eend of file\x1e"
_SAMPLE_LINES = 500

_INSIDE_NAME = re.compile(
    r",(?:\s|$|(?:ltd|limited|inc|llc|llp|lp|plc|corp|co|gmbh|kg|ag|sa|s\.a|srl|s\.r\.l"
    r"|spa|s\.p\.a|bv|b\.v|nv|n\.v|oy|ab|as|a\.s|sro|s\.r\.o|pte|pty|jsc|l\.l\.c)\b)",
    re.IGNORECASE,
)
"""A comma within a name, as in "Acme Co.,Ltd" or "Acme, Inc."."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """All rows of a text, blank ones too, and the sign that parts their cells."""

    rows: "Rows"
    delimiter: str | None
    """`comma`, `semicolon`, `tab` or `bar`; None where there is one column."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a text; each iteration reads them anew, so that none is held."""

    file: UserFile
    text: str
    sign: str

    def __iter__(self) -> Iterator[Row]:
        """Read from the first row.

        Raises UsageError at a cell over 10 MB and at a quotation that is never closed.
        """
        return _rows(self.file, lines_of(self.file, self.text), self.sign)


@dataclass(frozen=True)
class LineOf:
    """On which line each row of a text begins, read when it is first asked for."""

    rows: Rows

    def __call__(self, row: int) -> int:
        """Return the line of a row; they differ below a cell of several lines."""
        return self._first[row - 1] if self._first else row

    @cached_property
    def _first(self) -> Sequence[int]:
        """The first line of each row; empty where no cell can hold the end of a line."""
        text = self.rows.text
        if '"' not in text:
            return ()
        reader = _reader([], lines_of(self.rows.file, text), self.rows.sign)
        return [1, *(reader.line_num + 1 for _ in reader)]


def lines_of(file: UserFile, text: str) -> Iterator[str]:
    """Iterate over the lines with their ends.

    Raises UsageError, before the first line, where one is longer than 10 MB.
    """
    start = 0
    while len(text) - start > MAX_FIELD:
        window = (start, start + MAX_FIELD + 1)
        end = max(text.rfind("\n", *window), text.rfind("\r", *window))
        if end < 0:
            raise _too_long(file, text.count("\n", 0, start) + 1)
        start = end + 1
    return (found.group() for found in _LINE.finditer(text))


def _too_long(file: UserFile, row: int) -> UsageError:
    what = f"row {row} is longer than 10 MB; is this a table of names?"
    return file.refusal(what, row)


def read_delimited(
    file: UserFile, text: str, wanted: frozenset[str] = frozenset()
) -> Delimited:
    """Tell the delimiter from the first lines; the rows are read as they are asked for.

    Raises UsageError, with the row, for a NUL byte, a cell over 10 MB, or a quotation mark
    that is never closed: then all that follows would be read as one cell; and where each
    row is wrapped in quotation marks as a whole.
    """
    _refuse_nul(file, text)
    sample = list(islice(lines_of(file, text), _SAMPLE_LINES))
    delimiter = _sniff(sample, wanted)
    rows = Rows(replace(file, content=b""), text, delimiter)
    if delimiter == _NO_DELIMITER:
        _refuse_wrapped(file, rows)
    return Delimited(rows, _DELIMITERS.get(delimiter))


def _refuse_wrapped(file: UserFile, rows: Rows) -> None:
    wrapped = dict.fromkeys(";\t|,", 0)
    count = 0
    for cell in (cells[0] for _, cells in rows if cells):
        count += 1
        for sign in wrapped:
            wrapped[sign] += cell.count(sign) >= 4
    for sign, times in wrapped.items():
        if times > 0.8 * count:
            what = (
                f"each row is a single cell with several {sign!r} in it, as where whole"
                " rows are in quotation marks; export the file again"
            )
            raise file.refusal(what)


def _refuse_nul(file: UserFile, text: str) -> None:
    at = text.find("\0")
    if at >= 0:
        row = text.count("\n", 0, at) + 1
        what = (
            f"row {row} holds a NUL byte, which no text has; save the file anew, or name"
            " its encoding with --encoding (utf-16?)"
        )
        raise file.refusal(what, row)


def _rows(file: UserFile, lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    # The reader closes an open quotation in silence, but then our last line is within it.
    number = 0
    try:
        for number, cells in enumerate(_reader([_END], lines, delimiter), 1):
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                raise _never_closed(file, number)
            yield number, cells
    except csv.Error as error:
        raise _too_long(file, number + 1) from error


def _reader(end: list[str], lines: Iterable[str], delimiter: str) -> "Reader":
    csv.field_size_limit(MAX_FIELD)  # one for the process; 128 KB where nobody sets it
    return csv.reader(chain(lines, end), delimiter=delimiter)


def _never_closed(file: UserFile, row: int) -> UsageError:
    what = (
        "a quotation mark opens a cell and is never closed, so the rows below cannot be"
        " told apart; close it, or export the file again if it is cut short"
    )
    return file.refusal(what, row)


def _sniff(sample: Sequence[str], wanted: frozenset[str]) -> str:
    """Choose the delimiter that shows a known header, else the one that fits most rows."""
    readings = {
        sign: _read_sample(sample, sign) for sign in (*_DELIMITERS, _NO_DELIMITER)
    }
    headed = {
        sign: score
        for sign, rows in readings.items()
        if (score := _score_of_header(rows, sign, wanted)) is not None
    }
    if headed:
        return max(headed, key=lambda sign: headed[sign])
    commas = sum(line.count(",") for line in sample)
    if commas and _commas_in_names(sample) > 0.9 * commas:
        del readings[","]
    even = {sign: _evenness(rows) for sign, rows in readings.items()}
    best = max(even, key=lambda sign: even[sign])
    return best if even[best] > (0.8, 1) else _NO_DELIMITER


def _read_sample(sample: Sequence[str], sign: str) -> list[Row]:
    rows: list[Row] = []
    try:
        rows.extend(enumerate(_reader([], sample, sign), 1))
    except csv.Error:
        return []
    return without_blank(rows[:-1] if len(sample) == _SAMPLE_LINES else rows)


def _score_of_header(
    rows: list[Row], sign: str, wanted: frozenset[str]
) -> tuple[int, bool, int, float] | None:
    """Rate a delimiter by the header that it shows; None where it shows none.

    A comma parts names as well as columns, so between equals the other signs come first.
    """
    found = find_header(rows, wanted)
    if found is None:
        return None
    header = rows[found.index][1]
    if sign != _NO_DELIMITER and sum(map(bool, header)) < 2:
        return None
    below = [len(cells) == len(header) for _, cells in rows[found.index + 1 :]]
    agreement = sum(below) / len(below) if below else 1.0
    return (found.known, sign not in {",", _NO_DELIMITER}, -found.index, agreement)


def _commas_in_names(sample: Sequence[str]) -> int:
    return sum(len(_INSIDE_NAME.findall(line)) for line in sample)


def _evenness(rows: list[Row]) -> tuple[float, int]:
    """Return the share of rows that have the usual number of cells, and that number."""
    widths = [len(cells) for _, cells in rows[min(PREAMBLE, len(rows) // 2) :]]
    if not widths or mode(widths) < 2:
        return (0.0, 0)
    return (widths.count(mode(widths)) / len(widths), mode(widths))
