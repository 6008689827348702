"""Parity: hands findings, homes, listings and days of reports to the counting in `standards`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.assess import gather
from standsbehind.cases.homes import homes_of
from standsbehind.cases.in_bulk import evidence_tables, find_all, findings_of
from standsbehind.cases.rolls import Roll, is_organisation, lister_of, rolls_on
from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate, earliest, partial_date
from standsbehind.model.designation import Designation
from standsbehind.model.evidence import Fact, Held
from standsbehind.model.schema import is_a
from standsbehind.publishing.home import BUILT_IN
from standsbehind.standards.confounders import Confounder, confounders_of
from standsbehind.standards.findings import Finding
from standsbehind.standards.grades import grades_of
from standsbehind.standards.listings import surely_holds, why_absent
from standsbehind.standards.matched import Matched, match_up
from standsbehind.standards.norms import Standard
from standsbehind.standards.parity import (
    ClassParity,
    Examined,
    Listed,
    lay_out,
    reach_of,
)
from standsbehind.standards.programs import load_programs

__all__ = ["Parity", "parity"]


@dataclass(frozen=True, slots=True)
class Parity:
    """What was counted, of whom, and what else differs."""

    standard: Standard
    norms: tuple[str, ...]
    as_of: date
    classes: tuple[ClassParity, ...]
    matched: Matched
    rolls: tuple[Roll, ...]
    confounders: tuple[Confounder, ...]
    examined: tuple[Examined, ...]
    evidence: Held


def parity(
    reader: Reader, standard: Standard, norms: Sequence[str], as_of: date
) -> Parity:
    """Count who is listed on a day, of those of whom the same was found in each class."""
    evidence = gather(reader, standard, as_of)
    programs = load_programs()
    found = [f for f in _findings(reader, standard, evidence) if f.norm in norms]
    examined = tuple(_Laying(reader, evidence, as_of).all(found))
    subjects = {one.subject for one in examined}
    return Parity(
        standard=standard,
        norms=tuple(norms),
        as_of=as_of,
        classes=lay_out(norms, examined, as_of),
        matched=match_up(norms, examined),
        rolls=tuple(rolls_on(reader, as_of)),
        confounders=confounders_of(
            examined,
            frozenset(
                s for s in subjects if BUILT_IN in reader.entities[s]["datasets"]
            ),
            {one.jurisdiction: one.territory for one in programs.values()},
        ),
        examined=examined,
        evidence=evidence,
    )


def _findings(reader: Reader, standard: Standard, evidence: Held) -> Iterator[Finding]:
    """Find all for which something was looked at, of organisations that are in the data."""
    for finding in findings_of(find_all(standard, evidence_tables(evidence))):
        row = reader.entities.get(finding.subject)
        is_firm = row is not None and is_organisation(row["schema"])
        if is_firm and any(state.grounds for state in finding.elements):
            yield finding


@dataclass(frozen=True)
class _Laying:
    """Lays beside a finding what it may not know."""

    reader: Reader
    evidence: Held
    day: date

    def all(self, found: Sequence[Finding]) -> Iterator[Examined]:
        subjects = sorted({finding.subject for finding in found})
        homes = homes_of(self.reader, subjects)
        listings = self.reader.designations(subjects)
        kin = self._kin(subjects)
        for finding in found:
            facts = self._facts(finding)
            origins = frozenset(s.origin for f in facts for s in f.sources)
            named = (self._listed(li, origins) for li in listings[finding.subject])
            yield Examined(
                finding=finding,
                home=homes[finding.subject],
                grades=grades_of(finding, self.evidence),
                origins=origins,
                first_report=self._first_report(facts),
                listings=tuple(filter(None, named)),
                kin=kin[finding.subject],
            )

    def _facts(self, finding: Finding) -> Sequence[Fact]:
        """Return the claims that were looked at; what a search did not find is none."""
        told = {key for state in finding.elements for key in state.facts}
        return [
            fact
            for fact in self.evidence.facts(finding.subject)
            if fact.id in told and all(s.body != "search" for s in fact.sources)
        ]

    def _first_report(self, facts: Sequence[Fact]) -> PartialDate | None:
        told = self.reader.claims(dict.fromkeys(fact.record for fact in facts))
        cited = (c for claims in told.values() for one in claims for c in one.citations)
        days = filter(None, map(_published, cited))
        return min(days, key=lambda when: (earliest(when), len(when)), default=None)

    def _listed(self, one: Designation, origins: frozenset[str]) -> Listed | None:
        """Read a listing; an exemption, and one that had not begun that day, are none.

        `origins` are those of the finding that it is laid beside.
        """
        absence = why_absent(one, self.day)
        if one.status == "exempted" or absence == "not_yet_listed":
            return None
        return Listed(
            id=one.id,
            program=one.program,
            lister=lister_of(self.reader, one),
            start=one.interval.start,
            end=one.interval.end,
            is_held=surely_holds(one, self.day),
            is_doubtful=absence is None and not surely_holds(one, self.day),
            reach=reach_of(load_programs().get(one.program)),
            is_ground=any(cited.origin_group in origins for cited in one.citations),
        )

    def _kin(self, subjects: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Find the listed names that directly hold each subject, or are held by it."""
        ends = {key: self._holdings(key) for key in subjects}
        near = sorted({other for others in ends.values() for other in others})
        listed = {
            key
            for key, found in self.reader.designations(near).items()
            if any(surely_holds(one, self.day) for one in found)
        }
        return {key: tuple(sorted(listed & others)) for key, others in ends.items()}

    def _holdings(self, key: str) -> set[str]:
        _, numbers = self.reader.graph.links(self.reader.numbers[key])
        edges = self.reader.edges_at(numbers.tolist()).values()
        return {
            end
            for edge in edges
            if is_a(edge.schema, "Ownership") and edge.interval.holds_on(self.day)
            for end in (edge.source, edge.target)
            if end != key
        }


def _published(citation: Citation) -> PartialDate | None:
    return partial_date(citation.published[:10]) if citation.published else None
