"""Merging: which records of the ledger a snapshot holds to be one entity, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.engines import local, record_plans
from standsbehind.errors import EvidenceError
from standsbehind.graph.merges import JUDGEMENT, KEPT_APART, MERGES, Merges
from standsbehind.ledger.ledger import Ledger
from standsbehind.publishing.redirecting import redirected
from standsbehind.resolution.clusters import (
    Cluster,
    Conflict,
    Evidence,
    Pair,
    Settled,
    settle,
)
from standsbehind.resolution.judged import JUDGED
from standsbehind.resolution.judged import JUDGEMENT as JUDGEMENT_SCHEMA
from standsbehind.resolution.numbers import (
    Number,
    family_of,
    is_sound,
    rows_of_rules,
    rule_of,
    rules_digest,
)
from standsbehind.store import snapshot
from standsbehind.store.snapshot import Snapshot

__all__ = ["merged", "settled_before", "tables_of"]


def merged(
    live: pa.Table, ledger: Ledger, before: Snapshot | None
) -> tuple[pa.Table, Settled]:
    """Settle which records are one entity, and give their statements one canonical id.

    What a snapshot of the same ledger `before` had settled is taken over, but for the
    records that the ledger says more of since, and what these meet.
    """
    evidence = _evidence(live, ledger)
    if before is None:
        settled = settle(evidence)
    else:
        since = ledger.claim_files(after=before.manifest["ledger"]["size"])
        settled = settle(evidence, _settled_in(before), _touched(since))
    redirects = {
        member: cluster.id for cluster in settled.clusters for member in cluster.members
    }
    return (redirected(live, redirects) if redirects else live), settled


_TABLES = ("merges.parquet", "kept_apart.parquet")


def settled_before(ledger: Ledger, home: Path, layout: int) -> Snapshot | None:
    """Return the current snapshot, where what it settled can be gone on from.

    It must be of this layout, whole, made by the same rules and of this ledger's first
    entries; what is derived is never believed unread.
    """
    try:
        held = snapshot.current(home)
    except EvidenceError:
        return None
    if held is None or held.manifest["format"] != layout:
        return None
    was = held.manifest["ledger"]
    is_ours = (
        held.manifest["numbers"] == rules_digest()
        and ledger.tree_head(was["size"]).root == was["root"]
        and not any(held.damaged(_TABLES))
    )
    return held if is_ours else None


def _touched(files: Sequence[Path]) -> set[str]:
    if not files:
        return set()
    found = local.run(record_plans.TOUCHED, files={"entries": files})
    return set(found["record"].to_pylist())


def _settled_in(held: Snapshot) -> Settled:
    """Read back what a snapshot settled."""
    merges = Merges(held)
    found: dict[str, dict[str, tuple[Number | Pair, ...]]] = defaultdict(dict)
    for one in merges.all():
        found[one.canonical_id][one.id] = tuple(
            _pair(one.id, tie.other or "", tie.value, tie.who or "")
            if tie.kind == JUDGEMENT
            else Number(tie.kind, tie.value)
            for tie in one.by
        )
    clusters = (
        Cluster((key, *(record for record in by if record != key)), by)
        for key, by in found.items()
    )
    conflicts = (Conflict(one.records, one.why) for one in merges.kept_apart())
    return Settled(tuple(clusters), tuple(conflicts))


_PROPS_BESIDE = (
    *("country", "jurisdiction", "mainCountry"),
    *("entity", "programId", "recordId"),
)
"""What `record_plans.NUMBERS` reads besides the numbers: where a register is, and list numbers."""


def _evidence(live: pa.Table, ledger: Ledger) -> Evidence:
    same, apart = _judged(live)
    judged = sorted({r for pair in (*same, *apart) for r in (pair.left, pair.right)})
    laid_out = rows_of_rules()
    looked_at = live.select(["canonical_id", "source", "schema", "prop", "value"])
    found = local.run(
        record_plans.NUMBERS,
        {
            **{name: pa.Table.from_pylist(rows) for name, rows in laid_out.items()},
            "live": looked_at,
            "judged": pa.table({"record": pa.array(judged, pa.string())}),
        },
        {"props": [*(row["kind"] for row in laid_out["kinds"]), *_PROPS_BESIDE]},
        {"entries": ledger.claim_files()},
    )
    rows = found.to_pylist()
    uniting = _grouped(
        (row["record"], number)
        for row in rows
        if row["kind"] and is_sound(number := Number(row["kind"], row["number"]))
    )
    borne = (
        (record, number)
        for record, numbers in uniting.items()
        for number in numbers
        if rule_of(number).tells_apart
    )
    telling = _grouped((*borne, *_families(live, pc.unique(found["record"]))))
    first = {row["record"]: row["seq"] for row in rows if row["seq"] is not None}
    return Evidence(uniting, telling, same, apart, first)


def _families(live: pa.Table, met: pa.Array) -> Iterator[tuple[str, Number]]:
    """Say of what kind the records are, which tells apart as a number does."""
    columns = ["canonical_id", "schema"]
    is_met = pc.is_in(live["canonical_id"], met)
    rows = live.select(columns).filter(is_met).group_by(columns).aggregate([])
    for row in rows.to_pylist():
        family = family_of(row["schema"])
        if family is not None:
            yield row["canonical_id"], Number("kind", family)


def _grouped(
    pairs: Iterable[tuple[str, Number]],
) -> Mapping[str, frozenset[Number]]:
    found: dict[str, set[Number]] = defaultdict(set)
    for record, number in pairs:
        found[record].add(number)
    return {record: frozenset(numbers) for record, numbers in found.items()}


def _judged(live: pa.Table) -> tuple[Sequence[Pair], Sequence[Pair]]:
    """Read the judgements in force: the pairs that are one, and those that are two."""
    is_ours = pc.and_(
        pc.equal(live["source"], JUDGED), pc.equal(live["schema"], JUDGEMENT_SCHEMA)
    )
    ours = live.select(["canonical_id", "prop", "value"]).filter(is_ours)
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for row in ours.to_pylist():
        told[row["canonical_id"]][row["prop"]] = row["value"]
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for key, props in sorted(told.items()):
        who = f"{props['author']} on {props['date']}: {props['summary']}"
        pair = _pair(props["left"], props["right"], key, who)
        pairs[props["verdict"]].append(pair)
    return pairs["positive"], pairs["negative"]


def _pair(one: str, other: str, by: str, who: str) -> Pair:
    return Pair(min(one, other), max(one, other), by, who)


def tables_of(settled: Settled) -> dict[str, pa.Table]:
    """Lay out what `graph.merges` reads: each merged record, and the conflicts."""
    rows = {
        member: {
            "id": member,
            "canonical_id": cluster.id,
            "by": [_tie(one, member) for one in cluster.by[member]],
        }
        for cluster in settled.clusters
        for member in cluster.members
    }
    conflicts = [
        {"records": list(one.records), "why": one.why} for one in settled.conflicts
    ]
    return {
        "merges": pa.Table.from_pylist(
            [rows[key] for key in sorted(rows)], schema=MERGES
        ),
        "kept_apart": pa.Table.from_pylist(conflicts, schema=KEPT_APART),
    }


def _tie(one: Number | Pair, member: str) -> dict[str, Any]:
    if isinstance(one, Number):
        return {"kind": one.kind, "value": one.value, "other": None, "who": None}
    other = one.right if one.left == member else one.left
    return {"kind": JUDGEMENT, "value": one.by, "other": other, "who": one.who}
