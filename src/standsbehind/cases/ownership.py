"""Ownership tests on one entity: whether listed holders reach it, and which fact would decide.

The arithmetic is `tracing.cascade`; the tests and their days are `standards.ownership_tests`. An
answer is about the stakes that sources state. NO means that these do not reach the entity and, unless
the holders to count were named, that what no source gives a holder for is too little to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.cases.undecided import Facts, Missing
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
    Question,
    Relation,
    Threshold,
    cascade,
)
from standsbehind.tracing.stakes import Stakes, gather, holdings_around
from standsbehind.tracing.stated import Stake

__all__ = ["Answer", "TestAnswer", "examine"]

Answer = Literal["YES", "NO", "UNDETERMINED"]

_KINDS: Mapping[StatedRelation, int] = {
    "control": CONTROL,
    "accounts": ACCOUNTS,
    "related": RELATED,
    "owned": OWNED,
}


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
    facts = Facts(reader, question, node, found, any_holder=not by)
    by_share = _by_share(facts) if moment.share else None
    arithmetic = _arithmetic(test, node, found, by_share)
    missing: list[Missing] = []
    if arithmetic == "UNDETERMINED":
        is_open = by_share == "UNDETERMINED"
        missing += facts.missing(test, share_is_open=is_open)
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
        proof=facts.proof() if node in found.certain else (),
        is_listed=node in seeds,
        unstated=facts.unstated(),
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


def _by_share(facts: Facts) -> Answer:
    """Answer by shares alone.

    Where any listed holder counts, NO needs that the holders who are stated leave too little for
    one: of what no source gives a holder for, anybody may hold all.
    """
    if facts.node in facts.found.certain:
        return "YES"
    if facts.node in facts.found.possible or not facts.is_held:
        return "UNDETERMINED"
    return "UNDETERMINED" if facts.could_be_reached() else "NO"


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
