"""The certificate of neutrality, as a document and as text."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from standsbehind.cases.neutral import Permuted
from standsbehind.cases.neutral_proof import Certificate
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted
from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.neutrality import Kind
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = ["KINDS", "NOTE", "certificate_json", "certificate_text"]

NOTE = (
    "It shows that names, homes, publishers, languages and lists decide nothing. It does not "
    "show that we looked at everyone alike: see the searches."
)

KINDS: dict[Kind, str] = {
    "names": "names of the subjects",
    "home_countries": "home countries",
    "publishers": "publishers and their countries",
    "languages": "languages of the sources",
    "designations": "list designations",
}


def certificate_json(found: Certificate) -> dict[str, Any]:
    """Give the certificate; `permutations` is of the snapshot, `invented` of made-up firms."""
    standard = found.standard
    return {
        "holds": found.holds,
        "certificate": found.id,
        "snapshot": found.snapshot,
        "snapshot_manifest": found.manifest,
        "standard": {
            "id": standard.id if standard else None,
            "version": standard.version if standard else None,
            "digest": standard.digest if standard else None,
        },
        "code": found.code,
        "code_digest": found.code_digest,
        "rules_digest": found.rules_digest,
        "runs": found.runs,
        "seed": found.seed,
        "firms": found.firms,
        "permutations": [asdict(one) for one in found.permuted],
        "invented": [asdict(one) for one in found.invented],
        "refused_rules": [{**asdict(one), "says": str(one)} for one in found.refused],
        "searches": [asdict(one) for one in found.looking],
        "notices": [NOTE, f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}."],
    }


def certificate_text(found: Certificate) -> RenderableType:
    """Write the certificate: what was refused, else how many runs were exact."""
    return Group(*_parts(found))


def _parts(found: Certificate) -> Iterator[RenderableType]:
    standard = found.standard
    name = f"{standard.id} {standard.version} ({standard.digest})" if standard else ""
    yield safe_text(f"Neutrality of {name or 'a catalog that cannot be read'}", "bold")
    yield safe_text(f"snapshot {found.snapshot}, code {found.code_digest[:12]}", "dim")
    for line in found.refused:
        yield safe_text(f"refused: {line}", "red")
    if found.refused:
        yield safe_text("nothing was permuted, because of the lines above")
    if found.permuted:
        yield safe_text("")
        yield _runs(found.permuted, "on the snapshot")
    if found.invented:
        yield safe_text("")
        yield _runs(found.invented, "on invented firms")
    if found.looking:
        yield safe_text("")
        yield _looking(found)
    yield safe_text("")
    said = "holds" if found.holds else "does not hold"
    yield safe_text(f"certificate {found.id}: {said}", "bold")
    yield safe_text(NOTE, "italic")
    yield safe_text(f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.", "italic")


def _runs(permuted: Sequence[Permuted], where: str) -> Table:
    subjects = counted(permuted[0].subjects, "subject", "subjects")
    table = _table(
        f"dealt anew {where} ({subjects})", "exact", "by the plain evaluator"
    )
    for one in permuted:
        table.add_row(
            KINDS[one.kind],
            f"{one.exact:,} of {one.runs:,}",
            f"{one.plain_exact:,} of {one.plain_runs:,}",
        )
    return table


def _looking(found: Certificate) -> Table:
    table = _table("home", "subjects", "searched", "searches", "facts", "findings")
    for one in found.looking:
        results = ", ".join(
            f"{count} {result}" for result, count in one.results.items()
        )
        table.add_row(
            one.country or "not stated",
            *map(str, (one.subjects, one.searched, one.searches, one.facts)),
            results,
        )
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
