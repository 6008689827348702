"""PDF: a page of ours set on paper, tagged for screen readers, the same bytes each time."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from importlib.util import find_spec
from typing import Any, Final

import orjson

from standsbehind.errors import EngineError, UsageError
from standsbehind.reports.blocks import sheet_of
from standsbehind.reports.faces import SAMPLES, Faces, faces
from standsbehind.reports.plain import cut
from standsbehind.reports.runs import BREAK
from standsbehind.reports.setting import EAST_ASIAN

__all__ = ["need_typst", "printable_scripts", "write"]

_STANDARD: Final = "ua-1"
"""PDF/UA refuses a letter that no font has, where typst alone would leave it out."""
_UNPRINTED = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_NAMED = 3
_MISSING = "PDF needs typst, which is not installed: pip install 'standsbehind[pdf]'"


def need_typst() -> None:
    """Raise UsageError where the extra is not installed, before any work is done."""
    if find_spec("typst") is None:
        raise UsageError(_MISSING)


def write(page: str, day: date) -> bytes:
    """Set a page that our templates made as a PDF of A4 pages.

    It says what the page says, in the same words. `day` is the one that the answer is of:
    it is the document's date, so that the same page gives the same bytes, whenever it is
    set. Text goes to typst as data and is never read as markup.

    Raises UsageError where typst is not installed, or where no font on the machine has a
    letter of the text: nothing is left out in silence.
    """
    need_typst()
    sheet = sheet_of(page)
    try:
        return _set(sheet, day, faces(with_system=False))
    except _UnprintableError:
        pass  # the fonts of the machine may have what those of the extra lack
    try:
        return _set(sheet, day, faces(with_system=True))
    except _UnprintableError as refused:
        raise UsageError(_refusal(refused.letters, sheet)) from None


class _UnprintableError(Exception):
    """No font has these letters."""

    def __init__(self, letters: Sequence[str]) -> None:
        super().__init__(", ".join(letters))
        self.letters = letters


def _set(sheet: dict[str, Any], day: date, found: Faces) -> bytes:
    import typst  # noqa: PLC0415 - an extra

    style = resources.files("standsbehind.reports") / "templates" / "paper.typ"
    try:
        made: bytes = typst.compile(
            style.read_bytes(),
            font_paths=found.fonts,
            ignore_system_fonts=True,  # `found` holds them where they are wanted
            sys_inputs={
                "sheet": orjson.dumps(sheet).decode(),
                "faces": orjson.dumps(found.families).decode(),
            },
            format="pdf",
            pdf_standards=_STANDARD,
            timestamp=datetime.combine(day, time(), tzinfo=UTC),
        )
    except typst.TypstError as error:
        letters = list(dict.fromkeys(_letters_in(error.diagnostic)))
        if letters:
            raise _UnprintableError(letters) from None
        message = f"the PDF could not be set: {error.message}; --html writes the same"
        raise EngineError(message) from error
    return made


def _letters_in(diagnostic: str) -> Iterator[str]:
    """Read the letters that an error of typst names, some of them by their numbers."""
    for letters in _UNPRINTED.findall(diagnostic):
        yield _NUMBERED.sub(lambda found: chr(int(found[1], 16)), letters)


def _refusal(letters: Sequence[str], sheet: dict[str, Any]) -> str:
    """Say which text cannot be printed, and what brings the letters."""
    told = "; ".join(_told(one, sheet) for one in letters[:_MOST_NAMED])
    more = f"; and {len(letters) - _MOST_NAMED} more" * (len(letters) > _MOST_NAMED)
    is_east_asian = re.search(f"[{EAST_ASIAN}]", "".join(letters))
    package = "fonts-noto-cjk" if is_east_asian else "fonts-noto-core"
    return (
        f"no font here prints {told}{more}; nothing was written. Install fonts that do "
        f"(pip install 'standsbehind[pdf]'; Debian and Ubuntu: apt-get install {package}),"
        " or write HTML, which the reader's own fonts print"
    )


def _told(letters: str, sheet: dict[str, Any]) -> str:
    codes = " ".join(f"U+{ord(letter):04X}" for letter in letters[:4])
    text = next((text for text in _texts(sheet) if letters in text), letters)
    return f"{letters} ({codes}) in “{cut(text.replace(BREAK, ''), 80)}”"


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a sheet
    if isinstance(node, str):
        yield node
    parts = node.values() if isinstance(node, dict) else node
    if isinstance(parts, list) or isinstance(node, dict):
        for part in parts:
            yield from _texts(part)


def printable_scripts() -> tuple[list[str], list[str]]:
    """Tell the scripts that can be printed here from those that cannot, by setting a name.

    Raises UsageError where typst is not installed.
    """
    need_typst()
    can, cannot = [], []
    for script, sample in SAMPLES.items():
        page = f"<title>-</title><body><h1>-</h1><p>{sample}</p>"
        try:
            write(page, date.min)
        except UsageError:
            cannot.append(script)
        else:
            can.append(script)
    return can, cannot
