"""Contract award notices of the EU: which public buyer bought from whom, for how much."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy, Draft, Pull, Quarantined, Reading
from standsbehind.connectors.countries import add_country, from_alpha3
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

Element = Any
"""An element of lxml, which gives its type no public name."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """One notice, parsed, with what cites it."""

    pull: Pull
    copy: Copy
    root: Element
    number: str

    def cite(self, place: str) -> Citation:
        """Cite a place of the notice by its identifier there."""
        return self.pull.cite(
            self.copy,
            f"notice {self.number} / {place}",
            title=f"{self.pull.dataset.title}, notice {self.number}",
            published=_day(_text(self.root, "cbc:IssueDate")),
        )

    def find(self, path: str) -> list[Element]:
        """Find elements by a path with the prefixes of eForms."""
        found: list[Element] = self.root.xpath(path, namespaces=_NAMESPACES)
        return found


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
    refuse_web_page(copy, is_xml=True)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(copy.content, parser)
    except etree.XMLSyntaxError as error:
        message = f"{copy.name}: line {error.lineno}: {error.msg}; fetch it again"
        raise SourceError(message) from error
    kind = etree.QName(root).localname
    number = _text(root, "cbc:ID[@schemeName='notice-id']")
    if kind != _ROOT or not number:
        message = (
            f"{copy.name}: a {kind}, not a {_ROOT} of eForms with its notice id; only "
            "award notices say who won"
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
    found = notice.find("//efac:Organizations/efac:Organization/efac:Company")
    numbers = Counter(_number(one) for one in found)
    for one in found:
        key = _text(one, "cac:PartyIdentification/cbc:ID")
        country = _text(one, ".//cac:Country/cbc:IdentificationCode")
        number = _number(one)
        # Examples and careless notices give one number to several organisations.
        tells = number and country and numbers[number] == 1
        identity = (country, number) if tells else (notice.number, key)
        cited = notice.cite(key)
        yield key, (one, notice.pull.draft("Organization", *identity, citation=cited))


def _number(element: Element) -> str:
    return _text(element, "cac:PartyLegalEntity/cbc:CompanyID")


def _described(key: str, element: Element, draft: Draft) -> Iterator[Reading]:
    for name in element.xpath("cac:PartyName/cbc:Name", namespaces=_NAMESPACES):
        draft.add("name", name.text)
    draft.add("registrationNumber", _number(element))
    where = element.xpath("cac:PostalAddress", namespaces=_NAMESPACES)
    for address in where:
        parts = ("cbc:StreetName", "cbc:PostalZone", "cbc:CityName")
        line = ", ".join(filter(None, (_text(address, part) for part in parts)))
        draft.add("address", line if _WITHHELD not in line else None)
        country = from_alpha3(_text(address, "cac:Country/cbc:IdentificationCode"))
        yield from add_country(draft, "country", country, (draft.citation,))
    if not any(claim.statement.prop == "name" for claim in draft.claims):
        yield Quarantined(draft.citation.locator, f"organisation {key} has no name")


def _awards(notice: _Notice, firms: Mapping[str, Draft]) -> Iterator[Reading]:
    """Give each winning tender as an award of the notice's contract to each winner."""
    buyer = _text(
        notice.root, "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID"
    )
    contract = _contract(notice, firms.get(buyer))
    yield contract
    if buyer in firms:
        link = notice.pull.draft(
            "UnknownLink", notice.number, "buyer", buyer, citation=notice.cite(buyer)
        )
        link.add("subject", firms[buyer].id)
        link.add("object", contract.id)
        link.add("role", "bought, as contracting authority")
        yield link
    result = "//efac:NoticeResult"
    for lot in notice.find(f"{result}/efac:LotResult"):
        for tender_id in _ids(lot, "efac:LotTender/cbc:ID"):
            tenders = f"{result}/efac:LotTender[cbc:ID='{tender_id}']"
            for tender in notice.find(tenders) if tender_id.isprintable() else ():
                yield from _winners(notice, contract, tender, firms)


def _ids(element: Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=_NAMESPACES)
    return [one.text.strip() for one in found if one.text and "'" not in one.text]


def _contract(notice: _Notice, buyer: Draft | None) -> Draft:
    cited = notice.cite("ProcurementProject")
    draft = notice.pull.draft("Contract", notice.number, citation=cited)
    title = _text(notice.root, "cac:ProcurementProject/cbc:Name")
    draft.add("name", title)
    draft.add("title", title)
    draft.add("noticeId", notice.number)
    draft.add("authority", buyer.id if buyer else None)
    draft.add("contractDate", _day(_text(notice.root, "cbc:IssueDate")))
    return draft


def _winners(
    notice: _Notice, contract: Draft, tender: Element, firms: Mapping[str, Draft]
) -> Iterator[Reading]:
    tender_id = _text(tender, "cbc:ID")
    party = _text(tender, "efac:TenderingParty/cbc:ID")
    lot = _text(tender, "efac:TenderLot/cbc:ID")
    settled = f"//efac:SettledContract[efac:LotTender/cbc:ID='{tender_id}']"
    won = notice.find(settled) if "'" not in tender_id else []
    members = (
        notice.find(
            f"//efac:NoticeResult/efac:TenderingParty[cbc:ID='{party}']"
            "/efac:Tenderer/cbc:ID"
        )
        if party and "'" not in party
        else []
    )
    for member in members:
        key = (member.text or "").strip()
        if key not in firms:
            place = notice.cite(tender_id).locator
            yield Quarantined(place, f"winner {key} is not described in the notice")
            continue
        cited = notice.cite(f"{tender_id}, {key}")
        award = notice.pull.draft(
            "ContractAward", notice.number, tender_id, lot, key, citation=cited
        )
        award.add("contract", contract.id)
        award.add("supplier", firms[key].id)
        award.add("lotNumber", lot)
        for amount in tender.xpath(
            "cac:LegalMonetaryTotal/cbc:PayableAmount", namespaces=_NAMESPACES
        ):
            award.add("amount", amount.text)
            award.add("currency", amount.get("currencyID"))
        for one in won:
            award.add("date", _day(_text(one, "cbc:IssueDate")))
        yield award
