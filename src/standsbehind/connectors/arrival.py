"""Arrival: whether a copy is the kind of file that was promised, and what text it holds."""

from standsbehind.connectors.context import Copy
from standsbehind.errors import SourceError

__all__ = ["refuse_web_page", "text_of"]

_BLANKS = b"\xef\xbb\xbf \t\r\n"


def refuse_web_page(copy: Copy, wanted: str = "list", *, is_xml: bool = False) -> None:
    """Raise SourceError where a sign-in or error page came in place of the file.

    An XML file may begin with a document type of its own, which its reader refuses by name.
    """
    start = copy.content.lstrip(_BLANKS)[:14].lower()
    if start.startswith((b"<!doctype html" if is_xml else b"<!doctype", b"<html")):
        message = (
            f"{copy.name}: the publisher sent a web page, not the {wanted}; "
            "fetch it again"
        )
        raise SourceError(message)


def text_of(copy: Copy) -> str:
    """Decode a copy of a text file, without its byte order mark.

    Raises SourceError where it is not UTF-8 or is a web page.
    """
    try:
        text = copy.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{copy.name}: not UTF-8 at byte {error.start}; fetch it again"
        raise SourceError(message) from error
    refuse_web_page(copy)
    return text
