"""The neutrality proof: worlds are made of an evidence, judged, and held against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import islice
from random import Random

import pyarrow as pa

from standsbehind.cases.in_bulk import evidence_tables, table_of
from standsbehind.cases.kinds import entities_of
from standsbehind.engines import local
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Held, Profile
from standsbehind.model.schema import is_a
from standsbehind.standards.findings import judge_all
from standsbehind.standards.neutrality import (
    COMPARE,
    DIGEST,
    KINDS,
    Deal,
    Kind,
    deal,
    world_plans,
)
from standsbehind.standards.norms import Standard
from standsbehind.standards.permuting import Evaluator, finds_the_same, permuted
from standsbehind.standards.plan import compile_plan

__all__ = ["Judges", "Permuted", "Trial", "known_subjects", "permute_all"]

_LANGUAGES = ("ara", "eng", "fra", "heb", "rus", "spa", "uig", "zho")


@dataclass(frozen=True, slots=True)
class Permuted:
    """The runs of one kind on one evidence."""

    evidence: str
    """Which evidence: `snapshot` or `invented`."""
    kind: Kind
    runs: int
    exact: int
    findings: str
    """Digest of the findings of the evidence as it is."""
    worlds: str
    """Digest of the digests of all worlds, in their order."""
    subjects: int
    moved: int
    """How many subjects or publishers were dealt another's, over all runs."""
    plain_runs: int
    """In how many of the worlds the plain evaluator, which `assess` uses, judged as well."""
    plain_exact: int

    @property
    def is_exact(self) -> bool:
        """Whether every run was exact, by either evaluator."""
        return (self.exact, self.plain_exact) == (self.runs, self.plain_runs)


PLAIN_RUNS = 10
"""How many worlds of each kind the plain evaluator judges as well."""


@dataclass(frozen=True, slots=True)
class Judges:
    """The two evaluators that are held against themselves."""

    plan: str
    plain: Evaluator

    @classmethod
    def of(cls, standard: Standard) -> "Judges":
        """Take those of a standard."""
        return cls(compile_plan(standard), partial(judge_all, standard))


@dataclass(frozen=True, slots=True)
class Trial:
    """An evidence, and the worlds in which it is tried."""

    name: str
    evidence: Held
    worlds: Mapping[str, Sequence[str]]
    """The subjects of each world."""

    @classmethod
    def in_full(cls, name: str, evidence: Held, runs: int) -> "Trial":
        """Make worlds of all subjects each."""
        subjects = sorted(evidence.profiles)
        return cls(name, evidence, {_world(run): subjects for run in range(runs)})

    @classmethod
    def in_blocks(cls, name: str, evidence: Held, runs: int) -> "Trial":
        """Part the subjects among the worlds, so that each is in one, with others."""
        subjects = sorted(evidence.profiles)
        parts = max(1, min(runs, len(subjects) // 2))
        worlds = {_world(part): subjects[part::parts] for part in range(parts)}
        return cls(name, evidence, worlds)


def _world(run: int) -> str:
    return f"w{run:06}"


def permute_all(
    trial: Trial, judges: Judges, random: Random, kinds: Sequence[Kind] = KINDS
) -> Iterator[Permuted]:
    """Deal each kind anew in every world, and hold what is found against the evidence.

    The plan judges every world; the plain evaluator, which takes longer, the first of them.
    """
    evidence, worlds = trial.evidence, trial.worlds
    plan = judges.plan
    tables = evidence_tables(_with_short_ids(evidence)) | _world_tables(
        evidence, worlds
    )
    found = local.run(plan, tables)
    digest = _text(local.run(DIGEST, {"found": found}))
    publishers = tables["places"]["publisher"].to_pylist()
    for kind in kinds:
        dealt = deal(kind, worlds, publishers, _LANGUAGES, random)
        images = table_of(("world", "thing", "image"), dealt.images)
        compared = _compare(kind, {**tables, "images": images}, plan, found)
        exact = compared["is_exact"].to_pylist()
        yield Permuted(
            evidence=trial.name,
            kind=kind,
            runs=len(exact),
            exact=sum(exact),
            findings=digest,
            worlds=sha256("".join(compared["digest"].to_pylist()).encode()).hexdigest(),
            subjects=len({subject for named in worlds.values() for subject in named}),
            moved=sum(thing != image for _, thing, image in dealt.images),
            plain_runs=len(judged := _plain(evidence, worlds, dealt, judges)),
            plain_exact=sum(judged),
        )


def _with_short_ids(evidence: Held) -> Held:
    """Write ids of facts and statements short: they are compared a million times."""
    ids: dict[str, str] = {}

    def short(key: str) -> str:
        return ids.setdefault(key, f"s{len(ids)}")

    return replace(
        evidence,
        all_facts=tuple(
            replace(
                fact,
                id=short(fact.id),
                statement=short(fact.statement),
                others=tuple(map(short, fact.others)),
            )
            for fact in evidence.all_facts
        ),
        all_searches=tuple(
            replace(
                search,
                statement=short(search.statement),
                also=tuple(map(short, search.also)),
            )
            for search in evidence.all_searches
        ),
    )


def _plain(
    evidence: Held, worlds: Mapping[str, Sequence[str]], dealt: Deal, judges: Judges
) -> list[bool]:
    images: dict[str, dict[str, str]] = {}
    for number, thing, image in dealt.images:
        images.setdefault(number, {})[thing] = image
    places = _places(evidence)
    exact = []
    for name, subjects in islice(worlds.items(), PLAIN_RUNS):
        own = _about(evidence, subjects)
        world = permuted(dealt.kind, own, images[name], places)
        renaming = images[name] if dealt.kind == "names" else {}
        exact.append(finds_the_same(own, world, renaming, judges.plain))
    return exact


def _places(evidence: Held) -> dict[str, str]:
    return {
        source.publisher: source.publisher_country
        for fact in evidence.all_facts
        for source in fact.sources
    }


def _about(evidence: Held, subjects: Sequence[str]) -> Held:
    """Take the part of an evidence that is about the subjects of a world."""
    return Held(
        tuple(f for key in subjects for f in evidence.facts(key)),
        tuple(s for key in subjects for s in evidence.searches(key)),
        evidence.all_answers,
        {key: evidence.profiles[key] for key in subjects},
    )


def _compare(
    kind: Kind, tables: Mapping[str, pa.Table], plan: str, found: pa.Table
) -> pa.Table:
    made = {name: local.run(query, tables) for name, query in world_plans(kind).items()}
    held = {
        "found": found,
        "dealt": local.run(plan, made),
        "members": tables["members"],
        "images": tables["images"],
    }
    return local.run(COMPARE, held, {"renamed": kind == "names"})


def _world_tables(
    evidence: Held, worlds: Mapping[str, Sequence[str]]
) -> dict[str, pa.Table]:
    profiles = (
        (key, who.name, who.country, " ".join(who.designations))
        for key, who in evidence.profiles.items()
    )
    members = ((world, key) for world, named in worlds.items() for key in named)
    return {
        "members": table_of(("world", "subject"), members),
        "profiles": table_of(("subject", "name", "home", "listed"), profiles),
        "places": table_of(("publisher", "country"), sorted(_places(evidence).items())),
    }


def _text(one: pa.Table) -> str:
    return str(one["digest"][0].as_py())


OTHERS = 500
"""How many organisations of which nothing is said or searched are dealt with the others."""


def known_subjects(reader: Reader, evidence: Held) -> Held:
    """Add who the subjects are, and some organisations of which nothing is said or searched.

    A name without conduct must be able to change places with one that has some.
    """
    said = {key for key in evidence.subjects() if key in reader.entities}
    organisations = (
        key
        for key, _ in entities_of(reader, partial(is_a, ancestor="LegalEntity"))
        if key not in said
    )
    named = sorted({*said, *islice(organisations, OTHERS)})
    return replace(evidence, profiles=_profiles_of(reader, named))


def _profiles_of(reader: Reader, subjects: Sequence[str]) -> dict[str, Profile]:
    """Say who subjects are. No rule is handed this; it is for the neutrality proof to deal."""
    listings = reader.designations(subjects)
    return {
        key: Profile(
            name=reader.caption(key),
            country=next(iter(reader.entities[key]["countries"]), ""),
            designations=tuple(sorted({d.program for d in listings[key]})),
        )
        for key in subjects
    }
