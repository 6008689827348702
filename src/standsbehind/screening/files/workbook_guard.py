"""The guard of workbooks: a bomb or a damaged file is refused before it is opened."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standsbehind.screening.files.sheet_watch import SheetWatch
from standsbehind.screening.files.userfile import UserFile

__all__ = ["Guarded", "guard"]

MAX_EXPANDED = 1 << 30
MAX_RATIO = 200
"""Sheets of real firms shrink 5 to 60 times; a bomb, 1,000 times."""

_RATED_FROM = 1 << 20
_CHUNK = 1 << 20
_END_OF_ARCHIVE = b"PK\x05\x06"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OTHERS = (
    ("xl/workbook.bin", "a binary workbook (XLSB); save it as XLSX or CSV"),
    ("word/document.xml", "a Word document; save its table as CSV or XLSX"),
    ("ppt/presentation.xml", "a presentation; save its table as CSV or XLSX"),
    ("Index/Document.iwa", "a Numbers document; export it as CSV or XLSX"),
    ("content.xml", "an OpenDocument file (ODS); save it as CSV or XLSX"),
)
_DAMAGED = "the workbook is cut short or damaged; copy or export it again"


@dataclass(frozen=True, slots=True)
class Guarded:
    """A workbook that can be opened without harm."""

    file: UserFile
    has_formulas: bool


def guard(file: UserFile) -> Guarded:
    """Read every part of the archive once, keeping nothing, and check what it expands to.

    Raises UsageError for a damaged archive, for one that is no XLSX workbook, and for one
    that would take the machine down: too large, too dense, entities, cells off the sheet.
    """
    parts = _parts(file)
    _refuse_others(file, {part.filename for part in parts})
    _refuse_bombs(file, parts)
    has_formulas = False
    for part in parts:
        watch = SheetWatch(file, part.filename, part.file_size)
        for chunk in _expand(file, part):
            watch.feed(chunk)
        watch.finish()
        has_formulas = has_formulas or watch.has_formulas
    return Guarded(file, has_formulas)


def _parts(file: UserFile) -> list[zipfile.ZipInfo]:
    # Two directories in one archive would show us one content and the reader another.
    tail = file.content[-(1 << 16) - 22 :]
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            parts = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OverflowError,
        NotImplementedError,
    ) as error:
        raise file.refusal(_DAMAGED) from error
    if tail.count(_END_OF_ARCHIVE) != 1:
        raise file.refusal(_DAMAGED)
    return parts


def _refuse_others(file: UserFile, names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    for name, what in _OTHERS:
        if name in names:
            raise file.refusal(what)
    raise file.refusal("a ZIP archive and not a workbook; unpack it first")


def _refuse_bombs(file: UserFile, parts: Iterable[zipfile.ZipInfo]) -> None:
    expanded = 0
    for part in parts:
        expanded += part.file_size
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size >= _RATED_FROM and ratio > MAX_RATIO:
            what = (
                f"{part.filename} in it expands to {ratio:,.0f} times its size: refused"
            )
            raise file.refusal(f"{what}; save the sheet as CSV")
        if part.flag_bits & 1 or part.compress_type not in _METHODS:
            raise file.refusal(
                "locked by a password or packed oddly; save it as XLSX anew"
            )
    if expanded > MAX_EXPANDED:
        what = (
            f"expands to {expanded / (1 << 30):,.1f} GB: refused; save the sheet as CSV"
        )
        raise file.refusal(what)


def _expand(file: UserFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part, which must be as long as the directory says it is."""
    packed = _packed(file, part)
    stored = part.compress_type == zipfile.ZIP_STORED
    length = checksum = 0
    try:
        for chunk in _slices(packed) if stored else _inflate(packed):
            length += len(chunk)
            if length > part.file_size:
                raise file.refusal(_DAMAGED)
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
    except zlib.error as error:
        raise file.refusal(_DAMAGED) from error
    if (length, checksum) != (part.file_size, part.CRC):
        raise file.refusal(_DAMAGED)


def _packed(file: UserFile, part: zipfile.ZipInfo) -> memoryview:
    content = memoryview(file.content)
    head = content[part.header_offset :][:30]
    if len(head) < 30:
        raise file.refusal(_DAMAGED)
    extras = int.from_bytes(head[26:28], "little") + int.from_bytes(
        head[28:30], "little"
    )
    start = part.header_offset + 30 + extras
    return content[start : start + part.compress_size]


def _slices(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _CHUNK):
        yield bytes(packed[start : start + _CHUNK])


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _slices(packed):
        rest = piece
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
    while not inflater.eof and (chunk := inflater.decompress(b"", _CHUNK)):
        yield chunk
