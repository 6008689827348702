"""The words around a person's name, and the spellings that stand for one name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from standsbehind.matching.names import fold
from standsbehind.model.packaged import read_yaml

__all__ = ["PersonLexicon", "Role", "person_lexicon"]


class Role(StrEnum):
    """What a part of a person's name is; it decides how much the part counts."""

    NAME = "name"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    LIGHT = "first half of a compound"
    """Abdul in Abdul Rahman, Abu in Abu Bakr, Din in Nur al-Din."""
    PARTICLE = "particle"
    HONORIFIC = "honorific"
    SUFFIX = "generation"


@dataclass(frozen=True, slots=True)
class PersonLexicon:
    """Known words by what they are, all folded and in Latin letters."""

    titles: frozenset[str]
    letters_after: frozenset[str]
    roles: Mapping[str, Role]
    """Particles, honorifics, light words and generations."""
    particles_or_names: frozenset[str]
    one_form: Mapping[str, str]
    """Abdel and Abd to abdul, Junior to jr."""
    maiden: frozenset[str]
    variants: Mapping[str, str]
    """A spelling to the key of its name."""
    arabic: Mapping[str, str]
    """A name in Arabic letters to its Latin spelling; both folded."""
    known: frozenset[str]
    """Names of which none is a misspelling of another."""
    short: Mapping[str, frozenset[str]]
    """A short form to the keys of the names that it may stand for."""
    long: frozenset[str]
    """Keys of the names that have a short form."""


@cache
def person_lexicon() -> PersonLexicon:
    """Load the lists that ship with the package."""
    text = (resources.files(__package__) / "persons.yml").read_text("utf-8")
    lists = read_yaml(text)
    variants = {
        spelling: row.split()[0]
        for row in lists["variants"]
        for spelling in row.split()
    }
    short = _short_forms(lists["short"], variants)
    names = frozenset().union(*short.values())
    return PersonLexicon(
        titles=frozenset(lists["titles"].split()),
        letters_after=frozenset(lists["letters_after"].split()),
        roles=_roles(lists),
        particles_or_names=frozenset(lists["particles_or_names"].split()),
        one_form=_one_form(lists),
        maiden=frozenset(lists["maiden"].split()),
        variants=variants,
        known=frozenset(lists["known"].split())
        | variants.keys()
        | short.keys()
        | names,
        arabic={fold(name): latin for name, latin in lists["arabic"].items()},
        short=short,
        long=names,
    )


def _roles(lists: Mapping[str, Any]) -> dict[str, Role]:
    return {
        **dict.fromkeys(lists["particles"].split(), Role.PARTICLE),
        **dict.fromkeys(lists["honorifics"].split(), Role.HONORIFIC),
        **dict.fromkeys(lists["light"].split(), Role.LIGHT),
        **dict.fromkeys(lists["suffixes"], Role.SUFFIX),
    }


def _one_form(lists: Mapping[str, Any]) -> dict[str, str]:
    abdul = lists["abdul"].split()
    forms = {
        slip: "abdul" for form in abdul if form[-1] in "dl" for slip in _swapped(form)
    }
    forms |= dict.fromkeys(abdul, "abdul")
    forms |= dict.fromkeys(lists["kunya"].split(), "abu")
    forms |= dict.fromkeys(lists["kunya_of_a_mother"].split(), "umm")
    for suffix, words in lists["suffixes"].items():
        forms |= dict.fromkeys(words.split(), suffix)
    return forms


def _swapped(word: str) -> list[str]:
    """Swap two letters side by side, as hasty fingers do; Bad is no slip of Abd."""
    first = 1 if len(word) < 5 else 0
    return [
        word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        for i in range(first, len(word) - 1)
    ]


def _short_forms(
    names: Mapping[str, str], variants: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    owners: dict[str, set[str]] = {}
    for name, forms in names.items():
        for form in forms.split():
            owners.setdefault(form, set()).add(variants.get(name, name))
    return {form: frozenset(keys) for form, keys in owners.items()}
