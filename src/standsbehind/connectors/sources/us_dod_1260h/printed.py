"""How the notices print a firm: short names in brackets, then the subsidiaries listed with it.

Name Co., Ltd. (Short) (and two subsidiaries: One Co., Ltd. (O), and Two Limited)
Name Group (formerly Old Name Co., Ltd. (Old))
"""

import re
from dataclasses import dataclass

from standsbehind.connectors.number_words import NUMBER_WORDS

__all__ = ["Printed", "read_printed"]

_SUBSIDIARIES = re.compile(
    r"(?:and|with|including)(?: its)?(?: (?P<count>\w+))? subsidiar(?:y|ies):? (?P<names>.+)",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:formerly|f/k/a|f\.k\.a\.)(?: known as)? (?P<name>.+)", re.IGNORECASE
)
_OTHER = re.compile(
    r"(?:also known as|doing business as|a\.?k\.?a\.?|d/b/a) (?P<name>.+)",
    re.IGNORECASE,
)
_NAME_PART = frozenset({"group", "holding", "holdings", "limited"})
"""Words in brackets that are part of the name before them."""
_FORM = re.compile(
    r"(?:and )?(?:Co|Company|Corp|Corporation|Inc|LLC|L\.L\.C|Ltd|Limited|PLC|S\.A)\b"
)
_LONGEST = 160
"""No name is longer; a longer text is several names, or a sentence."""
_LONGEST_ENTRY = 20_000
"""Ten times the entry with most subsidiaries."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One paragraph of the list, taken apart."""

    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    subsidiaries: tuple["Printed", ...] = ()


def read_printed(text: str) -> Printed | None:
    """Take a paragraph apart; None where it cannot be read without guessing.

    >>> read_printed("Example Optics Co., Ltd. (Example) (and one subsidiary: Tiny Ltd.)")
    Printed(name='Example Optics Co., Ltd.', aliases=('Example',), former=(), subsidiaries=(Printed(name='Tiny Ltd.', aliases=(), former=(), subsidiaries=()),))
    """
    return _read(text, may_list=True) if len(text) <= _LONGEST_ENTRY else None


def _read(text: str, *, may_list: bool) -> Printed | None:
    name, groups = _groups(" ".join(text.split()))
    aliases: list[str] = []
    former: list[str] = []
    below: list[Printed] = []
    for group in groups:
        listed, earlier = _SUBSIDIARIES.fullmatch(group), _FORMER.fullmatch(group)
        other = _OTHER.fullmatch(group)
        if listed:
            found = _subsidiaries(listed) if may_list else None
            if found is None:
                return None
            below += found
        elif earlier:
            former += _with_short(earlier["name"])
        else:
            aliases += _with_short(other["name"] if other else group)
    names = (name, *aliases, *former)
    if not all(map(_can_be_name, names)):
        return None
    return Printed(name, tuple(aliases), tuple(former), tuple(below))


def _groups(text: str) -> tuple[str, list[str]]:
    """Split the brackets at the end of a text off, in the order in which they stand."""
    rest, groups = text, list[str]()
    while rest.endswith((")", ").")):
        end = rest.rindex(")")
        start = _opening(rest, end)
        inside = rest[start + 1 : end].strip()
        if start < 1 or inside.casefold() in _NAME_PART:
            break
        groups.insert(0, inside)
        rest = rest[:start].rstrip()
    return rest, groups


def _opening(text: str, end: int) -> int:
    """Find the bracket that the one at `end` closes; -1 where there is none."""
    depth = 0
    for at in range(end, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
    return -1


def _with_short(text: str) -> list[str]:
    name, groups = _groups(text)
    return [name, *groups]


def _subsidiaries(listed: re.Match[str]) -> list[Printed] | None:
    """Read the subsidiaries; None where they are not as many as announced."""
    found = [_read(name, may_list=False) for name in _enumerated(listed["names"])]
    count = (listed["count"] or "").lower()
    announced = NUMBER_WORDS.index(count) if count in NUMBER_WORDS else None
    if count.isdecimal():
        announced = int(count)
    if announced is not None and announced != len(found):
        return None
    read = [one for one in found if one is not None]
    return read if len(read) == len(found) else None


def _enumerated(text: str) -> list[str]:
    """Split at commas outside brackets; `Co.` and `Ltd.` stay with their name."""
    names: list[str] = []
    depth, begun = 0, 0
    for at, sign in enumerate(f"{text},"):
        depth += (sign == "(") - (sign == ")")
        if sign != "," or depth:
            continue
        part, begun = text[begun:at].strip(), at + 1
        if names and _FORM.match(part):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part.removeprefix("and "))
    return names


def _can_be_name(text: str) -> bool:
    is_closed = text.count("(") == text.count(")")
    is_one = is_closed and ":" not in text and len(text) <= _LONGEST
    return text[:1] not in {"", "("} and is_one
