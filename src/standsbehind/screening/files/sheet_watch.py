"""The watch on sheets: what their XML would make the reader do, seen before it does it."""

import re
from functools import lru_cache
from xml.parsers import expat

from standsbehind.errors import UsageError
from standsbehind.screening.files.userfile import MAX_FIELD, UserFile

__all__ = ["SheetWatch"]

MAX_CELLS = 20_000_000
"""The reader keeps 32 bytes for each place between the first and the last cell."""

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class SheetWatch:
    """Follow the XML of one part; of all parts but sheets, only what stands at the head."""

    __slots__ = (
        "_fed",
        "_file",
        "_last",
        "_name",
        "_parser",
        "_place",
        "_root",
        "_size",
        "has_formulas",
    )

    def __init__(self, file: UserFile, name: str, size: int) -> None:
        self._file, self._name, self._size = file, name, size
        self._parser: expat.XMLParserType | None = None
        self._root: str | None = None
        self._fed = 0
        self._place = self._last = (0, 0)
        self.has_formulas = False

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece of the part."""
        if self._fed == 0 and _may_be_xml(chunk):
            self._parser = expat.ParserCreate()
            self._parser.StartElementHandler = self._start
            self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._fed += len(chunk)
        if self._parser is None:
            return
        self._parse(self._parser, chunk)
        if self._fed - self._parser.CurrentByteIndex > MAX_FIELD:
            raise self._refusal("one tag of it is longer than 10 MB")
        if self._root not in {None, "worksheet"}:
            self._parser = None

    def _parse(
        self, parser: expat.XMLParserType, chunk: bytes, *, end: bool = False
    ) -> None:
        try:
            parser.Parse(chunk, end)
        except (expat.ExpatError, LookupError, ValueError) as error:
            if self._root not in {None, "worksheet"}:
                return  # drawings of old notes are not well-formed, and are not read
            raise self._refusal(f"damaged ({error})") from error

    def finish(self) -> None:
        """Check the whole sheet, once all of it was fed."""
        if self._parser is not None:
            self._parse(self._parser, b"", end=True)
        rows, columns = self._last
        if rows * columns > MAX_CELLS:
            raise self._refusal(
                f"its cells are spread over {rows:,} rows and {columns:,} columns; delete"
                " the stray ones"
            )

    def _refusal(self, what: str) -> UsageError:
        return self._file.refusal(f"{self._name} in it is refused: {what}")

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refusal("it declares a document type, as entity bombs do")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._root is None:
            self._root = name
            self._check_count(attributes.get("uniqueCount", "0"))
        elif self._root == "worksheet":
            self._follow(name, attributes.get("r"))

    def _follow(self, name: str, reference: str | None) -> None:
        if name == "row":
            self._place = (self._row(reference), 0)
        elif name == "c":
            self._place = self._cell(reference)
        elif name in {"v", "is"}:
            rows, columns = self._last
            self._last = (max(rows, self._place[0]), max(columns, self._place[1]))
        elif name == "f":
            self.has_formulas = True

    def _check_count(self, announced: str) -> None:
        """Refuse to make room for more texts than the part can hold."""
        if not announced.isdecimal() or int(announced[:12]) > self._size:
            raise self._refusal(f"it announces {announced[:20]} texts")

    def _row(self, number: str | None) -> int:
        if number is None:
            return self._place[0] + 1
        if (
            not number.isdecimal()
            or len(number) > 7
            or not 0 < int(number) <= _LAST_ROW
        ):
            raise self._refusal(f"it has a row {number[:20]!r}, off the sheet")
        return int(number)

    def _cell(self, reference: str | None) -> tuple[int, int]:
        if reference is None:
            return self._place[0], self._place[1] + 1
        found = _REFERENCE.fullmatch(reference)
        if found is None or _column(found[1]) > _LAST_COLUMN:
            raise self._refusal(f"it has a cell {reference[:20]!r}, off the sheet")
        return self._row(found[2]), _column(found[1])


def _may_be_xml(chunk: bytes) -> bool:
    # A chunk of nothing but spaces may be there to hide what follows.
    said = chunk.lstrip(b"\xef\xbb\xbf \t\r\n")
    return said.startswith(b"<") or (bool(chunk) and not said)


@lru_cache(maxsize=_LAST_COLUMN)
def _column(letters: str) -> int:
    """Count columns as sheets do: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
