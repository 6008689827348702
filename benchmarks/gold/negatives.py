"""Pairs of two organisations that are easily taken for one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from benchmarks.gold.entities import Entities
from benchmarks.gold.positives import Candidate, key_text
from benchmarks.gold.records import Record
from benchmarks.gold.words import is_latin, key, read, skeleton, words
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

SET_ASIDE = (
    {"detal"},
    {"lyulki"},
    {"haisi", "hisilicon"},
)
"""Brands that a list gives to records which may be one firm after all, as seen by eye."""
NEAR = 78
TOO_NEAR = 92
FIRM = frozenset(
    {"co", "company", "ltd", "limited", "inc", "llc", "gmbh", "ooo", "jsc"}
)


def negatives(found: Entities) -> Iterator[Candidate]:
    """Pair records of one list that are two entities, by every rule there is."""
    lists: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, record in enumerate(found.records):
        if found.split[number]:
            lists[record.source, found.split[number]].append(number)
    for members in lists.values():
        yield from _same_words(found, members)
        yield from _other_number(found, members)
        yield from _same_brand(found, members)
        yield from _near(found, members)
        yield from _other_script(found, members)
    yield from _children(found)
    yield from _without_brand(found)


def _other(found: Entities, left: int, right: int) -> bool:
    """Tell whether two records are surely two entities: no name of one is near the other's."""
    if found.entity[left] == found.entity[right]:
        return False
    one, two = found.records[left], found.records[right]
    shown = (one.name, two.name)
    brands = {*read(one.name).brand, *read(two.name).brand}
    if any(doubtful <= brands for doubtful in SET_ASIDE):
        return False
    return not any(
        fuzz.token_sort_ratio(key_text(a), key_text(b)) >= TOO_NEAR
        for a in one.names
        for b in two.names
        if (a, b) != shown
    )


def _candidate(
    found: Entities, left: int, right: int, category: str, note: str
) -> Candidate:
    names = found.records[left].name, found.records[right].name
    return Candidate(*names, category, note, (left, right))


def _within(groups: Mapping[Any, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pair each with the next few of its group, so that a large group cannot swamp."""
    for numbers in groups.values():
        for step in (1, 2, 3):
            yield from zip(numbers, numbers[step:], strict=False)


def _differ(one: str, two: str) -> bool:
    """Tell whether two brand words are two, and not two spellings of one sound."""
    left, right = skeleton(one), skeleton(two)
    apart = Levenshtein.distance(left, right)
    return apart >= 2 or (apart == 1 and one[0] != two[0])


def _brands_differ(one: Record, two: Record) -> bool:
    left, right = read(one.name).brand, read(two.name).brand
    return (
        bool(left)
        and bool(right)
        and all(_differ(a, b) for a in left for b in right)
        and fuzz.ratio("".join(sorted(left)), "".join(sorted(right))) < 75
    )


def _same_words(found: Entities, members: Sequence[int]) -> Iterator[Candidate]:
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for number in members:
        common = _common(found.records[number].name)
        if read(found.records[number].name).brand and len(common) >= 2:
            groups[common].append(number)
    for left, right in _within(groups):
        one, two = found.records[left], found.records[right]
        if _brands_differ(one, two) and _other(found, left, right):
            note = "same trade words, another brand; listed apart"
            yield _candidate(found, left, right, "same-trade-other-brand", note)


def _other_number(found: Entities, members: Sequence[int]) -> Iterator[Candidate]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number in members:
        name = found.records[number].name
        if read(name).number:
            groups[re.sub(r"\d+", "#", key_text(name))].append(number)
    for left, right in _within(groups):
        if found.entity[left] != found.entity[right]:
            note = "same words, another number; listed apart"
            yield _candidate(found, left, right, "other-number", note)


def _same_brand(found: Entities, members: Sequence[int]) -> Iterator[Candidate]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in members:
        parts = read(found.records[number].name)
        if parts.brand and not parts.number:
            groups[tuple(sorted(set(parts.brand)))].append(number)
    for left, right in _within(groups):
        category = _affiliate(found, left, right)
        if category and _other(found, left, right):
            note = "same brand, listed apart"
            yield _candidate(found, left, right, category, note)


def _affiliate(found: Entities, left: int, right: int) -> str:
    one, two = (read(found.records[number].name) for number in (left, right))
    if one.trade == two.trade and one.place and two.place and not one.place & two.place:
        return "same-brand-other-place"
    apart = one.trade - two.trade and two.trade - one.trade
    if apart and _trades_differ(one.trade ^ two.trade):
        return "same-brand-other-trade"
    return ""


def _trades_differ(changed: frozenset[str]) -> bool:
    """Tell whether no changed trade word is another form of one on the other side."""
    return all(one[:4] != two[:4] for one, two in combinations(sorted(changed), 2))


def _near(found: Entities, members: Sequence[int]) -> Iterator[Candidate]:
    latin = [n for n in members if is_latin(found.records[n].name)]
    texts = [key_text(found.records[n].name) for n in latin]
    for place, number in enumerate(latin):
        if len(texts[place]) < 5 or not read(found.records[number].name).brand:
            continue
        best = process.extract(
            texts[place], texts, scorer=fuzz.ratio, limit=4, score_cutoff=NEAR
        )
        for _, _, other in best:
            right = latin[other]
            if (
                right != number
                and _brands_differ_near(found.records[number], found.records[right])
                and _other(found, number, right)
            ):
                note = "nearest spelling of another firm of the list"
                yield _candidate(found, number, right, "near-spelling", note)
                break


def _brands_differ_near(one: Record, two: Record) -> bool:
    left = set(read(one.name).brand) - set(read(two.name).brand)
    right = set(read(two.name).brand) - set(read(one.name).brand)
    return (
        bool(left) and bool(right) and all(_differ(a, b) for a in left for b in right)
    )


def _other_script(found: Entities, members: Sequence[int]) -> Iterator[Candidate]:
    written = [
        (number, alias.name)
        for number in members
        for alias in found.records[number].aliases
        if not is_latin(alias.name)
    ]
    names = [found.records[number].name for number, _ in written]
    for place, (number, original) in enumerate(written):
        best = process.extract(
            names[place], names, scorer=fuzz.token_set_ratio, limit=6
        )
        for _, _, other in best:
            right = written[other][0]
            if _brands_differ(found.records[number], found.records[right]) and _other(
                found, number, right
            ):
                note = "another firm of the list, in its own script"
                yield Candidate(
                    original,
                    found.records[right].name,
                    "other-script-other-firm",
                    note,
                    (number, right),
                )
                break


def _children(found: Entities) -> Iterator[Candidate]:
    """Pair a child with the parent that the list names."""
    by_name = {key(record.name): n for n, record in enumerate(found.records)}
    for number, record in enumerate(found.records):
        parent = by_name.get(key(record.parent)) if record.parent else None
        if parent is None or found.entity[parent] == found.entity[number]:
            continue
        family = {w for name in found.records[parent].names for w in read(name).brand}
        if family & set(read(record.name).brand) and _other(found, number, parent):
            note = "the list names one as parent of the other"
            yield _candidate(found, number, parent, "subsidiary/parent", note)


def _common(name: str) -> frozenset[str]:
    return read(name).trade | read(name).place


def _without_brand(found: Entities) -> Iterator[Candidate]:
    """Pair a firm's name with itself less its brand, where others have the same words."""
    common = Counter(_common(record.name) for record in found.records)
    known = {key(name) for record in found.records for name in record.names}
    for number, record in enumerate(found.records):
        parts = read(record.name)
        if len(parts.brand) != 1 or len(parts.trade) < 2 or not parts.place:
            continue
        if parts.number or not parts.legal & FIRM or found.seen(parts.brand[0]) > 4:
            continue
        if common[_common(record.name)] < 2:
            continue
        brand = re.compile(rf"(?i)\b{re.escape(parts.brand[0])}\b\s*")
        kept = brand.sub("", record.name).strip()
        if parts.brand[0] not in words(kept) and key(kept) not in known:
            note = "constructed: the distinctive word left out"
            yield Candidate(record.name, kept, "brand-missing", note, (number,))
