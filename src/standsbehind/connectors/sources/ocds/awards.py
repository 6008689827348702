"""Awards: what was awarded, for how much, and whether the award is in force."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from standsbehind.connectors.context import Draft, Quarantined
from standsbehind.connectors.procurement import won
from standsbehind.connectors.sources.ocds.merging import Leaf, Part
from standsbehind.connectors.sources.ocds.process import Process

__all__ = ["Award", "awards_of"]

_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,20})?(e[+-]?\d{1,2})?", re.IGNORECASE)
_SUPPLIER = "is named as supplier in an award"
_NOT_MADE: Mapping[str, str] = MappingProxyType(
    {
        "": f"{_SUPPLIER} whose status is not stated",
        "pending": f"{_SUPPLIER} that is pending",
        "cancelled": f"{_SUPPLIER} that is cancelled",
        "unsuccessful": f"{_SUPPLIER} that was unsuccessful",
    }
)
_ACTIVE = "active"
_SIGNED = frozenset({"active", "terminated"})
_CONTRACT_STATES = _SIGNED | {"", "pending", "cancelled"}
_CONTRACT_CANCELLED = "was awarded, by an award whose contract is cancelled"
_AWARD_IGNORED = ("id", "documents", "amendment", "amendments")
_CONTRACT_IGNORED = (
    "id",
    "title",
    "description",
    "documents",
    "amendment",
    "amendments",
    "implementation",
    "milestones",
    "relatedProcesses",
)
_ITEM_IGNORED = ("id", "quantity", "unit", "relatedLot")


@dataclass(frozen=True, slots=True)
class _Value:
    """An amount with its currency."""

    amount: Leaf
    currency: Leaf

    def __str__(self) -> str:
        return f"{self.amount.text} {self.currency.text}".strip()


@dataclass(frozen=True, slots=True)
class _Contract:
    """A contract under an award."""

    id: str
    place: Leaf
    status: str
    signed: str
    value: _Value
    start: Leaf
    end: Leaf
    items: "tuple[_Item, ...]"

    def __str__(self) -> str:
        signed = f"signed {self.signed}" if self.signed else ""
        told = (self.status or "status not stated", signed, str(self.value))
        return f"contract {self.id}: {', '.join(filter(None, told))}"


@dataclass(frozen=True, slots=True)
class _Item:
    """What was bought: a description, or a class of a scheme."""

    text: str
    place: Leaf
    scheme: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """One award, whose links to suppliers all say the same."""

    process: Process
    id: str
    locator: str
    status: Leaf
    instead: str
    """What to say in the place of an award; empty for one that was made and stands."""
    suppliers: tuple[tuple[str, Part], ...]
    told: Mapping[str, Leaf]
    lots: tuple[Leaf, ...]
    items: tuple[_Item, ...]
    contracts: tuple[_Contract, ...]

    @property
    def is_made(self) -> bool:
        """Whether the award was made, and its contract was not cancelled."""
        return not self.instead

    def link(self, supplier: Draft, contract: Draft, *more: str) -> Draft:
        """Give the link of one supplier: an award only where it was made."""
        process, where = self.process, f"award {self.id}"
        key = ("award", process.ocid, self.id, *more)
        draft = won(
            process.pull,
            *key,
            supplier=supplier,
            contract=contract,
            citation=process.cite(self.status, where),
            instead=self.instead,
        )
        draft.add("status", self.status.text)
        draft.add("recordId", self.id)
        process.tell(draft, where, summary=self.told["summary"])
        if self.is_made:
            self._add_details(draft, where)
        else:
            draft.add("statusNote", self._in_words())
        for one in self.contracts:
            cited = process.cite(one.place, f"contract {one.id}")
            draft.add("statusNote", str(one), citations=(cited,))
        return draft

    def _in_words(self) -> str:
        """Say in one line what is stated of an award that is not one, or not yet."""
        value = f"{self.told['amount'].text} {self.told['currency'].text}".strip()
        told = (self.status.text or "status not stated", self.told["date"].text, value)
        return f"award {self.id}: {', '.join(filter(None, told))}"

    def _add_details(self, draft: Draft, where: str) -> None:
        """Add what is said of an award that was made, and of no other."""
        self.process.tell(draft, where, **self.told)
        for lot in self.lots:
            self.process.tell(draft, where, lotNumber=lot)
        for item in self.items:
            cited = (self.process.cite(item.place, f"{where}, items"),)
            draft.add("description", item.text, citations=cited)
            if item.scheme.upper() == "CPV":
                draft.add("cpvCode", item.code, citations=cited)
        for one in self.contracts:
            cited = (self.process.cite(one.place, f"contract {one.id}"),)
            draft.add("documentNumber", one.id, citations=cited)


def awards_of(
    process: Process, root: Part, contract: Draft
) -> Iterator[Award | Quarantined]:
    """Read the awards with the contracts under them; what was bought is told of the process."""
    awards = list(root.parts("awards"))
    known = {key for key, _ in awards}
    held: dict[str, list[_Contract]] = {}
    for key, part in root.parts("contracts"):
        award_id = part.take("awardID").text
        found = _contract(process, key, part)
        if award_id in known:
            held.setdefault(award_id, []).append(found)
        else:
            where = process.cite(found.place, f"contract {key}").locator
            named = f"award {award_id!r}, which is not told" if award_id else "no award"
            yield Quarantined(where, f"the contract names {named}")
    for key, part in awards:
        award = _award(process, key, part, tuple(held.get(key, ())))
        if isinstance(award, Award):
            _classify(process, award, contract)
        yield award


def _award(
    process: Process, key: str, part: Part, contracts: tuple[_Contract, ...]
) -> Award | Quarantined:
    latest = Leaf(None, max(part.places(), default=0))
    locator = process.cite(latest, f"award {key}").locator
    status = part.take("status")
    state = process.pull.look_up("award status", status.text).casefold()
    if key.startswith("#") or state not in {_ACTIVE, *_NOT_MADE}:
        why = f"status {status.text!r} is not known"
        return Quarantined(locator, "an award without id" if key[:1] == "#" else why)
    suppliers = tuple(part.parts("suppliers"))
    lots, items = tuple(part.take_all("relatedLots")), tuple(_items(part))
    told = _told(process, part, contracts, key)
    part.ignore(*_AWARD_IGNORED)
    part.unread()
    return Award(
        process=process,
        id=key,
        locator=locator,
        status=status if status.text else latest,
        instead=_instead(state, contracts),
        suppliers=suppliers,
        told=told,
        lots=lots,
        items=tuple(dict.fromkeys((*items, *(i for c in contracts for i in c.items)))),
        contracts=contracts,
    )


def _instead(state: str, contracts: tuple[_Contract, ...]) -> str:
    states = {one.status for one in contracts}
    if state == _ACTIVE:
        return _CONTRACT_CANCELLED if states == {"cancelled"} else ""
    if not state and states & _SIGNED:
        return ""
    return _NOT_MADE[state]


def _told(
    process: Process, part: Part, contracts: tuple[_Contract, ...], key: str
) -> dict[str, Leaf]:
    """Gather what an award says of itself; what it leaves out, its only contract may say."""
    only = contracts[0] if len(contracts) == 1 else None
    value, start, end = _value(part.part("value")), *_period(part, "contractPeriod")
    title, description = part.take("title"), part.take("description")
    if only and not value.amount.text:
        value = only.value
    if only and not (start.text or end.text):
        start, end = only.start, only.end
    return {
        "summary": title if title.text else description,
        "description": description if title.text else Leaf(None, 0),
        "amount": value.amount,
        "currency": value.currency,
        "date": _day(process, part.take("date"), f"award {key}"),
        "startDate": _day(process, start, f"award {key}"),
        "endDate": _day(process, end, f"award {key}"),
    }


def _day(process: Process, leaf: Leaf, what: str) -> Leaf:
    return Leaf(process.day(leaf, what), leaf.place)


def _value(part: Part) -> _Value:
    amount, currency = part.take("amount"), part.take("currency")
    part.unread()
    if amount.text and not _NUMBER.fullmatch(amount.text):
        part.odd.note(part.locator, f"amount {amount.text!r}")
        amount = Leaf(None, 0)
    return _Value(amount, currency if amount.text else Leaf(None, 0))


def _period(part: Part, name: str) -> tuple[Leaf, Leaf]:
    period = part.part(name)
    period.ignore("maxExtentDate", "durationInDays")
    start, end = period.take("startDate"), period.take("endDate")
    period.unread()
    return start, end


def _contract(process: Process, key: str, part: Part) -> _Contract:
    place = Leaf(None, max(part.places(), default=0))
    status = part.take("status").text.casefold()
    if status not in _CONTRACT_STATES:
        part.odd.note(part.locator, f"status of a contract {status!r}")
    start, end = _period(part, "period")
    signed = process.day(part.take("dateSigned"), f"contract {key}")
    value, items = _value(part.part("value")), tuple(_items(part))
    part.ignore(*_CONTRACT_IGNORED)
    part.unread()
    return _Contract(key, place, status, signed or "", value, start, end, items)


def _items(part: Part) -> Iterator[_Item]:
    for _, item in part.parts("items"):
        description = item.take("description")
        if description.text:
            yield _Item(description.text, description)
        classes = [item.part("classification")]
        classes += [more for _, more in item.parts("additionalClassifications")]
        for one in classes:
            scheme, code = one.take("scheme"), one.take("id")
            words = one.take("description").text
            one.ignore("uri")
            one.unread()
            if code.text:
                label = f"{scheme.text}:{code.text}" if scheme.text else code.text
                text = f"{label} {words}".strip()
                yield _Item(text, code, scheme.text, code.text)
        item.ignore(*_ITEM_IGNORED)
        item.unread()


def _classify(process: Process, award: Award, contract: Draft) -> None:
    for item in award.items:
        if item.code:
            cited = (process.cite(item.place, f"award {award.id}, items"),)
            contract.add("classification", item.text, citations=cited)
