"""Confounders: what else differs between those compared, stated as data and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from standsbehind.errors import SourceError
from standsbehind.model.packaged import read_yaml
from standsbehind.standards.parity import Examined
from standsbehind.standards.provisions import Reference

__all__ = ["Confounder", "confounders_of"]


@dataclass(frozen=True, slots=True)
class Confounder:
    """One thing that differs beside the conduct, and how often it does in the data."""

    id: str
    title: str
    says: str
    counted: str
    """The counts in a sentence."""
    counts: Mapping[str, int]
    reference: Reference


def confounders_of(
    examined: Sequence[Examined],
    built_in: frozenset[str],
    territories: Mapping[str, frozenset[str]],
) -> tuple[Confounder, ...]:
    """State all confounders, each with its counts among the findings compared.

    `built_in` are the subjects of the data that ships; `territories` are the members of
    unions, so that an authority of a union is at home in each of them.
    """
    counts = {
        **_of_findings(examined),
        **_of_firms(examined, built_in),
        **_of_listings(examined, territories),
    }
    return tuple(
        Confounder(
            id=row["id"],
            title=row["title"],
            says=row["says"],
            counted=row["counted"].format_map(counts),
            counts={k: n for k, n in counts.items() if f"{{{k}}}" in row["counted"]},
            reference=Reference(**row["reference"]),
        )
        for row in _rows()
    )


@cache
def _rows() -> Sequence[Mapping[str, Any]]:
    name = "confounders.yml"
    text = (resources.files("standsbehind.standards") / name).read_text("utf-8")
    rows: list[dict[str, Any]] = read_yaml(text)
    for row in rows:
        if set(row) != {"id", "title", "says", "counted", "reference"}:
            message = (
                f"{name}: {row.get('id')}: a key is missing or unknown; correct it"
            )
            raise SourceError(message)
    return rows


def _of_findings(examined: Sequence[Examined]) -> dict[str, int]:
    listed = [one for one in examined if one.is_listed]
    return {
        "findings": len(examined),
        "searched": sum(bool(one.searches) for one in examined),
        "one_origin": sum(len(one.origins) <= 1 for one in examined),
        "dated": sum(one.first_report is not None for one in examined),
        "waiting": sum(not one.listings for one in examined),
        "listed_findings": len(listed),
        "own_word": sum(any(li.is_ground for li in one.held) for one in listed),
    }


def _of_firms(examined: Sequence[Examined], built_in: frozenset[str]) -> dict[str, int]:
    firms = {one.subject: one for one in examined}
    listed = [one for one in firms.values() if one.is_listed]
    return {
        "firms": len(firms),
        "built_in": len(built_in.intersection(firms)),
        "listed": len(listed),
        "unlisted": len(firms) - len(listed),
        "only_so": sum(
            all(li.reach == "one country" for li in one.held) for one in listed
        ),
        "with_kin": sum(bool(o.kin) for o in firms.values() if not o.is_listed),
    }


def _of_listings(
    examined: Sequence[Examined], territories: Mapping[str, frozenset[str]]
) -> dict[str, int]:
    homes = {
        listing.id: (listing, frozenset(one.home.split("+")))
        for one in examined
        for listing in one.held
    }
    return {
        "listings": len(homes),
        "lists": len({listing.program for listing, _ in homes.values()}),
        "at_home": sum(
            not home.isdisjoint({li.lister, *territories.get(li.lister, ())})
            for li, home in homes.values()
        ),
    }
