"""Permuting evidence in memory: the worlds of the neutrality proof, for the plain evaluator."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from standsbehind.model.evidence import Answered, Fact, Held, Looked, Profile, Source
from standsbehind.standards.findings import Finding
from standsbehind.standards.neutrality import Kind

__all__ = ["Evaluator", "finds_the_same", "permuted"]

Evaluator = Callable[[str, Held], Sequence[Finding]]
"""What finds, for a subject, all findings in an evidence."""


def permuted(
    kind: Kind, evidence: Held, images: Mapping[str, str], places: Mapping[str, str]
) -> Held:
    """Deal one thing anew: each subject or publisher gets that of its image.

    `places` is the country of each publisher.
    """
    match kind:
        case "names":
            return _renamed(evidence, images)
        case "home_countries" | "designations":
            field = "country" if kind == "home_countries" else "designations"
            return replace(evidence, profiles=dict(_profiles(evidence, images, field)))
        case "publishers" | "languages":
            facts = (
                _told_by(kind, fact, images, places) for fact in evidence.all_facts
            )
            return replace(evidence, all_facts=tuple(facts))


def _renamed(evidence: Held, images: Mapping[str, str]) -> Held:
    """Give each subject's conduct, home and lists to the bearer of its image's name."""

    def named(key: str) -> str:
        return images.get(key, key)

    def fact(one: Fact) -> Fact:
        return replace(one, subject=named(one.subject), matter=named(one.matter))

    def search(one: Looked) -> Looked:
        return replace(one, subject=named(one.subject))

    def answer(one: Answered) -> Answered:
        return replace(one, author=named(one.author))

    who = evidence.profiles
    return Held(
        tuple(map(fact, evidence.all_facts)),
        tuple(map(search, evidence.all_searches)),
        tuple(map(answer, evidence.all_answers)),
        {named(key): replace(who[key], name=who[named(key)].name) for key in who},
    )


def _profiles(
    evidence: Held, images: Mapping[str, str], field: str
) -> Iterator[tuple[str, Profile]]:
    who = evidence.profiles
    for key, profile in who.items():
        dealt = getattr(who[images.get(key, key)], field)
        yield key, replace(profile, **{field: dealt})


def _told_by(
    kind: Kind, fact: Fact, images: Mapping[str, str], places: Mapping[str, str]
) -> Fact:
    def dealt(source: Source) -> Source:
        image = images[source.publisher]
        if kind == "languages":
            return replace(source, language=image)
        return replace(source, publisher=image, publisher_country=places[image])

    return replace(fact, sources=tuple(map(dealt, fact.sources)))


def finds_the_same(
    evidence: Held, world: Held, renaming: Mapping[str, str], evaluate: Evaluator
) -> bool:
    """Whether an evaluator finds the same in a world, up to the names of its subjects."""
    for subject in evidence.subjects():
        bearer = renaming.get(subject, subject)
        now = [replace(found, subject=subject) for found in evaluate(bearer, world)]
        if now != list(evaluate(subject, evidence)):
            return False
    return True
