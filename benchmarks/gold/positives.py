"""Pairs of two names of one organisation, as a list publishes them."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.gold.records import Alias, Record
from benchmarks.gold.words import LEGAL, is_han, is_latin, key, read, skeleton, words
from rapidfuzz import fuzz

ALIKE, SOUNDING, SPELLED = 65, 72, 84
FORMER = frozenset({"fka", "PREVIOUS_LEGAL_NAME"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may enter the set; `records` are the numbers of its records."""

    left: str
    right: str
    category: str
    note: str
    records: tuple[int, ...]
    is_match: bool = False


def positives(number: int, record: Record) -> Iterator[Candidate]:
    """Pair the name of a record with each other name of it."""
    for alias in record.aliases:
        category = _category(record, alias)
        if category:
            note = f"the list gives one as {alias.kind} of the other"
            yield Candidate(
                record.name, alias.name, category, note, (number,), is_match=True
            )


def _category(record: Record, alias: Alias) -> str:
    if is_han(alias.name):
        return "ja/en" if record.country == "Japan" else "zh/en"
    if words(record.name) == words(alias.name):
        return ""
    if not is_latin(alias.name):
        return "original-script"
    category = _latin_category(record.name, alias.name)
    if alias.kind in FORMER and category not in {"legal-form", "spelling"}:
        return "former-name"
    return category


def _latin_category(name: str, other: str) -> str:
    if key(name) == key(other):
        return "legal-form"
    if _is_acronym(name, other) or _is_acronym(other, name):
        return "acronym"
    core, other_core = read(name).core, read(other).core
    if core < other_core or other_core < core:
        return "short-name" if _share_a_brand(name, other) else ""
    if not (read(name).brand and read(other).brand):
        shared = len(core & other_core) * 2 >= max(len(core), len(other_core))
        return "wording" if shared else "other-name"
    return _branded_category(name, other)


def _branded_category(name: str, other: str) -> str:
    likeness = _likeness(name, other)
    if likeness >= ALIKE and fuzz.ratio(key_text(name), key_text(other)) >= SPELLED:
        return "spelling"
    if likeness >= ALIKE and _share_a_brand(name, other):
        return "wording"
    return "transliteration" if likeness >= SOUNDING else "other-name"


def key_text(name: str) -> str:
    """Name without legal forms, in its own order."""
    return " ".join(word for word in words(name) if word not in LEGAL)


def _share_a_brand(name: str, other: str) -> bool:
    sounds = {skeleton(word) for word in read(name).brand if len(word) >= 3}
    return any(skeleton(word) in sounds for word in read(other).brand)


def _likeness(name: str, other: str) -> float:
    """Say how alike the nearest two brand words of two names are, 0 to 100."""
    return max(
        (
            max(fuzz.ratio(one, two), fuzz.ratio(skeleton(one), skeleton(two)))
            for one in read(name).brand
            for two in read(other).brand
            if min(len(one), len(two)) >= 3 or one == two
        ),
        default=0.0,
    )


def _is_acronym(name: str, short: str) -> bool:
    """Tell whether one core word stands for the initials of a longer name, or may."""
    core = key_text(short).split()
    if len(core) != 1 or len(core[0]) > 6 or core[0] in words(name):
        return False
    initials = "".join(word[0] for word in words(name))
    return core[0] in initials or (short.upper() == short and name.upper() != name)
