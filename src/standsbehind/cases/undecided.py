"""Undecided: the facts that an ownership test rests on, and those that would decide it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import WHOLE
from standsbehind.graph.reader import Reader
from standsbehind.standards.ownership_tests import OwnershipTest, StatedRelation
from standsbehind.tracing.cascade import Cascade, Deciding, Question, deciding, proof
from standsbehind.tracing.stakes import Stakes
from standsbehind.tracing.stated import Stake, percent, share_in_words, stakes_at

__all__ = ["Facts", "Missing"]

_WORDS: Mapping[StatedRelation, str] = {
    "control": "controls it",
    "accounts": "consolidates it in its accounts",
    "related": "has it as a subsidiary or affiliate",
    "owned": "owns it",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One fact that is not known, and what it would decide."""

    fact: Literal["share", "holders", "relation", "sum", "law"]
    text: str
    owner: str = ""
    asset: str = ""
    stated: str = ""
    """The share as it is stated."""
    yes_from: Fraction | None = None
    """The share from which on the answer would be YES, whatever the others are."""
    no_at: Fraction | None = None
    """A share at which it would be NO, whatever the others are."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an answer rests on, and what would decide it, in words."""

    reader: Reader
    question: Question
    node: int
    found: Cascade
    any_holder: bool
    """Whether any listed holder counts, and not only some that were named."""

    def missing(self, test: OwnershipTest, *, share_is_open: bool) -> Iterator[Missing]:
        """Name what would decide: shares, holders that are not stated, statements."""
        if share_is_open:
            if self.node in self.found.possible:
                facts = deciding(self.question, self.node, self.found)
                yield from map(self._share, facts)
            yield from self._sums()
            if self.could_be_reached() or self.node not in self.found.possible:
                yield self._holders()
        if test.relations:
            yield self._relation(test)

    def _share(self, fact: Deciding) -> Missing:
        layer = self.question.layers[fact.layer]
        owner, asset = (
            self.reader.ids[int(layer.nodes[end[fact.row]])]
            for end in (layer.owner, layer.asset)
        )
        holdings, row = self.reader.holdings, int(layer.rows[fact.row])
        stated = share_in_words(
            int(holdings.lower[row]), int(holdings.upper[row]), int(holdings.flags[row])
        )
        decides = []
        if fact.yes_from is not None:
            decides.append(f"{_from(fact.yes_from)} the answer is YES")
        if fact.no_at is not None:
            decides.append(f"at {_in_percent(fact.no_at)} it is NO")
        if not decides:
            decides.append("it decides only together with others")
        if layer.conflict[fact.row]:
            stated = share_in_words(
                int(layer.lower[fact.row]), int(layer.upper[fact.row])
            )
        known = "not stated" if "not stated" in stated else f"stated as {stated}"
        if layer.unclear[fact.row]:
            stakes = stakes_at(self.reader, _rows_of(layer, fact.row))
            stated = " and as ".join(stake.share for stake in stakes)
            known = f"stated as {stated}, and not whether these are parcels that add up"
        text = f"the share of {self._name(owner)} in {self._name(asset)}, {known}"
        return Missing(
            "share",
            f"{text}; {', '.join(decides)}",
            owner,
            asset,
            stated,
            _fraction(fact.yes_from),
            _fraction(fact.no_at),
        )

    def _sums(self) -> Iterator[Missing]:
        for layer in self.question.layers:
            for place in np.flatnonzero(layer.excess).tolist():
                asset = self.reader.ids[int(layer.nodes[place])]
                total = _in_percent(WHOLE + int(layer.excess[place]))
                text = f"which of the stakes in {self._name(asset)} is right: they add up to {total}"
                yield Missing("sum", text, asset=asset, stated=total)

    @property
    def is_held(self) -> bool:
        """Whether a stake of another in the entity is stated."""
        return any(self._holders_in(layer).any() for layer in self.question.layers)

    def could_be_reached(self) -> bool:
        """Whether listed holders could reach the threshold, were all that is not stated theirs.

        Of the holders that are stated only those count as others that no share would make
        listed; what is stated of them at the least is not there for anybody else.
        """
        threshold = self.question.threshold
        if threshold is None or not self.any_holder:
            return False
        return any(
            threshold.is_met_by(self._left(layer))
            for layer in self.question.layers
            if self._holders_in(layer).any()
        )

    def _left(self, layer: Stakes) -> int:
        """Say how much of the entity could be of listed holders, in billionths."""
        held = self._holders_in(layer) & ~layer.indirect
        owners = layer.nodes[layer.owner[held]].tolist()
        others = np.array([o not in self.found.possible for o in owners], np.bool_)
        left = WHOLE - int(layer.lower[held][others].sum())
        # "More than 50 %" of others leaves less than the other half.
        return left - int(layer.above[held][others].any())

    def _holders_in(self, layer: Stakes) -> NDArray[np.bool_]:
        place = layer.place(self.node)
        if place is None:
            return np.zeros(len(layer), np.bool_)
        held: NDArray[np.bool_] = (layer.asset == place) & (layer.owner != place)
        return held

    def _holders(self) -> Missing:
        asset = self.reader.ids[self.node]
        if not self.is_held:
            text = (
                f"who holds {self._name(asset)}, and how much: no stake in it is stated"
            )
            return Missing("holders", text, asset=asset)
        left = _in_percent(int(self.unstated() * WHOLE))
        text = f"who holds up to {left} of {self._name(asset)}: no source states it"
        return Missing("holders", text, asset=asset, stated=left)

    def _relation(self, test: OwnershipTest) -> Missing:
        asset = self.reader.ids[self.node]
        owners = [self.reader.ids[seed] for seed in sorted(self.question.seeds)][:5]
        names = " or ".join(map(self._name, owners)) or "a name on the list"
        words = " or ".join(_WORDS[relation] for relation in test.relations)
        text = f"whether {names} {words}: no source states it of {self._name(asset)}"
        return Missing("relation", text, owners[0] if owners else "", asset)

    def _name(self, key: str) -> str:
        return self.reader.caption(key)

    def proof(self) -> tuple[Stake, ...]:
        """List the stakes and statements that are enough, the last step first."""
        stakes, stated = proof(self.question, self.node, self.found)
        rows = [
            one
            for layer, row in stakes
            for one in _rows_of(self.question.layers[layer], row)
        ]
        rows += [relation.row for relation in stated]
        return tuple(stakes_at(self.reader, list(dict.fromkeys(rows))))

    def unstated(self) -> Fraction:
        """Say how much of the entity no source gives a holder for, at most."""
        layer = self.question.layers[0]
        place = layer.place(self.node)
        stated = 0 if place is None else int(layer.stated_in()[place])
        return Fraction(max(WHOLE - stated, 0), WHOLE)


def _rows_of(stakes: Stakes, row: int) -> list[int]:
    first = int(stakes.rows[row])
    return [first, *stakes.parcels.get(first, ())]


def _in_percent(share: int) -> str:
    return f"{percent(share).normalize():f} %"


def _from(share: int) -> str:
    """Say from where on; one billionth above a round figure is "above" it."""
    if share % 1_000 == 1:
        return f"above {_in_percent(share - 1)}"
    return f"from {_in_percent(share)} on"


def _fraction(share: int | None) -> Fraction | None:
    return None if share is None else Fraction(share, WHOLE)
