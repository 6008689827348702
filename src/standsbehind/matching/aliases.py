"""Aliases: the names and brand words that cited statements say to mean one entity."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade, Name, Variant, read_name
from standsbehind.matching.score import Comparison, Feature, compare
from standsbehind.matching.spoken import Word

__all__ = [
    "ALIAS",
    "Aliases",
    "Equivalent",
    "Known",
    "Stated",
    "compare_known",
    "keys_of",
    "said",
]

ALIAS = 0.95
"""What two names score at least that a source states of one entity, whatever their letters."""

_PROPS = {
    "name": "name",
    "alias": "alias",
    "weakAlias": "weak alias",
    "previousName": "former name",
    "abbreviation": "abbreviation",
}
"""The properties that hold names, and how they are called in print."""

_HAN_GROUP = ("集团", "控股")
"""A group and its daughter may differ in this word alone; it is no mere legal form here."""


@dataclass(frozen=True, slots=True, order=True)
class Stated:
    """One statement that an entity bears a name, and the source that says so."""

    entity: str
    value: str
    prop: str
    statement: str
    dataset: str
    publisher: str = ""
    url: str = ""
    published: str = ""
    quote: str = ""
    since: str = ""
    """ISO date from which the name held; blank where the source does not say."""
    until: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Equivalent:
    """A brand word and what the same brand is called in another script."""

    word: str
    """The word asked for, in folded form; the words of a phrase stand apart by one space."""
    other: str
    entity: str
    statements: tuple[Stated, Stated]
    """The statement of the name in the other script, and of the name in Latin letters."""

    @property
    def turned(self) -> "Equivalent":
        """The same for the other word."""
        return replace(self, word=self.other, other=self.word)


@dataclass(frozen=True, slots=True)
class Known:
    """Two names that stated aliases bring to a score."""

    score: float
    detail: str
    statements: tuple[Stated, ...]


@dataclass(frozen=True)
class Aliases:
    """What is stated of the names that are compared; an empty one knows nothing."""

    stated: Mapping[str, Sequence[Stated]] = field(default_factory=dict)
    """By the keys of `keys_of`."""
    equivalents: Mapping[str, Sequence[Equivalent]] = field(default_factory=dict)
    """By word, in both directions."""

    @classmethod
    def of(
        cls,
        stated: Iterable[tuple[str, Stated]] = (),
        equivalents: Iterable[Equivalent] = (),
    ) -> "Aliases":
        """Put rows in order: names with their keys, and equivalents in one direction."""
        by_key: dict[str, list[Stated]] = {}
        for key, row in stated:
            by_key.setdefault(key, []).append(row)
        by_word: dict[str, list[Equivalent]] = {}
        for found in equivalents:
            by_word.setdefault(found.word, []).append(found)
            by_word.setdefault(found.other, []).append(found.turned)
        return cls(by_key, by_word)

    def brands_of(self, word: str) -> Sequence[Equivalent]:
        """Return what a brand word is called in another script, with the statements."""
        return self.equivalents.get(word, ())

    def entities_of(self, name: Name) -> Mapping[str, Stated]:
        """Return the entities that bear just this name, up to legal form, by id."""
        found: dict[str, Stated] = {}
        for key in keys_of(name):
            for row in self.stated.get(key, ()):
                held = found.get(row.entity)
                if held is None or _plainest(row) < _plainest(held):
                    found[row.entity] = row
        return found

    def rewritten(self, name: Name) -> "Sequence[tuple[Name, Equivalent]]":
        """Write a name with each of its brands as it is called in Latin letters.

        Where it says the brand in both scripts, write it with either.
        """
        if not self.equivalents or not _is_foreign(name):
            return ()
        native = _written(name)
        return [
            (rewritten, equivalent)
            for run in _parts_of(_brand_runs(native.words))
            for equivalent in self.brands_of(_text(run))
            if equivalent.other.isascii()
            for write in (_with_brand, _without_repeat)
            if (rewritten := write(name, equivalent)).variants
        ]

    def widened(self, name: Name) -> Name:
        """Add to a name what its brands are called in another script, to look it up by."""
        if not self.equivalents:
            return name
        more = [v for found, _ in self.rewritten(name) for v in found.variants]
        if not _is_foreign(name):
            more = [
                Variant(_replaced(v.words, run, e.other.split()), Grade.TRANSLATED)
                for v in name.variants
                for run in _parts_of(_brand_runs(v.words))
                for e in self.brands_of(_text(run))
            ]
        return replace(name, variants=(*name.variants, *more)) if more else name

    def between(self, left: Name, right: Name) -> Known | None:
        """Return the best that statements say for two names being those of one entity."""
        found = [*self._by_whole_name(left, right), *self._by_brand(left, right)]
        return min(found, key=lambda k: (-k.score, k.detail), default=None)

    def _by_whole_name(self, left: Name, right: Name) -> Iterator[Known]:
        if not self.stated:
            return
        there = self.entities_of(right)
        if self._are_two(left, right):
            return
        for entity, row in self.entities_of(left).items():
            if entity in there and there[entity].value != row.value:
                yield _of_whole_names(row, there[entity])

    def _are_two(self, left: Name, right: Name) -> bool:
        """Whether one data set has the names as those of two entities.

        A list may give a parent as an alias of its daughter and list both: they are two.
        """
        ours, theirs = self._borne_by(left), self._borne_by(right)
        return any(
            ours[dataset].isdisjoint(theirs[dataset])
            for dataset in ours.keys() & theirs.keys()
        )

    def _borne_by(self, name: Name) -> Mapping[str, set[str]]:
        """Name by data set the entities whose first name it is."""
        found: dict[str, set[str]] = {}
        for key in keys_of(name):
            for row in self.stated.get(key, ()):
                if row.prop == "name":
                    found.setdefault(row.dataset, set()).add(row.entity)
        return found

    def _by_brand(self, left: Name, right: Name) -> Iterator[Known]:
        if not self.equivalents or not (_is_foreign(left) or _is_foreign(right)):
            return
        ours = [(left, None), *self.rewritten(left)]
        theirs = [(right, None), *self.rewritten(right)]
        for (one, a), (other, b) in product(ours, theirs):
            used = sorted({e for e in (a, b) if e is not None})
            if used:
                score = compare(one, other).score
                detail = "; ".join(map(_of_brands, used))
                yield Known(score, detail, tuple(s for e in used for s in e.statements))

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing is stated."""
        return not self.stated and not self.equivalents


def compare_known(left: Name, right: Name, aliases: Aliases) -> Comparison:
    """Compare two names by their letters, and let a stated alias raise the score.

    What the alias adds is one reason, `alias`, that names its source. An alias never
    lowers a score.
    """
    plain = compare(left, right)
    if aliases.is_empty or plain.score >= ALIAS:
        return plain
    known = aliases.between(left, right)
    return plain if known is None else raised(plain, known)


def raised(plain: Comparison, known: Known) -> Comparison:
    """Let an alias raise a score; one that adds nothing is no reason."""
    gained = round(known.score - plain.score, 4)
    if gained <= 0:
        return plain
    return Comparison((*plain.features, Feature("alias", known.detail, gained)))


def keys_of(name: Name) -> frozenset[str]:
    """Return under what a name is kept: its words without legal form, in both orders.

    One key holds the words as they stand, so that spacing does not matter, the other
    holds them sorted, so that a place may stand before the brand or after it.
    """
    words = [word.text for word in _written(name).words]
    group = "".join(part for part in _HAN_GROUP if part in name.folded)
    found = {"".join(words) + group, "".join(sorted(words)) + group}
    return frozenset(key for key in found if key)


def said(row: Stated) -> str:
    """Name the source of a name in one line, as `former name until 2021-10; OFAC, 2025-12`."""
    until = f" until {row.until}" if row.until else ""
    since = f" since {row.since}" if row.since else ""
    source = ", ".join(filter(None, (row.publisher or row.dataset, row.published)))
    address = f" <{row.url}>" if row.url else ""
    return f"{_PROPS.get(row.prop, row.prop)}{since}{until}; {source}{address}"


def _of_whole_names(left: Stated, right: Stated) -> Known:
    # The order must not depend on which side a name came from.
    pair = tuple(sorted((left, right), key=lambda row: (_plainest(row), row)))
    told = pair[1:] if _source(pair[0]) == _source(pair[1]) else pair
    detail = f"{pair[0].value} = {pair[1].value} ({'; '.join(map(said, told))})"
    return Known(ALIAS, detail, pair)


def _of_brands(equivalent: Equivalent) -> str:
    foreign, latin = equivalent.statements
    stated = foreign if foreign.prop != "name" or latin.prop == "name" else latin
    words = sorted((equivalent.word, equivalent.other))
    return (
        f"{words[0]} = {words[1]}, brand in {latin.value} = {foreign.value} "
        f"({said(stated)})"
    )


def _source(row: Stated) -> tuple[str, str, str]:
    return (row.dataset, row.url, row.published)


def _plainest(row: Stated) -> tuple[int, str, str]:
    order = list(_PROPS)
    rank = order.index(row.prop) if row.prop in order else len(order)
    return (rank, row.value, row.statement)


def _written(name: Name) -> Variant:
    return next(v for v in name.variants if v.grade is Grade.WRITTEN)


def _is_foreign(name: Name) -> bool:
    """Whether a name holds letters of another script than the Latin one."""
    return not name.folded.isascii()


def _text(run: Sequence[Word]) -> str:
    return " ".join(word.text for word in run)


def _brand_runs(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """Cut out the brands: each run of brand words that stand side by side."""
    runs: list[list[Word]] = [[]]
    for word in words:
        if word.kind is Kind.BRAND:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if run]


def _parts_of(runs: Iterable[Sequence[Word]]) -> Iterator[Sequence[Word]]:
    """Give every part of up to three words of the runs: `sz dji` holds `dji`."""
    for run in runs:
        for start in range(len(run)):
            for end in range(start + 1, min(start + 3, len(run)) + 1):
                yield run[start:end]


def _with_brand(name: Name, equivalent: Equivalent) -> Name:
    readings = [
        [word.text for word in variant.words]
        for variant in read_name(equivalent.word).variants
    ]
    variants = tuple(
        Variant(words, Grade.TRANSLATED)
        for variant in name.variants
        for reading in readings
        if (words := _swapped(variant.words, reading, equivalent.other.split()))
    )
    return replace(name, variants=variants)


def _without_repeat(name: Name, equivalent: Equivalent) -> Name:
    """Leave a brand in its own script alone, where the name says it in both."""
    other = equivalent.other.split()
    variants = tuple(
        replace(variant, words=words)
        for variant in name.variants
        if (words := _swapped(variant.words, other, ()))
    )
    return replace(name, variants=variants)


def _swapped(
    words: tuple[Word, ...], old: Sequence[str], new: Sequence[str]
) -> tuple[Word, ...]:
    """Put a brand in the place of a run of words; nothing where the run does not occur."""
    texts = [word.text for word in words]
    for start in range(len(texts) - len(old) + 1):
        if texts[start : start + len(old)] == list(old):
            run = words[start : start + len(old)]
            return _replaced(words, run, new)
    return ()


def _replaced(
    words: tuple[Word, ...], run: Sequence[Word], new: Sequence[str]
) -> tuple[Word, ...]:
    start = next(n for n in range(len(words)) if words[n : n + len(run)] == tuple(run))
    brand = tuple(Word(text, Kind.BRAND) for text in new)
    written = (*words[:start], *brand, *words[start + len(run) :])
    # Who writes a brand in both scripts, `海康威视 Hikvision`, says it once.
    return tuple({word.text: word for word in written}.values())
