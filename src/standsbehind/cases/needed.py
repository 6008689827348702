"""Needed: what a person must say with a judgement, as text that can be kept."""

from standsbehind.errors import UsageError

__all__ = ["MOST_OF_A_NAME", "needed_author", "needed_reason", "needed_text"]

_MOST_LETTERS = 4_000
"""Characters of a reason; more is a report, to which a reason may point."""
MOST_OF_A_NAME = 1_000
"""Characters of a name."""


def needed_author(text: str) -> str:
    """Return who judges. Raises UsageError where nobody is named."""
    return needed_text("the author", text, MOST_OF_A_NAME)


def needed_reason(text: str) -> str:
    """Return why it is judged so. Raises UsageError where nothing is said."""
    return needed_text("the reason", text)


def needed_text(what: str, text: str, most: int = _MOST_LETTERS) -> str:
    """Return a text without spaces around it. Raises UsageError where it cannot be kept."""
    told = text.strip()
    if not told:
        message = f"{what} is missing"
        raise UsageError(message)
    if len(told) > most:
        message = f"{what}: {len(told):,} characters; at most {most:,} are kept"
        raise UsageError(message)
    try:
        told.encode()
    except UnicodeEncodeError as error:
        message = f"{what}: character {error.start + 1} is half of a pair, and no text"
        raise UsageError(message) from error
    return told
