"""Measure the ledger at size: ingest, storage, as-of reads, rebuild, publishing, proofs.

python benchmarks/ledger.py [STATEMENTS]        (10,000,000 by default; needs about 12 GiB)
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

from standsbehind.engines import local
from standsbehind.graph.reader import Reader
from standsbehind.ledger.leaves import leaf_hashes, prove_lines, tree_over
from standsbehind.ledger.ledger import Ledger, Stamp
from standsbehind.ledger.merkle import is_included
from standsbehind.ledger.revision import Held, revise
from standsbehind.ledger.rows import TOLD, citations_table
from standsbehind.model.citation import Citation
from standsbehind.publishing.publish import publish

PROPS = (
    "id",
    "name",
    "alias",
    "country",
    "registrationNumber",
    "address",
    "status",
    "incorporationDate",
    "legalForm",
    "website",
)
RECORD = {
    "source": {
        "id": "bench",
        "title": "Benchmark",
        "retrieved": "2026-11-24",
        "partial": [],
    },
    "published": None,
    "copies": [],
}
SYLLABLES = "ka lo mi tan ver sol ning hua bei dor gal rim tech zen pra vok shi yun ost ler".split()


def reading(first: int, entities: int) -> pa.Table:
    """Make the statements of a run of entities, ten each, as a connector hands them over."""
    numbers = np.repeat(np.arange(first, first + entities), len(PROPS))
    props = np.tile(np.array(PROPS, dtype=object), entities)
    ids = [f"bench-{n}" for n in range(first, first + entities)]
    rng = np.random.default_rng(first)
    words = rng.integers(0, len(SYLLABLES), size=(entities, 5)).tolist()
    values: list[str] = []
    for n, w in zip(range(first, first + entities), words, strict=True):
        a, b, c, d, e = (SYLLABLES[i] for i in w)
        values += [
            f"bench-{n}",
            f"{a}{b}{c} {d}{e} {n} Co., Ltd.",
            f"{a}{b}{c} {n}",
            "cn" if n % 3 else "us",
            f"9144{n:014d}",
            f"No. {n % 997} {c}{d} Road, {a}{e}, {n % 89999}",
            "active",
            f"20{n % 24:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            "llc",
            f"https://{a}{b}{n}.example",
        ]
    entity = pa.array(ids).take(pa.array(numbers - first))
    count = len(values)
    keys = pa.table({"e": entity, "p": pa.array(props), "v": pa.array(values)})
    hashed = local.run(
        "SELECT sha1('bench.' || e || '.' || p || '.' || v) AS id FROM keys",
        {"keys": keys},
    )
    given = {
        "entity_id": entity,
        "canonical_id": entity,
        "prop": pa.array(props),
        "schema": pa.repeat("Company", count),
        "value": pa.array(values),
        "dataset": pa.repeat("bench", count),
        "external": pa.array(np.zeros(count, dtype=bool)),
        "id": hashed["id"],
        "status": pa.repeat("official", count),
        "citations": cited(entities),
    }
    columns = [given.get(f.name, pa.nulls(count, f.type)) for f in TOLD]
    return pa.Table.from_arrays(columns, schema=TOLD)


CITATION = Citation("bench", "Benchmark", "Nobody", "https://bench.example", "bench")


def cited(entities: int) -> pa.Array:
    count = entities * len(PROPS)
    ids = pa.repeat(CITATION.id, count)
    return pa.ListArray.from_arrays(pa.array(np.arange(count + 1, dtype=np.int32)), ids)


def timed(what: str, start: float) -> float:
    spent = time.perf_counter() - start
    print(f"{what:58s} {spent:9.2f} s", flush=True)
    return spent


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    entities = total // len(PROPS)
    folder = Path(tempfile.mkdtemp(prefix="behind-bench-"))
    print(f"load average {os.getloadavg()[0]:.1f}; {total:,} statements")
    try:
        measure(folder, entities, total)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, entities: int, total: int) -> None:
    ledger = Ledger(folder / "ledger")
    chunk = min(100_000, entities)
    citations = citations_table([CITATION])
    start = time.perf_counter()
    told = pa.concat_tables([reading(n, chunk) for n in range(0, entities, chunk)])
    timed("(making the statements, not counted)", start)

    start = time.perf_counter()
    with ledger.writing():
        held = Held(ledger.live("bench"), ledger.citations("bench"))
        revision = revise(held, told, citations)
        ledger.append(
            Stamp("bench", "2026-11-24T00:00:00Z"),
            revision.changes,
            revision.citations,
            RECORD,
        )
    spent = timed("ingest: compare, hash, prove, write, fsync", start)
    stored = sum(f.stat().st_size for f in ledger.folder.rglob("*") if f.is_file())
    print(
        f"  {total / spent:,.0f} statements/s; {stored / total:.1f} bytes/statement on disk"
    )

    again = reading(0, chunk)
    again = again.set_column(
        again.schema.get_field_index("status"),
        "status",
        pa.repeat("reported", again.num_rows),
    )
    start = time.perf_counter()
    with ledger.writing():
        held = Held(ledger.live("bench"), ledger.citations("bench"))
        revision = revise(held, again, citations, collects=True)
        ledger.append(
            Stamp("bench", "2026-11-25T00:00:00Z"),
            revision.changes,
            revision.citations,
            RECORD,
        )
    timed(f"a second reading that supersedes {revision.changes.num_rows:,}", start)
    del held, revision, again, told

    for known_on in (None, "2026-11-24T12:00:00Z"):
        start = time.perf_counter()
        rows = ledger.live(known_on=known_on, ordered=False).num_rows
        timed(f"rebuild as known on {known_on or 'today'}: {rows:,}", start)
    proofs(ledger)
    published(ledger, folder / "snapshots", entities)


def proofs(ledger: Ledger) -> None:
    entry = ledger.entries()[0]
    changes = entry.table("claims")
    part = changes.slice(0, 100_000)
    start = time.perf_counter()
    tree_over(leaf_hashes(part)).root  # noqa: B018
    timed(f"Merkle root of {part.num_rows:,} statements", start)
    tree = entry.tree()
    start = time.perf_counter()
    middle = changes.num_rows // 2
    proof = prove_lines(changes, tree, [middle])[middle]
    timed(f"one proof out of {changes.num_rows:,}, {len(proof)} hashes", start)
    (leaf,) = leaf_hashes(changes.slice(middle, 1))
    root = tree.root
    start = time.perf_counter()
    for _ in range(1000):
        if not is_included(leaf, middle, tree.size, proof, root):
            raise SystemExit("the proof does not hold")
    timed("a thousand proof checks", start)


def published(ledger: Ledger, home: Path, entities: int) -> None:
    start = time.perf_counter()
    held = publish(ledger, home)
    timed("publish a snapshot", start)
    size = sum(f.stat().st_size for f in held.folder.rglob("*") if f.is_file())
    print(f"  {size / 1e6:,.0f} MB; peak memory {peak():,.0f} MiB")
    reader = Reader(held)
    rng = np.random.default_rng(1)
    spent = []
    for n in rng.integers(0, entities, size=200).tolist():
        start = time.perf_counter()
        if not reader.claims([f"bench-{n}"])[f"bench-{n}"]:
            raise SystemExit("an entity is missing")
        spent.append((time.perf_counter() - start) * 1000)
    p50, p95 = np.percentile(spent, [50, 95])
    print(
        f"entity as-of read: p50 {p50:.1f} ms, p95 {p95:.1f} ms (first {spent[0]:.0f} ms)"
    )


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
