"""Rolls: whom each list names on a day, by the homes of those named."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from standsbehind.cases.homes import homes_of
from standsbehind.cases.kinds import entities_of
from standsbehind.connectors.countries import country_code
from standsbehind.graph.brief import brief_designations, stated_in
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.model.entity import fold
from standsbehind.model.schema import is_a
from standsbehind.standards.listings import surely_holds
from standsbehind.standards.parity import Reach, reach_of
from standsbehind.standards.programs import load_programs
from standsbehind.standards.provisions import OneCountry

__all__ = ["Roll", "is_organisation", "lister_of", "rolls_on"]

_UNIONS = frozenset({"eu", "un"})


@dataclass(frozen=True, slots=True)
class Roll:
    """One list on a day, whatever the conduct of those named."""

    program: str
    lister: str
    homes: Mapping[str, int]
    """How many organisations it names of each home, the most first; blank: none is stated."""
    reach: Reach
    one_country: OneCountry | None
    """What confines its reach, where it is one country."""

    territory: frozenset[str] = frozenset()
    """Members of the union that the lister is."""

    @property
    def names(self) -> int:
        """How many organisations it names."""
        return sum(self.homes.values())

    @property
    def at_home(self) -> int | None:
        """How many of them are at home with the lister; None where nobody states who that is."""
        if not self.lister:
            return None
        own = {self.lister, *self.territory}
        return sum(
            n for home, n in self.homes.items() if not own.isdisjoint(home.split("+"))
        )


def rolls_on(reader: Reader, day: date) -> Iterator[Roll]:
    """Read every list of the snapshot, in order of lister and list; persons are left out."""
    firms = [key for key, _ in entities_of(reader, is_organisation, reader.designated)]
    homes = homes_of(reader, firms)
    listings = chain.from_iterable(brief_designations(reader, firms).values())
    held = [one for one in listings if surely_holds(one, day)]
    named: dict[tuple[str, str], set[str]] = {}
    for one, lister in zip(held, _listers(reader, held), strict=True):
        named.setdefault((lister, one.program), set()).add(one.entity_id)
    for (lister, name), those in sorted(named.items()):
        counted = Counter(homes[key] for key in those)
        program = load_programs().get(name)
        yield Roll(
            program=name,
            lister=lister,
            homes=dict(sorted(counted.items(), key=lambda one: (-one[1], one[0]))),
            reach=reach_of(program),
            one_country=program.one_country if program else None,
            territory=program.territory if program else frozenset(),
        )


def is_organisation(schema: str) -> bool:
    """Whether a schema is of firms and bodies; natural persons are not compared."""
    return is_a(schema, "LegalEntity") and not is_a(schema, "Person")


def lister_of(reader: Reader, listing: Designation) -> str:
    """Return the country or union of the authority; blank where nothing states it.

    It is that of the program, else what the listing states, else the beginning of the
    program's id, which names it by custom (`us-bis-uvl`).
    """
    program = load_programs().get(listing.program)
    if program is not None:
        return program.jurisdiction
    claims = reader.claims([listing.id])[listing.id]
    stated = fold(claim.statement for claim in claims).first("country")
    return (stated or _by_custom(listing.program)).lower()


def _listers(reader: Reader, listings: Sequence[Designation]) -> Iterator[str]:
    """Give the lister of each listing; what many state is read of all at once."""
    programs = load_programs()
    nodes = {
        one.id: reader.numbers[one.id]
        for one in listings
        if one.program not in programs
    }
    told = stated_in(reader, nodes.values(), ("country",)) if nodes else {}
    for one in listings:
        if one.program in programs:
            yield programs[one.program].jurisdiction
        else:
            stated = told[nodes[one.id]].get("country", ("",))
            yield (stated[0] or _by_custom(one.program)).lower()


def _by_custom(program: str) -> str:
    begins = program.partition("-")[0].lower()
    return begins if begins in _UNIONS or country_code(begins) == begins else ""
