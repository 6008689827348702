"""Ownership tests on one entity: whether listed holders reach it, and which fact would decide.

The arithmetic is `tracing.cascade`; the tests and their days are `standards.ownership_tests`. An
answer is about the stakes that sources state. NO means that these do not reach the entity; who
holds what is not stated is told beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import (
    ACCOUNTS,
    CONTROL,
    OWNED,
    RELATED,
    WHOLE,
)
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.standards.ownership_tests import (
    Moment,
    OwnershipTest,
    ShareTest,
    StatedRelation,
    load_ownership_tests,
)
from standsbehind.standards.situations import State
from standsbehind.tracing.cascade import (
    Cascade,
    Deciding,
    Question,
    Relation,
    Threshold,
    cascade,
    deciding,
    proof,
)
from standsbehind.tracing.stakes import Stakes, gather, holdings_around
from standsbehind.tracing.stated import Stake, percent, share_in_words, stakes_at

__all__ = ["Answer", "Missing", "TestAnswer", "examine"]

Answer = Literal["YES", "NO", "UNDETERMINED"]

_KINDS: Mapping[StatedRelation, int] = {
    "control": CONTROL,
    "accounts": ACCOUNTS,
    "related": RELATED,
    "owned": OWNED,
}
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
class TestAnswer:
    """What one test says of one entity on one day."""

    __test__ = False

    test: OwnershipTest
    answer: Answer
    """Whether the test reaches the entity on that day."""
    arithmetic: Answer
    """What the stakes and statements alone would answer, were the test in force."""
    by_share: Answer | None
    """What the shares alone would answer; None where the test has no share."""
    state: State
    moment: Moment
    seeds: tuple[str, ...]
    """The listed holders that were counted from."""
    missing: tuple[Missing, ...]
    proof: tuple[Stake, ...]
    """The stakes and statements that make the arithmetic YES, the last step first."""
    is_listed: bool
    """Whether the entity is one of the listed names itself."""
    unstated: Fraction
    """How much of the entity no source gives a holder for, at most."""
    is_spared: bool = False
    """Whether the entity is a firm of the country whose own firms the rule does not reach."""


def examine(
    reader: Reader,
    entity_id: str,
    day: date,
    by: Sequence[str] = (),
    tests: Sequence[str] = (),
) -> tuple[TestAnswer, ...]:
    """Put each test to an entity; holders are those named, or else those the data lists that day.

    Raises KeyError for an entity or a test that is not known.
    """
    known = load_ownership_tests()
    node = reader.numbers[entity_id]
    rows = holdings_around(reader.holdings, node, "owners", day)
    asked = [known[test] for test in tests] if tests else list(known.values())
    classes = dict.fromkeys(of for test in asked for of in test.of or ("capital",))
    layers: dict[str, Stakes] = {
        of: gather(reader.holdings, rows, of) for of in classes
    }
    listings = {} if by else _listings(reader, node, rows)
    around = _Around(node, rows, day, layers, listings)
    return tuple(_examine(reader, around, by, test) for test in asked)


@dataclass(frozen=True, slots=True)
class _Around:
    """A node on a day, the rows of all that is held in it at any remove, and the stakes by class."""

    node: int
    rows: NDArray[np.int64]
    day: date
    layers: Mapping[str, Stakes]
    listings: Mapping[int, Sequence[Designation]]
    """Of the node and its holders at any remove, by node; empty where holders are named."""


def _examine(
    reader: Reader, around: _Around, by: Sequence[str], test: OwnershipTest
) -> TestAnswer:
    node = around.node
    moment, state = _moment(test, around.day)
    seeds = _named(reader, by) if by else _listed(around, test)
    question = _question(reader, around, seeds, test, moment.share)
    found = cascade(question)
    by_share = _by_share(question, node, found, moment.share)
    arithmetic = _arithmetic(test, node, found, by_share)
    told = _Told(reader, question, node, found)
    missing = []
    if arithmetic == "UNDETERMINED":
        missing = list(told.missing(test, by_share))
    is_spared = _is_spared(reader, node, test)
    answer, law = _in_law(arithmetic, state, moment)
    if is_spared:
        answer, law = "NO", ()
    return TestAnswer(
        test=test,
        answer=answer,
        arithmetic=arithmetic,
        by_share=by_share,
        state=state,
        moment=moment,
        seeds=tuple(reader.ids[seed] for seed in sorted(seeds)),
        missing=(*missing, *law),
        proof=told.proof() if node in found.certain else (),
        is_listed=node in seeds,
        unstated=told.unstated(),
        is_spared=is_spared,
    )


def _is_spared(reader: Reader, node: int, test: OwnershipTest) -> bool:
    """Whether all countries stated of the entity are the one whose firms are not reached."""
    countries = {*reader.entities[reader.ids[node]]["countries"]}
    return bool(test.spares) and countries == {test.spares}


def _moment(test: OwnershipTest, day: date) -> tuple[Moment, State]:
    moment = test.on(day)
    if moment is not None:
        return moment, moment.period.state
    first, last = test.moments[0], test.moments[-1]
    if first.period.start is not None and day < first.period.start:
        return first, "not_yet_in_force"
    return last, "ended"


def _named(reader: Reader, by: Sequence[str]) -> frozenset[int]:
    known = (reader.numbers.get(key) for key in by)
    return frozenset(node for node in known if node is not None)


def _listings(
    reader: Reader, node: int, rows: NDArray[np.int64]
) -> Mapping[int, Sequence[Designation]]:
    near = np.append(reader.holdings.owner[rows], node)
    near = np.unique(near[reader.designated[near]])
    names = [reader.ids[n] for n in near.tolist()]
    found = reader.designations(names)
    return {n: found[key] for n, key in zip(near.tolist(), names, strict=True)}


def _listed(around: _Around, test: OwnershipTest) -> frozenset[int]:
    """Find the holders, at any remove, that a list of the test names on that day."""
    return frozenset(
        node
        for node, listings in around.listings.items()
        if any(_counts(one, test, around.day) for one in listings)
    )


def _counts(listing: Designation, test: OwnershipTest, day: date) -> bool:
    return listing.program in test.programs and listing.holds_on(day)


def _question(
    reader: Reader,
    around: _Around,
    seeds: frozenset[int],
    test: OwnershipTest,
    share: ShareTest | None,
) -> Question:
    holdings = reader.holdings
    kinds = [_KINDS[relation] for relation in test.relations]
    rows = around.rows if seeds else around.rows[:0]
    stated = rows[np.isin(holdings.kind[rows], kinds)]
    threshold = None
    if share is not None:
        least = int(share.percent * WHOLE / 100)
        threshold = Threshold(least, share.is_more, share.is_aggregate)
    return Question(
        layers=tuple(around.layers[of] for of in test.of or ("capital",)),
        seeds=seeds,
        threshold=threshold,
        relations=tuple(
            Relation(int(holdings.owner[r]), int(holdings.asset[r]), r)
            for r in stated.tolist()
        ),
    )


def _by_share(
    question: Question, node: int, found: Cascade, share: ShareTest | None
) -> Answer | None:
    """Answer by shares alone; that nothing is stated of who else holds an entity decides nothing."""
    if share is None:
        return None
    if node in found.certain:
        return "YES"
    is_held = any(
        (place := layer.place(node)) is not None
        and ((layer.asset == place) & (layer.owner != place)).any()
        for layer in question.layers
    )
    return "NO" if is_held and node not in found.possible else "UNDETERMINED"


def _arithmetic(
    test: OwnershipTest, node: int, found: Cascade, by_share: Answer | None
) -> Answer:
    """Put shares and statements together: what no source says is not thereby denied."""
    if node in found.certain:
        return "YES"
    if test.relations or by_share is None:
        return "UNDETERMINED"
    return by_share


def _in_law(
    arithmetic: Answer, state: State, moment: Moment
) -> tuple[Answer, tuple[Missing, ...]]:
    """Say what the answer is on that day: a rule that is not in force reaches nobody."""
    if state == "in_force":
        return arithmetic, ()
    if state != "unverified" or arithmetic == "NO":
        return "NO", ()
    return "UNDETERMINED", (Missing("law", moment.period.note),)


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer's facts, in words."""

    reader: Reader
    question: Question
    node: int
    found: Cascade

    def missing(
        self, test: OwnershipTest, by_share: Answer | None
    ) -> Iterator[Missing]:
        """Name what would decide: shares, holders that are not stated, statements."""
        if by_share == "UNDETERMINED":
            facts = deciding(self.question, self.node, self.found)
            yield from map(self._share, facts)
            yield from self._sums()
            if not facts:
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

    def _holders(self) -> Missing:
        asset = self.reader.ids[self.node]
        text = f"who holds {self._name(asset)}, and how much: no stake in it is stated"
        return Missing("holders", text, asset=asset)

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
