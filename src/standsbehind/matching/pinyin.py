"""Pinyin: how Chinese characters are read aloud, from a table that ships with the package."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["pinyin", "syllables"]


@dataclass(frozen=True, slots=True)
class _Readings:
    characters: dict[str, str]
    phrases: dict[str, tuple[str, ...]]
    """Words in which a character is not read as usual."""
    any_phrase: re.Pattern[str]
    starts: frozenset[str]
    """The characters that such words begin with."""


@cache
def _readings() -> _Readings:
    text = (resources.files(__package__) / "pinyin.txt").read_text("utf-8")
    characters: dict[str, str] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        first, *rest = line.split(" ")
        if first.isascii():
            characters |= dict.fromkeys(rest[0], first)
        else:
            phrases[first] = tuple(rest)
    starts = frozenset(phrase[0] for phrase in phrases)
    return _Readings(characters, phrases, re.compile("|".join(phrases)), starts)


def pinyin(word: str) -> list[str]:
    """Read a word of simplified characters, one syllable each, without tones.

    >>> pinyin("重庆"), pinyin("吕")
    (['chong', 'qing'], ['lv'])
    """
    readings = _readings()
    syllables = [readings.characters.get(c) or _rare(c) for c in word]
    if readings.starts.isdisjoint(word):
        return syllables
    for phrase in readings.any_phrase.finditer(word):
        syllables[phrase.start() : phrase.end()] = readings.phrases[phrase[0]]
    return syllables


@cache
def _rare(character: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load and seldom needed

    return "".join(lazy_pinyin(character, v_to_u=False)).casefold()


@cache
def syllables() -> frozenset[str]:
    """Return every syllable of pinyin that a common character has."""
    return frozenset(_readings().characters.values())
