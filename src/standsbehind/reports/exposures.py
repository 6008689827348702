"""Exposures in answers: what the law does through each listed name, and by which relation."""

from collections.abc import Iterator, Mapping
from typing import Any

from standsbehind.cases.exposed import Exposure, RoleEffects
from standsbehind.cases.reaching import Reached
from standsbehind.cases.screening import AnsweredHit
from standsbehind.reports.fields import designation_json, path_json
from standsbehind.reports.tested import stake_json, test_json
from standsbehind.reports.words import counted
from standsbehind.standards.effects import Effect
from standsbehind.standards.provisions import Role

__all__ = [
    "effect_in_short",
    "effects_on_roles",
    "effects_through",
    "exposure_json",
    "role_effects_json",
    "undetermined_in_words",
]

_OF_A_TEST = (
    *("id", "title", "answer", "arithmetic", "state"),
    *("asks", "from", "to", "missing"),
)
"""What of a test stands on each effect; all of it stands in `tests`."""


def exposure_json(
    exposure: Exposure, hit: AnsweredHit, names: Mapping[str, str]
) -> dict[str, Any]:
    """Give one listed name that stands behind a hit, and what the law does to the hit by it."""
    path = path_json(exposure.path, names) if exposure.path else None
    return {
        "entity": exposure.entity_id,
        "caption": names.get(exposure.entity_id, exposure.entity_id),
        "path": path["hops"] if path else [],
        "weakest": path["weakest"] if path else None,
        "designations": [designation_json(d) for d in exposure.designations],
        "effects": role_effects_json(exposure.effects, hit.reached, names),
        "relations": list(exposure.relations),
        "tests": [test_json(test, names) for test in exposure.tests],
        "findings": [],
    }


def role_effects_json(
    effects: RoleEffects, reached: Reached, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Give effects with the test that each rests on, and with the links, cited."""
    return [
        {
            "role": role,
            **effect.to_json(),
            "test": _test_of(effect, reached, names),
            "links": [stake_json(link) for link in reached.links(effect.evidence)],
        }
        for role, found in effects
        for effect in found
    ]


def _test_of(
    effect: Effect, reached: Reached, names: Mapping[str, str]
) -> dict[str, Any] | None:
    test = reached.test(effect.test)
    if test is None:
        return None
    told = test_json(test, names)
    return {name: told[name] for name in _OF_A_TEST}


def effects_on_roles(hit: AnsweredHit) -> Iterator[str]:
    """Say for each role what binds it, and of how many provisions of its own that is all."""
    for exposure in hit.exposures:
        for role, effects in exposure.effects if exposure.path is None else ():
            binding = [effect_in_short(e) for e in effects if e.effect != "permitted"]
            said = ", ".join(dict.fromkeys(binding)) or "nothing that binds"
            yield f"{role}: {said} ({counted(len(effects), 'provision', 'provisions')} read)"


def effects_through(hit: AnsweredHit) -> Iterator[str]:
    """Say how each listed name reaches the hit, and what binds each role because of that.

    Then what is not determined, and for want of which fact.
    """
    told: dict[str, dict[Role, dict[str, None]]] = {}
    for exposure in hit.exposures:
        for role, effects in exposure.binding if exposure.path else ():
            for effect in effects:
                of_role = told.setdefault(effect.through, {}).setdefault(role, {})
                of_role[effect_in_short(effect)] = None
    for through, roles in told.items():
        binding = (f"{role}: {', '.join(said)}" for role, said in roles.items())
        yield f"{through} {'; '.join(binding)}"
    yield from undetermined_in_words(hit.reached)


def effect_in_short(effect: Effect) -> str:
    """Say what an effect is, by which program, and how sure: `licence by us-bis-affiliates`."""
    condition = "condition recorded" if effect.condition_recorded else "on a condition"
    doubts = (
        condition if effect.condition else "",
        "unverified" if effect.unverified else "",
    )
    said = f"{effect.effect.replace('_', ' ')} by {effect.program}"
    doubt = ", ".join(filter(None, doubts))
    return f"{said} ({doubt})" if doubt else said


def undetermined_in_words(reached: Reached) -> Iterator[str]:
    """Say which tests of others' listings hang on a share that is not known, and on which."""
    for test in reached.undetermined:
        yield f"not determined: {test.test.title}: {test.missing[0].text}"
