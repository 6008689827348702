"""A process: the merged releases of one ocid, and how a place in them is cited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from standsbehind.connectors.context import Draft, Pull, Quarantined
from standsbehind.connectors.sources.ocds.document import Release
from standsbehind.connectors.sources.ocds.merging import Leaf, Odd, Part, merge
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Process", "merged_processes"]

_PREFIX = len("ocds-213czf")
"""An ocid begins with the prefix under which its publisher is registered."""


@dataclass(frozen=True, slots=True)
class Process:
    """One contracting process, as its releases tell it in the end."""

    pull: Pull
    ocid: str
    releases: tuple[Release, ...]
    root: Part
    odd: Odd
    cited: dict[tuple[int, str, str | None], Citation] = field(default_factory=dict)
    """Citations made so far: most values of an object stand in one place."""

    def cite(self, leaf: Leaf, where: str, quote: str | None = None) -> Citation:
        """Cite the release that says a value, at a place in it."""
        return self.cite_place(leaf.place, where, quote)

    def cite_place(self, place: int, where: str, quote: str | None = None) -> Citation:
        """Cite a release by its number in the order of dates."""
        key = (place, where, quote)
        if key not in self.cited:
            self.cited[key] = self._citation(self.releases[place], where, quote)
        return self.cited[key]

    def _citation(self, release: Release, where: str, quote: str | None) -> Citation:
        cited = self.pull.cite(
            release.copy,
            f"{release.locator} / {where}",
            title=f"{self.pull.dataset.title}, {self.ocid}",
            quote=quote,
            published=partial_date(release.day),
        )
        prefix = self.ocid[:_PREFIX].lower()
        group = prefix if prefix.startswith("ocds-") else cited.origin_group
        return replace(
            cited, publisher=release.publisher or cited.publisher, origin_group=group
        )

    def day(self, leaf: Leaf, what: str) -> PartialDate | None:
        """Take the day out of `2010-05-10T09:30:00Z`; note what is no date."""
        found = partial_date(leaf.text[:10])
        if leaf.text and found is None:
            self.odd.note(self.releases[leaf.place].locator, f"date of {what}")
        return found

    def tell(self, draft: Draft, where: str, **values: Leaf) -> None:
        """Add values to an entity, each cited to the release that says it."""
        for prop, leaf in values.items():
            if leaf.text:
                draft.add(prop, leaf.text, citations=(self.cite(leaf, where),))


def merged_processes(
    pull: Pull, releases: Sequence[Release], odd: Odd
) -> Iterator[Process | Quarantined]:
    """Merge the releases of each ocid in the order of their dates."""
    grouped: dict[str, list[Release]] = {}
    for release in releases:
        grouped.setdefault(release.ocid, []).append(release)
        for name in release.unknown:
            odd.note(release.locator, f"field '{name}'")
    for ocid, held in grouped.items():
        ordered = list[Release]()
        for found in _in_order(held):
            if isinstance(found, Quarantined):
                yield found
                continue
            parted, clashes = _without_clashes(found)
            ordered.append(parted)
            yield from clashes
        if ordered:
            root = Part("", merge(ordered), ordered[-1].locator, odd)
            yield Process(pull, ocid, tuple(ordered), root, odd)


def _in_order(releases: list[Release]) -> Iterator[Release | Quarantined]:
    if len(releases) == 1:
        yield releases[0]
        return
    dated = [(one.when, place, one) for place, one in enumerate(releases) if one.when]
    for one in releases:
        if one.when is None:
            why = "no date, so its order among the releases of its process is not known"
            yield Quarantined(one.locator, why)
    for _, _, latest in sorted(dated, key=lambda entry: entry[:2]):
        yield latest


def _without_clashes(release: Release) -> tuple[Release, list[Quarantined]]:
    """Set aside what bears the id of another object of the same list and differs from it."""
    clashes: list[Quarantined] = []
    fields = dict(release.fields)
    for name in ("parties", "awards", "contracts"):
        if isinstance(fields.get(name), list):
            fields[name] = _each_id_once(release, name, fields[name], clashes)
    return replace(release, fields=fields), clashes


def _each_id_once(
    release: Release, name: str, held: list[Any], clashes: list[Quarantined]
) -> list[Any]:
    first: dict[str, Any] = {}
    kept: list[Any] = []
    for place, one in enumerate(held, start=1):
        if not isinstance(one, dict):
            where = f"{release.locator} / {name}, place {place}"
            clashes.append(Quarantined(where, "not an object"))
            continue
        key = one.get("id")
        if key is None or str(key) not in first:
            first[str(key)] = one
            kept.append(one)
        elif first[str(key)] != one:
            where = f"{release.locator} / {name} {key}"
            clashes.append(Quarantined(where, "a second one of this id, which differs"))
    return kept
