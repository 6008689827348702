"""Contract award notices of the EU: which public buyer bought from whom, for how much.

A tender has won where its lot has a chosen winner and a settled contract names it: a result
lists losing tenders too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from standsbehind.connectors.context import (
    Copy,
    Draft,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.countries import add_country, from_alpha3
from standsbehind.connectors.procurement import BOUGHT, linked
from standsbehind.connectors.xmlfile import parsed
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation

__all__ = ["crawl"]

_NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
_ROOT = "ContractAwardNotice"
_WITHHELD = "unpublished"
_PERSON = "a natural person, who is not read"
_NOT_AN_AWARD = frozenset({"veat"})
"""Notices in the form of an award that announce one before it is made."""
_CHOSEN = frozenset({"", "selec-w"})
_NONE_CHOSEN = frozenset({"clos-nw", "open-nw"})

Element = Any
"""An element of lxml, which gives its type no public name."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """One notice, parsed, with what cites it."""

    pull: Pull
    copy: Copy
    root: Element
    number: str

    def cite(self, place: str, quote: str | None = None) -> Citation:
        """Cite a place of the notice by its identifier there."""
        return self.pull.cite(
            self.copy,
            f"notice {self.number} / {place}",
            title=f"{self.pull.dataset.title}, notice {self.number}",
            quote=quote,
            published=_day(_text(self.root, "cbc:IssueDate")),
        )

    def find(self, path: str) -> list[Element]:
        """Find elements by a path with the prefixes of eForms."""
        found: list[Element] = self.root.xpath(path, namespaces=_NAMESPACES)
        return found

    def by_id(self, path: str) -> dict[str, Element]:
        """Find elements by a path, under the identifier that each bears."""
        return {_text(one, "cbc:ID"): one for one in self.find(path)}


@dataclass(frozen=True, slots=True)
class _Results:
    """What the notice says of tenders, by their identifiers in it."""

    contract: Draft
    firms: Mapping[str, Draft]
    persons: frozenset[str]
    tenders: Mapping[str, Element]
    parties: Mapping[str, Element]
    lots: Mapping[str, Element]
    settled: Mapping[str, list[Element]]
    """Settled contracts by each tender that they name."""


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read each copy as one notice. Raises SourceError for one that is no award notice."""
    for copy in pull.copies:
        notice = _opened(pull, copy)
        known = dict(_organisations(notice))
        for key, (element, draft) in known.items():
            yield from _described(key, element, draft)
            yield draft
        yield from _awards(notice, {key: draft for key, (_, draft) in known.items()})


def _opened(pull: Pull, copy: Copy) -> _Notice:
    root = parsed(copy)
    kind = etree.QName(root).localname
    number = _text(root, "cbc:ID[@schemeName='notice-id']")
    if kind != _ROOT or not number:
        message = (
            f"{copy.name}: a {kind}, not a {_ROOT} of eForms with its notice id; only "
            "award notices say who won"
        )
        raise SourceError(message)
    announced = _text(root, "cbc:NoticeTypeCode")
    if announced in _NOT_AN_AWARD:
        message = (
            f"{copy.name}: a notice of type {announced!r}, which announces an award "
            "before it is made; leave this file out"
        )
        raise SourceError(message)
    return _Notice(pull, copy, root, number)


def _text(element: Element, path: str) -> str:
    found = element.xpath(path, namespaces=_NAMESPACES)
    return " ".join((found[0].text or "").split()) if found else ""


def _day(written: str) -> str | None:
    """Take the day out of `2019-09-03+02:00`."""
    return written[:10] or None


def _organisations(notice: _Notice) -> Iterator[tuple[str, tuple[Element, Draft]]]:
    """Give each organisation by its key in the notice, as an entity by its register number."""
    found = notice.find(
        "//efac:Organizations/efac:Organization"
        "[not(efbc:NaturalPersonIndicator='true')]/efac:Company"
    )
    numbers = Counter(_number(one) for one in found)
    for one in found:
        key = _text(one, "cac:PartyIdentification/cbc:ID")
        country = _text(one, ".//cac:Country/cbc:IdentificationCode")
        number = _number(one)
        # Examples and careless notices give one number to several organisations.
        tells = number and country and numbers[number] == 1
        identity = (country, number) if tells else (notice.number, key)
        cited = notice.cite(key, _text(one, "cac:PartyName/cbc:Name"))
        yield key, (one, notice.pull.draft("Organization", *identity, citation=cited))


def _persons(notice: _Notice) -> frozenset[str]:
    found = notice.find(
        "//efac:Organization[efbc:NaturalPersonIndicator='true']"
        "/efac:Company/cac:PartyIdentification/cbc:ID"
    )
    return frozenset((one.text or "").strip() for one in found)


def _number(element: Element) -> str:
    number = _text(element, "cac:PartyLegalEntity/cbc:CompanyID")
    return "" if number == _WITHHELD else number


def _described(key: str, element: Element, draft: Draft) -> Iterator[Reading]:
    names = element.xpath("cac:PartyName/cbc:Name", namespaces=_NAMESPACES)
    told = [one for one in names if one.text and one.text.strip() != _WITHHELD]
    for name in told:
        draft.add(
            "name", name.text, lang=(name.get("languageID") or "").lower() or None
        )
    draft.add("registrationNumber", _number(element))
    where = element.xpath("cac:PostalAddress", namespaces=_NAMESPACES)
    for address in where:
        parts = ("cbc:StreetName", "cbc:PostalZone", "cbc:CityName")
        line = ", ".join(filter(None, (_text(address, part) for part in parts)))
        draft.add("address", line if _WITHHELD not in line else None)
        country = from_alpha3(_text(address, "cac:Country/cbc:IdentificationCode"))
        yield from add_country(draft, "country", country, (draft.citation,))
    if not told:
        yield Quarantined(
            draft.citation.locator, f"organisation {key} has no name, or it is withheld"
        )


def _awards(notice: _Notice, firms: Mapping[str, Draft]) -> Iterator[Reading]:
    """Give each winning tender as an award of the notice's contract to each winner."""
    buyers = [
        (one.text or "").strip()
        for one in notice.find(
            "/*/cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID"
        )
    ]
    known = [buyer for buyer in buyers if buyer in firms]
    contract = _contract(notice, [firms[buyer] for buyer in known])
    yield contract
    for buyer in known:
        yield _buying(notice, buyer, firms[buyer], contract)
    results = _results(notice, contract, firms)
    seen: set[str] = set()
    for result in notice.find("//efac:NoticeResult/efac:LotResult"):
        for won in _won(notice, results, result):
            if isinstance(won, Quarantined | Unread):
                yield won
            elif won not in seen:
                seen.add(won)
                yield from _winners(notice, results, won)


def _buying(notice: _Notice, key: str, buyer: Draft, contract: Draft) -> Draft:
    return linked(
        notice.pull,
        *(notice.number, "buyer", key),
        subject=buyer,
        target=contract,
        role=BOUGHT,
        citation=notice.cite(key),
    )


def _contract(notice: _Notice, buyers: list[Draft]) -> Draft:
    title = _text(notice.root, "cac:ProcurementProject/cbc:Name")
    cited = notice.cite("ProcurementProject", title)
    draft = notice.pull.draft("Contract", notice.number, citation=cited)
    draft.add("name", title)
    draft.add("title", title)
    draft.add("noticeId", notice.number)
    draft.add("authority", *(buyer.id for buyer in buyers))
    draft.add("contractDate", _day(_text(notice.root, "cbc:IssueDate")))
    return draft


def _results(notice: _Notice, contract: Draft, firms: Mapping[str, Draft]) -> _Results:
    result = "//efac:NoticeResult"
    settled: dict[str, list[Element]] = {}
    for one in notice.find(f"{result}/efac:SettledContract"):
        for tender in _ids(one, "efac:LotTender/cbc:ID"):
            settled.setdefault(tender, []).append(one)
    return _Results(
        contract,
        firms,
        _persons(notice),
        notice.by_id(f"{result}/efac:LotTender"),
        notice.by_id(f"{result}/efac:TenderingParty"),
        notice.by_id("/*/cac:ProcurementProjectLot"),
        settled,
    )


def _ids(element: Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=_NAMESPACES)
    return [one.text.strip() for one in found if one.text]


def _won(
    notice: _Notice, results: _Results, result: Element
) -> Iterator[str | Quarantined | Unread]:
    """Give the tenders of a lot's result that won, by identifier."""
    place = notice.cite(_text(result, "cbc:ID") or "LotResult").locator
    outcome = _text(result, "cbc:TenderResultCode")
    if outcome not in _CHOSEN:
        if outcome not in _NONE_CHOSEN:
            yield Unread(place, f"outcome {outcome!r}")
        return
    named = _ids(result, "efac:LotTender/cbc:ID")
    won = [tender for tender in named if tender in results.settled]
    if not won:
        yield Quarantined(
            place, "no settled contract names a tender, so no winner is told"
        )
    for tender in won:
        if tender in results.tenders:
            yield tender
        else:
            yield Quarantined(place, f"tender {tender} is not described in the notice")


def _winners(notice: _Notice, results: _Results, tender_id: str) -> Iterator[Reading]:
    tender = results.tenders[tender_id]
    party = results.parties.get(_text(tender, "efac:TenderingParty/cbc:ID"))
    members = [] if party is None else _ids(party, "efac:Tenderer/cbc:ID")
    place = notice.cite(tender_id).locator
    if not members:
        yield Quarantined(place, "the notice does not name who made the winning tender")
    for key in members:
        if key in results.firms:
            yield _award(notice, results, tender_id, key)
        else:
            yield Quarantined(place, f"winner {key} is {_why(results, key)}")
    if party is not None:
        yield from _subcontractors(notice, results, party, members)


def _why(results: _Results, key: str) -> str:
    return _PERSON if key in results.persons else "not described in the notice"


def _award(notice: _Notice, results: _Results, tender_id: str, key: str) -> Draft:
    tender = results.tenders[tender_id]
    lot = _text(tender, "efac:TenderLot/cbc:ID")
    cited = notice.cite(f"{tender_id}, {key}")
    award = notice.pull.draft(
        "ContractAward", notice.number, tender_id, lot, key, citation=cited
    )
    award.add("contract", results.contract.id)
    award.add("supplier", results.firms[key].id)
    award.add("lotNumber", lot)
    _add_lot(award, results.lots.get(lot))
    _add_amount(award, tender)
    for one in results.settled[tender_id]:
        award.add("date", _day(_text(one, "cbc:IssueDate")))
        award.add("documentNumber", _text(one, "efac:ContractReference/cbc:ID"))
    return award


def _add_lot(award: Draft, lot: Element | None) -> None:
    if lot is None:
        return
    award.add("summary", _text(lot, "cac:ProcurementProject/cbc:Name"))
    codes = "cac:ProcurementProject/*/cbc:ItemClassificationCode[@listName='cpv']"
    award.add("cpvCode", *_ids(lot, codes))


def _add_amount(award: Draft, tender: Element) -> None:
    """Add the tender's amount, or say which of its fields the buyer withholds."""
    withheld = _ids(tender, ".//efac:FieldsPrivacy/efbc:FieldIdentifierCode")
    if withheld:
        award.add("statusNote", f"withheld by the buyer: {', '.join(withheld)}")
    if any("val" in code.split("-") for code in withheld):
        return
    for amount in tender.xpath(
        "cac:LegalMonetaryTotal/cbc:PayableAmount", namespaces=_NAMESPACES
    ):
        award.add("amount", amount.text)
        award.add("currency", amount.get("currencyID"))


def _subcontractors(
    notice: _Notice, results: _Results, party: Element, members: list[str]
) -> Iterator[Reading]:
    """Link each subcontractor to its main contractors, or to all of the party."""
    firms = results.firms
    for one in party.xpath("efac:SubContractor", namespaces=_NAMESPACES):
        key = _text(one, "cbc:ID")
        cited = notice.cite(f"{_text(party, 'cbc:ID')}, {key}")
        if key not in firms:
            why = f"subcontractor {key} is {_why(results, key)}"
            yield Quarantined(cited.locator, why)
            continue
        mains = _ids(one, "efac:MainContractor/cbc:ID") or members
        for main in (main for main in mains if main in firms):
            yield linked(
                notice.pull,
                *(notice.number, "subcontractor", key, main),
                subject=firms[key],
                target=firms[main],
                role="is named as subcontractor of",
                citation=cited,
            )
