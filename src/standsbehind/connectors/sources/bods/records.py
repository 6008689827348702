"""Records: what the statements about one entity, person or relationship come to in the end."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from standsbehind.connectors.context import Quarantined
from standsbehind.connectors.sources.bods.statement import Key, Kind, Statement
from standsbehind.model.citation import Citation

T = TypeVar("T")

__all__ = ["Record", "Records", "set_aside"]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the statement that holds now, and all that were made about it."""

    key: Key
    current: Statement
    told: tuple[Statement, ...]

    @property
    def kind(self) -> Kind:
        """What the record describes."""
        return self.current.kind

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the places of all its statements, that which holds now first."""
        earlier = [one for one in self.told if one is not self.current]
        told = (self.current, *earlier)
        return tuple(dict.fromkeys(c for one in told for c in one.citations))


def set_aside(told: Iterable[Statement], reason: str) -> Iterator[Quarantined]:
    """Set statements aside, each at all of its places."""
    for one in told:
        for citation in one.citations:
            yield Quarantined(citation.locator, reason)


class Records:
    """The records of all copies, found by the references that statements make."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.quarantined: list[Quarantined] = []
        self._by_reference: dict[Key, Record | None] = {}
        self._torn: set[Key] = set()
        """Records of which a statement was set aside, so that none of the others is sure."""
        single = list(self._single(statements))
        self._by_reference |= dict.fromkeys(self._torn)
        new = [one for one in single if one.record]
        for key, told in _grouped(new, lambda one: (one.scope, one.record)).items():
            self._settle(key, told)
        for chain in _chains([one for one in single if not one.record]):
            self._settle_chain(chain)
        self._part_namesakes()

    def __iter__(self) -> Iterator[Record]:
        found = {one.key: one for one in self._by_reference.values() if one}
        return (found[key] for key in sorted(found))

    def find(self, by: Statement, reference: str) -> Record | None:
        """Find what a statement refers to; None where it is not here, or was set aside."""
        return self._by_reference.get(_reference(by, reference))

    def key(self, by: Statement, reference: str) -> Key | None:
        """Return the key of what a statement refers to; None where it was set aside."""
        reference_key = _reference(by, reference)
        if reference_key not in self._by_reference:
            return reference_key
        found = self._by_reference[reference_key]
        return found.key if found else None

    def _single(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Give each statement once, with all places where it stands."""
        grouped = _grouped(statements, lambda one: (one.scope, one.number))
        for key in sorted(grouped):
            told = grouped[key]
            if all(told[0].says_as(one) for one in told[1:]):
                told.sort(
                    key=lambda one: (
                        one.citation.locator,
                        one.published,
                        one.citation.id,
                    )
                )
                places = tuple(dict.fromkeys(one.citation for one in told))
                yield replace(told[0], citations=places)
                continue
            reason = "its identifier stands on several statements that differ"
            self.quarantined += set_aside(told, reason)
            self._torn |= {_own(one) for one in told}
            self._torn |= {_named(one, n) for one in told for n in one.replaces}

    def _part_namesakes(self) -> None:
        """Set records aside whose identifiers differ in nothing but the case of letters."""
        alike = _grouped(self, lambda one: tuple(map(_folded, one.key)))
        namesakes = [one for told in alike.values() if len(told) > 1 for one in told]
        lost = {one.key for one in namesakes}
        for reference, found in self._by_reference.items():
            if found is not None and found.key in lost:
                self._by_reference[reference] = None
        for one in namesakes:
            reason = f"record {one.key[-1]!r} differs from another only in case"
            self.quarantined += set_aside(one.told, reason)

    def _settle(self, key: Key, told: Sequence[Statement]) -> None:
        """Find the statement of a record that holds, or set all of them aside."""
        latest = _latest(told)
        if key in self._torn:
            reason = f"record {key[-1]!r}: another statement of it was set aside"
        elif len({one.kind for one in told}) > 1:
            reason = f"record {key[-1]!r} is told as several kinds of thing"
        elif any(one.details != latest[0].details for one in latest[1:]):
            reason = f"record {key[-1]!r}: statements differ, and none is the later"
        else:
            latest.sort(key=lambda one: one.number)
            self._by_reference[key] = Record(key, latest[0], tuple(told))
            return
        self._by_reference[key] = None
        self.quarantined += set_aside(told, reason)

    def _settle_chain(self, chain: Sequence[Statement]) -> None:
        """Follow statements that replace each other to the one that holds.

        The record bears the first identifier of the chain, so that a later statement
        changes what was told, and does not stand beside it. Where several replace one, each
        stands for itself, and what referred to that one is not guessed.
        """
        replaced = {number for one in chain for number in one.replaces}
        heads = [one for one in chain if one.number not in replaced]
        names = replaced | {one.number for one in chain}
        if len(heads) == 1 and self._torn.isdisjoint(map(_own, chain)):
            begun = names - {one.number for one in chain if one.replaces}
            key = _named(heads[0], min(begun or names))
            found = Record(key, heads[0], tuple(chain))
            self._by_reference |= {_named(heads[0], name): found for name in names}
            return
        ended = [one for one in chain if one.number in replaced]
        reason = "replaced by several statements" if heads else "replaced in a ring"
        self.quarantined += set_aside(ended, reason)
        self._by_reference |= {_named(chain[0], name): None for name in names}
        for head in heads:
            if _own(head) not in self._torn:
                self._by_reference[_own(head)] = Record(_own(head), head, (head,))
            else:
                self.quarantined += set_aside([head], "another statement of it differs")


def _grouped(given: Iterable[T], key: Callable[[T], Key]) -> dict[Key, list[T]]:
    grouped: dict[Key, list[T]] = defaultdict(list)
    for one in given:
        grouped[key(one)].append(one)
    return grouped


def _folded(text: str) -> str:
    """Write text as the ids of entities do."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _reference(by: Statement, reference: str) -> Key:
    return (by.scope, reference) if by.record else _named(by, reference)


def _own(statement: Statement) -> Key:
    return _reference(statement, statement.record or statement.number)


def _named(statement: Statement, number: str) -> Key:
    """Key a record by a statement's identifier, apart from records that have their own."""
    return (statement.scope, "statement", number)


_MEASURES: tuple[Callable[[Statement], Any], ...] = (
    lambda one: one.day,
    lambda one: one.moment,
    lambda one: one.state,
    lambda one: one.published,
)


def _latest(told: Sequence[Statement]) -> list[Statement]:
    """Return the statement that holds; several where the source does not say which.

    A closed record stays closed. Else the day decides, then the time of day, then the
    state, then the day of publication; each only where all that are left give it.
    """
    left = [one for one in told if one.is_closed] or list(told)
    for measure in _MEASURES:
        measured = [measure(one) for one in left]
        if all(measured):
            left = [
                one
                for one, value in zip(left, measured, strict=True)
                if value == max(measured)
            ]
    return left


def _chains(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Gather statements that are joined by what they replace, in the order of their numbers."""
    known: dict[Key, Statement] = {(one.scope, one.number): one for one in statements}
    joined: dict[Key, set[Key]] = defaultdict(set)
    for key, one in known.items():
        for number in one.replaces:
            joined[key].add((one.scope, number))
            joined[one.scope, number].add(key)
    seen: set[Key] = set()
    for key in sorted(known):
        if key in seen:
            continue
        chain: set[Key] = set()
        ring = [key]
        while ring:
            at = ring.pop()
            if at not in chain:
                chain.add(at)
                ring += joined.get(at, ())
        seen |= chain
        yield [known[at] for at in sorted(chain & known.keys())]
