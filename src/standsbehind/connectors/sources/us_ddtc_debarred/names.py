"""How the debarment lists print a party: a name, then other names after `a.k.a.`.

Name (a.k.a. One; Two)      Name (a/k/a One)      Name; a.k.a One
"""

import re
from dataclasses import dataclass

__all__ = ["ListedParty", "read_party"]

_LABEL = re.compile(r"\ba(?:\.k\.a\.?|/k/a|ka)(?=[\s,])", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"\b(?:Co|Company|Corp|Corporation|Inc|Incorporated|Limited|LLC|Ltd|S\.A)\b\.?$"
)


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One party as printed, taken apart."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def is_company(self) -> bool:
        """Whether the name ends in a legal form; where it does not, the list leaves it open."""
        return _LEGAL_FORM.search(self.name) is not None


def read_party(printed: str) -> ListedParty | None:
    """Take a printed name apart; None where its brackets cannot be read.

    >>> read_party("Doe, Jane (a.k.a. Jane Roe; J. Roe)")
    ListedParty(name='Doe, Jane', aliases=('Jane Roe', 'J. Roe'))
    """
    name, *others = _LABEL.split(" ".join(printed.split()))
    rest = " ".join(others)
    if others and name.rstrip().endswith("("):
        if not rest.endswith(")"):
            return None
        rest = rest[:-1]
    name = name.rstrip(" (;")
    aliases = tuple(part.strip(" ,") for part in rest.split(";"))
    aliases = tuple(alias for alias in aliases if alias)
    if not name or any(part.count("(") != part.count(")") for part in (name, *aliases)):
        return None
    return ListedParty(name, aliases)
