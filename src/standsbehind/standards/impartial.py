"""Impartial: that neither catalog nor rule code says who a subject is, read line by line."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from standsbehind.model.packaged import read_yaml

__all__ = ["RULE_CODE", "Names", "Refused", "refused_in_catalog", "refused_in_code"]

RULE_CODE = ("findings.py", "norms.py", "plan.py", "terms.py", "thresholds.py")
"""The modules that decide what is found."""

_REFERENCE = re.compile(r"\s*(?:- )?(?:title|href|since|unverified):")
_COMPARED = re.compile(
    r"(?:[=!]=|\bin\b|=)\s*[\[\(]?\s*[\"']?([A-Za-z]{2,3})[\"']?\s*(?:$|[\]\),\s])"
)
_QUOTED = re.compile(r"[\"']([^\"']+)[\"']")
_VALUE = re.compile(r"(?:^\s*-\s|:\s|[\[,]\s*)\s*([A-Za-z]{2,3})\s*(?=$|[,\]}#])")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,3}(?![\w-])")
_WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Refused:
    """One line that may not stand in a catalog or in rule code."""

    file: str
    line: int
    found: str
    why: str

    def __str__(self) -> str:
        """Say it as one line: file, line, what is there and why it may not be."""
        return f"{self.file}:{self.line}: {self.found!r} is {self.why}"


@dataclass(frozen=True)
class Names:
    """What somebody or some place is called, and what it is: a country, a firm, a place."""

    phrases: Mapping[tuple[str, ...], str]
    """Words in small letters, and what they name."""
    codes: frozenset[str]
    longest: int

    @classmethod
    def of(cls, named: Iterable[tuple[str, str]], codes: Iterable[str] = ()) -> "Names":
        """Take names with what they are. Plain words of the catalog are left out."""
        plain = frozenset(_unsayable()["plain"])
        phrases: dict[tuple[str, ...], str] = {}
        for name, why in (*named, *_own_words()):
            words = tuple(_words(name))
            # A name of one or two letters is a code, or nothing that can be looked for.
            is_long = sum(map(len, words)) > 2 or why == "a people"
            if is_long and not plain.issuperset(words):
                phrases.setdefault(words, why)
        return cls(
            phrases=phrases,
            codes=frozenset(code.lower() for code in codes),
            longest=max(map(len, phrases), default=0),
        )

    def found_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Find names in a text: as they are there, and what each is."""
        words = list(_words(text.replace("_", " ").replace("-", " ")))
        for start in range(len(words)):
            for end in range(start + 1, min(start + self.longest, len(words)) + 1):
                why = self.phrases.get(tuple(words[start:end]))
                if why is not None:
                    yield " ".join(words[start:end]), why

    def is_code(self, text: str) -> bool:
        """Whether a text is the code of a country."""
        return text.lower() in self.codes


def refused_in_catalog(files: Mapping[str, str], names: Names) -> tuple[Refused, ...]:
    """Read every line of a catalog but the references of its norms."""
    return tuple(
        Refused(file, number, found, why)
        for file, text in files.items()
        for number, line in _lines(text)
        for found, why in dict(_in_line(line, names)).items()
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    is_reference = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1].strip():
            is_reference = line.startswith("texts:")
        if not (is_reference and _REFERENCE.match(line)):
            yield number, line


def _in_line(line: str, names: Names) -> Iterator[tuple[str, str]]:
    yield from names.found_in(line)
    yield from _codes(line, names)
    for word in _CAPITALS.findall(line):
        if word in _unsayable()["currencies"]:
            yield word, "a currency"
    for sign in _unsayable()["signs"]:
        if sign in line:
            yield sign, "a currency"


def _codes(line: str, names: Names) -> Iterator[tuple[str, str]]:
    """Find codes of countries where they can be meant as such: `in` is a word elsewhere."""
    not_codes = set(_unsayable()["not_codes"])
    capitals = (w for w in _CAPITALS.findall(line) if w not in not_codes)
    for pattern in (_QUOTED, _VALUE, _COMPARED):
        yield from (
            (code, "the code of a country")
            for code in pattern.findall(line)
            if names.is_code(code)
        )
    yield from (
        (code, "the code of a country") for code in capitals if names.is_code(code)
    )


def refused_in_code(files: Mapping[str, str], names: Names) -> tuple[Refused, ...]:
    """Read the words and names of rule code."""
    identifiers = frozenset(_unsayable()["identifiers"])
    refused: list[Refused] = []
    for file, text in files.items():
        for node in ast.walk(ast.parse(text, file)):
            for found, why in _in_node(node, names, identifiers):
                refused.append(Refused(file, getattr(node, "lineno", 0), found, why))
    return tuple(dict.fromkeys(refused))


def _in_node(
    node: ast.AST, names: Names, identifiers: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if names.is_code(node.value):
            yield node.value, "the code of a country"
        phrases = set(map(_folded, _unsayable()["phrases"]))
        for found, why in names.found_in(node.value):
            # What a docstring explains is no rule; a name in it is still a name.
            if found not in phrases:
                yield found, why
        yield from _quoted_codes(node.value, names)
    for field in ("id", "attr", "arg", "name"):
        word = getattr(node, field, None)
        if isinstance(word, str) and word in identifiers:
            yield word, "not for a rule to read"


def _quoted_codes(text: str, names: Names) -> Iterator[tuple[str, str]]:
    for code in _QUOTED.findall(text):
        if names.is_code(code):
            yield code, "the code of a country"


def _own_words() -> Iterator[tuple[str, str]]:
    table = _unsayable()
    yield from ((phrase, "not in the vocabulary") for phrase in table["phrases"])
    yield from ((people, "a people") for people in table["peoples"])


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))


def _folded(phrase: str) -> str:
    return " ".join(_words(phrase))


@cache
def _unsayable() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "unsayable.yml").read_text("utf-8")
    table: Mapping[str, Any] = read_yaml(text)
    return table
