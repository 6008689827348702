"""Clusters: which records are one entity, by their numbers and by what people judged.

The rules, so that neither order nor history decides:

- Records that share a number that unites, and whose numbers that tell apart do not differ,
  are one. So are records that were judged the same, whatever their numbers.
- A number that is borne by two records which are known to be two unites nobody: it is
  wrong in one of them, and we cannot say in which.
- Where records that are known to be two would still come together by way of others, none of
  that group are united by number, and the conflict is reported.
- The id of a cluster is that of its record that came first; it stays when others join.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from standsbehind.resolution.groups import Groups
from standsbehind.resolution.numbers import Number

__all__ = [
    "NOTHING",
    "Cluster",
    "Conflict",
    "Evidence",
    "Pair",
    "Settled",
    "settle",
]

MOST_BEARERS = 100
"""A number that more records bear is none of one entity, such as `000000`."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records that were judged, the lesser id first, and the id of the judgement."""

    left: str
    right: str
    by: str
    who: str = ""
    """Who judged, when and why."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against that records are one."""

    uniting: Mapping[str, frozenset[Number]]
    """The numbers by which each record may be one with others."""
    telling: Mapping[str, frozenset[Number]]
    """The numbers, and the kind of thing, of which an entity has one."""
    same: Sequence[Pair]
    apart: Sequence[Pair]
    first: Mapping[str, int]
    """When each record came, as the number of a ledger entry; earlier is smaller."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records that are one entity."""

    members: tuple[str, ...]
    """The one that came first gives the cluster its id; the others follow by theirs."""
    by: Mapping[str, tuple[Number | Pair, ...]]
    """What ties each member to others."""

    @property
    def id(self) -> str:
        """The canonical id."""
        return self.members[0]


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Records that share a number, and are not united because something says they are two."""

    records: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Settled:
    """All clusters of more than one record, and the conflicts."""

    clusters: tuple[Cluster, ...] = ()
    """By id."""
    conflicts: tuple[Conflict, ...] = ()
    met: int = field(default=0, compare=False)
    """How many records were looked at to settle it."""


NOTHING = Settled()


def settle(
    evidence: Evidence,
    held: Settled = NOTHING,
    touched: Collection[str] | None = None,
) -> Settled:
    """Settle which records are one.

    With what was `held` before, only the clusters that the `touched` records meet, by a number
    or a judgement, are settled anew; the result is that of settling all.
    """
    bearers = _bearers(evidence.uniting)
    if touched is None:
        within = {*evidence.uniting, *_judged(evidence)}
    else:
        within = _reached(evidence, bearers, held, touched)
    units = _Units.of(evidence, within)
    clusters, conflicts = units.united(bearers)
    kept = [one for one in held.clusters if within.isdisjoint(one.members)]
    known = [one for one in held.conflicts if within.isdisjoint(one.records)]
    return Settled(
        tuple(sorted((*kept, *clusters), key=lambda one: one.id)),
        tuple(sorted({*known, *conflicts})),
        len(within),
    )


def _judged(evidence: Evidence) -> set[str]:
    pairs = (*evidence.same, *evidence.apart)
    return {record for pair in pairs for record in (pair.left, pair.right)}


def _bearers(uniting: Mapping[str, Iterable[Number]]) -> Mapping[Number, set[str]]:
    found: dict[Number, set[str]] = defaultdict(set)
    for record, numbers in uniting.items():
        for number in numbers:
            found[number].add(record)
    return found


def _reached(
    evidence: Evidence,
    bearers: Mapping[Number, set[str]],
    held: Settled,
    touched: Collection[str],
) -> set[str]:
    """Return the records that anything ties to the touched ones, now or before."""
    tied: dict[str, set[str]] = defaultdict(set)
    for pair in (*evidence.same, *evidence.apart):
        tied[pair.left].add(pair.right)
        tied[pair.right].add(pair.left)
    groups = (*(c.members for c in held.clusters), *(c.records for c in held.conflicts))
    for group in groups:
        for record in group:
            tied[record].update(group)
    within: set[str] = set()
    ring = set(touched)
    while ring:
        within |= ring
        beside = {other for record in ring for other in tied.get(record, ())}
        numbers = {n for record in ring for n in evidence.uniting.get(record, ())}
        ring = beside.union(*(bearers[number] for number in numbers)) - within
    return within


@dataclass(frozen=True, slots=True)
class _Units:
    """Units: records that were judged the same, or one alone; they unite as wholes."""

    evidence: Evidence
    records: set[str]
    judged: Groups
    telling: Mapping[str, frozenset[Number]]
    apart: Mapping[frozenset[str], str]
    broken: tuple[Conflict, ...]

    @classmethod
    def of(cls, evidence: Evidence, records: set[str]) -> "_Units":
        """Join what was judged the same, but for what was judged apart as well."""
        same = [pair for pair in evidence.same if pair.left in records]
        groups, broken = Groups(), []
        for pair in same:
            groups.join(pair.left, pair.right)
        torn = {
            groups.of(pair.left)
            for pair in evidence.apart
            if pair.left in records and groups.of(pair.left) == groups.of(pair.right)
        }
        whole = Groups()
        for pair in same:
            if groups.of(pair.left) not in torn:
                whole.join(pair.left, pair.right)
        for members in groups.sets(records):
            if groups.of(members[0]) in torn:
                why = "judged the same, and judged not the same as well"
                broken.append(Conflict(tuple(members), why))
        telling: dict[str, set[Number]] = defaultdict(set)
        for record in records:
            telling[whole.of(record)].update(evidence.telling.get(record, ()))
        return cls(
            evidence,
            records,
            whole,
            {unit: frozenset(found) for unit, found in telling.items()},
            {
                frozenset((whole.of(pair.left), whole.of(pair.right))): pair.by
                # Of several, the least is told, in whatever order they come.
                for pair in sorted(evidence.apart, key=_by, reverse=True)
                if pair.left in records
            },
            tuple(broken),
        )

    def united(
        self, bearers: Mapping[Number, set[str]]
    ) -> tuple[list[Cluster], list[Conflict]]:
        """Unite the units by number where nothing says that they are two."""
        groups, conflicts = Groups(), list(self.broken)
        numbers = {n for r in self.records for n in self.evidence.uniting.get(r, ())}
        trusted: set[Number] = set()
        for number in sorted(numbers):
            units = {self.judged.of(record) for record in bearers[number]}
            why = self._why_two(sorted(units))
            if len(bearers[number]) > 1 and why:
                found = tuple(sorted(bearers[number]))
                conflicts.append(Conflict(found, f"share {number.said}, but {why}"))
                continue
            trusted.add(number)
            first, *others = sorted(units)
            for other in others:
                groups.join(first, other)
        dissolved: set[str] = set()
        units = {self.judged.of(record) for record in self.records}
        for members in groups.sets(units):
            why = self._why_two(members)
            if why:
                dissolved.update(members)
                conflicts.append(
                    Conflict(
                        self._records_of(members), f"by way of others one, but {why}"
                    )
                )
        return list(self._clusters(groups, dissolved, trusted)), conflicts

    def _records_of(self, units: Iterable[str]) -> tuple[str, ...]:
        wanted = set(units)
        return tuple(sorted(r for r in self.records if self.judged.of(r) in wanted))

    def _why_two(self, units: Sequence[str]) -> str:
        """Say what tells any two of the units apart; nothing where they may be one."""
        if len(units) > MOST_BEARERS:
            return f"{len(units)} records bear it"
        for left, right in combinations(units, 2):
            by = self.apart.get(frozenset((left, right)))
            if by:
                return f"judged not the same ({by})"
            for kind, (ours, theirs) in self._kinds_of_both(left, right).items():
                if ours.isdisjoint(theirs):
                    return f"{kind} differs: {min(ours)} and {min(theirs)}"
        return ""

    def _kinds_of_both(
        self, left: str, right: str
    ) -> Mapping[str, tuple[set[str], set[str]]]:
        ours, theirs = _by_kind(self.telling[left]), _by_kind(self.telling[right])
        return {k: (ours[k], theirs[k]) for k in sorted(ours.keys() & theirs.keys())}

    def _clusters(
        self, groups: Groups, dissolved: set[str], trusted: set[Number]
    ) -> Iterator[Cluster]:
        whole = Groups()
        for record in self.records:
            unit = self.judged.of(record)
            whole.join(record, unit)
            if unit not in dissolved:
                whole.join(unit, groups.of(unit))
        for members in whole.sets(self.records):
            first = min(members, key=lambda r: (self.evidence.first.get(r, 0), r))
            others = (record for record in members if record != first)
            ties = self._ties(members, dissolved, trusted)
            yield Cluster((first, *others), ties)

    def _ties(
        self, members: Sequence[str], dissolved: set[str], trusted: set[Number]
    ) -> dict[str, tuple[Number | Pair, ...]]:
        bearers = _bearers({m: self.evidence.uniting.get(m, ()) for m in members})
        found: dict[str, list[Number | Pair]] = {member: [] for member in members}
        for number, bearing in sorted(bearers.items()):
            if len(bearing) > 1 and number in trusted and dissolved.isdisjoint(members):
                for member in bearing:
                    found[member].append(number)
        for pair in sorted(self.evidence.same):
            if pair.left in found and pair.right in found:
                found[pair.left].append(pair)
                found[pair.right].append(pair)
        return {member: tuple(ties) for member, ties in found.items()}


def _by(pair: Pair) -> str:
    return pair.by


def _by_kind(numbers: Iterable[Number]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number in numbers:
        found[number.kind].add(number.value)
    return found
