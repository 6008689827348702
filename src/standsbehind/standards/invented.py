"""Invented evidence: firms that do not exist, to try the standard on what nobody thought of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from standsbehind.model.evidence import (
    Answered,
    Body,
    Fact,
    Held,
    Looked,
    Profile,
    Source,
)
from standsbehind.model.statement import Status
from standsbehind.standards.norms import Norm, Standard

__all__ = ["FACTS_OF_A_FIRM", "invent"]

FACTS_OF_A_FIRM = 9

_FIRST = date(2016, 1, 1)
_DAYS = 3_000
_VOICES = (Status.REPORTED,) * 5 + tuple(Status)
_BODIES: tuple[Body, ...] = ("", "", "", "court", "un", "search")
_ORIGINS = tuple(f"origin-{number}" for number in range(12))
_CODES = tuple(first + second for first in "klmn" for second in "pqrs")
_SCRIPTS = ("latin", "han", "cyrillic", "hangul")


def invent(standard: Standard, firms: int, random: Random, first: int = 0) -> Held:
    """Invent firms with nine facts each, searches, replies, homes and designations.

    Facts crowd on two classes and two matters of each firm, so that every result occurs.
    `first` is the number of the first firm, for evidence that is made in parts.
    """
    names = [f"firm-{number:06}" for number in range(first, first + firms)]
    inventing = _Inventing(standard, random, names)
    facts: list[Fact] = []
    searches: list[Looked] = []
    answers: list[Answered] = []
    for name in names:
        own = list(inventing.facts(name))
        facts.extend(own)
        searches.extend(inventing.searches(name))
        answers.extend(inventing.answers(name, own))
    profiles = {name: inventing.profile(name) for name in names}
    return Held(tuple(facts), tuple(searches), tuple(answers), profiles)


@dataclass(frozen=True, slots=True)
class _Inventing:
    standard: Standard
    random: Random
    names: Sequence[str]

    def facts(self, name: str) -> Iterator[Fact]:
        chosen = self.random.sample(self.standard.norms, 2)
        terms = [term for norm in chosen for term in _terms(norm)]
        matters = (f"{name}-product", self.random.choice(self.names))
        for number in range(FACTS_OF_A_FIRM):
            begun = self._begun()
            yield Fact(
                id=f"{name}-{number}",
                record=f"{name}-r{number // 2}",
                subject=name,
                term=self.random.choice(terms),
                matter=self.random.choice(matters),
                statement=f"{self.random.getrandbits(64):016x}",
                sources=tuple(self._source() for _ in range(self.random.randint(1, 3))),
                earliest=begun,
                latest=begun
                and begun + timedelta(days=self.random.choice((0, 29, 364))),
                others=(f"{name}-s{number}",),
            )

    def _begun(self) -> date | None:
        if self.random.random() < 0.1:
            return None
        return _FIRST + timedelta(days=self.random.randrange(_DAYS))

    def _source(self) -> Source:
        number = self.random.randrange(len(_CODES))
        return Source(
            origin=self.random.choice(_ORIGINS),
            voice=self.random.choice(_VOICES),
            body=self.random.choice(_BODIES),
            publisher=f"paper-{number}",
            publisher_country=_CODES[number],
            language=self.random.choice(_SCRIPTS),
        )

    def searches(self, name: str) -> Iterator[Looked]:
        for number in range(self.random.randrange(3)):
            norm = self.random.choice(self.standard.norms)
            for element in norm.elements:
                if self.random.random() < 0.9:
                    yield Looked(
                        record=f"{name}-k{number}",
                        subject=name,
                        norm=norm.id,
                        element=element.id,
                        statement=f"{name}-ks{number}",
                        also=(f"{name}-ka{number}",),
                        records=(f"{name}-r{self.random.randrange(6)}",),
                    )

    def answers(self, name: str, facts: Sequence[Fact]) -> Iterator[Answered]:
        for fact in facts:
            if self.random.random() < 0.1:
                author = (
                    name
                    if self.random.random() < 0.7
                    else self.random.choice(self.names)
                )
                yield Answered(f"{fact.id}-reply", author, fact.record)

    def profile(self, name: str) -> Profile:
        listed = tuple(f"list-{n}" for n in range(3) if self.random.random() < 0.2)
        return Profile(f"The {name}", self.random.choice(_CODES), listed)


def _terms(norm: Norm) -> Iterator[str]:
    """Give the terms of a norm, those of its elements more often than those that mitigate."""
    for element in norm.elements:
        yield from element.any * 3
    yield from norm.mitigating[:1]
