"""The roles of the parts of a person's name: which are names, particles, honorifics, patronymics."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from standsbehind.matching.person_compounds import in_one_form
from standsbehind.matching.person_lexicon import Role, person_lexicon

__all__ = [
    "FULL",
    "MAX_PARTS",
    "SIGN",
    "Part",
    "Reading",
    "Side",
    "found_by",
    "is_patronymic",
    "reading_of",
]

MAX_PARTS = 12
"""Parts that are read; more are no name of a person."""


FULL = frozenset({Role.NAME, Role.PATRONYMIC, Role.INITIAL})
"""Parts that are names, of which two must meet."""
SIGN = {Role.LIGHT: "<", Role.PARTICLE: ">", Role.HONORIFIC: "^", Role.SUFFIX: "|"}
"""The sign of each other role; no folded word holds one."""
_PATRONYMIC = re.compile(r".{2,}(?:[oei]vich|[oey]vych|[oei]vitch|[oe]vic|[oei]vna|ivna|ichna|ynichna|mich|lich|kich)$")  # fmt: skip


class Side(StrEnum):
    """Which half of the name a part belongs to, where the writing tells."""

    UNKNOWN = "unknown"
    FAMILY = "family"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, folded and in Latin letters."""

    text: str
    role: Role
    side: Side = Side.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """A name in the order given name, family name, where the writing tells."""

    parts: tuple[Part, ...]
    folded: str
    joined: str
    order: str
    """Sorts readings, so that it does not matter which of two names comes first."""
    count: int
    """Parts that are names: neither particles nor honorifics."""
    family: frozenset[str] = frozenset()
    """The names on each side, where the writing tells."""
    given: frozenset[str] = frozenset()
    generation: str = ""

    @classmethod
    def of(cls, parts: tuple[Part, ...]) -> "Reading":
        """Read parts as one name."""
        texts: list[str] = []
        kinds: list[str] = []
        count, family, given, generation = 0, [], [], ""
        for part in parts:
            texts.append(part.text)
            kinds.append(part.role[0] + part.side[0])
            if part.role in FULL:
                count += 1
                if part.side is Side.FAMILY:
                    family.append(part.text)
                elif part.side is Side.GIVEN:
                    given.append(part.text)
            elif part.role is Role.SUFFIX:
                generation = generation or part.text
        folded = " ".join(texts)
        return cls(
            parts,
            folded,
            "".join(texts),
            f"{folded}|{''.join(kinds)}",
            count,
            frozenset(family),
            frozenset(given),
            generation,
        )


def reading_of(tokens: list[tuple[str, Side]]) -> Reading:
    """Read folded words, each with its half of the name, as one name without titles."""
    tokens = _without_titles(in_one_form(tokens))
    roles = _roles([token for token, _ in tokens])
    parts = (
        Part(token, role, side)
        for (token, side), role in zip(tokens, roles, strict=True)
    )
    return Reading.of(tuple(parts)[:MAX_PARTS])


def found_by(words: Sequence[str]) -> list[str]:
    """Give the parts of a name from its words in one order.

    A small word, under which no name is found, has the sign of its role before it.
    """
    tokens = _without_titles(in_one_form([(word, Side.UNKNOWN) for word in words]))
    roles = _roles([token for token, _ in tokens])
    parts = zip(tokens[:MAX_PARTS], roles, strict=False)
    return [SIGN.get(role, "") + token for (token, _), role in parts]


def _without_titles(tokens: list[tuple[str, Side]]) -> list[tuple[str, Side]]:
    """Drop titles before the name and letters after it; a word between them is a name."""
    lexicon = person_lexicon()
    start, end = 0, len(tokens)
    while end - start > 1 and tokens[start][0] in lexicon.titles:
        start += 1
    while end - start > 1 and tokens[end - 1][0] in lexicon.letters_after:
        end -= 1
    return tokens[start:end]


def _roles(tokens: list[str]) -> list[Role]:
    roles = [_role(token, number, len(tokens)) for number, token in enumerate(tokens)]
    if not any(role in {Role.NAME, Role.INITIAL} for role in roles):
        return [Role.NAME if role is not Role.SUFFIX else role for role in roles]
    if roles.count(Role.NAME) >= 3:
        _mark_patronymic(tokens, roles)
    return roles


def _mark_patronymic(tokens: list[str], roles: list[Role]) -> None:
    """Mark the first part, after the beginning, that is a father's name by its ending."""
    for number, token in enumerate(tokens[1:], 1):
        if roles[number] is Role.NAME and _PATRONYMIC.match(token):
            roles[number] = Role.PATRONYMIC
            return


def _role(token: str, number: int, count: int) -> Role:
    lexicon = person_lexicon()
    role = lexicon.roles.get(token, Role.NAME)
    if role is Role.NAME:
        return Role.INITIAL if len(token) == 1 else role
    is_last = number == count - 1
    if role is Role.SUFFIX:
        return role if number and (is_last or count > 2) else Role.NAME
    if role is Role.PARTICLE and len(token) == 1:
        return Role.INITIAL if is_last or number == 0 else role
    if role is Role.PARTICLE and (is_last or (number == 0 and token in lexicon.particles_or_names)):  # fmt: skip
        return Role.NAME
    return role


def is_patronymic(token: str) -> bool:
    """Tell whether a word ends as a father's name does, which it is in some places."""
    return _PATRONYMIC.match(token) is not None
