"""How the UFLPA Entity List prints a name: other names in brackets, then whom it includes.

Name (including two aliases: One; and Two) and its subordinate and affiliated entities
Name (also known as One; and Two; and formerly known as Three), and Subsidiaries
"""

import re
from dataclasses import dataclass

from standsbehind.connectors.number_words import NUMBER_WORDS

__all__ = ["ListedName", "read_name"]

_SCOPE = re.compile(
    r",? (?P<open>and (?:its )?(?:subsidiaries|subordinate and affiliated entities))$"
    r"| \((?P<closed>and its [a-z ]+)\)$",
    re.IGNORECASE,
)
_OTHER_NAMES = re.compile(
    r" \((?P<names>(?:(?:and|including) \w+ alias|also known|formerly known|[af][./]?k[./]?a\b).*)\)$"
)
_LABEL = re.compile(
    r"[;,]?\s*(?:and )?\b((?:also|formerly) known as|[af][./]?k[./]?a\b[.,]*"
    r"|(?:including )?\w+ alias(?:es)?:)\s*"
)
# `and` joins two names only after a semicolon or the full stop of a legal form; elsewhere
# it belongs to a name (`Cotton and Linen`).
_BETWEEN = re.compile(r";\s*(?:and )?|(?<=\.) and ")
_SHORT = re.compile(r" \(([A-Z]{2,})\)$")
_REMARK = re.compile(r"\((?![A-Z0-9])|\b(?:and|including) (?:its|their)\b|[:;]")
_COUNTED = re.compile(r"(\w+) alias")


@dataclass(frozen=True, slots=True)
class ListedName:
    """One printed entry, taken apart."""

    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    short: str = ""
    """An abbreviation in brackets after the name."""
    scope: str = ""
    """Whom the entry includes, in its words: `and its subordinate and affiliated entities`."""

    @property
    def key(self) -> str:
        """Return the letters and digits of the name: the same in every way to print it."""
        return re.sub(r"[\W_]+", "", self.name).casefold()


def read_name(printed: str) -> ListedName | None:
    """Take an entry apart; None where it holds a remark that is not known.

    >>> read_name("Example Cotton Co. (also known as Example), and Subsidiaries")
    ListedName(name='Example Cotton Co.', aliases=('Example',), former=(), short='', scope='and Subsidiaries')
    """
    rest, scope = _cut(_SCOPE, printed)
    rest, names = _cut(_OTHER_NAMES, rest)
    name, short = _cut(_SHORT, rest)
    others = _other_names(names) if names else ((), ())
    if others is None or not all(map(_is_name, (name, *others[0], *others[1]))):
        return None
    return ListedName(name, *others, short, scope)


def _cut(ending: re.Pattern[str], text: str) -> tuple[str, str]:
    """Split what the pattern finds at the end off a text; empty where it finds nothing."""
    found = ending.search(text)
    if found is None:
        return text, ""
    return text[: found.start()], found[found.lastindex or 0]


def _other_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Read aliases and former names, each list after its label; None where one is amiss."""
    before, *parts = _LABEL.split(text)
    aliases: list[str] = []
    former: list[str] = []
    for label, listed in zip(parts[::2], parts[1::2], strict=True):
        names = _BETWEEN.split(listed)
        if _is_miscounted(label, names):
            return None
        is_former = label.startswith(("formerly", "fk", "f.", "f/"))
        (former if is_former else aliases).extend(names)
    return None if before else (tuple(aliases), tuple(former))


def _is_miscounted(label: str, names: list[str]) -> bool:
    """Whether the label announces another number of names (`three aliases:`)."""
    counted = _COUNTED.search(label)
    return (
        counted is not None
        and counted[1] not in NUMBER_WORDS[len(names) : len(names) + 1]
    )


def _is_name(text: str) -> bool:
    """Whether a text can be a name as a whole, with no remark left in it."""
    is_closed = text.count("(") == text.count(")")
    return bool(text.strip()) and is_closed and _REMARK.search(text) is None
