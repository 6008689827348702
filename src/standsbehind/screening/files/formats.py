"""Formats: what a file is, told by what stands in it and only then by its name."""

import re
from typing import Literal

from standsbehind.screening.files.documents import is_json_lines, looks_like_json
from standsbehind.screening.files.userfile import UserFile

__all__ = ["TextForm", "is_archive", "refuse_foreign", "text_form"]

TextForm = Literal["json", "jsonl", "table"]

_SAVE = "save it as CSV or XLSX"
_FOREIGN = (
    (b"%PDF", f"a PDF, which has no cells to read; {_SAVE} where it was made"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"PAR1", f"Parquet, which is not read yet; {_SAVE}"),
    (b"SQLite format 3", f"a SQLite database; {_SAVE} the table of names"),
    (b"{\\rtf", f"an RTF document; {_SAVE}"),
    (b"\x89PNG", "a picture; a table of names is needed"),
    (b"\xff\xd8\xff", "a picture; a table of names is needed"),
    (b"GIF8", "a picture; a table of names is needed"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ARCHIVE = b"PK"
_MARKUP = re.compile(r"<(?:[?!]|[a-z][a-z0-9:]*[\s/>])")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|title|div|script|meta)\b")


def is_archive(file: UserFile) -> bool:
    """Whether the file is a ZIP archive, as XLSX is."""
    return file.content.startswith(_ARCHIVE) and file.content[2:4] in {
        b"\x03\x04",
        b"\x05\x06",
        b"\x07\x08",
    }


def refuse_foreign(file: UserFile) -> None:
    """Raise UsageError, saying what the file is, where it is of a kind that is not read."""
    if file.content.startswith(_OLE):
        if _ENCRYPTED in file.content:
            raise file.refusal("locked by a password; save it without one")
        raise file.refusal(f"an Excel file of before 2007 (XLS); {_SAVE}")
    for beginning, what in _FOREIGN:
        if file.content.startswith(beginning):
            raise file.refusal(what)


def text_form(file: UserFile, text: str) -> TextForm:
    """Tell a table from JSON and JSON lines.

    Raises UsageError for blank text, for a web page and for XML, of which nothing is parsed.
    """
    head = text[:4096].lstrip().lower()
    if not head and not text.strip():
        raise file.refusal("the file is empty; nothing to screen")
    if _MARKUP.match(head):
        raise file.refusal(_what_markup(head))
    if looks_like_json(text) or file.extension in {"json", "jsonl", "ndjson"}:
        return "jsonl" if is_json_lines(file, text) else "json"
    return "table"


def _what_markup(head: str) -> str:
    if "<nmaprun" in head:
        return "nmap XML is not read yet; give a table of devices instead"
    if "cyclonedx.org" in head:
        return "CycloneDX is not read yet; give a table of names instead"
    if _HTML.search(head):
        return f"a web page (HTML), whatever its name says; open it and {_SAVE}"
    return f"XML of a kind that is not read; {_SAVE}"
