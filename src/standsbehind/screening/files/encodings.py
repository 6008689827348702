"""Encodings: from the bytes of a text file to its letters, with any guess said."""

import codecs
import difflib
import re
from dataclasses import dataclass

from standsbehind.screening.files.userfile import UserFile

__all__ = ["Decoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16: must come first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["utf_16", "cp1252", "gb18030", "cp932", "cp1251", "big5", "euc_kr"]
"""Left alone, the detector calls French text mac_latin2; among these it was always right."""
_KNOWN = (
    *_CANDIDATES,
    "utf-8",
    "utf-16",
    "latin-1",
    "cp1250",
    "cp1253",
    "cp1254",
    "gbk",
)
_SAMPLE_BYTES = 256 << 10
_LETTER = rb"[\x8a\x8c\x8e\x92\x9a\x9c\x9e\x9f\xa0\xb4\xc0-\xd6\xd8-\xf6\xf8-\xff]{1,2}"
_SINGLE_LETTER = re.compile(
    rb"(?<=[A-Za-z])%b(?![\x80-\xff])|(?<![\x80-\xff])%b(?=[A-Za-z])"
    % (_LETTER, _LETTER)
)
"""One or two letters of cp1252 that are not ASCII, beside one that is, as in "Müller"."""
_CYRILLIC_SIGNS = b"\xa8\xb8\xab\xbb\xb9\x96\x97\xa0"
"""In cp1251: the letters yo, quotation marks, the sign for a number, dashes, a hard space."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; `note` says how its encoding was told where that was a guess."""

    text: str
    note: str | None = None


def decode(file: UserFile, encoding: str | None = None) -> Decoded:
    """Read the bytes in the encoding given, else by mark, as strict UTF-8, else by guess.

    Raises UsageError, with byte and line, where the bytes are not text in that encoding.
    """
    if encoding is not None:
        return Decoded(_decode_as(file, _known(file, encoding)))
    for mark, codec in _MARKS:
        if file.content.startswith(mark):
            return Decoded(_decode_as(file, codec))
    wide = _unmarked_utf16(file.content)
    if wide is not None:
        return Decoded(_decode_as(file, wide), _guess_note(wide))
    try:
        return Decoded(file.content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _guess(file, error)


def _known(file: UserFile, encoding: str) -> str:
    try:
        "".encode(encoding)
    except (LookupError, UnicodeError) as error:
        close = difflib.get_close_matches(encoding.lower(), _KNOWN, n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else "try utf-8 or cp1252"
        message = f"{encoding!r} is not an encoding of text; {hint}"
        raise file.refusal(message) from error
    return encoding


def _decode_as(file: UserFile, codec: str) -> str:
    try:
        return file.content.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise file.refusal(_not_text_in(file, codec, error)) from error
    except UnicodeError as error:
        message = f"not text in {codec} ({error}); name another with --encoding"
        raise file.refusal(message) from error


def _not_text_in(file: UserFile, codec: str, error: UnicodeDecodeError) -> str:
    line = file.content.count(b"\n", 0, error.start) + 1
    return (
        f"line {line}, byte {error.start} of the file is not text in {codec}; name the"
        " encoding with --encoding, or save the file as UTF-8"
    )


def _unmarked_utf16(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NUL bytes, which all stand on one side of the pairs."""
    sample = content[: min(len(content), _SAMPLE_BYTES) & ~1]
    sides = (sample[0::2].count(0), sample[1::2].count(0))
    if len(content) % 2 or (sides[0] == 0) == (sides[1] == 0):
        return None
    codec = "utf-16-le" if sides[1] else "utf-16-be"
    breaks = sample.count("\n".encode(codec))
    if breaks * 2 >= sample.count(b"\n"):  # half of 上, as in Shanghai, is a line feed
        return codec
    return codec if breaks and not _is_utf8(sample) else None


def _is_utf8(sample: bytes) -> bool:
    """Whether the bytes are UTF-8: then a stray NUL byte is damage, not half of a letter."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _guess(file: UserFile, error: UnicodeDecodeError) -> Decoded:
    from charset_normalizer import (  # noqa: PLC0415 - few files need a guess
        from_bytes,
    )

    sample = _telling_lines(file.content, error.start)
    fits = [m.encoding for m in from_bytes(sample, cp_isolation=_CANDIDATES)]
    if not fits:
        raise file.refusal(_not_text_in(file, "UTF-8", error)) from error
    alphabet = _alphabet(sample)
    best = alphabet if alphabet in fits else fits[0]
    others = [codec for codec in fits if codec != best]
    return Decoded(_decode_as(file, best), _guess_note(best, others))


def _alphabet(sample: bytes) -> str | None:
    """Tell Western European and Cyrillic letters by where their bytes stand.

    The detector needs a few lines to see it; a list with one "Müller" in it is common.
    """
    high = re.findall(rb"[\x80-\xff]+", sample)
    if len(_SINGLE_LETTER.findall(sample)) >= 0.9 * len(high):
        return "cp1252"
    letters = b"".join(high).translate(None, _CYRILLIC_SIGNS)
    small = sum(byte >= 0xE0 for byte in letters)
    if letters and min(letters) >= 0xC0 and small >= 0.5 * len(letters):
        return "cp1251"
    return None


def _telling_lines(content: bytes, start: int) -> bytes:
    """Take lines that are not plain ASCII, from `start` on: the others fit every encoding."""
    begin = content.rfind(b"\n", 0, start) + 1
    lines: list[bytes] = []
    room = _SAMPLE_BYTES
    for line in content[begin : begin + 64 * _SAMPLE_BYTES].splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:room])
            room -= len(lines[-1])
        if room <= 0:
            break
    return b"".join(lines)


def _guess_note(codec: str, others: list[str] | None = None) -> str:
    fits = f" ({', '.join(others)} would fit too)" if others else ""
    return f"The encoding was guessed: {codec}{fits}; set it with --encoding."
