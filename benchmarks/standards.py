"""How fast the standard is applied in bulk, and whether both evaluators find the same.

    .venv/bin/python benchmarks/standards.py            # 100,000 invented firms; equality on 10,000
    .venv/bin/python benchmarks/standards.py 20000      # fewer firms

Nine facts a firm, thirteen classes; the result has the proof rows. Making the evidence is not
in the time of the plan.
"""

import os
import resource
import sys
import time
from random import Random

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.cases.in_bulk import evidence_tables, find_all, findings_of
from standsbehind.standards.findings import judge_all
from standsbehind.standards.invented import FACTS_OF_A_FIRM, invent
from standsbehind.standards.norms import Standard, load_standard

PART = 10_000
EQUAL = 10_000


def main() -> None:
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    standard = load_standard()
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    equal(standard, min(EQUAL, firms))
    tables = invented_tables(standard, firms)
    begun, used = time.perf_counter(), time.process_time()
    found = find_all(standard, tables)
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    first = found.filter(pc.equal(found["place"], 0))
    proofs = pc.sum(pc.greater(pc.list_value_length(first["proof"]), 0)).as_py()
    print(
        f"{firms:,} firms x {len(standard.norms)} classes, {FACTS_OF_A_FIRM} facts each: "
        f"{wall:.1f} s ({cpu:.1f} s of processor); {first.num_rows:,} findings with "
        f"something looked at, {proofs:,} with a proof row"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MiB, the evidence included")


def invented_tables(standard: Standard, firms: int) -> dict[str, pa.Table]:
    random = Random(2026)  # noqa: S311 - not for secrets
    parts = [
        evidence_tables(invent(standard, min(PART, firms - first), random, first))
        for first in range(0, firms, PART)
    ]
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}


def equal(standard: Standard, firms: int) -> None:
    """Apply both evaluators to invented firms and count the findings that are the same."""
    evidence = invent(standard, firms, Random(10))  # noqa: S311 - not for secrets
    begun = time.process_time()
    plain = {
        (subject, finding.norm): finding
        for subject in evidence.subjects()
        for finding in judge_all(standard, subject, evidence)
    }
    took = time.process_time() - begun
    planned = {
        (f.subject, f.norm): f
        for f in findings_of(find_all(standard, evidence_tables(evidence)))
    }
    silent = [f for key, f in plain.items() if key not in planned]
    same = sum(
        planned[key] == finding for key, finding in plain.items() if key in planned
    )
    odd = [f for f in silent if any(state.grounds for state in f.elements)]
    if same != len(planned) or odd:
        raise SystemExit(f"{len(planned) - same + len(odd)} findings differ")
    print(
        f"{firms:,} firms: {same:,} findings the same by both, {len(silent):,} of which "
        f"nothing was looked at; the plain evaluator took {took:.1f} s of processor"
    )


if __name__ == "__main__":
    main()
