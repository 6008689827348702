"""Contracting processes: which buyer awarded what to whom, in the words of its releases.

Only an award that is stated to be in force, or that led to a signed contract, is given as
an award. One that is pending, cancelled or unsuccessful is a link that says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from standsbehind.connectors.context import (
    Draft,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.procurement import BOUGHT, linked
from standsbehind.connectors.sources.ocds.awards import Award, awards_of
from standsbehind.connectors.sources.ocds.document import Release, releases_of
from standsbehind.connectors.sources.ocds.merging import Odd, Part
from standsbehind.connectors.sources.ocds.parties import Parties, Party
from standsbehind.connectors.sources.ocds.process import Process, merged_processes
from standsbehind.connectors.stated import Gathered

__all__ = ["crawl"]

_NOTHING_BOUGHT = "is the buyer of a process that states no award in force"
_ACTING: Mapping[str, str] = MappingProxyType(
    {
        "procuringEntity": "manages the procurement, as procuring entity",
        "funder": "is named as funder",
    }
)


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read all copies; all releases of one ocid are one process."""
    releases: list[Release] = []
    for copy in pull.copies:
        for found in releases_of(copy):
            if isinstance(found, Quarantined):
                yield found
            else:
                releases.append(found)
    odd, firms, linked_ids = Odd(), Gathered(pull), set[str]()
    for process in merged_processes(pull, releases, odd):
        if isinstance(process, Quarantined):
            yield process
        else:
            yield from _Reader(process, Parties(process, firms, linked_ids)).read()
    yield from firms.tell(linked_ids)
    yield from (Unread(locator, what) for what, locator in odd.places.items())


@dataclass(slots=True)
class _Reader:
    """Reads one process."""

    process: Process
    parties: Parties
    made: bool = field(default=False)
    """Whether any award of it has been made."""

    def read(self) -> Iterator[Reading]:
        """Give the process as a contract, its awards and who acts in it."""
        root = self.process.root
        yield from self.parties.read(root)
        tender = root.part("tender")
        contract = self._contract(tender)
        for found in awards_of(self.process, root, contract):
            if isinstance(found, Award):
                yield from self._suppliers(found, contract)
            else:
                yield found
        yield from self._acting(root, tender, contract)
        tender.unread()
        root.unread()
        yield contract

    def _contract(self, tender: Part) -> Draft:
        process = self.process
        names = ("title", "description", "status")
        title, description, status = (tender.take(name) for name in names)
        method = tender.take("procurementMethod")
        procedure = tender.take("procurementMethodDetails")
        everywhere = tuple(
            process.cite_place(place, "process")
            for place in range(len(process.releases))
        )
        key = ("process", process.ocid)
        draft = process.pull.draft("Contract", *key, citation=everywhere[-1])
        draft.add("noticeId", process.ocid, citations=everywhere)
        process.tell(draft, "tender", name=title, title=title)
        if not title.text:
            draft.add("name", process.ocid)
        process.tell(draft, "tender", description=description)
        if status.text:
            cited = (process.cite(status, "tender"),)
            draft.add("notes", f"status of the tender: {status.text}", citations=cited)
        process.tell(draft, "tender", method=method, procedure=procedure)
        return draft

    def _suppliers(self, award: Award, contract: Draft) -> Iterator[Reading]:
        """Link each supplier; the first bears the award's own id, so that a change replaces it."""
        number = 0
        for key, reference in award.suppliers:
            party = self.parties.named(reference, f"award {award.id}, supplier")
            if party is None or party.draft is None:
                who = f"supplier {party.label(key)}" if party else "a supplier"
                why = party.reason if party else "not named in the process"
                yield Quarantined(award.locator, f"{who} is {why}")
                continue
            self.parties.linked.add(party.draft.id)
            number += 1
            more = (party.draft.id,) if number > 1 else ()
            self.made = self.made or award.is_made
            yield award.link(party.draft, contract, *more)
        if not number and award.is_made:
            yield Quarantined(award.locator, "the award names no supplier that is read")

    def _acting(self, root: Part, tender: Part, contract: Draft) -> Iterator[Reading]:
        buyers: dict[str, Party] = {}
        yield from self._named(root.part("buyer"), "buyer", buyers)
        bought = BOUGHT if self.made else _NOTHING_BOUGHT
        for number, (key, buyer) in enumerate(buyers.items()):
            contract.add("authority", key, citations=(buyer.cited,))
            yield self._link(buyer, contract, bought, ("buyer", number))
        for role, words in _ACTING.items():
            acting: dict[str, Party] = {}
            yield from self._named(tender.part(role), role, acting)
            others = [one for key, one in acting.items() if key not in buyers]
            for number, one in enumerate(others):
                yield self._link(one, contract, words, (role, number))

    def _named(
        self, reference: Part, role: str, found: dict[str, Party]
    ) -> Iterator[Quarantined]:
        """Gather who has a role: by the reference of it, and by the roles of the parties."""
        party = self.parties.named(reference, role)
        if party is not None and party.reason:
            where = f"{reference.locator} / {role}"
            yield Quarantined(where, f"{role} is {party.reason}")
        for one in (party, *self.parties.acting(role)):
            if one is not None and one.draft is not None:
                found[one.draft.id] = one

    def _link(
        self, who: Party, contract: Draft, words: str, turn: tuple[str, int]
    ) -> Draft:
        """Link who acts; the first in a role bears the id of the role, so that a change replaces it."""
        role, number = turn
        ends = {"subject": cast("Draft", who.draft), "target": contract}
        more = (ends["subject"].id,) if number else ()
        self.parties.linked.add(ends["subject"].id)
        key = ("link", self.process.ocid, role, *more)
        return linked(self.process.pull, *key, **ends, role=words, citation=who.cited)
