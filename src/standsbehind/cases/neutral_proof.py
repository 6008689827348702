"""The certificate of neutrality: what was refused, permuted and found, and how unevenly we looked."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from standsbehind.cases.assess import gather
from standsbehind.cases.impartial import refused_rules
from standsbehind.cases.neutral import (
    Judges,
    Permuted,
    Trial,
    known_subjects,
    permute_all,
)
from standsbehind.cases.receipt import CODE, code_digest, rules_digest
from standsbehind.errors import SourceError
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Held
from standsbehind.standards.findings import judge_all
from standsbehind.standards.impartial import Refused
from standsbehind.standards.invented import invent
from standsbehind.standards.norms import Standard, read_standard

__all__ = ["Certificate", "Looking", "certify"]


@dataclass(frozen=True, slots=True)
class Looking:
    """How much was looked for and found of the subjects at home in one country."""

    country: str
    """Blank where none is stated."""
    subjects: int
    searched: int
    """Subjects of which a search is recorded."""
    searches: int
    facts: int
    results: Mapping[str, int]
    """How many findings have each result, of those for which anything was looked at."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the proof rests on and what came of it; the same input gives the same certificate."""

    snapshot: str
    manifest: str
    standard: Standard | None
    """None where the catalog cannot be read; `refused` then says why."""
    seed: int
    runs: int
    firms: int
    refused: tuple[Refused, ...] = ()
    permuted: tuple[Permuted, ...] = ()
    invented: tuple[Permuted, ...] = ()
    looking: tuple[Looking, ...] = ()
    code: str = field(default=CODE)
    code_digest: str = field(default_factory=code_digest)
    rules_digest: str = field(default_factory=rules_digest)

    @property
    def holds(self) -> bool:
        """Whether no line was refused and every run was exact."""
        every = (*self.permuted, *self.invented)
        return not self.refused and all(one.is_exact for one in every)

    @property
    def id(self) -> str:
        """Return a digest of what was proven about what."""
        said = (
            *(self.snapshot, self.manifest, self.code_digest, self.rules_digest),
            self.standard.digest if self.standard else "",
            *map(str, (self.seed, self.runs, self.firms)),
            *(str(line) for line in self.refused),
            *(
                f"{one.evidence}/{one.kind}/{one.runs}/{one.exact}/{one.findings}/{one.worlds}"
                for one in (*self.permuted, *self.invented)
            ),
        )
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def certify(
    reader: Reader, catalog: Mapping[str, str], *, runs: int, firms: int, seed: int
) -> Certificate:
    """Read the catalog line by line and, where no line is refused, permute and judge.

    `runs` worlds of the snapshot's subjects for each kind, and as many of `firms` invented
    ones, each of which is in one world.
    """
    refused = list(refused_rules(reader, catalog))
    standard: Standard | None = None
    try:
        standard = read_standard(catalog)
    except SourceError as error:
        refused.append(_unreadable(str(error)))
    snapshot = reader.snapshot
    certificate = Certificate(
        snapshot=snapshot.id,
        manifest=snapshot.manifest_digest,
        standard=standard,
        seed=seed,
        runs=runs,
        firms=firms,
        refused=tuple(refused),
    )
    if refused or standard is None:
        return certificate
    random = Random(seed)  # noqa: S311 - deals worlds, keeps no secret
    judges = Judges.of(standard)
    evidence = known_subjects(reader, gather(reader, standard))
    given = Trial.in_full("snapshot", evidence, runs)
    permuted = tuple(permute_all(given, judges, random))
    made = Trial.in_blocks("invented", invent(standard, firms, random), runs)
    invented = permute_all(made, judges, random) if firms else ()
    return replace(
        certificate,
        permuted=permuted,
        invented=tuple(invented),
        looking=tuple(_looking(standard, evidence)),
    )


def _unreadable(why: str) -> Refused:
    """Take apart what `read_standard` says of a line that it cannot read."""
    file, line, rest = why.split(":", 2)
    return Refused(file, int(line), rest.strip().partition(":")[0], rest.strip())


def _looking(standard: Standard, evidence: Held) -> Iterator[Looking]:
    by_country: dict[str, list[str]] = {}
    for subject, who in evidence.profiles.items():
        by_country.setdefault(who.country, []).append(subject)
    for country, subjects in sorted(by_country.items()):
        searches = [{s.record for s in evidence.searches(key)} for key in subjects]
        yield Looking(
            country=country,
            subjects=len(subjects),
            searched=sum(map(bool, searches)),
            searches=sum(map(len, searches)),
            facts=sum(len(evidence.facts(key)) for key in subjects),
            results=_results(standard, evidence, subjects),
        )


def _results(
    standard: Standard, evidence: Held, subjects: Sequence[str]
) -> Mapping[str, int]:
    found: Iterable[str] = (
        finding.result
        for subject in subjects
        for finding in judge_all(standard, subject, evidence)
        if any(state.grounds for state in finding.elements)
    )
    counts: dict[str, int] = {}
    for result in found:
        counts[result] = counts.get(result, 0) + 1
    return dict(sorted(counts.items()))
